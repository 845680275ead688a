"""When a paper reached the party, and which method comes next where it did not (民事诉讼法 arts 87–95).

The period runs from the proof: the day on the return slip, never that of posting; thirty days after an announcement.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from paperwork import periods
from paperwork.facts.registry import Around, derives, items_of
from paperwork.model import Choice, Document, Facts, Item, Value

REACHED = (None, "", "served")
"""The results of an attempt that reached the party; a form that says nothing more reports one that did."""
ANNOUNCED_DAYS = 30  # 民事诉讼法 art 95 para 1
_METHODS = (
    Choice("direct", "直接"), Choice("left", "留置"), Choice("mail", "邮寄"), Choice("announced", "公告"),
)  # fmt: skip
_WHY: Mapping[str, str] = {
    "left": "拒绝接收的，可以留置送达：邀请见证人到场，或者拍照、录像（民事诉讼法第八十九条）",
    "mail": "直接送达有困难的，可以邮寄送达，以回执上注明的收件日期为送达日期（民事诉讼法第九十一条）",
    "direct": "邮件被退回，还没有上门送达过的，先直接送达（民事诉讼法第八十八条）",
    "announced": "下落不明或者用其他方式无法送达的，公告送达，在案卷中记明原因和经过（民事诉讼法第九十五条）",
}


def reached(item: Item) -> bool:
    """Whether this attempt reached the party, or is said to without more."""
    return item.get("result") in REACHED


def day_of(item: Item, around: Around) -> dt.date | None:
    """The day of service of one attempt; None when it failed, or waits for its slip or a calendar."""
    on, slip = item.get("on"), item.get("received_on")
    if not reached(item) or not isinstance(on, dt.date):
        return None
    if item.get("method") == "announced":
        return periods.deadline(on, ANNOUNCED_DAYS, "days", "party", around.catalogue.calendars).due
    return slip if isinstance(slip, dt.date) else on


def served_on(facts: Facts, document: Document, around: Around) -> dt.date | None:
    """The last day on which a service of this document is reported; None while none is."""
    days = [day_of(item, around) for item in _of(facts, document)]
    return max((day for day in days if day is not None), default=None)


def _of(facts: Facts, document: Document) -> list[Item]:
    names = (document.code, document.number, document.title)
    return [item for item in items_of(facts, "services") if item.get("document") in names]


def _failed(facts: Facts) -> Sequence[Item]:
    """All attempts at the document that was tried last and never reached the party; () when there is none."""
    groups: dict[object, list[Item]] = {}
    for item in items_of(facts, "services"):
        groups.setdefault(item.get("document"), []).append(item)
    open_ = [g for g in groups.values() if not any(map(reached, g)) and g[-1].get("result") != "pending"]
    return max(open_, key=lambda group: str(group[-1].get("on")), default=())


def _next(attempts: Sequence[Item]) -> str | None:
    if not attempts:
        return None
    result, tried = attempts[-1].get("result"), {str(item.get("method")) for item in attempts}
    if result == "refused":
        return "left"
    if result == "unreachable" or {"direct", "mail"} <= tried:
        return "announced"
    return "direct" if "mail" in tried else "mail"


@derives("service.next", "下一种送达方式", "choice", "services", choices=_METHODS)
def _next_method(facts: Facts, around: Around) -> Value | None:
    """A proposal: who serves decides."""
    return _next(_failed(facts))


@derives("service.next_document", "没有送达的文书", "text", "services")
def _next_document(facts: Facts, around: Around) -> Value | None:
    attempts = _failed(facts)
    return str(attempts[-1].get("document", "")) if attempts else None


@derives("service.next_why", "改用送达方式的理由", "text", "services")
def _next_why(facts: Facts, around: Around) -> Value | None:
    way = _next(_failed(facts))
    return _WHY[way] if way else None
