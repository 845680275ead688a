"""The rows behind figures, summed by the database: one aggregate for a period, whatever its length."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from paperwork.ledger import tables as t
from paperwork.ledger.counts import Scope, inside, until


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


def tally(connection: Connection, bureau: str, scope: Scope) -> tuple[Tally, ...]:
    """Every figure of the period in one aggregate; all tables, charts and sentences are sums of these cells."""
    c = t.counts.c
    month = sa.func.substr(c.happened_on, sa.literal_column("1"), sa.literal_column("7"))
    keys = (c.figure, month, c.unit, c.industry, c.ground)
    sums = (sa.func.count(), sa.func.sum(c.amount), sa.func.min(c.amount), sa.func.max(c.amount))
    here = (*inside(bureau, scope), c.why == "", c.stock == 0)
    query = sa.select(*keys, *sums).where(*here).group_by(*keys).order_by(*keys)
    found = connection.execute(query)
    return tuple(Tally(f, m, u, i, g, int(n), int(s), int(a), int(z)) for f, m, u, i, g, n, s, a, z in found)


def totals(connection: Connection, bureau: str, scope: Scope, grouped: Iterable[str]) -> tuple[Tally, ...]:
    """Every figure of the period in one sum, of those `grouped` one for each ground."""
    c = t.counts.c
    keys = (c.figure, sa.case((c.figure.in_(list(grouped)), c.ground), else_=sa.literal_column("''")))
    sums = (sa.func.count(), sa.func.sum(c.amount), sa.func.min(c.amount), sa.func.max(c.amount))
    here = (*inside(bureau, scope), c.why == "", c.stock == 0)
    query = sa.select(*keys, *sums).where(*here).group_by(sa.literal_column("1"), sa.literal_column("2"))
    found = sorted(connection.execute(query))
    return tuple(Tally(f, "", "", "", g, int(n), int(s), int(a), int(z)) for f, g, n, s, a, z in found)


def standing(connection: Connection, bureau: str, scope: Scope) -> tuple[Tally, ...]:
    """What stands at the end of the period, as the month of its end: beginnings less ends, since ever."""
    c = t.counts.c
    keys = (c.figure, c.unit, c.industry, c.ground)
    here = (*until(bureau, scope), c.why == "")
    query = sa.select(*keys, sa.func.count(), sa.func.sum(c.amount)).where(*here).group_by(*keys).order_by(*keys)
    month = scope.until.isoformat()[:7]
    return tuple(Tally(f, month, u, i, g, int(n), int(s)) for f, u, i, g, n, s in connection.execute(query))


def parties(connection: Connection, bureau: str, scope: Scope, figures: Iterable[str]) -> dict[str, int]:
    """Figure → how many different parties its rows of the period have (户)."""
    c = t.counts.c
    here = (*inside(bureau, scope), c.figure.in_(list(figures)), c.why == "")
    query = sa.select(c.figure, sa.func.count(sa.distinct(c.party_key))).where(*here).group_by(c.figure)
    return {figure: int(count) for figure, count in connection.execute(query)}
