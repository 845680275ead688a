"""Reports of a period: the draft, the frozen one, a recount, and where a figure comes from."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paperwork.cli import say
from paperwork.cli.door import Door, the_door
from paperwork.cli.usage import Command

if TYPE_CHECKING:
    from paperwork import summary
    from paperwork.office import Office


class Period(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5
    """2026Q3, 2026H1, 2026-09, 2026 or 2026-07-01..2026-09-30."""

    name = "报告期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from paperwork import spans

        try:
            return spans.parse(str(value))
        except ValueError as wrong:
            raise click.BadParameter(str(wrong), ctx, param) from None


@click.command(cls=Command, short_help="工作总结：统计、送审稿、冻结的报告")
@click.argument("period", metavar="报告期", type=Period())
@click.option("--unit", default="", metavar="机构", help="只统计这个内设机构；不写是全局")
@click.option("-o", "folder", type=Path, metavar="文件夹", help="把报告抄到这个文件夹")
@click.option("--why", "figure", metavar="指标", help="列出这个指标计入和没有计入的每一件，及其原因")
@click.option("--fresh", is_flag=True, help="按账册现状重新统计，不看已经冻结的")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def report(
    door: Door, period: Any, unit: str, folder: Path | None, figure: str | None, fresh: bool, json_: bool
) -> int:
    """统计一个报告期，做成工作总结报告的送审稿；审批同意并由办公室编号以后冻结，再运行就显示冻结的报告。

    例如：paperwork report 2026Q3
    """
    from paperwork import summary

    with door.open() as office:
        if figure:
            entry = summary.why(office, period, unit, figure, fresh)
            money = [known.id for known in office.catalogue.figures.values() if known.money]
            say.as_json(entry) if json_ else _tell_why(entry, money)
            return 0
        make = summary.fresh if fresh else summary.report
        with say.progress("重新计数") as counted:
            told = make(office, period, unit, counted)
        copied = _copy(office, told, folder) if folder and not fresh else []
    if json_:
        say.as_json(summary.entry(told))
        return 0
    _tell(summary.entry(told), period.label)
    for path in copied:
        say.line(f"已抄到 {path}")
    return 0


def _copy(office: Office, told: summary.Told, folder: Path) -> list[Path]:
    """The papers of the report as they lie in its matter: the standing draft or the issued one, and the workbook."""
    from paperwork import slips
    from paperwork.errors import OfficeError

    folder.mkdir(parents=True, exist_ok=True)
    copied = []
    for document in told.matter.documents if told.matter else ():
        if document.code and document.path and document.state in ("draft", "issued") and not document.living:
            source = office.root / document.path
            if document.sha256 and hashlib.sha256(source.read_bytes()).hexdigest() != document.sha256:
                advice = "请先查明是谁改的，再用 paperwork restore 恢复"
                raise OfficeError(f"{document.path} 已经不是制作时的文件，没有抄出", advice=advice)
            shutil.copyfile(source, folder / source.name)
            copied.append(folder / source.name)
    matter = told.matter
    for source in [office.root / matter.folder / name for name in slips.enclosures(matter)][-1:] if matter else ():
        shutil.copyfile(source, folder / source.name)
        copied.append(folder / source.name)
    return copied


def _tell(entry: Mapping[str, Any], label: str) -> None:
    state = f"已冻结　{entry['number']}" if entry["frozen"] else "尚未签发"
    if entry["number"] and not entry["frozen"]:
        state = f"按账册现状重新统计，{entry['number']}已经签发冻结，不受影响"
    say.line(label, entry["unit"], f"　数据截至 {entry['as_of']}　{state}")
    if entry["unfinished"]:
        say.line("报告期还没有结束：这里只是到今天的数，不与以前的整期比较。")
    rows = [{**row, "told": _told(row)} for row in entry["figures"]]
    say.table((("id", "编号"), ("name", "指标"), ("told", "本期")), rows)
    if entry["adjustments"]:
        say.heading("调整")
        columns = (("period", "报告期"), ("name", "指标"), ("was", "原报"), ("now", "现数"), ("difference", "调整"))
        say.table(columns, [{**row, "difference": f"{row['difference']:+}"} for row in entry["adjustments"]])
    if entry["id"]:
        say.line(f"报告的编号 {entry['id']}，文书见 paperwork show {entry['id']}")


def _told(row: Mapping[str, Any]) -> str:
    if row["value"] is None:
        return f"—　{row['lacks']}" if row.get("lacks") else "—"
    if row["denominator"] is None:
        return f"{row['value']}{row['unit']}"
    return f"{row['value']}{row['unit'] or '%'}（{row['numerator']}/{row['denominator']}）"


_LISTS = {
    "counted": "计入",
    "added": "签发以后增加",
    "removed": "签发以后减少",
    "excluded": "没有计入",
    "undated": "没有日期",
}


def _amount(row: Mapping[str, Any], money: Collection[str]) -> str:
    """What a row adds; money in 元."""
    amount = row["amount"]
    if row["figure"] not in money:
        return str(amount)
    return f"{amount // 100 if amount % 100 == 0 else amount / 100}元"


def _tell_why(entry: Mapping[str, Any], money: Collection[str]) -> None:
    say.line(entry["figure"], entry["name"], f"　{entry['period']}", entry["unit"])
    parts = {row["figure"] for name in _LISTS for row in entry[name]} - {entry["figure"]}
    columns = (
        *((("figure", "指标"),) if parts else ()),
        *(("on", "日期"), ("ref", "案件"), ("party", "当事人")),
        *(("number", "文号"), ("amount", "计数"), ("why", "原因")),
    )
    if entry["number"]:
        say.line(f"已冻结　{entry['number']}：计入的是签发时的各件，以后的增减另列，记入下一期的调整")
    if entry["lacks"]:
        say.line(f"—　{entry['lacks']}")
    for name, title in _LISTS.items():
        if name in ("added", "removed") and not entry[name]:
            continue
        rows = [{**row, "ref": row["case"] or row["id"], "amount": _amount(row, money)} for row in entry[name]]
        say.heading(f"{title}（{len(rows)}）")
        say.table(columns, rows, "（没有）")
    if entry["returned"]:
        say.heading("退回的表，改正重交以前不计入")
        say.table((("on", "收到"), ("file", "表"), ("drop", "编号")), entry["returned"])
