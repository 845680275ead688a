"""`report PERIOD --why R-10`: the rows that a figure counts, those that it does not and why, undated and returned."""

from __future__ import annotations

import datetime as dt
import difflib

from paperwork import counting
from paperwork.answers import ZONE
from paperwork.errors import UsageError
from paperwork.ledger import CountRow, Figures, Scope
from paperwork.model import Figure, Json
from paperwork.office import Office
from paperwork.spans import Span
from paperwork.summary import frozen, rebuilding, units
from paperwork.summary.reckoning import leaves
from paperwork.summary.words import REASONS

EVER = Scope(dt.date.min, dt.date.max)
"""All days that any row bears."""


def why(office: Office, span: Span, unit: str, figure: str, fresh: bool = False) -> Json:
    """{figure, name, period, unit, lacks, number, counted, added, removed, excluded, undated, returned}.

    Of an issued report `counted` are the rows that it kept, `added` and `removed` what has changed since; with `fresh`
    it is the ledger as it stands. UsageError for what is unknown.
    """
    known = _figure(office, figure)
    rebuilding.ensure(office)
    parts = tuple(dict.fromkeys(known.total + known.numerator + known.denominator)) or (known.id,)
    wanted = tuple(dict.fromkeys(leaf for part in parts for leaf in leaves(office.catalogue, part)))
    with office.ledger.figures() as look:
        units.require(office, look, unit)
        scope = Scope(span.since, min(span.until, office.today), unit)
        rows = tuple(look.listed(scope, wanted))
        undated = tuple(look.undated(wanted, unit))
        returned = _returned(look, span)
        issued = None if fresh else frozen.issued(office, frozen.matter_of(office, span, unit))
        now = [entry(row) for row in rows if not row.why]
        then = _kept(office, look, issued, wanted, rows) if issued else now
    return {
        "figure": known.id,
        "name": known.name,
        "period": span.code,
        "unit": unit,
        "lacks": counting.waiting(office.catalogue).get(known.id),
        "number": issued.number if issued else None,
        "counted": then,
        "added": _beyond(now, then),
        "removed": _beyond(then, now),
        "excluded": [entry(row) for row in rows if row.why],
        "undated": [entry(row) for row in undated],
        "returned": returned,
    }


def _kept(
    office: Office, look: Figures, issued: frozen.Issued, wanted: tuple[str, ...], rows: tuple[CountRow, ...]
) -> list[Json]:
    """The rows of these figures that an issued report kept; party and number are no part of it and are looked up."""
    kept = [row for row in frozen.counted(office, issued.record) if row["figure"] in wanted]
    known = look.matters(row["matter"] for row in kept)
    numbers = {(row.figure, row.matter, row.item): row.number for row in rows}
    return [
        {
            **{name: row[name] for name in ("figure", "item", "on", "unit", "industry", "ground", "amount")},
            "id": row["matter"],
            "case": row["case"] or None,
            "party": known.get(row["matter"], ("", ""))[1],
            "number": numbers.get((row["figure"], row["matter"], row["item"])) or None,
            "why": None,
        }
        for row in kept
    ]


def _beyond(rows: list[Json], other: list[Json]) -> list[Json]:
    """The rows that the other list has not, with the same day and amount."""
    names = ("figure", "id", "item", "on", "amount")
    there = {tuple(row[name] for name in names) for row in other}
    return [row for row in rows if tuple(row[name] for name in names) not in there]


def _figure(office: Office, wanted: str) -> Figure:
    figures = office.catalogue.figures
    for figure in figures.values():
        if wanted.casefold() in (figure.id.casefold(), figure.key, figure.name):
            return figure
    near = [figure for figure in figures.values() if wanted in figure.name]
    near = near or [figures[id_] for id_ in difflib.get_close_matches(wanted, [*figures], 3)]
    names = "、".join(f"{figure.id} {figure.name}" for figure in near[:8])
    advice = f"可能要找 {names}" if near else "指标的编号和名称见 paperwork report 报告期"
    raise UsageError(f"没有「{wanted}」这个指标", advice=advice)


def entry(row: CountRow) -> Json:
    """A row as it is listed."""
    return {
        "figure": row.figure,
        "id": row.matter,
        "case": row.case or None,
        "party": row.party,
        "item": row.item,
        "on": row.on.isoformat() if row.on else None,
        "unit": row.unit,
        "industry": row.industry,
        "ground": row.ground,
        "amount": row.amount,
        "number": row.number or None,
        "why": REASONS.get(row.why, row.why) or None,
    }


def _returned(look: Figures, span: Span) -> list[Json]:
    """Forms that went back in the period: what they report counts nowhere until they come again, corrected."""
    first, after = (dt.datetime.combine(day, dt.time(), ZONE) for day in (span.since, span.until + dt.timedelta(1)))
    return [
        {"drop": row.drop.id, "file": row.drop.name, "on": row.drop.received_at.date().isoformat()}
        for row in look.returned(first, after)
    ]
