"""Where a matter stands, in one word of the contract (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Sequence

from paperwork.model import Document, Facts


def state_of(facts: Facts, documents: Sequence[Document], drafts_open: bool) -> str:
    """open → for_approval → decided → served → closed; transferred where the closing says so."""
    if facts.get("case.closed_on"):
        return "transferred" if facts.get("case.result") == "transfer" else "closed"
    if facts.get("service.on"):
        return "served"
    if any(d.state == "issued" and d.number and d.measure for d in documents):
        return "decided"
    return "for_approval" if drafts_open else "open"
