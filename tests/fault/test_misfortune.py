"""Disks that refuse, processes that die anywhere, several at once, clocks that jump: afterwards every promise holds."""

from __future__ import annotations

import datetime as dt
import errno
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperwork import daemon, desk, durable, intake
from paperwork.office import ZONE, Office
from tests.fault.breeding import KILLED, nursery
from tests.fault.forms import advice
from tests.fault.misfortune import Changes
from tests.stories.bureau import CHIEF, REVIEW, SECTION, Bureau, approvals, served
from tests.stories.cases import S01

pytestmark = pytest.mark.fault
KILLS = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX; the program's promise is the same")
DAY = "2026-07-16"
REFUSALS = [errno.ENOSPC, errno.EACCES, errno.EIO, errno.EBUSY]


def assert_whole(bureau: Bureau, drops: int) -> None:
    """Every promise is kept and nothing is left behind: not in the stage, not in .taken, no half-written file."""
    assert bureau.audited() == []
    with bureau.open() as office:
        assert not office.ledger.unfinished()
        assert len(office.ledger.drops()) == drops
        for row in office.ledger.drops():
            assert row.concluded_at is not None
    left = [*(bureau.root / ".paperwork" / "stage").iterdir(), *(bureau.root / "inbox" / ".taken").iterdir()]
    assert left == []
    assert list(bureau.root.rglob(f"{durable.TEMPORARY}*")) == []


def outcomes(bureau: Bureau) -> list[str]:
    with bureau.open() as office:
        return sorted(row.state for row in office.ledger.drops())


def matters(bureau: Bureau) -> int:
    with bureau.open() as office:
        return len(office.ledger.matters())


# ── the disk refuses ──


@pytest.fixture
def changes(tmp_path: Path) -> Iterator[Changes]:
    counted = Changes(tmp_path)
    yield counted
    counted.quiet()


@pytest.mark.parametrize("first", range(4))
def test_every_change_of_a_file_may_be_refused_once(
    first: int, tmp_path: Path, changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Full, forbidden, broken, busy, each in its turn at every write, rename, link, folder and flush of a drop."""
    bureau = Bureau(tmp_path, DAY)
    now = [0.0]
    with bureau.open() as office:
        keeper = daemon.Keeper(office, clock=lambda: now[0])
        for k in range(1 + first, 500, 4):
            bureau.drop(advice(k), f"{k}.json")
            refused: list[int] = []
            changes.at(k, lambda k=k, refused=refused: _refuse(k, refused))  # type: ignore[misc]
            keeper.round_whatever_happens()
            changes.quiet()
            for _ in range(3):
                now[0] += 1000
                keeper.round_whatever_happens()
            assert keeper.troubles == {}, (k, keeper.troubles)
            if not refused:
                break
        taken = (k - 1 - first) // 4 + 1
        assert taken > 5
    assert outcomes(bureau) == ["registered"] * taken
    assert matters(bureau) == taken
    monkeypatch.setattr("paperwork.unfinished._is_dead", lambda _: True)  # this process lives on, its next start is played
    for folder in (tmp_path, *(path for path in tmp_path.rglob("*") if path.is_dir())):
        durable.sweep(folder)  # a half-written file whose removal was refused
    assert_whole(bureau, taken)


def _refuse(k: int, refused: list[int]) -> None:
    refused.append(k)
    number = REFUSALS[k // 4 % 4]
    raise OSError(number, os.strerror(number))


def test_a_ledger_whose_disk_is_full_is_a_passing_failure(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, DAY)
    now = [0.0]
    with bureau.open() as office:
        keeper = daemon.Keeper(office, clock=lambda: now[0])
        keeper.round()
        with office.ledger._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")  # no page more than it has
        for number in range(12):
            bureau.drop(advice(number), f"{number}.json")
        for _ in range(3):
            keeper.round_whatever_happens()
            now[0] += 1000
        assert keeper.troubles
        assert {trouble.entry()["code"] for trouble in keeper.troubles.values()} == {"E-MACHINE"}
        office.ledger.close()  # room again: a new connection knows no such limit
        for _ in range(3):
            keeper.round_whatever_happens()
            now[0] += 1000
        assert keeper.troubles == {}
    assert outcomes(bureau) == ["registered"] * 12
    assert_whole(bureau, 12)


# ── killed anywhere ──


@KILLS
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_at_any_change_of_any_file_again_and_again(seed: int, tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, DAY)
    for number in (1, 2, 3):
        bureau.drop(advice(number), f"{number}.json")
    bureau.drop(S01)
    bureau.drop(served("2026-LA-0077"), "没有的案件.json")
    bureau.drop(advice(1), "又一次.json")
    dice = random.Random(seed)
    kills = 0
    for _ in range(60):
        ended = nursery().run(bureau.root, DAY, change=dice.randint(1, 150))
        assert ended in (0, KILLED)
        if ended == 0:
            break
        kills += 1
    assert kills >= 3
    bureau.work()
    assert outcomes(bureau) == ["duplicate", *["registered"] * 4, "returned"]
    assert matters(bureau) == 4
    assert_whole(bureau, 6)


@KILLS
def test_the_papers_are_the_same_however_often_it_was_killed(tmp_path: Path) -> None:
    from tests.fault.test_kill import M, outbox, undisturbed

    expected = undisturbed(tmp_path / "undisturbed")
    bureau = Bureau(tmp_path / "office")
    bureau.take(S01)
    bureau.on("2026-07-22").drop(approvals(M, bureau.code(), SECTION, REVIEW, CHIEF))
    for change in (5, 15, 25, 30, 35, 40, 45, 50, 60):
        nursery().run(bureau.root, "2026-07-22", change=change)
    bureau.on("2026-07-23").work()
    bureau.take(served(M))
    assert outbox(bureau) == expected
    assert_whole(bureau, 3)


# ── several at once ──


@KILLS
def test_two_daemons_and_a_command_at_once_while_some_are_killed(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "office", DAY)
    for number in range(1, 9):
        bureau.drop(advice(number), f"{number}.json")
    given = bureau.root.parent / "手里的.json"
    given.write_bytes(bureau.drop(advice(9), "9.json").read_bytes())
    told: list[dict[str, object]] = [{}, {"change": 70}, {"file": str(given)}, {"change": 200}]
    pids = [nursery().start(bureau.root, DAY, **one) for one in told]
    ended = [nursery().wait(pid) for pid in pids]
    assert ended[0] == ended[2] == 0
    bureau.work()
    assert matters(bureau) == 9
    assert sorted(set(outcomes(bureau))) in (["duplicate", "registered"], ["registered"])
    assert_whole(bureau, 10)


# ── what a power cut may undo ──


def test_a_torn_private_copy_is_made_anew_from_the_claimed_form(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, DAY)
    bureau.drop(advice(1))
    with bureau.open() as office:
        (found,) = intake.scan(office.inbox)
        drop = intake.claim(found, office.inbox, office.private / "stage", office.now)
        assert drop is not None
        office.ledger.receive(drop)
        (office.private / drop.staged).write_bytes(b"")
    bureau.work()
    assert outcomes(bureau) == ["registered"]
    assert_whole(bureau, 1)


@KILLS
def test_a_claim_that_the_disk_forgot_ends_as_one_matter_and_a_duplicate(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, DAY)
    bureau.drop(advice(1), "表.json")
    assert nursery().run(tmp_path, DAY, fault="register") == KILLED
    (claimed,) = (tmp_path / "inbox" / ".taken").iterdir()
    (claimed / "表.json").rename(tmp_path / "inbox" / "表.json")
    bureau.work()
    assert outcomes(bureau) == ["duplicate", "registered"]
    assert_whole(bureau, 2)


@KILLS
def test_a_copy_that_no_ledger_knows_is_swept_when_it_is_old(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, DAY)
    bureau.drop(advice(1), "表.json")
    assert nursery().run(tmp_path, DAY, fault="stage") == KILLED
    (claimed,) = (tmp_path / "inbox" / ".taken").iterdir()
    (claimed / "表.json").rename(tmp_path / "inbox" / "表.json")
    (copy,) = (tmp_path / ".paperwork" / "stage").iterdir()
    os.utime(copy, (1, 1))
    bureau.work()
    assert outcomes(bureau) == ["registered"]
    assert_whole(bureau, 1)


# ── clocks ──


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> list[dt.datetime]:
    """What `office.now` says, one after another; the last stays."""
    times: list[dt.datetime] = []
    monkeypatch.setattr(Office, "now", property(lambda _: times.pop(0) if len(times) > 1 else times[0]))
    return times


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_a_clock_that_jumps_loses_and_doubles_nothing(tmp_path: Path, ticking: list[dt.datetime]) -> None:
    bureau = Bureau(tmp_path, DAY)
    days = ["2026-07-16T10:00", "2026-07-16T09:00", "2026-07-17T00:00", "2026-07-16T09:00", "2026-07-16T08:59:59"]
    ticking += [at(text) for text in days * 30]
    for number in range(1, 5):
        bureau.drop(advice(number), f"{number}.json")
    with Office.open(tmp_path) as office:
        assert sorted(o.outcome for o in daemon.once(office)) == ["filed"] * 4
    assert matters(bureau) == 4
    assert_whole(bureau, 4)


def test_a_form_whose_time_lies_in_the_future_is_taken(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, DAY)
    path = bureau.drop(advice(1), "表.docx.json")
    ahead = 4_000_000_000
    os.utime(path, (ahead, ahead))
    assert [o.outcome for o in bureau.work()] == ["filed"]


@KILLS
@pytest.mark.parametrize("point", ["receive", "registering", "register", "filed", "conclude"])
def test_new_years_eve(point: str, tmp_path: Path) -> None:
    """Killed before midnight, finished after it: the year of a number is the year of its date."""
    bureau = Bureau(tmp_path, "2026-12-31")
    form = advice(1)
    bureau.drop(form)
    assert nursery().run(tmp_path, "2026-12-31", fault=point) == KILLED
    bureau.on("2027-01-01").work()
    bureau.drop(advice(2))
    bureau.work()
    with bureau.open() as office:
        rows = sorted((row.series, row.year, row.n) for row in office.ledger.number_rows())
        ids = [row.id for row in office.ledger.matters()]
    assert len(ids) == len(set(ids)) == 2
    years = {year for _, year, _ in rows}
    assert years <= {2026, 2027}
    for series, year in {(series, year) for series, year, _ in rows}:
        given = [n for s, y, n in rows if (s, y) == (series, year)]
        assert given == list(range(1, len(given) + 1))
    assert_whole(bureau, 2)


# ── sabotage: the suite must be able to fall ──


def caught(bureau: Bureau, drops: int, expected: list[str]) -> bool:
    try:
        assert outcomes(bureau) == expected
        assert matters(bureau) == len([state for state in expected if state == "registered"])
        assert_whole(bureau, drops)
    except AssertionError:
        return True
    return False


@KILLS
@pytest.mark.parametrize(
    ("variant", "fault"),
    [
        ("number_apart", "registering"),
        ("original_removed_early", "registering"),
        ("concludes_early", "render"),
        ("takes_without_key", ""),
        ("leaves_the_stage", ""),
    ],
)
def test_a_sabotaged_program_is_caught(variant: str, fault: str, tmp_path: Path) -> None:
    def played(root: Path, sabotage: str) -> Bureau:
        bureau = Bureau(root, DAY)
        bureau.drop(advice(1))
        bureau.drop(advice(1), "又一次.json")
        nursery().run(root, DAY, sabotage=sabotage, fault=fault)
        if variant != "leaves_the_stage":
            bureau.work()
        return bureau

    expected = ["duplicate", "registered"]
    assert not caught(played(tmp_path / "sound", ""), 2, expected)
    assert caught(played(tmp_path / "sabotaged", variant), 2, expected)


@KILLS
def test_a_program_that_overwrites_is_caught(tmp_path: Path) -> None:
    def edit_survives(root: Path, sabotage: str) -> bool:
        bureau = Bureau(root, DAY)
        bureau.drop(advice(1))
        assert nursery().run(root, DAY, fault="filed") == KILLED  # filed and not concluded
        with bureau.open() as office, office.ledger._engine.begin() as connection:  # … nor recorded
            connection.exec_driver_sql("UPDATE documents SET path = '', sha256 = ''")
        draft = next((root / "outbox").rglob("D-03*.docx"))
        draft.write_bytes(b"changed by hand")
        nursery().run(root, DAY, sabotage=sabotage)
        return any(path.read_bytes() == b"changed by hand" for path in (root / "outbox").rglob("*.docx"))

    assert edit_survives(tmp_path / "sound", "")
    assert not edit_survives(tmp_path / "sabotaged", "overwrites")


def test_a_command_beside_the_daemon_takes_no_form_twice(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, DAY)
    data = bureau.drop(advice(1)).read_bytes()
    with bureau.open() as office:
        (first,) = desk.hand_in(office, "表.json", data)
    (second,) = bureau.work()
    assert (first.outcome, second.outcome) == ("filed", "duplicate")
    assert_whole(bureau, 2)
