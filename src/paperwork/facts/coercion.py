"""Derived facts of evidence kept, of sealing and seizure, of shutting down: lawful, complete, in time, still open.

A function answers None when its inputs do not suffice: the fact is then unknown, never guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from paperwork import law, periods
from paperwork.facts.registry import Around, answer_of, derives, items_of
from paperwork.law.grounds import citation
from paperwork.model import Citation, Facts, Item, Value

_MOST = 30  # days: 行政强制法 art 25 para 1, once and once more


def _numbers(items: Iterator[Item] | list[Item]) -> tuple[str, ...]:
    return tuple(str(item.get("no", "")) for item in items)


def _without(facts: Facts, owner: str, ended: str) -> Value | None:
    """Numbers of the items that nobody has ended yet; unknown where nothing was said of any."""
    return _numbers([one for one in items_of(facts, owner) if not one.get(ended)]) if owner in facts else None


def _bare(facts: Facts, owner: str, items: str) -> Value | None:
    if owner not in facts:
        return None
    listed = {item.get("of") for item in items_of(facts, items)}
    return _numbers([one for one in items_of(facts, owner) if one.get("no") not in listed])


# ── kept as evidence (行政处罚法 art 56) ───────────────────────────────────────────────────────────────


@derives("keepings.bare", "没有物品清单的登记保存", "set", "keepings", "kept_items")
def _kept_bare(facts: Facts, around: Around) -> Value | None:
    return _bare(facts, "keepings", "kept_items")


@derives("keepings.late", "处理决定超过七个工作日的登记保存", "set", "keepings")
def _late(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 arts 56, 85; what is returned may be late, for that is what must happen then."""
    if "keepings" not in facts:
        return None
    return _numbers([one for one in items_of(facts, "keepings") if _is_late(one, around)])


def _is_late(item: Item, around: Around) -> bool:
    on, decided = item.get("on"), item.get("decided_on")
    if not isinstance(on, dt.date) or not isinstance(decided, dt.date) or item.get("decision") == "returned":
        return False
    try:
        return decided > periods.add_workdays(on, 7, around.catalogue.calendars)
    except periods.MissingCalendar:
        return False


@derives("keepings.open", "没有处理决定的登记保存", "set", "keepings")
def _kept_open(facts: Facts, around: Around) -> Value | None:
    return _without(facts, "keepings", "decision")


# ── sealing and seizure (行政强制法 arts 17–28) ───────────────────────────────────────────────────────────


@derives("seizures.bare", "没有清单的查封扣押", "set", "seizures", "seized_items")
def _seized_bare(facts: Facts, around: Around) -> Value | None:
    return _bare(facts, "seizures", "seized_items")


@derives("seizures.unlawful", "所填依据没有规定查封扣押的", "set", "seizures")
def _unlawful(facts: Facts, around: Around) -> Value | None:
    """行政强制法 arts 17, 22: the provision given must be one that a law file marks as `seizes`."""
    if "seizures" not in facts:
        return None
    return tuple(str(citation(one)) for one in items_of(facts, "seizures") if not _may_seize(one, around))


def _may_seize(item: Item, around: Around) -> bool:
    texts = around.catalogue.laws.get(str(item.get("law", "")), ())
    return any(_covers(marked, citation(item)) for text in texts for marked in text.seizes)


def _covers(marked: Citation, named: Citation) -> bool:
    """Whether the provision named is the marked one, or a part of it."""
    return marked.article == named.article and marked.para in (0, named.para)


@derives("seizures.too_long", "期限超过三十日的查封扣押", "set", "seizures")
def _too_long(facts: Facts, around: Around) -> Value | None:
    if "seizures" not in facts:
        return None
    return _numbers(
        [one for one in items_of(facts, "seizures") if _over(one, "on", "to") or _over(one, "to", "extended_to")]
    )


def _over(item: Item, start: str, end: str) -> bool:
    first, last = item.get(start), item.get(end)
    return isinstance(first, dt.date) and isinstance(last, dt.date) and not 0 < (last - first).days <= _MOST


@derives("seizures.longer", "有延长期限的查封扣押", "flag", "seizures")
def _longer(facts: Facts, around: Around) -> Value | None:
    return any(one.get("extended_to") for one in items_of(facts, "seizures")) if "seizures" in facts else None


@derives("seizures.open", "没有解除的查封扣押", "set", "seizures")
def _seized_open(facts: Facts, around: Around) -> Value | None:
    return _without(facts, "seizures", "lifted_on")


@derives("contraband.open", "还没有收缴或者移送的违禁品、非法出版物", "set", "keepings", "seizures")
def _contraband(facts: Facts, around: Around) -> Value | None:
    """domain/02 §2.3: what is forbidden is not given back though nothing is punished; it stays open until then."""
    if "keepings" not in facts and "seizures" not in facts:
        return None
    ended = (("keepings", "登记保存", "decision"), ("seizures", "查封扣押", "lifted_on"))
    return tuple(
        f"{told}第{item.get('no', '')}项"
        for owner, told, end in ended
        for item in items_of(facts, owner)
        if item.get("contraband") is True and not item.get(end)
    )


# ── shutting down ─────────────────────────────────────────────────────────────────────────────────────


@derives("law.bans_cited", "规定取缔的条款", "text", "law.penalty", "act.date")
def _bans_cited(facts: Facts, around: Around) -> Value | None:
    """The provisions of the case by which 取缔 is ordered, as a paper cites them, by the law of the act."""
    laws = around.catalogue.laws
    marks = {item.get("law"): [c for text in laws.get(str(item.get("law", "")), ()) for c in text.bans]
             for item in items_of(facts, "law.penalty")}  # fmt: skip
    named = [citation(item) for item in items_of(facts, "law.penalty")]
    cited = [c for c in named if any(_covers(m, c) for m in marks.get(c.law, ()))]
    try:
        return law.cite(laws, cited, answer_of(facts, "act.date", dt.date)) if cited else None
    except ValueError:
        return None
