"""A PDF held against the Word file that it was made from: every Chinese character that Word has must be printed.

Some converters lose Chinese text, or print boxes, and say nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import Any, cast
from xml.etree import ElementTree

from paperwork.pdf import running

_CHINESE = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNREADABLE = (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError)
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_RUNNING = re.compile(r"word/(header|footer)\d*\.xml")
_SHOWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+[\d.]+\s+Tf|(<[0-9A-Fa-f]*>)\s*Tj|(\[[^\]()]*\])\s*TJ|\s(Q)\s")
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")
_CODES = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]+)>")


def lost(text: str, pdf: bytes) -> str:
    """The characters that a text has more often than the PDF, each once; empty = all are printed.

    What a glance does not find is looked for in full.
    """
    wanted = Counter(chinese(text))
    if not wanted - glanced(pdf):
        return ""
    return "".join(wanted - Counter(chinese(printed_text(pdf))))


def words(document: bytes, pages: int | None = None) -> str:
    """All text of a Word file, each header and footer once; printed on `pages` pages: of those only what they show."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        names = [name for name in archive.namelist() if _PARTS.fullmatch(name)]
        if pages is not None:
            shown = running.printed_parts(archive, pages)
            names = [name for name in names if name in shown or not _RUNNING.fullmatch(name)]
        parts = [archive.read(name) for name in names]
    trees = (ElementTree.fromstring(part) for part in parts)
    return "\n".join(element.text or "" for tree in trees for element in tree.iter(f"{_WORD}t"))


def printed_text(pdf: bytes) -> str:
    """The text of every page, as pypdf reads it."""
    from pypdf import PdfReader  # only for who reads a PDF

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def glanced(pdf: bytes) -> Counter[str]:
    """How often each character is certainly printed: text shown the way LibreOffice writes it, where no place and no
    order is asked for. Several times as quick as reading it; whatever is written in another way is not seen.
    """
    from pypdf import PdfReader

    seen: Counter[str] = Counter()
    known: dict[Any, dict[int, str]] = {}
    try:
        for page in PdfReader(io.BytesIO(pdf)).pages:
            content = page.get_contents()
            if content is not None:
                _count(content.get_data(), cast(Any, page["/Resources"]).get("/Font", {}), known, seen)
    except (LookupError, TypeError, ValueError, AttributeError):
        return seen  # not LibreOffice's way: reading it in full tells
    return seen


def _count(content: bytes, fonts: Any, known: dict[Any, dict[int, str]], seen: Counter[str]) -> None:
    """Count what one page shows. A font that went with the state of the page is not known any more."""
    codes: dict[int, str] = {}
    for font, one, several, restored in _SHOWN.findall(content):
        if font:
            reference = fonts.raw_get("/" + font.decode())
            key = (reference.idnum, reference.generation)
            if key not in known:
                known[key] = _codes(fonts["/" + font.decode()])
            codes = known[key]
        elif restored:
            codes = {}
        elif codes:
            for shown in _HEX.findall(one or several):
                seen.update(codes[code] for code in bytes.fromhex(shown.decode()) if code in codes)


def _codes(font: Any) -> dict[int, str]:
    """Code → character, of a font whose codes are single bytes that stand for single characters; else nothing."""
    if font["/Subtype"] == "/Type0" or "/ToUnicode" not in font:
        return {}
    lists = _CODES.findall(font["/ToUnicode"].get_data())
    return {
        int(code, 16): bytes.fromhex(told.decode()).decode("utf-16-be")
        for listed in lists
        for code, told in _CODE.findall(listed)
    }


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


def chinese(text: str) -> str:
    return "".join(_CHINESE.findall(text))
