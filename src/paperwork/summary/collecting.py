"""`collect BUNDLE…`: the roll-up over units (domain/07 §7.3).

Only what is proven is counted: right period, right version, signed by the key that templates/units.toml names for the
unit. The highest revision of a unit takes the place of all earlier ones, whole. A case handed in by two units counts
once, known by its number. Sums are summed, ratios are made of sums and never averaged. Who is missing or late, what is
preliminary, what counted twice, and from which file every cell comes, is told with the result.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paperwork.errors import OfficeError
from paperwork.model import Catalogue, Json
from paperwork.spans import Span
from paperwork.summary.bundling import Read
from paperwork.summary.reckoning import leaves, share

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


@dataclass
class Collected:
    """The roll-up. `cells` is unit → figure → count; `sources` unit → the bundle that was taken."""

    span: Span
    cells: dict[str, Counter[str]] = field(default_factory=dict)
    industries: dict[str, Counter[str]] = field(default_factory=dict)  # industry → figure → count
    sources: dict[str, Read] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)  # (file, why)
    replaced: list[tuple[str, str]] = field(default_factory=list)
    twice: list[tuple[str, str, str, str]] = field(default_factory=list)  # (case, figure, counted by, again by)
    missing: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
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
        _admit(made, units, one)
    seen: dict[tuple[str, str, str], str] = {}
    for unit in sorted(made.sources):
        _count(made, seen, unit, catalogue)
    due = span.until + dt.timedelta(days=units.due_days)
    made.missing = [f"{unit.name}（{unit.code}）" for code, unit in units.units.items() if code not in made.sources]
    for unit, source in sorted(made.sources.items()):
        if dt.date.fromisoformat(source.body["made_on"]) > due:
            made.late.append(unit)
        if source.body["preliminary"]:
            made.preliminary.append(unit)
    return made


def _admit(made: Collected, units: Units, one: Read) -> None:
    """Take a bundle, or say why not; a higher revision replaces a lower one, whole."""
    wrong = one.wrong or _wrong(made.span, units, one)
    if wrong:
        made.refused.append((one.file, wrong))
        return
    unit = one.body["unit"]
    before = made.sources.get(unit)
    if before is None:
        made.sources[unit] = one
    elif before.body["revision"] == one.body["revision"] and before.sha256 != one.sha256:
        made.refused.append((one.file, f"与 {before.file} 是同一版而内容不同，请该单位重新上报"))
    else:
        old, new = sorted((before, one), key=lambda read: read.body["revision"])
        made.sources[unit] = new
        if old.sha256 != new.sha256:
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
    cells: Counter[str] = Counter()
    industries: dict[str, Counter[str]] = defaultdict(Counter)
    known = {figure.id for figure in catalogue.figures.values() if figure.sources}
    for figure, case, item, on, amount, _, industry, _ in made.sources[unit].body["rows"]:
        if figure not in known or not made.span.since.isoformat() <= on <= made.span.until.isoformat():
            continue
        # A case bears its number wherever it is; a matter without one is known within its unit only.
        key = (figure, case if "〔" in case else f"{unit}:{case}", item)
        first = seen.setdefault(key, unit)
        if first != unit:
            made.twice.append((case, figure, first, unit))
            continue
        cells[figure] += amount
        industries[industry or "未填行业"][figure] += amount
    made.cells[unit] = cells
    for industry, counted in industries.items():
        made.industries.setdefault(industry, Counter()).update(counted)


# ── asking ────────────────────────────────────────────────────────────────────────────────────────────


def value(catalogue: Catalogue, cells: Mapping[str, int], figure: str) -> int | float | None:
    """A figure of one unit, or of all: a count, or a ratio of sums in percent; None of nothing."""
    known = catalogue.figures[figure]
    if known.is_ratio:
        part, whole = (sides(catalogue, cells, names) for names in (known.numerator, known.denominator))
        percent = share(part, whole)
        return None if percent is None else float(percent)
    return sides(catalogue, cells, (figure,))


def sides(catalogue: Catalogue, cells: Mapping[str, int], figures: Sequence[str]) -> int:
    """The sum of these figures."""
    return sum(cells.get(leaf, 0) for figure in figures for leaf in leaves(catalogue, figure))


def totals(made: Collected) -> Counter[str]:
    """All units together."""
    found: Counter[str] = Counter()
    for cells in made.cells.values():
        found.update(cells)
    return found


def by_industry(made: Collected) -> dict[str, Counter[str]]:
    """Industry → figure → count, industries with fewer than three rows in all merged into one."""
    found: dict[str, Counter[str]] = {}
    for industry, cells in sorted(made.industries.items()):
        name = industry if sum(cells.values()) >= SMALL else MERGED
        found.setdefault(name, Counter()).update(cells)
    return found


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
