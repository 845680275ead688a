"""The daemon takes what lies there, survives what fails, and never loses or doubles a form."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paperwork import audit, daemon, process, status
from paperwork.errors import MachineError, OfficeError
from paperwork.model import Drop, Outcome
from paperwork.office import Office
from tests.played import DAY, WAITING, played, third_case, written

SOURCE = Path(daemon.__file__).resolve().parents[2]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office.open(played(tmp_path), dt.date.fromisoformat(DAY)) as opened:
        yield opened


def drop(office: Office, content: dict[str, Any] | None = None, name: str = "表.json") -> Path:
    return written(office.inbox, content or third_case(), name)


def cases(office: Office) -> list[str]:
    return sorted(row.id for row in office.ledger.matters() if row.type == "case")


def parties() -> list[dict[str, Any]]:
    """Four cases of four parties."""
    codes = {
        "甲": "91140602MAXX00330C",
        "乙": "91140602MAXX00445J",
        "丙": "91140602MAXX00664W",
        "丁": "91140602MAXX007793",
    }
    forms = []
    for name, uscc in codes.items():
        form = third_case()
        form["party"] |= {"name": f"朔州市{name}网络有限公司", "uscc": uscc}
        forms.append(form)
    return forms


def broken(office: Office) -> list[str]:
    return [problem.code for problem in audit.audit(office) if problem.code != audit.LATE]


def log_of(office: Office) -> str:
    path = office.private / "logs" / "paperwork.log"
    return path.read_text("utf-8") if path.exists() else ""


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception, times: int = 1_000) -> None:
    """`process.decide` fails this often, then works again."""
    left = [times]
    real = process.decide

    def decide(*arguments: Any) -> Any:
        if left[0] > 0:
            left[0] -= 1
            raise error
        return real(*arguments)

    monkeypatch.setattr(process, "decide", decide)


def test_a_form_is_taken_and_nothing_stays_behind(office: Office) -> None:
    drop(office)
    (outcome,) = daemon.once(office)
    assert (outcome.outcome, outcome.id) == ("filed", "2026-LA-0003")
    assert daemon.once(office) == []
    assert broken(office) == []
    assert list((office.inbox / ".taken").iterdir()) == []


def test_a_form_that_is_still_being_copied_waits(office: Office) -> None:
    whole = written(office.inbox, third_case()).read_bytes()
    (office.inbox / "表.json").unlink()
    half = office.inbox / "半份.docx"
    half.write_bytes(b"PK\x03\x04" + whole[:100])
    (outcome,) = daemon.once(office)
    assert (outcome.outcome, outcome.file) == ("waiting", "半份.docx")
    assert half.exists()


def test_a_form_that_is_open_in_word_waits(office: Office) -> None:
    drop(office, name="登记表.json")
    (office.inbox / ".~lock.登记表.json#").write_text("某人", "utf-8")
    (outcome,) = daemon.once(office)
    assert outcome.outcome == "waiting"
    assert "打开" in outcome.findings[0].message
    (office.inbox / ".~lock.登记表.json#").unlink()
    assert [o.outcome for o in daemon.once(office)] == ["filed"]


@pytest.mark.parametrize(
    "error", [OfficeError("模板有误"), MachineError("磁盘已满"), OSError(28, "full"), ValueError("王某某")]
)
def test_a_drop_that_fails_is_kept_visible_and_finished_later(
    office: Office, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    drop(office)
    failing(monkeypatch, error, times=1)
    keeper = daemon.Keeper(office)
    assert keeper.finish_all() == []
    (problem,) = status.status(office)["problems"]
    (working,) = status.status(office)["working"]
    assert problem["drop"] == working["drop"]
    assert [p.name for p in (office.inbox / "退回").glob("表*")] == []
    assert [o.outcome for o in daemon.once(office)] == ["filed"]
    assert status.status(office)["problems"] == []
    assert broken(office) == []


def test_one_bad_drop_does_not_stop_the_others(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    real = process.take

    def take(office: Office, drop: Drop, *between: Any) -> tuple[Outcome, ...]:
        if drop.name == "坏.json":
            raise RuntimeError("王某某")
        return real(office, drop, *between)

    monkeypatch.setattr(process, "take", take)
    drop(office, name="坏.json")
    drop(office, name="好.json")
    assert [o.file for o in daemon.once(office)] == ["好.json"]


def test_a_failed_drop_is_tried_again_after_growing_pauses(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(office)
    failing(monkeypatch, MachineError("磁盘已满"))
    now = [1000.0]
    keeper = daemon.Keeper(office, clock=lambda: now[0])
    keeper.round()
    now[0] += 1  # the file has stood still
    tries = []
    for _ in range(120):
        keeper.round()
        tries.append(keeper.troubles[next(iter(keeper.troubles))].tries)
        now[0] += 1
    assert tries[:3] == [1, 1, 1]
    changes = [n for n in range(1, len(tries)) if tries[n] != tries[n - 1]]
    pauses = [later - earlier for earlier, later in itertools.pairwise(changes)]
    assert len(pauses) >= 2
    assert all(later > earlier for earlier, later in itertools.pairwise(pauses))


def test_the_log_names_the_drop_and_no_person(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(office, name="程万里的表.json")
    failing(monkeypatch, ValueError("程万里 140602190001010013"))
    daemon.once(office)
    log = log_of(office)
    (working,) = status.status(office)["working"]
    assert working["drop"] in log
    assert "ValueError" in log
    assert "程万里" not in log
    assert "140602190001010013" not in log


def test_what_a_kill_left_behind_is_finished(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claimed and not received; received and not decided; registered and not filed; concluded and not cleared."""
    import paperwork.delivery as delivery
    import paperwork.intake as intake

    class Killed(BaseException):
        pass

    def kill(*_: Any) -> Any:
        raise Killed

    points = ((process, "take"), (process, "read"), (delivery, "_file"), (intake, "clear"))
    for (room, name), form in zip(points, parties(), strict=True):
        drop(office, form, f"{name}.json")
        with monkeypatch.context() as killing:
            killing.setattr(room, name, kill)
            with pytest.raises(Killed):
                daemon.once(office)
        daemon.once(office)
        assert broken(office) == [], name
        assert office.ledger.unfinished() == ()
    assert cases(office) == [f"2026-LA-000{n}" for n in range(1, 7)]


def test_two_daemons_on_one_folder_do_no_harm(office: Office) -> None:
    for number, form in enumerate(parties()):
        drop(office, form, f"{number}.json")
    results: list[Outcome] = []

    def work() -> None:
        with Office.open(office.root, office.day) as own:
            results.extend(daemon.once(own))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    daemon.once(office)
    assert cases(office) == [f"2026-LA-000{n}" for n in range(1, 7)]
    assert broken(office) == []
    assert {o.outcome for o in results} == {"filed"}


def test_an_inbox_that_is_away_is_a_problem_and_no_end(office: Office) -> None:
    aside = office.root / "aside"
    office.inbox.rename(aside)
    keeper = daemon.Keeper(office)
    assert keeper.finish_all() == []
    assert [t.exit_code for t in keeper.troubles.values()] == [4]
    assert [p["drop"] for p in status.status(office)["problems"]] == ["inbox"]
    aside.rename(office.inbox)
    assert status.status(office)["problems"] == []


def test_the_heartbeat_tells_time_and_process(office: Office) -> None:
    daemon.once(office)
    beat = json.loads((office.private / "heartbeat").read_text("utf-8"))
    assert beat["pid"] == os.getpid()
    assert abs(time.time() - dt.datetime.fromisoformat(beat["time"]).timestamp()) < 60
    assert status.status(office)["heartbeat"]["alive"]


def test_the_loop_takes_forms_until_it_is_stopped(office: Office) -> None:
    stop = threading.Event()

    def work() -> None:
        with Office.open(office.root, office.day) as own:
            daemon.run(own, stop)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        drop(office)
        _until(lambda: "2026-LA-0003" in cases(office) and not office.ledger.unfinished())
        drop(office, {"form": "送达情况表", "matter": WAITING, "party": "x"}, "第二张.json")
        _until(lambda: any((office.inbox / "退回").glob("第二张*")) and not office.ledger.unfinished())
    finally:
        stop.set()
        thread.join(30)
    assert not thread.is_alive()
    assert broken(office) == []


def test_the_daemon_takes_forms_without_any_hint(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a share, or after an overflow of events: the look at a fixed pace finds everything."""

    def refused(_self: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("watchdog.observers.api.BaseObserver.start", refused)
    monkeypatch.setattr("paperwork.daemon.loop.PACE", 0.05)
    stop = threading.Event()

    def work() -> None:
        with Office.open(office.root, office.day) as own:
            daemon.run(own, stop)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        _until(lambda: "hints_refused" in log_of(office))
        drop(office)
        _until(lambda: "2026-LA-0003" in cases(office) and not office.ledger.unfinished())
    finally:
        stop.set()
        thread.join(30)
    assert broken(office) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGTERM that a process could answer")
def test_sigterm_ends_the_daemon_with_the_form_in_hand_finished(office: Office) -> None:
    drop(office)
    command = [sys.executable, "-m", "paperwork.cli", "--office", str(office.root), "--today", DAY, "watch"]
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE) as running:
        try:
            _until(lambda: any((office.inbox / ".taken").glob("*")) or "2026-LA-0003" in cases(office))
            running.send_signal(signal.SIGTERM)
            assert running.wait(60) == 0
        finally:
            running.kill()
    assert cases(office)[-1] == "2026-LA-0003"
    assert office.ledger.unfinished() == ()
    assert broken(office) == []


def _until(done: Any) -> None:
    """Wait for it, as long as a loaded machine may need."""
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def test_the_loop_works_by_the_files_as_they_stand(office: Office) -> None:
    people = office.root / "templates" / "people.toml"
    keeper = daemon.Keeper(office)
    keeper.round_whatever_happens()
    before = keeper.office
    people.write_text(people.read_text(encoding="utf-8").replace("郑怀瑾", "高望舒"), encoding="utf-8")
    keeper.round_whatever_happens()
    assert keeper.office is not before
    assert "高望舒" in {role.person for role in keeper.office.catalogue.roles}
    people.write_text("坏了", encoding="utf-8")
    keeper.round_whatever_happens()
    assert keeper.troubles  # a problem that `status` shows, and no end


def test_one_id_goes_through_all_lines_of_a_drop(office: Office) -> None:
    before = {row.drop.id for row in office.ledger.drops()}
    drop(office)
    bad = drop(office, {"form": "送达情况表", "matter": WAITING, "party": "x"}, "第二张.json")
    assert bad.exists()
    daemon.once(office)
    steps: dict[str, list[str]] = {}
    for line in log_of(office).splitlines():
        _, drop_id, step, *_ = line.split(" ")
        steps.setdefault(drop_id, []).append(step)
    mine = {row.drop.id for row in office.ledger.drops()} - before
    assert sorted(steps[one] for one in mine) == [
        ["claimed", "received", "concluded"],
        ["claimed", "received", "registered", "concluded"],
    ]


def test_what_waits_for_the_offices_files_is_tried_at_once_when_they_are_mended(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(office)
    failing(monkeypatch, OfficeError("模板有误"), times=1)
    now = [1000.0]
    keeper = daemon.Keeper(office, clock=lambda: now[0])
    keeper.round()
    now[0] += 1
    keeper.round_whatever_happens()
    assert len(keeper.troubles) == 1
    people = office.root / "templates" / "people.toml"
    people.write_text(people.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    keeper.round_whatever_happens()  # no second has passed
    assert keeper.troubles == {}
    assert "2026-LA-0003" in cases(keeper.office)


def test_a_round_takes_no_more_than_a_batch_and_the_heart_beats_between(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paperwork.daemon.keeper.BATCH", 2)
    for number, form in enumerate(parties()):
        drop(office, form, f"{number}.json")
    keeper = daemon.Keeper(office)
    assert [len(keeper.round()), keeper.more] == [2, True]
    assert [len(keeper.round()), keeper.more] == [2, False]


@pytest.mark.parametrize("point", ["", "rename", "conclude"])
def test_a_file_of_half_a_gigabyte_goes_back_unread(office: Office, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    """It is neither read nor copied: moved aside, and moved back, wherever a kill comes."""
    huge = office.inbox / "整个硬盘.docx"
    with huge.open("wb") as file:
        file.truncate(120 * 1024 * 1024)
    os.utime(huge, (1, 1))
    real = Path.read_bytes

    def read(path: Path) -> bytes:
        assert path.stat().st_size < 1024 * 1024, "read whole"
        return real(path)

    class Killed(BaseException):
        pass

    def kill(*_: Any) -> Any:
        raise Killed

    monkeypatch.setattr(Path, "read_bytes", read)
    rooms = {"rename": ("paperwork.intake.hand_back", kill), "conclude": ("paperwork.ledger.Ledger.conclude", kill)}
    if point:
        with monkeypatch.context() as killing:
            killing.setattr(*rooms[point])
            with pytest.raises(Killed):
                daemon.once(office)
    daemon.once(office)
    back = sorted((path.name, path.stat().st_size > 1024) for path in (office.inbox / "退回").glob("整个硬盘*"))
    assert back == [("整个硬盘.docx", True), ("整个硬盘.docx.说明.txt", False)]
    assert "50 MB" in (office.inbox / "退回" / "整个硬盘.docx.说明.txt").read_text("utf-8-sig")
    assert list((office.inbox / ".taken").iterdir()) == list((office.private / "stage").iterdir()) == []
    assert broken(office) == []


def test_a_form_that_waits_for_the_office_is_told_to_its_clerk_until_it_is_done(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(office)
    failing(monkeypatch, MachineError("磁盘已满"), times=3)
    now = [1000.0]
    keeper = daemon.Keeper(office, clock=lambda: now[0])
    for tries in range(1, 4):
        keeper.round()
        told = [path.read_text("utf-8-sig") for path in (office.inbox / "回执").glob("*.办理中.txt")]
        assert len(told) == (tries > 1)
        assert all("磁盘已满" in text and "不用重新放入" in text for text in told)
        now[0] += 1000
    keeper.round()
    assert list((office.inbox / "回执").glob("*.办理中.txt")) == []
    assert len(list((office.inbox / "回执").glob("表_*.回执.txt"))) == 1


@pytest.mark.parametrize("text", ["{\"form\": \"案件登记表\", \"a\": [" + "[" * 200_000, "x" * 200_000])
def test_deep_and_odd_texts_go_back_within_bounds(office: Office, text: str) -> None:
    path = office.inbox / "深.json"
    path.write_text(text, "utf-8")
    os.utime(path, (1, 1))
    assert [o.outcome for o in daemon.once(office)] == ["returned"]
