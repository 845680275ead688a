"""Derived facts of the way a case goes: filed, ordered, noticed, closed; from the papers that stand and their services.

A function answers None when its inputs do not suffice: the fact is then unknown, never guessed.
"""

from __future__ import annotations

import datetime as dt

from paperwork.facts.derived import decision_of
from paperwork.facts.registry import Around, answer_of, derives, items_of, some
from paperwork.facts.serving import served_on
from paperwork.model import Choice, Document, Facts, Value

ORDER = "D-08"
EXCUSED = ("minor", "first", "no_fault")
"""The grounds of 不予立案 that are those of 不予处罚: somebody broke the law and is let off."""
ENDS = ("closing", "not_filing", "closed_without_filing")
"""The measures whose approved paper ends the matter."""


def issued(around: Around, code: str) -> tuple[Document, ...]:
    """The standing papers of this code, in the order in which they were made."""
    return tuple(d for d in around.documents if d.code == code and d.state == "issued")


@derives("filing.on", "立案审批日期", "date")
def _filing_on(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 54 para 2: the day on which the filing was approved on a paper of the program."""
    days = [d.dated for d in around.documents if d.measure == "filing" and d.state == "issued" and d.dated]
    return days[-1] if days else None


@derives("lead.decided_on", "决定是否立案（移送、当场处罚）的日期", "date")
def _lead_decided(facts: Facts, around: Around) -> Value | None:
    """When the lead was answered by one of its ways on: filed, not filed, handed over, punished on the spot."""
    ways = ("filing", "not_filing", "transfer", "transfer_crime")
    days = [d.dated for d in around.documents if d.measure in ways and d.state == "issued" and d.dated]
    return days[0] if days else answer_of(facts, "spot.on", dt.date)


@derives("closing.on", "结案日期", "date", "case.closed_on")
def _closing_on(facts: Facts, around: Around) -> Value | None:
    """The day of the approved 结案审批表 or 不予立案; what was closed on paper, the day that the form gives."""
    if told := answer_of(facts, "case.closed_on", dt.date):
        return told
    ends = ENDS if facts.get("case.filed_on") else (*ENDS, "transfer", "transfer_crime")
    last = [d for d in around.documents if d.measure in ends and d.state == "issued" and d.dated]
    return _answered(facts, last[-1]) if last else _spot_over(facts)


def _answered(facts: Facts, last: Document) -> dt.date | None:
    """A lead that is not filed ends when whoever gave a name has been told (无证无照经营查处办法 art 9), and when the
    party has been taught (行政处罚法 art 33 para 3)."""
    if last.measure == "transfer_crime":
        return answer_of(facts, "transfer.handed_on", dt.date)  # within a day after the letter: until then it is open
    if last.measure != "not_filing" or last.dated is None:
        return last.dated
    ends: list[dt.date | None] = [last.dated]
    if facts.get("lead.informant"):
        told = [i.get("on") for i in items_of(facts, "responses") if i.get("kind") in ("result", "declined")]
        ends.append(max((day for day in told if isinstance(day, dt.date)), default=None))
    if must_teach(facts):
        ends.append(answer_of(facts, "edu.dt", dt.date))
    known = [day for day in ends if day is not None]
    return max(known) if len(known) == len(ends) else None


def must_teach(facts: Facts) -> bool:
    """Whether a lead that is not filed leaves a violation unpunished (art 33): its para 3 then holds."""
    return facts.get("filing.proposal") == "not_file" and facts.get("filing.ground") in EXCUSED


@derives("edu.must", "不予立案应当教育", "flag", "filing.proposal", "filing.ground")
def _edu_must(facts: Facts, around: Around) -> Value | None:
    return must_teach(facts) if "filing.proposal" in facts else None


def _spot_over(facts: Facts) -> dt.date | None:
    """行政处罚法 arts 52 para 3, 71: a decision on the spot is reported; it ends once its money has come in."""
    reported = answer_of(facts, "spot.reported_on", dt.date)
    if not facts.get("spot.on") or reported is None:
        return None
    if not facts.get("penalty.fine"):
        return reported
    if facts.get("spot.collected") is True:
        banked = answer_of(facts, "spot.banked_on", dt.date)
        return max(reported, banked) if banked else None
    days = [day for i in items_of(facts, "payments") if isinstance(day := i.get("on"), dt.date)]
    return max((reported, *days)) if days else None


@derives("exemption.listed", "免罚清单项目是否有效", "flag", "no_penalty.list_name", "no_penalty.list_item", "act.date")
def _listed(facts: Facts, around: Around) -> Value | None:
    """domain/11: the item that is relied on stands in a list of the bureau that is in force for the act."""
    name, item = answer_of(facts, "no_penalty.list_name", str), facts.get("no_penalty.list_item")
    act = answer_of(facts, "act.date", dt.date)
    if not name or not isinstance(item, int) or act is None:
        return None
    return any(
        (e.list, e.item) == (name, item) and (e.since or act) <= act <= (e.until or act)
        for e in around.catalogue.exemptions
    )


@derives("crime.found", "是否涉嫌犯罪（含移送情况表）", "flag", "crime.suspected")
def _crime_found(facts: Facts, around: Around) -> Value | None:
    """Said at the intake, or by the charge that a 移送情况表 names, of a lead as of a case."""
    suspected = facts.get("crime.suspected")
    return True if facts.get("crime.charge") else suspected if isinstance(suspected, bool) else None


@derives("transfer.letter", "以案件移送函移送", "flag", "case.industry", "crime.suspected")
def _letter(facts: Facts, around: Around) -> Value | None:
    """domain/02 Q0: a crime in our own matter goes to the police by D-18b; in another body's, by a letter marked so.

    Of a lead nobody may know yet whose business it is: it is a letter only where the form names another body.
    """
    crime, power = facts.get("crime.found") is True, facts.get("competence")
    return not (crime and (power == "own" or (power is None and not facts.get("transfer.to"))))


@derives("closing.result", "结束方式", "text")
def _closing_result(facts: Facts, around: Around) -> Value | None:
    """How a matter ended that no closing sheet closes: 不予立案, or 移送 before it was filed."""
    ends = {"not_filing": "not_filed", "transfer": "transfer", "transfer_crime": "transfer_crime"}
    found = [ends[d.measure] for d in around.documents if d.measure in ends and d.state == "issued"]
    return found[-1] if found else None


@derives("decision.number", "决定书文号", "text")
def _decision_number(facts: Facts, around: Around) -> Value | None:
    decision = decision_of(around)
    return decision.number if decision and decision.number else None


_RESULTS = {"penalty_decision": "penalty"}


_ENDINGS = (
    Choice("no_penalty", "不予行政处罚"), Choice("penalty", "行政处罚"), Choice("transfer", "移送"),
    Choice("transfer_crime", "移送司法机关"), Choice("withdrawal", "撤销案件"),
)  # fmt: skip


@derives("decision.result", "决定的处理结果", "choice", choices=_ENDINGS)
def _decision_result(facts: Facts, around: Around) -> Value | None:
    """What the issued decision has decided, in the words of 处理结果 (case.result)."""
    decision = decision_of(around)
    return _RESULTS.get(decision.measure, decision.measure) if decision and decision.measure else None


@derives("decision.title", "决定书名称", "text")
def _decision_title(facts: Facts, around: Around) -> Value | None:
    decision = decision_of(around)
    return decision.title if decision else None


@derives("approvals.by_handlers", "承办人作出的审批", "set", "approvals", "officers")
def _by_handlers(facts: Facts, around: Around) -> Value | None:
    """domain/02 §2.7: who holds a step approves or reviews no case that they handle."""
    if "approvals" not in facts:
        return None
    handlers = {str(i.get("name")) for i in items_of(facts, "officers")}
    holders = {(r.step, r.person) for r in around.catalogue.roles}
    answers = [(i.get("step"), str(i.get("person"))) for i in items_of(facts, "approvals")]
    return tuple(dict.fromkeys(person for step, person in answers if person in handlers and (step, person) in holders))


def _agreed(facts: Facts, step: str) -> bool | None:
    return some(facts, "approvals", lambda said: said.get("step") == step and said.get("decision") == "agree")


@derives("case.reviewed", "是否已经法制审核", "flag", "approvals")
def _reviewed(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 58: what a decision may say only when it took place."""
    return _agreed(facts, "legal_review")


@derives("case.discussed", "是否已经集体讨论", "flag", "approvals")
def _discussed(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 57 para 2."""
    return _agreed(facts, "collective")


@derives("correct.order_known", "责令改正通知书文号与本案文书一致", "flag", "correct.order_no")
def _order_known(facts: Facts, around: Around) -> Value | None:
    """The number of an order that the program made itself must be one of its own; one made by hand is unknown here."""
    told = answer_of(facts, "correct.order_no", str)
    numbers = [d.number for d in issued(around, ORDER) if d.number]
    return None if told is None or not numbers else told in numbers


@derives("order.served_on", "责令改正通知书送达日期（送达回证）", "date", "services")
def _order_served(facts: Facts, around: Around) -> Value | None:
    orders = issued(around, ORDER)
    return served_on(facts, orders[-1], around) if orders else None
