"""Promises of `paperwork.periods`: the worked examples of the rule book, and no date that had to be guessed."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperwork.model import Calendar
from paperwork.periods import (
    Deadline,
    MissingCalendar,
    Side,
    Unit,
    add_days,
    add_months,
    add_workdays,
    add_years,
    deadline,
    is_workday,
    last_workday,
    next_workday,
    workdays_between,
)

FOLDER = Path(__file__).parent.parent / "templates" / "calendar"


def calendar_of(path: Path) -> Calendar:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    spans = [(first, (last - first).days) for first, last in data["rest"]]
    rest = frozenset(first + dt.timedelta(i) for first, days in spans for i in range(days + 1))
    return Calendar(data["year"], rest, frozenset(data["work"]), data["source"])


CALENDARS = {it.year: it for it in map(calendar_of, FOLDER.glob("*.toml"))}
D = dt.date.fromisoformat
known_days = st.dates(dt.date(2024, 4, 1), dt.date(2026, 9, 1))
any_day = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))


# ── worked examples ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-09-24", 7, "2026-10-12"),
        ("2026-02-12", 7, "2026-02-28"),
        ("2026-04-30", 5, "2026-05-11"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-06-15", 20, "2026-07-14"),
        ("2026-06-30", 10, "2026-07-14"),
    ],
)
def test_working_days_are_counted_over_holidays_and_make_up_days(start: str, n: int, end: str) -> None:
    assert add_workdays(D(start), n, CALENDARS) == D(end)
    assert deadline(D(start), n, "workdays", "agency", CALENDARS) == Deadline(D(end), "", D(end))


@pytest.mark.parametrize(
    ("start", "length", "unit", "ends"),
    [
        ("2026-01-15", 90, "days", "2026-04-15"),
        ("2026-07-15", 90, "days", "2026-10-13"),
        ("2026-03-31", 60, "days", "2026-05-30"),
        ("2026-03-31", 6, "months", "2026-09-30"),
        ("2026-04-20", 15, "days", "2026-05-05"),
        ("2023-07-10", 3, "years", "2026-07-10"),
        ("2026-07-10", -60, "days", "2026-05-11"),
        ("2024-02-29", 3, "years", "2027-02-28"),
        ("2027-02-28", -60, "days", "2026-12-30"),
        ("2027-05-31", -3, "months", "2027-02-28"),
        ("2026-11-30", -3, "months", "2026-08-30"),
        ("2024-05-01", 2, "years", "2026-05-01"),
        ("2026-05-20", 30, "days", "2026-06-19"),
        ("2026-07-23", 6, "months", "2027-01-23"),
    ],
)
def test_natural_periods_end_where_the_civil_code_ends_them(start: str, length: int, unit: Unit, ends: str) -> None:
    count = {"days": add_days, "months": add_months, "years": add_years}[unit]
    assert count(D(start), length) == D(ends)
    assert deadline(D(start), length, unit, "party", CALENDARS).ends == D(ends)


@pytest.mark.parametrize(
    ("start", "length", "unit", "due"),
    [
        ("2026-03-31", 60, "days", "2026-06-01"),
        ("2026-04-20", 15, "days", "2026-05-06"),
        ("2026-05-20", 30, "days", "2026-06-22"),
        ("2026-03-31", 6, "months", "2026-09-30"),
    ],
)
def test_a_right_of_the_party_runs_on_to_the_next_workday(start: str, length: int, unit: Unit, due: str) -> None:
    assert deadline(D(start), length, unit, "party", CALENDARS).due == D(due)


def test_a_duty_of_the_agency_never_rolls_forward() -> None:
    found = deadline(D("2026-07-20"), 90, "days", "agency", CALENDARS)
    assert found == Deadline(due=D("2026-10-16"), unknown="", ends=D("2026-10-18"))


@pytest.mark.parametrize("side", ["agency", "party"])
def test_what_must_be_done_before_a_day_is_shown_as_the_workday_before(side: Side) -> None:
    assert deadline(D("2026-11-30"), -3, "months", side, CALENDARS).due == D("2026-08-28")
    assert deadline(D("2026-10-12"), -7, "workdays", side, CALENDARS).due == D("2026-09-24")


def test_a_duty_that_begins_and_ends_in_one_holiday_is_not_due_before_it_began() -> None:
    assert deadline(D("2026-10-01"), 3, "days", "agency", CALENDARS).due == D("2026-10-04")
    assert deadline(D("2026-10-03"), 1, "days", "agency", CALENDARS).due == D("2026-10-04")


def test_a_day_that_somebody_named_is_shown_as_the_workday_before_it_or_after_it() -> None:
    """A seizure that may last until a holiday ends before it; what was granted to the party runs on."""
    assert deadline(D("2026-10-03"), 0, "days", "agency", CALENDARS).due == D("2026-09-30")
    assert deadline(D("2026-10-03"), 0, "days", "party", CALENDARS).due == D("2026-10-08")
    assert deadline(D("2026-09-30"), 0, "days", "agency", CALENDARS).due == D("2026-09-30")
    assert deadline(D("2026-09-29"), 3, "days", "agency", CALENDARS).due == D("2026-09-30")


# ── the missing year ──────────────────────────────────────────────────────────────────────────────────


def test_a_date_in_a_year_without_calendar_is_unknown_and_says_which_file_is_missing() -> None:
    found = deadline(D("2026-07-23"), 6, "months", "party", CALENDARS)
    assert found.due is None
    assert found.unknown == "缺少2027年工作日历（templates/calendar/2027.toml）"
    assert found.ends == D("2027-01-23")


def test_once_the_year_is_known_the_date_appears() -> None:
    more = {**CALENDARS, 2027: Calendar(2027, frozenset({D("2027-01-01")}), frozenset())}
    assert deadline(D("2026-07-23"), 6, "months", "party", more).due == D("2027-01-25")


def test_even_a_plain_weekday_of_an_unknown_year_is_not_guessed() -> None:
    assert D("2027-03-17").weekday() == 2
    assert deadline(D("2027-03-10"), 7, "days", "agency", CALENDARS).due is None
    with pytest.raises(MissingCalendar) as caught:
        is_workday(D("2027-03-17"), CALENDARS)
    assert caught.value.year == 2027


def test_working_days_that_run_into_an_unknown_year_have_no_end() -> None:
    assert deadline(D("2026-12-30"), 1, "workdays", "agency", CALENDARS).due == D("2026-12-31")
    assert deadline(D("2026-12-30"), 2, "workdays", "agency", CALENDARS) == Deadline(
        None, "缺少2027年工作日历（templates/calendar/2027.toml）", None, waits_for=2027
    )


# ── calendars ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("year", sorted(CALENDARS))
def test_the_calendar_on_file_agrees_with_an_independent_one(year: int) -> None:
    first = dt.date(year, 1, 1)
    days = [first + dt.timedelta(i) for i in range((dt.date(year + 1, 1, 1) - first).days)]
    assert [d for d in days if is_workday(d, CALENDARS) != chinese_calendar.is_workday(d)] == []


@pytest.mark.parametrize("year", sorted(CALENDARS))
def test_a_calendar_holds_its_own_year_and_make_up_days_are_weekends(year: int) -> None:
    it = CALENDARS[year]
    assert it.source
    assert {d.year for d in it.rest | it.work} == {year}
    assert {d.weekday() for d in it.work} <= {5, 6}
    assert not it.rest & it.work


# ── arithmetic ────────────────────────────────────────────────────────────────────────────────────────


@given(known_days, st.integers(-40, 40))
def test_workdays_there_and_back_end_where_they_began(day: dt.date, n: int) -> None:
    start = next_workday(day, CALENDARS)
    assert add_workdays(add_workdays(start, n, CALENDARS), -n, CALENDARS) == start


@given(known_days, st.integers(-40, 40))
def test_counting_workdays_undoes_adding_them(day: dt.date, n: int) -> None:
    start = next_workday(day, CALENDARS)
    assert workdays_between(start, add_workdays(start, n, CALENDARS), CALENDARS) == n


@given(known_days, st.integers(1, 40))
def test_a_period_of_workdays_ends_on_a_workday_and_a_day_more_ends_later(day: dt.date, n: int) -> None:
    end = add_workdays(day, n, CALENDARS)
    assert is_workday(end, CALENDARS)
    assert end < add_workdays(day, n + 1, CALENDARS)


@given(known_days)
def test_rest_days_move_no_further_than_the_nearest_workday(day: dt.date) -> None:
    before, after = last_workday(day, CALENDARS), next_workday(day, CALENDARS)
    assert before <= day <= after
    assert workdays_between(before, after, CALENDARS) == (before != after)


@given(any_day, st.integers(-600, 600))
def test_a_month_ends_on_the_corresponding_day_or_the_last(day: dt.date, n: int) -> None:
    end = add_months(day, n)
    assert (end.year - day.year) * 12 + end.month - day.month == n
    assert end.day == day.day or (end.day < day.day and (end + dt.timedelta(1)).day == 1)


@given(any_day, any_day, st.integers(0, 60))
def test_who_starts_later_never_ends_earlier(one: dt.date, other: dt.date, n: int) -> None:
    early, late = sorted((one, other))
    assert add_months(early, n) <= add_months(late, n)


@given(known_days, st.integers(0, 100), st.sampled_from(["days", "workdays"]))
def test_the_party_never_has_less_time_than_the_law_and_the_agency_never_more(day: dt.date, n: int, unit: Unit) -> None:
    agency = deadline(day, n, unit, "agency", CALENDARS)
    party = deadline(day, n, unit, "party", CALENDARS)
    if agency.due and party.due and party.ends:
        assert agency.due <= party.ends <= party.due
