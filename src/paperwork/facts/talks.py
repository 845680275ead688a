"""Derived facts of talks: announced at all, held on the planned day, ended on it, and what clues of a violation became.

A function answers None when nobody spoke of a talk: the fact is then unknown, never guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from paperwork.facts.procedure import issued
from paperwork.facts.registry import Around, derives, items_of
from paperwork.model import Facts, Item, Value

NOTICE = "D-04"


def _numbers(facts: Facts, holds: Callable[[Item], bool]) -> Value | None:
    """The ordinals of the talks that are so."""
    if "talks" not in facts:
        return None
    return tuple(str(item.get("no", "")) for item in items_of(facts, "talks") if holds(item))


def _day(item: Item, name: str) -> dt.date | None:
    value = item.get(name)
    return value.date() if isinstance(value, dt.datetime) else None


@derives("talks.unannounced", "没有通知就举行的约谈", "set", "talks")
def _unannounced(facts: Facts, around: Around) -> Value | None:
    """domain/03 D-04: held, and neither a notice was issued for it nor does the form say how else it was told."""
    noticed = {paper.occurrence for paper in issued(around, NOTICE)}
    return _numbers(
        facts, lambda talk: "held" in talk and not talk.get("told_by") and str(talk.get("no", "")) not in noticed
    )


@derives("talks.moved", "没有在计划的那一天举行的约谈", "set", "talks")
def _moved(facts: Facts, around: Around) -> Value | None:
    return _numbers(facts, lambda talk: _differ(_day(talk, "when"), _day(talk, "start")))


@derives("talks.overnight", "没有在当天结束的约谈", "set", "talks")
def _overnight(facts: Facts, around: Around) -> Value | None:
    return _numbers(facts, lambda talk: _differ(_day(talk, "start"), _day(talk, "end")))


def _differ(one: dt.date | None, other: dt.date | None) -> bool:
    return one is not None and other is not None and one != other


@derives("talks.clues_open", "发现违法线索而没有登记案源的约谈", "set", "talks")
def _clues(facts: Facts, around: Around) -> Value | None:
    """domain/02 §2.3: a talk in which a violation appears is no end of it; a case is itself what follows."""
    if facts.get("case.filed_on"):
        return ()
    held_with_clue = ("violation_clue", True), ("held", True)
    return _numbers(
        facts, lambda talk: not talk.get("clue_lead") and all(talk.get(name) is yes for name, yes in held_with_clue)
    )
