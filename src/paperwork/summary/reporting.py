"""`report PERIOD`: count, keep the record, hand the figures in as a submission; the draft follows like any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, islice

from paperwork import program, spans
from paperwork.errors import OfficeError
from paperwork.model import Json, Matter
from paperwork.office import Office
from paperwork.spans import Span
from paperwork.summary import frozen, rebuilding, telling, units
from paperwork.summary.frozen import MOST
from paperwork.summary.reckoning import compare_with, is_comparable, reckon
from paperwork.summary.telling import Counted
from paperwork.summary.workbook import workbook

FORM = "report_figures"
_LOOKED_AT = 1000  # decided cases among which typical ones are looked for


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
        "unfinished": record["as_of"] <= spans.parse(record["period"]).until.isoformat(),
        "frozen": told.is_frozen,
        "sha256": told.sha256,
        "id": told.matter.id if told.matter else None,
        "number": told.number or None,
        "figures": record["figures"],
        "adjustments": record["adjustments"],
    }


def report(office: Office, span: Span, unit: str = "", progress: rebuilding.Progress | None = None) -> Told:
    """The frozen report; before that the draft, counted today. Nothing is handed in when nothing has changed.

    Raises UsageError for a unit that nobody belongs to and for days that have no ledger, OfficeError when the draft
    cannot be made.
    """
    rebuilding.ensure(office, progress)
    matter = frozen.matter_of(office, span, unit)
    if standing := frozen.issued(office, matter):
        return Told(standing.record, standing.sha256, matter, standing.number, is_frozen=True)
    counted, kept = _count(office, span, unit)
    sha256, record = kept.sha256, kept.record
    known = office.sight(matter).folded.get("report.sha256") if matter else None
    if isinstance(known, str) and frozen.same(frozen.load(office, known), record):
        return Told(frozen.load(office, known), known, matter)
    facts = telling.facts(office, counted, sha256, record)
    facts["report.workbook"] = office.objects.put(workbook(office, facts, kept, counted))
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
    counted, kept = _count(office, span, unit)
    record = kept.record
    if standing:
        record = {**record, "adjustments": frozen.differences(standing, counted.now)}
    return Told(record, kept.sha256, matter, standing.number if standing else "")


def _count(office: Office, span: Span, unit: str) -> tuple[Counted, frozen.Kept]:
    with office.ledger.figures() as look:
        units.require(office, look, unit)
        units.require_days(look, span, office.today)
        now = reckon(look, office.catalogue, span, unit, office.today)
        first = look.first_day() if office.today > span.until else None  # a part is held against no whole period
        bases = [
            compare_with(look, office.catalogue, base, unit) if is_comparable(first, base) else None
            for base in (span.last_year, span.previous)
        ]
        decided = tuple(islice((row for row in look.listed(now.scope, ["R-10"]) if not row.why), _LOOKED_AT))
        uncounted = tuple(islice(chain(look.left(now.scope), look.undated(office.catalogue.figures, unit)), MOST))
        kept = frozen.keep(office, look, now, frozen.adjustments(office, look, span, unit))
        numbers = look.numbers(row.matter for rows in kept.samples.values() for row in rows if row.document)
    return Counted(now, bases[0], bases[1], decided, uncounted, numbers), kept
