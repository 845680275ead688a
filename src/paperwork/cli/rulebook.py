"""The office's own files: document kinds, rules, and whether all of it is sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paperwork.cli import rulebook_clauses, rulebook_effect, say
from paperwork.cli.completing import Named
from paperwork.cli.door import Door, the_door
from paperwork.cli.usage import Command

if TYPE_CHECKING:
    from paperwork.model import Problem


@click.command(cls=Command, short_help="列出文书种类")
@click.argument("kind", metavar="[文书]", required=False, type=Named("kinds"))
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def kinds(door: Door, kind: str | None, json_: bool) -> int:
    """列出各种文书：什么时候制作，用哪个编号序列。写明一种文书的，列出它的模板可以打印的全部名称。

    例如：paperwork kinds D-13
    """
    from paperwork import views

    with door.open() as office:
        if kind:
            return _one_kind(views.kind_entry(office, kind), json_)
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


def _one_kind(entry: Mapping[str, Any], json_: bool) -> int:
    if json_:
        say.as_json(entry)
        return 0
    say.line(say.coloured(f"{entry['code']} {entry['title']}", "cyan") + f"　{entry['template']}")
    say.table((("tag", "模板里的写法"), ("label", "是什么"), ("shown", "印出来的样子")), entry["names"])
    return 0


@click.command(cls=Command, short_help="列出规则")
@click.argument("ids", metavar="[规则…]", nargs=-1, type=Named("rules"))
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def rules(door: Door, ids: Sequence[str], json_: bool) -> int:
    """按判断的先后列出规则：管哪些日子的行为、条件和除外、依据哪些条款、经哪些环节审批。写明编号的，只列这些。

    例如：paperwork rules
    """
    from paperwork import views

    with door.open() as office:
        if json_:
            say.as_json(views.rule_entries(office, ids))
            return 0
        rows = views.rule_rows(office, ids)
    columns = (
        *(("rule", "规则"), ("label", "措施"), ("days", "行为的日期")),
        *(("conditions", "条件"), ("basis", "依据"), ("approvals", "审批")),
    )
    say.grid(columns, rows)
    return 0


@click.command(cls=Command, short_help="检查模板、规则、法条和样例")
@click.option("--effect", is_flag=True, help="改动对在办事项的影响：只看，什么都不制作")
@click.option("--clauses", "by_clause", is_flag=True, help="按方案条款列出承接的表、规则、文书、期限和指标")
@click.option("-o", "--out", type=Path, metavar="文件夹", help="把有问题的模板各写一份带批注的副本")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def check(door: Door, effect: bool, by_clause: bool, out: Path | None, json_: bool) -> int:
    """检查办公文件夹的模板、表格、规则、法条、设置和样例，一次列出全部问题，和样例里印出来的文字比上一次检查变了什么。

    例如：paperwork check --effect
    """
    from paperwork import checking

    problems, changes = _checked(door, remember=not effect)
    entry = checking.entry(problems)
    copies = _commented(door, problems, out) if out else []
    touched = _touched(door, entry["problems"]) if effect else None
    rows = rulebook_clauses.rows(door) if by_clause else None
    if json_:
        more = {"effect": touched, "examples": changes if effect else None, "clauses": rows}
        say.as_json({**entry, **{key: value for key, value in more.items() if value is not None}})
        return 0 if entry["ok"] else 3
    for problem in entry["problems"]:
        hint = "提示：" if checking.is_hint(problem["code"]) else ""
        say.line(problem["where"], hint + problem["what"], say.aside(problem["advice"]))
    if entry["ok"]:
        say.line(say.coloured("没有发现问题", "green"))
    rulebook_effect.tell_changes(changes)
    for path in copies:
        say.line(f"批注在 {path}")
    if touched is not None:
        rulebook_effect.tell(touched)
    if rows is not None:
        rulebook_clauses.tell(rows)
    return 0 if entry["ok"] else 3


def _checked(door: Door, *, remember: bool) -> tuple[list[Problem], list[Any]]:
    """Every problem, and what the examples print otherwise than when they were last in order."""
    from paperwork import checking

    printed: checking.Printed = {}
    with say.progress("检查样例") as told:
        problems = checking.check(door.root(), told, printed)
    changes = checking.changed(door.root(), printed)
    if remember and not checking.broken(problems):
        checking.remember(door.root(), printed)
    return problems, changes


def _commented(door: Door, problems: Sequence[Problem], out: Path) -> list[Path]:
    """The commented copies; none while the catalogue cannot be read at all."""
    import datetime as dt

    from paperwork import checking
    from paperwork.answers import ZONE
    from paperwork.errors import OfficeError

    try:
        return checking.commented(door.root(), problems, out, dt.datetime.now(ZONE))
    except OfficeError:
        return []


def _touched(door: Door, problems: Sequence[Mapping[str, Any]]) -> list[Any] | None:
    """What the edited files would do to open matters; None when they cannot even be read."""
    from paperwork import checking
    from paperwork.errors import OfficeError

    try:
        with door.open() as office:
            return checking.effect(office)
    except OfficeError:
        if not problems:
            raise
        say.note("先改正这些问题，再看对在办事项的影响")
        return None
