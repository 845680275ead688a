"""The publication gate (domain/06 §6.2): is it a penalty, of which class, and may it be shown to the public at all.

行政处罚法 arts 9 and 48; 信用修复管理办法 arts 8–12. Collecting is another thing: every penalty is reported.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from paperwork import periods
from paperwork.facts.derived import decision_of
from paperwork.facts.registry import Around, answer_of, derives
from paperwork.model import Choice, Credit, Facts, Value

CLASSES = (Choice("minor", "轻微"), Choice("ordinary", "一般"), Choice("serious", "严重"))
_WHY = {
    "person": "当事人是自然人，原则上不公示（信用修复管理办法第十二条第三款）",
    "minor_person": "当事人不满十八周岁，不公开任何信息（未成年人保护法第一百零三条）",
    "individual": "当事人是个体工商户，信息涉及经营者个人，是否公示由本局认定：公示的，「处罚信息是否公示」填是"
    "（信用修复管理办法第十二条第三款）",
    "minor": "轻微失信信息原则上不公示（信用修复管理办法第十二条第一款）",
    "": "分类没有确定，先由本局认定",
}


def is_penalty(around: Around) -> bool:
    """Whether the matter's decision is a penalty: 不予处罚, talks, hints, advice and orders to correct are none."""
    decision = decision_of(around)
    return decision is not None and decision.code in around.catalogue.credit.documents


def class_of(facts: Facts, credit: Credit) -> str:
    """minor, ordinary or serious by the kinds and the fine; "" when only a person can tell (unset amounts)."""
    kinds, fine = facts.get("penalty.kinds"), facts.get("penalty.fine")
    named = set(kinds) if isinstance(kinds, tuple) else set()
    amount = fine if isinstance(fine, int) and not isinstance(fine, bool) else 0
    if named & credit.serious or (credit.huge_fine and amount >= credit.huge_fine):
        return "serious"
    if named & credit.ordinary or (credit.large_fine and amount >= credit.large_fine):
        return "ordinary"
    return "" if amount and not credit.large_fine else "minor"


def is_young(facts: Facts) -> bool:
    """Whether the party is a person under eighteen, or a person of whom nobody knows the age."""
    if facts.get("party.kind") != "person":
        return False
    age = answer_of(facts, "party.age_at_act", int)
    return age is None or age < 18


@derives(
    "credit.class", "失信信息分类", "choice", "credit.class_given", "penalty.kinds", "penalty.fine",
    choices=CLASSES,
)  # fmt: skip
def _class(facts: Facts, around: Around) -> Value | None:
    """What the bureau has said, else what the kinds and the fine say; unknown where neither does."""
    if not is_penalty(around):
        return None
    return facts.get("credit.class_given") or class_of(facts, around.catalogue.credit) or None


@derives("credit.wanted", "是否对外公示", "flag", "credit.class_given", "penalty.kinds", "penalty.publish")
def _wanted(facts: Facts, around: Around) -> Value | None:
    if not is_penalty(around):
        return None
    return not _against(facts)


@derives("credit.reason", "不对外公示的理由", "text", "credit.class_given")
def _reason(facts: Facts, around: Around) -> Value | None:
    return _against(facts) or None if is_penalty(around) else "不是行政处罚（行政处罚法第九条）"


@derives("penalty.shown", "决定书写明依法公示", "flag", "penalty.publish", "penalty.kinds", "party.kind")
def _shown(facts: Facts, around: Around) -> Value | None:
    """Whether the decision may say that it will be shown: somebody ticked it, and the gate does not stand against it.

    Asked before there is a decision; a class that nobody knows yet is left to the bureau.
    """
    if "penalty.publish" not in facts or "penalty.kinds" not in facts:
        return None
    return facts["penalty.publish"] is True and not _barred(facts, around)


@derives("penalty.unshown", "按关口不公示而填了公示的理由", "text", "penalty.publish", "penalty.kinds", "party.kind")
def _unshown(facts: Facts, around: Around) -> Value | None:
    """Why it is not shown though it was ticked; 无 where the tick and the gate agree."""
    if "penalty.publish" not in facts or "penalty.kinds" not in facts:
        return None
    return _barred(facts, around) if facts["penalty.publish"] is True else ""


def _barred(facts: Facts, around: Around) -> str:
    of_class = str(facts.get("credit.class_given") or class_of(facts, around.catalogue.credit))
    return _of_party(facts) or (_WHY["minor"] if of_class == "minor" else "")


def _against(facts: Facts) -> str:
    """What speaks against showing it; "" when nothing does."""
    return _of_party(facts) or _WHY.get(str(facts.get("credit.class", "")), "")


def _of_party(facts: Facts) -> str:
    if is_young(facts):
        return _WHY["minor_person"]
    if facts.get("party.kind") == "person":
        return _WHY["person"]
    if facts.get("party.kind") == "individual_business" and facts.get("penalty.publish") is not True:
        return _WHY["individual"]
    return ""


# ── how long a penalty is shown ───────────────────────────────────────────────────────────────────────


@derives("credit.least_until", "最短公示期届满日", "date", "credit.class_given")
def _least(facts: Facts, around: Around) -> Value | None:
    """信用修复管理办法 arts 7, 12: counted from the day of the decision; 轻微 has no shortest term."""
    return _shown_until(facts, around.catalogue.credit.months)


@derives("credit.most_until", "最长公示期届满日", "date", "credit.class_given")
def _most(facts: Facts, around: Around) -> Value | None:
    return _shown_until(facts, around.catalogue.credit.longest)


def _shown_until(facts: Facts, months: Mapping[str, int]) -> dt.date | None:
    decided, length = answer_of(facts, "decision.on", dt.date), months.get(str(facts.get("credit.class", "")), 0)
    return periods.add_months(decided, length) if decided and length else None
