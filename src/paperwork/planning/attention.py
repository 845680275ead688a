"""Issued means frozen: where facts no longer support an issued document, the matter gets an entry, no new paper."""

from __future__ import annotations

from paperwork import printing
from paperwork.facts import DERIVED
from paperwork.model import Document, Json
from paperwork.planning.drafts import item_of
from paperwork.planning.sight import Sight
from paperwork.planning.weighed import Weighed

Change = tuple[str, Json, Json]
"""Name, what the document says, what the facts say now."""

DECISION_WAYS = ["更正笔误（补正文书）", "撤回与纠错（DR-33）", "重新作出决定（新的文号，写明替换的文号）"]
RECORD_WAYS = ["补作一份并注明原因（手工文书）", "表填错的，更正原表（写明更正的回执编号）"]


def entries(sight: Sight, weighed: Weighed) -> list[Json]:
    """One entry for each issued document that today's facts contradict: field by field, with the lawful ways on."""
    found = []
    for document in weighed.documents:
        changes = _changes(sight, weighed, document) if document.state == "issued" and document.code else []
        if changes:
            found.append(
                {
                    "document": document.number or document.title,
                    "code": document.code,
                    "changes": [{"field": name, "was": was, "now": now} for name, was, now in changes],
                    "ways": DECISION_WAYS if document.measure else RECORD_WAYS,
                }
            )
    return found


def _changes(sight: Sight, weighed: Weighed, document: Document) -> list[Change]:
    kind = sight.catalogue.kinds.get(document.kind)
    if kind is None or document.living:
        return []
    if kind.per == "document":
        return _receipt(weighed, document)
    asked = (m for m in weighed.judged if m.occurrence in ("", document.occurrence))
    measure = next((m for m in asked if m.rule == document.rule), None)
    item = item_of(sight, weighed.facts, kind, document.occurrence)
    if item is None and kind.per in DERIVED:
        return []  # what it reminded of is over: a licence renewed, a year gone by
    paper = printing.Paper(kind, sight.today, measure, item=item)  # which articles it cites does not count
    fresh = printing.prune(printing.context(sight.catalogue, weighed.facts, paper), document.recipe.names)
    changes = printing.difference(document.recipe.context, fresh)
    if document.measure and (measure is None or not measure.fired):
        status = measure.status if measure else "unmet"
        changes.append(("measure", f"{document.rule} fired", f"{document.rule} {status}"))
    return changes


def _receipt(weighed: Weighed, document: Document) -> list[Change]:
    """A service reported after the receipt was made stands on no receipt yet."""
    for record in weighed.due:
        if (record.kind.kind, record.occurrence) == (document.kind, document.occurrence):
            fresh = printing.prune(record.recipe.context, document.recipe.names)
            return printing.difference(document.recipe.context, fresh)
    return []
