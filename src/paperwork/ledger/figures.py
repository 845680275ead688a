"""One consistent look at what summaries ask of the ledger: rows, sums, states, registers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from paperwork.ledger import counts, look, overview, rows, sums
from paperwork.ledger import tables as t


@dataclass(frozen=True)
class Figures:
    """One consistent look at the rows: every answer is of the same moment."""

    connection: Connection
    bureau: str

    def tally(self, scope: counts.Scope) -> tuple[sums.Tally, ...]:
        """Every figure of a period, summed by month, unit, industry and ground; of what stands, all up to its end."""
        return sums.tally(self.connection, self.bureau, scope) + sums.standing(self.connection, self.bureau, scope)

    def totals(self, scope: counts.Scope, grouped: Iterable[str]) -> tuple[sums.Tally, ...]:
        """The same without month, unit and industry, and with the ground only of the figures `grouped`: half the work
        where a period is but compared with."""
        found = sums.totals(self.connection, self.bureau, scope, grouped)
        return found + sums.standing(self.connection, self.bureau, scope)

    def parties(self, scope: counts.Scope, figures: Iterable[str]) -> dict[str, int]:
        """Figure → number of different parties among its rows of a period (户)."""
        return sums.parties(self.connection, self.bureau, scope, figures)

    def listed(self, scope: counts.Scope, figures: Iterable[str] = ()) -> Iterator[counts.CountRow]:
        """The rows of a period, those that do not count among them, by day, figure and matter."""
        return counts.listed(self.connection, self.bureau, scope, figures)

    def counted(self, scope: counts.Scope) -> Iterator[Sequence[Any]]:
        """The rows of a period that count, as light as can be: the columns of `Counted`, in its order."""
        return counts.counted(self.connection, self.bureau, scope)

    def matters(self, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Id → 案号 and party."""
        return counts.matters(self.connection, self.bureau, ids)

    def numbers(self, matters: Iterable[str]) -> dict[tuple[str, str], str]:
        """(matter, document as kind/occurrence/version) → number, of the papers of these matters."""
        return counts.numbers(self.connection, self.bureau, matters)

    def left(self, scope: counts.Scope) -> Iterator[counts.CountRow]:
        """The rows of a period that do not count, with their reasons."""
        return counts.left(self.connection, self.bureau, scope)

    def unmeasured(self, scope: counts.Scope, figures: Iterable[str]) -> tuple[str, ...]:
        """Those of these figures of which some row of the period lacks the number that is summed."""
        return counts.unmeasured(self.connection, self.bureau, scope, figures)

    def undated(self, figures: Iterable[str], unit: str = "") -> Iterator[counts.CountRow]:
        """Rows of these figures that no period counts, because nobody gave their day."""
        return counts.undated(self.connection, self.bureau, figures, unit)

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

    def returned(self, since: dt.datetime, before: dt.datetime) -> Iterator[rows.DropRow]:
        """What came in between these moments and went back, oldest first."""
        d = t.drops.c
        come = (d.received_at >= rows.instant(since)) & (d.received_at < rows.instant(before))
        query = sa.select(t.drops).where(d.bureau == self.bureau, come, d.state == "returned")
        for row in self.connection.execute(query.order_by(d.received_at, d.id)).mappings():
            yield rows.listed_drop(row)

    def register(self) -> Iterator[overview.RegisterRow]:
        """Every matter with its numbered papers, in the order of opening."""
        return overview.register(self.connection, self.bureau)

    def numbered(self) -> Iterator[rows.NumberRow]:
        """The whole register of numbers, series by series, row by row as they come."""
        return look.numbered(self.connection, self.bureau)

    def units(self) -> tuple[str, ...]:
        """The units that matters belong to."""
        m = t.matters.c
        return tuple(self.connection.scalars(sa.select(m.unit).where(m.bureau == self.bureau).distinct()))

    def first_day(self) -> dt.date | None:
        """The earliest day of anything that counts; None in an empty ledger."""
        return counts.first_day(self.connection, self.bureau)
