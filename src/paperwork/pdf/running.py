"""Which headers and footers of a Word file are certain to be printed on so many pages.

A header that differs on the first page, or on even pages, prints only where there is such a page (ISO/IEC 29500-1,
17.10.6 `titlePg`, 17.10.1 `evenAndOddHeaders`).
"""

from __future__ import annotations

import posixpath
import zipfile
from xml.etree import ElementTree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCES = (f"{_WORD}headerReference", f"{_WORD}footerReference")
_OFF = ("0", "false", "off")


def printed_parts(archive: zipfile.ZipFile, pages: int) -> set[str]:
    """The names of the headers and footers that `pages` pages show; of several sections only what page one shows.

    Where a section after the first begins, the Word file does not tell.
    """
    sections = list(ElementTree.fromstring(archive.read("word/document.xml")).iter(f"{_WORD}sectPr"))
    if not sections:
        return set()
    first = sections[0]
    kinds = _kinds(first, _odd_and_even(archive), pages if len(sections) == 1 else 1)
    targets = _targets(archive)
    return {
        targets.get(reference.get(_ID, ""), "")
        for reference in first
        if reference.tag in _REFERENCES and reference.get(f"{_WORD}type", "default") in kinds
    }


def _kinds(section: ElementTree.Element, odd_and_even: bool, pages: int) -> set[str]:
    """Which of `first`, `default` and `even` that many pages use."""
    numbers = section.find(f"{_WORD}pgNumType")
    start = int(numbers.get(f"{_WORD}start", "1")) if numbers is not None else 1
    apart = _on(section.find(f"{_WORD}titlePg"))
    return {
        "first" if apart and page == start else "even" if odd_and_even and page % 2 == 0 else "default"
        for page in range(start, start + pages)
    }


def _odd_and_even(archive: zipfile.ZipFile) -> bool:
    if "word/settings.xml" not in archive.namelist():
        return False
    return _on(ElementTree.fromstring(archive.read("word/settings.xml")).find(f"{_WORD}evenAndOddHeaders"))


def _on(switch: ElementTree.Element | None) -> bool:
    return switch is not None and switch.get(f"{_WORD}val", "true") not in _OFF


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Relationship → the name of the part."""
    if "word/_rels/document.xml.rels" not in archive.namelist():
        return {}
    told = ElementTree.fromstring(archive.read("word/_rels/document.xml.rels"))
    named = ((one.get("Id", ""), posixpath.join("/word", one.get("Target", ""))) for one in told)
    return {key: posixpath.normpath(name).lstrip("/") for key, name in named}
