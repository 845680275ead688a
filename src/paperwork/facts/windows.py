"""What runs out, and by when something must be done about it: `windows`, derived from 台账 by `[[reminder]]`.

One item for each thing that runs out (a licence, a duty, the year's report) with the last day to act; `due` shows
them. Only the column `state` follows the day. A date that needs a year without calendar is not there, and `unknown`
says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from paperwork import periods
from paperwork.facts.registry import Around, answer_of, derives_list, items_of
from paperwork.model import Choice, Count, Fact, Facts, FactType, Item, Reminder, Scalar, Value

_KINDS = (
    Choice("annual", "年报"),
    Choice("licence", "证照到期"),
    Choice("duty", "义务履行"),
    Choice("window", "业务办理期限"),
    Choice("cma", "检验检测机构资质认定证书延续"),
    Choice("abnormal", "经营异常名录"),
    Choice("other", "其他易疏忽事项"),
)
_WINDOW_STATES = (
    Choice("open", "未到期限"),
    Choice("missed", "已过办理期限"),
    Choice("expired", "已届满"),
    Choice("done", "已办理"),
    Choice("unknown", "不能确定"),
)


def columns(owner: str, states: tuple[Choice, ...], *columns: tuple[str, str, FactType]) -> dict[str, Fact]:
    """(short name, label, type) → the definitions of a derived list's columns."""
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
INPUTS = ("licences", "duties", "abnormal", "party.founded_on", "party.reported_year", "party.kind")


@dataclass(frozen=True)
class Window:
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


@derives_list("windows", "到期事项", *INPUTS, key=("of",), items=columns("windows", _WINDOW_STATES, *_WINDOW))
def _windows(facts: Facts, around: Around) -> Value | None:
    """domain/05 §5.4: the last day to act, a rest day moved earlier where the reminder says so."""
    return tuple(_window_item(window, around) for window in found(facts, around)) or None


def found(facts: Facts, around: Around) -> Iterator[Window]:
    """Everything that runs out, by every `[[reminder]]` of the policy."""
    for reminder in around.catalogue.reminders:
        if reminder.list:
            yield from _of_list(reminder, facts, around)
        elif reminder.yearly:
            yield from _of_years(reminder, facts, around)
        else:
            yield from _of_matter(reminder, facts, around)


def _of_list(reminder: Reminder, facts: Facts, around: Around) -> Iterator[Window]:
    key = around.catalogue.facts[reminder.list].key
    for item in items_of(facts, reminder.list):
        date = item.get(reminder.date)
        if not isinstance(date, dt.date) or not _fits(reminder, item):
            continue
        no = "/".join(_text(item.get(name, "")) for name in key)
        until = counted(date, reminder.term, 1, around).ends or date
        yield Window(
            reminder,
            f"{no}@{until.isoformat()}",
            _text(item.get(reminder.name, "")) or reminder.label,
            no,
            until,
            counted(until, reminder.apply, -1, around),
            bool(item.get(reminder.done)) if reminder.done else False,
            item,
        )


def _of_matter(reminder: Reminder, facts: Facts, around: Around) -> Iterator[Window]:
    """The one day that a fact of the matter names: the end of its 观察期."""
    date = answer_of(facts, reminder.date, dt.date)
    if date is None or not _fits(reminder, facts):
        return
    until = counted(date, reminder.term, 1, around).ends or date
    last, done = counted(until, reminder.apply, -1, around), bool(facts.get(reminder.done))
    yield Window(reminder, f"{reminder.id}@{until.isoformat()}", reminder.label, "", until, last, done, {})


def _of_years(reminder: Reminder, facts: Facts, around: Around) -> Iterator[Window]:
    """This year's and the next one's, beginning with the year after that of the fact `date`."""
    began = answer_of(facts, reminder.date, dt.date)
    if began is None or around.today is None or reminder.yearly is None or not _fits(reminder, facts):
        return
    reported = answer_of(facts, reminder.done, int) or 0
    for year in (around.today.year, around.today.year + 1):
        until = dt.date(year, *reminder.yearly)
        if year > began.year:
            of, last = f"{reminder.id}@{until.isoformat()}", counted(until, reminder.apply, -1, around)
            subject = f"{year - 1}{reminder.label}"
            yield Window(reminder, of, subject, "", until, last, reported >= year - 1, {}, str(year - 1))


def _fits(reminder: Reminder, answers: Mapping[str, object]) -> bool:
    if any(answers.get(name) not in wanted for name, wanted in reminder.where.items()):
        return False
    return not any(answers.get(name) in barred for name, barred in reminder.besides.items())


def counted(start: dt.date, count: Count, way: int, around: Around) -> periods.Deadline:
    """`count` on (way 1) or back (-1) from `start`."""
    if count.rest == "kept" and count.unit != "workdays":
        day = periods.counted(start, way * count.length, count.unit)
        return periods.Deadline(day, "", day)
    return periods.deadline(start, way * count.length, count.unit, "agency", around.catalogue.calendars)


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _window_state(window: Window, today: dt.date | None) -> str:
    if window.done:
        return "done"
    if today is None or (window.last.due is None and today <= window.until):
        return "unknown"
    if today > window.until:
        return "expired"
    return "missed" if window.last.due and today > window.last.due else "open"


def _window_item(window: Window, around: Around) -> Item:
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
