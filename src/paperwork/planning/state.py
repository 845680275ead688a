"""Where a matter stands, in one word of the contract (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Sequence

from paperwork.model import Document, Facts

_ENDS = {"transfer": "transferred", "transfer_crime": "transferred", "not_filed": "not_filed"}


def state_of(facts: Facts, documents: Sequence[Document], drafts_open: bool, decides: bool) -> str:
    """open → for_approval → decided → served → closed; transferred where the closing says so.

    Where one paper `decides` the matter (a case), it is decided whatever waits beside it. Elsewhere one letter follows
    another, and what waits for approval is where the matter stands.
    """
    if facts.get("closing.on") or facts.get("case.closed_on"):
        return _ENDS.get(str(facts.get("case.result") or facts.get("closing.result")), "closed")
    if drafts_open and not decides:
        return "for_approval"
    if facts.get("service.on"):
        return "served"
    if any(d.state == "issued" and (d.number or facts.get("decision.on")) and d.measure for d in documents):
        return "decided"
    return "for_approval" if drafts_open else "open"
