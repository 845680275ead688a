"""Derived facts of who may act: recusals that were decided, handlers who were changed (行政处罚法 art 43)."""

from __future__ import annotations

import datetime as dt

from paperwork.facts.registry import Around, derives, items_of
from paperwork.model import Facts, Value


@derives("recusals.wrongly_decided", "不是由负责人决定的回避", "set", "recusals")
def _wrongly(facts: Facts, around: Around) -> Value | None:
    """Art 43 para 3: the head of the organ decides, or who stands in for the head on that day."""
    if "recusals" not in facts:
        return None
    found = []
    for item in items_of(facts, "recusals"):
        who, on = item.get("decided_by"), item.get("decided_on")
        if who and isinstance(on, dt.date) and who not in _heads(around, on):
            found.append(str(who))
    return tuple(dict.fromkeys(found))


def _heads(around: Around, on: dt.date) -> set[str]:
    roles = around.catalogue.roles
    return {r.person for r in roles if r.step == "chief" and r.since <= on and (r.until is None or on <= r.until)}


@derives("recusals.still_acting", "已经回避而仍在办理的人", "set", "recusals", "officers", "approvals")
def _still_acting(facts: Facts, around: Around) -> Value | None:
    """Art 43 para 1: among the officers of the case, or approving it after the day of the decision."""
    if "recusals" not in facts:
        return None
    since = {
        str(i["person"]): on
        for i in items_of(facts, "recusals")
        if i.get("granted") is True and i.get("person") and isinstance(on := i.get("decided_on"), dt.date)
    }
    acting = {str(i.get("name")) for i in items_of(facts, "officers")}
    for item in items_of(facts, "approvals"):
        person, on = str(item.get("person")), item.get("on")
        if person in since and isinstance(on, dt.date) and on >= since[person]:
            acting.add(person)
    return tuple(person for person in since if person in acting)


@derives("handlers.left_in", "已变更而仍列名的承办人", "set", "handler_changes", "officers")
def _left_in(facts: Facts, around: Around) -> Value | None:
    """Who was replaced and not put back later."""
    if "handler_changes" not in facts:
        return None
    standing: dict[str, bool] = {}
    for item in sorted(items_of(facts, "handler_changes"), key=lambda i: str(i.get("on"))):
        standing[str(item.get("from"))], standing[str(item.get("to"))] = False, True
    named = [str(i.get("name")) for i in items_of(facts, "officers")]
    return tuple(name for name in named if standing.get(name) is False)
