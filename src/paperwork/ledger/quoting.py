"""What the register says of numbers that a form names: whose papers they are, and how far each series has come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from paperwork.ledger import look, quick, rows
from paperwork.ledger import tables as t
from paperwork.model import Quoted, Register


def quoted(connection: Connection, bureau: str, numbers: Iterable[str]) -> Register:
    """The papers that bear these numbers, and the reach of every series."""
    found = (_quoted(connection, bureau, number) for number in dict.fromkeys(numbers))
    reach = {(row.series, row.year): (row.start, row.last) for row in look.series(connection, bureau)}
    return Register({paper.number: paper for paper in found if paper}, reach)


def _quoted(connection: Connection, bureau: str, number: str) -> Quoted | None:
    found = quick.ask(connection, _of_number, bureau=bureau, number=number)
    if not found:
        return None
    row = found[-1]
    return Quoted(
        number=number,
        matter=row["matter"],
        party_key=row["party_key"],
        code=row["code"],
        title=row["title"],
        dated=rows.day_of(row["dated"]),
        state=row["state"],
    )


def _of_number() -> sa.Select[Any]:
    d, m = t.documents.c, t.matters.c
    query = sa.select(d.matter, m.party_key, d.code, d.title, d.dated, d.state)
    query = query.join(t.matters, (m.bureau == d.bureau) & (m.id == d.matter))
    return query.where(d.bureau == quick.here, d.number == quick.named("number")).order_by(d.matter, d.made)
