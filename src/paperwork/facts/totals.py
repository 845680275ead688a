"""Derived facts of a report: whether the tables of its months add up to the figures that its sentences print."""

from __future__ import annotations

from collections.abc import Iterator

from paperwork.facts.registry import Around, derives, items_of
from paperwork.model import Facts, Item, Value

_SUM = "合计"


@derives("report.disagreeing", "分月合计与总数不符的指标", "set", "report.figures", "report.months")
def _disagreeing(facts: Facts, around: Around) -> Value | None:
    """domain/09 V24: a quarter's figure that its months do not add up to is no report. Ratios and 户 are not summed."""
    if "report.figures" not in facts or "report.months" not in facts:
        return None
    return tuple(_found(facts, around))


def _found(facts: Facts, around: Around) -> Iterator[str]:
    told = {str(item.get("figure")): item for item in items_of(facts, "report.figures")}
    months = [item for item in items_of(facts, "report.months") if item.get("month") != _SUM]
    for figure in around.catalogue.figures.values():
        whole, parts = _number(told.get(figure.key, {}), "value"), [_number(row, figure.key) for row in months]
        known = [part for part in parts if part is not None]
        if figure.column and whole is not None and known and len(known) == len(parts) and sum(known) != whole:
            yield f"{figure.name}（总数{whole}，分月合计{sum(known)}）"


def _number(item: Item, name: str) -> int | None:
    """A count; None for 「—」 and for what is no count."""
    digits = str(item.get(name, "")).replace(",", "")
    return int(digits) if digits.isdecimal() else None
