"""Begin: a new office, and an office with sample forms that shows what happens."""

from __future__ import annotations

from pathlib import Path

import click

from paperwork.cli import say
from paperwork.cli.door import Door, the_door
from paperwork.cli.usage import Command


@click.command(cls=Command, short_help="新建办公文件夹")
@click.argument("folder", metavar="文件夹", type=Path)
def init(folder: Path) -> int:
    """新建一个办公文件夹：模板、规则、收件处和发件处。

    例如：paperwork init 执法文书
    """
    from paperwork.catalogue import copy_templates

    copy_templates(folder)
    say.line(f"已建立办公文件夹：{folder}")
    say.line("下一步：改好 templates/bureau.toml 和 people.toml，运行 paperwork check，然后运行 paperwork watch")
    return 0


@click.command(cls=Command, short_help="建立样例并演示全过程")
@click.argument("folder", metavar="[文件夹]", type=Path, required=False)
@the_door
def demo(door: Door, folder: Path | None) -> int:
    """建立一个样例办公文件夹，放入样例表格，逐步演示收表、审批、签发、送达和退回。

    例如：paperwork demo 样例
    """
    from paperwork import demo as room

    return 0 if room.play(folder, say.line) else 1
