"""One matter → the rows that it adds to the figures of summaries. Pure: the same facts and documents, the same rows.

So the rows are a projection that can be rebuilt at any time; a correction changes them, and a report that was frozen
before keeps its own. What does not count stands there too, with the reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from paperwork import periods, policy
from paperwork.conditions import Situation, all_of
from paperwork.model import Catalogue, Clock, Document, Facts, Figure, Source, Tallied, Value

_STATES = {"issued": "", "draft": "draft", "void": "void", "replaced": "replaced"}
"""Document state → why it does not count. A superseded draft is nothing that anybody would look for."""


@dataclass(frozen=True)
class Counted:
    """What is counted: a matter's type, its facts (derived ones included), and its documents as they stand."""

    type: str
    facts: Facts
    documents: Sequence[Document]


def rows(catalogue: Catalogue, counted: Counted) -> tuple[Tallied, ...]:
    """The rows of the matter for every figure, in the order of figures.toml."""
    found: list[Tallied] = []
    situation = Situation(counted.facts, catalogue.facts)
    codes = {document.code for document in counted.documents}
    industry = str(counted.facts.get("case.industry", ""))
    for figure in catalogue.figures.values():
        there: set[tuple[str, dt.date | None]] = set()
        for source in figure.sources:
            if source.matters and counted.type not in source.matters:
                continue
            if source.documents and codes.isdisjoint(source.documents):
                continue
            made = _rows(catalogue, counted, source, situation)
            here = [_of(figure, source, industry, row) for row in made if (row.item, row.on) not in there]
            found += here
            if any(not row.why for row in here) and not figure.stock:
                break  # a later source stands in only where the earlier one has nothing
            there.update((row.item, row.on) for row in here)
    return tuple(_once(catalogue, found))


def waiting(catalogue: Catalogue) -> dict[str, str]:
    """Figures that nothing in the office feeds → why: no form asks for it, no kind makes its documents. None is 0."""
    codes = {kind.code for kind in catalogue.kinds.values()}
    found: dict[str, str] = {}
    for figure in catalogue.figures.values():
        fed = any(not source.documents or codes & set(source.documents) for source in figure.sources)
        parts = [part for part in (figure.total, figure.numerator, figure.denominator) if part]
        empty = next((part for part in parts if found.keys() >= set(part)), ())
        if figure.lacks and not fed:
            found[figure.id] = figure.lacks
        elif empty:
            found[figure.id] = found[empty[0]]
        elif not parts and not fed:
            missing = dict.fromkeys(code for source in figure.sources for code in source.documents)
            found[figure.id] = f"还没有制作{'、'.join(missing)}的表和模板"
    return found


def _of(figure: Figure, source: Source, industry: str, row: Tallied) -> Tallied:
    amount = -row.amount if source.less else row.amount
    return replace(row, figure=figure.id, industry=industry, amount=amount, stock=figure.stock)


def _rows(catalogue: Catalogue, counted: Counted, source: Source, situation: Situation) -> Iterator[Tallied]:
    if source.documents:
        return _of_documents(catalogue, counted, source, situation)
    if source.per:
        return _of_items(catalogue, source, situation)
    if source.clock:
        return _of_clock(catalogue, source, source.clock, situation)
    return _of_matter(catalogue, source, situation)


def _of_documents(catalogue: Catalogue, counted: Counted, source: Source, situation: Situation) -> Iterator[Tallied]:
    for document in counted.documents:
        if document.code not in source.documents or document.state not in _STATES:
            continue
        if source.measures and document.measure not in source.measures:
            continue
        key = "/".join(str(part) for part in document.key)
        at = _at(catalogue, document, situation)
        holds = all_of(source.conditions, at)[0]
        why = _STATES[document.state] or ("" if holds else "condition" if holds is False else "unknown")
        day = _day(at.facts.get(source.dated)) if source.dated else document.dated
        ground = _ground(catalogue, document) if source.group == "ground" else _word(at.facts.get(source.group))
        row = Tallied("", key, day, measure=document.measure, group=ground, document=key, why=why)
        yield _measured(catalogue, source, at, row)


def _at(catalogue: Catalogue, document: Document, situation: Situation) -> Situation:
    """The situation, for a kind that is made per item of a list with that item at hand."""
    kind = catalogue.kinds.get(document.kind)
    per = kind.per if kind and kind.per in catalogue.facts else ""
    for _, at in policy.each(per, situation):
        if policy.occurrence_of(at, per) == document.occurrence:
            return at
    return situation


def _ground(catalogue: Catalogue, document: Document) -> str:
    rule = next((rule for rule in catalogue.rules if rule.id == document.rule), None)
    return rule.params.get("ground", "") if rule else ""


def _of_items(catalogue: Catalogue, source: Source, situation: Situation) -> Iterator[Tallied]:
    for _, at in policy.each(source.per, situation):
        holds = all_of(source.conditions, at)[0]
        why = "" if holds else "condition" if holds is False else "unknown"
        item = f"{source.per}/{policy.occurrence_of(at, source.per)}"
        row = Tallied("", item, _day(at.facts.get(source.dated)), group=_word(at.facts.get(source.group)), why=why)
        yield _measured(catalogue, source, at, row)


def _of_clock(catalogue: Catalogue, source: Source, clock: Clock, whole: Situation) -> Iterator[Tallied]:
    """The last day of a period that runs in the matter; as late counts what is not done yet, from that day on.

    A duty is judged by the law's own last day, whatever earlier workday the office is reminded of.
    """
    for _, at in policy.each(clock.per, whole):
        start = _day(at.facts.get(clock.start))
        if start is None or all_of((*clock.when, *source.conditions), at)[0] is not True:
            continue
        ends = periods.deadline(start, clock.length, clock.unit, clock.side, catalogue.calendars)
        day = ends.due if clock.side == "party" else ends.ends
        met = _day(at.facts.get(clock.met)) if clock.met else None
        kept = day is not None and met is not None and met <= day
        if not source.outcome or (source.outcome == "in_time") == kept:
            item = "/".join(filter(None, ("clock", clock.id, policy.occurrence_of(at, clock.per))))
            yield _measured(catalogue, source, at, Tallied("", item, day))


def _of_matter(catalogue: Catalogue, source: Source, situation: Situation) -> Iterator[Tallied]:
    """The matter itself: one row where the conditions hold; a matter that they do not meet is none of this figure."""
    if all_of(source.conditions, situation)[0]:
        day = _day(situation.facts.get(source.dated))
        row = Tallied("", "less" if source.less else "", day, group=_word(situation.facts.get(source.group)))
        yield _measured(catalogue, source, situation, row)


def _once(catalogue: Catalogue, found: Iterable[Tallied]) -> Iterator[Tallied]:
    """Of the figures that share a word (办结) a matter counts in one, by its earliest row: a quarter once reported
    does not lose a case because something else happened to it later."""
    listed = list(found)
    words = {figure.id: figure.once for figure in catalogue.figures.values()}
    first: dict[str, Tallied] = {}
    for row in listed:
        word = words[row.figure]
        if word and not row.why and row.on and (word not in first or row.on < (first[word].on or row.on)):
            first[word] = row
    for row in listed:
        word = words[row.figure]
        yield replace(row, why="once") if word and not row.why and row is not first.get(word) else row


def _day(value: Value | None) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None


def _word(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def _measured(catalogue: Catalogue, source: Source, at: Situation, row: Tallied) -> Tallied:
    """The row with its amount, and with the reason why it cannot count: no day, or no number where one is summed."""
    if row.on is None:
        return replace(row, why=row.why or "undated")
    amount = _amount(catalogue, source, at, row.on)
    return replace(row, amount=amount or 0, why=row.why or ("amount" if amount is None else ""))


def _amount(catalogue: Catalogue, source: Source, at: Situation, day: dt.date) -> int | None:
    """What the row adds; None where nobody gave the number: it is then told as left out, not added as 0."""
    if since := source.days_from or source.workdays_from:
        start = _day(at.facts.get(since))
        return None if start is None or start > day else _days(catalogue, source, start, day)
    if not source.amount:
        return 1
    value = at.facts.get(source.amount)
    if isinstance(value, tuple):
        return len(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _days(catalogue: Catalogue, source: Source, start: dt.date, day: dt.date) -> int | None:
    if source.days_from:
        return (day - start).days
    try:
        return periods.workdays_between(start, day, catalogue.calendars)
    except periods.MissingCalendar:
        return None
