"""Derived facts of who may act: recusals that were decided, handlers who were changed (行政处罚法 art 43)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from paperwork.facts.registry import Around, answer_of, derives, derives_list, items_of
from paperwork.model import Fact, Facts, Item, Value

_RECORDS = ("inspections", "questionings")


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


# ── who was there ─────────────────────────────────────────────────────────────────────────────────────

_CARD = {
    "name": Fact("investigators.name", "姓名", "text", derived=True),
    "cert_no": Fact("investigators.cert_no", "执法证号", "text", derived=True),
}


@derives_list("investigators", "检查、询问的执法人员", *_RECORDS, "handler_changes", key=("cert_no",), items=_CARD)
def _investigators(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 arts 42, 55: who inspected and asked, by the records of those days, each with the card of that day.

    Without a record: the officers of the case before the changes that came after the inspection. None where nothing
    tells them from the officers of today.
    """
    there = tuple(_recorded(facts)) or tuple(_before_changes(facts))
    return tuple({"name": name, **_card(facts, around, name, on)} for name, on in dict(there).items()) or None


def _recorded(facts: Facts) -> Iterator[tuple[str, dt.date | None]]:
    for record in _RECORDS:
        for item in items_of(facts, record):
            by = item.get("by")
            yield from ((str(name), _day(item)) for name in (by if isinstance(by, tuple) else ()))


def _day(item: Item) -> dt.date | None:
    start = item.get("start")
    return start.date() if isinstance(start, dt.datetime) else None


def _before_changes(facts: Facts) -> Iterator[tuple[str, dt.date | None]]:
    """The officers as they were on the day of the inspection: the later changes taken back, the last one first."""
    day = answer_of(facts, "fact.time", dt.date)
    dated = ((on, i) for i in items_of(facts, "handler_changes") if isinstance(on := i.get("on"), dt.date))
    later = [item for on, item in sorted(dated, key=lambda one: one[0]) if day and on > day]
    names = [str(i.get("name")) for i in items_of(facts, "officers")]
    for change in reversed(later):
        names = [str(change.get("from")) if name == change.get("to") else name for name in names]
    if later:
        yield from ((name, day) for name in names)


def _card(facts: Facts, around: Around, name: str, on: dt.date | None) -> dict[str, str]:
    """The card that was valid on that day, else the one that the form gives; without one no paper is made."""
    known = (o.cert_no for o in around.catalogue.officers if o.name == name and on and o.valid_from <= on <= o.valid_to)
    told = (str(i["cert_no"]) for i in items_of(facts, "officers") if i.get("name") == name and i.get("cert_no"))
    card = next(known, "") or next(told, "")
    return {"cert_no": card} if card else {}


@derives("recusals.to_review", "回避以前参与调查的人", "set", "recusals", *_RECORDS, "handler_changes")
def _to_review(facts: Facts, around: Around) -> Value | None:
    """Art 43: the investigation goes on until the recusal is decided; what was gathered by then wants another look."""
    if "recusals" not in facts:
        return None
    took_part = {name for names in (_recorded(facts), _before_changes(facts)) for name, _ in names}
    gone = (str(i.get("person")) for i in items_of(facts, "recusals") if i.get("granted") is True)
    return tuple(name for name in dict.fromkeys(gone) if name in took_part)
