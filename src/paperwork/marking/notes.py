"""A copy of any Word file with comments on the paragraphs that notes speak of, found by their words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperwork.marking.comments import Comments
from paperwork.marking.marks import put, strip, taken
from paperwork.marking.parts import Copy
from paperwork.wordform import MOST_BYTES, Package, Unreadable
from paperwork.wordform.words import Element, W

_WHOLE_TAGS = re.compile(r"\{(\{|%)(p|tr|tc|r) ")  # docxtpl's marks of a whole paragraph, row, cell or run
_AROUND = "… "


@dataclass(frozen=True)
class Note:
    """What is to be said, and the words of the paragraph where; "" or words that are nowhere: the first paragraph."""

    words: str
    lines: tuple[str, ...]


def annotate(data: bytes, notes: Sequence[Note], on: dt.datetime) -> bytes | None:
    """The file with one comment for each note, in the order of the notes. Comments of an earlier round are replaced.

    `on` dates the comments. None for what is no Word file, is damaged or is not trusted, and for one without paragraph.
    """
    if len(data) > MOST_BYTES:
        return None
    try:
        copy = Copy(Package(data))
        paragraphs = list(copy.document.iter(f"{W}p")) if copy.is_word else []
        if not paragraphs:
            return None
        comments = Comments(copy)
        strip(copy.document, comments.take_away_ours())
        used = comments.ids() | taken(copy.document)
        free = (number for number in range(len(used) + len(notes) + 1) if number not in used)
        for note, number in zip(notes, free, strict=False):
            put(_place(paragraphs, note.words), number)
            comments.add(number, note.lines, on)
        return copy.packed()
    except Unreadable:
        return None


def _place(paragraphs: Sequence[Element], words: str) -> Element:
    """The paragraph with these words; of several the shortest, which says least besides."""
    wanted = _plain(words.strip(_AROUND))
    holding = [(len(text), n) for n, text in enumerate(map(_plain, _texts(paragraphs))) if wanted and wanted in text]
    return paragraphs[min(holding)[1]] if holding else paragraphs[0]


def _texts(paragraphs: Sequence[Element]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield "".join(text.text or "" for text in paragraph.iter(f"{W}t", f"{W}delText"))


def _plain(text: str) -> str:
    return re.sub(r"\s", "", _WHOLE_TAGS.sub(r"{\1 ", text))
