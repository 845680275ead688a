"""Promises of `check -o`: each template that is not in order comes as a copy with comments where the trouble is."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm, Pt
from lxml import etree

from paperwork import checking, marking
from tests.played import Terminal
from tests.samples import ROOT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOW = dt.datetime(2026, 7, 16, 9, 0)
LETTER = "templates/documents/advice_letter/template.docx"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "templates", tmp_path / "office" / "templates")
    return tmp_path / "office"


def spoil(office: Path) -> None:
    """A mistyped name, full-width braces, a margin, a size: each in a place of its own."""
    word = Document(str(office / LETTER))
    paragraphs: dict[str, Any] = {p.text[:3]: p for p in word.paragraphs}
    paragraphs["联系人"].runs[0].text = "联系人：{{ party.nmae }}"
    paragraphs["提出上"].runs[0].text = "提出上述建议的依据：｛｛ party.name ｝｝。"
    paragraphs["以上建"].runs[0].font.size = Pt(12)
    word.sections[0].left_margin = Mm(20)
    word.save(str(office / LETTER))


def comments_of(path: Path) -> dict[str, list[str]]:
    """The text of each commented paragraph → what its comments say, a line each."""
    with zipfile.ZipFile(path) as archive:
        document, comments = (etree.fromstring(archive.read(f"word/{n}.xml")) for n in ("document", "comments"))
    said = {c.get(f"{W}id"): "\n".join("".join(p.itertext()) for p in c.iter(f"{W}p")) for c in comments}
    found: dict[str, list[str]] = {}
    for paragraph in document.iter(f"{W}p"):
        for mark in paragraph.iter(f"{W}commentReference"):
            text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
            found.setdefault(text, []).append(said[mark.get(f"{W}id")])
    return found


def test_comments_stand_where_the_trouble_is(office: Path, tmp_path: Path) -> None:
    spoil(office)
    before = (office / LETTER).read_bytes()
    (path,) = checking.commented(office, checking.check(office), tmp_path / "批注", NOW)
    assert path.name == "D-03_行政建议书_批注.docx"
    comments = comments_of(path)
    by_start = {text[:3]: said for text, said in comments.items()}
    assert "是不是 party.name？" in by_start["联系人"][0]
    assert "全角" in by_start["提出上"][0]
    assert "应为3号" in by_start["以上建"][0]
    first = next(iter(comments.values()))
    assert any("左边距是 20.0 毫米" in said for said in first)
    assert (office / LETTER).read_bytes() == before
    assert Document(str(path)).paragraphs


def test_sound_templates_have_no_copy_and_nothing_is_overwritten(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "批注"
    assert checking.commented(office, checking.check(office), out, NOW) == []
    spoil(office)
    problems = checking.check(office)
    (first,) = checking.commented(office, problems, out, NOW)
    kept = first.read_bytes()
    (second,) = checking.commented(office, problems, out, NOW)
    assert first.read_bytes() == kept == second.read_bytes()


def test_a_copy_of_a_copy_has_the_comments_of_the_last_round_only(office: Path) -> None:
    data = (office / LETTER).read_bytes()
    once = marking.annotate(data, [marking.Note("联系人", ("一",)), marking.Note("", ("二",))], NOW)
    assert once is not None
    twice = marking.annotate(once, [marking.Note("联系人", ("三",))], NOW)
    assert twice is not None
    with zipfile.ZipFile(io.BytesIO(twice)) as archive:
        told = archive.read("word/comments.xml").decode()
    assert "三" in told and "一" not in told and "二" not in told


def test_what_is_no_word_file_has_no_copy() -> None:
    assert marking.annotate(b"PK", [marking.Note("", ("x",))], NOW) is None


def test_the_command_says_where_the_copies_lie(office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(office)
    terminal = Terminal(office, capsys)
    out = tmp_path / "批注"
    assert terminal("check", "-o", str(out)) == 3
    assert f"批注在 {out / 'D-03_行政建议书_批注.docx'}" in terminal.out
