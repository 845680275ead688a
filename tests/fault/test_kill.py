"""Killed at any step with SIGKILL and started again: nothing lost, nothing doubled, the same documents."""

from __future__ import annotations

import hashlib
import signal
from pathlib import Path

import pytest

from tests.fault.breeding import KILLED, nursery
from tests.stories.bureau import CHIEF, REVIEW, SECTION, Bureau, approvals, served
from tests.stories.cases import S01
from tests.stories.test_flows import edit_template

pytestmark = [
    pytest.mark.fault,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX; the program's promise is the same"),
]

M = "2026-LA-0001"
BEFORE_REGISTER = ["claim", "stage", "receive", "decided", "registering"]
AFTER_REGISTER = ["register", "render", "file:1", "file:2", "filed", "living", "reply", "conclude", "clear"]
EACH_FILE = [f"file:{k}" for k in (3, 4)]  # a decision files three papers and the form itself, one by one


def killed_round(bureau: Bureau, point: str) -> None:
    """One round of the daemon in a process of its own that dies at `point`."""
    assert nursery().run(bureau.root, bureau.day.isoformat(), fault=point) == KILLED, f"never came to {point}"


def outbox(bureau: Bureau) -> dict[str, str]:
    """Every filed document with its hash, by name; names of originals hold the drop's id and are left out."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((bureau.root / "outbox").rglob("*.docx"))
        if path.parent.name != "原件"
    }


def undisturbed(root: Path) -> dict[str, str]:
    """What stands in the outbox when nobody kills anything."""
    bureau = Bureau(root)
    bureau.take(S01)
    bureau.on("2026-07-22").take(approvals(M, bureau.code(), SECTION, REVIEW, CHIEF))
    bureau.on("2026-07-23").take(served(M))
    return outbox(bureau)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return undisturbed(tmp_path_factory.mktemp("undisturbed"))


def assert_whole(bureau: Bureau, drops: int) -> None:
    assert bureau.audited() == []
    with bureau.open() as office:
        assert not office.ledger.unfinished()
        assert len(office.ledger.drops()) == drops
    assert not list((bureau.root / ".paperwork" / "stage").iterdir())
    assert not list((bureau.root / "inbox" / ".taken").iterdir())


@pytest.mark.parametrize("point", BEFORE_REGISTER + AFTER_REGISTER)
def test_killed_at_the_intake_and_started_again(point: str, tmp_path: Path, expected: dict[str, str]) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(S01)
    killed_round(bureau, point)
    if point in AFTER_REGISTER:  # from register on, neither the day nor the templates matter
        edit_template(tmp_path)
        bureau.on("2026-07-21")
    bureau.work()
    drafts = {name: digest for name, digest in outbox(bureau).items() if "_" in name}
    assert drafts == {name: digest for name, digest in expected.items() if name in drafts}
    assert len([name for name in drafts if name.startswith("D-")]) == 3
    assert_whole(bureau, 1)


@pytest.mark.parametrize("point", BEFORE_REGISTER + AFTER_REGISTER + EACH_FILE)
def test_killed_at_the_decision_and_started_again(point: str, tmp_path: Path, expected: dict[str, str]) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    bureau.on("2026-07-22").drop(approvals(M, bureau.code(), SECTION, REVIEW, CHIEF))
    killed_round(bureau, point)
    edit_template(tmp_path)  # what was approved is issued letter for letter, wherever the kill came
    bureau.on("2026-07-25").work()
    bureau.take(served(M))
    assert bureau.documents()["D-13"]["number"] == "朔区文旅不罚字〔2026〕1号"
    assert outbox(bureau) == expected
    assert_whole(bureau, 3)


@pytest.mark.parametrize("point", ["claim", "receive"])
def test_a_drop_keeps_its_first_id_and_time_over_a_kill(point: str, tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(S01)
    killed_round(bureau, point)
    (taken,) = (tmp_path / "inbox" / ".taken").iterdir()
    bureau.on("2026-07-18").work()
    (form,) = bureau.show()["forms"]
    assert form["drop"] == taken.name
    assert form["received_at"].startswith("2026-07-16")
    assert_whole(bureau, 1)


@pytest.mark.parametrize("point", ["claim", "receive", "refuse", "conclude", "clear"])
def test_a_form_that_goes_back_goes_back_once_over_a_kill(point: str, tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(served("2026-LA-0009"))
    bureau.on("2026-07-24")
    killed_round(bureau, point)
    bureau.work()
    returned = sorted(p.suffix for p in (tmp_path / "inbox" / "退回").iterdir())
    assert returned == [".json", ".txt"]
    assert_whole(bureau, 1)


def test_a_drop_that_arrives_between_kill_and_restart_comes_after(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(S01)
    killed_round(bureau, "receive")
    bureau.on("2026-07-24").drop(served(M))
    outcomes = bureau.work()
    assert [o.outcome for o in outcomes] == ["filed", "filed"]
    assert_whole(bureau, 2)
