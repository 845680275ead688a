"""Derived facts of the office's papers: what the party agreed to, how long the public was asked.

A function answers None when its inputs do not suffice: the fact is then unknown, never guessed.
"""

from __future__ import annotations

import datetime as dt

from paperwork.facts.registry import Around, derives, items_of
from paperwork.model import Facts, Item, Value


@derives("service.electronic_agreed", "是否签订电子送达确认书", "flag", "confirmations")
def _electronic(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 61 para 2: whether the party has agreed, by its latest confirmation."""
    last = max(items_of(facts, "confirmations"), key=_day, default=None)
    return last is not None and last.get("electronic") is True


def _day(item: Item) -> tuple[dt.date, str]:
    """The day of a confirmation, and of several on one day the highest ordinal."""
    on = item.get("on")
    return (on if isinstance(on, dt.date) else dt.date.min, f"{item.get('no', 0):>9}")
