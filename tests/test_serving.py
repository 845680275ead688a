"""Service: the period runs from the proof, and where a paper did not reach the party the next lawful method is proposed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from paperwork.facts import Around, service_day
from paperwork.model import Facts, History
from tests.samples import shipped
from tests.stories.bureau import CHIEF, REVIEW, SECTION, Bureau, approvals
from tests.stories.cases import S01
from tests.stories.procedure import BOTH
from tests.test_policy import facts

D = dt.date
FIRST = D(2026, 7, 23)
AROUND = Around(shipped(), History(""))


def attempt(method: str, result: str = "", on: dt.date = FIRST, document: str = "D-13") -> dict[str, Any]:
    return {"document": document, "method": method, "on": on, "result": result}


@pytest.mark.parametrize(("item", "day"), [
    (attempt("direct"), D(2026, 7, 23)),
    (attempt("direct", "served"), D(2026, 7, 23)),
    (attempt("direct", "refused"), None),
    (attempt("mail", "pending"), None),
    ({**attempt("mail", "served"), "received_on": D(2026, 7, 27)}, D(2026, 7, 27)),
    (attempt("announced", on=D(2026, 5, 20)), D(2026, 6, 22)),  # thirty days end on a holiday: 2026-06-19
    (attempt("announced", on=D(2026, 12, 20)), None),  # the calendar of 2027 is not known
])  # fmt: skip
def test_a_paper_is_served_on_the_day_of_its_proof(item: dict[str, Any], day: dt.date | None) -> None:
    assert service_day(item, AROUND) == day


@pytest.mark.parametrize(("attempts", "method"), [
    ([attempt("direct", "refused")], "left"),
    ([attempt("direct", "absent")], "mail"),
    ([attempt("mail", "returned")], "direct"),
    ([attempt("direct", "absent"), attempt("mail", "returned", D(2026, 7, 30))], "announced"),
    ([attempt("direct", "unreachable")], "announced"),
    ([attempt("direct", "absent"), attempt("mail", "pending", D(2026, 7, 24))], None),
    ([attempt("direct", "refused"), attempt("left", "served")], None),
    ([attempt("direct")], None),
])  # fmt: skip
def test_the_next_method_follows_from_what_was_tried(attempts: list[dict[str, Any]], method: str | None) -> None:
    known: Facts = facts(changes={"services": tuple(attempts)})
    assert known.get("service.next") == method
    assert (known.get("service.next_document") == "D-13") is (method is not None)


def test_a_refused_decision_is_left_at_the_door_and_only_then_served(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-16")
    bureau.take(S01)
    bureau.on("2026-07-22").take(approvals("2026-LA-0001", bureau.code(), SECTION, REVIEW, CHIEF))
    refused = {"document": "D-13", "method": "直接", "on": "2026-07-23", "by": BOTH, "result": "拒绝接收", "reason": "当事人拒绝签收"}
    (outcome,) = bureau.on("2026-07-23").take({"form": "送达情况表", "matter": "2026-LA-0001", "services": [refused]})
    (told,) = [f for f in outcome.findings if f.code == "W-SERVICE-NEXT"]
    assert "建议留置送达" in told.message and "第八十九条" in told.message
    assert "D-34" not in bureau.documents() and "当事人申请行政复议期限届满" not in bureau.due()
    left = {"document": "D-13", "method": "留置", "on": "2026-07-24", "by": BOTH, "reason": "当事人拒绝签收", "proof": "录像 20260724-01"}
    (outcome,) = bureau.on("2026-07-24").take({"form": "送达情况表", "matter": "2026-LA-0001", "services": [left]})
    assert outcome.outcome == "filed" and not [f for f in outcome.findings if f.code == "W-SERVICE-NEXT"]
    assert bureau.due()["当事人申请行政复议期限届满"]["due_on"] == "2026-09-22"
    text = bureau.text(bureau.documents()["D-34"]["path"])
    assert "拒绝接收。" in text and "2026年7月24日" in text


@pytest.mark.parametrize(("row", "field"), [
    ({"method": "直接", "result": "拒绝接收"}, "services.reason"),
    ({"method": "公告"}, "services.reason"),
    ({"method": "直接"}, "services.receiver"),
])  # fmt: skip
def test_an_attempt_says_what_the_file_must_hold(tmp_path: Path, row: dict[str, Any], field: str) -> None:
    bureau = Bureau(tmp_path, "2026-07-16")
    bureau.take(S01)
    service = {"document": "D-13", "on": "2026-07-16", "by": BOTH, **row}
    (outcome,) = bureau.take({"form": "送达情况表", "matter": "2026-LA-0001", "services": [service]})
    assert [(f.code, f.field) for f in outcome.findings if f.severity == "error"] == [("E-SERVICE", field)]
