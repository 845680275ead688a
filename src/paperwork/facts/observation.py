"""包容期、观察期 and what sets supervision off: how long, halfway, and which events reach a threshold (domain/02 §2.5).

The lengths and thresholds are the bureau's own, from settings; the plan names none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from paperwork import periods
from paperwork.facts.registry import Around, answer_of, derives, derives_list, items_of
from paperwork.model import Choice, Fact, Facts, FactType, Item, Scalar, Value

_HARM = (Choice("none", "无"), Choice("raised", "已提出、尚未确认"), Choice("confirmed", "已确认"))
_DATES = ("observation.start", "observation.end")


@derives("party.harm", "当事人的严重情形", "choice", "harm.classes", "harm.confirmed_by", choices=_HARM)
def _party_harm(facts: Facts, around: Around) -> Value | None:
    """Severe harm in any matter of the party (domain/02 Q5): this one's answer, and what the ledger knows of others."""
    told = [state for _, state in around.history.harms]
    own = facts.get("harm.flag")
    if own == "confirmed" or "confirmed" in told:
        return "confirmed"
    if told or (own is None and facts.get("harm.classes")):
        return "raised"
    return "none" if own in ("none", "cleared") else None


@derives("party.harm_in", "严重情形所在的事项", "set", "harm.confirmed_by")
def _harm_in(facts: Facts, around: Around) -> Value | None:
    """The matters in which it is confirmed, by id; of the matter itself 本事项."""
    found = [matter for matter, state in around.history.harms if state == "confirmed"]
    own = ["本事项"] if facts.get("harm.flag") == "confirmed" else []
    return (*own, *found) or None


_STAGES = (Choice("proposed", "拟设定"), Choice("set", "已设定"), Choice("ended", "已终止"))


@derives("observation.stage", "设定情况", "choice", "observation.kind", choices=_STAGES)
def _stage(facts: Facts, around: Around) -> Value | None:
    """By the papers that stand: set when its approval form is issued, ended by harm or by the conclusion."""
    if not facts.get("observation.kind"):
        return None
    issued = {d.code for d in around.documents if d.state == "issued"}
    if "D-22b" in issued or facts.get("case.closed_on"):
        return "ended"
    return "set" if issued & {"D-22", "D-25"} else "proposed"


# ── length ────────────────────────────────────────────────────────────────────────────────────────────


@derives("observation.limit", "观察期最迟届满日期", "date", "observation.start")
def _limit(facts: Facts, around: Around) -> Value | None:
    start = answer_of(facts, "observation.start", dt.date)
    months = around.catalogue.settings.thresholds["observation_months"]
    return None if start is None else periods.add_months(start, months)


@derives("observation.long", "超过六个月", "flag", *_DATES)
def _long(facts: Facts, around: Around) -> Value | None:
    """domain/02 §2.7: over six months the chief decides too."""
    start, end = (answer_of(facts, name, dt.date) for name in _DATES)
    return None if start is None or end is None else end > periods.add_months(start, 6)


@derives("observation.mid_due", "中期评估期限", "date", *_DATES)
def _mid_due(facts: Facts, around: Around) -> Value | None:
    """Halfway, a rest day moved earlier; unknown without the year's calendar."""
    start, end = (answer_of(facts, name, dt.date) for name in _DATES)
    if start is None or end is None:
        return None
    try:
        return periods.last_workday(start + (end - start) / 2, around.catalogue.calendars)
    except periods.MissingCalendar:
        return None


@derives("observation.ended_on", "因严重情形终止的日期", "date")
def _ended_on(facts: Facts, around: Around) -> Value | None:
    """The day of the paper that ended it."""
    ended = [d.dated for d in around.documents if d.code == "D-22b" and d.state == "issued" and d.dated]
    return ended[-1] if ended else None


@derives("risk.review_limit", "重点监管最迟复核日期", "date", "observation.start")
def _review_limit(facts: Facts, around: Around) -> Value | None:
    """domain/03 D-25: reviewed within six months."""
    start = answer_of(facts, "observation.start", dt.date)
    return None if start is None else periods.add_months(start, 6)


# ── triggers ──────────────────────────────────────────────────────────────────────────────────────────

_HIT: tuple[tuple[str, str, FactType], ...] = (
    ("no", "序号", "text"),
    ("kind", "事件类别", "text"),
    ("on", "日期", "date"),
    ("source", "来源", "text"),
    ("content", "内容", "text"),
    ("decision", "拟处置方式", "text"),
    ("reason", "达到的触发标准", "text"),
)
_HITS = {short: Fact(f"hits.{short}", label, type_, derived=True) for short, label, type_ in _HIT}


@derives_list("hits", "达到触发标准的事件", "triggers", key=("no",), items=_HITS)
def _hits(facts: Facts, around: Around) -> Value | None:
    """domain/02 §2.5: complaints by number within a span of days, or one grave one; any other kind by itself.

    Events are looked at in the order in which they were told, so that a later one never moves an earlier hit; what
    has set supervision off once is not counted again.
    """
    columns = around.catalogue.facts["triggers"].items
    found = []
    for item, reason in _reached(items_of(facts, "triggers"), around):
        hit: dict[str, Scalar] = {}
        for name in (name for name in _HITS if name in item):
            labels = {choice.code: choice.label for choice in columns[name].choices}
            hit[name] = labels.get(str(item[name]), item[name])
        found.append({**hit, "reason": reason})
    return tuple(found) or None


def _reached(items: tuple[Item, ...], around: Around) -> Iterator[tuple[Item, str]]:
    limits = around.catalogue.settings.thresholds
    most, span = limits["trigger_complaints"], limits["trigger_days"]
    waiting: list[dt.date] = []
    for item in items:
        on = item.get("on")
        if item.get("kind") != "complaint":
            yield item, "出现这类事件即触发"
        elif item.get("grave") is True:
            yield item, "一件投诉举报涉及人身伤害、未成年人或者禁止内容"
        elif isinstance(on, dt.date):
            waiting.append(on)
            together = _together(waiting, on, span)
            if len(together) >= most:
                waiting = [day for day in waiting if day not in together]
                yield item, f"{span}日内投诉举报{len(together)}件"


def _together(days: list[dt.date], on: dt.date, span: int) -> list[dt.date]:
    """The most of these days that lie with `on` within `span` days, both ends counted."""
    first = [day for day in days if on - dt.timedelta(days=span - 1) <= day <= on]
    within = [[d for d in days if start <= d < start + dt.timedelta(days=span)] for start in first]
    return max(within, key=len, default=[])
