"""The promises, checked against ledger, folders and files: nothing missing, nothing doubled, nothing changed.

Late papers (补录) are lawful and are listed beside, with the code W-LATE; they break no promise.
"""

from __future__ import annotations

from collections.abc import Sequence

from paperwork.audit.files import (
    documents_problems,
    enclosed_problems,
    living_problems,
    originals_problems,
    orphan_problems,
    returned_problems,
)
from paperwork.audit.recordings import UNHASHED, recording_problems
from paperwork.audit.records import drop_problems, event_problems, late_papers, number_problems, occurrence_problems
from paperwork.audit.sight import view
from paperwork.model import Json, Problem
from paperwork.office import Office

LATE = "W-LATE"
TOLD = (LATE, UNHASHED)
"""What is listed beside and breaks no promise."""

__all__ = ["LATE", "TOLD", "audit", "entry"]


def audit(office: Office) -> list[Problem]:
    """Every promise that is broken, with its place (a path, a number, a matter), and the late papers at the end."""
    seen = view(office)
    return list(dict.fromkeys(problem for check in _CHECKS for problem in check(seen)))


_CHECKS = (
    number_problems,
    drop_problems,
    event_problems,
    occurrence_problems,
    documents_problems,
    originals_problems,
    enclosed_problems,
    returned_problems,
    living_problems,
    orphan_problems,
    recording_problems,
    late_papers,
)


def entry(problems: Sequence[Problem]) -> Json:
    """The contract's `audit`: `{ok, problems}`; 补录 is information and leaves `ok` alone."""
    return {
        "ok": all(problem.code in TOLD for problem in problems),
        "problems": [{"code": p.code, "where": p.where, "what": p.what, "advice": p.advice} for p in problems],
    }
