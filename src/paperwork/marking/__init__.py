"""Marking: the clerk's own form goes back with a comment on every cell that must be mended.

Of a spreadsheet only the bad rows go back, in a workbook of the form's own (`mark_rows`). Of a Word form, all of it.

Written by lxml and not by python-docx's `add_comment`: that one takes the clock, reaches no run inside a content
control and saves every part anew, while here nothing but marks is added.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from paperwork.marking.comments import Comments
from paperwork.marking.marks import put, strip, taken
from paperwork.marking.notes import Note, annotate
from paperwork.marking.parts import Copy
from paperwork.marking.places import spots
from paperwork.marking.stamps import stamped
from paperwork.marking.xlsx import mark_rows
from paperwork.model import Fact, Finding, Form
from paperwork.wordform import MOST_BYTES, Package, Unreadable, content_of


def mark(
    data: bytes, form: Form | None, facts: Mapping[str, Fact], findings: Sequence[Finding], on: dt.datetime
) -> bytes | None:
    """A copy of a Word form with one comment on every cell that `findings` speak of, and one on the title for the rest.

    `form` is None when nobody knows which form it is: then all stands on the title. `on` dates the comments, by the
    wall clock of its own zone. Comments of an earlier round are replaced, those of people stay; all other content
    stays where it was, and equal arguments give equal bytes. None for what is no Word file, is damaged or is not
    trusted (macros, passwords, zip bombs): there the note beside it must do.
    """
    if len(data) > MOST_BYTES:
        return None
    try:
        copy = Copy(Package(data))
        if not copy.is_word:
            return None
        comments = Comments(copy)
        strip(copy.document, comments.take_away_ours())
        used = comments.ids() | taken(copy.document)
        marked = list(spots(content_of(copy.document), form, facts, findings))
        if findings and not marked:
            return None  # a document without a single paragraph
        for place, about in marked:
            number = next(n for n in range(len(used) + 1) if n not in used)
            used.add(number)
            put(place, number)
            comments.add(number, _lines(about), on)
        return copy.packed()
    except Unreadable:
        return None


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    """What a comment says: one finding, or several counted, what must be mended before what is only a hint."""
    ranked = sorted(dict.fromkeys(findings), key=lambda finding: finding.severity != "error")
    for n, finding in enumerate(ranked, 1):
        count = f"{n}. " if len(ranked) > 1 else ""
        yield f"{count}{'提醒：' if finding.severity == 'warning' else ''}{finding.message}"
        if finding.wanted:
            yield f"应为：{finding.wanted}"
        yield f"问题代码：{finding.code}"


__all__ = ["Note", "annotate", "mark", "mark_rows", "stamped"]
