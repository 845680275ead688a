"""The rows behind the figures of summaries: written with the matter, summed by the database, listed on demand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from paperwork.ledger import quick, rows
from paperwork.ledger import tables as t
from paperwork.model import Tallied


@dataclass(frozen=True)
class Scope:
    """Which rows: those of these days, both included, and of one unit ("" = of all)."""

    since: dt.date
    until: dt.date
    unit: str = ""


@dataclass(frozen=True)
class CountRow:
    """One row, with its matter as people know it."""

    figure: str
    matter: str
    case: str
    party: str
    item: str
    on: dt.date | None
    unit: str
    industry: str
    measure: str
    ground: str
    amount: int
    document: str
    number: str  # of the document behind the row
    why: str


def write(connection: Connection, bureau: str, matter: str, counted: Iterable[Tallied]) -> None:
    """The rows of the matter as it stands now, in place of the earlier ones. Unit and party are those of the matter."""
    here = {"bureau": bureau, "matter": matter}
    quick.run(connection, _of_matter, here)
    (of,) = quick.ask(connection, _handled, **here)
    values = [
        {
            "bureau": bureau,
            "happened_on": row.on.isoformat() if row.on else "",
            "figure": row.figure,
            "matter": matter,
            "item": row.item,
            "unit": of["unit"],
            "party_key": of["party_key"],
            "industry": row.industry,
            "measure": row.measure,
            "ground": row.group,
            "amount": row.amount,
            "document": row.document,
            "why": row.why,
            "stock": int(row.stock),
        }
        for row in counted
    ]
    quick.insert_all(connection, t.counts, values)


def _of_matter() -> sa.Delete:
    c = t.counts.c
    return sa.delete(t.counts).where(c.bureau == quick.here, c.matter == quick.named("matter"))


def _handled() -> sa.Select[Any]:
    m = t.matters.c
    return sa.select(m.unit, m.party_key).where(m.bureau == quick.here, m.id == quick.named("matter"))


def void(connection: Connection, bureau: str, matter: str, documents: Iterable[str]) -> None:
    """Rows that rest on documents which have become void (kind/occurrence/version)."""
    c = t.counts.c
    here = (c.bureau == bureau) & (c.matter == matter) & c.document.in_(list(documents))
    connection.execute(sa.update(t.counts).where(here).values(why="void"))


_STANDS = t.counts.c.stock == sa.literal_column("1")
"""Written out, so that the index of these rows is found."""


class Counted(NamedTuple):
    """One row that counts. A summary of a large ledger reads every one of its period, as plain rows in this order."""

    figure: str
    matter: str
    item: str
    unit: str
    industry: str
    ground: str
    amount: int
    on: str  # ISO
    document: str


def counted(connection: Connection, bureau: str, scope: Scope) -> Iterator[Sequence[Any]]:
    """The rows that count, their columns in the order of `Counted`, themselves in the order of `listed`."""
    c = t.counts.c
    columns = (c.figure, c.matter, c.item, c.unit, c.industry, c.ground, c.amount, c.happened_on, c.document)
    for rows_ in ((*inside(bureau, scope), c.stock == 0), until(bureau, scope)):
        query = sa.select(*columns).where(*rows_, c.why == "").order_by(c.happened_on, c.figure, c.matter, c.item)
        for part in connection.execute(query.execution_options(yield_per=5000)).partitions():
            yield from part


def matters(connection: Connection, bureau: str, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Id → 案号 ("" where it has none) and party, of these matters."""
    m = t.matters.c
    found: dict[str, tuple[str, str]] = {}
    for part in _batches(ids):
        query = sa.select(m.id, m.case_no, m.party).where(m.bureau == bureau, m.id.in_(part))
        found.update({id_: (case or "", party) for id_, case, party in connection.execute(query)})
    return found


def numbers(connection: Connection, bureau: str, ids: Iterable[str]) -> dict[tuple[str, str], str]:
    """(matter, kind/occurrence/version) → number, of the papers of these matters."""
    d = t.documents.c
    found: dict[tuple[str, str], str] = {}
    for part in _batches(ids):
        here = (d.bureau == bureau, d.matter.in_(part), d.number != "")
        query = sa.select(d.matter, d.kind, d.occurrence, d.version, d.number).where(*here)
        found.update({(m, f"{k}/{o}/{v}"): number for m, k, o, v, number in connection.execute(query)})
    return found


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    wanted = list(dict.fromkeys(ids))
    return (wanted[start : start + 500] for start in range(0, len(wanted), 500))


def listed(connection: Connection, bureau: str, scope: Scope, figures: Iterable[str] = ()) -> Iterator[CountRow]:
    """The rows of the period, those that do not count among them, in the order of day, figure and matter; then those
    of what stands at its end, since ever."""
    c = t.counts.c
    wanted = list(figures)
    for rows_ in ((*inside(bureau, scope), c.stock == 0), until(bureau, scope)):
        query = _rows(bureau).where(*rows_)
        query = query.where(c.figure.in_(wanted)) if wanted else query
        query = query.order_by(c.happened_on, c.figure, c.matter, c.item)
        for row in connection.execute(query.execution_options(yield_per=1000)).mappings():
            yield _row(row)


def left(connection: Connection, bureau: str, scope: Scope) -> Iterator[CountRow]:
    """The rows of the period that do not count, with their reasons."""
    c = t.counts.c
    query = _rows(bureau).where(*inside(bureau, scope), c.why != "")
    query = query.order_by(c.happened_on, c.figure, c.matter, c.item).execution_options(yield_per=1000)
    for row in connection.execute(query).mappings():
        yield _row(row)


def unmeasured(connection: Connection, bureau: str, scope: Scope, figures: Iterable[str]) -> tuple[str, ...]:
    """Those of these figures of which some row of the period lacks its number."""
    c = t.counts.c
    here = (*inside(bureau, scope), c.figure.in_(list(figures)), c.why == "amount")
    return tuple(connection.scalars(sa.select(c.figure).where(*here).distinct()))


def undated(connection: Connection, bureau: str, figures: Iterable[str], unit: str = "") -> Iterator[CountRow]:
    """Rows of these figures that have no day, and so count in no period."""
    c = t.counts.c
    query = _rows(bureau).where(c.bureau == bureau, c.happened_on == "", c.figure.in_(list(figures)))
    query = query.where(c.unit == unit) if unit else query
    query = query.order_by(c.figure, c.matter, c.item).execution_options(yield_per=1000)
    for row in connection.execute(query).mappings():
        yield _row(row)


def first_day(connection: Connection, bureau: str) -> dt.date | None:
    """The earliest day of any row that counts; before it nothing was recorded here."""
    c = t.counts.c
    query = sa.select(sa.func.min(c.happened_on)).where(c.bureau == bureau, c.happened_on > "", c.why == "")
    return rows.day_of(connection.scalar(query))


def inside(bureau: str, scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    """The rows of these days, and of the unit."""
    c = t.counts.c
    days = (c.bureau == bureau, c.happened_on.between(scope.since.isoformat(), scope.until.isoformat()))
    return (*days, c.unit == scope.unit) if scope.unit else days


def until(bureau: str, scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    """Of the rows of what stands, all up to the end of the period: few, found by the index of their own.

    The day is asked as an expression, else the key, which begins with it, would be searched from the first day on.
    """
    c = t.counts.c
    day = c.happened_on.concat("")
    days = (c.bureau == bureau, c.figure > "", _STANDS, day.between("0", scope.until.isoformat()))
    return (*days, c.unit == scope.unit) if scope.unit else days


def _rows(bureau: str) -> sa.Select[tuple[object, ...]]:
    """Rows with 案号 and party of their matter and the number of the document behind them."""
    c, m, d = t.counts.c, t.matters.c, t.documents.c
    key = d.kind + "/" + d.occurrence + "/" + sa.cast(d.version, sa.Text)
    behind = (d.bureau == c.bureau) & (d.matter == c.matter) & (key == c.document)
    number = sa.func.coalesce(d.number, "").label("number")
    return (
        sa.select(t.counts, m.case_no, m.party, number)
        .outerjoin(t.matters, (m.bureau == c.bureau) & (m.id == c.matter))
        .outerjoin(t.documents, behind)
    )


def _row(row: RowMapping) -> CountRow:
    return CountRow(
        figure=row["figure"],
        matter=row["matter"],
        case=row["case_no"] or "",
        party=row["party"],
        item=row["item"],
        on=rows.day_of(row["happened_on"] or None),
        unit=row["unit"],
        industry=row["industry"],
        measure=row["measure"],
        ground=row["ground"],
        amount=row["amount"],
        document=row["document"],
        number=row["number"],
        why=row["why"],
    )
