"""The figures of one period from one query: values, ratios with both their sides, tables whose sums must agree."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from paperwork import counting
from paperwork.errors import Bug
from paperwork.ledger import Figures, Scope, Tally
from paperwork.model import Catalogue, Figure
from paperwork.spans import Span

DASH = "—"


@dataclass(frozen=True)
class Reckoned:
    """What was counted of one period and unit ("" = all). Everything that is printed comes from here."""

    catalogue: Catalogue
    span: Span
    unit: str
    cells: tuple[Tally, ...]
    parties: Mapping[str, int]  # of the figures that count parties
    unmeasured: frozenset[str] = frozenset()  # figures with cases that lack the number to be summed
    until: dt.date | None = None  # the day up to which it was counted; None = the end of the period

    @property
    def scope(self) -> Scope:
        """The rows that it was made of: none of a day that has not come yet."""
        return Scope(self.span.since, self.until or self.span.until, self.unit)

    @cached_property
    def waiting(self) -> Mapping[str, str]:
        """Figures that nothing feeds yet, and why."""
        return counting.waiting(self.catalogue)

    @cached_property
    def _sums(self) -> Counter[str]:
        sums: Counter[str] = Counter()
        for cell in self.cells:
            sums[cell.figure] += cell.amount
        return sums

    def count(self, figure: str) -> int | None:
        """The figure as a sum (of money in 分); of a ratio None. None too where nothing feeds it: that is not 0."""
        known = self.catalogue.figures[figure]
        if figure in self.waiting or known.is_ratio or known.spread:
            return None
        if figure in self.unmeasured and not any(cell.figure == figure for cell in self.cells):
            return None  # a sum of which every number is missing is not 0
        if known.total:
            return sum(self.count(part) or 0 for part in known.total)
        if known.groups:
            return len({cell.ground for cell in self.cells if cell.figure == figure and cell.ground})
        return self.parties.get(figure, 0) if known.distinct else self._sums[figure]

    def sides(self, figure: str) -> tuple[int, int] | None:
        """Numerator and denominator of a ratio; None where nothing feeds it."""
        known = self.catalogue.figures[figure]
        if figure in self.waiting or not known.is_ratio:
            return None
        return sum(self.count(n) or 0 for n in known.numerator), sum(self.count(d) or 0 for d in known.denominator)

    def number(self, figure: str) -> Decimal | int | None:
        """The figure as it is told: a count, money in 元, a ratio with one decimal; None where there is none."""
        known = self.catalogue.figures[figure]
        if (sides := self.sides(figure)) is not None:
            return average(*sides) if known.mean else share(*sides)
        if known.spread:
            return spread(self.cells, figure)
        count = self.count(figure)
        return yuan(count) if known.money and count is not None else count

    def told(self, figure: str) -> str:
        """The figure as it is printed, without its unit; — where there is none."""
        number, known = self.number(figure), self.catalogue.figures[figure]
        if number is None:
            return DASH
        return f"{number}%" if known.is_ratio and not known.mean else str(number)

    def by(self, figure: str, part: str) -> dict[str, int]:
        """The figure broken down by `month`, `industry`, `ground` or `unit`; its sum is the figure."""
        known = self.catalogue.figures[figure]
        wanted = set(leaves(self.catalogue, figure))
        found: Counter[str] = Counter()
        for cell in self.cells:
            if cell.figure in wanted:
                found[getattr(cell, part)] += cell.amount
        if known.adds and sum(found.values()) != (self.count(figure) or 0):
            raise Bug(f"{figure} 按 {part} 分列之和不等于合计")
        return dict(found)

    @property
    def columns(self) -> tuple[Figure, ...]:
        """The figures that the tables of months and industries show."""
        return tuple(figure for figure in self.catalogue.figures.values() if figure.column)

    def table(self, part: str, rows: Iterable[str]) -> dict[str, dict[str, str]]:
        """Row → column key → what is printed, with a last row 合计; — for a figure that nothing feeds."""
        parts = {figure.key: self.by(figure.id, part) for figure in self.columns}
        kept = {figure.key: figure.id not in self.waiting for figure in self.columns}
        table = {
            row: {key: str(cells.get(row, 0)) if kept[key] else DASH for key, cells in parts.items()} for row in rows
        }
        left = {row for cells in parts.values() for row in cells} - table.keys()
        if left:
            raise Bug(f"表中漏了 {sorted(left)}")
        return {**table, "合计": {figure.key: self.told(figure.id) for figure in self.columns}}

    def rates(self, months: Iterable[str]) -> dict[str, dict[str, str]]:
        """Month → {key of R-12: percent}, where cases were concluded in that month."""
        ratio = self.catalogue.figures["R-12"]
        parts = [self._by_month(side) for side in (ratio.numerator, ratio.denominator)]
        told = {month: share(parts[0].get(month, 0), parts[1].get(month, 0)) for month in months}
        return {month: {ratio.key: f"{percent}%"} for month, percent in told.items() if percent is not None}

    def _by_month(self, figures: Iterable[str]) -> Counter[str]:
        found: Counter[str] = Counter()
        for figure in figures:
            found.update(self.by(figure, "month"))
        return found

    @property
    def measures(self) -> tuple[Figure, ...]:
        """The columns that are measures taken: none that sums up others, and no filing of a case."""
        parts = {figure.id: set(leaves(self.catalogue, figure.id)) for figure in self.columns}
        sums = {one for one, of in parts.items() for other, part in parts.items() if one != other and part < of}
        shown = (figure for figure in self.columns if figure.id not in sums and figure.key != "filed")
        return tuple(figure for figure in shown if figure.id not in self.waiting)

    @property
    def structure(self) -> tuple[tuple[str, int], ...]:
        """The measures taken, by the heads of their columns."""
        return tuple((figure.column, self.count(figure.id) or 0) for figure in self.measures)

    @property
    def industries(self) -> tuple[str, ...]:
        """The industries that any column has, in the order of competence.toml, then by name."""
        known = {name: place for place, name in enumerate(self.catalogue.competence)}
        shown = {part for figure in self.columns for part in leaves(self.catalogue, figure.id)}
        there = {cell.industry for cell in self.cells if cell.figure in shown}
        return tuple(sorted(there, key=lambda name: (known.get(name, len(known)), name)))


def leaves(catalogue: Catalogue, figure: str) -> tuple[str, ...]:
    """The counted figures that a sum is made of; of any other, itself."""
    total = catalogue.figures[figure].total
    return tuple(leaf for part in total for leaf in leaves(catalogue, part)) if total else (figure,)


def reckon(look: Figures, catalogue: Catalogue, span: Span, unit: str = "", today: dt.date | None = None) -> Reckoned:
    """Count one period, up to `today` where it is not over: what falls due later is late no earlier."""
    until = min(span.until, today or span.until)
    counted = Reckoned(catalogue, span, unit, (), {}, until=until)
    distinct = [figure.id for figure in catalogue.figures.values() if figure.distinct]
    parties = look.parties(counted.scope, distinct) if distinct else {}
    summed = [figure.id for figure in catalogue.figures.values() if any(s.amount for s in figure.sources)]
    lacking = frozenset(look.unmeasured(counted.scope, summed))
    return replace(counted, cells=look.tally(counted.scope), parties=parties, unmeasured=lacking)


def compare_with(look: Figures, catalogue: Catalogue, span: Span, unit: str = "") -> Reckoned:
    """A period to compare with: its figures alone, which no table cuts."""
    counted = Reckoned(catalogue, span, unit, (), {})
    figures = catalogue.figures.values()
    distinct = [figure.id for figure in figures if figure.distinct]
    grouped = [figure.id for figure in figures if figure.spread or figure.groups]
    parties = look.parties(counted.scope, distinct) if distinct else {}
    return replace(counted, cells=look.totals(counted.scope, grouped), parties=parties)


def share(part: int, whole: int) -> Decimal | None:
    """Percent with one decimal, half up (domain/07 §7.2); None of nothing."""
    return None if not whole else tenths(Decimal(part) * 100 / whole)


def average(part: int, whole: int) -> Decimal | None:
    """So many for each, with one decimal, half up; None of nothing."""
    return None if not whole else tenths(Decimal(part) / whole)


def spread(cells: Iterable[Tally], figure: str) -> Decimal | None:
    """R-26: the largest amount by the smallest, in the group where they differ most; None where nothing compares.

    A group is what makes cases comparable; one case alone compares with nothing.
    """
    groups: dict[str, tuple[int, int, int]] = {}
    for cell in cells:
        if cell.figure == figure and cell.ground and cell.least > 0:
            rows, least, most = groups.get(cell.ground, (0, cell.least, cell.most))
            groups[cell.ground] = (rows + cell.rows, min(least, cell.least), max(most, cell.most))
    return widest(groups.values())


def widest(groups: Iterable[tuple[int, int, int]]) -> Decimal | None:
    """Of groups (rows, smallest, largest) the largest amount by the smallest, where they differ most."""
    found = [Decimal(most) / least for rows, least, most in groups if rows > 1 and least > 0]
    return tenths(max(found)) if found else None


def yuan(fen: int) -> Decimal | int:
    """Money in 元: whole where it is."""
    return fen // 100 if fen % 100 == 0 else Decimal(fen) / 100


def tenths(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)


def is_comparable(first: dt.date | None, base: Span) -> bool:
    """Whether the ledger was kept through the whole base period: from the month of its first entry on."""
    return first is not None and first.replace(day=1) <= base.since


def compared(now: Reckoned, base: Reckoned | None, figure: str, word: str) -> str:
    """`now` against `base` in words; `word` is 同比 or 环比. "" where there is nothing to compare (domain/07 §7.2).

    A ratio moves by 个百分点, a mean by its unit. A base below 10 gives counts, a base of 0 says so, and only others
    give percent.
    """
    known = now.catalogue.figures[figure]
    new, old = now.number(figure), base.number(figure) if base else None
    if new is None or old is None:
        return ""
    if known.is_ratio and not known.mean:
        return _moved(word, new - old, "上升", "下降", "个百分点")
    if known.is_ratio or known.spread:
        return _moved(word, new - old, "增加", "减少", known.unit)
    if old == 0:
        return f"{word}持平" if new == 0 else f"{'上年同期' if word == '同比' else '上期'}为0"
    if old < 10:
        return _moved(word, new - old, "增加", "减少", known.unit)
    return _moved(word, tenths(Decimal(new - old) * 100 / old), "增长", "下降", "%")


def _moved(word: str, by: Decimal | int, up: str, down: str, unit: str) -> str:
    return f"{word}持平" if not by else f"{word}{up if by > 0 else down}{abs(by)}{unit}"
