"""The self-check of a file: ten heads, and under each what the program can see."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperwork import views
from tests.played import CASE, WAITING, Terminal, played
from tests.samples import shipped


def test_the_heads_are_those_of_the_sheet() -> None:
    head = shipped().facts["self_checks"].items["head"]
    assert {choice.code: choice.label for choice in head.choices} == dict(views.assessing.HEADS)


def test_a_file_is_looked_through_head_by_head(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(played(tmp_path), capsys)
    told = {row["head"]: row["findings"] for row in terminal.json("show", CASE, "--self-check")}
    assert list(told) == list(views.assessing.HEADS)
    assert any("D-10" in finding for finding in told["papers"]), "the demonstration makes no 立案审批表"
    assert told["subject"] == told["basis"] == told["discretion"] == []
    later = Terminal(terminal.root, capsys, "2026-12-30")
    waiting = {row["head"]: row["findings"] for row in later.json("show", WAITING, "--self-check")}
    assert any(finding.startswith("作出处理决定超过期限") for finding in waiting["procedure"])
    assert later("show", WAITING, "--self-check") == 0
    assert "自查表" in later.out and "没有发现问题" in later.out


@pytest.mark.parametrize(("code", "head"), [
    ("E-OFFICER-2", "subject"), ("W-PROOF-ARTICLE", "basis"), ("W-PROOF-NAME", "papers"), ("W-SERVICE-NEXT", "service"),
    ("E-RANGE", "discretion"), ("E-DATE-ORDER", "procedure"), ("E-EVIDENCE", "evidence"), ("E-CLOSE", "execution"),
])  # fmt: skip
def test_each_finding_has_its_head(code: str, head: str) -> None:
    assert views.assessing.head_of(code) == head
