"""Working days, 民法典 counting, deadlines. A year without a calendar is never guessed.

The first day is not counted (民法典 art 201). A month or year ends on the corresponding day, else on the month's last
(art 202). Where the last day is a rest day, a right of the party runs on to the next workday (art 203); a duty of the
agency does not: it is shown as the last workday before, which is never too late.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from paperwork.model import Calendar

Calendars = Mapping[int, Calendar]
Unit = Literal["days", "workdays", "months", "years"]
Side = Literal["agency", "party"]

_DAY = dt.timedelta(days=1)


class MissingCalendar(ValueError):
    """A working day was asked of a year whose calendar is not on file. `year` names it."""

    def __init__(self, year: int) -> None:
        super().__init__(f"缺少{year}年工作日历（templates/calendar/{year}.toml）")
        self.year = year


@dataclass(frozen=True)
class Deadline:
    """The last day to act: `due`, or None with the reason in `unknown`.

    `ends` is the law's own last day before a rest day moves it; None where only a calendar could tell.
    """

    due: dt.date | None
    unknown: str = ""
    ends: dt.date | None = None
    waits_for: int = 0  # the year whose calendar is missing


# ── working days ──────────────────────────────────────────────────────────────────────────────────────


def is_workday(day: dt.date, calendars: Calendars) -> bool:
    """Whether offices work that day by the State Council's notice for its year. Raises MissingCalendar."""
    year = calendars.get(day.year)
    if year is None:
        raise MissingCalendar(day.year)
    if day in year.rest:
        return False
    return day in year.work or day.weekday() < 5


def next_workday(day: dt.date, calendars: Calendars) -> dt.date:
    """`day` itself if it is a workday, else the first one after it. Raises MissingCalendar."""
    while not is_workday(day, calendars):
        day += _DAY
    return day


def last_workday(day: dt.date, calendars: Calendars) -> dt.date:
    """`day` itself if it is a workday, else the last one before it. Raises MissingCalendar."""
    while not is_workday(day, calendars):
        day -= _DAY
    return day


def add_workdays(start: dt.date, n: int, calendars: Calendars) -> dt.date:
    """The n-th workday after `start`, which is not counted; before it for negative n; `start` for 0.

    行政处罚法 art 85, 行政强制法 art 69, 行政复议法 art 88. Raises MissingCalendar.
    """
    step = _DAY if n > 0 else -_DAY
    day, left = start, abs(n)
    while left:
        day += step
        left -= is_workday(day, calendars)
    return day


def workdays_between(start: dt.date, end: dt.date, calendars: Calendars) -> int:
    """How many workdays lie after `start` up to and with `end`; negative if `end` is earlier.

    Raises MissingCalendar.
    """
    if end < start:
        return -workdays_between(end, start, calendars)
    days = ((start + _DAY * i) for i in range(1, (end - start).days + 1))
    return sum(is_workday(day, calendars) for day in days)


# ── natural days, months, years ───────────────────────────────────────────────────────────────────────


def add_days(start: dt.date, n: int) -> dt.date:
    """The last of n natural days, `start` not counted (民法典 art 201); backwards for negative n."""
    return start + _DAY * n


def add_months(start: dt.date, n: int) -> dt.date:
    """The corresponding day n months on, or that month's last day (民法典 art 202); backwards for negative n."""
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(start.day, last))


def add_years(start: dt.date, n: int) -> dt.date:
    """The corresponding day n years on; 29 February ends on the 28th of a common year (民法典 art 202)."""
    return add_months(start, 12 * n)


# ── deadlines ─────────────────────────────────────────────────────────────────────────────────────────


def deadline(start: dt.date, length: int, unit: Unit, side: Side, calendars: Calendars) -> Deadline:
    """The last day to act within `length` units of `start`; with negative length, the last day to act before it.

    Forward, a right of the party whose period ends on a rest day runs to the next workday, a duty of the agency is
    shown as the workday before (domain rule: duties never roll forward). Backward, whoever acts must be in time, so
    both are shown as the workday before. A short duty that begins and ends within one holiday is due on its last
    day, rest day or not: the workday before would lie before its start. A length of nothing is a day that somebody
    named (the end of a seizure): it did not begin then, and is shown as any other last day. A date that needs a year
    without calendar is `due=None`, also on a plain weekday: it might be a holiday.
    """
    ends = None if unit == "workdays" else counted(start, length, unit)
    try:
        day = add_workdays(start, length, calendars) if ends is None else ends
        onward = side == "party" and length >= 0
        due = next_workday(day, calendars) if onward else last_workday(day, calendars)
        if length > 0 and due <= start:
            due = day
    except MissingCalendar as missing:
        return Deadline(None, str(missing), ends, missing.year)
    return Deadline(due, "", day)


def counted(start: dt.date, length: int, unit: Literal["days", "months", "years"]) -> dt.date:
    """The law's own last day, before any rest day moves it (民法典 arts 201, 202); backwards for negative length."""
    if unit == "days":
        return add_days(start, length)
    if unit == "months":
        return add_months(start, length)
    return add_years(start, length)
