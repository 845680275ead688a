"""A matter weighed: the shape that judging, drafting, recording and attention share."""

from __future__ import annotations

from dataclasses import dataclass

from paperwork.model import Document, Facts, Issue, Measure, Missing
from paperwork.planning.drafts import Drafted
from paperwork.planning.records import Record


@dataclass(frozen=True)
class Weighed:
    """A matter weighed: what the policy says, which drafts stand or are issued, which records are due, what lacks."""

    facts: Facts
    judged: tuple[Measure, ...]
    drafted: tuple[Drafted, ...]
    issues: tuple[Issue, ...]
    documents: tuple[Document, ...]  # as they will stand
    due: tuple[Record, ...]
    missing: tuple[Missing, ...]
