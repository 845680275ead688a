"""Whether the office's own files are sound: catalogue, law texts, templates and examples, all problems at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from paperwork import catalogue, templates
from paperwork.catalogue import printable
from paperwork.checking import clauses
from paperwork.checking.changes import changed, remember
from paperwork.checking.copies import commented
from paperwork.checking.effect import effect
from paperwork.checking.examples import Printed, Told, example_problems
from paperwork.checking.folders import folder_problems
from paperwork.checking.unused import unused_facts
from paperwork.errors import OfficeError
from paperwork.model import Catalogue, Json, Problem

__all__ = [
    "Printed",
    "broken",
    "changed",
    "check",
    "clauses",
    "commented",
    "effect",
    "entry",
    "is_hint",
    "kind_problems",
    "printable",
    "remember",
]

HINT = "W-"
"""Codes that begin so are hints: they are told, and the office is sound all the same."""


def check(root: Path, told: Told = lambda done, of: None, printed: Printed | None = None) -> list[Problem]:
    """Every problem of the office at `root`; `where` is a file, with a line or a paragraph where there is one.

    `told` hears how far the examples are; `printed` takes what they print.
    """
    try:
        known = catalogue.load(root)
    except OfficeError as error:
        return list(error.problems) or [Problem("E-OFFICE", "templates", str(error), error.advice)]
    problems = [*catalogue.check_laws(known), *clauses.fallen(known)]
    problems += [*kind_problems(known), *catalogue.quoted_kinds(known), *unused_facts(known)]
    wrong = {name for name in known.kinds if any(f"/documents/{name}/" in p.where for p in broken(problems))}
    problems += example_problems(known, wrong, told, printed)
    return sorted(problems, key=lambda problem: is_hint(problem.code))


def kind_problems(known: Catalogue) -> list[Problem]:
    """What is wrong with each kind's kind.toml, template and folder: such a kind waits, all others go on."""
    problems = [problem for found in known.bad.values() for problem in found]
    for kind in known.kinds.values():
        problems += templates.problems_of(known, kind)
    return [*problems, *folder_problems(known)]


def is_hint(code: str) -> bool:
    """Whether a problem of this code is told only, and leaves the office sound."""
    return code.startswith(HINT)


def broken(problems: Sequence[Problem]) -> list[Problem]:
    """The problems that are more than hints."""
    return [problem for problem in problems if not is_hint(problem.code)]


def entry(problems: Sequence[Problem]) -> Json:
    """The contract's `check`: `{ok, problems}`. Hints (W-…) do not spoil `ok`."""
    listed = [{"code": p.code, "where": p.where, "what": p.what, "advice": p.advice} for p in problems]
    return {"ok": not broken(problems), "problems": listed}
