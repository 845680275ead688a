"""Derived facts of what stands between the notice of a penalty and the decision: service, periods, hearing, coverage.

A function answers None when its inputs do not suffice: the fact is then unknown, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re

from paperwork import periods
from paperwork.facts.penalties import LABELS, fen
from paperwork.facts.procedure import issued
from paperwork.facts.registry import Around, answer_of, derives, items_of
from paperwork.facts.serving import served_on
from paperwork.model import Document, Facts, Item, Value

NOTICE = "D-17b"


def notices(around: Around) -> tuple[Document, ...]:
    """The standing 事先告知书, the last one last."""
    return issued(around, NOTICE)


@derives("notice.on", "事先告知日期", "date")
def _notice_on(facts: Facts, around: Around) -> Value | None:
    found = notices(around)
    return found[-1].dated if found else None


@derives("notice.number", "事先告知书文号", "text")
def _notice_number(facts: Facts, around: Around) -> Value | None:
    found = notices(around)
    return found[-1].number if found and found[-1].number else None


@derives("notice.served_on", "事先告知书送达日期", "date", "services")
def _notice_served(facts: Facts, around: Around) -> Value | None:
    found = notices(around)
    return served_on(facts, found[-1], around) if found else None


@derives("notice.until", "陈述申辩、要求听证期限届满", "date", "notice.served_on")
def _until(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 arts 64 para 1 item 1, 85: five workdays after the notice was served; a party's right."""
    served = answer_of(facts, "notice.served_on", dt.date)
    if served is None:
        return None
    try:
        return periods.add_workdays(served, 5, around.catalogue.calendars)
    except periods.MissingCalendar:
        return None


@derives("notice.over_on", "此日之后方可作出决定", "date", "notice.until", "notice.waived_on")
def _over(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 62: the period, or the day on which the party clearly waived its rights."""
    waived, until = answer_of(facts, "notice.waived_on", dt.date), answer_of(facts, "notice.until", dt.date)
    return waived - dt.timedelta(1) if waived else until


@derives("notice.covers", "决定不超出事先告知", "flag", "penalty.kinds", "penalty.fine", "penalty.gains")
def _covers(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 arts 44, 45 para 2, 62: nothing heavier than what was told; other acts and bases are told anew."""
    found = notices(around)
    if not found:
        return None
    said = str(found[-1].recipe.context.get("penalty", {}).get("told", ""))
    kinds = facts.get("penalty.kinds")
    labels = {LABELS[str(kind)] for kind in kinds} if isinstance(kinds, tuple) else set()
    fine, gains = (fen(facts, name) or 0 for name in ("penalty.fine", "penalty.gains"))
    within = fine <= _told_fen(said, "罚款") and gains <= _told_fen(said, "没收违法所得")
    act = found[-1].recipe.context.get("case", {}).get("act")
    return within and all(label in said for label in labels) and act == facts.get("case.act")


def _told_fen(said: str, label: str) -> int:
    """The amount that the notice gave behind this label, in fen; 0 where it gave none."""
    found = re.search(rf"{label}人民币([0-9]+)\.([0-9]{{2}})元", said)
    return int(found[1]) * 100 + int(found[2]) if found else 0


@derives("notice.ready", "可以作出处罚决定", "flag", "notice.served_on", "notice.waived_on", "hearings")
def _ready(facts: Facts, around: Around) -> Value | None:
    """The notice has been served, what it told covers the penalty, and a hearing that was asked for has ended."""
    if not notices(around):
        return None
    open_hearing = any(not _ended(item) for item in items_of(facts, "hearings"))
    told = answer_of(facts, "notice.served_on", dt.date) is not None
    return told and facts.get("notice.covers") is True and not open_hearing


def _ended(hearing: Item) -> bool:
    """It was held, the party took its wish back, or the hearing was terminated (行政处罚法 art 64 para 1 item 6)."""
    return hearing.get("held") is True or bool(hearing.get("withdrawn_on") or hearing.get("terminated"))


@derives("hearings.unexplained", "没有举行也没有写明原因的听证", "set", "hearings")
def _unexplained(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 arts 63, 64: who asked for a hearing gets one, takes the wish back, or gives it up by staying away."""
    told = items_of(facts, "hearings")
    lost = (str(i.get("no")) for i in told if i.get("held") is False and not _ended(i))
    return tuple(lost) if "hearings" in facts else None


@derives("hearing.held", "是否举行听证", "flag", "hearings")
def _held(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 58 para 1 item 2: a hearing that was held asks for a review of its own."""
    return any(i.get("held") is True for i in items_of(facts, "hearings")) if notices(around) else None
