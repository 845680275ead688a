"""Promises of `check --effect`: what edited rules would do to open matters is told beforehand, and nothing is done."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from paperwork import checking
from paperwork.office import Office
from tests.played import CASE, WAITING, Terminal, played

RULES = "templates/policy/measures.toml"
STRICTER = ('"first_offence is yes"', '"first_offence is yes", "new_economy.flag is yes"')
GATE = '\n[[gate]]\ncode = "E-NEW"\nfor = ["case"]\nrequire = ["case.discovered_by is supervision"]\nmessage = "只办监察发现的"\n'
RECORD = "templates/documents/recheck_record"


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """The played office: one closed case, one that waits for its approvals."""
    return Terminal(played(tmp_path), capsys)


def edit(terminal: Terminal, file: str, old: str, new: str) -> None:
    path = terminal.root / file
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), "utf-8")


def effect(terminal: Terminal) -> list[Any]:
    with Office.open(terminal.root, dt.date.fromisoformat(terminal.day)) as office:
        return checking.effect(office)


def state(root: Path) -> dict[str, str]:
    """Every file of outbox and ledger, by its hash; SQLite's own helpers aside."""
    files = [p for folder in ("outbox", "inbox", ".paperwork") for p in (root / folder).rglob("*") if p.is_file()]
    kept = [p for p in files if not p.name.endswith(("-shm", "-wal"))]
    return {p.relative_to(root).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in kept}


def test_without_an_edit_nothing_is_touched(terminal: Terminal) -> None:
    assert terminal("check", "--effect") == 0
    assert "对在办事项没有影响" in terminal.out
    assert effect(terminal) == []


def test_a_rule_that_no_longer_fires_would_supersede_its_drafts(terminal: Terminal) -> None:
    edit(terminal, RULES, *STRICTER)
    before = state(terminal.root)
    (touched,) = effect(terminal)
    assert (touched["id"], touched["trouble"]) == (WAITING, None)
    assert {one["code"] for one in touched["superseded"]} == {"D-12", "D-13", "D-14"}
    assert {(m["rule"], m["was"], m["now"]) for m in touched["measures"]} >= {("DR-11", "fired", "unmet")}
    assert state(terminal.root) == before
    terminal("check", "--effect")
    for words in ("规则 DR-11", "成立 → 不成立", "作废送审稿：D-13《不予行政处罚决定书》", "什么都没有制作"):
        assert words in terminal.out, words


def test_what_is_told_is_what_the_next_form_brings(terminal: Terminal) -> None:
    edit(terminal, RULES, *STRICTER)
    (touched,) = effect(terminal)
    assert terminal("record", WAITING, "--form", "案件登记表", "case.source_ref=TS-2026-001") == 0, terminal.err
    fallen = [d for d in terminal.json("show", WAITING)["documents"] if d["state"] == "superseded" and d["code"]]
    assert {d["code"] for d in fallen} == {one["code"] for one in touched["superseded"]}
    assert effect(terminal) == []  # by now the matter stands by the edited rules


def test_a_new_kind_shows_the_papers_that_it_would_make(terminal: Terminal) -> None:
    folder = terminal.root / "templates/documents/memo"
    folder.mkdir()
    word = Document(str(terminal.root / RECORD / "template.docx"))
    for element in list(word.element.body)[:-1]:
        word.element.body.remove(element)
    word.add_paragraph("{{ case.title }}")
    word.save(str(folder / "template.docx"))
    (folder / "kind.toml").write_text(
        'code = "Z-02"\ntitle = "内部说明"\nfor = []\nif = ["case.title given"]\nper = "matter"\nafter = "none"\n'
        'number = "none"\ndated = "registered"\nretention = "10年"\n', "utf-8")  # fmt: skip
    made = {one["id"]: [(m["code"], m["state"]) for m in one["made"]] for one in effect(terminal)}
    assert made == {CASE: [("Z-02", "issued")], WAITING: [("Z-02", "issued")]}
    assert all(one["superseded"] == one["measures"] == [] for one in effect(terminal))


def test_a_closed_matter_never_moves(terminal: Terminal) -> None:
    assert terminal("record", CASE, "case.closed_on=2026-08-17", "case.result=不予行政处罚", "case.execution=无需履行") == 0, terminal.out
    path = terminal.root / "templates/policy/gates.toml"
    path.write_text(path.read_text("utf-8") + GATE, "utf-8")
    assert [one["id"] for one in effect(terminal)] == [WAITING]


def test_a_new_gate_shows_what_would_be_refused(terminal: Terminal) -> None:
    path = terminal.root / "templates/policy/gates.toml"
    path.write_text(path.read_text("utf-8") + GATE, "utf-8")
    touched = [t for t in effect(terminal) if t["id"] == WAITING]
    assert [(t["id"], [f["code"] for f in t["findings"]]) for t in touched] == [(WAITING, ["E-NEW"])]


def test_a_matter_whose_earlier_rules_are_gone_is_held_against_its_own_papers(terminal: Terminal) -> None:
    for path in (terminal.root / ".paperwork/objects").rglob("*"):
        if path.is_file() and path.read_bytes()[:40].find(b"templates/") >= 0:
            path.unlink()
    assert effect(terminal) == []
    edit(terminal, RULES, *STRICTER)
    (touched,) = effect(terminal)
    assert [(m["rule"], m["was"], m["now"]) for m in touched["measures"]] == [("DR-11", "fired", "unmet")]


def test_files_that_cannot_be_read_are_told_first(terminal: Terminal) -> None:
    edit(terminal, RULES, 'measure = "no_penalty"', 'measures = "no_penalty"')
    assert terminal("check", "--effect") == 3
    assert "先改正这些问题" in terminal.err
