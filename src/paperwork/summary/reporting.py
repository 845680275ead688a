"""`report PERIOD`: count, keep the record, hand the figures in as a submission; the draft follows like any other."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, islice

from paperwork import program
from paperwork.errors import OfficeError, UsageError
from paperwork.ledger import CountRow, Figures
from paperwork.model import Json, Matter
from paperwork.office import Office
from paperwork.spans import Span
from paperwork.summary import frozen, rebuilding, stories
from paperwork.summary.reckoning import Reckoned, compared, is_comparable, reckon
from paperwork.summary.words import ground_labels
from paperwork.summary.workbook import MOST, workbook

FORM = "report_figures"
_LOOKED_AT = 1000  # decided cases among which typical ones are looked for
LISTED = 200  # cases that the paper lists; the workbook lists all
_NO_INDUSTRY = "未填行业"


@dataclass(frozen=True)
class Told:
    """A report as it stands: the record of its figures, whether it is frozen, and what has changed in earlier ones."""

    record: Mapping[str, Json]
    sha256: str
    matter: Matter | None
    number: str = ""
    is_frozen: bool = False


def entry(told: Told) -> Json:
    """`report --json` (DESIGN §6), with the matter and the number of the frozen report."""
    record = told.record
    return {
        "period": record["period"],
        "unit": record["unit"],
        "as_of": record["as_of"],
        "frozen": told.is_frozen,
        "sha256": told.sha256,
        "id": told.matter.id if told.matter else None,
        "number": told.number or None,
        "figures": record["figures"],
        "adjustments": record["adjustments"],
    }


@dataclass(frozen=True)
class _Counted:
    """One consistent look: the period, its two bases where they can be compared, the rows that the paper lists."""

    now: Reckoned
    last_year: Reckoned | None
    previous: Reckoned | None
    decided: tuple[CountRow, ...]
    left: tuple[CountRow, ...]


def report(office: Office, span: Span, unit: str = "", progress: rebuilding.Progress | None = None) -> Told:
    """The frozen report; before that the draft, counted today. Nothing is handed in when nothing has changed.

    Raises UsageError for a unit that nobody belongs to, OfficeError when the draft cannot be made.
    """
    rebuilding.ensure(office, progress)
    matter = frozen.matter_of(office, span, unit)
    if standing := frozen.issued(office, matter):
        return Told(standing.record, standing.sha256, matter, standing.number, is_frozen=True)
    counted, sha256, record = _count(office, span, unit)
    known = office.sight(matter).folded.get("report.sha256") if matter else None
    if isinstance(known, str) and frozen.same(frozen.load(office, known), record):
        return Told(frozen.load(office, known), known, matter)
    facts = _facts(office, counted, sha256, record)
    facts["report.workbook"] = office.objects.put(workbook(office, facts, record, counted.left))
    outcome = program.hand_in(office, FORM, matter, facts)
    if outcome.outcome == "returned":
        first = outcome.findings[0]
        raise OfficeError(f"{span.label}的报告没有做成：{first.message}", advice="请管理员核对 templates/ 后再试")
    return Told(record, sha256, frozen.matter_of(office, span, unit))


def fresh(office: Office, span: Span, unit: str = "", progress: rebuilding.Progress | None = None) -> Told:
    """The period counted anew, beside whatever was frozen; nothing is handed in. Adjustments are against the frozen."""
    rebuilding.ensure(office, progress)
    matter = frozen.matter_of(office, span, unit)
    standing = frozen.issued(office, matter)
    counted, sha256, record = _count(office, span, unit)
    if standing:
        record = {**record, "adjustments": frozen.differences(standing, counted.now)}
    return Told(record, sha256, matter, standing.number if standing else "")


def _count(office: Office, span: Span, unit: str) -> tuple[_Counted, str, Mapping[str, Json]]:
    with office.ledger.figures() as look:
        now = reckon(look, office.catalogue, span, unit, office.today)
        _require_unit(office, look, unit)
        first = look.first_day()
        bases = [
            reckon(look, office.catalogue, base, unit) if is_comparable(first, base) else None
            for base in (span.last_year, span.previous)
        ]
        decided = tuple(islice((row for row in look.listed(now.scope, ["R-10"]) if not row.why), _LOOKED_AT))
        uncounted = tuple(islice(chain(look.left(now.scope), look.undated(office.catalogue.figures, unit)), MOST))
        sha256, record = frozen.keep(office, look, now, frozen.adjustments(office, look, span, unit))
    return _Counted(now, bases[0], bases[1], decided, uncounted), sha256, record


def _require_unit(office: Office, look: Figures, unit: str) -> None:
    if not unit:
        return
    settled = {officer.unit for officer in office.catalogue.officers} | set(office.catalogue.settings.units)
    known = sorted({*look.units()} | settled)
    if unit not in known:
        near = difflib.get_close_matches(unit, known, 1)
        advice = f"是不是「{near[0]}」" if near else f"有：{'、'.join(name for name in known if name)}"
        raise UsageError(f"没有「{unit}」这个机构", advice=advice)


# ── the submission ────────────────────────────────────────────────────────────────────────────────────


def _facts(office: Office, counted: _Counted, sha256: str, record: Mapping[str, Json]) -> dict[str, Json]:
    """The figures as the form takes them: text as it is printed, each number from the one count."""
    now, span = counted.now, counted.now.span
    months = now.table("month", span.months)
    rates = now.rates(span.months)
    industries = now.table("industry", now.industries)
    return {
        "report.period": span.code,
        "report.unit": now.unit or frozen.ALL,
        "report.title": span.label,
        "report.since": span.since.isoformat(),
        "report.until": span.until.isoformat(),
        "report.as_of": record["as_of"],
        "report.sha256": sha256,
        "report.not_kept": _not_kept(now),
        "report.figures": [_figure(counted, figure) for figure in now.catalogue.figures],
        "report.months": [{"month": _month(name), **row, **rates.get(name, {})} for name, row in months.items()],
        "report.structure": [{"measure": name, "value": str(count)} for name, count in now.structure],
        "report.industries": [{"industry": name or _NO_INDUSTRY, **row} for name, row in industries.items()],
        "report.grounds": _grounds(office, now),
        "report.cases": [_case(office, number, row) for number, row in enumerate(counted.decided[:LISTED], 1)],
        "report.stories": [
            {"no": "一二三"[number], "title": story.title, "text": story.text}
            for number, story in enumerate(stories.proposed(office, counted.decided))
        ],
        "report.adjustments": [
            {k: f"{v:+d}" if k == "difference" else str(v) for k, v in entry.items()} for entry in record["adjustments"]
        ],
    }


def _figure(counted: _Counted, figure: str) -> dict[str, str]:
    now, known = counted.now, counted.now.catalogue.figures[figure]
    told = {"figure": known.key, "id": known.id, "name": known.name, "unit": known.unit or "%"}
    if figure in now.waiting:
        return told  # nothing feeds it: no value, and no sentence about it
    if (sides := now.sides(figure)) is not None:
        told |= {"numerator": str(sides[0]), "denominator": str(sides[1])}
    if now.number(figure) is None:
        return told  # nothing of which there could be a ratio
    told["value"] = now.told(figure)
    for name, base, word in (("last_year", counted.last_year, "同比"), ("previous", counted.previous, "环比")):
        if base is not None:
            told[name] = base.told(figure)
        if words := compared(now, base, figure, word):
            told["yoy" if word == "同比" else "qoq"] = words
    return told


def _not_kept(now: Reckoned) -> list[str]:
    """The figures that nothing feeds; of a ratio its sides are told."""
    figures = now.catalogue.figures
    return [figure.name for figure in figures.values() if figure.id in now.waiting and not figure.is_ratio]


def _month(name: str) -> str:
    return f"{int(name[5:])}月" if name[4:5] == "-" else name


def _grounds(office: Office, now: Reckoned) -> list[dict[str, str]]:
    """不予处罚 by ground, in the order of the rules."""
    labels = ground_labels(office)
    found = now.by("R-10", "ground")
    order = [*labels, *sorted(set(found) - labels.keys())]
    return [{"ground": labels.get(g, g) or "登记结案，理由见案卷", "value": str(found[g])} for g in order if g in found]


def _case(office: Office, number: int, row: CountRow) -> dict[str, str]:
    listed = {
        "no": str(number),
        "case": row.case,
        "industry": row.industry,
        "ground": ground_labels(office).get(row.ground, row.ground),
        "doc_no": row.number,
        "on": row.on.isoformat() if row.on else "",
    }
    return {name: value for name, value in listed.items() if value}
