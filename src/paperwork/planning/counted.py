"""What the matter adds to the figures of summaries once the plan is registered: its rows, as it will stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from paperwork import counting
from paperwork.model import Document, Plan, Tallied, Wanted
from paperwork.planning.sight import Sight
from paperwork.planning.weighed import Weighed


def counted(sight: Sight, changed: Weighed, plan: Plan) -> tuple[Tallied, ...]:
    """The rows that `counting` finds once the plan's documents stand, its drafts are fallen and its issues dated."""
    documents = (*_standing(changed, plan), *(_made(wanted) for wanted in plan.documents if wanted.code))
    return counting.rows(sight.catalogue, counting.Counted(sight.type, changed.facts, documents))


def _standing(changed: Weighed, plan: Plan) -> Iterator[Document]:
    gone = {number for part in (plan.documents, plan.issues) for each in part if (number := each.replaces)}
    for document in changed.documents:
        if document.key in plan.superseded:
            continue
        replaced = document.state == "issued" and document.number in gone
        yield replace(document, state="replaced") if replaced else document


def _made(wanted: Wanted) -> Document:
    return Document(
        "", wanted.kind, wanted.code, wanted.title, wanted.occurrence, wanted.version, wanted.state, wanted.recipe,
        measure=wanted.measure, rule=wanted.rule, dated=wanted.dated,
    )  # fmt: skip
