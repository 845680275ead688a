"""What must hold across forms before a submission is accepted: approvals, dates, repeated items, a second case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from paperwork import facts as fact_room
from paperwork import law, policy, printing, proofreading, validation
from paperwork.law.grounds import citation
from paperwork.model import Fact, Facts, Finding, Measure, Value
from paperwork.planning.approving import approvals, counted_anew
from paperwork.planning.hands import hands
from paperwork.planning.people import strangers
from paperwork.planning.quoting import misquoted
from paperwork.planning.sight import Sight
from paperwork.planning.wording import unfit


def findings(sight: Sight, facts: Facts) -> tuple[Finding, ...]:
    """All findings of the submission against the matter as it would stand, each field named once per code."""
    question = policy.Question(sight.type, facts)
    found = [
        *_required(sight),
        *_too_late(sight),
        *_old_figures(sight),
        *policy.gates(sight.catalogue, question),
        *printing.unlawful(sight.catalogue, facts),
        *strangers(sight),
        *_later_than_today(sight),
        *_repeated(sight),
        *_skipped(sight),
        *approvals(sight),
        *_second_case(sight, facts),
        *unfit(sight),
        *proofreading.findings(sight.catalogue, facts, sight.submission.facts),
        *hands(sight),
        *misquoted(sight),
    ]
    seen: dict[tuple[str, str, str], Finding] = {}
    for finding in found:
        seen.setdefault((finding.code, finding.field, finding.message), finding)
    return tuple(seen.values())


def _required(sight: Sight) -> Iterator[Finding]:
    if sight.form:
        yield from validation.required(sight.form, sight.folded, sight.catalogue.facts, sight.submission)


def _too_late(sight: Sight) -> Iterator[Finding]:
    """A form that its paper has overtaken: the paper is frozen, so what the form says would stand nowhere."""
    until = sight.form.until if sight.form else {}
    paper = next((d for d in sight.documents if d.state == "issued" and d.code in until), None)
    if paper and sight.form:
        called = f"《{paper.title}》{paper.number}".rstrip()
        message = f"{called}已经签发，不再收《{sight.form.title}》；{until[paper.code]}"
        yield Finding("E-ISSUED", message, "matter", "「案号或编号」一栏", paper.number)


def _old_figures(sight: Sight) -> Iterator[Finding]:
    """What joins a report whose draft prints old figures is taken, and whoever sends it is told."""
    if sight.outdated and sight.form and sight.form.place != "approvals":
        message = counted_anew(sight, max(sight.outdated.values()))
        yield Finding("W-REPORT-STALE", f"{message}，再送审", severity="warning")


# ── dates ─────────────────────────────────────────────────────────────────────────────────────────────


def _later_than_today(sight: Sight) -> Iterator[Finding]:
    """Nothing that a form reports can lie in the future, except what is marked so (an expiry, a deadline)."""
    defs = sight.catalogue.facts
    moment = sight.submission.submitted_at
    if moment and moment.date() > sight.today:
        message = f"填表日期{moment.date().isoformat()}晚于今天（{sight.today.isoformat()}）"
        yield Finding("E-DATE-ORDER", message, "submitted_at", "「填表日期」一栏", moment.date().isoformat())
    for name, value in sight.submission.facts.items():
        for place, fact, day in _days(defs[name], value):
            if day > sight.today and not fact.future:
                message = f"{place}：{day.isoformat()}晚于今天（{sight.today.isoformat()}）"
                yield Finding("E-DATE-ORDER", message, fact.name, place, day.isoformat())


def _days(fact: Fact, value: Value) -> Iterator[tuple[str, Fact, dt.date]]:
    if isinstance(value, dt.date):
        yield f"「{fact.label}」一栏", fact, value.date() if isinstance(value, dt.datetime) else value
    if isinstance(value, tuple):
        for row, item in enumerate(value, 1):
            for name, scalar in item.items() if isinstance(item, Mapping) else ():
                column = fact.items.get(name)
                if column and isinstance(scalar, dt.date):
                    day = scalar.date() if isinstance(scalar, dt.datetime) else scalar
                    yield f"「{fact.label}」第{row}行「{column.label}」", column, day


# ── keyed lists ───────────────────────────────────────────────────────────────────────────────────────


def _repeated(sight: Sight) -> Iterator[Finding]:
    """An event once recorded is completed, never overwritten: what differs needs a correction."""
    before = sight.matter.submissions if sight.matter else ()
    # A correction stands where the corrected one stood, and that where an earlier one did: it alone falls silent.
    silent = replace(sight.submission, facts={}, adds=frozenset())
    standing = fact_room.fold((*before, silent), sight.catalogue.facts)
    for name in sight.submission.adds:
        fact = sight.catalogue.facts[name]
        new = fact_room.rows_of(sight.submission.facts[name])
        for item, field in fact_room.conflicts(fact_room.rows_of(standing.get(name)), new, fact.key):
            column = fact.items[field]
            if column.changing:
                continue
            place = f"「{fact.label}」的「{column.label}」"
            message = f"{place}已有不同的内容，不能覆盖；确需更正的，在新表中填写「更正的回执编号」"
            yield Finding("E-ALREADY", message, f"{name}.{field}", place, policy.shown(item.get(field), column))


def _skipped(sight: Sight) -> Iterator[Finding]:
    """Items that are counted begin at 1 and leave none out. A hint: the form of an earlier one may come later."""
    for name in sight.submission.adds:
        fact = sight.catalogue.facts[name]
        column = fact.items[fact.key[0]]
        if not column.ordinal:
            continue
        there = {item.get(fact.key[0]) for item in sight.items(name)}
        for row, item in enumerate(fact_room.rows_of(sight.submission.facts[name]), 1):
            number = item.get(fact.key[0])
            left_out = [n for n in range(1, number if isinstance(number, int) else 1) if n not in there]
            if left_out:
                place = f"「{fact.label}」第{row}行「{column.label}」"
                message = f"{place}：本事项还没有序号{'、'.join(map(str, left_out[:5]))}，序号应当从1起依次编，请核对"
                yield Finding("W-ORDINAL", message, column.name, place, str(number), str(left_out[0]), "warning")


def out_of_law(sight: Sight, measures: Iterable[Measure], dated: Iterable[dt.date]) -> Iterator[Finding]:
    """A decision entered late may not bear a day for which its procedure has no text on file (art 37, by the day)."""
    days = sorted(set(dated))
    for cited in dict.fromkeys(c for m in measures for c in m.procedure):
        for day in days:
            if law.text_on(sight.catalogue.laws, cited.law, day) is None:
                message = f"文书日期{day.isoformat()}当日没有可以引用的条文（{cited}），请先补充该日施行的文本"
                yield Finding("E-LAW-DATE", message, "approvals.on", "「审批意见」", day.isoformat())


# ── a second case ─────────────────────────────────────────────────────────────────────────────────────


def case_key(facts: Facts) -> str:
    """What tells one case of a party from another: the day of the act and the provisions violated; "" = unknown."""
    act = facts.get("act.date")
    cited = sorted(str(citation(i)) for i in printing.provisions(facts, "law.violated"))
    return f"{act.isoformat()} {'、'.join(cited)}" if isinstance(act, dt.date) and cited else ""


def _second_case(sight: Sight, facts: Facts) -> Iterator[Finding]:
    """A second open case for one party, day and provision asks for a tick at 另案 (行政处罚法 art 29)."""
    if sight.matter or sight.type != "case" or sight.folded.get("case.separate") is True:
        return
    key = case_key(facts)
    for matter, other in sight.history.open_cases:
        if key and key == other:
            message = (
                f"同一当事人同一天、违反同一规定已有案件 {matter}。"
                "补充该案的，填写「案号或编号」；确属另一案的，在「另案」选「是」"
            )
            yield Finding("E-CASE-TWICE", message, "case.separate", "「另案」一栏", wanted=matter)
