"""What must hold across forms before a submission is accepted: approvals, dates, repeated items, a second case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from paperwork import facts as fact_room
from paperwork import law, numbering, policy, printing, validation
from paperwork.law.grounds import citation
from paperwork.model import Fact, Facts, Finding, Item, Measure, Value
from paperwork.planning.drafts import step_labels
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
        *policy.gates(sight.catalogue, question),
        *printing.unlawful(sight.catalogue, facts),
        *strangers(sight),
        *_later_than_today(sight),
        *_repeated(sight),
        *_skipped(sight),
        *_approvals(sight),
        *_second_case(sight, facts),
        *unfit(sight),
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


# ── approvals ─────────────────────────────────────────────────────────────────────────────────────────


def _approvals(sight: Sight) -> Iterator[Finding]:
    items = fact_room.rows_of(sight.submission.facts.get("approvals"))
    labels = step_labels(sight)
    for row, item in enumerate(items, 1):
        step = str(item.get("step", ""))
        place = f"「审批意见」第{row}行"
        yield from _code(sight, item, place)
        yield from _asked(sight, item, labels, place)
        yield from _person(sight, item, labels.get(step, step), place)
        yield from _timely(sight, item, place)
        yield from _number(item, place)
    if items:
        yield from _in_order(sight, labels)
        yield from _own(sight, items)


def _number(item: Item, place: str) -> Iterator[Finding]:
    """A 发文字号 that the office gives must be one: a prefix, the year in brackets, a running number."""
    number = str(item.get("doc_no", ""))
    if number and numbering.parse_number(number) is None:
        message = f"{place}：「{number}」不是文号"
        yield Finding("E-NUMBER-FORM", message, "approvals.doc_no", place, number, "例如 朔区文旅发〔2026〕58号")


def _own(sight: Sight, items: Sequence[Item]) -> Iterator[Finding]:
    """Nobody corrects another's approval away: the persons of the corrected form stand in the new one too."""
    before = sight.matter.submissions if sight.matter else ()
    corrected = next((s for s in before if s.key == sight.submission.corrects), None)
    lost = {str(i.get("person")) for i in fact_room.rows_of(corrected.facts.get("approvals"))} if corrected else set()
    lost -= {str(item.get("person")) for item in items}
    if lost:
        message = f"更正的表上原有{'、'.join(sorted(lost))}的意见，新表上没有；更正时应当保留各人的意见"
        yield Finding("E-CORRECTS-PERSON", message, "approvals.person", "「审批意见」", wanted="、".join(sorted(lost)))


def _code(sight: Sight, item: Item, place: str) -> Iterator[Finding]:
    """An approval counts only for the drafts whose code it names."""
    code = str(item.get("draft", ""))
    if not code:
        return
    drafts = [d for d in sight.documents if d.code and d.draft_code == code]
    current = sorted({d.draft_code for d in sight.documents if d.code and d.state == "draft"})
    wanted = "、".join(current)
    if not drafts:
        message = f"{place}：没有审批代码为「{code}」的送审稿" + (f"，现行代码是 {wanted}" if wanted else "")
        yield Finding("E-APPROVAL-DRAFT", message, "approvals.draft", place, code, wanted)
    elif all(d.state == "superseded" for d in drafts) and not _known(sight, item):
        blocked = _blocked_by_review(sight, code)
        message = f"{place}：审批代码「{code}」的送审稿已经作废" + (
            "（法制审核未通过，不得作出决定）" if blocked else "（案情已补充更正，或者已被退回）"
        )
        message += f"，请按现行送审稿 {wanted} 重新审批" if wanted else ""
        which = "E-REVIEW-BLOCK" if blocked else "E-APPROVAL-DRAFT"
        yield Finding(which, message, "approvals.draft", place, code, wanted)
    elif all(d.state != "draft" for d in drafts) and not _known(sight, item):
        message = f"{place}：审批代码「{code}」的文书已经签发，不能再审批"
        yield Finding("E-APPROVAL-DRAFT", message, "approvals.draft", place, code, wanted)


def _asked(sight: Sight, item: Item, labels: Mapping[str, str], place: str) -> Iterator[Finding]:
    """The rule behind the drafts must ask for the step at all: who is not asked can neither agree nor refuse."""
    rules = {d.rule for d in sight.documents if d.code and d.draft_code == item.get("draft")}
    steps = [s.step for rule in sight.catalogue.rules if rule.id in rules for s in rule.approvals]
    if steps and item.get("step") and item["step"] not in steps:
        wanted = "、".join(labels[step] for step in dict.fromkeys(steps))
        label = labels.get(str(item["step"]), str(item["step"]))
        message = f"{place}：本案不经「{label}」环节，应当审批的环节是 {wanted}"
        yield Finding("E-APPROVAL-STEP", message, "approvals.step", place, label, wanted)


def _known(sight: Sight, item: Item) -> bool:
    """The very same answer stands already: a repetition, which changes nothing."""
    before = fact_room.fold(sight.matter.submissions, sight.catalogue.facts) if sight.matter else {}
    return item in fact_room.rows_of(before.get("approvals"))


def _blocked_by_review(sight: Sight, code: str) -> bool:
    return any(
        a.get("draft") == code and a.get("step") == "legal_review" and a.get("decision") in ("refuse", "return")
        for a in sight.items("approvals")
    )


def _person(sight: Sight, item: Item, label: str, place: str) -> Iterator[Finding]:
    """The approver must hold the role on that day (people.toml)."""
    person, on = item.get("person"), item.get("on")
    if not isinstance(on, dt.date) or not person or not item.get("step"):
        return
    holders = [
        role.person
        for role in sight.catalogue.roles
        if role.step == item.get("step") and role.since <= on and (role.until is None or on <= role.until)
    ]
    if person not in holders:
        message = f"{place}：{on.isoformat()}「{person}」不是「{label}」环节的审批人（people.toml）"
        yield Finding("E-APPROVAL-ROLE", message, "approvals.person", place, str(person), "、".join(holders))


def _timely(sight: Sight, item: Item, place: str) -> Iterator[Finding]:
    """Not before the case was filed, nor before the form that it approves was handed in."""
    on = item.get("on")
    if not isinstance(on, dt.date):
        return
    filed = sight.folded.get("case.filed_on")
    if isinstance(filed, dt.date) and on < filed:
        message = f"{place}：审批日期{on.isoformat()}早于立案日期{filed.isoformat()}"
        yield Finding("E-DATE-ORDER", message, "approvals.on", place, on.isoformat())
    drop = next((d.drop for d in sight.documents if d.code and d.draft_code == item.get("draft")), "")
    handed_in = next((s.submitted_at for s in sight.submissions if s.drop == drop), None)
    if handed_in and on < handed_in.date():
        message = f"{place}：审批日期{on.isoformat()}早于送审的表的填表日期{handed_in.date().isoformat()}"
        yield Finding("E-DATE-ORDER", message, "approvals.on", place, on.isoformat())


def _in_order(sight: Sight, labels: Mapping[str, str]) -> Iterator[Finding]:
    """Forms may arrive in any order, but no step is dated before the step it follows."""
    codes = {str(i.get("draft")) for i in fact_room.rows_of(sight.submission.facts.get("approvals"))}
    for code in sorted(codes):
        given = {str(a.get("step")): a.get("on") for a in sight.items("approvals") if a.get("draft") == code}
        days = [(step, given[step]) for step in labels if isinstance(given.get(step), dt.date)]
        for (earlier, first), (later, second) in pairwise(days):
            if isinstance(first, dt.date) and isinstance(second, dt.date) and second < first:
                message = f"「{labels[later]}」的审批日期{second}早于「{labels[earlier]}」的{first}"
                yield Finding("E-DATE-ORDER", message, "approvals.on", "「审批意见」", second.isoformat())


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
