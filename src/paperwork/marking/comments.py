"""The comments of a Word document (ECMA-376 part 1, 17.13.4): ours laid in and taken out, those of people untouched."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from lxml import etree

from paperwork.marking.parts import Copy
from paperwork.wordform.words import W14, Element, W

AUTHOR, INITIALS = "办公系统", "系统"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_BESIDES = ("commentsExtended", "commentsIds", "commentsExtensible")  # what newer programs keep on each comment
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Comments:
    """The comments part of a copy. Made when the first comment is added."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._root: Element | None = copy.related("comments")

    def ids(self) -> set[int]:
        """The numbers in use."""
        return {number for comment in self._all() if (number := number_of(comment)) is not None}

    def take_away_ours(self) -> set[int]:
        """Removes the comments of an earlier round and tells their numbers."""
        ours = [comment for comment in self._all() if comment.get(W + "author") == AUTHOR]
        paragraphs = {p.get(W14 + "paraId") for comment in ours for p in comment.iter(W + "p")} - {None}
        for comment in ours:
            comment.getparent().remove(comment)
        self._forget(paragraphs)
        return {number for comment in ours if (number := number_of(comment)) is not None}

    def add(self, number: int, lines: Iterable[str], on: dt.datetime) -> None:
        """One comment, a paragraph for each line."""
        if self._root is None:
            self._root = etree.Element(W + "comments", nsmap={"w": W[1:-1]})
            self._copy.lay_in("comments", _CONTENT, self._root)
        comment = etree.SubElement(self._root, W + "comment")
        comment.set(W + "id", str(number))
        comment.set(W + "author", AUTHOR)
        # Word writes the wall clock and calls it Z
        comment.set(W + "date", f"{on:%Y-%m-%dT%H:%M:%S}Z")
        comment.set(W + "initials", INITIALS)
        for n, line in enumerate(lines):
            paragraph = etree.SubElement(comment, W + "p")
            if not n:
                etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "annotationRef")
            _write(paragraph, line)

    def _all(self) -> list[Element]:
        return [] if self._root is None else list(self._root.iterchildren(W + "comment"))

    def _forget(self, paragraphs: set[str]) -> None:
        """What stands elsewhere on comments that are gone. A person's reply to one becomes a comment of its own."""
        durable: set[str] = set()
        roots = [self._copy.related(kind) for kind in _BESIDES] if paragraphs else []
        for entry in [entry for root in roots if root is not None for entry in root if isinstance(entry.tag, str)]:
            said = {etree.QName(name).localname: (name, str(value)) for name, value in entry.attrib.items()}
            if said.get("paraIdParent", ("", ""))[1] in paragraphs:
                del entry.attrib[said["paraIdParent"][0]]
            if said.get("paraId", ("", ""))[1] in paragraphs or said.get("durableId", ("", ""))[1] in durable:
                durable.add(said.get("durableId", ("", "-"))[1])
                entry.getparent().remove(entry)


def number_of(element: Element) -> int | None:
    """Its w:id."""
    text = str(element.get(W + "id", ""))
    return int(text) if text.isascii() and text.isdigit() else None


def _write(paragraph: Element, line: str) -> None:
    run = etree.SubElement(paragraph, W + "r")
    for n, part in enumerate(_NOT_XML.sub("", line).splitlines()):
        if n:
            etree.SubElement(run, W + "br")
        words = etree.SubElement(run, W + "t")
        words.text = part
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
