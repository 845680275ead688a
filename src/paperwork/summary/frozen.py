"""What a report said, kept by its hash: figures, the cells behind them, and every row that was counted.

The record lies among the objects; the report prints its SHA-256. So a report stays what it was on the day it was
signed, and what has changed since is a recount less the record (DESIGN §9 h).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter

from paperwork import codec, spans
from paperwork.ledger import Counted, Figures
from paperwork.model import Document, Json, Matter
from paperwork.office import Office
from paperwork.recounting import ROW, Row, chunks
from paperwork.spans import Span
from paperwork.summary.reckoning import Reckoned, reckon

VERSION = 2
_FIRST = (*ROW[:3], "case", "party", *ROW[3:7], "document", "number", "on")
_ROWS = {1: _FIRST, VERSION: ROW}
"""Version of a record → the columns of its rows."""
MOST = 1_000
"""Rows of each figure that the workbook lists; `report --why` and the 台账 have all."""
TYPE = "report"
ALL = "全局"
"""The unit of a report on the whole bureau, as forms write it."""


@dataclass(frozen=True)
class Issued:
    """A report that was issued, with its record."""

    matter: str
    number: str
    span: Span
    sha256: str
    record: Mapping[str, Json]


@dataclass(frozen=True)
class Kept:
    """A record among the objects: its hash, what it says; of each figure the first rows and of every matter 案号 and
    party, for the workbook."""

    sha256: str
    record: Mapping[str, Json]
    samples: Mapping[str, Sequence[Counted]]
    matters: Mapping[str, tuple[str, str]]


def keep(office: Office, look: Figures, reckoned: Reckoned, adjustments: Sequence[Json]) -> Kept:
    """Put the record of what was counted among the objects, in one reading of the rows."""
    noted = _Noted()
    counted = [office.objects.put(chunk) for chunk in chunks(look.counted(reckoned.scope), noted.see)]
    matters = look.matters(noted.matters)
    cases = codec.canonical({id_: case for id_, (case, _) in matters.items() if case})
    record = {
        "version": VERSION,
        "bureau": office.catalogue.settings.bureau,
        "period": reckoned.span.code,
        "unit": reckoned.unit,
        "as_of": office.today.isoformat(),
        "figures": [_figure(reckoned, figure) for figure in office.catalogue.figures],
        "cells": [[c.figure, c.month, c.unit, c.industry, c.ground, c.rows, c.amount] for c in reckoned.cells],
        "counted": counted,
        "cases": office.objects.put(cases.encode()),
        "adjustments": list(adjustments),
    }
    return Kept(office.objects.put(codec.canonical(record).encode()), record, noted.samples, matters)


def _figure(reckoned: Reckoned, figure: str) -> Json:
    known, sides, number = reckoned.catalogue.figures[figure], reckoned.sides(figure), reckoned.number(figure)
    return {
        "id": figure,
        "name": known.name,
        "unit": known.unit or "%",
        "value": float(number) if isinstance(number, Decimal) else number,
        "numerator": sides[0] if sides else None,
        "denominator": sides[1] if sides else None,
        "lacks": reckoned.waiting.get(figure) or _unmeasured(reckoned, figure),
    }


def _unmeasured(reckoned: Reckoned, figure: str) -> str | None:
    lacks = figure in reckoned.unmeasured and reckoned.count(figure) is None
    return "本期各件都没有填写要合计的数" if lacks else None


@dataclass
class _Noted:
    """What is noted of rows as they pass: all matters, and of each figure the first rows."""

    samples: dict[str, list[Counted]] = field(default_factory=dict)
    matters: dict[str, None] = field(default_factory=dict)

    def see(self, chunk: Sequence[Row]) -> None:
        self.matters.update(dict.fromkeys(map(itemgetter(1), chunk)))
        wanted = {name for name in set(map(itemgetter(0), chunk)) if len(self.samples.get(name, ())) < MOST}
        for row in chunk if wanted else ():
            if row[0] in wanted:
                first = self.samples.setdefault(row[0], [])
                first.append(Counted._make(row))
                if len(first) == MOST:
                    wanted.discard(row[0])


def counted(office: Office, record: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
    """The rows that a record counted, as they stood then, by day and figure: column → value."""
    columns = _ROWS[record["version"]]
    cases = json.loads(office.objects.get(record["cases"])) if record["version"] > 1 else {}
    for sha256 in record["counted"]:
        text = office.objects.get(sha256).decode()
        rows = json.loads(text) if record["version"] > 1 else map(json.loads, text.split("\n"))
        for row in rows:
            told = dict(zip(columns, row, strict=True))
            yield {**told, "case": told.get("case") or cases.get(told["matter"], "")}


def load(office: Office, sha256: str) -> Mapping[str, Json]:
    """The record with this hash. MachineError when it is gone or damaged."""
    record: Mapping[str, Json] = json.loads(office.objects.get(sha256))
    return record


def same(one: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    """Whether two records say the same, whatever the day on which they were counted."""
    return {**one, "as_of": ""} == {**other, "as_of": ""}


# ── which reports there are ───────────────────────────────────────────────────────────────────────────


def matter_of(office: Office, span: Span, unit: str) -> Matter | None:
    """The report's matter, if there is one."""
    found = office.ledger.joined(TYPE, (("report.period", span.code), ("report.unit", unit or ALL)))
    return office.ledger.matter(found[0]) if found else None


def issued(office: Office, matter: Matter | None) -> Issued | None:
    """The report as it was issued, with the record that it prints; None while it is a draft, or void."""
    document = _document(matter) if matter else None
    if matter is None or document is None:
        return None
    sha256 = document.recipe.context["report"]["sha256"]
    period = matter.party_key.removeprefix("R:").partition("/")[0]
    return Issued(matter.id, document.number, spans.parse(period), sha256, load(office, sha256))


def _document(matter: Matter) -> Document | None:
    return next((d for d in matter.documents if d.state == "issued" and d.measure == "report"), None)


def earlier(office: Office, span: Span, unit: str) -> list[Issued]:
    """The issued reports of this unit on periods that ended before this one began, oldest first."""
    found = []
    for matter_id in office.ledger.keyed("report.period"):
        one = issued(office, office.ledger.matter(matter_id))
        if one and one.record["unit"] == unit and one.span.until < span.since:
            found.append(one)
    return sorted(found, key=lambda one: (one.span.until, one.span.since))


def adjustments(office: Office, look: Figures, span: Span, unit: str) -> list[Json]:
    """What has changed in periods already reported, less what a later report has said of it already."""
    reported = earlier(office, span, unit)
    found: list[Json] = []
    for one in reported:
        told = [a for other in reported for a in other.record["adjustments"] if a["period"] == one.span.code]
        found += differences(one, reckon(look, office.catalogue, one.span, unit), told)
    return found


def differences(one: Issued, now: Reckoned, told: Iterable[Json] = ()) -> list[Json]:
    """Recount less record, figure by figure; ratios follow from their sides and are not listed."""
    said: dict[str, Decimal] = {}
    for entry in told:
        said[entry["id"]] = said.get(entry["id"], Decimal()) + Decimal(str(entry["difference"]))
    found: list[Json] = []
    for figure in one.record["figures"]:
        known = now.catalogue.figures.get(figure["id"])
        if known is None or known.is_ratio or known.spread or figure["value"] is None:
            continue
        was, number = Decimal(str(figure["value"])) + said.get(figure["id"], 0), now.number(figure["id"])
        if number is not None and number != was:
            entry = {"period": one.span.code, "id": known.id, "name": known.name}
            found.append({**entry, "was": _plain(was), "now": _plain(number), "difference": _plain(number - was)})
    return found


def _plain(number: Decimal | int) -> int | float:
    """As JSON holds it: whole numbers whole."""
    return int(number) if number == int(number) else float(number)
