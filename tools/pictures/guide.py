"""The guide as Word, for who prints it and hands it round: the same words and pictures, laid out on two pages."""

from __future__ import annotations

import io
import re
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

_PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<file>[^)]+)\)")
_INLINE = re.compile(r"(\*\*.+?\*\*|`.+?`)")
_WIDTHS = {"空白表": 11.5, "文件夹": 13.5, "回执": 11.5, "退回": 15.0}  # cm, so that all of it stands on two pages


def as_word(source: Path) -> bytes:
    """The Markdown of `source` (headings, paragraphs, lists, one table, pictures) as A4. Same input, same words."""
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.3)
    for name, size in (("Normal", 11), ("Heading 1", 18), ("Heading 2", 13), ("List Bullet", 11), ("List Number", 11)):
        _set(word, name, size)
    for block in re.split(r"\n{2,}", source.read_text("utf-8").strip()):
        _block(word, block, source.parent)
    saved = io.BytesIO()
    word.save(saved)
    return saved.getvalue()


def _set(word: Word, name: str, size: float) -> None:
    style = word.styles[name]
    style.font.size, style.font.name = Pt(size), "Times New Roman"
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), "黑体" if name.startswith("Heading") else "宋体")
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.paragraph_format.space_before = Pt(7 if name == "Heading 2" else 0)
    style.paragraph_format.space_after = Pt(3)
    style.paragraph_format.line_spacing = 1.0


def _block(word: Word, block: str, folder: Path) -> None:
    if picture := _PICTURE.fullmatch(block):
        paragraph = word.add_paragraph()
        path = folder / picture["file"]
        paragraph.add_run().add_picture(str(path), width=Cm(_WIDTHS[path.stem]))
        paragraph.alignment = 1
    elif block.startswith("#"):
        marks, _, words = block.partition(" ")
        word.add_heading(words, len(marks))
    elif block.startswith("|"):
        _table(word, [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()])
    else:
        for line in block.splitlines():
            listed = re.match(r"(- |\d+\. )", line)
            style = {None: "Normal", "- ": "List Bullet"}.get(listed and listed[1], "List Number")
            _words(word.add_paragraph(style=style), line[listed.end() if listed else 0 :])


def _table(word: Word, rows: list[list[str]]) -> None:
    table = word.add_table(0, len(rows[0]), style="Table Grid")
    for cells in (rows[0], *rows[2:]):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            _words(cell.paragraphs[0], text)


def _words(paragraph: object, text: str) -> None:
    for part in _INLINE.split(text):
        run = paragraph.add_run(part.strip("*`"))  # type: ignore[attr-defined]
        run.bold = part.startswith("**")
        if part.startswith("`"):
            shade = OxmlElement("w:shd")
            shade.set(qn("w:val"), "clear")
            shade.set(qn("w:fill"), "EEEEEE")
            run._r.get_or_add_rPr().append(shade)
