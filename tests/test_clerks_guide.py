"""The guide for clerks: two pages, its pictures small and there, and the sheet that is handed round says the same."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader
from tools.pictures import guide

from paperwork import slips

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "办案人员"
SOURCE = FOLDER / "交一张表.md"
WORD = SOURCE.with_suffix(".docx")


def words(path: Path) -> list[str]:
    word = Document(str(path))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return [p.text for p in word.paragraphs] + cells


def test_the_word_file_says_what_the_guide_says(tmp_path: Path) -> None:
    (tmp_path / "anew.docx").write_bytes(guide.as_word(SOURCE))
    assert words(tmp_path / "anew.docx") == words(WORD), "run: python -m tools.pictures"
    assert len(words(WORD)) > 30


def test_every_picture_is_there_and_small_and_none_is_left_over() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", SOURCE.read_text("utf-8"))
    assert len(shown) == 4
    assert {FOLDER / name for name in shown} == set((FOLDER / "图").iterdir())
    for name in shown:
        data = (FOLDER / name).read_bytes()
        assert data.startswith(b"\x89PNG") and len(data) < 150_000, name
    assert len(Document(str(WORD)).inline_shapes) == 4


def test_folders_and_words_of_the_guide_are_those_of_the_program() -> None:
    text = SOURCE.read_text("utf-8")
    source = (Path(slips.__file__).read_text("utf-8")) + (Path(slips.__file__).parent / "blanks" / "questions.py").read_text("utf-8")
    for said in ("制作的文书", "下一步", "更正的回执编号", "案号或编号", slips.BY_HAND, "送审稿"):
        assert said in text and said in source, said


@pytest.mark.office
def test_it_is_two_pages(tmp_path: Path) -> None:
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(WORD)], check=True, capture_output=True, timeout=300)
    assert len(PdfReader(tmp_path / "交一张表.pdf").pages) == 2
