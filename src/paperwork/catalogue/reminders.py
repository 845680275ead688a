"""policy/: `[[reminder]]`, what runs out, by when something must be done, and on which days to remind of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal

from paperwork.catalogue.naming import DATES, Names, citations_of, clauses_of
from paperwork.catalogue.sheets import Table, meant
from paperwork.model import Count, Fact, Reminder, Yearly

_UNITS: tuple[Literal["days", "workdays", "months", "years"], ...] = ("days", "workdays", "months", "years")
_RESTS: tuple[Literal["before", "kept"], ...] = ("before", "kept")
_HOLE = re.compile(r"\{([^{}]*)\}")
_YEARLY = re.compile(r"(\d\d)-(\d\d)")


def read_reminder(table: Table, names: Names) -> Reminder:
    """One `[[reminder]]`. Columns are named in short, facts in full."""
    listed = table.text("list", "")
    columns = _columns(table, listed, names)
    reminders = names.facts["reminders"]
    reminder = Reminder(
        id=table.text("id"),
        label=table.text("label"),
        kind=_choice(table, "kind", reminders.items["kind"]),
        what=table.text("what"),
        list=listed,
        date=_named(table, "date", columns, DATES),
        name=_named(table, "name", columns, ("text",), must=False) if listed else "",
        yearly=_yearly(table, bool(listed)),
        where=_answers(table, "where", columns),
        besides=_answers(table, "besides", columns),
        term=_count(table, "term"),
        apply=_count(table, "apply"),
        steps=_steps(table),
        step=_count(table, "step", length=False),
        done=_named(table, "done", columns, ("integer",) if "yearly" in table.data else DATES, must=False),
        tell=table.text("tell", ""),
        sms=table.text("sms", ""),
        basis=citations_of(table, "basis", names),
        clauses=clauses_of(table, names),
    )
    for hole in _HOLE.findall(reminder.sms):
        if hole not in reminders.items:
            table.wrong("P-FACT-UNKNOWN", "sms", f"短信中没有「{hole}」这一项", meant(hole, reminders.items))
    table.close()
    return reminder


def _columns(table: Table, listed: str, names: Names) -> Mapping[str, Fact]:
    """What the reminder may name: the columns of its list, or all facts."""
    fact = names.facts.get(listed)
    if not listed:
        return names.facts
    if fact is None or fact.type != "list" or fact.derived:
        lists = [f.name for f in names.facts.values() if f.type == "list" and not f.derived]
        table.wrong("P-FACT-UNKNOWN", "list", f"没有「{listed}」这个列表", meant(listed, lists))
        return {}
    return fact.items


def _named(table: Table, key: str, columns: Mapping[str, Fact], types: tuple[str, ...], must: bool = True) -> str:
    name = table.text(key) if must else table.text(key, "")
    if name and columns and name not in columns:
        table.wrong("P-FACT-UNKNOWN", key, f"没有「{name}」这一项", meant(name, columns))
    elif name and columns and columns[name].type not in types:
        what = f"「{name}」的类型是 {columns[name].type}"
        table.wrong("P-FACT-TYPE", key, what, f"此处应当是：{'、'.join(types)}")
    return name


def _choice(table: Table, key: str, fact: Fact) -> str:
    name, codes = table.text(key), [choice.code for choice in fact.choices]
    if name and name not in codes:
        table.wrong("P-VALUE", key, f"「{key}」不能写「{name}」", meant(name, codes))
    return name


def _yearly(table: Table, listed: bool) -> tuple[int, int] | None:
    text = table.text("yearly", "")
    if listed and text:
        table.wrong("P-VALUE", "yearly", "列表的提示不能写「yearly」", "列表写 list 和 date；每年的写 yearly")
    day = _month_day(text)
    if text and day is None:
        table.wrong("P-VALUE", "yearly", f"「{text}」不是月日", '写成 yearly = "06-30"')
    return (day.month, day.day) if day else None


def read_yearly(table: Table, names: Names) -> Yearly:
    """One [[yearly]]: the day, month first, of the year after."""
    text = table.text("day")
    day = _month_day(text)
    if day is None:
        table.wrong("P-VALUE", "day", f"「{text}」不是月日", '写成 day = "01-31"')
    owed = Yearly(
        id=table.text("id"),
        what=table.text("what"),
        month=day.month if day else 1,
        day=day.day if day else 1,
        year=_named(table, "year", names.facts, ("text",)),
        done=_named(table, "done", names.facts, DATES),
    )
    table.close()
    return owed


def _month_day(text: str) -> dt.date | None:
    found = _YEARLY.fullmatch(text)
    try:
        return dt.date(2023, int(found[1]), int(found[2])) if found else None  # a common year: 29 February comes seldom
    except ValueError:
        return None


def _answers(table: Table, key: str, columns: Mapping[str, Fact]) -> Mapping[str, tuple[str, ...]]:
    """{column → answers}: `where = { category = ["cma"] }`."""
    wanted = table.mapping(key)
    found: dict[str, tuple[str, ...]] = {}
    for name in wanted.data:
        found[name] = wanted.words(name)
        if columns and name not in columns:
            wanted.wrong("P-FACT-UNKNOWN", name, f"没有「{name}」这一项", meant(name, columns))
            continue
        codes = [choice.code for choice in columns[name].choices] if columns else []
        for answer in found[name]:
            if codes and answer not in codes:
                wanted.wrong("P-VALUE", name, f"没有「{answer}」这个选项", meant(answer, codes))
    wanted.close()
    return found


def _count(table: Table, key: str, length: bool = True) -> Count:
    entry = table.mapping(key)
    count = Count(
        length=entry.integer("length", 0) if length else 0,
        unit=entry.one_of("unit", _UNITS, "days"),
        rest=entry.one_of("rest", _RESTS, "kept"),
    )
    entry.close()
    return count


def _steps(table: Table) -> tuple[int, ...]:
    """Whole numbers, the earliest day (the largest number) first."""
    steps = table.array("steps")
    whole = [step for step in steps if type(step) is int and step >= 0]
    if len(whole) != len(steps) or not whole or sorted(set(whole), reverse=True) != whole:
        table.wrong("P-VALUE", "steps", "「steps」应当是从大到小的整数", "例如 steps = [90, 60, 30]")
    return tuple(whole)
