"""Derived facts that weigh: what the statute allows against the unlicensed, earlier penalties, doubts about 轻微.

A function answers None when its inputs do not suffice: the fact is then unknown, never guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from paperwork import periods
from paperwork.facts.registry import Around, answer_of, derives, items_of
from paperwork.model import Citation, Facts, Item, Law, Value

_GRAVE = ("minors", "prohibited_content", "public_safety", "health")
"""Classes of harm with which no act is 轻微, whatever else it is (domain/02 §2.4)."""
_PENALTIES = ("penalty", "penalty_decision", "on_the_spot")

# ── what the statute names ────────────────────────────────────────────────────────────────────────────


@derives("law.bans", "处罚依据规定了取缔", "flag", "law.penalty")
def _bans(facts: Facts, around: Around) -> Value | None:
    """domain/02 DR-31: 取缔 only where the statute names it (网吧条例27, 娱乐条例41 …; 旅游法95 does not)."""
    if "law.penalty" not in facts:
        return None
    return any(_stands(item, text.bans) for item, text in _texts(facts, around))


@derives("law.seizes", "处罚依据规定了查封、扣押", "flag", "law.penalty")
def _seizes(facts: Facts, around: Around) -> Value | None:
    """行政强制法 arts 17, 22: 查封、扣押 only where a law or 行政法规 names it, in whichever article of it."""
    if "law.penalty" not in facts:
        return None
    return any(text.seizes for _, text in _texts(facts, around))


def _texts(facts: Facts, around: Around) -> Iterator[tuple[Item, Law]]:
    for item in items_of(facts, "law.penalty"):
        for text in around.catalogue.laws.get(str(item.get("law", "")), ()):
            yield item, text


def _stands(item: Item, marked: tuple[Citation, ...]) -> bool:
    """Whether the provision is one of those; a provision without paragraph is the whole article."""
    return any(c.article == item.get("article") and item.get("para") in (None, "", c.para or None) for c in marked)


# ── the record of the last years ──────────────────────────────────────────────────────────────────────


@derives("record.fines", "两年内受处罚的次数", "integer", "record.fined", "record.queried_on", "act.date")
def _fines(facts: Facts, around: Around) -> Value | None:
    """娱乐场所管理条例 art 53 para 3, 营业性演出管理条例 art 53 para 3: what a query found, or what the ledger knows.

    The greater of the two; unknown until somebody has asked, for other bodies punish too.
    """
    told, act = answer_of(facts, "record.fined", int), answer_of(facts, "act.date", dt.date)
    if told is None or act is None or "record.queried_on" not in facts:
        return None
    since = periods.add_years(act, -around.catalogue.settings.thresholds["penalty_history_years"])
    known = [p for p in around.history.past if p.measure in _PENALTIES and since <= p.decided_on <= act]
    return max(told, len(known))


# ── is it minor? ──────────────────────────────────────────────────────────────────────────────────────


@derives("gravity.doubts", "对违法行为轻微的疑问", "set", "law.penalty", "harm.classes", "act.date")
def _doubts(facts: Facts, around: Around) -> Value | None:
    """domain/02 §2.4: what the bureau's own limits say against 轻微. The approver weighs it; nothing hangs on it."""
    return tuple(_against(facts, around)) if "law.penalty" in facts else None


def _against(facts: Facts, around: Around) -> Iterator[str]:
    limits, classes = around.catalogue.settings.thresholds, facts.get("harm.classes")
    ceiling = answer_of(facts, "law.fine_ceiling", int)
    listed = facts.get("exemption.listed") is True  # on a list of the superior body the fine does not speak against it
    if ceiling is not None and ceiling > limits["minor_fine_ceiling"] and not listed:
        yield f"法定最高罚款{ceiling // 100}元，超过{limits['minor_fine_ceiling'] // 100}元"
    if isinstance(classes, tuple) and set(classes) & set(_GRAVE) and facts.get("harm.flag") != "cleared":
        yield "涉及未成年人、禁止内容或者安全"
    began, ended = answer_of(facts, "case.act_began_on", dt.date), answer_of(facts, "case.act_ended_on", dt.date)
    if began and ended and (ended - began).days + 1 > limits["minor_days"]:
        yield f"持续{(ended - began).days + 1}天，超过{limits['minor_days']}天"
