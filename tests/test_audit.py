"""Every promise broken once by hand: the audit names it, and says where. Late papers are named and break nothing."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperwork import audit, living
from paperwork.model import Problem
from paperwork.office import Office
from tests.played import CASE, DAY, WAITING, Terminal, played

DECISION = "朔区文旅不罚字〔2026〕1号"


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    yield played(tmp_path)


def audited(root: Path) -> list[Problem]:
    with Office.open(root, dt.date.fromisoformat(DAY)) as office:
        return audit.audit(office)


def codes(root: Path) -> set[str]:
    return {problem.code for problem in audited(root)}


def the(root: Path, code: str) -> Problem:
    """The one problem of this code."""
    (found,) = [problem for problem in audited(root) if problem.code == code]
    return found


def sql(root: Path, *statements: str) -> None:
    """What no part of the program does: write into the ledger behind its back."""
    ledger = sqlite3.connect(root / ".paperwork" / "ledger.db")
    ledger.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        assert ledger.execute(statement).rowcount > 0, statement
    ledger.commit()
    ledger.close()


def folder(root: Path) -> Path:
    return next((root / "outbox" / "2026").glob("*1号_*"))


def test_a_healthy_office_keeps_every_promise(root: Path) -> None:
    assert audited(root) == []


# ── numbers ──


def test_a_gap_in_a_series_is_named(root: Path) -> None:
    sql(root, "UPDATE numbers SET n = 2 WHERE series = '不罚'", "UPDATE series SET last = 2 WHERE series = '不罚'")
    problem = the(root, "E-NUMBER-GAP")
    assert (problem.where, "第1号" in problem.what) == ("不罚 2026", True)


def test_a_number_missing_at_the_end_of_its_series_is_named(root: Path) -> None:
    sql(root, "UPDATE series SET last = 2 WHERE series = '不罚'")
    assert "第2号" in the(root, "E-NUMBER-GAP").what


def test_a_number_that_no_series_gave_is_named(root: Path) -> None:
    sql(root, "UPDATE series SET last = 0 WHERE series = '不罚'")
    assert "第1号" in the(root, "E-NUMBER-RANGE").what


def test_a_number_without_its_document_is_named(root: Path) -> None:
    sql(root, f"UPDATE documents SET number = '' WHERE number = '{DECISION}'")
    assert the(root, "E-NUMBER-LOST").where == DECISION
    assert "没有文号" in the(root, "E-NUMBER-MISSING").what


def test_a_number_that_is_not_in_the_register_is_named(root: Path) -> None:
    sql(root, f"UPDATE documents SET number = '朔区文旅不罚字〔2026〕7号' WHERE number = '{DECISION}'")
    assert "不在编号册上" in the(root, "E-NUMBER-MISSING").what


def test_a_cancelled_number_without_a_reason_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert Terminal(root, capsys)("void", DECISION, "--why", "印错") == 0
    assert audited(root) == []
    sql(root, f"UPDATE numbers SET why = '' WHERE text = '{DECISION}'")
    assert the(root, "E-NUMBER-VOID").where == DECISION


# ── drops, events, occurrences ──


def test_a_drop_that_was_not_concluded_is_named(root: Path) -> None:
    sql(root, "UPDATE drops SET concluded_at = NULL WHERE name = '送达情况表_星屿网咖.docx'")
    problem = the(root, "E-UNFINISHED")
    assert "送达情况表_星屿网咖.docx" in problem.what


def test_a_drop_that_was_filed_and_called_returned_is_named(root: Path) -> None:
    sql(root, "UPDATE drops SET state = 'returned' WHERE name = '送达情况表_星屿网咖.docx'")
    assert "returned" in the(root, "E-DROP-STATE").what


def test_a_missing_event_is_named(root: Path) -> None:
    sql(root, "DELETE FROM events WHERE seq = 3")
    assert the(root, "E-EVENT-GAP").where == "事件 3"


def test_two_standing_documents_of_one_kind_are_named(root: Path) -> None:
    sql(
        root,
        "INSERT INTO documents SELECT bureau, matter, kind, occurrence, 2, made + 90, code, title, state, draft_code,"
        " measure, rule, '', dated, seq + 90, recipe, path, sha256, draft_path, draft_sha256, replaces, \"drop\","
        " work_drop, work_row FROM documents WHERE code = 'D-15'",
    )
    assert the(root, "E-OCCURRENCE").where == CASE


# ── files ──


def test_a_document_that_is_gone_is_named(root: Path) -> None:
    path = next(folder(root).glob("*_D-13_*.docx"))
    path.unlink()
    problem = the(root, "E-FILE-LOST")
    assert problem.where == path.relative_to(root).as_posix()
    assert DECISION in problem.what


@pytest.mark.parametrize(
    "name", ["*_D-13_*.docx", "送审稿/D-13_*.docx", "送审稿/审批意见表_*.docx", "原件/*登记表*.docx"]
)
def test_a_file_that_was_changed_by_hand_is_named(root: Path, name: str) -> None:
    path = next(folder(root).glob(name))
    path.write_bytes(path.read_bytes() + b" ")
    assert the(root, "E-FILE-CHANGED").where == path.relative_to(root).as_posix()


def test_a_draft_that_waits_is_held_to_its_hash_too(root: Path) -> None:
    waiting = next((root / "outbox" / "2026").glob("*2号_*"))
    path = next((waiting / "送审稿").glob("D-13_*.docx"))
    path.unlink()
    assert the(root, "E-FILE-LOST").where == path.relative_to(root).as_posix()


def test_a_document_that_was_never_filed_is_named(root: Path) -> None:
    sql(root, "UPDATE documents SET path = '', sha256 = '' WHERE code = 'D-15'")
    assert CASE in the(root, "E-UNFILED").where


def test_a_template_that_is_gone_is_named(root: Path) -> None:
    with Office.open(root) as office:
        document = next(d for d, _ in office.ledger.documents() if d.code == "D-15")
        office.objects.path(document.recipe.template).unlink()
    assert the(root, "E-TEMPLATE-LOST").where == CASE


@pytest.mark.parametrize("name", ["manifest.json", "卷内目录.docx"])
def test_a_living_file_that_says_something_else_is_named(root: Path, name: str) -> None:
    path = folder(root) / name
    path.write_bytes(path.read_bytes() + b" ")
    assert the(root, "E-LIVING").where == path.relative_to(root).as_posix()
    path.unlink()
    assert "不见了" in the(root, "E-LIVING").what


def test_a_stranger_in_a_matters_folder_is_named_but_not_what_word_leaves(root: Path) -> None:
    (folder(root) / "~$决定书.docx").write_bytes(b"")
    assert audited(root) == []
    stranger = folder(root) / "原件" / "自己放的.docx"
    stranger.write_bytes(b"x")
    assert the(root, "E-ORPHAN").where == stranger.relative_to(root).as_posix()


@pytest.mark.parametrize("name", ["朔区文旅立字〔2026〕99号_某公司", "行政指导/2026-ZD-0001_某公司"])
def test_a_folder_that_the_ledger_does_not_know_is_named(root: Path, name: str) -> None:
    stranger = root / "outbox" / "2026" / name
    stranger.mkdir(parents=True)
    assert the(root, "E-ORPHAN").where == stranger.relative_to(root).as_posix()


def test_reports_and_the_board_are_no_strangers(root: Path) -> None:
    (root / "outbox" / "2026" / "工作总结").mkdir(exist_ok=True)
    (root / "outbox" / "批次").mkdir()
    (root / "outbox" / "看板.html").write_text("x", "utf-8")
    assert audited(root) == []


def test_copies_of_concluded_drops_are_named(root: Path) -> None:
    with Office.open(root) as office:
        drop = next(row.drop for row in office.ledger.drops() if row.drop.place == "inbox")
    for left in (root / ".paperwork" / "stage" / drop.id, root / "inbox" / ".taken" / drop.id):
        left.mkdir(parents=True)
        (left / "表.docx").write_bytes(b"x")
        assert left.relative_to(root).as_posix() in the(root, "E-LEFTOVER").where
        (left / "表.docx").unlink()
        left.rmdir()


# ── 补录 ──


def test_a_number_dated_before_an_earlier_one_is_late_and_breaks_nothing(root: Path) -> None:
    sql(root, "UPDATE numbers SET dated = '2026-07-01' WHERE text = '朔区文旅立字〔2026〕2号'")
    problems = audited(root)
    late = [p for p in problems if p.where == "朔区文旅立字〔2026〕2号"]
    assert [p.code for p in late] == [audit.LATE]
    assert audit.entry(problems)["ok"] is True


def test_an_approval_dated_before_its_draft_was_made_is_late(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(root, capsys)
    sql(root, f"UPDATE events SET recorded_at = '2026-08-16T09:00:00+08:00' WHERE matter = '{WAITING}'")
    draft = next(d["draft"] for d in terminal.json("show", WAITING)["documents"] if d["code"] == "D-13")
    item = ("step=部门负责人", "person=钱承宇", "decision=同意", "on=2026-08-15", f"draft={draft}")
    assert terminal("record", WAITING, *(f"approvals.{one}" for one in item)) == 0
    (problem,) = audited(root)
    assert (problem.code, draft in problem.what) == (audit.LATE, True)
    assert terminal("audit") == 0
    assert "补录" in terminal.out


def test_every_entry_has_the_contracts_keys(root: Path) -> None:
    (folder(root) / "manifest.json").unlink()
    entry = audit.entry(audited(root))
    assert entry["ok"] is False
    assert all(set(p) == {"code", "where", "what", "advice"} for p in entry["problems"])
    assert codes(root) == {"E-LIVING"}


def test_an_index_that_was_changed_by_hand_is_kept_before_it_is_made_anew(root: Path) -> None:
    """It is the program's to write, and what somebody wrote into it is not the program's to throw away."""
    path = folder(root) / "卷内目录.docx"
    mine = path.read_bytes() + b" "
    path.write_bytes(mine)
    with Office.open(root, dt.date.fromisoformat(DAY)) as office:
        living.refresh(office, CASE)
        living.refresh(office, CASE)
    assert path.read_bytes() != mine
    assert [p.read_bytes() for p in (folder(root) / "手工文书").iterdir()] == [mine]
    assert not {code for code in codes(root) if code.startswith("E-")}
