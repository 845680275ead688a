"""The office's own files: document kinds, rules, and whether all of it is sound."""

from __future__ import annotations

from pathlib import Path

import click

from paperwork.cli import say
from paperwork.cli.door import Door, the_door
from paperwork.cli.usage import Command


@click.command(cls=Command, short_help="列出文书种类")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def kinds(door: Door, json_: bool) -> int:
    """列出各种文书：什么时候制作，用哪个编号序列。

    例如：paperwork kinds
    """
    from paperwork import views

    with door.open() as office:
        rows = views.kind_entries(office)
    if json_:
        say.as_json(rows)
    else:
        columns = (
            ("code", "代码"),
            ("title", "文书"),
            ("kind", "名称"),
            ("series", "编号"),
            ("per", "每"),
            ("after", "之后"),
        )
        say.table(columns, rows)
    return 0


@click.command(cls=Command, short_help="列出规则")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def rules(door: Door, json_: bool) -> int:
    """按判断的先后列出规则：条件、除外、依据、审批环节。

    例如：paperwork rules
    """
    from paperwork import views

    with door.open() as office:
        rows = views.rule_entries(office)
        steps = views.step_labels(office)
    if json_:
        say.as_json(rows)
        return 0
    for row in rows:
        row["approvals"] = dict.fromkeys(steps.get(step, step) for step in row["approvals"])
        in_force = f"（{row['since'] or ''}—{row['until'] or ''}）" if row["since"] or row["until"] else ""
        say.line(f"{say.coloured(row['rule'], 'cyan')} {row['label']}{in_force}")
        for word, key in (
            ("条件", "when"),
            ("除外", "unless"),
            ("依据", "basis"),
            ("程序", "procedure"),
            ("审批", "approvals"),
        ):
            if row[key]:
                say.line(f"    {word} {'；'.join(row[key])}")
    return 0


@click.command(cls=Command, short_help="检查模板、规则和法条")
@click.option("--effect", is_flag=True, help="改动对在办案件的影响（尚未提供）")
@click.option("-o", "--out", type=Path, metavar="文件夹", help="写出带批注的模板（尚未提供）")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def check(door: Door, effect: bool, out: Path | None, json_: bool) -> int:
    """检查办公文件夹的模板、表格、规则、法条和设置，一次列出全部问题。

    例如：paperwork check
    """
    if effect or out:
        say.note("check --effect 和 check -o 尚未提供，请只用 paperwork check")
        return 2
    from paperwork import checking

    problems = checking.check(door.root())
    entry = checking.entry(problems)
    if json_:
        say.as_json(entry)
    elif entry["ok"]:
        say.line(say.coloured("没有发现问题", "green"))
    for problem in () if json_ else entry["problems"]:
        say.line(f"{problem['where']} {problem['what']}" + (f"（{problem['advice']}）" if problem["advice"] else ""))
    return 0 if entry["ok"] else 3
