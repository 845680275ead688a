"""A paragraph is one style and one run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from tools.templates.styles import FRAMES

BELOW = "（以下空白）"
_LINE = 28  # characters of 3号 in a line; signs of ASCII take half of one
_NAMES = 7  # what a tag in a line for signatures is taken for: two names


def fitting(line: str) -> Iterator[str]:
    """A line for signatures in as many lines as it needs, parted at its wide spaces: no blank is torn."""
    if "{%" in line:  # its length is the facts'
        yield line
        return
    room, begun = 0.0, ""
    for piece in re.split("　(?=[^　])", line):
        width = sum(0.5 if sign.isascii() else 1 for sign in re.sub(r"\{[{%].*[}%]\}", "＃" * _NAMES, piece))
        if begun.strip("　") and room + 1 + width > _LINE:
            yield begun
            room, begun = width, piece
        else:
            room, begun = (room + 1 + width, f"{begun}　{piece}") if begun else (width, piece)
    yield begun


def made_paragraph(style: str, text: str) -> Any:
    """A paragraph element: one run, its full-width punctuation set in the East Asian font."""
    paragraph = OxmlElement("w:p")
    paragraph.get_or_add_pPr().style = style
    if style in FRAMES:
        paragraph.pPr.append(parse_xml(FRAMES[style]))
    run = paragraph.add_r()
    fonts = OxmlElement("w:rFonts")
    fonts.set(qn("w:hint"), "eastAsia")
    run.get_or_add_rPr().append(fonts)
    run.text = text
    return paragraph


def framed(part: Any, style: str) -> None:
    """Give a header or footer nothing but what this style draws at its place of the page."""
    part.is_linked_to_previous = False
    part._element[:] = [made_paragraph(style, ""), made_paragraph("Last", "")]  # a frame needs a paragraph to hang on


def lettered(run: Any, font: str) -> Any:
    """The run in this East Asian font."""
    run.rPr.find(qn("w:rFonts")).set(qn("w:eastAsia"), font)
    return run
