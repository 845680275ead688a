"""Every shipped rule by its number: what makes it fire, who must agree (domain/02 §2.2, §2.7), and that it needs all it asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest

from paperwork import policy
from paperwork.facts import Around, complete
from paperwork.model import Condition, Facts, History, Measure, Rule
from tests.samples import shipped
from tests.test_policy import OLD, PERSON, facts

D = dt.date
DAY = D(2026, 7, 20)
HEAD, LEGAL, DEPUTY, ALL, CHIEF = "section_head", "legal_review", "deputy", "collective", "chief"
FULL = (HEAD, LEGAL, DEPUTY, ALL, CHIEF)
TWO, THREE = (HEAD, CHIEF), (HEAD, LEGAL, CHIEF)


class Fires(NamedTuple):
    """The type of matter, what is laid over (a case: over S01, else over nothing), and the steps of approval."""

    matter: str
    answers: Mapping[str, Any]
    steps: tuple[str, ...] = ()


def row(name: str, **answers: Any) -> dict[str, Any]:
    return {name: ({"no": 1, **answers},)}


PUNISHED: dict[str, Any] = {"no_penalty.gravity": "moderate", "no_penalty.first_offence": False, "measure_requested": "penalty"}
GRAVE: dict[str, Any] = {"harm.classes": ("minors",), "harm.confirmed_by": ("赵明远", "孙立群", "钱承宇"), "harm.level": "moderate"}
EXCUSED: dict[str, Any] = {"no_penalty.gravity": "moderate", "measure_requested": "no_penalty"}
CHILD = {**PERSON, "party.birth": D(2012, 7, 9)}
OLD_CHILD = {**OLD, **PERSON, "party.birth": D(2010, 1, 1)}
OLD_PUNISHED = {**OLD, **PUNISHED}
BANNED = {"law.penalty": ({"law": "互联网上网服务营业场所管理条例", "article": 27, "range": "并处1万元以上5万元以下的罚款"},)}
TRADE = {"case.industry": "旅行社", "law.penalty": ({"law": "旅行社条例", "article": 50, "range": "拒不改正的，处1万元以下的罚款"},)}
LATE = {"case.act_began_on": D(2024, 7, 7), "case.act_ended_on": D(2024, 7, 7)}
QUERIED = {**PUNISHED, "record.queried_on": D(2026, 7, 16), "record.system": "甲"}
WATCHED = {"new_economy.flag": True, "party.harm": "none", "observation.long": False}
REPAIR = {"repair.accepted_on": DAY, "repair.term_over": True, "repair.barred": False, "repair.duties_met": True, "repair.committed": True}


def ground(code: str, **more: Any) -> dict[str, Any]:
    return {**PUNISHED, **row("circumstances", ground=code, verified=True), **more}


FIRES: dict[str, Fires] = {
    # ── the ladder ──
    "Q0": Fires("case", {"crime.suspected": True}, THREE),
    "Q1": Fires("case", {"case.industry": "网络游戏"}, TWO),
    "Q2": Fires("case", {"violation.established": False}, THREE),
    "Q2-ENDED": Fires("case", {"party.ended": True}, THREE),
    "Q3": Fires("case", LATE, THREE),
    "Q3-2017": Fires("case", {**OLD, "case.discovered_on": D(2024, 7, 20)}, THREE),
    "Q4-30": Fires("case", CHILD, THREE),
    "Q4-31": Fires("case", {**PERSON, "party.incapable": True}, THREE),
    "Q4-30-2017": Fires("case", OLD_CHILD),
    "Q4-31-2017": Fires("case", {**OLD, **PERSON, "party.incapable": True}),
    "Q5": Fires("case", GRAVE),
    "DR-27": Fires("case", TRADE, TWO),
    "DR-10": Fires("case", {}, THREE),
    "DR-10-2017": Fires("case", OLD, THREE),
    "DR-11": Fires("case", EXCUSED, THREE),
    "DR-12": Fires("case", {**EXCUSED, "no_penalty.no_fault": True}, THREE),
    "DR-30": Fires("case", GRAVE, FULL),
    "DR-18": Fires("case", {**PUNISHED, "penalty.kinds": ("warning",), "penalty.depth": "ordinary"}, (HEAD, LEGAL, DEPUTY, CHIEF)),
    "DR-19": Fires("case", {**PUNISHED, "case.filed_on": None, "measure_requested": "on_the_spot"}),
    "Q9": Fires("case", {"irregularity.kind": "risk"}),
    # ── lighter, heavier ──
    "DR-13": Fires("case", ground("32-1")),
    "DR-13-2017": Fires("case", ground("32-1", **OLD)),
    "DR-14": Fires("case", ground("32-2")),
    "DR-14-2017": Fires("case", ground("32-2", **OLD)),
    "DR-15": Fires("case", ground("32-3")),
    "DR-16": Fires("case", ground("32-4")),
    "DR-16-2017": Fires("case", ground("32-4", **OLD)),
    "DR-16b": Fires("case", ground("32-5")),
    "DR-16b-2017": Fires("case", ground("32-5", **OLD)),
    "DR-17": Fires("case", {**PUNISHED, **PERSON, "party.birth": D(2010, 1, 1), "party.guardian": "顾知秋"}),
    "DR-17b": Fires("case", ground("31")),
    "DR-30b": Fires("case", {**QUERIED, "case.industry": "娱乐场所", "record.fined": 3}),
    "DR-30b-revoke": Fires("case", {**QUERIED, "case.industry": "娱乐场所", "record.suspended": 2}),
    "DR-30b-show": Fires("case", {**QUERIED, "case.industry": "营业性演出", "record.fined": 2}),
    "DR-30b-minors": Fires("case", ground("123")),
    "DR-31": Fires("case", {**PUNISHED, **BANNED, "unlicensed.acting": True}, THREE),
    "DR-32": Fires("case", {**PUNISHED, "unlicensed.acting": True, "unlicensed.able": True, "unlicensed.willing": True}, (HEAD,)),
    # ── the way to a decision and after it ──
    "FILE": Fires("lead", {"filing.proposal": "file"}, TWO),
    "NOT-FILE": Fires("lead", {"filing.proposal": "not_file"}, TWO),
    "DECIDE": Fires("case", {**PUNISHED, "penalty.kinds": ("warning",), "notice.ready": True, "hearing.held": False}, (CHIEF,)),
    "DEFER": Fires("case", {"decision.result": "penalty", "deferral.applied_on": DAY, "deferral.reason": "经济困难"}, TWO),
    "Q0-LEAD": Fires("lead", {"crime.charge": "非法经营罪", "transfer.letter": False}, (HEAD, LEGAL, CHIEF)),
    "DR-19-SPOT": Fires("lead", {"spot.on": dt.datetime(2026, 7, 20, 15), "penalty.kinds": ("warning",)}),
    "DR-26": Fires("case", row("orders", mode="by_deadline", items=("甲",), act="乙"), (HEAD, DEPUTY)),
    "DR-33": Fires("case", {"credit.published_on": DAY, "credit.revoked_on": DAY, "credit.why": "甲"}, (CHIEF,)),
    "CLOSE": Fires("case", {"case.result": "no_penalty"}, TWO),
    "KEEP": Fires("case", row("keepings", on=DAY, reason="甲"), (CHIEF,)),
    "KEEP-END": Fires("case", row("keepings", decision="returned", decided_on=DAY), TWO),
    "SEIZE": Fires("case", row("seizures", mode="seal", on=DAY, to=DAY), THREE),
    "SEIZE-LONGER": Fires("case", row("seizures", extended_to=DAY, extension_reason="甲"), TWO),
    "SEIZE-END": Fires("case", row("seizures", lift_ground="decided", lifted_on=DAY), TWO),
    "Q1-LEAD": Fires("lead", {"transfer.to": "甲局", "transfer.summary": "乙"}, TWO),
    # ── soft ──
    "DR-20": Fires("guidance", {"reminders": ({"of": "1", "step": "T-7", "state": "current"},)}),
    "DR-21": Fires("guidance", row("advices", background="甲", items=("乙",)), (HEAD,)),
    "DR-21b": Fires("guidance", {"windows": ({"of": "1", "kind": "cma", "state": "missed"},)}, (HEAD,)),
    "DR-21c": Fires("guidance", {"windows": ({"of": "1", "tell": "甲局", "state": "expired"},)}, (HEAD, DEPUTY)),
    "DR-22": Fires("guidance", row("warnings", topic="甲", advice=("乙",), many=False), (HEAD,)),
    "DR-23": Fires("guidance", row("talks", kind="guidance", reason="甲"), (HEAD,)),
    "DR-24": Fires("guidance", row("talks", kind="responsibility", reason="甲"), (HEAD, DEPUTY)),
    "DR-25": Fires("repair", row("talks", kind="repair", reason="甲"), (HEAD,)),
    "MODEL": Fires("guidance", {"model.recommender": "甲", "scores": ({"no": 1},)}, (HEAD, DEPUTY, CHIEF)),
    "SAFETY": Fires("guidance", {"transfer.ground": "safety", "transfer.to": "消防"}, (HEAD,)),
    # ── supervision ──
    "DR-01": Fires("observation", {**WATCHED, "observation.kind": "tolerance", "observation.outlook": "clear"}, (HEAD, LEGAL, DEPUTY)),
    "DR-02": Fires("observation", {**WATCHED, "observation.kind": "observation", "observation.outlook": "unclear"},
                   (HEAD, LEGAL, DEPUTY)),
    "DR-03": Fires("observation", row("hits", reason="甲"), (HEAD,)),
    "DR-04": Fires("observation", {"observation.kind": "key", "observation.outlook": "high_risk", "risk.public_safety": True},
                   (HEAD, DEPUTY)),
    "DR-05": Fires("observation", {"observation.kind": "tolerance", "party.harm": "confirmed"}),
    # ── credit, rules, reports, meetings ──
    "XF-1": Fires("repair", {**REPAIR, "repair.term_over": False}, (HEAD,)),
    "XF-2": Fires("repair", {**REPAIR, "repair.barred": True}, (HEAD,)),
    "XF-3": Fires("repair", {**REPAIR, "repair.duties_met": False}, TWO),
    "XF-4": Fires("repair", {**REPAIR, "repair.committed": False}, TWO),
    "XF-5": Fires("repair", REPAIR, TWO),
    "XF-9": Fires("repair", {"repair.false_found_on": DAY}, TWO),
    "RULE": Fires("rule", {"rule.title": "甲", "rule_items": ({"no": 1},)}, FULL),
    "BG-01": Fires("report", {"report.period": "2026Q2", "report.sha256": "0"}, (HEAD, DEPUTY, CHIEF)),
    "MINUTES": Fires("affair", {"minutes.title": "甲", "topics": ({"no": 1},)}, TWO),
}  # fmt: skip

WHEN: list[tuple[str, Mapping[str, Any], tuple[str, ...]]] = [
    ("DR-01", {"observation.long": True}, (HEAD, LEGAL, DEPUTY, CHIEF)),
    ("DR-02", {"observation.long": True}, (HEAD, LEGAL, DEPUTY, CHIEF)),
    ("DR-10", {"harm.flag": "cleared"}, (HEAD, LEGAL, ALL, CHIEF)),
    ("DR-11", {"law.high_fine_floor": True}, (HEAD, LEGAL, ALL, CHIEF)),
    ("DR-18", {"penalty.major": True}, FULL),
    ("DR-18", {"penalty.depth": "heavier"}, FULL),
    ("DR-22", row("warnings", topic="甲", advice=("乙",), many=True), (HEAD, DEPUTY)),
    ("DR-26", row("orders", mode="at_once", items=("甲",), act="乙"), ()),
    ("DECIDE", {"hearing.held": True}, (LEGAL, ALL, CHIEF)),
    ("CLOSE", {"case.closed_on": DAY}, ()),
    ("KEEP", row("keepings", on=DAY, reason="甲", approved_on=DAY), ()),
    ("SEIZE", row("seizures", mode="seal", on=DAY, to=DAY, approved_on=DAY), ()),
]
"""Rule, what changes, and the steps that are asked then (conditional steps, domain/02 §2.7)."""


def known(rule: str) -> Facts:
    told = FIRES[rule]
    if told.matter == "case":
        raw = {name: value for name, value in told.answers.items() if name in shipped().facts and not shipped().facts[name].derived}
        derived = {name: value for name, value in told.answers.items() if name not in raw}
        return {**facts(changes=raw), **derived}
    return {**complete(dict(told.answers), Around(shipped(), History(""))), **told.answers}


def asked(rule: str, answers: Facts) -> Measure:
    measures = policy.measures(shipped(), policy.Question(FIRES[rule].matter, answers))
    return next(measure for measure in measures if measure.rule == rule)


def test_every_rule_of_the_office_stands_in_the_table() -> None:
    assert {rule.id for rule in shipped().rules} == set(FIRES)


@pytest.mark.parametrize("rule", FIRES)
def test_a_rule_fires_on_its_facts_and_asks_for_its_approvals(rule: str) -> None:
    measure = asked(rule, known(rule))
    assert (measure.status, measure.steps) == ("fired", FIRES[rule].steps), measure.because


@pytest.mark.parametrize(("rule", "changes", "steps"), WHEN, ids=lambda value: str(value)[:40])
def test_a_step_is_asked_only_when_its_condition_holds(rule: str, changes: Mapping[str, Any], steps: tuple[str, ...]) -> None:
    measure = asked(rule, {**known(rule), **changes})
    assert (measure.status, measure.steps) == ("fired", steps)


@pytest.mark.parametrize("rule", FIRES)
def test_a_rule_needs_every_fact_that_it_asks(rule: str) -> None:
    (told,) = (one for one in shipped().rules if one.id == rule)
    for condition in told.when:
        without = _without(told, condition, known(rule))
        refused = frozenset({"DR-18", "DR-30"}) if condition.op == "measure" else frozenset()
        assert asked_or_gone(told, without, refused) != "fired", condition.text


def asked_or_gone(rule: Rule, answers: Facts, refused: frozenset[str]) -> str:
    measures = policy.measures(shipped(), policy.Question(FIRES[rule.id].matter, answers, refused))
    return next((measure.status for measure in measures if measure.rule == rule.id), "gone")


def _without(rule: Rule, condition: Condition, answers: Facts) -> Facts:
    """The facts with this one taken away: of a list from every item."""
    short = condition.fact.removeprefix(f"{rule.per}.")
    if rule.per and short != condition.fact:
        items = answers[rule.per]
        assert isinstance(items, tuple)
        bare = tuple({name: value for name, value in item.items() if name != short} for item in items if isinstance(item, Mapping))
        return {**answers, rule.per: bare}
    return {name: value for name, value in answers.items() if name != condition.fact}


@pytest.mark.parametrize(("rule", "excepts"), [
    ("DR-10", {"harm.flag": "confirmed"}), ("DR-10-2017", {"harm.flag": "confirmed"}), ("DR-11", {"harm.flag": "confirmed"}),
    ("DR-19", {"case.filed_on": DAY}), ("DR-31", {"crime.suspected": True}), ("DR-32", {"crime.suspected": True}),
])  # fmt: skip
def test_an_exception_stops_its_rule(rule: str, excepts: dict[str, Any]) -> None:
    assert asked(rule, {**known(rule), **excepts}).status != "fired"


def test_every_rule_with_an_exception_is_tried() -> None:
    assert {rule.id for rule in shipped().rules if rule.unless} == {"DR-10", "DR-10-2017", "DR-11", "DR-19", "DR-31", "DR-32"}
