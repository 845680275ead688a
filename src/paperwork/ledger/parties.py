"""What is known of a party besides the matter at hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from paperwork.ledger import quick
from paperwork.ledger import tables as t
from paperwork.ledger.look import waiting
from paperwork.model import History, Past


def history(connection: Connection, bureau: str, party_key: str, besides: str) -> History:
    """The party's earlier decisions and open cases in other matters than `besides`, and its version (0 = unknown)."""
    version = quick.value(connection, _party_version, bureau=bureau, party=party_key)
    if version is None:
        return History(party_key)
    decided = tuple(
        Past(row["matter"], row["measure"], dt.date.fromisoformat(row["decided_on"]), row["industry"], row["ground"])
        for row in quick.ask(connection, _decided, bureau=bureau, party=party_key, besides=besides)
    )
    harms = _harms(connection, bureau, party_key, besides)
    return History(party_key, version, decided, _open_cases(connection, bureau, party_key, besides), harms)


def _harms(connection: Connection, bureau: str, party_key: str, besides: str) -> tuple[tuple[str, str], ...]:
    """(matter, raised | confirmed) of the party's other matters, closed ones too."""
    found = quick.ask(connection, _harmful, bureau=bureau, party=party_key, besides=besides)
    return tuple((row["id"], row["harm"]) for row in found)


def _harmful() -> sa.Select[Any]:
    m = t.matters.c
    query = sa.select(m.id, m.harm).where(m.bureau == quick.here, m.party_key == quick.named("party"), m.harm != "")
    return query.where(m.id != quick.named("besides")).order_by(m.id)


def _party_version() -> sa.Select[Any]:
    p = t.parties.c
    return sa.select(p.version).where(p.bureau == quick.here, p.key == quick.named("party"))


def _decided() -> sa.Select[Any]:
    a, besides = t.past.c, quick.named("besides")
    query = sa.select(t.past).where(a.bureau == quick.here, a.party_key == quick.named("party"), a.matter != besides)
    return query.order_by(a.decided_on, a.matter, a.measure)


def _open_cases(connection: Connection, bureau: str, party_key: str, besides: str) -> tuple[tuple[str, str], ...]:
    """(matter, case key) of the party's open cases."""
    found = quick.ask(connection, _other_cases, bureau=bureau, party=party_key, besides=besides)
    return tuple((row["id"], row["case_key"]) for row in found)


def _other_cases() -> sa.Select[Any]:
    m = t.matters.c
    query = sa.select(m.id, m.case_key).where(m.bureau == quick.here, m.party_key == quick.named("party"))
    query = query.where(m.case_key != "", m.id != quick.named("besides"))
    return query.where(m.closed_on.is_(None), waiting()).order_by(m.id)
