"""The events of a submission: what happened, on which day, and what is 补录 (entered after its day)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from paperwork.model import Event, Json
from paperwork.planning.sight import Sight


def events(sight: Sight, attention: Sequence[Json]) -> tuple[Event, ...]:
    """In the order in which a reader would tell them. Numbers and documents add their own in the ledger."""
    by = sight.submission.submitted_by or sight.received.by
    return tuple(
        Event(kind, day, data, by)
        for kind, day, data in (*_opening(sight), *_received(sight), *_happened(sight), *_attention(sight, attention))
    )


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
            yield "approval", on, {**data, "late": on < sight.today}
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


def _attention(sight: Sight, attention: Sequence[Json]) -> _Told:
    known = sight.matter.attention if sight.matter else ()
    for entry in attention:
        if entry not in known:
            yield "attention", sight.today, entry
