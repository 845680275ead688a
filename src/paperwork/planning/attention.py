"""Issued means frozen: where facts no longer support an issued document, the matter gets an entry, no new paper."""

from __future__ import annotations

from collections.abc import Sequence

from paperwork import printing
from paperwork.model import Document, Facts, Json, Measure
from paperwork.planning.sight import Sight

WAYS = ["更正（D-13 笔误的更正文书）", "撤回与纠错（DR-33）", "重新作出决定"]


def entries(sight: Sight, facts: Facts, documents: Sequence[Document], judged: Sequence[Measure]) -> list[Json]:
    """One entry for each issued document that today's facts contradict: field by field, with the lawful ways on."""
    found = []
    for document in documents:
        if document.state != "issued" or not document.code or document.kind not in sight.catalogue.kinds:
            continue
        changes = _changes(sight, facts, document, judged)
        if changes:
            found.append(
                {
                    "document": document.number or document.title,
                    "code": document.code,
                    "changes": [{"field": name, "was": was, "now": now} for name, was, now in changes],
                    "ways": WAYS,
                }
            )
    return found


def _changes(
    sight: Sight, facts: Facts, document: Document, judged: Sequence[Measure]
) -> list[tuple[str, Json, Json]]:
    kind = sight.catalogue.kinds[document.kind]
    if kind.living:
        return []
    measure = next((m for m in judged if m.rule == document.rule), None)
    if kind.per == "document":
        return []  # what was served is held to account by the served document itself
    paper = printing.Paper(kind, sight.today, measure)  # which articles it cites does not count
    fresh = printing.prune(printing.context(sight.catalogue, facts, paper), document.recipe.names)
    changes = printing.difference(document.recipe.context, fresh)
    if document.measure and (measure is None or not measure.fired):
        status = measure.status if measure else "unmet"
        changes.append(("measure", f"{document.rule} fired", f"{document.rule} {status}"))
    return changes
