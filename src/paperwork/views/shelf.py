"""The catalogue as tables: `kinds` and `rules`."""

from __future__ import annotations

from paperwork.model import Json
from paperwork.office import Office
from paperwork.views.entries import iso_day


def kind_entries(office: Office) -> list[Json]:
    """`kinds`: every document kind of the catalogue."""
    return [
        {
            "code": k.code,
            "kind": k.kind,
            "title": k.title,
            "series": None if k.number == "none" else k.number,
            "per": k.per,
            "after": k.after,
            "clauses": list(k.clauses),
        }
        for k in sorted(office.catalogue.kinds.values(), key=lambda k: k.code)
    ]


def rule_entries(office: Office) -> list[Json]:
    """`rules`: the policy as a table, in the order in which it is asked."""
    return [
        {
            "rule": r.id,
            "measure": r.measure,
            "label": r.label,
            "when": [c.text for c in r.when],
            "unless": [c.text for c in r.unless],
            "basis": [str(c) for c in r.basis],
            "procedure": [str(c) for c in r.procedure],
            "since": iso_day(r.since),
            "until": iso_day(r.until),
            "force": r.force,
            "approvals": [s.step for s in r.approvals],
            "clauses": list(r.clauses),
        }
        for r in sorted(office.catalogue.rules, key=lambda r: r.rank)
    ]
