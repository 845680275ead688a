"""The journal: append-only, numbered without gap per bureau."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from paperwork import codec
from paperwork.errors import Bug
from paperwork.ledger import connection as db
from paperwork.ledger import quick, rows
from paperwork.ledger import tables as t
from paperwork.model import Event

_COUNTER = "event"
"""The row of `meta` that holds a bureau's last event number; locked until the transaction ends."""


@dataclass(frozen=True)
class Journal:
    """Whose events they are."""

    bureau: str
    unit: str
    matter: str


def append(connection: Connection, journal: Journal, happened: Sequence[Event]) -> None:
    """Append events in the order given; their `recorded_at` is set, their `seq` is given here."""
    if not happened:
        return
    first = _reserve(connection, journal.bureau, len(happened))
    quick.insert_all(connection, t.events, (_row(journal, first + i, event) for i, event in enumerate(happened)))


def _row(journal: Journal, seq: int, event: Event) -> dict[str, object]:
    if event.recorded_at is None:
        raise Bug(f"事件没有记录时间：{event.kind}")
    return {
        "bureau": journal.bureau,
        "seq": seq,
        "recorded_at": rows.instant(event.recorded_at),
        "happened_on": event.happened_on.isoformat(),
        "unit": journal.unit,
        "matter": journal.matter,
        "kind": event.kind,
        "by": event.by,
        "data": codec.canonical(event.data),
    }


def _reserve(connection: Connection, bureau: str, count: int) -> int:
    db.insert_missing(connection, t.meta, {"bureau": bureau, "key": _COUNTER, "value": "0"})
    last = int(quick.value(connection, _counter, bureau=bureau) or 0)
    quick.run(connection, _counted, {"bureau": bureau, "last": str(last + count)})
    return last + 1


def _counter() -> sa.Select[Any]:
    c = t.meta.c
    return sa.select(c.value).where(c.bureau == quick.here, c.key == _COUNTER).with_for_update()


def _counted() -> sa.Update:
    c = t.meta.c
    return sa.update(t.meta).where(c.bureau == quick.here, c.key == _COUNTER).values(value=quick.named("last"))


def last_recorded(connection: Connection, bureau: str) -> dt.datetime | None:
    """When the bureau's last event was written down."""
    e = t.events.c
    last = connection.scalar(sa.select(e.recorded_at).where(e.bureau == bureau).order_by(e.seq.desc()).limit(1))
    return None if last is None else rows.time_of(last)


def today(now: dt.datetime) -> dt.date:
    """The day in Asia/Shanghai."""
    return now.astimezone(rows.SHANGHAI).date()
