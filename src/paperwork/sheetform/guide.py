"""The sheet 填写说明 of a blank: how rows are filled in, and what each list wants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from paperwork.model import Form
from paperwork.sheetform.columns import Column
from paperwork.sheetform.items import shape
from paperwork.sheetform.looks import Looks
from paperwork.sheetform.words import EXAMPLE, HELP, NUMBER


def guide(sheet: Any, looks: Looks, form: Form, columns: Sequence[Column]) -> None:
    """Write it: short lines, one thing each."""
    sheet.set_column(0, 0, 110)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, f"{form.title}：怎样填写", looks.title)
    for n, line in enumerate(_lines(form, columns), 1):
        sheet.write_string(n, 0, line, looks.loud if line.startswith("※") else looks.line)


def _lines(form: Form, columns: Sequence[Column]) -> Iterator[str]:
    yield "1. 一行一件。一行写错了，只退回这一行；写对的各行照常登记，每行有自己的编号。"
    yield f"2. 标着＊的各栏必须填写。没有内容的填「无」；暂时不清楚的留空。「{NUMBER}」一栏随意编号，程序不读。"
    yield "3. 有下拉列表的从列表中选择；日期写作 2026-7-8 或者 2026年7月8日；编码、证号各栏已设为文本格式。"
    yield f"4. 标着「{HELP}」「{EXAMPLE}」的两行程序不读，可以保留，也可以删去；不要在示例行上改填。"
    yield "5. 不要改动表头的文字；可以增删行、调整列宽和列的顺序。一份表最多 2000 行。"
    folder = "inbox/审批" if form.place == "approvals" else "inbox"
    yield f"6. 填好后保存为 Excel 工作簿（.xlsx），关闭文件，放入 {folder}。"
    yield "7. 退回的表只含有错误的行，错误的单元格标成红色，批注写明怎样改。改好后把退回的表直接放入 inbox。"
    lists = [column for column in columns if column.kind == "list"]
    if lists:
        yield ""
        yield "※ 一格里写多项的（每项一行，行内按 Alt＋Enter 换行；各部分用竖线｜隔开；可空的部分留空，竖线保留）："
        for column in lists:
            yield f"{column.label}：{shape(column)}" + (f"\n例：{column.example}" if column.example else "")
