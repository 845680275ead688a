"""Derived facts of the office's papers: what the party agreed to, how long the public was asked.

A function answers None when its inputs do not suffice: the fact is then unknown, never guessed.
"""

from __future__ import annotations

import datetime as dt

from paperwork import periods
from paperwork.facts.registry import Around, answer_of, derives, items_of
from paperwork.facts.serving import served_on
from paperwork.model import Document, Facts, Item, Value


@derives("service.electronic_agreed", "是否签订电子送达确认书", "flag", "confirmations")
def _electronic(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 61 para 2: whether the party has agreed, by its latest confirmation."""
    last = max(items_of(facts, "confirmations"), key=_day, default=None)
    return last is not None and last.get("electronic") is True


def _day(item: Item) -> tuple[dt.date, str]:
    """The day of a confirmation, and of several on one day the highest ordinal."""
    on = item.get("on")
    return (on if isinstance(on, dt.date) else dt.date.min, f"{item.get('no', 0):>9}")


# ── the seal ──────────────────────────────────────────────────────────────────────────────────────────


@derives("seals.kept", "用印登记在本系统", "flag")
def _seals_kept(facts: Facts, around: Around) -> Value | None:
    """bureau.toml: whether this office registers the uses of its seal here, every one, before a paper is served."""
    return bool(around.catalogue.settings.thresholds["seal_register"])


def _numbered(around: Around) -> list[Document]:
    return [d for d in around.documents if d.state == "issued" and d.number]


@derives("seals.missing", "送达而没有用印登记的文书", "set", "seals", "services")
def _unsealed(facts: Facts, around: Around) -> Value | None:
    """Numbered papers that a service names and no use of the seal does; asked where a register is kept."""
    if "seals" not in facts and not facts.get("seals.kept"):
        return None
    sealed = {use.get("document") for use in items_of(facts, "seals")}
    named = {item.get("document") for item in items_of(facts, "services")}
    served = (d for d in _numbered(around) if named & {d.code, d.number, d.title})
    return tuple(d.number for d in served if d.number not in sealed)


@derives("seals.awaited", "送达以前应当登记用印的文书", "set", "seals")
def _awaited(facts: Facts, around: Around) -> Value | None:
    """domain/12 §12.1 no 4: papers that are served on the party and have no use of the seal yet."""
    kinds = around.catalogue.kinds
    sealed = {use.get("document") for use in items_of(facts, "seals")}
    papers = (d for d in _numbered(around) if d.kind in kinds and kinds[d.kind].served)
    return tuple(d.number for d in papers if d.number not in sealed)


@derives("seals.late", "用印晚于送达的文书", "set", "seals", "services")
def _sealed_late(facts: Facts, around: Around) -> Value | None:
    """A seal that was put on a paper after it had reached the party: one of the two days is wrong."""
    if "seals" not in facts:
        return None
    uses = [(use.get("document"), use.get("on")) for use in items_of(facts, "seals")]
    found = []
    for paper in _numbered(around):
        served = served_on(facts, paper, around)
        days = [on for number, on in uses if number == paper.number and isinstance(on, dt.date)]
        if served and days and min(days) > served:
            found.append(paper.number)
    return tuple(found)


@derives("seals.early", "用印早于文书日期的", "set", "seals")
def _sealed_early(facts: Facts, around: Around) -> Value | None:
    if "seals" not in facts:
        return None
    dated = {d.number: d.dated for d in around.documents if d.state == "issued" and d.number and d.dated}
    uses = [(use.get("document"), use.get("on")) for use in items_of(facts, "seals")]
    return tuple(str(no) for no, on in uses if isinstance(on, dt.date) and no in dated and on < dated[str(no)])


# ── the answer to an informant ────────────────────────────────────────────────────────────────────────


def replied(facts: Facts, *kinds: str) -> list[dt.date]:
    """The days of the responses of these kinds; of any kind where none is named."""
    told = [i for i in items_of(facts, "responses") if not kinds or i.get("kind") in kinds]
    return [day for i in told if isinstance(day := i.get("on"), dt.date)]


@derives("responses.first_on", "首次答复举报人的日期", "date", "responses")
def _first_reply(facts: Facts, around: Around) -> Value | None:
    return min(replied(facts), default=None)


@derives("responses.result_on", "答复举报人处理结果的日期", "date", "responses")
def _result_reply(facts: Facts, around: Around) -> Value | None:
    """What is not taken up at all is answered with that."""
    return max(replied(facts, "result", "declined"), default=None)


@derives("lead.answer_from", "举报事项处理完毕的日期", "date")
def _answer_from(facts: Facts, around: Around) -> Value | None:
    """The decision, or the approved 不予立案: from then on there is a result to tell."""
    ends = [d.dated for d in around.documents if d.measure == "not_filing" and d.state == "issued" and d.dated]
    return ends[-1] if ends else facts.get("decision.on")


# ── rules for a sector, major decisions ───────────────────────────────────────────────────────────────


@derives("rule.public_must", "应当公开征求意见", "flag", "rule.normative", "rule.major")
def _public_must(facts: Facts, around: Around) -> Value | None:
    """优化营商环境条例 art 62 (规范性文件), 重大行政决策程序暂行条例 art 14 (重大决策)."""
    said = [facts.get("rule.normative"), facts.get("rule.major")]
    return True if True in said else None if None in said else False


@derives("public.days", "公开征求意见的天数", "integer", "public.from", "public.to")
def _public_days(facts: Facts, around: Around) -> Value | None:
    """Days from the first to the last, the first not counted (民法典 art 201)."""
    first, last = answer_of(facts, "public.from", dt.date), answer_of(facts, "public.to", dt.date)
    return None if first is None or last is None else (last - first).days


@derives("legality.workdays", "合法性审查的工作日数", "integer", "legality.in_on", "legality.on")
def _legality_days(facts: Facts, around: Around) -> Value | None:
    """重大行政决策程序暂行条例 art 26: a review wants seven workdays; unknown in a year without calendar."""
    first, last = answer_of(facts, "legality.in_on", dt.date), answer_of(facts, "legality.on", dt.date)
    if first is None or last is None:
        return None
    try:
        return periods.workdays_between(first, last, around.catalogue.calendars)
    except periods.MissingCalendar:
        return None
