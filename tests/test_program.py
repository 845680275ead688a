"""What the program hands in itself: a submission like any other, once, and without papers for a clerk."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from paperwork import desk, handouts, program
from paperwork.errors import Bug, OfficeError, UsageError
from paperwork.model import Matter, Outcome
from paperwork.office import Office
from paperwork.planning import sight
from tests.stories.bureau import Bureau
from tests.stories.cases import S01

M = "2026-LA-0001"


def matter_of(office: Office) -> Matter:
    matter = office.ledger.matter(M)
    assert matter is not None
    return matter


def swept(office: Office, day: str = "2026-07-16") -> Outcome:
    return program.hand_in(office, "sweep", matter_of(office), {"sweep.on": day})


def events(bureau: Bureau) -> list[str]:
    return [e["data"]["form"] for e in bureau.show(M)["events"] if e["kind"] == "submitted"]


def test_what_the_program_hands_in_is_a_submission_of_the_matter(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    with bureau.open() as office:
        assert swept(office).outcome == "filed"
    assert events(bureau) == ["案件登记表", "到期核对"]
    assert bureau.show(M)["facts"]["sweep.on"] == "2026-07-16"
    assert bureau.audited() == []


def test_it_leaves_no_slip_no_original_and_nothing_in_the_stage(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    before = sorted(p for p in tmp_path.rglob("*") if p.parent.name in ("原件", "回执", "退回"))
    with bureau.open() as office:
        swept(office)
    assert sorted(p for p in tmp_path.rglob("*") if p.parent.name in ("原件", "回执", "退回")) == before
    assert list((tmp_path / ".paperwork" / "stage").iterdir()) == []


def test_the_same_twice_is_nothing_new(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    with bureau.open() as office, bureau.open() as other:
        as_seen = matter_of(office)  # both daemons look before either has registered
        first, second = (program.hand_in(o, "sweep", as_seen, {"sweep.on": "2026-07-16"}) for o in (office, other))
        assert (first.outcome, second) == ("filed", first)
        assert swept(office).outcome == "duplicate"  # said again later: nothing new either
    assert events(bureau) == ["案件登记表", "到期核对"]
    assert bureau.audited() == []


KILLED = """
import datetime, sys
from pathlib import Path
from paperwork import program
from paperwork.office import Office
with Office.open(Path(sys.argv[1]), datetime.date(2026, 7, 16)) as office:
    program.hand_in(office, "sweep", office.ledger.matter("2026-LA-0001"), {"sweep.on": "2026-07-16"})
"""


@pytest.mark.fault
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX; the program's promise is the same")
@pytest.mark.parametrize("point", ["stage", "receive", "registering", "register", "filed", "living", "conclude"])
def test_a_kill_neither_loses_nor_doubles_it(point: str, tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    killed = [sys.executable, "-c", KILLED, str(tmp_path)]
    done = subprocess.run(killed, env={**os.environ, "PAPERWORK_FAULT": point}, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL, f"never came to {point}"
    with bureau.open() as office:
        swept(office)
    bureau.work()
    assert events(bureau) == ["案件登记表", "到期核对"]
    assert bureau.audited() == []
    assert list((tmp_path / ".paperwork" / "stage").iterdir()) == []


@pytest.mark.parametrize("folder", ["表.json", "审批_表.json"])
def test_a_clerk_who_drops_such_a_form_gets_a_finding(folder: str, tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    data = json.dumps({"form": "到期核对", "matter": M, "sweep": {"on": "2026-07-16"}}).encode()
    bureau.drop(data, folder)
    (outcome,) = bureau.work()
    assert outcome.outcome == "returned"
    assert {f.code for f in outcome.findings} == {"E-FORM-PLACE"}
    assert "由系统自己填写" in bureau.notes()


def test_nor_does_it_pass_by_the_command_line(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    data = json.dumps({"form": "sweep", "matter": M, "sweep.on": "2026-07-16"}).encode()
    with bureau.open() as office:
        (outcome,) = desk.hand_in(office, "表.json", data)
        assert {f.code for f in outcome.findings} == {"E-FORM-PLACE"}
        with pytest.raises(UsageError):
            desk.record(office, M, "sweep", ["sweep.on=2026-07-16"])
        with pytest.raises(UsageError):
            handouts.hand_out(office, ["到期核对"], None, tmp_path / "空白表")


def test_the_program_fills_in_no_form_of_the_clerks(tmp_path: Path) -> None:
    with Bureau(tmp_path).open() as office:
        with pytest.raises(Bug):
            program.hand_in(office, "closing", None, {})
        with pytest.raises(OfficeError):
            program.hand_in(office, "no_such_form", None, {})


def test_a_form_of_the_program_has_no_blank(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    form = tmp_path / "templates" / "forms" / "sweep" / "form.toml"
    form.write_text(form.read_text("utf-8").replace('["json"]', '["docx", "json"]'), "utf-8")
    with pytest.raises(OfficeError) as wrong:
        bureau.open()
    assert [p.code for p in wrong.value.problems] == ["P-VALUE"]


def test_what_goes_wrong_with_one_stands_in_the_status(tmp_path: Path) -> None:
    from paperwork import status

    bureau = Bureau(tmp_path)
    bureau.take(S01)
    with bureau.open() as office:
        outcome = swept(office, "2026-07-20")  # a day to come
        assert {f.code for f in outcome.findings} == {"E-DATE-ORDER"}
        assert swept(office, "2026-07-20") == outcome  # and it is not tried over and over
        assert [row["file"] for row in status.status(office)["returned"]] == ["到期核对.json"]
    assert not (tmp_path / "inbox" / "退回").exists() or not list((tmp_path / "inbox" / "退回").iterdir())


def test_derived_facts_know_the_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[dt.date | None] = []
    monkeypatch.setattr(sight, "complete", lambda facts, around: days.append(around.today) or facts)
    with Bureau(tmp_path, "2026-07-16").open() as office:
        office.sight(None).facts(())
    assert days == [dt.date(2026, 7, 16)]
