"""What follows from papers already issued: what is still to be served, whether a recheck is due, the next ordinals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from paperwork.facts.registry import Around, answer_of, derives, items_of, some
from paperwork.facts.serving import reached, served_on
from paperwork.model import Choice, Document, Facts, Item, Value

_STATES = (
    Choice("awaited", "等待复查"),
    Choice("done", "已整改"),
    Choice("not_done", "尚未整改"),
)


@dataclass(frozen=True)
class _Step:
    """Something that asked for a rectification, or a recheck of it."""

    on: dt.date
    state: str  # awaited | done | not_done
    paper: Document | None = None
    required: str = ""


def _issued(around: Around, per: str) -> dict[str, Document]:
    """Occurrence → the last paper issued for an item of the list (of a talk its record, not its notice)."""
    kinds = around.catalogue.kinds
    of_list = [d for d in around.documents if d.state == "issued" and d.kind in kinds and kinds[d.kind].per == per]
    return {d.occurrence: d for d in of_list}


def _steps(facts: Facts, around: Around) -> Iterator[_Step]:
    papers = {name: _issued(around, name) for name in ("advices", "talks", "rechecks")}
    for item in items_of(facts, "advices"):
        paper = papers["advices"].get(str(item.get("no")))
        if paper is not None and paper.dated:
            yield _Step(paper.dated, "awaited", paper, _joined(item, "items"))
    for item in items_of(facts, "talks"):
        start, paper = item.get("start"), papers["talks"].get(str(item.get("no")))
        if item.get("held") is True and isinstance(start, dt.datetime):
            yield _Step(start.date(), "awaited", paper, _joined(item, "advice"))
    for item in items_of(facts, "rechecks"):
        on, conclusion = item.get("dt"), item.get("conclusion")
        if isinstance(on, dt.datetime) and conclusion:
            state = "done" if conclusion == "done" else "not_done"
            yield _Step(on.date(), state, papers["rechecks"].get(str(item.get("no"))), str(item.get("required", "")))


def _joined(item: Item, name: str) -> str:
    value = item.get(name)
    return "；".join(value) if isinstance(value, tuple) else str(value or "")


def _last(facts: Facts, around: Around) -> _Step | None:
    """The latest step; on one day the one that stands further down the way from advice to recheck."""
    found: _Step | None = None
    for step in _steps(facts, around):
        if found is None or step.on >= found.on:
            found = step
    return found


def _asking(facts: Facts, around: Around) -> _Step | None:
    """The latest paper that asked for something: what a recheck or a further talk refers to."""
    asked = [step for step in _steps(facts, around) if step.state == "awaited" and step.paper]
    return max(asked, key=lambda step: step.on, default=None)


@derives("papers.unserved", "尚未送达的文书", "set", "services")
def _unserved(facts: Facts, around: Around) -> Value | None:
    """Issued papers of kinds that are served on the party (`served = true`) and that no service names: by number."""
    kinds = around.catalogue.kinds
    named = {item.get("document") for item in items_of(facts, "services") if reached(item)}
    served = [d for d in around.documents if d.state == "issued" and d.kind in kinds and kinds[d.kind].served]
    left = tuple(d.number or d.code for d in served if not named & {d.code, d.number, d.title})
    return left if served else None


@derives("rectification.state", "整改进展", "choice", "rechecks", choices=_STATES)
def _state(facts: Facts, around: Around) -> Value | None:
    """After an advice or a talk a recheck is awaited; the recheck says whether it is done."""
    last = _last(facts, around)
    return last.state if last else None


@derives("rectification.title", "要求整改的文书", "text", "rechecks")
def _title(facts: Facts, around: Around) -> Value | None:
    asking = _asking(facts, around)
    return asking.paper.title if asking and asking.paper else None


@derives("rectification.number", "要求整改的文书文号", "text", "rechecks")
def _number(facts: Facts, around: Around) -> Value | None:
    asking = _asking(facts, around)
    return asking.paper.number if asking and asking.paper else None


@derives("rectification.served_on", "要求整改的文书送达日期", "date", "services")
def _served_on(facts: Facts, around: Around) -> Value | None:
    asking = _asking(facts, around)
    if asking is None or asking.paper is None:
        return None
    return served_on(facts, asking.paper, around)


@derives("rectification.required", "要求整改的事项", "text", "rechecks")
def _required(facts: Facts, around: Around) -> Value | None:
    asking = _asking(facts, around)
    return asking.required if asking and asking.required else None


@derives("rectification.rechecked_on", "最近一次复查的日期", "date", "rechecks")
def _rechecked_on(facts: Facts, around: Around) -> Value | None:
    checked = [step.on for step in _steps(facts, around) if step.state != "awaited"]
    return max(checked, default=None)


@derives("rectification.recheck_no", "最近一次复查记录的编号", "text", "rechecks")
def _recheck_no(facts: Facts, around: Around) -> Value | None:
    checked = [step for step in _steps(facts, around) if step.state != "awaited" and step.paper]
    last = max(checked, key=lambda step: step.on, default=None)
    return last.paper.number if last and last.paper else None


@derives("rectification.asked_on", "首次提出建议、约谈或者责令改正的日期", "date", "advices", "talks", "orders")
def _asked_on(facts: Facts, around: Around) -> Value | None:
    """Before this day there was nothing that a recheck could look after."""
    asked: list[object] = [item.get("proposed_on") for item in items_of(facts, "advices")]
    asked += [facts.get("correct.required_on"), *(item.get("on") for item in items_of(facts, "orders"))]
    asked += [step.on for step in _steps(facts, around) if step.state == "awaited"]
    return min((day for day in asked if isinstance(day, dt.date)), default=None)


@derives("talks.pending", "还有没有举行的约谈", "flag", "talks")
def _pending(facts: Facts, around: Around) -> Value | None:
    """A talk that is planned and of which nobody has said whether it was held."""
    return some(facts, "talks", lambda talk: "held" not in talk)


@derives("talks.by_letter", "有没有书面通知的约谈", "flag", "talks")
def _by_letter(facts: Facts, around: Around) -> Value | None:
    """A talk is announced by letter unless the form says how else it was."""
    return any(not item.get("told_by") for item in items_of(facts, "talks")) if "talks" in facts else None


@derives("talks.unanswered", "约谈未到场之后有没有后续", "flag", "talks")
def _unanswered(facts: Facts, around: Around) -> Value | None:
    """domain/09 S11: a refusal punishes nobody; whether anything followed from it (DR-03, another talk, a recheck)."""
    if "talks" not in facts:
        return None
    talks = items_of(facts, "talks")
    refused = [at for at, item in enumerate(talks) if item.get("held") is False]
    if not refused:
        return False
    another = any(item.get("held") is not False for item in talks[refused[-1] + 1 :])
    return not (another or items_of(facts, "triggers") or facts.get("rectification.state") == "done")


@derives("triggers.next_no", "下一件触发事件的序号", "text", "triggers")
def _next_trigger(facts: Facts, around: Around) -> Value | None:
    return str(1 + len(items_of(facts, "triggers")))


def _next(facts: Facts, name: str) -> int:
    numbers = [item.get("no") for item in items_of(facts, name)]
    return 1 + max((n for n in numbers if isinstance(n, int) and not isinstance(n, bool)), default=0)


@derives("talks.next_no", "下一次约谈的序号", "integer", "talks")
def _next_talk(facts: Facts, around: Around) -> Value | None:
    return _next(facts, "talks")


@derives("rechecks.next_no", "下一次复查的序号", "integer", "rechecks")
def _next_recheck(facts: Facts, around: Around) -> Value | None:
    return _next(facts, "rechecks")


@derives("commitments.next_no", "下一份承诺的序号", "integer", "commitments")
def _next_commitment(facts: Facts, around: Around) -> Value | None:
    return _next(facts, "commitments")


@derives("correction.awaited", "等待复查责令改正", "flag", "correct.required_on", "correct.rechecked_on")
def _correction(facts: Facts, around: Around) -> Value | None:
    ordered = answer_of(facts, "correct.required_on", dt.date)
    return None if ordered is None else not facts.get("correct.rechecked_on")
