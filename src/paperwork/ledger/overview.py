"""The 台账 as it is exported: every matter with its numbered papers, row by row, so that memory does not grow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from paperwork.ledger import rows
from paperwork.ledger import tables as t


@dataclass(frozen=True)
class RegisterRow:
    """One matter of the 台账 with its issued, numbered papers: (code, title, number, date)."""

    id: str
    case: str
    type: str
    party: str
    unit: str
    industry: str
    state: str
    opened_on: dt.date
    closed_on: dt.date | None
    papers: tuple[tuple[str, str, str, dt.date | None], ...]


def register(connection: Connection, bureau: str) -> Iterator[RegisterRow]:
    """Every matter in the order of opening; one look, rows as they come, so that memory does not grow."""
    m, d, c = t.matters.c, t.documents.c, t.counts.c
    industry = sa.select(sa.func.max(c.industry)).where(c.bureau == m.bureau, c.matter == m.id).scalar_subquery()
    issued = (d.bureau == m.bureau) & (d.matter == m.id) & (d.number != "") & d.state.in_(("issued", "replaced"))
    query = (
        sa.select(t.matters, industry.label("industry"), d.code, d.title, d.number, d.dated)
        .outerjoin(t.documents, issued)
        .where(m.bureau == bureau)
        .order_by(m.opened_on, m.id, d.seq)
    )
    found = connection.execute(query.execution_options(yield_per=1000)).mappings()
    for _, rows_of_one in groupby(found, key=lambda row: row["id"]):
        listed = list(rows_of_one)
        papers = ((r["code"], r["title"], r["number"], rows.day_of(r["dated"])) for r in listed if r["number"])
        yield _register_row(listed[0], tuple(papers))


def _register_row(row: RowMapping, papers: tuple[tuple[str, str, str, dt.date | None], ...]) -> RegisterRow:
    return RegisterRow(
        id=row["id"],
        case=row["case_no"] or "",
        type=row["type"],
        party=row["party"],
        unit=row["unit"],
        industry=row["industry"] or "",
        state=row["state"],
        opened_on=dt.date.fromisoformat(row["opened_on"]),
        closed_on=rows.day_of(row["closed_on"]),
        papers=papers,
    )
