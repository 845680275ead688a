"""The rows behind the figures of summaries: written with the matter, summed by the database, listed on demand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from paperwork.ledger import overview, quick, rows
from paperwork.ledger import tables as t
from paperwork.model import Tallied


@dataclass(frozen=True)
class Scope:
    """Which rows: those of these days, both included, and of one unit ("" = of all)."""

    since: dt.date
    until: dt.date
    unit: str = ""


@dataclass(frozen=True)
class Tally:
    """One cell that the database summed: how many rows, and the sum of their amounts."""

    figure: str
    month: str  # 2026-07
    unit: str
    industry: str
    ground: str
    rows: int
    amount: int
    least: int = 0  # the smallest and the largest amount among the rows
    most: int = 0


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


@dataclass(frozen=True)
class Figures:
    """One consistent look at the rows: every answer is of the same moment."""

    connection: Connection
    bureau: str

    def tally(self, scope: Scope) -> tuple[Tally, ...]:
        """Every figure of a period, summed by month, unit, industry and ground; of what stands, all up to its end."""
        return tally(self.connection, self.bureau, scope) + standing(self.connection, self.bureau, scope)

    def parties(self, scope: Scope, figures: Iterable[str]) -> dict[str, int]:
        """Figure → number of different parties among its rows of a period (户)."""
        return parties(self.connection, self.bureau, scope, figures)

    def listed(self, scope: Scope, figures: Iterable[str] = ()) -> Iterator[CountRow]:
        """The rows of a period, those that do not count among them, by day, figure and matter."""
        return listed(self.connection, self.bureau, scope, figures)

    def left(self, scope: Scope) -> Iterator[CountRow]:
        """The rows of a period that do not count, with their reasons."""
        query = _rows(self.bureau).where(*_inside(self.bureau, scope), t.counts.c.why != "")
        c = t.counts.c
        query = query.order_by(c.happened_on, c.figure, c.matter, c.item).execution_options(yield_per=1000)
        for row in self.connection.execute(query).mappings():
            yield _row(row)

    def undated(self, figures: Iterable[str], unit: str = "") -> Iterator[CountRow]:
        """Rows of these figures that no period counts, because nobody gave their day."""
        return undated(self.connection, self.bureau, figures, unit)

    def states(self) -> tuple[tuple[str, str, int], ...]:
        """(unit, state, how many) of the matters that are not closed; reports are nobody's."""
        m = t.matters.c
        open_ = (m.bureau == self.bureau) & m.closed_on.is_(None) & (m.type != "report")
        query = sa.select(m.unit, m.state, sa.func.count()).where(open_).group_by(m.unit, m.state)
        return tuple((u, s, int(n)) for u, s, n in self.connection.execute(query.order_by(m.unit, m.state)))

    def arrived(self, since: dt.datetime) -> tuple[rows.DropRow, ...]:
        """What people have handed in since then, oldest first."""
        d = t.drops.c
        query = sa.select(t.drops).where(d.bureau == self.bureau, d.received_at >= rows.instant(since))
        found = self.connection.execute(query.where(d.place != "program").order_by(d.received_at, d.id)).mappings()
        return tuple(rows.listed_drop(row) for row in found)

    def register(self) -> Iterator[overview.RegisterRow]:
        """Every matter with its numbered papers, in the order of opening."""
        return overview.register(self.connection, self.bureau)

    def units(self) -> tuple[str, ...]:
        """The units that matters belong to."""
        m = t.matters.c
        return tuple(self.connection.scalars(sa.select(m.unit).where(m.bureau == self.bureau).distinct()))

    def first_day(self) -> dt.date | None:
        """The earliest day of anything that counts; None in an empty ledger."""
        return first_day(self.connection, self.bureau)


_STANDS = t.counts.c.stock == sa.literal_column("1")
"""Written out, so that the index of these rows is found."""


def tally(connection: Connection, bureau: str, scope: Scope) -> tuple[Tally, ...]:
    """Every figure of the period in one aggregate; all tables, charts and sentences are sums of these cells."""
    c = t.counts.c
    month = sa.func.substr(c.happened_on, sa.literal_column("1"), sa.literal_column("7"))
    keys = (c.figure, month, c.unit, c.industry, c.ground)
    sums = (sa.func.count(), sa.func.sum(c.amount), sa.func.min(c.amount), sa.func.max(c.amount))
    inside = (*_inside(bureau, scope), c.why == "", c.stock == 0)
    query = sa.select(*keys, *sums).where(*inside).group_by(*keys).order_by(*keys)
    found = connection.execute(query)
    return tuple(Tally(f, m, u, i, g, int(n), int(s), int(a), int(z)) for f, m, u, i, g, n, s, a, z in found)


def standing(connection: Connection, bureau: str, scope: Scope) -> tuple[Tally, ...]:
    """What stands at the end of the period, as the month of its end: beginnings less ends, since ever."""
    c = t.counts.c
    keys = (c.figure, c.unit, c.industry, c.ground)
    inside = (*_until(bureau, scope), c.why == "")
    query = sa.select(*keys, sa.func.count(), sa.func.sum(c.amount)).where(*inside).group_by(*keys).order_by(*keys)
    month = scope.until.isoformat()[:7]
    return tuple(Tally(f, month, u, i, g, int(n), int(s)) for f, u, i, g, n, s in connection.execute(query))


def parties(connection: Connection, bureau: str, scope: Scope, figures: Iterable[str]) -> dict[str, int]:
    """Figure → how many different parties its rows of the period have (户)."""
    c = t.counts.c
    inside = (*_inside(bureau, scope), c.figure.in_(list(figures)), c.why == "")
    query = sa.select(c.figure, sa.func.count(sa.distinct(c.party_key))).where(*inside).group_by(c.figure)
    return {figure: int(count) for figure, count in connection.execute(query)}


def listed(connection: Connection, bureau: str, scope: Scope, figures: Iterable[str] = ()) -> Iterator[CountRow]:
    """The rows of the period, those that do not count among them, in the order of day, figure and matter; then those
    of what stands at its end, since ever."""
    c = t.counts.c
    wanted = list(figures)
    for inside in ((*_inside(bureau, scope), c.stock == 0), _until(bureau, scope)):
        query = _rows(bureau).where(*inside)
        query = query.where(c.figure.in_(wanted)) if wanted else query
        query = query.order_by(c.happened_on, c.figure, c.matter, c.item)
        for row in connection.execute(query.execution_options(yield_per=1000)).mappings():
            yield _row(row)


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


def _inside(bureau: str, scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    c = t.counts.c
    inside = (c.bureau == bureau, c.happened_on.between(scope.since.isoformat(), scope.until.isoformat()))
    return (*inside, c.unit == scope.unit) if scope.unit else inside


def _until(bureau: str, scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    """Of the rows of what stands, all up to the end of the period."""
    c = t.counts.c
    inside = (c.bureau == bureau, _STANDS, c.happened_on.between("0", scope.until.isoformat()))
    return (*inside, c.unit == scope.unit) if scope.unit else inside


def _rows(bureau: str) -> sa.Select[tuple[object, ...]]:
    """Rows with 案号 and party of their matter and the number of the document behind them."""
    c, m, d = t.counts.c, t.matters.c, t.documents.c
    key = d.kind + "/" + d.occurrence + "/" + sa.cast(d.version, sa.Text)
    behind = (d.bureau == c.bureau) & (d.matter == c.matter) & (key == c.document)
    number = sa.func.coalesce(d.number, "").label("number")
    return (
        sa.select(t.counts, m.case_no, m.party, number)
        .join(t.matters, (m.bureau == c.bureau) & (m.id == c.matter))
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
