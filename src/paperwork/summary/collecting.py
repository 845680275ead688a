"""`collect BUNDLE…`: the roll-up over units (domain/07 §7.3).

Only what is proven is counted: right period, right version, signed by the key that templates/units.toml names for the
unit. The highest revision of a unit takes the place of all earlier ones, whole. A case handed in by two units counts
once, known by its number. Sums are summed, ratios are made of sums and never averaged. Who is missing or late, what is
preliminary, what counted twice, and from which file every cell comes, is told with the result. A bundle of bundles is
opened: what it was compiled from counts as if each unit had handed in itself, and through whom it came is told.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from paperwork.errors import OfficeError
from paperwork.model import Catalogue, Figure, Json
from paperwork.spans import Span
from paperwork.summary.bundling import Read
from paperwork.summary.reckoning import average, leaves, share, widest, yuan

SMALL = 3
"""A cell of fewer cases may point at a person: industries below are merged (§7.3)."""
MERGED = "其他行业（合并）"


@dataclass(frozen=True)
class Unit:
    """One who must hand in: `key` is the public key of its bundles, `entities` how many businesses it watches over."""

    code: str
    name: str
    key: str = ""
    entities: int = 0


@dataclass(frozen=True)
class Units:
    """templates/units.toml: who must hand in, and how many days after the period ends."""

    due_days: int = 10
    units: Mapping[str, Unit] = field(default_factory=dict)


class Cells(Counter[str]):
    """Figure → count; and of figures whose groups are compared, (figure, group) → rows, smallest, largest amount."""

    def __init__(self) -> None:
        super().__init__()
        self.groups: dict[tuple[str, str], tuple[int, int, int]] = {}

    def see(self, figure: str, group: str, amount: int) -> None:
        """Another row of a group."""
        rows, least, most = self.groups.get((figure, group), (0, amount, amount))
        self.groups[figure, group] = (rows + 1, min(least, amount), max(most, amount))

    def add(self, other: Cells) -> None:
        """Another unit's cells beside these."""
        self.update(other)
        for key, (rows, least, most) in other.groups.items():
            before = self.groups.get(key, (0, least, most))
            self.groups[key] = (before[0] + rows, min(before[1], least), max(before[2], most))


@dataclass
class Collected:
    """The roll-up. `cells` is unit → figure → count; `sources` unit → the bundle that was taken."""

    span: Span
    cells: dict[str, Cells] = field(default_factory=dict)
    industries: dict[str, Counter[str]] = field(default_factory=dict)  # industry → figure → count
    sources: dict[str, Read] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)  # (file, why)
    replaced: list[tuple[str, str]] = field(default_factory=list)
    twice: list[tuple[str, str, str, str]] = field(default_factory=list)  # (case, figure, counted by, again by)
    missing: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    rolled: dict[str, Read] = field(default_factory=dict)  # unit → its bundle of bundles
    preliminary: list[str] = field(default_factory=list)


def read_units(root: Path) -> Units:
    """templates/units.toml of the office at `root`; none there: any unit may hand in. Raises OfficeError."""
    path = root / "templates" / "units.toml"
    if not path.is_file():
        return Units()
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        units = [
            Unit(str(u["code"]), str(u["name"]), str(u.get("key", "")), int(u.get("entities", 0)))
            for u in told.get("unit", [])
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise OfficeError(
            f"templates/units.toml 有误：{error}", advice='每个单位写 [[unit]]、code = "…"、name = "…"'
        ) from error
    return Units(int(told.get("due_days", 10)), {unit.code: unit for unit in units})


def collect(catalogue: Catalogue, units: Units, span: Span, bundles: Iterable[Read]) -> Collected:
    """Compile the bundles of one period."""
    made = Collected(span)
    for one in bundles:
        _admit(made, made.rolled if one.members else made.sources, units, one)
    for whole in made.rolled.values():
        for member in whole.members:
            _admit(made, made.sources, Units(), member)
    seen: dict[tuple[str, str, str], str] = {}
    for unit in sorted(made.sources):
        _count(made, seen, unit, catalogue)
    _tell_units(made, units)
    return made


def _tell_units(made: Collected, units: Units) -> None:
    """Who is missing, late or preliminary, also among those that a bundle of bundles speaks for."""
    handed = made.sources.keys() | made.rolled.keys()
    made.missing = [f"{unit.name}（{unit.code}）" for code, unit in units.units.items() if code not in handed]
    due = made.span.until + dt.timedelta(days=units.due_days)
    for unit, source in sorted({**made.sources, **made.rolled}.items()):
        if dt.date.fromisoformat(source.body["made_on"]) > due and not source.via:
            made.late.append(unit)
        if source.body["preliminary"] and not source.members:
            made.preliminary.append(unit)
    for _, whole in sorted(made.rolled.items()):
        told, name = whole.body["told"], whole.body["name"]
        made.missing += [f"{name}：{missing}" for missing in told.get("missing", ())]
        made.late += [unit for unit in told.get("late", ()) if unit in made.sources]


def _admit(made: Collected, taken: dict[str, Read], units: Units, one: Read) -> None:
    """Take a bundle, or say why not; a higher revision replaces a lower one, whole."""
    wrong = one.wrong or _wrong(made.span, units, one)
    if wrong:
        made.refused.append((one.file, wrong))
        return
    unit = one.body["unit"]
    before = taken.get(unit)
    if before is None:
        taken[unit] = one
    elif before.body["revision"] == one.body["revision"] and before.proof != one.proof:
        made.refused.append((one.file, f"与 {before.file} 是同一版而内容不同，请该单位重新上报"))
    else:
        old, new = sorted((before, one), key=lambda read: read.body["revision"])
        taken[unit] = new
        if old.proof != new.proof:
            made.replaced.append((old.file, new.file))


def _wrong(span: Span, units: Units, one: Read) -> str:
    if one.body["period"] != span.code:
        return f"报告期是 {one.body['period']}，不是 {span.code}"
    if units.units:
        known = units.units.get(one.body["unit"])
        if known is None:
            return f"units.toml 里没有单位 {one.body['unit']}"
        if known.key and known.key != one.key:
            return f"不是用 {known.name} 登记的密钥签名的"
    return ""


def _count(made: Collected, seen: dict[tuple[str, str, str], str], unit: str, catalogue: Catalogue) -> None:
    """The rows of one unit: what another unit has handed in already counts there, and is listed."""
    cells, industries = Cells(), made.industries
    known = {figure.id: figure for figure in catalogue.figures.values() if figure.sources}
    since, until = made.span.since.isoformat(), made.span.until.isoformat()
    for figure, case, item, on, amount, _, industry, ground in made.sources[unit].body["rows"]:
        of = known.get(figure)
        if of is None or on > until or (on < since and not of.stock):
            continue
        # A case bears its number wherever it is; a matter without one is known within its unit only.
        key = (figure, case if "〔" in case else f"{unit}:{case}", item)
        first = seen.setdefault(key, unit)
        if first != unit:
            made.twice.append((case, figure, first, unit))
            continue
        if (of.spread or of.groups) and ground:
            cells.see(figure, ground, amount)
        cells[figure] += amount
        industries.setdefault(industry or "未填行业", Counter())[figure] += amount
    _tell_parties(cells, known, made.sources[unit].body.get("parties", {}))
    made.cells[unit] = cells


def _tell_parties(cells: Cells, known: Mapping[str, Figure], parties: Mapping[str, int]) -> None:
    """What rows cannot tell: how many different parties there were, and how many groups."""
    for figure in known.values():
        if figure.distinct and figure.id in parties:
            cells[figure.id] = parties[figure.id]
        if figure.groups:
            cells[figure.id] = sum(of == figure.id for of, _ in cells.groups)


# ── asking ────────────────────────────────────────────────────────────────────────────────────────────


def value(catalogue: Catalogue, cells: Mapping[str, int], figure: str) -> int | float | None:
    """A figure of one unit, or of all: a count, money in 元, a ratio of sums or a spread; None of nothing."""
    known = catalogue.figures[figure]
    number: Decimal | int | None
    if known.is_ratio:
        part, whole = (sides(catalogue, cells, names) for names in (known.numerator, known.denominator))
        number = average(part, whole) if known.mean else share(part, whole)
    elif known.spread:
        groups = cells.groups if isinstance(cells, Cells) else {}
        number = widest(found for (of, _), found in groups.items() if of == figure)
    else:
        count = sides(catalogue, cells, (figure,))
        number = yuan(count) if known.money else count
    return float(number) if isinstance(number, Decimal) else number


def sides(catalogue: Catalogue, cells: Mapping[str, int], figures: Sequence[str]) -> int:
    """The sum of these figures."""
    return sum(cells.get(leaf, 0) for figure in figures for leaf in leaves(catalogue, figure))


def totals(made: Collected) -> Cells:
    """All units together; parties and tasks of one unit are not known to be those of another, so they are summed."""
    found = Cells()
    for cells in made.cells.values():
        found.add(cells)
    return found


def by_industry(made: Collected) -> dict[str, Counter[str]]:
    """Industry → figure → count, industries with fewer than three rows in all merged into one."""
    found: dict[str, Counter[str]] = {}
    for industry, cells in sorted(made.industries.items()):
        name = industry if sum(cells.values()) >= SMALL else MERGED
        found.setdefault(name, Counter()).update(cells)
    return found


def said(made: Collected) -> Json:
    """What a bundle of these bundles tells of them: who is missing and late, and what counted once of two."""
    return {"missing": made.missing, "late": made.late, "twice": [list(one) for one in made.twice]}


def entry(catalogue: Catalogue, made: Collected, units: Units) -> Json:
    """`collect --json`."""
    whole = totals(made)
    return {
        "period": made.span.code,
        "figures": [
            {
                "id": figure.id,
                "name": figure.name,
                "value": value(catalogue, whole, figure.id),
                "numerator": sides(catalogue, whole, figure.numerator) if figure.is_ratio else None,
                "denominator": sides(catalogue, whole, figure.denominator) if figure.is_ratio else None,
            }
            for figure in catalogue.figures.values()
        ],
        "units": [
            {
                "unit": unit,
                "name": source.body["name"],
                "file": source.file,
                "via": source.via or None,
                "sha256": source.sha256,
                "revision": source.body["revision"],
                "preliminary": source.body["preliminary"],
                "late": unit in made.late,
                "figures": {figure: value(catalogue, made.cells[unit], figure) for figure in catalogue.figures},
            }
            for unit, source in sorted(made.sources.items())
        ],
        "missing": made.missing,
        "refused": [{"file": file, "why": why} for file, why in made.refused],
        "replaced": [{"file": old, "by": new} for old, new in made.replaced],
        "twice": [{"case": c, "figure": f, "counted": a, "again": b} for c, f, a, b in made.twice],
    }
