"""What was counted, as the report's own form takes it: text as it is printed, each number from the one count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from paperwork.ledger import CountRow
from paperwork.model import Figure, Json, printed_date
from paperwork.office import Office
from paperwork.summary import frozen, stories, words
from paperwork.summary.reckoning import DASH, Reckoned, compared, share

LISTED = 200  # cases that the paper lists; the workbook lists all
_NO_INDUSTRY = "未填行业"
_PARTIES = "户"


@dataclass(frozen=True)
class Counted:
    """One consistent look: the period, its two bases where they can be compared, the rows that the paper lists."""

    now: Reckoned
    last_year: Reckoned | None
    previous: Reckoned | None
    decided: tuple[CountRow, ...]
    left: tuple[CountRow, ...]
    numbers: Mapping[tuple[str, str], str]  # (matter, document) → number, of the rows that the workbook lists


def facts(office: Office, counted: Counted, sha256: str, record: Mapping[str, Json]) -> dict[str, Json]:
    """The figures as the form takes them."""
    now, span = counted.now, counted.now.span
    months = now.table("month", span.months)
    rates = now.rates(span.months)
    industries = now.table("industry", now.industries)
    return {
        "report.period": span.code,
        "report.unit": now.unit or frozen.ALL,
        "report.title": _title(now, record["as_of"]),
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
        "report.leniency": list(_leniency(office, now)),
        "report.timeliness": [_timely(now, figure) for figure in _shown_in(now, "timeliness")],
        "report.observations": [_observed(counted, figure) for figure in _shown_in(now, "observation")],
        "report.cases": [_case(office, number, row) for number, row in enumerate(counted.decided[:LISTED], 1)],
        "report.stories": [
            {"no": "一二三"[number], "title": story.title, "text": story.text}
            for number, story in enumerate(stories.proposed(office, counted.decided))
        ],
        "report.adjustments": [
            {k: f"{v:+}" if k == "difference" else str(v) for k, v in entry.items()} for entry in record["adjustments"]
        ],
    }


def _title(now: Reckoned, as_of: str) -> str:
    """The period as people call it; of one that is not over, up to which day it was counted."""
    day = dt.date.fromisoformat(as_of)
    return now.span.label if day > now.span.until else f"{now.span.label}（截至{printed_date(day)}）"


def _figure(counted: Counted, figure: str) -> dict[str, Json]:
    now, known = counted.now, counted.now.catalogue.figures[figure]
    told: dict[str, Json] = {"figure": known.key, "id": known.id, "name": known.name, "unit": known.unit or "%"}
    if figure in now.waiting:
        return told  # nothing feeds it: no value, and no sentence about it
    told["shown"] = not known.quiet
    if (sides := now.sides(figure)) is not None:
        told |= {"numerator": str(sides[0]), "denominator": str(sides[1])}
    if now.number(figure) is None:
        return told  # nothing of which there could be a ratio
    told["value"] = now.told(figure)
    for name, base, word in (("last_year", counted.last_year, "同比"), ("previous", counted.previous, "环比")):
        if base is not None:
            told[name] = base.told(figure)
        if said := compared(now, base, figure, word):
            key = "yoy" if word == "同比" else "qoq"
            told |= {key: said, f"change_{key}": said.removeprefix(word)}
    return told


def _not_kept(now: Reckoned) -> list[str]:
    """The figures that nothing feeds; of a ratio its sides are told."""
    figures = now.catalogue.figures
    return [figure.name for figure in figures.values() if figure.id in now.waiting and not figure.is_ratio]


def _month(name: str) -> str:
    return f"{int(name[5:])}月" if name[4:5] == "-" else name


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────


def _shown_in(now: Reckoned, table: str) -> Iterator[Figure]:
    figures = now.catalogue.figures.values()
    return (figure for figure in figures if figure.table == table and figure.id not in now.waiting)


def _timely(now: Reckoned, figure: Figure) -> dict[str, str]:
    """表5: what fell due in the period, how much of it in time, and how much not."""
    kept, due = now.sides(figure.id) or (0, 0)
    percent = share(kept, due)
    rate = DASH if percent is None else f"{percent}%"
    return {"name": figure.name, "due": str(due), "kept": str(kept), "late": str(due - kept), "rate": rate}


def _observed(counted: Counted, figure: Figure) -> dict[str, str]:
    """表6. `households` is the number once more where parties are counted, for the chart."""
    bases = {"last_year": counted.last_year, "previous": counted.previous}
    told = {name: base.told(figure.id) if base else DASH for name, base in bases.items()}
    value = counted.now.told(figure.id)
    households = {"households": value} if figure.unit == _PARTIES else {}
    return {"name": figure.name, "unit": figure.unit or "%", "value": value, **told, **households}


def _grounds(office: Office, now: Reckoned) -> list[dict[str, str]]:
    """不予处罚 by ground, in the order of the rules."""
    labels = words.ground_labels(office)
    found = now.by("R-10", "ground")
    order = [*labels, *sorted(set(found) - labels.keys())]
    return [{"ground": labels.get(g, g) or "登记结案，理由见案卷", "value": str(found[g])} for g in order if g in found]


def _leniency(office: Office, now: Reckoned) -> Iterator[dict[str, str]]:
    """表3: 不予, 从轻 and 减轻 by ground, with the provision that each rests on."""
    spared = (words.ground_labels(office), words.ground_basis(office))
    milder = (words.circumstance_labels(office), words.circumstance_basis(office))
    for figure, (labels, basis) in (("R-10", spared), ("R-11a", milder), ("R-11b", milder)):
        kind = now.catalogue.figures[figure].name
        order = [*labels]
        for group, count in sorted(now.by(figure, "ground").items(), key=lambda one: _place(one[0], order)):
            codes = [code for code in group.split("、") if code]
            told = "、".join(labels.get(code, code) for code in codes) or "理由见案卷"
            cited = "；".join(dict.fromkeys(basis[code] for code in codes if basis.get(code))) or DASH
            yield {"kind": kind, "ground": told, "basis": cited, "value": str(count)}


def _place(group: str, order: list[str]) -> tuple[int, str]:
    first = group.split("、")[0]
    return (order.index(first) if first in order else len(order), group)


def _case(office: Office, number: int, row: CountRow) -> dict[str, str]:
    listed = {
        "no": str(number),
        "case": row.case,
        "industry": row.industry,
        "ground": words.ground_labels(office).get(row.ground, row.ground),
        "doc_no": row.number,
        "on": row.on.isoformat() if row.on else "",
    }
    return {name: value for name, value in listed.items() if value}
