"""The rules for a party that is gone, for the unlicensed and the repeated; what speaks against 轻微."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from paperwork import policy
from paperwork.model import Facts, Past
from tests.samples import shipped
from tests.test_policy import facts, fired, judged

D = dt.date
PUNISHED: dict[str, Any] = {"no_penalty.gravity": "moderate", "no_penalty.first_offence": False, "measure_requested": "penalty"}
BAN = ({"law": "互联网上网服务营业场所管理条例", "article": 27, "range": "并处违法经营额5倍以上10倍以下的罚款"},)
TRAVEL = ({"law": "旅游法", "article": 95, "para": 1, "range": "并处一万元以上十万元以下罚款"},)
QUERIED = {"record.queried_on": D(2026, 7, 16), "record.system": "国家企业信用信息公示系统（山西）"}


def case(*changes: Mapping[str, Any], past: tuple[Past, ...] = ()) -> Facts:
    return facts(changes={name: value for change in changes for name, value in change.items()}, past=past)


def codes(known: Facts, kind: str = "case") -> set[str]:
    return {finding.code for finding in policy.gates(shipped(), policy.Question(kind, known))}


def test_a_party_that_is_gone_cannot_be_punished() -> None:
    assert fired(case(PUNISHED, {"party.ended": True})) == ["Q2-ENDED"]
    assert fired(case(PUNISHED)) == ["DR-18"]


# ── without a licence ─────────────────────────────────────────────────────────────────────────────────


def test_the_unlicensed_are_shut_down_only_where_the_statute_says_so() -> None:
    acting = {"unlicensed.acting": True}
    found = judged(case(PUNISHED, acting, {"law.penalty": BAN}))
    assert [rule for rule, measure in found.items() if measure.fired] == ["DR-31", "DR-18"]
    assert found["DR-31"].steps == ("section_head", "legal_review", "chief")
    assert fired(case(PUNISHED, acting, {"law.penalty": TRAVEL, "case.industry": "旅行社"})) == ["DR-18"]
    assert fired(case(PUNISHED, {"law.penalty": BAN})) == ["DR-18"], "nobody said that they act without a licence"


def test_what_another_body_shuts_down_is_not_shut_down_here() -> None:
    """营业性演出管理条例 art 43: its second paragraph belongs to 市场监管."""
    acting = {"unlicensed.acting": True, "case.industry": "营业性演出"}
    ours, theirs = ({"law": "营业性演出管理条例", "article": 43, "para": para, "range": "罚款"} for para in (1, 2))
    assert "DR-31" in fired(case(PUNISHED, acting, {"law.penalty": (ours,)}))
    assert "DR-31" not in fired(case(PUNISHED, acting, {"law.penalty": (theirs,)}))
    assert "DR-31" not in fired(case(PUNISHED, acting, {"law.penalty": (ours,), "case.industry": "网络游戏"}))


@pytest.mark.parametrize(("law", "seizes"), [("互联网上网服务营业场所管理条例", True), ("出版管理条例", True), ("娱乐场所管理条例", False)])
def test_a_seizure_stands_only_where_a_law_or_regulation_names_it(law: str, seizes: bool) -> None:
    assert case({"law.penalty": ({"law": law, "article": 41, "range": "罚款"},)})["law.seizes"] is seizes


def test_who_can_and_will_get_a_licence_is_led_to_it_and_still_answers_for_the_act() -> None:
    able = {"unlicensed.acting": True, "unlicensed.able": True, "unlicensed.willing": True}
    assert fired(case(PUNISHED, able, {"law.penalty": TRAVEL, "case.industry": "旅行社"})) == ["DR-18", "DR-32"]
    assert fired(case(PUNISHED, able, {"law.penalty": TRAVEL, "case.industry": "旅行社", "unlicensed.willing": False})) == ["DR-18"]


# ── repeated ──────────────────────────────────────────────────────────────────────────────────────────

VENUE: dict[str, Any] = {**PUNISHED, "case.industry": "娱乐场所", "record.suspended": 0, **QUERIED}


@pytest.mark.parametrize(("industry", "record", "rule"), [
    ("娱乐场所", {"record.fined": 3, "record.suspended": 0}, "DR-30b"),
    ("娱乐场所", {"record.fined": 2, "record.suspended": 2}, "DR-30b-revoke"),
    ("娱乐场所", {"record.fined": 2, "record.suspended": 1}, None),
    ("营业性演出", {"record.fined": 2}, "DR-30b-show"),
    ("营业性演出", {"record.fined": 1}, None),
    ("旅行社", {"record.fined": 5}, None),
])  # fmt: skip
def test_who_was_punished_before_is_dealt_with_as_the_regulation_of_its_trade_says(industry: str, record: dict[str, Any], rule: str | None) -> None:
    found = fired(case(PUNISHED, QUERIED, record, {"case.industry": industry}))
    assert found == (["DR-18", rule] if rule else ["DR-18"])


def test_our_own_ledger_counts_where_the_query_found_less() -> None:
    past = tuple(Past(f"2025-LA-000{n}", "penalty", D(2025, n, 1)) for n in (3, 6, 9))
    assert case(VENUE, {"record.fined": 0}, past=past)["record.fines"] == 3
    old = tuple(Past(f"2024-LA-000{n}", "penalty", D(2024, 7, n)) for n in (6, 7, 8))
    assert case(VENUE, {"record.fined": 0}, past=old)["record.fines"] == 1, "two years back from the act, to the day"
    unpunished = tuple(Past(f"2025-LA-000{n}", "no_penalty", D(2025, n, 1)) for n in (3, 6, 9))
    assert case(VENUE, {"record.fined": 0}, past=unpunished)["record.fines"] == 0


def test_a_record_nobody_asked_for_leaves_the_rule_open_and_stops_nothing() -> None:
    found = judged(case(PUNISHED, {"case.industry": "娱乐场所"}))
    assert found["DR-30b"].status == "unknown"
    assert set(found["DR-30b"].missing) == {"record.fined", "record.queried_on"}
    assert found["DR-18"].fired


def test_a_proposal_that_passes_over_the_record_is_shown_to_the_approver() -> None:
    told = case(VENUE, {"record.fined": 3, "penalty.kinds": ("warning",), "penalty.depth": "ordinary"})
    warned = [f for f in policy.gates(shipped(), policy.Question("case", told)) if f.code == "W-REPEATED"]
    assert [f.severity for f in warned] == ["warning"] and "3次" in warned[0].message
    heeded = case(VENUE, {"record.fined": 3, "penalty.kinds": ("suspend_business",), "penalty.suspension": "停业整顿三个月"})
    assert "W-REPEATED" not in codes(heeded)


def test_the_second_tier_for_minors_is_asked_by_its_own_facts() -> None:
    second = {"no": 1, "ground": "123", "fact": "拒不改正", "verified": True}
    assert fired(case(PUNISHED, {"circumstances": (second,)})) == ["DR-18", "DR-30b-minors"]
    assert fired(case(PUNISHED, {"circumstances": ({**second, "verified": False},)})) == ["DR-18"]


# ── is it minor? ──────────────────────────────────────────────────────────────────────────────────────


def test_what_speaks_against_a_minor_act_is_shown_and_hinders_nothing() -> None:
    assert case()["gravity.doubts"] == (), "S01: 50000 元 at most, two days, no class of harm"
    high = {"law.penalty": ({"law": "旅游法", "article": 95, "range": "并处一万元以上十万元以下罚款"},)}
    long = {"case.act_began_on": D(2026, 5, 1)}
    doubted = case(high, long)
    assert doubted["gravity.doubts"] == ("法定最高罚款100000元，超过50000元", "持续69天，超过30天")
    found = [f for f in policy.gates(shipped(), policy.Question("case", doubted)) if f.code == "W-GRAVITY"]
    assert [f.severity for f in found] == ["warning"]
    assert fired(doubted) == ["DR-10"]
    listed = {"no_penalty.list_name": "大英县文化市场不予处罚事项清单", "no_penalty.list_item": 1}
    assert case(high, listed)["gravity.doubts"] == (), "on a list, or within the fine: either is enough (domain/02 §2.4)"
    assert "涉及未成年人、禁止内容或者安全" in case({"harm.classes": ("minors",)})["gravity.doubts"]
    assert case({"harm.classes": ("minors",), "harm.cleared_reason": "没有进入"})["gravity.doubts"] == ()
