"""Credit publicity from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from paperwork.cli import say
from paperwork.cli.door import Door, the_door
from paperwork.cli.summing import Period
from paperwork.cli.usage import Command


@click.command(cls=Command, short_help="信用公示文件：上报归集、对外公示")
@click.argument("period", metavar="报告期", type=Period())
@click.option("-o", "folder", type=Path, metavar="文件夹", help="写到哪里；不写是 outbox 中的「信用公示」")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def publish(door: Door, period: Any, folder: Path | None, json_: bool) -> int:
    """把一个时期的行政处罚做成双公示文件：全部的上报归集，过关口的对外公示；证件号码、电话和未成年人一律不出。

    例如：paperwork publish 2026Q3
    """
    from paperwork import publicity

    with door.open() as office, say.progress("整理"):
        told, made = publicity.publish(office, period, folder)
        rows = [publicity.entry(one, office) for one in told]
    if json_:
        say.as_json(rows)
        return 0
    for row in rows:
        row["what"] = f"对外公示，至{row['until_most']}" if row["shown"] else f"不公示：{row['reason']}"
    columns = (("number", "文号"), ("party", "当事人"), ("decided_on", "决定日期"), ("what", "处理"))
    say.table(columns, rows, "（这个时期没有行政处罚决定）")
    for path in made:
        say.verbatim(str(path))
    return 0
