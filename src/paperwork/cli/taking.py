"""Take forms: the daemon, forms given by hand, facts recorded by hand, a cancelled number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperwork.cli import say
from paperwork.cli.door import Door, the_door
from paperwork.cli.usage import Command, Existing, Reference

if TYPE_CHECKING:
    from paperwork.model import Outcome

_WORDS = {
    "filed": ("已登记", "green"),
    "returned": ("已退回", "red"),
    "duplicate": ("重复件", "yellow"),
    "waiting": ("等待", "yellow"),
    "would_file": ("可以登记", "green"),
}


@click.command(cls=Command, short_help="收取 inbox 里的表格，一直运行")
@click.option("--once", is_flag=True, help="收完现有的、办完手头的就退出")
@click.option("--json", "json_", is_flag=True, help="输出 JSON（与 --once 同用）")
@the_door
def watch(door: Door, once: bool, json_: bool) -> int:
    """收取 inbox 里的表格：登记、制作文书、归档，有问题的退回。按 Ctrl-C 停止，手头的一份会办完。

    例如：paperwork watch --once
    """
    from paperwork import daemon, desk, doctor, templates
    from paperwork.summary import board

    with door.open() as office:
        doctor.require_fit(office.root)
        if not once:
            say.note(f"正在看着 {office.inbox}，按 Ctrl-C 停止")
            daemon.run(office)
            return 0
        keeper = daemon.Keeper(office)
        with say.progress("收表"):
            outcomes = keeper.finish_all()
            unprinted = daemon.print_owed(office)
            board.Board().refresh(office, news=True)
        then = [[] if json_ or outcome.row else desk.afterwards(office, outcome) for outcome in outcomes]
        broken = [kind.title for kind in office.catalogue.kinds.values() if templates.faults(office.catalogue, kind)]
    _tell(outcomes, json_, then)
    for trouble in keeper.troubles.values():
        say.note(f"{trouble.file}：{trouble.entry()['what']}（材料原样保留）")
    if broken:
        say.note(
            f"有 {len(broken)} 种文书的设置或者模板有误，暂时不能制作，请运行 paperwork check：", "、".join(broken)
        )
    for path, why in unprinted.items():
        say.note(f"{path} 的 PDF 没有做成：{why}（Word 文件已经归档，不受影响）")
    return max((_code(outcomes), *(trouble.exit_code for trouble in keeper.troubles.values())))


@click.command(cls=Command, short_help="在另一台机器上帮着办理")
@the_door
def worker(door: Door) -> int:
    """办理各台机器上的 watch 收下的表格，一直运行。账册须在 PostgreSQL 上，收件处、案卷、模板在共享文件夹里。

    例如：paperwork worker
    """
    from paperwork import daemon

    with door.open() as office:
        daemon.work(office, told=say.note)
    return 0


@click.command(cls=Command, short_help="办理给出的表格（原件不动）")
@click.argument("forms", metavar="表格…", type=Existing(), nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="只检查，不登记、不编号、不归档")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def file(door: Door, forms: Sequence[Path], dry_run: bool, json_: bool) -> int:
    """立即办理这些表格的副本，与放入 inbox 相同；给出的文件留在原处。

    例如：paperwork file 案件登记表.docx --dry-run
    """
    from paperwork import desk

    outcomes: list[Outcome] = []
    then: list[list[str]] = []
    with door.open() as office, say.progress("办理") as told:
        for number, path in enumerate(forms):
            told(number, len(forms))
            handle = desk.try_out if dry_run else desk.hand_in
            done = handle(office, path.name, path.read_bytes())
            outcomes += done
            then += [[] if json_ else desk.afterwards(office, outcome) for outcome in done]
    _tell(outcomes, json_, then)
    return _code(outcomes)


@click.command(cls=Command, short_help="手工登记事实")
@click.argument("matter", metavar="案号或编号", type=Reference())
@click.argument("fields", metavar="字段=值…", nargs=-1, required=True)
@click.option("--form", default="", metavar="表名", help="按哪一种表登记；能确定时可以不写")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def record(door: Door, matter: str, fields: Sequence[str], form: str, json_: bool) -> int:
    """手工登记事实，与交一张表相同。列表的栏目写作 列表.栏目，合为一行；多行用 JSON。

    例如：paperwork record 2026-LA-0001 case.closed_on=2026-08-01 case.result=不予行政处罚
    """
    from paperwork import desk

    with door.open() as office:
        outcomes = desk.record(office, matter, form, fields)
        then = [[] if json_ else desk.afterwards(office, outcome) for outcome in outcomes]
    _tell(outcomes, json_, then)
    return _code(outcomes)


@click.command(cls=Command, short_help="作废一个文号")
@click.argument("number", metavar="文号")
@click.option("--why", required=True, metavar="原因", help="为什么作废，记入账册")
@the_door
def void(door: Door, number: str, why: str) -> int:
    """作废一个文书的文号：文号保留在编号册上，注明作废的原因和经手人，不再使用。

    例如：paperwork void 朔区文旅不罚字〔2026〕1号 --why 印错
    """
    from paperwork import desk

    with door.open() as office:
        matter = desk.void(office, number, why)
    say.line(f"已作废：{number}（{matter.case or matter.id}）")
    return 0


def _tell(outcomes: Sequence[Outcome], json_: bool, then: Sequence[Sequence[str]] = ()) -> None:
    """`then`: for each outcome the lines that say how it goes on."""
    from paperwork import views

    if json_:
        say.as_json([views.outcome_entry(outcome) for outcome in outcomes])
        return
    for number, outcome in enumerate(outcomes):
        _tell_one(outcome)
        for line in then[number] if then else ():
            say.line(f"  {line}")
    if not outcomes:
        say.line("没有新的表格")


def _tell_one(outcome: Outcome) -> None:
    word, colour = _WORDS[outcome.outcome]
    row = f"第{outcome.row}行" if outcome.row else ""
    where = f"：{outcome.case or outcome.id}" if outcome.id else ""
    say.line(say.coloured(word, colour), outcome.file, row, where)
    for document in outcome.documents:
        draft = f"送审稿，审批代码 {document['draft']}" if document["state"] == "draft" else document["number"] or ""
        say.line(f"  {document['code']} {document['title']}" + (f"（{draft}）" if draft else ""))
    for number, finding in enumerate(sorted(outcome.findings, key=lambda f: f.severity != "error"), 1):
        wanted = say.aside(f"应为：{finding.wanted}" if finding.wanted else "")
        hint = "提醒：" if finding.severity == "warning" else ""
        say.line(f"  {number}.", hint, finding.message, wanted, finding.code)


def _code(outcomes: Sequence[Outcome]) -> int:
    return 1 if any(outcome.outcome == "returned" for outcome in outcomes) else 0
