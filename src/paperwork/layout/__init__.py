"""The layout of a Word template held against its family: page, grid, fonts, sizes, numbering, page numbers, colour.

What is checked stands in `templates/layout.toml` (GB/T 9704—2012 and the habits of enforcement papers); how to find it
in a file stands here. Nothing is measured on a printed page: these are the settings that make it so in every program.
"""

from __future__ import annotations

from collections.abc import Iterator

from paperwork.layout.footers import footer_problems
from paperwork.layout.leftovers import leftovers
from paperwork.layout.pages import page_problems
from paperwork.layout.reading import Paper
from paperwork.layout.seams import seam_problems
from paperwork.layout.texts import text_problems
from paperwork.model import Family, Problem
from paperwork.wordform import Package, Unreadable

__all__ = ["check", "leftovers"]


def check(template: bytes, family: Family, title: str) -> tuple[Problem, ...]:
    """Every deviation from the family; `where` is the part and the text around, as `rendering.check` says it.

    `title` is the document's, which must stand in the template as its title. A file that is no sound Word document is
    not judged here.
    """
    try:
        paper = Paper(Package(template))
    except Unreadable:
        return ()
    found: Iterator[Problem] = iter(
        (
            *page_problems(paper, family),
            *text_problems(paper, family, title),
            *footer_problems(paper, family),
            *seam_problems(paper, family),
        )
    )
    return tuple(dict.fromkeys(found))
