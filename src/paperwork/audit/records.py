"""Promises that the ledger alone can break: numbers, events, occurrences, drops; and what was entered late."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping

from paperwork import numbering
from paperwork.audit.sight import View
from paperwork.model import Document, Matter, Problem

REPORT = "请把这条内容连同 paperwork audit --json 的结果报告给系统维护人员"
_NUMBERED = ("issued", "replaced", "void")


def number_problems(view: View) -> Iterator[Problem]:
    """Every series is without gap from what was given by hand to its last; every number is on its document."""
    for series in view.series:
        there = [row.n for row in view.numbers if (row.series, row.year) == (series.series, series.year)]
        where = f"{series.series} {series.year}"
        for n in numbering.gaps([*there, series.last + 1], series.start):
            yield Problem("E-NUMBER-GAP", where, f"编号册上缺第{n}号", REPORT)
        for n in sorted(n for n in there if not series.start < n <= series.last):
            yield Problem(
                "E-NUMBER-RANGE", where, f"编号册上的第{n}号不在已给出的{series.start + 1}至{series.last}之内", REPORT
            )
    yield from _unnumbered(view)
    yield from _unborne(view)
    for row in view.numbers:
        if row.state == "void" and not row.why:
            yield Problem("E-NUMBER-VOID", row.text, "作废而没有写明原因", REPORT)


def _unnumbered(view: View) -> Iterator[Problem]:
    """Issued documents whose kind has a series bear a number of the register."""
    given = {row.text for row in view.numbers}
    for matter, document in view.documents():
        kind = view.kind(document)
        wanted = kind is not None and kind.number not in ("none", "office")
        if (
            document.state in _NUMBERED
            and document.code
            and (wanted or document.number)
            and document.number not in given
        ):
            what = f"《{document.title}》已签发而{'文号不在编号册上' if document.number else '没有文号'}"
            yield Problem("E-NUMBER-MISSING", document.path or matter.id, what, REPORT)


def _unborne(view: View) -> Iterator[Problem]:
    """Every number stands for what bears it: a document, or the matter itself."""
    borne = Counter(d.number for _, d in view.documents() if d.number)
    own = {name for matter in view.matters for name in (matter.id, matter.case)}
    for row in view.numbers:
        if row.document is None:
            if row.text not in own:
                yield Problem("E-NUMBER-LOST", row.text, "编号册上有这个编号，却没有这个案件或者事项", REPORT)
        elif borne[row.text] != 1:
            yield Problem("E-NUMBER-LOST", row.text, f"编号册上有这个文号，却有{borne[row.text]}份文书使用它", REPORT)


def drop_problems(view: View) -> Iterator[Problem]:
    """Every drop that was decided is concluded."""
    for row in view.drops:
        if row.state != "received" and row.concluded_at is None:
            yield Problem(
                "E-UNFINISHED",
                row.drop.id,
                f"「{row.drop.name}」已经登记或者退回，还没有办完",
                "运行 paperwork watch --once",
            )
    filed = {received.drop for matter in view.matters for received in matter.received}
    for drop_id in sorted(filed):
        row = view.by_drop[drop_id]
        if row.state != "registered" and not isinstance(row.outcome, list):  # of a sheet, other rows may be back
            yield Problem("E-DROP-STATE", drop_id, f"已收入案件，账册却写作 {view.by_drop[drop_id].state}", REPORT)


def event_problems(view: View) -> Iterator[Problem]:
    """The journal is numbered from 1 without gap or double."""
    counted = Counter(event.seq for matter in view.matters for event in matter.events)
    for seq in numbering.gaps(counted):
        yield Problem("E-EVENT-GAP", f"事件 {seq}", "经过记录缺这一条", REPORT)
    for seq, times in sorted(counted.items()):
        if times > 1:
            yield Problem("E-EVENT-TWICE", f"事件 {seq}", "经过记录有重复的序号", REPORT)


def occurrence_problems(view: View) -> Iterator[Problem]:
    """Of one kind and occurrence at most one document stands in a matter: the others are superseded or replaced.

    Each end that was proposed has its own: the opinion behind a notice stays when the case ends without a penalty.
    """
    standing = Counter(
        (matter.id, document.kind, document.occurrence, document.rule)
        for matter, document in view.documents()
        if document.state in ("draft", "issued")
    )
    for (matter_id, kind, occurrence, _), times in standing.items():
        if times > 1:
            of = f"（{occurrence}）" if occurrence else ""
            yield Problem("E-OCCURRENCE", matter_id, f"{kind}{of} 同时有{times}份有效", REPORT)


# ── 补录 ──────────────────────────────────────────────────────────────────────────────────────────────


def late_papers(view: View) -> Iterator[Problem]:
    """Numbers dated before an earlier one of their series, approvals dated before their draft was made: W-LATE."""
    latest: dict[tuple[str, int], tuple[dt.date, str]] = {}
    for row in sorted(view.numbers, key=lambda row: (row.series, row.year, row.n)):
        before = latest.get((row.series, row.year))
        if before and row.dated < before[0]:
            yield Problem("W-LATE", row.text, f"日期{row.dated}早于前面的{before[1]}（{before[0]}）")
        else:
            latest[(row.series, row.year)] = (row.dated, row.text)
    for matter in view.matters:
        yield from _late_approvals(view, matter)


def _late_approvals(view: View, matter: Matter) -> Iterator[Problem]:
    made = _drafted_on(matter)
    for item in view.office.sight(matter).items("approvals"):
        on, code = item.get("on"), str(item.get("draft", ""))
        if isinstance(on, dt.date) and code in made and on < made[code]:
            what = f"审批代码 {code} 的审批日期{on}早于送审稿的制作日期{made[code]}"
            yield Problem("W-LATE", matter.case or matter.id, what)


def _drafted_on(matter: Matter) -> Mapping[str, dt.date]:
    """Draft code → the day on which its drafts were registered."""
    codes = {(d.kind, d.occurrence, d.version): d.draft_code for d in matter.documents if d.draft_code}
    made: dict[str, dt.date] = {}
    for event in matter.events:
        if event.kind == "document_drafted" and event.recorded_at and isinstance(event.data, Mapping):
            key = (event.data["kind"], event.data["occurrence"], event.data["version"])
            if key in codes:
                made.setdefault(codes[key], event.recorded_at.date())
    return made


def title_of(document: Document) -> str:
    """How a problem names a document."""
    return f"《{document.title}》{document.number}"
