"""The story that the demonstration tells: a case to its service, a talk, a case that waits, a form that goes back."""

from __future__ import annotations

import datetime as dt
import json
import os
import shlex
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperwork import audit, catalogue, daemon, desk, spans, summary, views
from paperwork.demo.calling import called
from paperwork.demo.pen import filled
from paperwork.demo.samples import sample
from paperwork.model import Outcome
from paperwork.office import Office

Say = Callable[[str], None]
_WORDS = {"filed": "已登记", "returned": "已退回", "duplicate": "重复件", "waiting": "等待"}


def play(folder: Path | None, say: Say) -> bool:
    """Make an office in `folder` (none = a new temporary one) and tell the story to `say`. True if all promises hold.

    UsageError when the folder is an office already. The files stay, to be looked at.
    """
    root = folder or Path(tempfile.mkdtemp(prefix="paperwork-demo-")) / "office"
    catalogue.copy_templates(root)
    stage = _Stage(root.resolve(), say)
    say(f"样例办公文件夹：{stage.root}")
    _case(stage)
    _talk(stage)
    _waiting_case(stage)
    _form_with_mistakes(stage)
    _quarter(stage)
    return _ending(stage)


def _case(stage: _Stage) -> None:
    stage.scene("2026-07-16", "办案人员把填好的《案件登记表》（Word）放进 inbox")
    intake = sample("s01_intake")
    (opened,) = stage.drop(intake, "案件登记表_星屿网咖.docx")
    code = next(d["draft"] for d in opened.documents if d["state"] == "draft")
    approvals = sample("s01_approvals")
    for step in approvals["approvals"]:
        stage.scene(step["on"], f"{step['step']}（{step['person']}）填好《审批意见表》，放进 inbox/审批")
        one = {**approvals, "matter": opened.id, "draft": code, "approvals": [step]}
        stage.drop(one, f"审批意见表_{step['step']}.docx")
    stage.scene("2026-07-23", "送达并当场教育以后，放入《送达情况表》（Word）")
    stage.drop({**sample("s01_service"), "matter": opened.id}, "送达情况表_星屿网咖.docx")


def _talk(stage: _Stage) -> None:
    stage.scene("2026-07-27", "约谈一家剧本娱乐店，不立案：先交《约谈情况表》第一部分（Word）")
    (opened,) = stage.drop(sample("s11_talk"), "约谈情况表_迷雾剧本.docx")
    stage.scene("2026-07-28", "部门负责人同意约谈，通知书编号")
    code = next(d["draft"] for d in opened.documents if d["state"] == "draft")
    stage.drop({**sample("s11_approvals"), "matter": opened.id, "draft": code}, "审批意见表_约谈.docx")
    stage.scene("2026-08-03", "约谈以后交第二部分，逐问逐答；店主自愿作出承诺")
    stage.drop({**sample("s11_talked"), "matter": opened.id}, "约谈情况表_迷雾剧本_记录.docx")
    stage.drop({**sample("s11_promise"), "matter": opened.id}, "信用承诺情况表_迷雾剧本.docx")
    stage.scene("2026-08-12", "到期复查，已经整改")
    stage.drop({**sample("s11_recheck"), "matter": opened.id}, "整改复查表_迷雾剧本.docx")


def _waiting_case(stage: _Stage) -> None:
    stage.scene("2026-08-14", "另一件案件以 JSON 送来，等待审批")
    stage.drop(sample("s02_intake"), "案件登记表_云谷歌厅.json")


def _form_with_mistakes(stage: _Stage) -> None:
    stage.scene("2026-08-17", "一张有几处错误的表：一次全部指出，不登记，不占编号")
    stage.drop(sample("mistakes"), "案件登记表_极昼网络.docx")
    for note in sorted((stage.root / "inbox" / "退回").glob("*.txt")):
        stage.say(f"退回说明 {note.relative_to(stage.root).as_posix()}：")
        for line in note.read_text("utf-8-sig").splitlines():
            stage.say(f"  │ {line}")


def _quarter(stage: _Stage) -> None:
    """The quarter counted from the ledger, and its report as a draft: the office's number and the leaders come last."""
    stage.scene("2026-10-08", "季度结束：paperwork report 2026Q3 从账册统计，起草工作总结报告")
    with stage.open() as office:
        told = summary.report(office, spans.parse("2026Q3"))
        entry = summary.entry(told)
        stage.say("统计（为零的不列）：")
        for row in entry["figures"]:
            if row["value"] not in (None, 0, "0"):
                of = f"（{row['numerator']}/{row['denominator']}）" if row["denominator"] else ""
                stage.say(f"  {row['id']:<6} {row['name']}：{row['value']}{row['unit'] or '%'}{of}")
        for document in told.matter.documents if told.matter else ():
            if document.code and document.state == "draft":
                stage.say(f"  {document.code} {document.title}（送审稿，审批代码 {document.draft_code}）")


def _ending(stage: _Stage) -> bool:
    stage.say("")
    stage.say("── 文件夹 ──")
    for line in tree(stage.root, ("inbox", "outbox")):
        stage.say(line)
    with stage.open() as office:
        stage.say("")
        stage.say("── 期限（paperwork due）──")
        for row in views.due(office):
            days = row["days_left"]
            left = f"还剩{days}天" if days is None or days >= 0 else "已届满"
            left = f"已于{row['met_on']}办结" if row["met_on"] else row["unknown"] or left
            stage.say(f"{row['due_on'] or '——':<10}  {row['case'] or row['id']}  {row['what']}，{left}")
        problems = audit.audit(office)
    stage.say("")
    stage.say("── 核对（paperwork audit）──")
    for problem in problems:
        stage.say(f"{problem.code} {problem.where} {problem.what}")
    ok = bool(audit.entry(problems)["ok"])
    stage.say("编号连续，文书、原件与账册全部相符。" if ok else "有不符，见上。")
    stage.say("")
    command = f"{called()} --office {shlex.quote(str(stage.root))}"
    stage.say(f"接着看：{command} show 2026-LA-0001")
    return ok


@dataclass
class _Stage:
    """The office on which the story plays, and the day it has come to."""

    root: Path
    say: Say
    day: dt.date = dt.date(2026, 7, 16)

    def open(self) -> Office:
        return Office.open(self.root, self.day)

    def scene(self, day: str, what: str) -> None:
        self.day = dt.date.fromisoformat(day)
        self.say("")
        self.say(f"── {day}　{what} ──")

    def drop(self, content: Mapping[str, Any], name: str) -> list[Outcome]:
        """Lay the form into the inbox as a clerk does, let the daemon work once, tell what became of it."""
        with self.open() as office:
            data = _file(office, content, name)
            place = self.root / "inbox" / ("审批" if content["form"] == "审批意见表" else "") / name
            _lay(place, data)
            self.say(f"放入 {place.relative_to(self.root).as_posix()}")
            outcomes = daemon.once(office)
            for outcome in outcomes:
                self._tell(office, outcome)
        return outcomes

    def _tell(self, office: Office, outcome: Outcome) -> None:
        what = f"{outcome.case or outcome.id}" if outcome.id else "没有登记"
        self.say(f"{_WORDS[outcome.outcome]}：{what}")
        for document in outcome.documents:
            state = (
                f"送审稿，审批代码 {document['draft']}"
                if document["state"] == "draft"
                else document["number"] or "已制作"
            )
            self.say(f"  {document['code']} {document['title']}（{state}）")
        if outcome.outcome == "filed":
            for step in _open_steps(office, outcome.id):
                self.say(f"  等待审批：{step}")
            ready = [path.rpartition("/")[2].removesuffix(".docx") for path in office.ledger.laid_out(outcome.id)]
            if ready:
                self.say(f"  接着填（空白表已放在 inbox/回执）：{'、'.join(ready)}")


def _file(office: Office, content: Mapping[str, Any], name: str) -> bytes:
    if name.endswith(".docx"):
        return filled(office.catalogue, content)
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _lay(place: Path, data: bytes) -> None:
    """A copied file keeps the time of its original: long still, so that nobody waits for it to settle."""
    place.write_bytes(data)
    long_ago = time.time() - 60
    os.utime(place, (long_ago, long_ago))


def _open_steps(office: Office, matter_id: str) -> Iterator[str]:
    steps = views.step_labels(office)
    for measure in views.explain(office, desk.named(office, matter_id))["measures"]:
        if measure["fired"] and any(a["state"] != "agreed" for a in measure["approvals"]):
            waiting = [steps.get(a["step"], a["step"]) for a in measure["approvals"] if a["state"] == "open"]
            yield f"{measure['label']}（{'、'.join(waiting)}）"


def tree(root: Path, tops: tuple[str, ...]) -> Iterator[str]:
    """The folders named, as a picture; hidden names left out."""
    for top in tops:
        yield f"{top}/"
        yield from _branches(root / top, "")


def _branches(folder: Path, before: str) -> Iterator[str]:
    inside = sorted(p for p in folder.iterdir() if not p.name.startswith("."))
    for number, path in enumerate(inside, 1):
        last = number == len(inside)
        yield f"{before}{'└── ' if last else '├── '}{path.name}{'/' if path.is_dir() else ''}"
        if path.is_dir():
            yield from _branches(path, before + ("    " if last else "│   "))
