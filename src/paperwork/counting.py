"""One matter → the rows that it adds to the figures of summaries. Pure: the same facts and documents, the same rows.

So the rows are a projection that can be rebuilt at any time; a correction changes them, and a report that was frozen
before keeps its own. What does not count stands there too, with the reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from paperwork import policy
from paperwork.conditions import Situation, all_of
from paperwork.model import Catalogue, Document, Facts, Figure, Source, Tallied, Value

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
    for figure in catalogue.figures.values():
        for source in figure.sources:
            there = {(row.item, row.on) for row in found if row.figure == figure.id}
            here = [row for row in _rows(catalogue, counted, figure, source) if (row.item, row.on) not in there]
            found += here
            if any(not row.why for row in here):
                break  # a later source stands in only where the earlier one has nothing
    return tuple(_once(catalogue, found))


def waiting(catalogue: Catalogue) -> frozenset[str]:
    """Figures that nothing in the office feeds yet, because no kind makes their documents: they are not 0."""
    codes = {kind.code for kind in catalogue.kinds.values()}
    found: set[str] = set()
    for figure in catalogue.figures.values():
        fed = any(not source.documents or codes & set(source.documents) for source in figure.sources)
        parts = [part for part in (figure.total, figure.numerator, figure.denominator) if part]
        if any(found >= set(part) for part in parts) if parts else not fed:
            found.add(figure.id)
    return frozenset(found)


def _rows(catalogue: Catalogue, counted: Counted, figure: Figure, source: Source) -> Iterator[Tallied]:
    if counted.type not in source.matters:
        return
    situation = Situation(counted.facts, catalogue.facts)
    if source.documents:
        made = _of_documents(catalogue, counted, source, situation)
    elif source.per:
        made = _of_items(source, situation)
    else:
        made = _of_matter(source, situation)
    industry = str(counted.facts.get("case.industry", ""))
    for row in made:
        yield replace(row, figure=figure.id, industry=industry)


def _of_documents(catalogue: Catalogue, counted: Counted, source: Source, situation: Situation) -> Iterator[Tallied]:
    for document in counted.documents:
        if document.code not in source.documents or document.state not in _STATES:
            continue
        key = "/".join(str(part) for part in document.key)
        at = _at(catalogue, document, situation)
        holds = all_of(source.conditions, at)[0]
        why = _STATES[document.state] or ("" if holds else "condition" if holds is False else "unknown")
        day = _day(at.facts.get(source.dated)) if source.dated else document.dated
        ground = _ground(catalogue, document) if source.group == "ground" else _word(at.facts.get(source.group))
        yield Tallied(
            "", key, day, _amount(source, at), measure=document.measure, group=ground, document=key,
            why=why or ("" if day else "undated"),
        )  # fmt: skip


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


def _of_items(source: Source, situation: Situation) -> Iterator[Tallied]:
    for _, at in policy.each(source.per, situation):
        holds = all_of(source.conditions, at)[0]
        why = "" if holds else "condition" if holds is False else "unknown"
        day = _day(at.facts.get(source.dated))
        item = f"{source.per}/{policy.occurrence_of(at, source.per)}"
        group = _word(at.facts.get(source.group))
        yield Tallied("", item, day, _amount(source, at), group=group, why=why or ("" if day else "undated"))


def _of_matter(source: Source, situation: Situation) -> Iterator[Tallied]:
    """The matter itself: one row where the conditions hold; a matter that they do not meet is none of this figure."""
    if all_of(source.conditions, situation)[0]:
        day = _day(situation.facts.get(source.dated))
        group = _word(situation.facts.get(source.group))
        yield Tallied("", "", day, _amount(source, situation), group=group, why="" if day else "undated")


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


def _amount(source: Source, at: Situation) -> int:
    value = at.facts.get(source.amount) if source.amount else 1
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
