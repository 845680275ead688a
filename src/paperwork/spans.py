"""Periods of reports: a month, a quarter, half a year, a year, or any run of days; the one before, and a year ago.

PERIOD is `2026Q3`, `2026H1`, `2026-09`, `2026` or `2026-07-01..2026-09-30` (DESIGN §6); people may also write
2026年第三季度, 2026年上半年, 2026年9月, 2026年.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

_DAY = dt.timedelta(days=1)
_ORDINALS = "一二三四"
_WORDS = (
    (re.compile(r"(\d{4})年?第?([一二三四1-4])季度"), lambda m: f"{m[1]}Q{_ordinal(m[2])}"),
    (re.compile(r"(\d{4})年?([上下])半年(?:度)?"), lambda m: f"{m[1]}H{'上下'.index(m[2]) + 1}"),
    (re.compile(r"(\d{4})年(\d{1,2})月份?"), lambda m: f"{m[1]}-{int(m[2]):02d}"),
    (re.compile(r"(\d{4})年度?"), lambda m: m[1]),
)


@dataclass(frozen=True)
class Span:
    """A period. `code` is its canonical text; both days belong to it."""

    code: str
    since: dt.date
    until: dt.date

    @property
    def label(self) -> str:
        """As people call it: 2026年第三季度, 2026年上半年, 2026年9月, 2026年, 2026年7月1日至2026年7月9日."""
        year, part = self.code[:4], self.code[4:]
        if part.startswith("Q"):
            return f"{year}年第{_ORDINALS[int(part[1]) - 1]}季度"
        if part.startswith("H"):
            return f"{year}年{'上下'[int(part[1]) - 1]}半年"
        if ".." in self.code:
            return f"{_told(self.since)}至{_told(self.until)}"
        return f"{year}年{int(part[1:])}月" if part else f"{year}年"

    @property
    def previous(self) -> Span:
        """The period before, of the same shape; of a free run of days, as many days before it."""
        if ".." in self.code:
            length = self.until - self.since
            return _run(self.since - _DAY - length, self.since - _DAY)
        return _shaped(self.code, self.since - _DAY)

    @property
    def last_year(self) -> Span:
        """The same period of the year before; 29 February becomes the 28th."""
        if ".." in self.code:
            return _run(_year_before(self.since), _year_before(self.until))
        return parse(f"{int(self.code[:4]) - 1}{self.code[4:]}")

    @property
    def months(self) -> tuple[str, ...]:
        """The months that it touches, as 2026-07."""
        first, last = self.since.year * 12 + self.since.month - 1, self.until.year * 12 + self.until.month - 1
        return tuple(f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(first, last + 1))


def parse(text: str) -> Span:
    """The period that `text` names. ValueError, with examples, when it names none."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    for pattern, canonical in _WORDS:
        if found := pattern.fullmatch(plain):
            plain = canonical(found)
    try:
        return _parsed(plain)
    except ValueError:
        raise ValueError(
            f"「{text}」不是报告期，应写作 2026Q3、2026H1、2026-09、2026 或者 2026-07-01..2026-09-30"
        ) from None


def _parsed(plain: str) -> Span:
    if ".." in plain:
        since, _, until = plain.partition("..")
        span = _run(dt.date.fromisoformat(since), dt.date.fromisoformat(until))
        if span.until < span.since:
            raise ValueError(plain)
        return span
    found = re.fullmatch(r"(2\d{3})(?:Q([1-4])|H([12])|-(\d\d))?", plain)
    if not found:
        raise ValueError(plain)
    year = int(found[1])
    if found[2]:
        first, length = 3 * int(found[2]) - 2, 3
    elif found[3]:
        first, length = 6 * int(found[3]) - 5, 6
    else:
        first, length = (int(found[4]), 1) if found[4] else (1, 12)
    last = first + length - 1
    return Span(plain, dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]))


def _shaped(code: str, day: dt.date) -> Span:
    """The period of the same shape as `code` in which the day lies."""
    part = code[4:5]
    if part == "Q":
        return parse(f"{day.year}Q{(day.month + 2) // 3}")
    if part == "H":
        return parse(f"{day.year}H{1 if day.month < 7 else 2}")
    return parse(f"{day.year}-{day.month:02d}" if part else f"{day.year}")


def _run(since: dt.date, until: dt.date) -> Span:
    return Span(f"{since.isoformat()}..{until.isoformat()}", since, until)


def _year_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _ordinal(text: str) -> int:
    return _ORDINALS.index(text) + 1 if text in _ORDINALS else int(text)


def _told(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
