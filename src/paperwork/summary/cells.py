"""What was counted of a unit, or of several together, and the figures that follow from it: sums, ratios, spreads.

What nobody there registers is not 0: it is no number, and a unit without a side of a ratio is in neither side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from paperwork.model import Catalogue
from paperwork.summary.reckoning import average, leaves, share, widest, yuan


class Cells(Counter[str]):
    """Figure → count; and of figures whose groups are compared, (figure, group) → rows, smallest, largest amount.

    `lacking` are the figures that nothing feeds there, `parts` the units whose sum it is.
    """

    def __init__(self, counts: Mapping[str, int] | None = None, lacking: Iterable[str] = ()) -> None:
        super().__init__(counts or {})
        self.lacking = frozenset(lacking)
        self.groups: dict[tuple[str, str], tuple[int, int, int]] = {}
        self.parts: tuple[Cells, ...] = ()

    def see(self, figure: str, group: str, amount: int) -> None:
        """Another row of a group."""
        rows, least, most = self.groups.get((figure, group), (0, amount, amount))
        self.groups[figure, group] = (rows + 1, min(least, amount), max(most, amount))


def together(units: Iterable[Cells]) -> Cells:
    """The cells of several units as one: only what nobody registers is lacking."""
    parts = tuple(units)
    whole = Cells(lacking=frozenset.intersection(*(cells.lacking for cells in parts)) if parts else ())
    whole.parts = parts
    for cells in parts:
        whole.update(cells)
        for key, (rows, least, most) in cells.groups.items():
            before = whole.groups.get(key, (0, least, most))
            whole.groups[key] = (before[0] + rows, min(before[1], least), max(before[2], most))
    return whole


def value(catalogue: Catalogue, cells: Cells, figure: str) -> int | float | None:
    """A figure of one unit, or of all: a count, money in 元, a ratio of sums or a spread; None of nothing."""
    known = catalogue.figures[figure]
    number: Decimal | int | None
    if known.is_ratio:
        part, whole = sides(catalogue, cells, figure)
        ratio = average if known.mean else share
        number = None if part is None or whole is None else ratio(part, whole)
    elif known.spread:
        number = widest(found for (of, _), found in cells.groups.items() if of == figure)
    else:
        count = total(catalogue, cells, (figure,))
        number = yuan(count) if known.money and count is not None else count
    return float(number) if isinstance(number, Decimal) else number


def sides(catalogue: Catalogue, cells: Cells, figure: str) -> tuple[int | None, int | None]:
    """Numerator and denominator of a ratio, of the units that register both; (None, None) where none does."""
    known = catalogue.figures[figure]
    if not known.is_ratio:
        return None, None
    both = []
    for unit in cells.parts or (cells,):
        part, whole = (total(catalogue, unit, names) for names in (known.numerator, known.denominator))
        if part is not None and whole is not None:
            both.append((part, whole))
    return (sum(part for part, _ in both), sum(whole for _, whole in both)) if both else (None, None)


def total(catalogue: Catalogue, cells: Cells, figures: Sequence[str]) -> int | None:
    """The sum of these figures; None where nothing feeds any of them."""
    fed = [leaf for of in figures for leaf in leaves(catalogue, of) if leaf not in cells.lacking]
    return sum(cells.get(leaf, 0) for leaf in fed) if fed else None
