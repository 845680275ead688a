"""Hand out: blank forms, and any template filled with facts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from paperwork.cli import say
from paperwork.cli.completing import Named
from paperwork.cli.door import Door, the_door
from paperwork.cli.usage import Command, Existing, Reference


@click.command(cls=Command, short_help="制作空白表")
@click.argument("names", metavar="[表名…]", nargs=-1, type=Named("forms"))
@click.option("--format", "format_", default="docx", type=click.Choice(["docx", "xlsx", "pdf"]), help="文件格式")
@click.option("--case", metavar="案号或编号", type=Reference(), help="预先填好这个案件和当事人")
@click.option("-o", "--out", "folder", type=Path, required=True, metavar="文件夹", help="放在哪里")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def forms(door: Door, names: Sequence[str], format_: str, case: str | None, folder: Path, json_: bool) -> int:
    """制作空白表；不写表名则制作全部。写明案件的，案号和当事人已经填好。

    例如：paperwork forms 送达情况表 --case 2026-LA-0001 -o 桌面
    """
    from paperwork import desk, handouts

    with door.open() as office, say.progress("制作空白表"):
        matter = desk.named(office, case) if case else None
        made = handouts.hand_out(office, names, matter, folder, format_)
        without = [] if names else handouts.left_out(office, matter, format_)
    if json_:
        say.as_json([path.as_posix() for path in made])
    else:
        for path in made:
            say.verbatim(str(path))
    if without:
        say.note(f"另外{len(without)}种表没有 {format_} 格式的空白表，请用 Word（docx）：{'、'.join(without)}")
    return 0


@click.command(cls=Command, short_help="用数据套打一个 Word 模板")
@click.argument("template", metavar="模板.docx", type=Existing())
@click.option("--data", required=True, type=Existing(), metavar="数据.json", help="要打印的数据")
@click.option("-o", "--out", required=True, type=Path, metavar="文书.docx", help="写到哪里")
def render(template: Path, data: Path, out: Path) -> int:
    """用 JSON 数据套打任何 docxtpl 模板：缺一项、写错一处都不出文件，出的文件逐字核对过。不需要办公文件夹。

    图片写成 {"picture": "印章.png", "width_mm": 42}，文件名从数据文件所在的文件夹算起。

    例如：paperwork render 决定书.docx --data 事实.json -o 结果.docx
    """
    from paperwork import filing, rendering
    from paperwork.errors import UsageError

    if out.resolve() in (template.resolve(), data.resolve()):
        raise UsageError("结果不能写在模板或者数据文件上", advice="-o 请写另一个文件名")
    context = _read(data)
    if not isinstance(context, dict):
        raise UsageError(f"「{data}」应当是一个 JSON 对象", advice='例如 {"party": {"name": "…"}}')
    nulls = [path for path, value in rendering.walked(context) if value is None]
    if nulls:
        say.note(f"「{data}」中 {'、'.join(nulls)} 是空值（null），请填写，或者删去这一项")
        return 1
    turning = {path: codes for path, value in rendering.walked(context) if (codes := _turning(value))}
    if turning:
        raise rendering.BadCharacters(turning)
    form = template.read_bytes()
    filing.replace(out, rendering.render(form, _pictured(context, data.parent)))
    for reason in rendering.fallback(form):
        say.note(f"「{template}」不能编译，由 docxtpl 逐份套打（结果相同，慢一些）：{reason}")
    say.verbatim(str(out))
    return 0


def _read(data: Path) -> Any:
    """What the file of facts holds. Raises UsageError in words for people."""
    from paperwork.errors import UsageError

    try:
        return json.loads(data.read_bytes())
    except UnicodeDecodeError:
        raise UsageError(f"「{data}」不是 UTF-8 编码", advice="请用 UTF-8 编码另存一次") from None
    except json.JSONDecodeError as error:
        where = f"第{error.lineno}行第{error.colno}个字符"
        raise UsageError(f"「{data}」不是正确的 JSON：{where}有误") from None
    except RecursionError:
        raise UsageError(f"「{data}」的括号套得太深") from None


def _turning(value: Any) -> tuple[str, ...]:
    """The characters of a text that turn the direction of writing: what is printed would not read as it is stored."""
    from paperwork.answers import TURNING

    return tuple(dict.fromkeys(f"U+{ord(c):04X}" for c in value if c in TURNING)) if isinstance(value, str) else ()


def _pictured(value: Any, folder: Path) -> Any:
    """The data with each {"picture": file, "width_mm": …, "height_mm": …} as the picture itself."""
    if isinstance(value, list):
        return [_pictured(one, folder) for one in value]
    if not isinstance(value, dict):
        return value
    if "picture" in value and value.keys() <= {"picture", "width_mm", "height_mm"}:
        from paperwork.rendering import Picture

        sizes = {name: size for name, size in value.items() if isinstance(size, int | float) and size > 0}
        return Picture((folder / str(value["picture"])).read_bytes(), **sizes)
    return {name: _pictured(one, folder) for name, one in value.items()}
