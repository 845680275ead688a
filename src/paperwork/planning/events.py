"""The events of a submission: what happened, on which day, and what is 补录 (entered after its day)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from paperwork.facts import rows_of
from paperwork.model import Event, Facts, Json
from paperwork.planning.sight import Sight


def events(sight: Sight, facts: Facts, attention: Sequence[Json]) -> tuple[Event, ...]:
    """In the order in which a reader would tell them. Numbers and documents add their own in the ledger."""
    by = sight.submission.submitted_by or sight.received.by
    happened = (*_happened(sight), *_passed_over(sight, facts), *_attention(sight, attention))
    return tuple(Event(kind, day, data, by) for kind, day, data in (*_opening(sight), *_received(sight), *happened))


_Told = Iterator[tuple[str, dt.date, Json]]


def _opening(sight: Sight) -> _Told:
    filed = sight.folded.get("case.filed_on")
    if sight.matter is None:
        yield "opened", filed if isinstance(filed, dt.date) else sight.today, {"type": sight.type}


def _received(sight: Sight) -> _Told:
    data = {"form": sight.form.title if sight.form else "", "drop": sight.submission.key, "edition": sight.edition}
    if sight.submission.corrects:
        yield "corrected", sight.registered_on, {**data, "corrects": sight.submission.corrects}
    else:
        yield "submitted", sight.registered_on, data


def _happened(sight: Sight) -> _Told:
    for item in _rows(sight, "approvals"):
        on = item.get("on")
        if isinstance(on, dt.date):
            data = {k: item.get(k, "") for k in ("draft", "step", "person", "decision", "opinion")}
            whose = {"owner": sight.received.by, "place": sight.received.place}
            yield "approval", on, {**data, "late": on < sight.today, **whose}
    for item in _rows(sight, "services"):
        on = item.get("on")
        if isinstance(on, dt.date):
            yield "served", on, {k: item.get(k, "") for k in ("document", "method")}
    for fact, kind in (("edu.dt", "educated"), ("case.closed_on", "closed")):
        value = sight.submission.facts.get(fact)
        if isinstance(value, dt.date):
            yield kind, value.date() if isinstance(value, dt.datetime) else value, {}


def _rows(sight: Sight, name: str) -> Iterator[Mapping[str, object]]:
    value = sight.submission.facts.get(name, ())
    if isinstance(value, tuple):
        yield from (item for item in value if isinstance(item, Mapping))


def _passed_over(sight: Sight, facts: Facts) -> _Told:
    """Steps whose day went by without their paper (the program stood still, the row came late): told once, not made."""
    made = {d.occurrence for d in sight.documents}
    told = {e.data.get("occurrence") for e in (sight.matter.events if sight.matter else ()) if e.kind == "passed_over"}
    for item in rows_of(facts.get("reminders")):
        occurrence, on = f"{item['of']}/{item['step']}", item.get("on")
        if item.get("state") == "passed" and isinstance(on, dt.date) and occurrence not in made | told:
            yield "passed_over", on, {"occurrence": occurrence, "subject": item.get("subject", "")}


def _attention(sight: Sight, attention: Sequence[Json]) -> _Told:
    known = sight.matter.attention if sight.matter else ()
    for entry in attention:
        if entry not in known:
            yield "attention", sight.today, entry
