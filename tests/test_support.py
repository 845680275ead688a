"""The bundle for whoever mends the program: enough to mend it, and nothing of anybody."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from paperwork import support
from paperwork.errors import UsageError
from paperwork.sheetform import columns_of
from played import Terminal, played
from tests.samples import shipped
from tests.sheetpen import row_of, sheet
from tests.stories.cases import S01


def texts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as bundle:
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


def test_it_tells_versions_checks_counts_and_what_was_changed(tmp_path: Path) -> None:
    root = played(tmp_path)
    support.gather(root, tmp_path / "a.zip")
    told = texts(tmp_path / "a.zip")
    assert json.loads(told["about.json"])["libraries"]["docxtpl"]
    counts = json.loads(told["counts.json"])
    assert counts["documents"]["D-13 issued"] == 1
    assert counts["findings"]["E-OFFICER-2"] == 1
    assert json.loads(told["templates.json"]) == ["bureau.toml"]
    assert "problems" in json.loads(told["doctor.json"]) and json.loads(told["check.json"])["ok"]


def test_what_came_back_of_a_spreadsheet_is_counted_row_by_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(played(tmp_path), capsys)
    known = shipped()
    wrong = {**row_of(S01, columns_of(known.forms["case_intake"], known.facts)), "party.uscc": "91140602MA0BAD0000"}
    (tmp_path / "表.xlsx").write_bytes(sheet(known, "case_intake", [wrong, wrong]))
    assert terminal("file", str(tmp_path / "表.xlsx")) == 1
    support.gather(terminal.root, tmp_path / "a.zip")
    counts = json.loads(texts(tmp_path / "a.zip")["counts.json"])
    assert counts["findings"]["E-USCC-ORG"] == 2


def test_nothing_in_it_is_of_anybody(tmp_path: Path) -> None:
    root = played(tmp_path)
    logs = root / ".paperwork" / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    (logs / "paperwork.log").write_text("赵明远 收到 案件登记表_星屿网咖.docx 13800138000 14060219000101001X\n", "utf-8")
    support.gather(root, tmp_path / "a.zip")
    whole = "\n".join(texts(tmp_path / "a.zip").values())
    for somebody in ("星屿网咖", "云谷量贩歌厅", "田野禾", "赵明远", "郑怀瑾", "13800138000", "14060219000101001X"):
        assert somebody not in whole, somebody
    assert not re.search(r"\d{11}", whole)


def test_an_office_that_does_not_open_can_be_told_about(tmp_path: Path) -> None:
    root = played(tmp_path)
    (root / "templates" / "facts.toml").write_text("不是 TOML", "utf-8")
    support.gather(root, tmp_path / "a.zip")
    told = {name: json.loads(text) for name, text in texts(tmp_path / "a.zip").items() if name.endswith(".json")}
    assert told["counts.json"]["failed"] == "OfficeError"
    assert not told["check.json"]["ok"]


def test_at_the_command_line_it_says_what_it_wrote_and_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal(played(tmp_path), capsys)
    assert terminal("support", "-o", str(tmp_path / "a.zip")) == 0
    assert "counts.json" in terminal.out
    assert terminal("support", "-o", str(tmp_path / "a.zip")) == 2
    with pytest.raises(UsageError):
        support.gather(terminal.root, tmp_path / "a.zip")
