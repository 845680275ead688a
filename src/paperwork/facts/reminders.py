"""On which days to remind of what runs out: `reminders`, one item for each step of each window (`no@expiry/T-90`).

The step whose day has come, and which no later one has taken over, is `current`. Only the column `state` follows the
day: what a paper prints of an item never changes with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from paperwork import periods
from paperwork.facts.registry import Around, Moment, derives_list, tells_when
from paperwork.facts.windows import INPUTS, Window, columns, counted, found
from paperwork.model import Choice, Facts, FactType, Item, Scalar, Value, printed_date

MOST_SMS = 70  # characters of one text message

_STATES = (
    Choice("coming", "未到"),
    Choice("current", "当前"),
    Choice("passed", "已过"),
    Choice("done", "已办理"),
    Choice("unknown", "不能确定"),
)
_TAKEN = ("issuer", "basis", "how_to", "listed_by", "listed_on", "reason")
"""Columns of the lists that the papers print beside; each list has some of them."""

_REMINDER: tuple[tuple[str, str, FactType], ...] = (
    ("of", "所指", "text"),
    ("step", "第几次", "text"),
    ("kind", "提示种类", "choice"),
    ("state", "状态", "choice"),
    ("subject", "名称", "text"),
    ("no", "编号", "text"),
    ("what", "应办事项", "text"),
    ("until", "届满日期", "date"),
    ("last_day", "最迟办理日期", "date"),
    ("on", "提示日期", "date"),
    ("year", "年度", "text"),
    ("issuer", "发证机关", "text"),
    ("basis", "依据", "text"),
    ("how_to", "办理方法", "text"),
    ("listed_by", "列入机关", "text"),
    ("listed_on", "列入日期", "date"),
    ("reason", "列入原因", "text"),
    ("sms", "短信", "text"),
    ("unknown", "不能确定的原因", "text"),
)


@derives_list("reminders", "提示", *INPUTS, key=("of", "step"), items=columns("reminders", _STATES, *_REMINDER))
def _reminders(facts: Facts, around: Around) -> Value | None:
    """domain/01 K-02, S15: counted back from the last day to act; after a pause only the current step is taken."""
    if around.today is None:
        return None
    return tuple(item for window in found(facts, around) for item in _steps(window, around)) or None


@tells_when
def _moments(facts: Facts, around: Around) -> Iterator[Moment]:
    for window in found(facts, around):
        if window.done:
            continue
        missing = [window.last, *(day for _, day in _days(window, around))]
        yield from (day.due for day in missing[1:] if day.due)
        if window.reminder.apply.length or window.reminder.tell:  # the day after is another state, which rules ask for
            yield from (day + dt.timedelta(days=1) for day in (window.last.due, window.until) if day)
        yield from (day.waits_for for day in missing if day.waits_for)


# ── steps ─────────────────────────────────────────────────────────────────────────────────────────────


def _days(window: Window, around: Around) -> list[tuple[int, periods.Deadline]]:
    """Each step with its day; unknown while the last day to act itself cannot be told."""
    steps, base = window.reminder.steps, window.counted
    if base is None:
        return [(step, periods.Deadline(None, window.last.unknown, None)) for step in steps]
    return [(step, counted(base, replace(window.reminder.step, length=step), -1, around)) for step in steps]


def _steps(window: Window, around: Around) -> Iterator[Item]:
    days = _days(window, around)
    assert around.today is not None
    come = [step for step, day in days if day.due and day.due <= around.today]
    for step, day in days:
        state = _state(window, step, (day, come), around.today)
        yield {**_taken(window, around), **_reminder_item(window, step, day, state)}


def _state(window: Window, step: int, at: tuple[periods.Deadline, list[int]], today: dt.date) -> str:
    day, come = at
    if window.done:
        return "done"
    if day.due is None or window.last.due is None:
        return "unknown"
    if day.due > today:
        return "coming"
    return "current" if step == come[-1] and today <= window.last.due else "passed"


def _reminder_item(window: Window, step: int, day: periods.Deadline, state: str) -> Item:
    item: dict[str, Scalar | None] = {
        "of": window.of,
        "step": f"T-{step}",
        "kind": window.reminder.kind,
        "state": state,
        "subject": window.subject,
        "no": window.no,
        "what": window.reminder.what,
        "until": window.until,
        "last_day": window.last.due,
        "on": day.due,
        "year": window.year,
        "sms": _sms(window),
        "unknown": day.unknown or window.last.unknown,
    }
    return {name: value for name, value in item.items() if value not in (None, "")}


def _taken(window: Window, around: Around) -> Item:
    """What the row says besides, with the labels of its choices: the columns of a reminder are plain text."""
    if not window.item:
        return {}
    columns = around.catalogue.facts[window.reminder.list].items
    found: dict[str, Scalar] = {}
    for name in _TAKEN:
        value = window.item.get(name, "")
        if name in columns and value != "":
            found[name] = {c.code: c.label for c in columns[name].choices}.get(str(value), "") or value
    return found


def _sms(window: Window) -> str:
    """The text message; a long name is cut so that all of it fits into one."""
    if not window.reminder.sms or window.last.due is None:
        return ""
    holes = {"no": window.no, "until": printed_date(window.until), "last_day": printed_date(window.last.due)}
    holes |= {"what": window.reminder.what, "year": window.year}
    text = _filled(window.reminder.sms, {**holes, "subject": window.subject})
    if len(text) > MOST_SMS:
        kept = max(len(window.subject) - (len(text) - MOST_SMS) - 1, 0)
        text = _filled(window.reminder.sms, {**holes, "subject": f"{window.subject[:kept]}…"})
    return text[:MOST_SMS]


def _filled(text: str, holes: Mapping[str, str]) -> str:
    for name, value in holes.items():
        text = text.replace(f"{{{name}}}", value)
    return text
