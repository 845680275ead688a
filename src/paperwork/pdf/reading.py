"""A PDF held against the Word file that it was made from: every Chinese character that Word has must be printed.

Some converters lose Chinese text, or print boxes, and say nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from xml.etree import ElementTree

_CHINESE = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNREADABLE = (zipfile.BadZipFile, ElementTree.ParseError)
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")


def lost(text: str, pdf: bytes) -> str:
    """The characters that a text has more often than the PDF, each once; empty = all are printed."""
    wanted = Counter(chinese(text))
    printed = Counter(chinese(printed_text(pdf)))
    return "".join(character for character, count in wanted.items() if printed[character] < count)


def words(document: bytes) -> str:
    """All text of a Word file, headers and footers of every page once."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if _PARTS.fullmatch(name)]
    trees = (ElementTree.fromstring(part) for part in parts)
    return "\n".join(element.text or "" for tree in trees for element in tree.iter(f"{_WORD}t"))


def printed_text(pdf: bytes) -> str:
    from pypdf import PdfReader  # only for who reads a PDF

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


def chinese(text: str) -> str:
    return "".join(_CHINESE.findall(text))
