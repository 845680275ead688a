"""Is everything in order: the promises, and how the office stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from paperwork.cli import say
from paperwork.cli.door import Door, the_door
from paperwork.cli.usage import Command


@click.command(cls=Command, short_help="承诺是否都兑现")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def audit(door: Door, json_: bool) -> int:
    """核对账册、编号和归档的文件：编号连续，文书和原件都在、没有被改动。补录的另行列出。

    例如：paperwork audit
    """
    from paperwork import audit as room

    with door.open() as office, say.progress("核对"):
        entry = room.entry(room.audit(office))
    if json_:
        say.as_json(entry)
        return 0 if entry["ok"] else 1
    broken = [p for p in entry["problems"] if p["code"] not in room.TOLD]
    for problem in broken:
        code = say.coloured(problem["code"], "red")
        say.line(code, problem["where"], problem["what"], say.aside(problem["advice"]))
    for problem in (p for p in entry["problems"] if p["code"] in room.TOLD):
        word = "补录" if problem["code"] == room.LATE else "提示"
        say.line(word, problem["where"], problem["what"], say.aside(problem["advice"]))
    say.line(say.coloured("全部相符", "green") if entry["ok"] else f"有{len(broken)}处不符")
    return 0 if entry["ok"] else 1


@click.command(cls=Command, short_help="现在的情况")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@click.option("--metrics", type=Path, metavar="文件", help="改为把数字写进这个文件，供监控系统（Prometheus）读取")
@the_door
def status(door: Door, json_: bool, metrics: Path | None) -> int:
    """等待收取的、正在办的、退回的、待审批的，以及收表程序（几台机器同办时，各台的）是否在运行。

    例如：paperwork status
    """
    from paperwork import status as room
    from paperwork import views

    if metrics:
        _write_figures(door, metrics)
        return 0
    with door.open() as office:
        entry = room.status(office)
        steps = views.step_labels(office)
        shared, private = office.ledger.shared, office.private
    if json_:
        say.as_json(entry)
    else:
        for draft in entry["drafts"]:
            old = [f"重新统计（数字是{draft['outdated']}的）"] if draft["outdated"] else []
            draft["waits_for"] = old + [steps.get(step, step) for step in draft["waits_for"]]
        say.line(f"收表程序：{_heard(entry['heartbeat'], private if shared else None)}")
        _tell(entry)
    return 0


def _write_figures(door: Door, path: Path) -> None:
    """Also of an office that does not open: the monitoring system needs the 0, and whoever asked the reason."""
    from paperwork import metrics as figures
    from paperwork.errors import PaperworkError
    from paperwork.office import bureau_of

    root = door.root()
    try:
        with door.open() as office:
            figures.write(office, path)
    except PaperworkError:
        figures.write_down(bureau_of(root), path)
        raise


def _heard(heart: Mapping[str, Any] | None, elsewhere: Path | None) -> str:
    """`elsewhere`: on a shared ledger, this machine's own folder, where a watcher that has no queue leaves its sign."""
    if heart is None and elsewhere is not None:
        return f"没有听到：账册里没有哪台机器的心跳，本机的 {elsewhere} 里也没有（在别处的，先设 PAPERWORK_PRIVATE）"
    if heart is None:
        return "没有运行过"
    ended = "" if heart["alive"] else "，已停止" if heart["stopped"] else "，没有正常停止"
    return f"最近一次 {heart['age_seconds']} 秒前{ended}"


def _tell(entry: Mapping[str, Any]) -> None:
    machines = [{**one, "role": _ROLES[one["role"]], "seen": _seen(one)} for one in entry["machines"]]
    columns = (("name", "机器"), ("role", "做什么"), ("seen", "最近一次"), ("drop", "手头"), ("done", "办完"))
    _list("各台机器", machines, (*columns, ("version", "版本")))
    _list("等待收取", entry["waiting"], (("file", "文件"), ("locked", "被打开")))
    _list("正在办理", entry["working"], (("drop", "回执编号"), ("file", "文件"), ("state", "状态")))
    _list("退回", entry["returned"], (("drop", "回执编号"), ("file", "文件"), ("codes", "问题")))
    drafts = (("id", "编号"), ("code", "代码"), ("title", "文书"), ("draft", "审批代码"), ("waits_for", "等待"))
    _list("待审批", entry["drafts"], drafts)
    _list("提示", entry["attention"], (("id", "编号"), ("party", "当事人")))
    _list("问题", entry["problems"], (("file", "文件"), ("what", "问题"), ("advice", "怎么办")))


_STATES = {"不行": "red", "注意": "yellow", "正常": "green"}
_ROLES = {"watch": "收表", "worker": "办理"}


def _seen(one: Mapping[str, Any]) -> str:
    if one["alive"]:
        return f"{one['age_seconds']} 秒前"
    at = str(one["seen_at"])[5:19].replace("T", " ")  # Beijing time
    return f"已停止（{at}）" if one["state"] == "stopped" else f"失联，最后一次 {at}"


def _list(title: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[tuple[str, str]]) -> None:
    if rows:
        say.heading(f"{title}（{len(rows)}）")
        say.table(columns, rows)


@click.command(cls=Command, short_help="检查这台机器")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def doctor(door: Door, json_: bool) -> int:
    """检查文件夹、权限、磁盘、时钟、字体、账册和收表程序，说明哪里不对、怎么办。

    例如：paperwork doctor
    """
    from paperwork import doctor as room

    found = room.examine(door.root())
    entry = room.entry(found)
    if json_:
        say.as_json(entry)
        return room.exit_code(found)
    for word, problems in found.items():
        broken = any(problem.code.startswith("E-") for problem in problems)
        state = "不行" if broken else "注意" if problems else "正常"
        say.line(f"{say.coloured(say.padded(state, _STATES), _STATES[state])}　{say.begun(word)}")
        for problem in problems:
            say.line(f"　　　{problem.where}", f"：{problem.what}")
            if problem.advice:
                say.line(f"　　　怎么办：{problem.advice}")
    say.line("这台机器可以使用" if entry["ok"] else "请先处理标为「不行」的各项")
    return room.exit_code(found)
