"""Drops: received in transaction A, refused instead of registered, concluded in transaction C."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from paperwork import codec
from paperwork.errors import Bug
from paperwork.ledger import connection as db
from paperwork.ledger import events, quick, rows
from paperwork.ledger import tables as t
from paperwork.model import Drop, Event, Json


@dataclass(frozen=True)
class Refusal:
    """How a drop ends that registers nothing: returned or duplicate, and what is said of it."""

    outcome: Json
    state: str
    happened: tuple[Event, ...] = ()


def receive(connection: Connection, bureau: str, drop: Drop) -> bool:
    """Write the drop down; True if it is new. Again with the same file is once; Bug if the id is another file's."""
    row = rows.drop_row(drop)
    if db.insert_missing(connection, t.drops, {"bureau": bureau, **row}):
        return True
    known = find(connection, bureau, drop.id)
    if known is None or known.drop.sha256 != drop.sha256:
        raise Bug(f"收件编号 {drop.id} 已经属于另一份材料")
    return False


def find(connection: Connection, bureau: str, drop_id: str) -> rows.DropRow | None:
    return next((rows.listed_drop(row) for row in quick.ask(connection, _found, bureau=bureau, drop=drop_id)), None)


def _found() -> sa.Select[Any]:
    d = t.drops.c
    return sa.select(t.drops).where(d.bureau == quick.here, d.id == quick.named("drop"))


def unfinished(connection: Connection, bureau: str) -> tuple[rows.DropRow, ...]:
    """Drops that are not concluded, oldest first."""
    return tuple(rows.listed_drop(row) for row in quick.ask(connection, _unfinished, bureau=bureau))


def _unfinished() -> sa.Select[Any]:
    d = t.drops.c
    query = sa.select(t.drops).where(d.bureau == quick.here, d.concluded_at.is_(None))
    return query.order_by(d.received_at, d.id)


def listed(connection: Connection, bureau: str, states: tuple[str, ...]) -> tuple[rows.DropRow, ...]:
    """Drops, oldest first; of these states only, if any are given."""
    d = t.drops.c
    query = sa.select(t.drops).where(d.bureau == bureau)
    if states:
        query = query.where(d.state.in_(states))
    found = connection.execute(query.order_by(d.received_at, d.id)).mappings()
    return tuple(rows.listed_drop(row) for row in found)


def refuse(connection: Connection, journal: events.Journal, drop_id: str, refusal: Refusal) -> bool:
    """From received to returned or duplicate, with what its matter is to remember of it. True if it is so now."""
    row = _locked(connection, journal.bureau, drop_id)
    if row.state == "received":
        told = {"state": refusal.state, "outcome": codec.canonical(refusal.outcome)}
        _set(connection, journal.bureau, drop_id, told)
        events.append(connection, journal, refusal.happened)
        return True
    return row.state == refusal.state


def settle(connection: Connection, bureau: str, drop_id: str, outcomes: list[Json]) -> bool:
    """Every row of a sheet is decided: what became of each, in order. The first such word stands.

    False, and nothing written, when the rows called filed are not those that are registered: decide again.
    """
    row = _locked(connection, bureau, drop_id)
    if row.outcome is not None:
        return True
    s = t.submissions.c
    registered = connection.scalars(sa.select(s.row).where(s.bureau == bureau, s.drop == drop_id))
    if set(registered) != {told["row"] for told in outcomes if told["outcome"] == "filed"}:
        return False
    named = {told["outcome"] for told in outcomes}
    state = next((s for s, of in (("returned", "returned"), ("registered", "filed")) if of in named), "duplicate")
    _set(connection, bureau, drop_id, {"state": state, "outcome": codec.canonical(outcomes)})
    return True


def conclude(connection: Connection, bureau: str, drop_id: str, outcome: Json, now: dt.datetime) -> None:
    """The drop's work is done. Again keeps the first outcome. Bug while anything is left to decide or to file."""
    row = _locked(connection, bureau, drop_id)
    if row.concluded_at is not None:
        return
    left = quick.value(connection, _unfiled, bureau=bureau, drop=drop_id)
    if row.state == "received" or left:
        raise Bug(f"{drop_id} 还没有办完（{row.state}，未归档文书 {left} 份）")
    told = {"concluded": rows.instant(now), "said": codec.canonical(outcome)}
    quick.run(connection, _concluded, {"bureau": bureau, "drop": drop_id, **told})


def _unfiled() -> sa.Select[Any]:
    d = t.documents.c
    query = sa.select(sa.func.count()).select_from(t.documents)
    return query.where(d.bureau == quick.here, d.work_drop == quick.named("drop"), d.path == "")


def _concluded() -> sa.Update:
    d = t.drops.c
    here = sa.update(t.drops).where(d.bureau == quick.here, d.id == quick.named("drop"))
    return here.values(concluded_at=quick.named("concluded"), outcome=quick.named("said"))


def _locked(connection: Connection, bureau: str, drop_id: str) -> rows.DropRow:
    for row in quick.ask(connection, _held, bureau=bureau, drop=drop_id):
        return rows.listed_drop(row)
    raise Bug(f"账册里没有收件 {drop_id}")


def _held() -> sa.Select[Any]:
    return _found().with_for_update()


def _set(connection: Connection, bureau: str, drop_id: str, values: dict[str, str]) -> None:
    d = t.drops.c
    connection.execute(sa.update(t.drops).where(d.bureau == bureau, d.id == drop_id).values(**values))
