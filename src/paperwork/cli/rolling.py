"""Hand figures upward and compile them; the 台账 and the register of numbers as workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from paperwork.cli import say
from paperwork.cli.door import Door, the_door
from paperwork.cli.summing import Period
from paperwork.cli.usage import Command, Existing


@click.command(cls=Command, short_help="签名的上报数据包")
@click.argument("period", metavar="报告期", type=Period())
@click.option("--unit", default="", metavar="机构", help="只报这个内设机构的；不写是全局")
@click.option("-o", "folder", type=Path, default=Path(), metavar="文件夹", help="写到哪里；不写则写在当前文件夹")
@the_door
def bundle(door: Door, period: Any, unit: str, folder: Path) -> int:
    """把一个报告期的数据做成签名、有版次的数据包，供上级汇总；内容有变化时版次加一，不含当事人名称。

    例如：paperwork bundle 2026Q3 -o 上报
    """
    from paperwork import durable
    from paperwork.summary import bundling, signing

    with door.open() as office, say.progress("统计"):
        made = bundling.bundle(office, period, unit)
        key = signing.public(signing.own_key(office.private))
    folder.mkdir(parents=True, exist_ok=True)
    durable.replace(folder / made.name, made.data)
    say.line(f"已写到 {folder / made.name}（第{made.revision}版）")
    if period.until >= office.today:
        say.line("报告期还没有结束：包里只是到今天的数，上级会看到「未定数据」。")
    say.line(f"本单位的公钥：{key}（首次上报时请告知汇总单位，写入它的 templates/units.toml）")
    return 0


@click.command(cls=Command, short_help="汇总各单位的数据包")
@click.argument("bundles", metavar="数据包…", type=Existing(), nargs=-1, required=True)
@click.option("--period", type=Period(), metavar="报告期", help="汇总哪一期；数据包都是同一期的可以不写")
@click.option("-o", "out", type=Path, metavar="文件", help="汇总表写到哪里（.xlsx）")
@click.option("--bundle", "folder", type=Path, metavar="文件夹", help="把汇总再做成上报数据包，供上一级汇总")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def collect(
    door: Door, bundles: Sequence[Path], period: Any, out: Path | None, folder: Path | None, json_: bool
) -> int:
    """核对签名、报告期和版次，按案号去重，汇总各单位的数据；比率由合计重新计算。缺报、迟报和不采用的逐一列出。

    例如：paperwork collect 上报/*.json -o 汇总.xlsx
    """
    from paperwork import durable, spans
    from paperwork.errors import UsageError
    from paperwork.summary import bundling, collecting, compiled

    with door.open() as office, say.progress("汇总"):
        read = [bundling.read(path.name, path.read_bytes()) for path in bundles]
        periods = dict.fromkeys(one.body["period"] for one in read if not one.wrong)
        if period is None and not periods:
            for one in read:
                say.note(f"{one.file}：{one.wrong}")
            return 1
        if period is None and len(periods) > 1:
            raise UsageError(f"数据包属于几个报告期：{'、'.join(periods)}", advice="用 --period 写明汇总哪一期")
        units = collecting.read_units(office.root)
        made = collecting.collect(office.catalogue, units, period or spans.parse(*periods), read)
        told = collecting.entry(office.catalogue, made, units)
        if out:
            durable.replace(out, compiled.workbook(office.catalogue, made, units))
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            rolled = bundling.rolled(office, made.span, [*made.sources.values()], collecting.said(made))
            durable.replace(folder / rolled.name, rolled.data)
    if json_:
        say.as_json(told)
    else:
        _tell(told, out)
    return 1 if made.refused or made.missing else 0


def _tell(told: Mapping[str, Any], out: Path | None) -> None:
    say.line(f"{told['period']}　{len(told['units'])}个单位")
    shown = [{**row, "told": "—" if row["value"] is None else row["value"]} for row in told["figures"]]
    say.table((("id", "编号"), ("name", "指标"), ("told", "合计")), shown)
    for name in told["missing"]:
        say.line(f"缺报：{name}")
    for unit in told["units"]:
        for flag, word in (("late", "迟报"), ("preliminary", "未定数据")):
            if unit[flag]:
                say.line(f"{word}：{unit['name']}")
    for row in told["refused"]:
        say.line(f"不予采用：{row['file']}，{row['why']}")
    for row in told["within"]:
        say.line(f"已含在内：{row['file']}，{row['in']} 里已经有这个机构的数据，不再计")
    for row in told["twice"]:
        say.line(f"重复上报：{row['case']}（{row['figure']}），{row['counted']} 已计入，{row['again']} 不再计")
    if out:
        say.line(f"汇总表：{out}")


_BOOKS = ["ledger", "numbers", "seals", "archive", "enforcement"]


@click.command(cls=Command, short_help="台账和各种登记册，Excel")
@click.argument("what", metavar="|".join(_BOOKS), type=click.Choice(_BOOKS))
@click.option("--year", type=int, metavar="年份", help="哪一年的（用印、移交、执法数据）；不写则是今年")
@click.option("-o", "out", type=Path, metavar="文件", help="写到哪里；不写则写在当前文件夹")
@the_door
def export(door: Door, what: str, year: int | None, out: Path | None) -> int:
    """导出工作台账（ledger）、编号登记簿（numbers）、一年的用印登记簿（seals）、
    结案案卷移交清册（archive）和行政执法数据表（enforcement）。

    例如：paperwork export ledger -o 台账.xlsx
    """
    from paperwork import durable
    from paperwork.summary import exporting, registers

    whole = {"ledger": ("台账", exporting.ledger), "numbers": ("编号登记簿", exporting.numbers)}
    with door.open() as office, say.progress("导出") as going:
        if what in whole:
            name, make = whole[what]
            data = make(office, going)
        else:
            of = year or office.today.year
            title, made = registers.EXPORTS[what]
            name, data = f"{of}年{title}", made(office, of)
    target = out or Path(f"{name}.xlsx")
    target.parent.mkdir(parents=True, exist_ok=True)
    durable.replace(target, data)
    say.line(f"已写到 {target}")
    return 0
