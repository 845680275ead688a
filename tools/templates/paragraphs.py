"""A paragraph is one style and one run."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def made_paragraph(style: str, text: str) -> Any:
    """A paragraph element: one run, its full-width punctuation set in the East Asian font."""
    paragraph = OxmlElement("w:p")
    paragraph.get_or_add_pPr().style = style
    run = paragraph.add_r()
    fonts = OxmlElement("w:rFonts")
    fonts.set(qn("w:hint"), "eastAsia")
    run.get_or_add_rPr().append(fonts)
    run.text = text
    return paragraph
