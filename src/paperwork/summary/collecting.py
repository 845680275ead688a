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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from paperwork import counting
from paperwork.errors import OfficeError
from paperwork.model import Catalogue, Figure, Json
from paperwork.spans import Span
from paperwork.summary.bundling import Read
from paperwork.summary.cells import Cells, sides, together, value

SMALL = 3
"""Fewer cases may point at a person: industries below are merged (§7.3)."""
MERGED = "其他行业（合并）"
Case = tuple[str, str]
"""A case by its number, or a matter without one by its bureau and its id there."""


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
    cells: dict[str, Cells] = field(default_factory=dict)
    industries: dict[str, Cells] = field(default_factory=dict)  # industry → figure → count
    cases: dict[str, set[Case]] = field(default_factory=dict)  # industry → the different cases behind its figures
    sources: dict[str, Read] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)  # (file, why)
    replaced: list[tuple[str, str]] = field(default_factory=list)
    twice: list[tuple[str, str, str, str]] = field(default_factory=list)  # (case, figure, counted by, again by)
    missing: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    rolled: dict[str, Read] = field(default_factory=dict)  # unit → its bundle of bundles
    preliminary: list[str] = field(default_factory=list)
    within: list[tuple[str, str]] = field(default_factory=list)  # (department's file, its bureau's, which holds it)


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
    handed = made.sources.keys() | made.rolled.keys()
    _leave_departments(made)
    seen: dict[tuple[str, Case, str], str] = {}
    for unit in sorted(made.sources):
        _count(made, seen, unit, catalogue)
    made.missing = [f"{unit.name}（{unit.code}）" for code, unit in units.units.items() if code not in handed]
    _tell_units(made, units)
    return made


def _leave_departments(made: Collected) -> None:
    """A department whose bureau has handed in itself is in there already: its parties too, which no row can tell."""
    for unit in sorted(made.sources):
        bureau = unit.partition("/")[0]
        if bureau != unit and bureau in made.sources:
            made.within.append((made.sources.pop(unit).file, made.sources[bureau].file))


def _tell_units(made: Collected, units: Units) -> None:
    """Who is missing, late or preliminary, also among those that a bundle of bundles speaks for."""
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


def _count(made: Collected, seen: dict[tuple[str, Case, str], str], unit: str, catalogue: Catalogue) -> None:
    """The rows of one unit: what another unit has handed in already counts there, and is listed."""
    body = made.sources[unit].body
    cells = Cells(lacking=_lacking(catalogue, body))
    known = {figure.id: figure for figure in catalogue.figures.values() if figure.sources}
    since, until, bureau = made.span.since.isoformat(), made.span.until.isoformat(), unit.partition("/")[0]
    for figure, name, item, on, amount, _, industry, ground in body["rows"]:
        of = known.get(figure)
        if of is None or on > until or (on < since and not of.stock):
            continue
        # A case bears its number wherever it is; a matter without one is known within its bureau only.
        case = ("", name) if "〔" in name else (bureau, name)
        first = seen.setdefault((figure, case, item), unit)
        if first != unit:
            made.twice.append((name, figure, first, unit))
            continue
        if (of.spread or of.groups) and ground:
            cells.see(figure, ground, amount)
        cells[figure] += amount
        within = industry or "未填行业"
        made.industries.setdefault(within, Cells())[figure] += amount
        made.cases.setdefault(within, set()).add(case)
    _tell_parties(cells, known, body.get("parties", {}))
    made.cells[unit] = cells


def _lacking(catalogue: Catalogue, body: Mapping[str, Json]) -> frozenset[str]:
    """The figures that nothing feeds there; of a bundle that does not say so, those that nothing feeds here."""
    told = body.get("lacking")
    return frozenset(counting.waiting(catalogue) if told is None else told) - {row[0] for row in body["rows"]}


def _tell_parties(cells: Cells, known: Mapping[str, Figure], parties: Mapping[str, int]) -> None:
    """What rows cannot tell: how many different parties there were, and how many groups."""
    for figure in known.values():
        if figure.distinct and figure.id in parties:
            cells[figure.id] = parties[figure.id]
        if figure.groups:
            cells[figure.id] = sum(of == figure.id for of, _ in cells.groups)


# ── telling ───────────────────────────────────────────────────────────────────────────────────────────


def totals(made: Collected) -> Cells:
    """All units together; parties and tasks of one unit are not known to be those of another, so they are summed."""
    return together(made.cells.values())


def by_industry(made: Collected) -> dict[str, Cells]:
    """Industry → figure → count; industries with fewer than three cases merged into one row, and the next smallest
    with them as long as that row has fewer than three itself."""
    lacking = totals(made).lacking
    order = sorted(made.industries, key=lambda name: (len(made.cases[name]), name))
    merged: list[str] = []
    behind: set[Case] = set()
    while order and (len(made.cases[order[0]]) < SMALL or (merged and len(behind) < SMALL)):
        merged.append(order.pop(0))
        behind |= made.cases[merged[-1]]
    found = {name: Cells(made.industries[name], lacking) for name in sorted(order)}
    if merged:
        found[MERGED] = Cells(lacking=lacking)
        for name in merged:
            found[MERGED].update(made.industries[name])
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
                "numerator": sides(catalogue, whole, figure.id)[0],
                "denominator": sides(catalogue, whole, figure.id)[1],
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
        "within": [{"file": file, "in": other} for file, other in made.within],
        "twice": [{"case": c, "figure": f, "counted": a, "again": b} for c, f, a, b in made.twice],
    }
