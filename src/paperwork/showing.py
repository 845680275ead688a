"""Answers as documents print them: dates, times, labels, money; items of a list, and a list as a group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from paperwork.model import Fact, Item, Json, Kind, Value, printed_date


def show(value: Value | None, fact: Fact | None) -> Json:
    """A value as documents print it: 2026年7月8日, 2026年7月8日15时10分, labels, 15000.00; flags stay flags."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, dt.datetime):
        return f"{printed_date(value.date())}{value.hour}时{value.minute}分"
    if isinstance(value, dt.date):
        return printed_date(value)
    if isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}" if fact and fact.type == "money" else str(value)
    if isinstance(value, str):
        return _label(value, fact)
    if value and isinstance(value[0], Mapping):
        return items_shown(tuple(i for i in value if isinstance(i, Mapping)), fact)
    return [_label(str(v), fact) for v in value]


def _label(code: str, fact: Fact | None) -> str:
    return next((choice.label for choice in fact.choices if choice.code == code), code) if fact else code


def items_shown(items: Iterable[Item], fact: Fact | None) -> list[dict[str, Json]]:
    """Items of a list, each answer as it is printed; what was answered 无 stays as nothing, for a stroke."""
    defs = fact.items if fact else {}
    return [{k: show(v, defs.get(k)) for k, v in item.items()} for item in items]


def item_at_hand(kind: Kind, items: Iterable[Item], key: tuple[str, ...], occurrence: str) -> dict[str, Item] | None:
    """{"talk": item} for a kind that is made per item of a list; None for any other kind."""
    name = kind.per.rpartition(".")[2].removesuffix("s")
    found = next((i for i in items if item_key(i, key) == occurrence), None)
    return {name: found} if found is not None else None


def item_key(item: Item, key: tuple[str, ...]) -> str:
    """The occurrence of what is made for one item of a list: its key, as documents bear it."""
    return "/".join(str(item.get(name, "")) for name in key)


def grouped(fact: Fact, value: Value) -> dict[str, Json]:
    """A list as a group too: `value` under the answer of its key, other columns behind it (`advice_yoy`)."""
    named = [(item_key(item, fact.key), item) for item in show(value, fact)]
    return {k if n == "value" else f"{k}_{n}": told for k, item in named for n, told in item.items()}
