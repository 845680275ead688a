"""The conflict matrix of domain/02 §2.3, row by row: facts that pull in two directions, and what must come of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from paperwork import periods, policy
from paperwork.facts import Around, complete
from paperwork.model import Citation, Document, Facts, Finding, History, Past, Recipe, Submission
from paperwork.planning.sight import Sight
from paperwork.planning.wording import unfit
from tests.samples import shipped
from tests.test_policy import facts, fired, judged

D = dt.date
Answers = Mapping[str, Any]
PUNISHED: Answers = {
    "no_penalty.gravity": "moderate",
    "no_penalty.first_offence": False,
    "measure_requested": "penalty",
}
CONFIRMED: Answers = {
    "harm.classes": ("minors",),
    "harm.confirmed_by": ("赵明远", "孙立群", "钱承宇"),
    "harm.level": "moderate",
}
MERIT = {"no": 1, "ground": "32-4", "fact": "甲", "verified": True}
REMEDY = {"no": 2, "ground": "32-1", "fact": "乙", "verified": True}
HEAVIER = {"no": 3, "ground": "heavier", "fact": "丙", "verified": True}
CAFE, YOUTH, VENUE = "互联网上网服务营业场所管理条例", "未成年人保护法", "娱乐场所管理条例"


def case(*changes: Answers, past: tuple[Past, ...] = ()) -> Facts:
    return facts(changes={name: value for change in changes for name, value in change.items()}, past=past)


def found(known: Facts, matter: str = "case") -> dict[str, Finding]:
    return {finding.code: finding for finding in policy.gates(shipped(), policy.Question(matter, known))}


def words(form: str, opens: str, **answers: Any) -> dict[str, Finding]:
    """What the guard of words says of a form that opens a matter."""
    told = Submission("d1", 0, form, "", answers, frozenset(), None, "", "k")
    sight = Sight(shipped(), {}, "", D(2026, 8, 21), None, History(""), shipped().forms[opens], told)
    return {finding.code: finding for finding in unfit(sight)}


def penal(*provisions: tuple[str, int, str]) -> Answers:
    return {
        "law.penalty": tuple({"law": law, "article": article, "range": range_} for law, article, range_ in provisions)
    }


# ── the rows ──────────────────────────────────────────────────────────────────────────────────────────


def minors_came_in() -> None:
    """Never DR-11; the law stands above the regulation, the higher fine is the ceiling, and a lawyer says which governs."""
    minors = (YOUTH, 123, "责令限期改正，给予警告，没收违法所得，可以并处五万元以下罚款")
    for lower, floor in (
        ((CAFE, 31, "给予警告，可以并处15000元以下的罚款"), None),
        ((VENUE, 48, "并处1万元以上3万元以下的罚款"), None),
    ):
        known = case(CONFIRMED, {"no_penalty.first_offence": True}, penal(minors, lower))
        assert fired(known) == ["Q5", "DR-30"]
        assert {"legal_review", "collective"} <= set(judged(known)["DR-30"].steps)
        assert known["law.fine_ceiling"] == 5_000_000 and known.get("law.fine_floor") is floor


def grave_with_merit() -> None:
    known = case(CONFIRMED, {"circumstances": (MERIT,), "penalty.kinds": ("warning",), "penalty.depth": "ordinary"})
    assert [rule for rule, one in judged(known).items() if one.fired] == ["Q5", "DR-30", "DR-16"]
    assert "collective" in judged(known)["DR-30"].steps
    assert "E-MITIGATE" in found(known) and "E-MITIGATE" not in found({**known, "penalty.depth": "lighter"})


def grave_without_fault() -> None:
    known = case(CONFIRMED, {"no_penalty.no_fault": True, "no_penalty.proof": "进货查验记录"})
    assert fired(known) == ["Q5", "DR-12"]
    assert judged(known)["DR-12"].steps == ("section_head", "legal_review", "collective", "chief")
    assert found(known)["W-STRICT"].severity == "warning" and "W-STRICT" not in found(case())


def inside_a_tolerance_period() -> None:
    """Nothing in a case's ladder asks for the period, and 不予立案 cannot be reasoned with it (有案不立)."""
    asked = {c.fact for rule in shipped().rules if "case" in rule.matters for c in (*rule.when, *rule.unless)}
    assert not [name for name in asked if name.startswith("observation.")]
    assert fired(case(PUNISHED, {"new_economy.flag": True})) == ["DR-18"]
    reason = {"filing.proposal": "not_file", "filing.reason": "该户在包容期内"}
    assert set(words("filing", "lead", **reason)) == {"E-FILING"}
    assert words("filing", "lead", **{**reason, "filing.proposal": "file"}) == {}


def no_penalty_and_gains() -> None:
    assert "E-NP-PENALTY" in found(case({"penalty.kinds": ("confiscate_gains",), "penalty.gains": 3000}))
    kept = {"no": 1, "contraband": True}
    open_ = case({"keepings": (kept,), "seizures": ()})
    assert "登记保存第1项" in found(open_)["W-CONTRABAND"].message
    assert "E-CONTRABAND" in found(case({"keepings": ({**kept, "decision": "returned"},)}))
    gone = found(case({"keepings": ({**kept, "decision": "forfeited", "decided_on": D(2026, 7, 20)},)}))
    assert not {"W-CONTRABAND", "E-CONTRABAND"} & set(gone)


def no_penalty_and_a_warning() -> None:
    for kind in ("warning", "criticism"):
        assert "E-NP-PENALTY" in found(case({"penalty.kinds": (kind,)}))
    assert set(words("case_intake", "case_intake", **{"edu.law_points": "给予警告，以观后效"})) == {"E-NP-WORDS"}
    assert words("case_intake", "case_intake", **{"edu.law_points": "批评教育；警示标志应当保持完好"}) == {}


def talk_that_finds_a_violation() -> None:
    """The talk ends nothing: a lead follows, and its record is no 询问笔录."""
    talk = {"no": 1, "kind": "guidance", "held": True, "told_by": "电话", "violation_clue": True}
    around = Around(shipped(), History(""))
    assert "W-TALK-CLUE" in found(complete({"talks": (talk,)}, around), "guidance")
    assert "W-TALK-CLUE" not in found(complete({"talks": ({**talk, "clue_lead": "2026-AY-0003"},)}, around), "guidance")
    offers = [o for o in shipped().offers if (o.form, o.per) == ("lead", "talks")]
    assert len(offers) == 1, "the blank form of a lead lies beside the slip"
    told = words("case_intake", "case_intake", evidence=({"no": 1, "kind": "statement", "name": "行政约谈记录"},))
    assert told["W-TALK-EVIDENCE"].severity == "warning"


def two_grounds_to_lighten() -> None:
    """Each is told with its article; depth is one answer and its reasons, never a sum."""
    known = case(PUNISHED, {"circumstances": (MERIT, REMEDY)})
    rules = [m.rule for m in policy.measures(shipped(), policy.Question("case", known)) if m.fired]
    assert rules == ["DR-18", "DR-13", "DR-16"] and known["mitigation.must"] is True
    assert shipped().facts["penalty.depth"].type == "choice"


def lighter_and_heavier() -> None:
    """Neither is picked: reasons and the standard's step are asked for, and the case is discussed."""
    said = {"circumstances": (MERIT, HEAVIER), "penalty.kinds": ("warning",), "penalty.depth": "ordinary"}
    known = case(PUNISHED, said, {"penalty.reason": "", "penalty.standard_step": ""})
    assert "E-MIXED" in found(known) and "E-MITIGATE" not in found(known)
    assert "collective" in judged(known)["DR-18"].steps
    told = {"penalty.reason": "立功与再犯相抵", "penalty.standard_step": "一般"}
    assert "E-MIXED" not in found(case(PUNISHED, said, told))
    one = case(PUNISHED, {**said, "circumstances": (MERIT,)})
    assert "E-MITIGATE" in found(one) and "collective" not in judged(one)["DR-18"].steps


def second_offence_corrected_without_harm() -> None:
    again = {"no_penalty.first_offence": False}
    assert fired(case(again)) == ["DR-10"]
    assert fired(case(again, {"no_penalty.gravity": "moderate"})) == ["DR-18"]


def reducing_what_has_no_floor() -> None:
    fined = {"penalty.kinds": ("fine",), "penalty.fine": 100, "penalty.depth": "reduced"}
    may = penal((CAFE, 31, "给予警告，可以并处15000元以下的罚款"))
    must = penal((VENUE, 48, "并处1万元以上3万元以下的罚款"))
    assert "E-REDUCE" in found(case(PUNISHED, may, fined))
    unfined = {"penalty.kinds": ("warning",), "penalty.depth": "lighter"}
    assert "E-RANGE" not in found(case(PUNISHED, may, unfined)), "可以并处 and not imposed is 从轻"
    assert "E-RANGE" in found(case(PUNISHED, must, unfined)), "应当并处 and not imposed is 减轻"
    reduced = case(PUNISHED, must, {**unfined, "penalty.depth": "reduced"})
    assert not {"E-RANGE", "E-REDUCE"} & set(found(reduced)) and "collective" in judged(reduced)["DR-18"].steps


def own_name_on_the_credit_site() -> None:
    """A person is never shown; of an individual business a person says yes or no before anything is shown."""
    paper = Document("M", "penalty_decision", "D-17", "行政处罚决定书", "", 1, "issued", Recipe("", "", "", "", {}),
                     measure="penalty_decision", dated=D(2026, 7, 22))  # fmt: skip

    def wanted(**answers: Any) -> tuple[Any, Any]:
        said = {"penalty.kinds": ("fine",), "credit.class_given": "ordinary", **answers}
        known = complete(said, Around(shipped(), History(""), (paper,)))
        return known.get("credit.wanted"), known.get("credit.reason", "")

    assert wanted(**{"party.kind": "company"}) == (True, "")
    assert wanted(**{"party.kind": "person", "party.age_at_act": 30})[0] is False
    undecided, why = wanted(**{"party.kind": "individual_business"})
    assert undecided is False and "个体工商户" in why
    assert wanted(**{"party.kind": "individual_business", "penalty.publish": True}) == (True, "")


def another_bodys_case_in_a_joint_check() -> None:
    other = case(
        {
            "case.industry": "网络游戏",
            "irregularity.kind": "risk",
            "measure_requested": "reminder",
            "no_penalty.reason": "甲",
        }
    )
    assert fired(other) == ["Q1", "Q9"], "the hint stays open beside the transfer"
    assert "W-TRANSFER" in found(other)
    assert "W-TRANSFER" not in found({**other, "transfer.to": "新闻出版主管部门"})
    (clock,) = (c for c in shipped().clocks if c.id == "transfer")
    assert (clock.length, clock.unit, clock.side) == (2, "workdays", "agency")
    assert periods.add_workdays(D(2026, 9, 30), clock.length, shipped().calendars) == D(2026, 10, 9)


OLD: Answers = {
    "case.act_began_on": D(2021, 7, 14),
    "case.act_ended_on": D(2021, 7, 14),
    "case.discovered_on": D(2021, 7, 20),
}


def old_act_decided_now() -> None:
    """Substance by the law of 2017, procedure by the law of the day; the newer ground where it is lighter (art 37)."""
    old = judged(case(OLD))["DR-10-2017"]
    assert old.fired and old.basis == (Citation("行政处罚法2017", 27, 2),)
    assert old.procedure == (Citation("行政处罚法", 57, 1, 2),)
    newer = judged(facts("S02", {**OLD, "no_penalty.query.on": D(2021, 7, 21)}))["DR-11"]
    assert newer.fired and newer.basis[0] == Citation("行政处罚法", 37)


def only_refusal_is_punished() -> None:
    trade: Answers = {"case.industry": "旅行社", "law.penalty": ({"law": "旅行社条例", "article": 50},),
                      "law.statutory_range": "责令改正；拒不改正的，处1万元以下的罚款"}  # fmt: skip
    assert fired(case(trade)) == ["DR-27"]
    papers = policy.papers(
        shipped(), policy.Question("case", case(trade)), [m for m in judged(case(trade)).values() if m.fired]
    )
    assert "D-13" not in {paper.code for paper in papers}
    assert fired(case(trade, {"correct.remaining": ("备案",), "no_penalty.gravity": "moderate"})) == ["DR-18"]


ROWS: list[tuple[str, Callable[[], None]]] = [
    ("first offence + minors admitted", minors_came_in),
    ("severe harm + merit", grave_with_merit),
    ("severe harm + full proof of no fault", grave_without_fault),
    ("inside the tolerance period + violation not minor", inside_a_tolerance_period),
    ("no penalty + confiscated gains", no_penalty_and_gains),
    ("no penalty + warning or criticism", no_penalty_and_a_warning),
    ("talk + facts of a violation appear", talk_that_finds_a_violation),
    ("two mitigating grounds", two_grounds_to_lighten),
    ("lighter and heavier facts together", lighter_and_heavier),
    ("corrected, harm nil, but second offence", second_offence_corrected_without_harm),
    ("reduced below a law without a floor", reducing_what_has_no_floor),
    ("individual business with a person's data", own_name_on_the_credit_site),
    ("another agency's case inside a joint check", another_bodys_case_in_a_joint_check),
    ("old act decided now", old_act_decided_now),
    ("only refusal is punished + corrected within the order", only_refusal_is_punished),
]


@pytest.mark.parametrize(
    "row", [row for _, row in ROWS], ids=[f"row {n:02d}: {what}" for n, (what, _) in enumerate(ROWS, 1)]
)
def test_what_pulls_two_ways_ends_as_the_matrix_says(row: Callable[[], None]) -> None:
    row()


def test_the_matrix_has_its_fifteen_rows() -> None:
    assert len(ROWS) == len({row for _, row in ROWS}) == 15
