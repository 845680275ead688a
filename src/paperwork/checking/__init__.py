"""Whether the office's own files are sound: catalogue, law texts, templates and examples, all problems at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from paperwork import catalogue
from paperwork.catalogue import printable
from paperwork.checking.examples import example_problems
from paperwork.checking.templates import template_problems
from paperwork.errors import OfficeError
from paperwork.model import Json, Problem

__all__ = ["broken", "check", "entry", "printable"]

HINT = "W-"
"""Codes that begin so are hints: they are told, and the office is sound all the same."""


def check(root: Path) -> list[Problem]:
    """Every problem of the office at `root`; `where` is a file, with a line or a paragraph where there is one."""
    try:
        known = catalogue.load(root)
    except OfficeError as error:
        return list(error.problems) or [Problem("E-OFFICE", "templates", str(error), error.advice)]
    problems = list(catalogue.check_laws(known))
    for kind in known.kinds.values():
        problems += template_problems(known, kind)
    problems += example_problems(known)
    return sorted(problems, key=lambda problem: problem.code.startswith(HINT))


def broken(problems: Sequence[Problem]) -> list[Problem]:
    """The problems that are more than hints."""
    return [problem for problem in problems if not problem.code.startswith(HINT)]


def entry(problems: Sequence[Problem]) -> Json:
    """The contract's `check`: `{ok, problems}`. Hints (W-…) do not spoil `ok`."""
    listed = [{"code": p.code, "where": p.where, "what": p.what, "advice": p.advice} for p in problems]
    return {"ok": not broken(problems), "problems": listed}
