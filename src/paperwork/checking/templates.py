"""Each kind's template: is it there, is it sound, does it print only what there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from paperwork import rendering
from paperwork.catalogue import printable
from paperwork.model import Catalogue, Kind, Problem


def template_problems(known: Catalogue, kind: Kind) -> Iterator[Problem]:
    """Every problem of one template, with its file from the office's folder on."""
    path = kind.folder / "template.docx"
    where = path.relative_to(known.root).as_posix()
    try:
        data = path.read_bytes()
    except OSError:
        yield Problem(
            "E-TEMPLATE-FILE", where, f"《{kind.title}》没有模板或者读不出来", "放入用 Word 制作的 template.docx"
        )
        return
    for problem in rendering.check(data, printable(known, kind)):
        yield replace(problem, where=f"{where} {problem.where}".strip())
