"""Papers that speak of other papers: which one a kind means by a code, and the numbers that it prints (`refers`)."""

from __future__ import annotations

from collections.abc import Sequence

from paperwork.model import Document, Kind
from paperwork.planning.sight import Sight


def standing(sight: Sight, kind: Kind, code: str, occurrence: str, issued: Sequence[Document]) -> Document | None:
    """The issued paper of that code; of a kind that is made for the same list, the one of the same item."""
    per = {k.code: k.per for k in sight.catalogue.kinds.values()}.get(code, "")
    of_item = per == kind.per and per not in ("matter", "document")
    return next((d for d in reversed(issued) if d.code == code and (not of_item or d.occurrence == occurrence)), None)


def refs_of(sight: Sight, kind: Kind, occurrence: str, issued: Sequence[Document]) -> dict[str, Document]:
    """The issued papers that the kind names by number, each the one that stands."""
    found = {name: standing(sight, kind, code, occurrence, issued) for name, code in kind.refers.items()}
    return {name: document for name, document in found.items() if document is not None}
