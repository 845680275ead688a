"""Which day a reminder is due: counted back from the last day to act, rest days moved earlier, no year guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest

from paperwork import rendering
from paperwork.facts import Around, complete, next_moment, rows_of
from paperwork.model import Calendar, Catalogue, Facts, History
from paperwork.planning import wording
from samples import shipped

D = dt.date
TODAY = D(2026, 7, 1)


def around(today: dt.date = TODAY, catalogue: Catalogue | None = None) -> Around:
    return Around(catalogue or shipped(), History(""), (), today)


def licence(valid_to: dt.date, **more: Any) -> Facts:
    row = {"no": "140602000000", "name": "娱乐经营许可证", "issuer": "朔城区行政审批服务管理局", "valid_to": valid_to}
    return {"licences": ({**row, **more},)}


def steps(facts: Facts, today: dt.date = TODAY, catalogue: Catalogue | None = None) -> dict[str, Any]:
    """Step → its item."""
    items = rows_of(complete(facts, around(today, catalogue)).get("reminders"))
    return {str(item["step"]): item for item in items}


def window(facts: Facts, today: dt.date = TODAY) -> Any:
    (item,) = rows_of(complete(facts, around(today)).get("windows"))
    return item


def test_a_licence_is_reminded_of_from_the_last_day_to_apply_back() -> None:
    items = steps(licence(D(2026, 12, 20)))
    assert {step: item["on"] for step, item in items.items()} == {
        "T-90": D(2026, 8, 21),  # the 22nd is a Saturday
        "T-60": D(2026, 9, 21),
        "T-30": D(2026, 10, 21),
    }
    assert {item["last_day"] for item in items.values()} == {D(2026, 11, 20)}
    assert {item["of"] for item in items.values()} == {"140602000000@2026-12-20"}


def test_the_last_day_to_apply_is_the_workday_before_a_rest_day() -> None:
    assert window(licence(D(2026, 11, 2)))["last_day"] == D(2026, 9, 30)  # counted: 3 October


@pytest.mark.parametrize(
    ("valid_to", "last_day"),
    [(D(2027, 5, 31), D(2027, 2, 28)), (D(2026, 11, 30), D(2026, 8, 30)), (D(2027, 1, 31), D(2026, 10, 31))],
)
def test_a_cma_certificate_is_renewed_three_months_before(valid_to: dt.date, last_day: dt.date) -> None:
    assert window(licence(valid_to, category="cma"))["last_day"] == last_day
    assert {item["kind"] for item in steps(licence(valid_to, category="cma")).values()} == {"cma"}


@pytest.mark.parametrize(
    ("listed", "until", "first"),
    [
        (D(2023, 7, 10), D(2026, 7, 10), D(2026, 5, 11)),
        (D(2023, 11, 20), D(2026, 11, 20), D(2026, 9, 21)),
        (D(2024, 2, 29), D(2027, 2, 28), D(2026, 12, 30)),
    ],
)
def test_three_years_on_the_abnormal_list_open_a_window_of_sixty_days(
    listed: dt.date, until: dt.date, first: dt.date
) -> None:
    facts: Facts = {"abnormal": ({"listed_on": listed, "listed_by": "朔城区市场监督管理局", "reason": "report"},)}
    item = steps(facts)["T-60"]
    assert (item["until"], item["on"], item["reason"]) == (until, first, "未公示年度报告")


def founded(day: dt.date, **more: Any) -> Facts:
    return {"party.kind": "company", "party.founded_on": day, **more}


def test_the_annual_report_is_reminded_of_three_times_from_the_year_after_founding() -> None:
    items = rows_of(complete(founded(D(2020, 5, 1)), around(D(2026, 3, 1)))["reminders"])
    days = [item["on"] for item in items if item["year"] == "2025"]
    assert days == [D(2026, 4, 1), D(2026, 5, 31), D(2026, 6, 20)]
    young = rows_of(complete(founded(D(2026, 2, 1)), around(D(2026, 3, 1)))["reminders"])
    assert {item["year"] for item in young} == {"2026"}  # next year's


def test_a_year_reported_is_reminded_of_no_more() -> None:
    facts = founded(D(2020, 5, 1), **{"party.reported_year": 2025})
    items = rows_of(complete(facts, around(D(2026, 4, 1)))["reminders"])
    assert {item["state"] for item in items if item["year"] == "2025"} == {"done"}


def test_a_person_or_an_institution_reports_no_year() -> None:
    assert "reminders" not in complete({**founded(D(2020, 5, 1)), "party.kind": "institution"}, around())


@pytest.mark.parametrize(
    ("today", "states"),
    [
        (D(2026, 8, 20), ("coming", "coming", "coming")),
        (D(2026, 8, 21), ("current", "coming", "coming")),
        (D(2026, 9, 20), ("current", "coming", "coming")),
        (D(2026, 9, 21), ("passed", "current", "coming")),
        (D(2026, 11, 20), ("passed", "passed", "current")),
        (D(2026, 11, 21), ("passed", "passed", "passed")),
    ],
)
def test_only_the_latest_step_is_current_and_none_after_the_last_day(today: dt.date, states: tuple[str, ...]) -> None:
    assert tuple(item["state"] for item in steps(licence(D(2026, 12, 20)), today).values()) == states


def test_what_is_filed_is_done() -> None:
    items = steps(licence(D(2026, 12, 20), renewal_filed_on=D(2026, 8, 1)), D(2026, 8, 21))
    assert {item["state"] for item in items.values()} == {"done"}


def test_nothing_but_the_state_follows_the_day() -> None:
    """Else a standing paper would fall, or want attention, each morning."""
    facts = {**licence(D(2026, 12, 20)), **founded(D(2020, 5, 1))}
    seen = [steps(facts, TODAY + dt.timedelta(days=n)) for n in range(0, 150, 7)]
    stable = [{s: {k: v for k, v in i.items() if k != "state"} for s, i in day.items()} for day in seen]
    assert all(day == stable[0] for day in stable)


def test_a_day_in_a_year_without_calendar_is_unknown_with_its_reason() -> None:
    item = steps(licence(D(2027, 3, 31)), D(2026, 12, 15))["T-90"]
    assert item["state"] == "unknown"
    assert "last_day" not in item
    assert "2027年工作日历" in item["unknown"]
    facts = complete(licence(D(2027, 3, 31)), around())
    assert next_moment(facts, around()) == (D(2026, 12, 1), 2027)


def test_with_the_calendar_it_is_known() -> None:
    calendars = {**shipped().calendars, 2027: Calendar(2027, frozenset(), frozenset())}
    item = steps(licence(D(2027, 3, 31)), D(2026, 12, 15), replace(shipped(), calendars=calendars))["T-90"]
    assert (item["state"], item["last_day"], item["on"]) == ("current", D(2027, 3, 1), D(2026, 12, 1))


def test_the_next_day_is_the_next_step() -> None:
    facts = licence(D(2026, 12, 20))
    assert next_moment(facts, around()) == (D(2026, 8, 21), 0)
    assert next_moment(facts, around(D(2026, 8, 21))) == (D(2026, 9, 21), 0)
    assert next_moment(facts, around(D(2026, 10, 21))) == (D(2026, 11, 21), 0)  # then the day to apply is missed
    assert next_moment(facts, around(D(2026, 11, 21))) == (D(2026, 12, 21), 0)
    assert next_moment(facts, around(D(2026, 12, 21))) == (None, 0)


@pytest.mark.clauses("K-01b", "K-03", "K-04")
def test_a_duty_is_reminded_of_in_workdays() -> None:
    facts: Facts = {"duties": ({"no": "1", "name": "缴纳罚款", "kind": "duty", "due_on": D(2026, 10, 12)},)}
    days = {step: item["on"] for step, item in steps(facts).items()}
    assert days == {"T-7": D(2026, 9, 24), "T-3": D(2026, 10, 8), "T-1": D(2026, 10, 10)}  # the 10th is worked


def test_a_text_message_has_seventy_characters_at_most_and_the_date() -> None:
    for name in ("娱乐经营许可证", "中华人民共和国" * 9):
        for category in ("permit", "cma"):
            sms = steps(licence(D(2026, 12, 20), name=name, category=category))["T-30"]["sms"]
            assert len(sms) <= 70
            assert sms.endswith("朔城区文旅局")
            assert "2026年" in sms


# ── the letters ──


def test_the_templates_are_those_of_their_builder() -> None:
    from tools.templates import observation, reminders, soft_letters

    for kind, build in {**reminders.BUILDS, **observation.BUILDS, **soft_letters.BUILDS}.items():
        shipped_one = (shipped().kinds[kind].folder / "template.docx").read_bytes()
        assert rendering.text_of(build().bytes()) == rendering.text_of(shipped_one), kind


def test_no_soft_template_orders_or_threatens_of_its_own() -> None:
    rule = next(w for w in shipped().wordings if "advices.items" in w.facts)
    soft = [k for k in shipped().kinds.values() if k.code.startswith("D-02") or k.code in ("D-03", "D-04")]
    assert len(soft) == 9
    for kind in soft:
        text = re.sub("《[^》]*》", "", rendering.text_of((kind.folder / "template.docx").read_bytes()))
        assert wording.said(rule, text) == [], kind.code
