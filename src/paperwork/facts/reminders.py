"""What runs out, by when something must be done, and on which days to remind: derived from 台账 by `[[reminder]]`.

Two lists. `windows` has one item for each thing that runs out (a licence, a duty, the year's report) with the last
day to act; `due` shows them. `reminders` has one item for each step of each (`no@expiry/T-90`); the one whose day has
come, and which no later step has taken over, is `current`. Only the column `state` follows the day: what a paper prints
of an item never changes with it. A date that needs a year without calendar is not there, and `unknown` says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from paperwork import periods
from paperwork.facts.registry import Around, Moment, answer_of, derives_list, items_of, tells_when
from paperwork.model import Choice, Count, Fact, Facts, FactType, Item, Reminder, Scalar, Value, printed_date

MOST_SMS = 70  # characters of one text message

_KINDS = (
    Choice("annual", "年报"),
    Choice("licence", "证照到期"),
    Choice("duty", "义务履行"),
    Choice("window", "业务办理期限"),
    Choice("cma", "检验检测机构资质认定证书延续"),
    Choice("abnormal", "经营异常名录"),
    Choice("other", "其他易疏忽事项"),
)
_STATES = (
    Choice("coming", "未到"),
    Choice("current", "当前"),
    Choice("passed", "已过"),
    Choice("done", "已办理"),
    Choice("unknown", "不能确定"),
)
_TAKEN = ("issuer", "basis", "how_to", "listed_by", "listed_on", "reason")
"""Columns of the lists that the papers print beside; each list has some of them."""


_WINDOW_STATES = (
    Choice("open", "未到期限"),
    Choice("missed", "已过办理期限"),
    Choice("expired", "已届满"),
    Choice("done", "已办理"),
    Choice("unknown", "不能确定"),
)


def _columns(owner: str, states: tuple[Choice, ...], *columns: tuple[str, str, FactType]) -> dict[str, Fact]:
    choices = {"kind": _KINDS, "state": states}
    return {
        short: Fact(f"{owner}.{short}", label, type_, choices.get(short, ()), derived=True)
        for short, label, type_ in columns
    }


_WINDOW: tuple[tuple[str, str, FactType], ...] = (
    ("of", "所指", "text"),
    ("kind", "提示种类", "choice"),
    ("subject", "名称", "text"),
    ("no", "编号", "text"),
    ("state", "状态", "choice"),
    ("what", "应办事项", "text"),
    ("issuer", "发证机关", "text"),
    ("tell", "应当告知的机关", "text"),
    ("until", "届满日期", "date"),
    ("last_day", "最迟办理日期", "date"),
    ("done", "是否已经办理", "flag"),
    ("done_on", "办理日期", "date"),
    ("unknown", "不能确定的原因", "text"),
)
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
_INPUTS = ("licences", "duties", "abnormal", "party.founded_on", "party.reported_year", "party.kind")


@dataclass(frozen=True)
class _Window:
    """One thing that runs out."""

    reminder: Reminder
    of: str
    subject: str
    no: str
    until: dt.date
    last: periods.Deadline
    done: bool
    item: Item  # the row that it comes from; of the matter itself, none
    year: str = ""

    @property
    def counted(self) -> dt.date | None:
        """The law's own last day, from which the steps are counted back."""
        return self.last.ends


@derives_list("windows", "到期事项", *_INPUTS, key=("of",), items=_columns("windows", _WINDOW_STATES, *_WINDOW))
def _windows(facts: Facts, around: Around) -> Value | None:
    """domain/05 §5.4: the last day to act, a rest day moved earlier where the reminder says so."""
    return tuple(_window_item(window, around) for window in _found(facts, around)) or None


@derives_list("reminders", "提示", *_INPUTS, key=("of", "step"), items=_columns("reminders", _STATES, *_REMINDER))
def _reminders(facts: Facts, around: Around) -> Value | None:
    """domain/01 K-02, S15: counted back from the last day to act; after a pause only the current step is taken."""
    if around.today is None:
        return None
    return tuple(item for window in _found(facts, around) for item in _steps(window, around)) or None


@tells_when
def _moments(facts: Facts, around: Around) -> Iterator[Moment]:
    for window in _found(facts, around):
        if window.done:
            continue
        missing = [window.last, *(day for _, day in _days(window, around))]
        yield from (day.due for day in missing[1:] if day.due)
        if window.reminder.apply.length or window.reminder.tell:  # the day after is another state, which rules ask for
            yield from (day + dt.timedelta(days=1) for day in (window.last.due, window.until) if day)
        yield from (day.waits_for for day in missing if day.waits_for)


# ── windows ───────────────────────────────────────────────────────────────────────────────────────────


def _found(facts: Facts, around: Around) -> Iterator[_Window]:
    for reminder in around.catalogue.reminders:
        yield from _of_list(reminder, facts, around) if reminder.list else _of_years(reminder, facts, around)


def _of_list(reminder: Reminder, facts: Facts, around: Around) -> Iterator[_Window]:
    key = around.catalogue.facts[reminder.list].key
    for item in items_of(facts, reminder.list):
        date = item.get(reminder.date)
        if not isinstance(date, dt.date) or not _fits(reminder, item):
            continue
        no = "/".join(_text(item.get(name, "")) for name in key)
        until = _counted(date, reminder.term, 1, around).ends or date
        yield _Window(
            reminder,
            f"{no}@{until.isoformat()}",
            _text(item.get(reminder.name, "")) or reminder.label,
            no,
            until,
            _counted(until, reminder.apply, -1, around),
            bool(item.get(reminder.done)) if reminder.done else False,
            item,
        )


def _of_years(reminder: Reminder, facts: Facts, around: Around) -> Iterator[_Window]:
    """This year's and the next one's, beginning with the year after that of the fact `date`."""
    began = answer_of(facts, reminder.date, dt.date)
    if began is None or around.today is None or reminder.yearly is None or not _fits(reminder, facts):
        return
    reported = answer_of(facts, reminder.done, int) or 0
    for year in (around.today.year, around.today.year + 1):
        until = dt.date(year, *reminder.yearly)
        if year > began.year:
            of, last = f"{reminder.id}@{until.isoformat()}", _counted(until, reminder.apply, -1, around)
            subject = f"{year - 1}{reminder.label}"
            yield _Window(reminder, of, subject, "", until, last, reported >= year - 1, {}, str(year - 1))


def _fits(reminder: Reminder, answers: Mapping[str, object]) -> bool:
    if any(answers.get(name) not in wanted for name, wanted in reminder.where.items()):
        return False
    return not any(answers.get(name) in barred for name, barred in reminder.besides.items())


def _counted(start: dt.date, count: Count, way: int, around: Around) -> periods.Deadline:
    """`count` on (way 1) or back (-1) from `start`."""
    if count.rest == "kept" and count.unit != "workdays":
        day = periods.counted(start, way * count.length, count.unit)
        return periods.Deadline(day, "", day)
    return periods.deadline(start, way * count.length, count.unit, "agency", around.catalogue.calendars)


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _window_state(window: _Window, today: dt.date | None) -> str:
    if window.done:
        return "done"
    if today is None or (window.last.due is None and today <= window.until):
        return "unknown"
    if today > window.until:
        return "expired"
    return "missed" if window.last.due and today > window.last.due else "open"


def _window_item(window: _Window, around: Around) -> Item:
    done_on = window.item.get(window.reminder.done)
    item: dict[str, Scalar | None] = {
        "of": window.of,
        "kind": window.reminder.kind,
        "state": _window_state(window, around.today),
        "subject": window.subject,
        "no": window.no,
        "what": window.reminder.what,
        "issuer": window.item.get("issuer"),
        "tell": window.reminder.tell,
        "until": window.until,
        "last_day": window.last.due,
        "done": window.done,
        "done_on": done_on if isinstance(done_on, dt.date) else None,
        "unknown": window.last.unknown,
    }
    return {name: value for name, value in item.items() if value not in (None, "")}


# ── steps ─────────────────────────────────────────────────────────────────────────────────────────────


def _days(window: _Window, around: Around) -> list[tuple[int, periods.Deadline]]:
    """Each step with its day; unknown while the last day to act itself cannot be told."""
    steps, base = window.reminder.steps, window.counted
    if base is None:
        return [(step, periods.Deadline(None, window.last.unknown, None)) for step in steps]
    return [(step, _counted(base, replace(window.reminder.step, length=step), -1, around)) for step in steps]


def _steps(window: _Window, around: Around) -> Iterator[Item]:
    days = _days(window, around)
    assert around.today is not None
    come = [step for step, day in days if day.due and day.due <= around.today]
    for step, day in days:
        state = _state(window, step, (day, come), around.today)
        yield {**_taken(window, around), **_reminder_item(window, step, day, state)}


def _state(window: _Window, step: int, at: tuple[periods.Deadline, list[int]], today: dt.date) -> str:
    day, come = at
    if window.done:
        return "done"
    if day.due is None or window.last.due is None:
        return "unknown"
    if day.due > today:
        return "coming"
    return "current" if step == come[-1] and today <= window.last.due else "passed"


def _reminder_item(window: _Window, step: int, day: periods.Deadline, state: str) -> Item:
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


def _taken(window: _Window, around: Around) -> Item:
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


def _sms(window: _Window) -> str:
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
