"""Derived facts that only summaries ask for: what makes cases alike, who offends again, what a reminder led to.

A function answers None when its inputs do not suffice: the row is then told as left out, never counted as 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from paperwork import periods
from paperwork.facts.derived import decision_of
from paperwork.facts.procedure import issued
from paperwork.facts.registry import Around, answer_of, derives, derives_list, items_of
from paperwork.facts.windows import INPUTS, counted, found
from paperwork.model import Fact, Facts, FactType, Item, Scalar, Value

FIRST = "33-1后"
"""The ground of 首违不罚 (行政处罚法 art 33 para 1, second sentence)."""
_ORDER = "D-08"


# ── groups ────────────────────────────────────────────────────────────────────────────────────────────


@derives("harm.told", "危害情形", "text", "harm.classes", "harm.confirmed_by")
def _harm(facts: Facts, around: Around) -> Value | None:
    """domain/07 R-13: the confirmed classes of severe harm by their labels; where there is none, 一般."""
    flag = facts.get("harm.flag")
    if flag != "confirmed":
        return "一般" if flag else None
    classes = facts.get("harm.classes")
    told = classes if isinstance(classes, tuple) else ()
    return "、".join(c.label for c in around.catalogue.facts["harm.classes"].choices if c.code in told) or None


@derives("mitigation.grounds", "从轻、减轻情节", "text", "circumstances")
def _circumstances(facts: Facts, around: Around) -> Value | None:
    """The verified circumstances, by their codes."""
    told = (str(i["ground"]) for i in items_of(facts, "circumstances") if i.get("verified") is True)
    return "、".join(sorted(dict.fromkeys(told))) or None


@derives("penalty.alike", "同案标准", "text", "law.penalty", "penalty.standard_step")
def _alike(facts: Facts, around: Around) -> Value | None:
    """domain/07 R-26: what makes two fines comparable: the provision applied, and the step of the standard."""
    step, basis = answer_of(facts, "penalty.standard_step", str), items_of(facts, "law.penalty")
    if step is None or not basis:
        return None
    parts = ("article", "para", "item")
    places = (f"{i.get('law', '')}#{'.'.join(str(i[p]) for p in parts if i.get(p))}" for i in basis)
    return f"{'、'.join(sorted(places))} {step}"


# ── who offends again ─────────────────────────────────────────────────────────────────────────────────


@derives("relapse.watched_until", "首违不罚后一年届满", "date", "no_penalty.ground")
def _watched_until(facts: Facts, around: Around) -> Value | None:
    """domain/07 R-37: twelve months after the case was decided as a first offence."""
    decision = decision_of(around)
    if decision is None or decision.dated is None or _ground(around, decision.rule) != FIRST:
        return None
    return periods.add_months(decision.dated, 12)


@derives("relapse.of_until", "再犯的首违不罚案件一年届满", "date", "case.filed_on")
def _of_until(facts: Facts, around: Around) -> Value | None:
    """This case was filed within twelve months after the party was let off as a first offender: when those end."""
    filed = answer_of(facts, "case.filed_on", dt.date)
    if filed is None:
        return None
    spared = [past.decided_on for past in around.history.past if past.ground == FIRST]
    ends = [periods.add_months(day, 12) for day in spared if day <= filed]
    return max((day for day in ends if filed <= day), default=None)


def _ground(around: Around, rule_id: str) -> str:
    rule = next((rule for rule in around.catalogue.rules if rule.id == rule_id), None)
    return rule.params.get("ground", "") if rule else ""


# ── what is to be mended, and when it was ─────────────────────────────────────────────────────────────


def _columns(owner: str, *columns: tuple[str, str, FactType]) -> dict[str, Fact]:
    return {short: Fact(f"{owner}.{short}", label, type_, derived=True) for short, label, type_ in columns}


_MENDING = _columns(
    "mending",
    *(("of", "所指", "text"), ("asked_on", "责令日期", "date"), ("due", "应当整改之日", "date")),
    ("done_on", "整改完成日期", "date"),
)


@derives_list("mending", "应整改事项", "orders", "rechecks", "correct.done_on", key=("of",), items=_MENDING)
def _mending(facts: Facts, around: Around) -> Value | None:
    """domain/07 R-16: every order to correct with its last day and the day on which it was done; without an order on
    file, what the intake form says of one."""
    made = tuple(_orders(facts, around)) or tuple(_told(facts))
    return made or None


def _orders(facts: Facts, around: Around) -> Iterator[Item]:
    papers = {d.occurrence: d for d in issued(around, _ORDER)}
    orders = [i for i in items_of(facts, "orders") if str(i.get("no")) in papers]
    for item in orders:
        paper = papers[str(item["no"])]
        asked = item.get("on") if item.get("mode") == "at_once" else paper.dated or item.get("on")
        due = item.get("deadline") or (asked if item.get("mode") == "at_once" else None)
        done = _rechecked(facts, paper.number, alone=len(orders) == 1)
        yield _item(of=f"order/{item['no']}", asked_on=asked, due=due, done_on=done)


def _rechecked(facts: Facts, number: str, alone: bool) -> dt.date | None:
    """The day on which it was found done: by the recheck of this order, of the only one by any, or by the form."""
    days = [
        when.date()
        for i in items_of(facts, "rechecks")
        if i.get("conclusion") == "done" and isinstance(when := i.get("dt"), dt.datetime)
        if i.get("orig_no") == number or (alone and not i.get("orig_no"))
    ]
    told = answer_of(facts, "correct.done_on", dt.date) if alone else None
    return told or min(days, default=None)


def _told(facts: Facts) -> Iterator[Item]:
    due = answer_of(facts, "correct.limit", dt.date)
    if due is not None:
        asked = answer_of(facts, "correct.required_on", dt.date)
        yield _item(of="correct", asked_on=asked, due=due, done_on=answer_of(facts, "correct.done_on", dt.date))


def _item(**columns: Scalar | None) -> Item:
    return {name: value for name, value in columns.items() if value not in (None, "")}


# ── what a reminder led to ────────────────────────────────────────────────────────────────────────────

_REMINDED = _columns(
    "reminded",
    *(("of", "所指", "text"), ("last_day", "最迟办理日期", "date"), ("done_on", "办理日期", "date")),
)


@derives_list("reminded", "提示过的到期事项", *INPUTS, key=("of",), items=_REMINDED)
def _reminded(facts: Facts, around: Around) -> Value | None:
    """domain/07 R-06r: what a reminder was issued for, its last day, and when it was done.

    A renewed licence bears another expiry; the reminder's own tells which one it was about.
    """
    kinds = around.catalogue.kinds
    papers = (d for d in around.documents if d.state == "issued" and d.kind in kinds)
    told = dict.fromkeys(d.occurrence.rpartition("/")[0] for d in papers if kinds[d.kind].per == "reminders")
    return tuple(item for of in told if (item := _reminded_of(of, facts, around))) or None


def _reminded_of(of: str, facts: Facts, around: Around) -> Item | None:
    """By what stands now; a row that bears another day since, by its old one. None where it was done on a day that
    nobody told."""
    window = next((window for window in found(facts, around) if window.of == of), None)
    if window is None:
        return _gone(of, facts, around)
    done = _date(window.item.get(window.reminder.done))
    if window.done and done is None:
        return None
    return _item(of=of, last_day=window.last.due or window.until, done_on=done)


def _gone(of: str, facts: Facts, around: Around) -> Item | None:
    no, _, told = of.rpartition("@")
    until = dt.date.fromisoformat(told)
    for reminder in around.catalogue.reminders:
        last = counted(until, reminder.apply, -1, around).due or until
        if reminder.yearly and reminder.id == no:
            reported = answer_of(facts, reminder.done, int) or 0
            return _item(of=of, last_day=last) if reported < until.year - 1 else None
        key = around.catalogue.facts[reminder.list].key if reminder.list else ()
        for item in items_of(facts, reminder.list) if reminder.list else ():
            if "/".join(str(item.get(name, "")) for name in key) == no:
                return _item(of=of, last_day=last, done_on=_date(item.get(reminder.done)))
    return None


def _date(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else None


# ── what stands no longer ─────────────────────────────────────────────────────────────────────────────


@derives("observation.over_on", "包容期、观察期、重点监管结束的日期", "date", "case.closed_on")
def _over_on(facts: Facts, around: Around) -> Value | None:
    """domain/07 R-21, R-24: the earlier of the end by harm and the conclusion, of what had been set at all."""
    if not any(issued(around, code) for code in ("D-22", "D-25")):
        return None
    days = [answer_of(facts, name, dt.date) for name in ("observation.ended_on", "case.closed_on")]
    return min((day for day in days if day is not None), default=None)
