"""双公示, the permits: licences that this organ issued in a period, by the columns of credit.toml (domain/06 §6.1).

Most licences come from another body and are only watched here; those are that body's to report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from paperwork.facts import is_young, rows_of
from paperwork.model import Column, Facts, Item
from paperwork.office import Office
from paperwork.publicity.masking import masked_row
from paperwork.spans import Span

FILE = "上报归集_行政许可.xlsx"
KINDS = {"person": "自然人", "individual_business": "个体工商户"}


@dataclass(frozen=True)
class Permit:
    """One licence with the facts of its holder."""

    facts: Facts
    item: Item


def permits(office: Office, span: Span) -> list[Permit]:
    """Licences of the register whose issuer is this organ and that begin within the period; none of a minor."""
    organ, found = office.catalogue.settings.organ.name, []
    for row in office.ledger.matters():
        matter = office.ledger.matter(row.id) if row.type == "guidance" else None
        if matter is None:
            continue
        facts = office.sight(matter).folded
        found += [
            Permit(facts, item)
            for item in rows_of(facts.get("licences"))
            if item.get("issuer") == organ and _within(item.get("valid_from"), span) and not is_young(facts)
        ]
    return found


def _within(day: object, span: Span) -> bool:
    return isinstance(day, dt.date) and span.since <= day <= span.until


def rows(office: Office, found: list[Permit]) -> Iterator[list[str]]:
    """The cells of each permit, masked. Bug rather than one that would tell a number or a telephone."""
    known = office.catalogue
    for one in found:
        yield masked_row(known.credit.permits, known, one.facts, partial(_text, office, one))


def _text(office: Office, one: Permit, column: Column) -> str:
    root, _, name = column.source.partition(".")
    if root == "org":
        return str(getattr(office.catalogue.settings.organ, name, ""))
    if column.source == "party.class":
        return KINDS.get(str(one.facts.get("party.kind", "")), "法人及非法人组织")
    value = one.item.get(name) if root == "licence" else one.facts.get(column.source)
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")
