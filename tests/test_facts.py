"""The fold of submissions, and every derived fact: known when its inputs suffice, else unknown, never guessed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from paperwork import policy
from paperwork.facts import DERIVED, Around, complete, conflicts, fold, in_force, inputs_of, merge_items
from paperwork.model import Document, Fact, Facts, History, Item, Past, Recipe, Submission, Value
from samples import S01, facts_of, shipped

DEFS = {
    "talks": Fact("talks", "约谈", "list", key=("no",)),
    "approvals": Fact("approvals", "审批", "list", key=("draft", "step")),
    "title": Fact("title", "名称", "text"),
}


def said(drop: str, facts: Facts, adds: tuple[str, ...] = (), corrects: str = "") -> Submission:
    return Submission(drop, 0, "form", "", facts, frozenset(adds), corrects)


def folded(*submissions: Submission) -> Facts:
    return fold(submissions, DEFS)


# ── the fold ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_sets_section_lays_scalars_and_whole_lists_over_the_earlier_ones() -> None:
    first = said("a", {"title": "旧", "talks": ({"no": 1}, {"no": 2}), "unit": "甲"})
    second = said("b", {"title": "新", "talks": ({"no": 3},)})
    assert folded(first, second) == {"title": "新", "talks": ({"no": 3},), "unit": "甲"}


def test_an_adds_section_adds_new_items_and_completes_known_ones() -> None:
    first = said("a", {"talks": ({"no": 1, "kind": "x"},)}, ("talks",))
    second = said("b", {"talks": ({"no": 2}, {"no": 1, "on": "y"})}, ("talks",))
    assert folded(first, second)["talks"] == ({"no": 1, "kind": "x", "on": "y"}, {"no": 2})


def test_the_answer_none_is_laid_over_too() -> None:
    assert folded(said("a", {"title": "旧"}), said("b", {"title": ""})) == {"title": ""}


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    wrong, later = said("a", {"title": "错", "unit": "甲"}), said("b", {"title": "后"})
    right = said("c", {"title": "对"}, corrects="a/0")
    assert folded(wrong, later, right) == {"title": "后"}
    assert folded(wrong, right) == {"title": "对"}


def test_a_chain_of_corrections_leaves_only_the_last() -> None:
    first, second = said("a", {"title": "1"}), said("b", {"title": "2"}, corrects="a/0")
    third, again = said("c", {"title": "3"}, corrects="b/0"), said("d", {"title": "4"}, corrects="a/0")
    other = said("x", {"unit": "甲"})
    assert in_force((first, other, second, third)) == (third, other)
    assert in_force((first, other, second, third, again)) == (again, other)
    assert folded(first, second, third, again) == {"title": "4"}


def test_a_correction_takes_back_the_items_that_the_corrected_form_added() -> None:
    first = said("a", {"talks": ({"no": 1},)}, ("talks",))
    second = said("b", {"talks": ({"no": 2},)}, ("talks",))
    right = said("c", {"talks": ({"no": 9},)}, ("talks",), corrects="a/0")
    assert folded(first, second, right)["talks"] == ({"no": 9}, {"no": 2})


def test_a_correction_of_what_never_came_stands_for_itself() -> None:
    assert folded(said("a", {"title": "甲"}, corrects="z/0")) == {"title": "甲"}


_SCALARS = st.dictionaries(st.sampled_from(["title", "unit", "place"]), st.text(max_size=3), max_size=3)


@given(st.lists(_SCALARS, max_size=6))
def test_the_last_answer_to_a_scalar_wins(answers: list[dict[str, str]]) -> None:
    expected: dict[str, str] = {}
    for answer in answers:
        expected |= answer
    assert folded(*(said(str(i), a) for i, a in enumerate(answers))) == expected


_ITEMS = st.lists(
    st.fixed_dictionaries({"no": st.integers(1, 4)}, optional={"kind": st.text(max_size=2), "on": st.text(max_size=2)}),
    max_size=5,
)


@given(_ITEMS, _ITEMS)
def test_merging_the_same_items_again_changes_nothing(old: list[Item], new: list[Item]) -> None:
    once = merge_items(old, new, ("no",))
    assert merge_items(once, once, ("no",)) == once
    assert merge_items((), once, ("no",)) == once


@given(_ITEMS, _ITEMS)
def test_merging_loses_no_key_and_keeps_each_once(old: list[Item], new: list[Item]) -> None:
    keys = [item["no"] for item in merge_items(old, new, ("no",))]
    assert len(keys) == len(set(keys))
    assert set(keys) == {item["no"] for item in (*old, *new)}


@given(st.permutations([said(str(n), {"talks": ({"no": n, "kind": str(n)},)}, ("talks",)) for n in range(4)]))
def test_the_order_in_which_different_items_arrive_never_matters(submissions: list[Submission]) -> None:
    talks = folded(*submissions)["talks"]
    assert isinstance(talks, tuple)
    assert sorted(talks, key=str) == [{"no": n, "kind": str(n)} for n in range(4)]


@given(_ITEMS, _ITEMS)
def test_without_conflicts_order_does_not_change_what_is_known(old: list[Item], new: list[Item]) -> None:
    assume(not conflicts((), [*old, *new], ("no",)))
    one, other = merge_items(old, new, ("no",)), merge_items(new, old, ("no",))
    assert sorted(one, key=lambda i: str(i["no"])) == sorted(other, key=lambda i: str(i["no"]))


def test_only_a_changed_answer_is_a_conflict() -> None:
    old: list[Item] = [{"draft": "K", "step": "chief", "decision": "agree"}]
    same: Item = {"draft": "K", "step": "chief", "decision": "agree", "opinion": "可"}
    other: Item = {"draft": "K", "step": "chief", "decision": "return", "opinion": "可"}
    elsewhere: Item = {"draft": "L", "step": "chief", "decision": "return"}
    key = ("draft", "step")
    assert conflicts(old, [same, elsewhere], key) == ()
    assert conflicts(old, [other], key) == ((other, "decision"),)


def test_two_rows_of_one_form_may_not_contradict_each_other() -> None:
    rows: list[Item] = [{"no": 1, "kind": "a"}, {"no": 1, "kind": "b"}]
    assert conflicts((), rows, ("no",)) == ((rows[1], "kind"),)
    assert conflicts((), [rows[0], {"no": 1, "on": "x"}], ("no",)) == ()


# ── derived facts ─────────────────────────────────────────────────────────────────────────────────────

D = dt.date


def derive(
    name: str, facts: dict[str, Any], past: tuple[Past, ...] = (), documents: tuple[Document, ...] = ()
) -> Value | None:
    return complete(facts, Around(shipped(), History("U:x", past=past), documents)).get(name)


def test_no_derived_fact_is_guessed_from_nothing() -> None:
    first = dict.fromkeys(("talks.next_no", "rechecks.next_no", "commitments.next_no"), 1)
    # what is true of a matter without a word and without a paper: nothing was ordered, nobody was fined, and a
    # transfer is a letter unless a crime in our own field is suspected; who signed nothing agreed to nothing; where the
    # register of the seal is kept says the office, and no paper that was not issued waits for it; who named no ground
    # for it sends nothing elsewhere
    empty = {"correct.limit": "", "credit.reason": "不是行政处罚（行政处罚法第九条）", "transfer.letter": True}
    empty |= {"service.electronic_agreed": False, "triggers.next_no": "1", "seals.kept": False, "seals.awaited": ()}
    empty["transfer.elsewhere"] = False
    assert complete({}, Around(shipped(), History(""))) == {**empty, **first}


def test_a_falsehood_in_one_application_for_repair_bars_the_next_and_is_no_offence() -> None:
    found = (Past("2026-XF-0001", "repair_false", D(2025, 3, 1)),)
    told = {"repair.earlier_false_on": "", "repair.pushed_on": D(2026, 9, 21)}
    assert derive("repair.barred", told, found) is True
    assert derive("repair.barred", {**told, "repair.pushed_on": D(2028, 3, 2)}, found) is False
    assert derive("repair.barred", told) is False
    queried = {f"no_penalty.query.{n}": "无" for n in ("system", "on", "result")}
    case = {"no_penalty.first_offence": True, "case.act_began_on": D(2026, 7, 7), **queried}
    assert derive("first_offence", case, found) is True


def test_every_derived_fact_stands_in_the_catalogue_with_inputs_that_exist() -> None:
    for name in DERIVED:
        assert shipped().facts[name].derived
        assert [leaf for leaf in inputs_of(name) if leaf not in shipped().facts] == []
    assert inputs_of("case.act") == ("case.act",)
    assert "case.act_ended_on" in inputs_of("time_barred")
    assert "case.act_ended_on" not in inputs_of("time_barred", {"act.date"})


def test_s01_knows_all_that_its_ladder_asks() -> None:
    facts = facts_of(S01)
    expected = {
        "act.date": D(2026, 7, 8),
        "time_barred": False,
        "competence": "own",
        "officers.unregistered": (),
        "harm.flag": "none",
        "correct.limit": D(2026, 7, 8),
        "corrected_in_time": True,
        "first_offence": True,
        "law.refusal_only": False,
        "law.high_fine_floor": False,
    }
    assert {name: facts.get(name) for name in expected} == expected
    assert not {"decision.on", "service.on", "party.age_at_act"} & facts.keys()


def test_an_act_is_dated_by_its_end_and_else_by_its_beginning() -> None:
    assert derive("act.date", {"case.act_began_on": D(2026, 7, 7), "case.act_ended_on": D(2026, 7, 8)}) == D(2026, 7, 8)
    assert derive("act.date", {"case.act_began_on": D(2026, 7, 7), "case.act_ended_on": ""}) == D(2026, 7, 7)
    assert derive("act.date", {"case.act_began_on": D(2026, 7, 7)}) == D(2026, 7, 7)
    assert derive("act.date", {}) is None


def test_the_narrative_is_one_sentence_with_unpadded_figures() -> None:
    at = dt.datetime(2026, 7, 8, 9, 5)
    facts = {"fact.time": at, "fact.place": "示例街1号", "fact.summary": "未悬挂标志。"}
    assert derive("fact.narrative", facts) == "2026年7月8日9时5分，当事人在示例街1号，未悬挂标志。"
    assert derive("fact.narrative", {**facts, "fact.place": ""}) is None


def barred(act: D, found: D, **more: Any) -> Value | None:
    facts = {"case.act_began_on": act, "case.discovered_on": found}
    return derive("time_barred", {**facts, **{f"harm.{name}": value for name, value in more.items()}})


def test_two_years_to_the_day_are_not_yet_too_late() -> None:
    assert barred(D(2024, 7, 8), D(2026, 7, 8)) is False
    assert barred(D(2024, 7, 8), D(2026, 7, 9), classes=(), level="none") is True
    assert barred(D(2024, 2, 29), D(2026, 2, 28)) is False
    assert barred(D(2024, 2, 29), D(2026, 3, 1), classes=()) is True


def test_harm_to_health_makes_it_five_years_to_the_day() -> None:
    act = D(2020, 7, 8)
    assert barred(act, D(2025, 7, 8), classes=("health",), level="serious") is False
    assert barred(act, D(2025, 7, 9), classes=("health",), level="serious") is True
    assert barred(act, D(2024, 7, 8), classes=("health",), level="none") is True
    assert barred(act, D(2024, 7, 8), classes=("minors",), level="serious") is True


def test_between_two_and_five_years_unknown_harm_leaves_it_unknown() -> None:
    assert barred(D(2022, 7, 8), D(2026, 7, 8)) is None
    assert barred(D(2022, 7, 8), D(2026, 7, 8), classes=("health",)) is None
    assert barred(D(2022, 7, 8), D(2026, 7, 8), level="serious") is None
    assert barred(D(2022, 7, 8), D(2026, 7, 8), level="none") is True
    assert barred(D(2020, 7, 8), D(2026, 7, 8)) is True


@pytest.mark.parametrize(
    ("industry", "power"),
    [("旅行社", "own"), ("网络游戏", "transfer"), ("检验检测", "remind_only"), ("太空旅游", None), ("", None)],
)
def test_an_industry_that_is_not_listed_leaves_competence_unknown(industry: str, power: str | None) -> None:
    assert derive("competence", {"case.industry": industry}) == power


def cards(*officers: tuple[str, str], on: str = "2026-07-08") -> Value | None:
    facts: dict[str, Any] = {"officers": tuple({"name": n, "cert_no": c} for n, c in officers)}
    return derive("officers.unregistered", facts | ({"case.filed_on": D.fromisoformat(on)} if on else {}))


def test_a_card_must_be_registered_to_that_name_and_valid_that_day() -> None:
    good = ("赵明远", "04060200101")
    assert cards(good) == ()
    assert cards(good, ("孙立群", "04060200101")) == ("孙立群（04060200101）",)
    assert cards(("钱某", "99999999999")) == ("钱某（99999999999）",)
    assert cards(good, on="2020-12-31") == ("赵明远（04060200101）",)
    assert cards(good, on="2021-01-01") == cards(good, on="2030-12-31") == ()
    assert cards(good, on="2031-01-01") == ("赵明远（04060200101）",)
    assert cards(good, on="") is None


def test_age_counts_whole_years_and_the_birthday_counts() -> None:
    def age(birth: D, act: D) -> Value | None:
        return derive("party.age_at_act", {"party.birth": birth, "case.act_began_on": act})

    assert age(D(2012, 7, 8), D(2026, 7, 7)) == 13
    assert age(D(2012, 7, 8), D(2026, 7, 8)) == 14
    assert age(D(2012, 2, 29), D(2026, 2, 28)) == 13
    assert age(D(2012, 2, 29), D(2026, 3, 1)) == 14
    assert derive("party.age_at_act", {"party.birth": D(2012, 7, 8)}) is None


@pytest.mark.parametrize(
    ("facts", "flag"),
    [
        ({}, None),
        ({"harm.classes": ()}, "none"),
        ({"harm.classes": ("minors",)}, None),
        ({"harm.classes": ("minors",), "harm.confirmed_by": ()}, None),
        ({"harm.classes": ("minors",), "harm.cleared_reason": ""}, None),
        ({"harm.classes": ("minors",), "harm.confirmed_by": ("甲", "乙", "丙")}, "confirmed"),
        ({"harm.classes": ("minors",), "harm.cleared_reason": "场内均为成年人"}, "cleared"),
        ({"harm.classes": ("minors",), "harm.confirmed_by": ("甲",), "harm.cleared_reason": "x"}, "confirmed"),
    ],
)
def test_a_ticked_class_of_harm_waits_until_it_is_confirmed_or_cleared(facts: dict[str, Any], flag: str | None) -> None:
    assert derive("harm.flag", facts) == flag


DONE = {"correct.done_on": D(2026, 7, 8), "correct.rechecked_on": D(2026, 7, 15), "correct.remaining": ()}
AT_ONCE = {"correct.mode": "at_once", "correct.required_on": D(2026, 7, 8)}
BY_DEADLINE = {"correct.mode": "by_deadline", "correct.required_on": D(2026, 7, 8), "correct.deadline": D(2026, 7, 11)}


@pytest.mark.parametrize(
    ("facts", "in_time"),
    [
        ({**DONE, **AT_ONCE}, True),
        ({**DONE, **AT_ONCE, "correct.done_on": D(2026, 7, 9)}, False),
        ({**DONE, **AT_ONCE, "correct.done_on": D(2026, 7, 7)}, True),
        ({**DONE, **BY_DEADLINE, "correct.done_on": D(2026, 7, 11)}, True),
        ({**DONE, **BY_DEADLINE, "correct.done_on": D(2026, 7, 12)}, False),
        ({**DONE, "correct.how": "voluntary"}, True),
        ({**DONE, **AT_ONCE, "correct.remaining": ("标志",)}, False),
        ({"correct.remaining": ("标志",)}, False),
        ({**AT_ONCE, "correct.done_on": ""}, False),
        # what is not known is not guessed
        ({}, None),
        ({**AT_ONCE, **DONE, "correct.rechecked_on": ""}, None),
        ({k: v for k, v in {**AT_ONCE, **DONE}.items() if k != "correct.rechecked_on"}, None),
        ({k: v for k, v in {**AT_ONCE, **DONE}.items() if k != "correct.remaining"}, None),
        ({**DONE, "correct.mode": "by_deadline"}, None),
        ({**DONE, "correct.mode": "at_once"}, None),
        ({**DONE, "correct.how": "ordered"}, None),
        ({**DONE, "correct.required_on": D(2026, 7, 8)}, None),
    ],
)
def test_corrected_in_time_means_complete_within_the_order_and_rechecked(
    facts: dict[str, Any], in_time: bool | None
) -> None:
    assert derive("corrected_in_time", facts) is in_time


CLAIM = {
    "no_penalty.first_offence": True,
    "no_penalty.query.system": "公示系统",
    "no_penalty.query.on": D(2026, 7, 9),
    "no_penalty.query.result": "无行政处罚记录",
    "case.act_began_on": D(2026, 7, 8),
}


def past(day: D) -> tuple[Past, ...]:
    return (Past("2024-LA-0001", "no_penalty", day),)


def test_a_first_offence_needs_claim_query_and_a_clean_ledger() -> None:
    assert derive("first_offence", CLAIM) is True
    for name in CLAIM:
        assert derive("first_offence", {k: v for k, v in CLAIM.items() if k != name}) is None, name
    assert derive("first_offence", {"no_penalty.first_offence": False}) is False
    assert derive("first_offence", {**CLAIM, "no_penalty.query.result": ""}) is None


def test_the_look_back_reaches_exactly_two_years_from_the_act() -> None:
    assert derive("first_offence", CLAIM, past(D(2024, 7, 7))) is True
    assert derive("first_offence", CLAIM, past(D(2024, 7, 8))) is False
    assert derive("first_offence", CLAIM, past(D(2026, 7, 1))) is False


def test_the_ledger_outweighs_a_claim_that_nobody_made() -> None:
    assert derive("first_offence", {"case.act_began_on": D(2026, 7, 8)}, past(D(2025, 1, 1))) is False


def row(law: str, article: int, **more: Any) -> dict[str, Any]:
    return {"law": law, "article": article, **more}


def test_refusal_only_needs_every_provision_to_punish_refusal_only() -> None:
    def only(*rows: dict[str, Any]) -> Value | None:
        return derive("law.refusal_only", {"law.penalty": rows})

    assert only(row("旅行社条例", 50)) is True
    assert only(row("旅行社条例", 50, item=3), row("旅行社条例", 48)) is True
    assert only(row("旅行社条例", 50), row("旅行社条例", 55)) is False
    assert only(row("没有这部法", 50)) is False
    assert only() is False
    assert derive("law.refusal_only", {}) is None


@pytest.mark.parametrize(
    ("words", "high"),
    [
        ("责令改正，处一万元以上十万元以下的罚款", True),
        ("处1万元以上10万元以下罚款", True),
        ("并处10000元以上", True),
        ("并处10,000元以上50,000元以下罚款", True),
        ("并处１００００元以上５００００元以下罚款", True),
        ("处一万五千元以上三万元以下罚款", True),
        ("处两万元以上罚款", True),
        ("处2万以上10万元以下罚款", True),
        ("处五千元以上一万元以下罚款", False),
        ("处9999元以上五万元以下罚款", False),
        ("给予警告，可以并处15000元以下的罚款", False),
        ("可以并处一万元以上十万元以下罚款", False),
        ("可以处一万元以上十万元以下罚款", False),
        ("可以给予警告，并处一万元以上十万元以下罚款", True),
        ("违法所得一万元以上的，并处违法所得五倍以上十倍以下的罚款", False),
        ("没收违法所得，并处违法所得一倍以上五倍以下罚款", False),
        ("约.元以上，十百元以上，一一元以上", False),
        ("", False),
    ],
)
def test_a_high_floor_is_a_fine_that_must_be_at_least_ten_thousand(words: str, high: bool) -> None:
    assert derive("law.high_fine_floor", {"law.statutory_range": words}) is high
    assert derive("law.high_fine_floor", {"law.penalty": (row("旅行社条例", 54, range=words),)}) is high


@given(st.text(alphabet="可以并处罚款元万千百十一二两零〇.,，。；的以上下0123456789 ", max_size=40))
def test_no_words_of_a_clerk_break_the_weighing_of_a_fine(words: str) -> None:
    assert derive("law.high_fine_floor", {"law.statutory_range": words}) in (True, False)


# ── issued and served ─────────────────────────────────────────────────────────────────────────────────


def paper(code: str, kind: str, **more: Any) -> Document:
    base = Document("m", kind, code, "不予行政处罚决定书", "", 1, "issued", Recipe(kind, code, "", "", {}))
    return replace(base, **more)


DECISION = paper("D-13", "no_penalty_decision", number="朔区文旅不罚字〔2026〕1号", dated=D(2026, 7, 22))


def test_the_decision_is_the_issued_numbered_paper_and_nothing_else() -> None:
    approval = paper("D-12", "no_penalty_approval", dated=D(2026, 7, 21))
    receipt = paper("D-34", "service_receipt", number="1", dated=D(2026, 7, 23))
    assert derive("decision.on", {}, documents=(DECISION, approval, receipt)) == D(2026, 7, 22)
    for state in ("draft", "superseded", "replaced", "void"):
        assert derive("decision.on", {}, documents=(replace(DECISION, state=state),)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["D-13", "朔区文旅不罚字〔2026〕1号", "不予行政处罚决定书"])
def test_the_decision_is_served_by_code_number_or_title_on_the_last_day(name: str) -> None:
    services = ({"document": "D-08", "on": D(2026, 8, 1)}, {"document": name, "on": D(2026, 7, 23)})
    assert derive("service.on", {"services": services}, documents=(DECISION,)) == D(2026, 7, 23)
    again = (*services, {"document": name, "on": D(2026, 7, 25)})
    assert derive("service.on", {"services": again}, documents=(DECISION,)) == D(2026, 7, 25)
    assert derive("service.on", {"services": services}) is None
    assert derive("service.on", {"services": services[:1]}, documents=(DECISION,)) is None


# ── a report ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_quarter_whose_months_do_not_add_up_is_no_report() -> None:
    """domain/09 V24: prose prints the figure, the table its months."""
    months = ({"month": "7月", "filed": "3", "talk": "—"}, {"month": "8月", "filed": "1,002", "talk": "1"}, {"month": "合计", "filed": "9"})
    report: dict[str, Any] = {"report.figures": ({"figure": "filed", "value": "1005"}, {"figure": "talk", "value": "5"}), "report.months": months}
    assert complete(report, Around(shipped(), History("")))["report.disagreeing"] == ()
    wrong = {**report, "report.figures": ({"figure": "filed", "value": "1006"},)}
    known = complete(wrong, Around(shipped(), History("")))
    assert known["report.disagreeing"] == ("立案（总数1006，分月合计1005）",)
    found = policy.gates(shipped(), policy.Question("report", known))
    assert [(f.code, f.severity) for f in found] == [("E-REPORT-TOTALS", "error")]
    assert "立案（总数1006，分月合计1005）" in found[0].message
