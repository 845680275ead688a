"""Plain words for the clerk: the reply slip of an accepted form, the note of one that goes back, names of files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from paperwork.model import Document, Drop, Finding, Json, Matter, Outcome
from paperwork.names import safe_name

STATES = {
    "open": "办理中",
    "for_approval": "待审批",
    "decided": "已决定",
    "served": "已送达",
    "closed": "已结案",
    "transferred": "已移送",
    "not_filed": "不予立案",
}
BY_HAND = "手工文书"
"""The folder of a matter where the office keeps the papers that the program does not make."""

_ROWS = re.compile(r"\d+行")  # how a finding tells a list that it found: nothing that a person has written
_SAID = {"open": "待审", "agreed": "同意", "returned": "退回", "refused": "不同意"}


def file_name(document: Document) -> str:
    """Where a document lies in its matter's folder: `03_D-13_不予行政处罚决定书.docx`, drafts under 送审稿/."""
    if document.state in ("draft", "superseded"):
        code = f"{document.code}_" if document.code else ""
        return "送审稿/" + safe_name(f"{code}{document.title}_{document.draft_code}") + ".docx"
    if not document.seq:
        return safe_name(document.title) + ".docx"
    of = f"_{document.occurrence}" if document.occurrence else ""
    version = f"_v{document.version}" if document.replaces else ""
    return safe_name(f"{document.seq:02d}_{document.code}_{document.title}{of}{version}") + ".docx"


def original_name(drop: Drop, row: int = 0) -> str:
    """Where the form itself lies in its matter's folder; of a sheet only the row: the others are other people's."""
    if not row:
        return "原件/" + safe_name(f"{drop.id}_{drop.name}")
    stem = drop.name.rpartition(".")[0] or drop.name
    return "原件/" + safe_name(f"{drop.id}_第{row}行_{stem}") + ".xlsx"


ENCLOSED = {"report.workbook": "附表/统计表_{}.xlsx"}
"""Facts of the program's own forms that hold the hash of an object: it is filed with the submission, so named."""


def enclosures(matter: Matter, drop_id: str = "") -> dict[str, str]:
    """Name in the matter's folder → hash, of what came with its submissions, or with those of one drop."""
    found = {}
    for submission in matter.submissions:
        for fact, name in ENCLOSED.items() if drop_id in ("", submission.drop) else ():
            if sha256 := submission.facts.get(fact):
                found[name.format(str(sha256)[:8])] = str(sha256)
    return found


def is_kept(drop: Drop) -> bool:
    """Whether the form lies in 原件/: not what the program handed in itself, which says nothing that a person wrote."""
    return drop.place != "program"


def returned_name(drop_id: str, path: str) -> str:
    """Where a returned copy, or its note, lies once it is made good: beside the originals."""
    name = path.rpartition("/")[2]
    note = ".说明.txt" if name.endswith(".说明.txt") else ""
    return "原件/退回/" + safe_name(f"{drop_id}_{name.removesuffix(note)}") + note


@dataclass(frozen=True)
class Afterwards:
    """What the slip says of how it goes on: approval step → label, and (file in the inbox, why) of blanks laid out."""

    steps: Mapping[str, str]
    ready: Sequence[tuple[str, str]] = ()


def accepted(drop: Drop, matter: Matter, outcome: Outcome, explained: Json, then: Afterwards) -> str:
    """The reply slip: what was made, who has approved, what it waits for, what is missing, which form comes next."""
    told = (*_made(outcome), *_progress(explained, then.steps), *_next_step(matter, explained), *_next_forms(then))
    rest = (*_papers(explained), *_grounds(explained), *_notes(outcome))
    return "\n".join((*_head(drop, matter), *contradicted(matter), *told, *rest, ""))


def afterwards(matter: Matter, explained: Json, steps: Mapping[str, str]) -> list[str]:
    """The part of the slip that says how it goes on, for who sits at the command line."""
    return [line for line in (*_progress(explained, steps), *_next_step(matter, explained)) if line]


def _head(drop: Drop, matter: Matter) -> Iterator[str]:
    yield "收件回执"
    yield f"回执编号：{drop.id}"
    yield f"收到：{drop.name}（{drop.received_at:%Y-%m-%d %H:%M}）"
    yield f"案件：{matter.case or '（无案号）'}　编号：{matter.id}"
    yield f"当事人：{matter.party}　状态：{STATES.get(matter.state, matter.state)}{_waiting(matter)}"
    yield f"文件夹：{matter.folder}"


def _waiting(matter: Matter) -> str:
    """What waits for approval beside a decision that stands."""
    titles = dict.fromkeys(d.title for d in matter.documents if d.state == "draft" and d.code)
    return f"（{'、'.join(titles)}待审批）" if titles and matter.state != "for_approval" else ""


def contradicted(matter: Matter) -> Iterator[str]:
    """Issued papers that the facts no longer support: they are not touched, so whoever reads the slip must know."""
    for entry in matter.attention:
        yield ""
        yield f"注意：已签发的「{entry['document']}」与现在登记的事实不符，文书没有改动。可以："
        yield from (f"  {way}" for way in entry["ways"])


def _made(outcome: Outcome) -> Iterator[str]:
    yield ""
    if not outcome.documents:
        yield "已登记，没有新的文书。"
        return
    yield "制作的文书："
    for document in outcome.documents:
        draft = f"送审稿，审批代码 {document['draft']}"
        state = draft if document["state"] == "draft" else document["number"] or "已制作"
        yield f"  {document['code']} {document['title']}（{state}）"


def _progress(explained: Json, steps: Mapping[str, str]) -> Iterator[str]:
    """What each step has said of every measure that is proposed, and who is still to say something."""
    asked = [m for m in explained["measures"] if m["approvals"] and (m["fired"] or m["status"] == "refused")]
    if asked:
        yield ""
        yield "审批进度："
    for measure in asked:
        told = "、".join(_step(step, steps) for step in measure["approvals"])
        of = f"（{measure['occurrence']}）" if measure["occurrence"] else ""
        yield f"  {measure['rule']} {measure['label']}{of}：{told}"


def _step(step: Json, steps: Mapping[str, str]) -> str:
    said = "，".join(word for word in (step["on"], step["person"]) if word)
    return f"{steps.get(step['step'], step['step'])} {_SAID[step['state']]}" + (f"（{said}）" if said else "")


def _next_step(matter: Matter, explained: Json) -> Iterator[str]:
    for code in sorted({d.draft_code for d in matter.documents if d.state == "draft" and d.code}):
        yield ""
        yield f"下一步：送审稿和审批意见表在「送审稿」文件夹中，审批代码 {code}。"
        yield "        审批意见表填好后放入 inbox/审批。"
    facts = [m["why"] for m in explained["missing"] if m["kind"] == "fact"]
    if facts:
        yield ""
        yield "以下事项没有填写，规则暂不能作出建议："
        yield from (f"  {line}" for line in facts)
        yield f"下一步：把上列事项补填在表上，写明案号或编号（{matter.case or matter.id}），重新放入 inbox。"


def _next_forms(then: Afterwards) -> Iterator[str]:
    if then.ready:
        yield ""
        yield f"接着要填的表，已经填好案号和当事人，在 inbox/{then.ready[0][0].rpartition('/')[0]}："
    for path, why in then.ready:
        yield f"  {path.rpartition('/')[2]}：{why}"
    if then.ready:
        yield "        填好以后放入 inbox；已经办完的表会自动收走。"


def _papers(explained: Json) -> Iterator[str]:
    papers = [f"{m['code']} {m['name']}（{m['why']}）" for m in explained["missing"] if m["kind"] == "document"]
    if papers:
        yield ""
        yield "案卷还缺（手工制作的放入案件文件夹的「手工文书」）："
        yield from (f"  {line}" for line in papers)


def _grounds(explained: Json) -> Iterator[str]:
    fired = [m for m in explained["measures"] if m["fired"] and m["measure"] != "strict"]
    if fired:
        yield ""
        yield "依据规则：" + "；".join(f"{m['rule']} {m['label']}" for m in fired)


def _notes(outcome: Outcome) -> Iterator[str]:
    if outcome.findings:
        yield ""
        yield "提醒："
        yield from _each(outcome.findings)


def held(drop: Drop, why: str) -> str:
    """The slip of a form that is taken and cannot be finished yet, for a reason that is not the clerk's."""
    return "\n".join(
        (
            "办理中",
            f"回执编号：{drop.id}",
            f"收到：{drop.name}（{drop.received_at:%Y-%m-%d %H:%M}）",
            "",
            "材料已经收下，完好无损，暂时还没有办完。不用重新放入，原因消除后自动办理，届时另有回执。",
            f"原因：{why}",
            "请告知办公室或者系统维护人员。",
            "",
        )
    )


def refused(drop: Drop, outcome: Outcome) -> str:
    """The note beside a form that went back, or beside a duplicate."""
    duplicate = outcome.outcome == "duplicate"
    title = "重复件说明" if duplicate else "退回说明"
    head = [title, f"材料：{drop.name}", f"收到：{drop.received_at:%Y-%m-%d %H:%M}", ""]
    if not duplicate:
        head.append(f"本表没有登记，也没有使用任何编号。请改正下列问题后，放入 {_box(drop, outcome)}：")
    return "\n".join((*head, *_numbered(outcome.findings), ""))


def _box(drop: Drop, outcome: Outcome) -> str:
    """Where the mended form belongs: where it was dropped, unless that was what is wrong with it."""
    codes = {finding.code for finding in outcome.findings}
    there = (drop.place == "approvals" and "E-FORM-PLACE" not in codes) or "E-APPROVAL-PLACE" in codes
    return "inbox/审批" if there else "inbox"


# ── a sheet ───────────────────────────────────────────────────────────────────────────────────────────


def rows_head(drop: Drop, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Above the rows of a sheet's slip: how many were filed, came back, or were known."""
    yield "收件回执（表格）"
    yield f"收到：{drop.name}（{drop.received_at:%Y-%m-%d %H:%M}）"
    yield _counts(outcomes)
    back = [outcome.row for outcome in outcomes if outcome.outcome == "returned"]
    if back:
        yield f"退回的行：第{'、'.join(map(str, back))}行，见「退回」文件夹中的表格。"
    for outcome in outcomes:
        if outcome.outcome == "duplicate":
            yield f"第{outcome.row}行：{outcome.findings[0].message}"


def _counts(outcomes: Sequence[Outcome]) -> str:
    named = (("filed", "登记"), ("returned", "退回"), ("duplicate", "重复，没有再登记"))
    counts = {key: sum(outcome.outcome == key for outcome in outcomes) for key, _ in named}
    return (
        f"共 {len(outcomes)} 行：" + "，".join(f"{word} {counts[key]} 行" for key, word in named if counts[key]) + "。"
    )


def row_accepted(drop: Drop, matter: Matter, outcome: Outcome, explained: Json, then: Afterwards) -> Iterator[str]:
    """The part of a sheet's slip for one row: the same words as a form's, under the number of the row."""
    yield ""
    yield f"第{outcome.row}行　{matter.party}　{matter.case or matter.id}"
    yield f"  回执编号：{drop.id}/{outcome.row}　编号：{matter.id}　状态：{STATES.get(matter.state, matter.state)}"
    yield f"  文件夹：{matter.folder}"
    next_ = (*_progress(explained, then.steps), *_next_step(matter, explained), *_next_forms(then))
    told = (*_made(outcome), *next_, *_notes(outcome))
    yield from (f"  {line}" for line in told if line)


def rows_refused(drop: Drop, outcomes: Sequence[Outcome]) -> str:
    """The note beside the copy of a sheet that goes back, row by row; or beside one that was known already."""
    bad = [outcome for outcome in outcomes if outcome.outcome == "returned"]
    title = "退回说明（表格）" if bad else "重复件说明"
    lines = [title, f"材料：{drop.name}", f"收到：{drop.received_at:%Y-%m-%d %H:%M}", _counts(outcomes), ""]
    if bad:
        lines.append("旁边的表格只含有退回的行，错误的单元格标成红色并有批注。改正后，把它直接放入 inbox。")
        if len(bad) < len(outcomes):
            lines.append("已登记的行列在工作表「已登记的行」，不要再交。")
    for outcome in bad or outcomes:
        lines += ["", f"第{outcome.row}行" if outcome.row else "整份表格", *_numbered(outcome.findings)]
    return "\n".join((*lines, ""))


def _numbered(findings: Sequence[Finding]) -> Iterator[str]:
    """What must be mended, and apart from it what is only a reminder."""
    wrong = [finding for finding in findings if finding.severity == "error"]
    hints = [finding for finding in findings if finding.severity != "error"]
    yield from _each(wrong)
    if wrong and hints:
        yield ""
        yield "提醒（请核对，属实的不用改）："
    yield from _each(hints)


def _each(findings: Sequence[Finding]) -> Iterator[str]:
    for number, finding in enumerate(findings, 1):
        yield f"{number}. {finding.message}"
        if finding.found and not _ROWS.fullmatch(finding.found):
            yield f"   表上写的是：{finding.found}"
        if finding.wanted:
            yield f"   应为：{finding.wanted}"
        yield f"   问题代码：{finding.code}"
