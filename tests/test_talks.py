"""What is told of a talk when its form comes in: not announced, on another day, over a night, a clue that nobody took up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from paperwork import policy
from paperwork.facts import Around, complete
from paperwork.model import Document, Finding, History, Recipe
from tests.samples import shipped

T = dt.datetime
OFFICERS = ({"name": "赵明远", "cert_no": "04060200101"}, {"name": "孙立群", "cert_no": "04060200102"})
HELD = {"no": 1, "kind": "guidance", "reason": "甲", "when": T(2026, 8, 20, 9, 30), "where": "三楼", "hosts": ("赵明远", "孙立群"),
        "held": True, "start": T(2026, 8, 20, 9, 40), "end": T(2026, 8, 20, 10, 20)}  # fmt: skip


def notice(occurrence: str = "1", state: Any = "issued") -> Document:
    return Document("M", "talk_notice", "D-04", "行政约谈通知书", occurrence, 1, state, Recipe("", "", "", "", {}), number="约字1号")


def told(*papers: Document, **answers: Any) -> dict[str, Finding]:
    """Code → finding, of a talk that is like this one but for the answers (None takes one away)."""
    talk = {name: value for name, value in {**HELD, **answers}.items() if value is not None}
    known = complete({"officers": OFFICERS, "talks": (talk,)}, Around(shipped(), History(""), papers))
    return {finding.code: finding for finding in policy.gates(shipped(), policy.Question("guidance", known))}


def test_a_talk_that_was_held_unannounced_is_told_with_its_draft_not_only_at_the_approval() -> None:
    found = told()["W-TALK-NOTICE"]
    assert found.severity == "warning" and "约谈1已经举行" in found.message and "其他通知方式" in found.message
    assert "W-TALK-NOTICE" in told(notice(state="draft")), "a draft announces nothing"
    assert "W-TALK-NOTICE" in told(notice("2")), "nor does the notice of another talk"
    assert "W-TALK-NOTICE" in told(held=False, refusal="没有来", start=None, end=None)


@pytest.mark.parametrize("papers, answers", [((notice(),), {}), ((), {"told_by": "8月18日电话通知"}), ((), {"held": None, "start": None})])
def test_a_talk_that_was_announced_or_is_still_to_come_is_in_order(papers: tuple[Document, ...], answers: dict[str, Any]) -> None:
    assert told(*papers, **answers) == {}


def test_another_day_than_planned_is_told_and_another_hour_is_not() -> None:
    other = told(notice(), start=T(2026, 8, 21, 9), end=T(2026, 8, 21, 10))
    assert set(other) == {"W-TALK-DAY"} and other["W-TALK-DAY"].severity == "warning"
    assert told(notice(), start=T(2026, 8, 20, 15), end=T(2026, 8, 20, 16)) == {}


def test_a_talk_ends_on_the_day_on_which_it_began() -> None:
    long = told(notice(), end=T(2026, 8, 21, 10, 20))
    assert set(long) == {"E-DATE-ORDER"} and "分作两次约谈" in long["E-DATE-ORDER"].message


@pytest.mark.parametrize("answer", ["attendee", "attendee_phone", "a1", "a5"])
def test_who_did_not_come_has_no_answers(answer: str) -> None:
    absent = {"held": False, "refusal": "电话答复不来", "start": None, "end": None, answer: "易安然"}
    assert set(told(notice(), **absent)) == {"E-TALK-REFUSAL", "W-TALK-REFUSED"}
    assert set(told(notice(), **{**absent, answer: None})) == {"W-TALK-REFUSED"}


def test_a_clue_is_taken_up_by_a_lead() -> None:
    assert set(told(notice(), violation_clue=True)) == {"W-TALK-CLUE"}
    assert told(notice(), violation_clue=True, clue_lead="2026-AY-0003") == told(notice(), violation_clue=False) == {}
