"""What must hold of an approval: the drafts that it names, the step, the person, the day, the office's number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from paperwork import facts as fact_room
from paperwork import numbering
from paperwork.model import Finding, Item, Kind
from paperwork.planning.drafts import item_of, step_labels
from paperwork.planning.people import ALL
from paperwork.planning.sight import Sight


def approvals(sight: Sight) -> Iterator[Finding]:
    """All that is wrong with the approvals of the form at hand."""
    items = fact_room.rows_of(sight.submission.facts.get("approvals"))
    labels = step_labels(sight)
    for row, item in enumerate(items, 1):
        step = str(item.get("step", ""))
        place = f"「审批意见」第{row}行"
        yield from _code(sight, item, place)
        yield from _asked(sight, item, labels, place)
        yield from _person(sight, item, labels.get(step, step), place)
        yield from _timely(sight, item, place)
        yield from _in_time(sight, item, place)
        yield from _current(sight, item, place)
        yield from _number(sight, item, place)
    if items:
        yield from _in_order(sight, labels)
        yield from _own(sight, items)


def _number(sight: Sight, item: Item, place: str) -> Iterator[Finding]:
    """A 发文字号 that the office gives must be one, and of none of the program's own series."""
    number, code = str(item.get("doc_no", "")), item.get("draft")
    if not number:
        return
    series = sight.catalogue.settings.series.values()
    drafts = [d for d in sight.documents if d.code and d.draft_code == code]
    kinds = [k for d in drafts if (k := sight.catalogue.kinds.get(d.kind))]
    if numbering.parse_number(number) is None:
        message = f"{place}：「{number}」不是文号"
        yield Finding("E-NUMBER-FORM", message, "approvals.doc_no", place, number, "例如 朔区文旅发〔2026〕58号")
    elif kinds and all(kind.number != "office" for kind in kinds):
        titles = "、".join(dict.fromkeys(f"《{kind.title}》" for kind in kinds))
        message = f"{place}：{titles}由系统编号，表上的发文字号「{number}」没有用"
        yield Finding("W-NUMBER-UNUSED", message, "approvals.doc_no", place, number, severity="warning")
    elif any(numbering.read_by(one.pattern, number) for one in series):
        message = f"{place}：「{number}」的字号由系统依次编号，不能手工使用，请核对发文字号"
        yield Finding("E-NUMBER-SERIES", message, "approvals.doc_no", place, number)


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


def _current(sight: Sight, item: Item, place: str) -> Iterator[Finding]:
    """Nobody agrees to figures that the ledger no longer gives."""
    code = str(item.get("draft", ""))
    if item.get("decision") == "agree" and code in sight.outdated:
        message = f"{place}：{counted_anew(sight, sight.outdated[code])}，再按新的送审稿审批"
        yield Finding("E-REPORT-STALE", message, "approvals.draft", place, code)


def counted_anew(sight: Sight, as_of: str) -> str:
    """What is said of a draft with old figures, and the command that counts them anew."""
    period, unit = sight.folded.get("report.period", ""), sight.folded.get("report.unit", "")
    of_unit = f" --unit {unit}" if unit and unit != ALL else ""
    return f"送审稿的数字是{as_of}统计的，此后账册有变动；请办公室运行 paperwork report {period}{of_unit} 重新统计"


def _in_time(sight: Sight, item: Item, place: str) -> Iterator[Finding]:
    """A paper that calls to a day is not issued after it: it would invite to the past."""
    on = item.get("on")
    if item.get("decision") != "agree" or not isinstance(on, dt.date):
        return
    for draft in sight.documents:
        kind = sight.catalogue.kinds.get(draft.kind)
        if kind and kind.precedes and draft.draft_code == item.get("draft") and draft.state == "draft":
            called = _called_to(sight, kind, draft.occurrence)
            if called and on > called:
                message = (
                    f"{place}：《{kind.title}》写的日期是{called.isoformat()}，审批日期{on.isoformat()}在它之后，不能再签发。"
                    f"{kind.too_late or '请承办人改正那个日期，重新送审'}；审批日期写错的，请改正"
                )
                wanted = f"不晚于{called.isoformat()}"
                yield Finding("E-DATE-ORDER", message, "approvals.on", place, on.isoformat(), wanted)


def _called_to(sight: Sight, kind: Kind, occurrence: str) -> dt.date | None:
    """The first of the days to which the paper calls, as the matter knows them."""
    item = next(iter((item_of(sight, sight.folded, kind, occurrence) or {}).values()), {})
    told = [item.get(name.rpartition(".")[2]) or sight.folded.get(name) for name in kind.precedes]
    return min((v.date() if isinstance(v, dt.datetime) else v for v in told if isinstance(v, dt.date)), default=None)


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
