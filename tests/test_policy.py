"""The ladder of measures and the gates of law, asked of the shipped policy with the cases of domain/09."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperwork import policy
from paperwork.conditions import parse
from paperwork.facts import Around, complete, fold
from paperwork.model import Catalogue, Citation, Facts, Gate, History, Measure, Past, Rule
from samples import S01, S02, shipped, submitted
from tests.office_violations import OFFICE_VIOLATIONS

D = dt.date
BOTH = {"S01": S01, "S02": S02}


def facts(case: str = "S01", changes: Mapping[str, Any] | None = None, past: tuple[Past, ...] = ()) -> Facts:
    """The facts of a sample with these answers laid over (None takes one away), derived ones made anew."""
    given_ = {**fold([submitted(BOTH[case])], shipped().facts), **(changes or {})}
    return complete({k: v for k, v in given_.items() if v is not None}, Around(shipped(), History("", past=past)))


def judged(
    known: Facts, refused: frozenset[str] = frozenset(), catalogue: Catalogue | None = None
) -> dict[str, Measure]:
    found = policy.measures(catalogue or shipped(), policy.Question("case", known, refused))
    return {measure.rule: measure for measure in found}


def fired(known: Facts, refused: frozenset[str] = frozenset()) -> list[str]:
    return [rule for rule, measure in judged(known, refused).items() if measure.fired]


def statuses(known: Facts, *rules: str) -> list[str]:
    found = judged(known)
    return [found[rule].status for rule in rules]


PERSON = {
    "party.kind": "person",
    "party.uscc": None,
    "party.legal_rep": None,
    "party.legal_rep_title": None,
    "party.gender": "male",
    "party.birth": D(1900, 5, 1),
    "party.id_type": "居民身份证",
    "party.id_no": "140602190005010010",
}

# ── the ladder ────────────────────────────────────────────────────────────────────────────────────────


def test_s01_must_go_unpunished() -> None:
    assert fired(facts()) == ["DR-10"]
    measure = judged(facts())["DR-10"]
    assert measure.measure == "no_penalty"
    assert measure.force == "must"
    assert measure.params["ground"] == "33-1前"
    assert measure.steps == ("section_head", "legal_review", "chief")
    assert all(because.holds for because in measure.because)
    assert statuses(facts(), "DR-11", "DR-18") == ["outranked", "outranked"]


def test_s02_may_go_unpunished_for_the_first_offence() -> None:
    assert fired(facts("S02")) == ["DR-11"]
    assert statuses(facts("S02"), "DR-10", "DR-18") == ["unmet", "outranked"]


def test_s02_without_a_first_offence_is_punished() -> None:
    later = facts("S02", {"no_penalty.first_offence": False})
    assert fired(later) == ["DR-18"]
    assert statuses(later, "DR-10", "DR-11") == ["unmet", "unmet"]
    by_ledger = facts("S02", past=(Past("2025-LA-0003", "no_penalty", D(2025, 3, 1)),))
    assert fired(by_ledger) == ["DR-18"]


def test_a_rule_of_discretion_waits_for_the_handler() -> None:
    for name in ("measure_requested", "no_penalty.reason"):
        waiting = facts("S02", {name: None})
        assert fired(waiting) == []
        assert judged(waiting)["DR-11"].status == "unknown"
        assert judged(waiting)["DR-11"].missing == (name,)
        assert judged(waiting)["DR-18"].status == "outranked"


def test_a_handler_who_proposes_otherwise_with_reasons_leaves_it_unmet() -> None:
    punished = facts("S02", {"measure_requested": "penalty", "no_penalty.reason": "三名从业人员均未佩带，管理松散"})
    assert fired(punished) == ["DR-18"]
    assert judged(punished)["DR-11"].status == "unmet"


def test_a_proposal_never_moves_what_must_be_done() -> None:
    assert fired(facts(changes={"measure_requested": "penalty"})) == ["DR-10"]


def test_a_crime_comes_before_everything() -> None:
    crime = facts(changes={"crime.suspected": True, "case.industry": "网络游戏", "violation.established": False})
    assert fired(crime) == ["Q0"]
    assert set(statuses(crime, "Q1", "Q2")) == {"outranked"}


@pytest.mark.parametrize("industry", ["网络游戏", "检验检测"])
def test_what_is_not_ours_is_transferred_and_the_soft_ladder_stays_open(industry: str) -> None:
    other = facts(changes={"case.industry": industry, "irregularity.kind": "risk"})
    assert fired(other) == ["Q1", "Q9"]
    assert judged(other)["DR-10"].status == "outranked"


def test_an_industry_that_is_not_listed_stops_the_ladder() -> None:
    strange = facts(changes={"case.industry": "太空旅游"})
    assert fired(strange) == []
    assert judged(strange)["Q1"].missing == ("competence",)
    assert judged(facts(changes={"case.industry": None}))["Q1"].missing == ("case.industry",)
    assert judged(strange)["DR-10"].status == "outranked"


def test_nothing_established_is_nothing_to_punish() -> None:
    nothing = facts(changes={"violation.established": False})
    assert fired(nothing) == ["Q2"]
    assert judged(nothing)["Q2"].params["ground"] == "57-1-3"


def test_after_two_years_the_case_is_withdrawn_not_decided() -> None:
    late = facts(changes={"case.act_began_on": D(2024, 7, 7), "case.act_ended_on": D(2024, 7, 7)})
    assert fired(late) == ["Q3"]
    assert judged(late)["Q3"].measure == "withdrawal"
    assert fired(facts(changes={"case.act_began_on": D(2024, 7, 8), "case.act_ended_on": ""})) == ["DR-10"]


def test_a_child_under_fourteen_is_not_punished_on_its_birthday_it_may_be() -> None:
    child = {**PERSON, "party.birth": D(2012, 7, 9)}
    assert fired(facts(changes=child)) == ["Q4-30"]
    assert judged(facts(changes=child))["Q4-30"].params["ground"] == "30"
    assert fired(facts(changes={**child, "party.birth": D(2012, 7, 8)})) == ["DR-10"]


def test_a_person_whose_birth_nobody_gave_stops_the_ladder() -> None:
    unknown = facts(changes={**PERSON, "party.birth": None})
    assert fired(unknown) == []
    assert judged(unknown)["Q4-30"].missing == ("party.birth",)


def test_who_cannot_control_himself_is_not_punished() -> None:
    assert fired(facts(changes={**PERSON, "party.incapable": True})) == ["Q4-31"]
    assert fired(facts(changes=PERSON)) == ["DR-10"]
    assert fired(facts(changes={"party.incapable": True})) == ["DR-10"]  # a company is no person


MINORS = {"harm.classes": ("minors",)}
CONFIRMED = {**MINORS, "harm.confirmed_by": ("赵明远", "孙立群", "钱承宇")}
CLEARED = {**MINORS, "harm.cleared_reason": "经核对身份证件，场内均为成年人"}


def test_a_ticked_harm_suspends_leniency() -> None:
    for case in BOTH:
        assert fired(facts(case, MINORS)) == []
    found = judged(facts(changes=MINORS))["DR-10"]
    assert (found.status, found.missing) == ("unknown", ("harm.confirmed_by", "harm.cleared_reason"))


def test_a_confirmed_harm_blocks_leniency_and_is_dealt_with_in_full() -> None:
    for case in BOTH:
        assert fired(facts(case, CONFIRMED)) == ["Q5", "DR-30"]
        assert set(statuses(facts(case, CONFIRMED), "DR-10", "DR-11")) == {"unmet"}
    assert "collective" in judged(facts(changes=CONFIRMED))["DR-30"].steps


def test_a_cleared_harm_is_discussed_collectively() -> None:
    assert fired(facts(changes=CLEARED)) == ["DR-10"]
    steps = ("section_head", "legal_review", "collective", "chief")
    assert judged(facts(changes=CLEARED))["DR-10"].steps == steps
    assert judged(facts("S02", CLEARED))["DR-11"].steps == steps


def test_a_high_floor_is_discussed_collectively_once() -> None:
    both = facts(changes={**CLEARED, "law.statutory_range": "处一万元以上五万元以下的罚款"})
    assert judged(both)["DR-10"].steps == ("section_head", "legal_review", "collective", "chief")


TRAVEL = {
    "case.industry": "旅行社",
    "law.penalty": ({"law": "旅行社条例", "article": 50},),
    "law.statutory_range": "责令改正；拒不改正的，处1万元以下的罚款",
}


def test_what_punishes_only_refusal_is_closed_once_corrected() -> None:
    assert fired(facts(changes=TRAVEL)) == ["DR-27"]
    refused = {**TRAVEL, "correct.remaining": ("备案",), "no_penalty.gravity": "moderate"}
    assert fired(facts(changes=refused)) == ["DR-18"]


def test_no_fault_frees_even_where_harm_is_confirmed() -> None:
    changes = {**CONFIRMED, "no_penalty.no_fault": True}
    assert fired(facts(changes=changes)) == ["Q5", "DR-12"]
    measure = judged(facts(changes=changes))["DR-12"]
    assert measure.params["ground"] == "33-2"
    assert "collective" in measure.steps
    assert measure.procedure == ()


def test_silence_about_fault_is_no_plea() -> None:
    assert judged(facts("S02"))["DR-12"].status == "unmet"


OLD = {"case.act_began_on": D(2021, 7, 14), "case.act_ended_on": D(2021, 7, 14), "case.discovered_on": D(2021, 7, 20)}


def test_an_old_act_is_judged_by_the_old_law() -> None:
    old = judged(facts(changes=OLD))
    assert "DR-10" not in old
    assert old["DR-10-2017"].fired
    assert old["DR-10-2017"].basis == (Citation("行政处罚法2017", 27, 2),)
    assert old["DR-10-2017"].procedure == (Citation("行政处罚法", 57, 1, 2),)


def test_the_new_law_begins_on_its_day() -> None:
    day = {name: D(2021, 7, 15) for name in ("case.act_began_on", "case.act_ended_on")}
    assert fired(facts(changes={**OLD, **day})) == ["DR-10"]


@pytest.mark.parametrize(
    ("changes", "rule", "article"),
    [
        ({}, "DR-11", Citation("行政处罚法", 33, 1)),
        ({"no_penalty.no_fault": True}, "DR-12", Citation("行政处罚法", 33, 2)),
    ],
)
def test_new_and_lighter_law_judges_old_acts_by_article_37(
    changes: dict[str, Any], rule: str, article: Citation
) -> None:
    first = {"no_penalty.query.on": D(2021, 7, 21)}
    found = judged(facts("S02", {**OLD, **first, **changes}))[rule]
    assert found.fired
    assert found.basis == (Citation("行政处罚法", 37), article)
    new = judged(facts("S02", changes))[rule]
    assert new.basis == (article,)


def test_old_acts_of_children_are_left_to_the_lawyer() -> None:
    assert fired(facts(changes={**OLD, **PERSON, "party.birth": D(2010, 1, 1)})) == ["Q4-30-2017"]


def test_an_unknown_terminal_rule_stops_all_below_it_and_names_what_is_missing() -> None:
    known = facts(changes={"correct.rechecked_on": None})
    found = judged(known)
    assert found["DR-10"].status == "unknown"
    assert found["DR-10"].missing == ("correct.rechecked_on",)
    assert {found[rule].status for rule in ("DR-11", "DR-18")} == {"outranked"}
    missing = policy.missing_facts(shipped(), found.values())
    assert [(m.kind, m.name, m.code) for m in missing] == [("fact", "correct.rechecked_on", "DR-10")]
    assert "复查日期" in missing[0].why


def test_a_comparison_with_the_answer_none_names_the_fact_not_nothing() -> None:
    late = parse("correct.deadline >= 2026-07-01", shipped().facts)
    rule = Rule("X", "penalty", "", ("case",), (late,), terminal=True)
    found = judged(facts(changes={"correct.deadline": ""}), catalogue=replace(shipped(), rules=(rule,)))
    assert (found["X"].status, found["X"].missing) == ("unknown", ("correct.deadline",))


@pytest.mark.clauses("C-01", "C-02", "C-03", "C-04")
@pytest.mark.parametrize(
    ("ground", "rule", "old"),
    [
        ("32-1", "DR-13", "DR-13-2017"),
        ("32-2", "DR-14", "DR-14-2017"),
        ("32-3", "DR-15", "DR-15"),
        ("32-4", "DR-16", "DR-16-2017"),
        ("32-5", "DR-16b", "DR-16b-2017"),
    ],
)
def test_each_ground_that_must_lighten_a_penalty_is_its_own_rule_and_counts_only_when_verified(ground: str, rule: str, old: str) -> None:
    """Art 32 of 2021; of an act before it art 27 of 2017, and the newer ground where only the new law has it."""
    known = {"no_penalty.gravity": "moderate", "no_penalty.first_offence": False}
    item = {"no": 1, "ground": ground, "fact": "甲", "verified": True}
    mitigated = facts(changes={**known, "circumstances": (item,)})
    assert [name for name in fired(mitigated) if name != "DR-18"] == [rule]
    doubtful = facts(changes={**known, "circumstances": ({**item, "verified": False},)})
    assert fired(doubtful) == ["DR-18"]
    before = {"case.act_began_on": D(2020, 7, 7), "case.act_ended_on": D(2020, 7, 8), "case.discovered_on": D(2020, 7, 8)}
    assert [name for name in fired(facts(changes={**known, **before, "circumstances": (item,)})) if name != "DR-18"] == [old]


def test_a_refused_rule_lets_the_ladder_go_on_below_it() -> None:
    once = judged(facts(), frozenset({"DR-10"}))
    assert once["DR-10"].status == "refused"
    assert once["DR-11"].fired
    assert fired(facts(), frozenset({"DR-10", "DR-11"})) == ["DR-18"]


def test_what_was_refused_and_taken_may_be_asked_by_other_rules() -> None:
    def rule(name: str, when: str, rank: int) -> Rule:
        return Rule(name, f"m-{name}", "", ("case",), (parse(when, shipped().facts),), rank=rank)

    rules = (
        rule("A", "unit given", 1),
        rule("B", "measure m-A", 2),
        rule("C", "refused m-A", 3),
        rule("D", "measure m-C", 4),
    )
    known = replace(shipped(), rules=rules)
    assert [r for r, m in judged(facts(), catalogue=known).items() if m.fired] == ["A", "B"]
    assert [r for r, m in judged(facts(), frozenset({"A"}), known).items() if m.fired] == ["C", "D"]


def test_nothing_is_asked_of_another_type_of_matter() -> None:
    asked = policy.measures(shipped(), policy.Question("guidance", facts()))
    of_guidance = {rule.id for rule in shipped().rules if "guidance" in rule.matters}
    assert {m.rule for m in asked} <= of_guidance
    assert not [m.rule for m in asked if m.fired]


# ── the ladder, whatever the facts ────────────────────────────────────────────────────────────────────

_DAYS = st.dates(D(2019, 1, 1), D(2026, 12, 31))
_NAMES = st.sampled_from(["", "甲"])
_FLAGS = st.booleans()
_RANDOM = st.fixed_dictionaries(
    {},
    optional={
        "crime.suspected": st.just(False),
        "violation.established": st.one_of(st.just(True), _FLAGS),
        "case.industry": st.sampled_from(["娱乐场所", "娱乐场所", "网络游戏", "?"]),
        "case.filed_on": _DAYS,
        "case.act_began_on": _DAYS,
        "case.discovered_on": _DAYS,
        "party.kind": st.sampled_from(["company", "person"]),
        "party.birth": _DAYS,
        "party.incapable": _FLAGS,
        "harm.level": st.sampled_from(["none", "none", "minor", "serious"]),
        "harm.classes": st.sampled_from([(), (), ("minors",), ("health", "order")]),
        "harm.confirmed_by": st.sampled_from([(), ("甲", "乙", "丙")]),
        "harm.cleared_reason": _NAMES,
        "correct.mode": st.sampled_from(["at_once", "by_deadline"]),
        "correct.required_on": _DAYS,
        "correct.deadline": _DAYS,
        "correct.done_on": _DAYS,
        "correct.rechecked_on": _DAYS,
        "correct.remaining": st.sampled_from([(), (), ("标志",)]),
        "no_penalty.gravity": st.sampled_from(["minor", "moderate"]),
        "no_penalty.first_offence": _FLAGS,
        "no_penalty.query.system": _NAMES,
        "no_penalty.query.on": _DAYS,
        "no_penalty.query.result": _NAMES,
        "no_penalty.no_fault": _FLAGS,
        "no_penalty.reason": _NAMES,
        "measure_requested": st.sampled_from(["no_penalty", "penalty"]),
        "law.penalty": st.sampled_from([(), ({"law": "旅行社条例", "article": 50},)]),
        "irregularity.kind": st.sampled_from(["", "risk"]),
    },
)


@st.composite
def _any_facts(draw: st.DrawFn) -> Facts:
    """Random answers, half of the time laid over a complete case, so that the lower rules are reached too."""
    answers = draw(_RANDOM)
    case = draw(st.sampled_from(["", "S01", "S02"]))
    base = fold([submitted(BOTH[case])], shipped().facts) if case else {}
    absent = draw(st.sets(st.sampled_from(sorted(base)), max_size=2)) if base else set()
    kept = {name: value for name, value in base.items() if name not in absent}
    few = dict(list(answers.items())[:4]) if base else answers
    return complete({**kept, **few}, Around(shipped(), History("")))


@given(_any_facts(), st.sets(st.sampled_from([rule.id for rule in shipped().rules]), max_size=2))
def test_the_ladder_keeps_its_promises_whatever_the_facts(known: Facts, refused: set[str]) -> None:
    asked = policy.measures(shipped(), policy.Question("case", known, frozenset(refused)))
    rules = {rule.id: rule for rule in shipped().rules}
    closing = [m for m in asked if m.terminal and m.status in ("fired", "unknown")]
    assert len(closing) <= 1, "one rule at most closes the ladder"
    below = asked[asked.index(closing[0]) + 1 :] if closing else ()
    assert all(m.status not in ("fired", "unknown") or rules[m.rule].attach for m in below)
    for measure in asked:
        if measure.fired:
            assert all(because.holds is True for because in measure.because)
            assert measure.rule not in refused
        if measure.status == "unknown":
            assert measure.missing
            assert "" not in measure.missing
    if known.get("harm.flag") == "confirmed":  # I4 of domain/09 §9.3
        assert not {"DR-10", "DR-10-2017", "DR-11"} & {m.rule for m in asked if m.fired}
    if known.get("harm.flag") is None:
        assert not {"DR-10", "DR-10-2017", "DR-11"} & {m.rule for m in asked if m.fired}


@given(_any_facts())
def test_the_same_facts_get_the_same_answer(known: Facts) -> None:
    question = policy.Question("case", known)
    assert policy.measures(shipped(), question) == policy.measures(shipped(), replace(question, facts=dict(known)))


# ── gates ─────────────────────────────────────────────────────────────────────────────────────────────


def gates(known: Facts) -> list[tuple[str, str]]:
    return [(f.code, f.field) for f in policy.gates(shipped(), policy.Question("case", known))]


@pytest.mark.parametrize("case", sorted(BOTH))
def test_the_samples_pass_all_gates(case: str) -> None:
    assert gates(facts(case)) == []


def test_a_person_passes_all_gates() -> None:
    assert gates(facts(changes=PERSON)) == []


_DECIDED = {"decision.on": D(2026, 7, 22), "service.on": D(2026, 7, 24), "decision.result": "no_penalty"}
_ONE = ({"name": "赵明远", "cert_no": "04060200101"},)
_SAME_CARD = (*_ONE, {"name": "赵明远", "cert_no": "04060200101", "unit": "x"})
_PASSPORT = {**PERSON, "party.id_type": "护照", "party.id_no": "E00000000"}  # says nothing of the day of birth
_EXPERT = ({"no": 1, "kind": "expert", "name": "精神状态鉴定意见"},)
_FREELY = {"correct.how": "voluntary", "correct.order_no": None, "correct.required_on": None}  # corrected without an order
_OPEN_REST = {"correct.remaining": ("出口标志",), "no_penalty.no_fault": True, "no_penalty.proof": "进货查验记录"}
_CLOSED = {"case.closed_on": D(2026, 8, 1), "case.result": "no_penalty"}
_STRANGER = (*_ONE, {"name": "孙立群", "cert_no": "04060200102"}, {"name": "钱某", "cert_no": "04060299999"})
VIOLATIONS: list[tuple[dict[str, Any], str, str]] = [
    ({"case.filed_on": None}, "E-NOT-FILED", "case.filed_on"),
    ({"officers": _ONE}, "E-OFFICER-2", "officers"),
    ({"officers": _SAME_CARD}, "E-OFFICER-2", "officers"),
    ({"officers": _STRANGER}, "E-CERT-UNKNOWN", "officers"),
    ({"investigation.cards_shown": False}, "E-PROCEDURE", "investigation.cards_shown"),
    ({"investigation.rights_told": False}, "E-PROCEDURE", "investigation.rights_told"),
    ({"evidence": ()}, "E-EVIDENCE", "evidence"),
    ({"case.industry": "检验检测"}, "E-COMP", "case.industry"),
    ({"case.industry": "网络游戏", "measure_requested": "penalty"}, "E-COMP", "case.industry"),
    ({"no_penalty.ground": "33-1后", "no_penalty.query.on": None}, "E-FIRST-QUERY", "no_penalty.query.on"),
    ({"no_penalty.ground": "33-1后", "no_penalty.query.system": ""}, "E-FIRST-QUERY", "no_penalty.query.system"),
    ({**PERSON, "party.id_no": None}, "E-PARTY", "party.id_no"),
    ({**PERSON, "party.gender": ""}, "E-PARTY", "party.gender"),
    ({**_PASSPORT, "party.birth": D(2008, 7, 9)}, "E-PARTY", "party.guardian"),
    ({**PERSON, "party.incapable": True, "evidence": _EXPERT}, "E-PARTY", "party.guardian"),
    ({**PERSON, "party.incapable": True, "party.guardian": "顾大北"}, "E-EVIDENCE", "evidence"),
    ({**PERSON, "party.birth": D(1900, 5, 2)}, "E-PARTY", "party.birth"),
    ({"party.uscc": None}, "E-PARTY", "party.uscc"),
    ({"party.legal_rep_title": ""}, "E-PARTY", "party.legal_rep_title"),
    ({"law.violated": ()}, "E-LAW", "law.violated"),
    ({"law.statutory_range": ""}, "E-LAW", "law.statutory_range"),
    ({"correct.order_no": ""}, "E-CORRECT", "correct.order_no"),
    ({"correct.order_served_on": None}, "E-CORRECT", "correct.order_served_on"),
    ({"correct.required_on": None}, "E-CORRECT", "correct.required_on"),
    ({"correct.mode": ""}, "E-CORRECT", "correct.mode"),
    ({"correct.how": "voluntary"}, "E-CORRECT", "correct.how"),
    ({"correct.rechecked_by": ("赵明远",)}, "E-CORRECT", "correct.rechecked_by"),
    ({**MINORS, "harm.level": "moderate", "harm.confirmed_by": ("赵明远", "孙立群")}, "E-HARM", "harm.confirmed_by"),
    ({"statement": "标志是风吹落的"}, "E-STATEMENT", "statement_review"),
    ({"case.act_ended_on": D(2026, 7, 6)}, "E-DATE-ORDER", "case.act_ended_on"),
    ({"case.discovered_on": D(2026, 7, 6)}, "E-DATE-ORDER", "case.discovered_on"),
    ({"case.filed_on": D(2026, 7, 7)}, "E-DATE-ORDER", "case.filed_on"),
    ({**_FREELY, "case.act_ended_on": "", "correct.done_on": D(2026, 7, 6)}, "E-DATE-ORDER", "correct.done_on"),
    ({**_FREELY, "correct.done_on": D(2026, 7, 7)}, "E-DATE-ORDER", "correct.done_on"),
    ({"correct.required_on": D(2026, 7, 9)}, "E-DATE-ORDER", "correct.done_on"),
    ({"case.found_on": D(2026, 7, 6)}, "E-DATE-ORDER", "case.found_on"),
    ({"fact.time": dt.datetime(2026, 7, 6, 23, 59)}, "E-DATE-ORDER", "fact.time"),
    ({"correct.rechecked_on": D(2026, 7, 7)}, "E-DATE-ORDER", "correct.rechecked_on"),
    ({"correct.order_served_on": D(2026, 7, 7)}, "E-DATE-ORDER", "correct.order_served_on"),
    ({"decision.on": D(2026, 7, 14)}, "E-DATE-ORDER", "correct.rechecked_on"),
    ({"no_penalty.query.on": D(2026, 7, 7)}, "E-DATE-ORDER", "no_penalty.query.on"),
    ({**_DECIDED, "no_penalty.query.on": D(2026, 7, 23)}, "E-DATE-ORDER", "no_penalty.query.on"),
    (_OPEN_REST, "E-DATE-ORDER", "correct.deadline"),
    ({**_OPEN_REST, "correct.deadline": D(2026, 7, 9)}, "E-DATE-ORDER", "correct.deadline"),
    ({**_OPEN_REST, **_DECIDED, "correct.deadline": D(2026, 7, 21)}, "E-DATE-ORDER", "correct.deadline"),
    ({**_DECIDED, "edu.dt": dt.datetime(2026, 7, 21, 10)}, "E-DATE-ORDER", "edu.dt"),
    ({**_DECIDED, "case.closed_on": D(2026, 7, 23)}, "E-DATE-ORDER", "case.closed_on"),
    ({"decision.on": D(2026, 7, 22), "case.closed_on": D(2026, 7, 21)}, "E-DATE-ORDER", "case.closed_on"),
    (_CLOSED, "E-CLOSE", "case.result"),
    ({**_CLOSED, "decision.on": D(2026, 7, 22)}, "E-CLOSE", "case.result"),
    ({**_CLOSED, **_DECIDED, "case.result": "withdrawal"}, "E-CLOSE", "case.result"),
    ({"case.closed_on": D(2026, 7, 9)}, "E-CLOSE", "case.closed_on"),
    ({"case.industry": "网吧"}, "E-INDUSTRY", "case.industry"),
]


@pytest.mark.parametrize(("changes", "code", "field"), VIOLATIONS, ids=lambda value: str(value)[:60])
def test_each_gate_is_broken_alone_and_says_so(changes: dict[str, Any], code: str, field: str) -> None:
    known = facts(changes=changes)
    assert gates(known) == [(code, field)]
    (found,) = policy.gates(shipped(), policy.Question("case", known))
    assert len(found.message) >= 10
    assert "{" not in found.message
    assert found.place == f"「{shipped().facts[field].label}」一栏"
    assert found.severity == "error"


# One slip of the pen may break several rules, and each is told.
TOGETHER: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"correct.done_on": D(2026, 7, 6)}, [("E-DATE-ORDER", "correct.done_on")] * 3),
    ({**_PASSPORT, "party.birth": D(2008, 7, 9), "party.id_no": "140602190005010010"},
     [("E-PARTY", "party.guardian"), ("E-PARTY", "party.birth")]),
    ({**PERSON, "party.incapable": True}, [("E-PARTY", "party.guardian"), ("E-EVIDENCE", "evidence")]),
    ({**_CLOSED, "case.closed_on": D(2026, 7, 9)}, [("E-CLOSE", "case.result"), ("E-CLOSE", "case.closed_on")]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "told"), TOGETHER)
def test_all_gates_that_one_answer_breaks_are_told(changes: dict[str, Any], told: list[tuple[str, str]]) -> None:
    assert gates(facts(changes=changes)) == told


def test_what_is_decided_served_and_closed_in_order_breaks_no_gate() -> None:
    assert gates(facts(changes={**_CLOSED, **_DECIDED})) == []
    assert gates(facts(changes={**_OPEN_REST, **_DECIDED, "correct.deadline": D(2026, 7, 22)})) == []


def test_an_industry_that_is_not_listed_comes_back_with_what_is_listed() -> None:
    (near,) = policy.gates(shipped(), policy.Question("case", facts(changes={"case.industry": "网吧"})))
    assert "网吧" in near.message
    assert "互联网上网服务营业场所" in near.message
    (meant,) = policy.gates(shipped(), policy.Question("case", facts(changes={"case.industry": "娱乐场"})))
    assert "是不是「娱乐场所」" in meant.message


TALK: dict[str, Any] = {
    "no": 1, "kind": "responsibility", "reason": "安全出口堆放道具", "hosts": ("赵明远", "孙立群"),
    "invitee_role": "operator", "hazard": "安全出口仍被堵塞", "prior_title": "行政建议书",
    "prior_served_on": dt.date(2026, 7, 2), "prior_recheck_on": dt.date(2026, 8, 3),
    "when": dt.datetime(2026, 8, 20, 9), "where": "三楼会议室",
}  # fmt: skip
HELD = {"told_by": "2026年8月18日电话通知", "held": True, "is_agent": False, "start": dt.datetime(2026, 8, 20, 9), "end": dt.datetime(2026, 8, 20, 10)}
RECHECK = {"no": 1, "by": ("赵明远", "孙立群")}
REPAIR = {"no": 1, "kind": "repair", "item_doc_no": "罚字1号", "item_org": "本局", "item_on": dt.date(2026, 5, 6),
          "duties_done": "已缴款"}  # fmt: skip

SERVED = {"document": "D-13", "on": D(2026, 7, 23), "method": "direct", "receiver": "田野禾", "by": ("赵明远", "孙立群")}

# list, its item, what is wrong with it, the finding's code and field
SOFT_VIOLATIONS: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("talks", TALK, {"hosts": ("赵明远",)}, "E-TALK-HOSTS", "talks.hosts"),
    ("talks", TALK | HELD, {"when": None}, "E-TALK-PLAN", "talks.when"),
    ("talks", TALK, {"invitee_role": "other"}, "E-TALK-PERSON", "talks.invitee_role"),
    ("talks", TALK | HELD, {"is_agent": True, "authorised": True}, "E-TALK-PERSON", "talks.is_agent"),
    ("talks", TALK | HELD | {"kind": "guidance"}, {"is_agent": True, "authorised": False}, "E-TALK-PERSON",
     "talks.authorised"),
    ("talks", TALK | HELD | {"attendee": "田野禾", "invitee": "田野禾"}, {"attendee": "贺见微"}, "E-TALK-PERSON", "talks.attendee"),
    ("talks", TALK | HELD, {"follow_up_on": dt.date(2026, 8, 19)}, "E-DATE-ORDER", "talks.follow_up_on"),
    ("advices", {"proposed_on": dt.date(2026, 7, 2)}, {"reply_by": dt.date(2026, 7, 1)}, "E-DATE-ORDER", "advices.reply_by"),
    ("talks", TALK, {"hazard": ""}, "E-TALK-PRIOR", "talks.hazard"),
    ("talks", TALK, {"held": False, "told_by": "电话通知"}, "E-TALK-REFUSAL", "talks.refusal"),
    ("talks", TALK, {"held": False, "told_by": "电话通知", "refusal": "没有来", "attendee": "贺见微"}, "E-TALK-REFUSAL", "talks.attendee"),
    ("talks", TALK | HELD, {"end": dt.datetime(2026, 8, 20, 8)}, "E-DATE-ORDER", "talks.end"),
    ("talks", TALK, {"prior_recheck_on": dt.date(2026, 7, 1)}, "E-DATE-ORDER", "talks.prior_recheck_on"),
    ("rechecks", RECHECK, {"by": ("赵明远",)}, "E-RECHECK", "rechecks.by"),
    ("commitments", REPAIR, {"duties_done": ""}, "E-COMMIT", "commitments.duties_done"),
    ("commitments", REPAIR, {"truthful": False, "liable": True}, "E-COMMIT", "commitments.truthful"),
    ("commitments", {"no": 1, "kind": "correction", "deadline": dt.date(2026, 9, 4)}, {"done_on": dt.date(2026, 9, 1)}, "E-COMMIT",
     "commitments.deadline"),
    ("commitments", REPAIR, {"publicity": "disagree"}, "W-COMMIT-PUBLIC", "commitments.publicity"),
    ("services", SERVED, {"by": ("赵明远",)}, "E-SERVICE", "services.by"),
    ("services", SERVED, {"receiver": ""}, "E-SERVICE", "services.receiver"),
    ("services", SERVED, {"method": "left"}, "E-SERVICE", "services.reason"),
    ("services", SERVED, {"method": "electronic"}, "E-SERVICE", "services.method"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "item", "wrong", "code", "field"), SOFT_VIOLATIONS)
def test_each_item_of_a_list_is_held_to_its_gates(
    name: str, item: dict[str, Any], wrong: dict[str, Any], code: str, field: str
) -> None:
    assert gates(facts(changes={name: (item,)})) == []
    question = policy.Question("case", facts(changes={name: (item, {**item, **wrong, "no": 2})}))
    (found,) = (one for one in policy.gates(shipped(), question) if one.code == code)
    assert found.field == field
    assert "第2行" in found.place


def procedure() -> list[tuple[str, dict[str, Any], str, str]]:
    """The violations of the way to a decision, of their own module."""
    from tests import test_policy_enforcement as own

    return own.VIOLATIONS + own.TOGETHER


EARLY, LATE = dt.date(2026, 9, 20), dt.date(2026, 9, 21)
# matter, its facts, the finding's code and field
CREDIT_VIOLATIONS: list[tuple[str, dict[str, Any], str, str]] = [
    ("repair", {"repair.pushed_on": EARLY, "repair.item_on": LATE}, "E-DATE-ORDER", "repair.pushed_on"),
    ("repair", {"repair.accepted_on": EARLY, "repair.pushed_on": LATE}, "E-DATE-ORDER", "repair.accepted_on"),
    ("repair", {"repair.supplement_on": EARLY, "repair.pushed_on": LATE}, "E-DATE-ORDER", "repair.supplement_on"),
    ("repair", {"repair.accepted_on": LATE, "repair.term_over": False}, "E-REPAIR", "repair.accepted_on"),
    ("repair", {"repair.accepted_on": LATE, "repair.complete": False}, "E-REPAIR", "repair.complete"),
    ("repair", {"repair.supplement_on": LATE}, "E-REPAIR", "repair.lacking"),
    ("repair", {"repair.false_found_on": LATE}, "E-REPAIR", "repair.false_fact"),
    ("repair", {"party.kind": "company"}, "E-PARTY", "party.uscc"),
    ("case", {"credit.published_on": LATE, "credit.wanted": False}, "E-PUBLICITY", "credit.published_on"),
    ("case", {"credit.withdrawn_on": LATE}, "E-PUBLICITY", "credit.why"),
    ("case", {"credit.published_on": EARLY, "decision.on": LATE}, "E-DATE-ORDER", "credit.published_on"),
    ("case", {"credit.withdrawn_on": EARLY, "credit.revoked_on": LATE}, "E-DATE-ORDER", "credit.withdrawn_on"),
]  # fmt: skip


OBSERVATION_VIOLATIONS: list[tuple[str, dict[str, Any], str, str]] = [
    ("observation", {"observation.start": LATE, "observation.end": EARLY}, "E-DATE-ORDER", "observation.end"),
    ("observation", {"observation.kind": "observation", "observation.end": LATE, "observation.limit": EARLY},
     "E-OBSERVATION-LENGTH", "observation.end"),
    ("observation", {"observation.outlook": "illegal"}, "E-OUTLOOK", "observation.outlook"),
    ("observation", {"observation.kind": "key", "risk.public_safety": False},
     "E-KEY-SUPERVISION", "risk.public_safety"),
    ("report", {"report.until": LATE, "report.as_of": LATE, "approvals": ({"draft": "K7Q4-MD2X"},)},
     "E-REPORT-PERIOD", "report.until"),
    ("observation", {"observation.kind": "key", "risk.review_on": LATE, "risk.review_limit": EARLY},
     "E-KEY-SUPERVISION", "risk.review_on"),
]  # fmt: skip


@pytest.mark.parametrize(("matter", "answers", "code", "field"), CREDIT_VIOLATIONS + OBSERVATION_VIOLATIONS)
def test_credit_and_observation_are_held_to_their_gates(matter: str, answers: dict[str, Any], code: str, field: str) -> None:
    assert (code, field) in {(f.code, f.field) for f in policy.gates(shipped(), policy.Question(matter, answers))}


@pytest.mark.parametrize(("matter", "answers", "code"), OFFICE_VIOLATIONS, ids=lambda value: str(value)[:60])
def test_the_offices_papers_are_held_to_their_gates(matter: str, answers: dict[str, Any], code: str) -> None:
    assert code in {f.code for f in policy.gates(shipped(), policy.Question(matter, answers))}


def test_every_shipped_gate_is_broken_by_some_violation() -> None:
    questions = [policy.Question("case", facts(changes=changes)) for changes, _, _ in VIOLATIONS]
    broken = [{name: ({**item, **wrong},)} for name, item, wrong, _, _ in SOFT_VIOLATIONS]
    questions += [policy.Question("case", facts(changes=changes)) for changes in broken]
    questions += [policy.Question(matter, facts(changes=changes)) for matter, changes, _, _ in procedure()]
    questions += [policy.Question(matter, answers) for matter, answers, _, _ in CREDIT_VIOLATIONS + OBSERVATION_VIOLATIONS]
    questions += [policy.Question(matter, answers) for matter, answers, _ in OFFICE_VIOLATIONS]
    said = {finding.message for question in questions for finding in policy.gates(shipped(), question)}
    stems = {re.split(r"\{", gate.message)[0] for gate in shipped().gates}
    assert {stem for stem in stems if not any(message.startswith(stem) for message in said)} == set()


def test_the_stranger_is_named() -> None:
    (found,) = policy.gates(shipped(), policy.Question("case", facts(changes={"officers": _STRANGER})))
    assert "钱某（04060299999）" in found.message
    assert "孙立群" not in found.message


@pytest.mark.parametrize("name", ["correct.done_on", "correct.rechecked_on", "case.act_ended_on", "case.industry"])
def test_what_nobody_answered_breaks_no_gate_of_order(name: str) -> None:
    assert gates(facts(changes={name: None})) == []
    assert gates(facts(changes={name: ""})) == []


def test_a_gate_whose_occasion_is_unknown_is_not_asked() -> None:
    assert gates(facts(changes={"party.kind": None, "party.uscc": None})) == []
    assert gates(facts(changes={"correct.how": None, "correct.order_no": None})) == []


def test_a_gate_per_list_names_the_row() -> None:
    known = shipped()
    gate = Gate(
        "E-X", ("case",), (parse("pages >= 1", known.facts, "evidence"),), "「{evidence.name}」没有页数", (), "evidence"
    )
    rows = ({"no": 1, "name": "笔录", "pages": 2}, {"no": 2, "name": "照片", "pages": 0}, {"no": 3, "name": "书证"})
    found = policy.gates(replace(known, gates=(gate,)), policy.Question("case", facts(changes={"evidence": rows})))
    assert [(f.message, f.place) for f in found] == [("「照片」没有页数", "「证据」第2行")]


def test_a_gate_may_ask_which_measure_is_taken() -> None:
    known = shipped()
    gate = Gate("E-X", ("case",), (parse("unit empty", known.facts),), "x", (parse("measure no_penalty", known.facts),))
    one = replace(known, gates=(gate,))
    assert policy.gates(one, policy.Question("case", facts()))
    assert not policy.gates(one, policy.Question("case", facts(changes={"crime.suspected": True})))


# ── papers ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_file_of_s01_holds_the_papers_of_the_domain_in_order() -> None:
    known = facts()
    measures = [m for m in judged(known).values() if m.fired]
    codes = [paper.code for paper in policy.papers(shipped(), policy.Question("case", known), measures)]
    assert codes == [
        "D-39", "D-31", "D-10", "D-38", "D-38b", "D-08", "D-09", "D-14", "D-20", "D-12", "D-13", "D-34", "D-15", "D-40", "D-35",
        "D-36",
    ]  # fmt: skip


def test_no_measure_wants_no_papers() -> None:
    assert policy.papers(shipped(), policy.Question("case", facts()), ()) == ()
