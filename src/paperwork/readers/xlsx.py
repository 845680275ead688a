"""Reads a spreadsheet form: each row of answers is a submission of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from paperwork.model import Fact, Finding, Form, Raw, RawForm, RawItem
from paperwork.sheetform import EXAMPLE, Cell, Column, Found, Grid, extract, grids, items, look, shown
from paperwork.wordform import Package
from paperwork.wordform.labels import leftover

_EPOCHS = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}
_SERIAL = range(10_000, 100_000)  # days since the epoch that may be a date: 1927 to 2173
_EXACT = 10**15  # from here on Excel keeps no number whole


def read(data: bytes, package: Package, forms: Mapping[str, Form], facts: Mapping[str, Fact]) -> tuple[RawForm, ...]:
    """One raw form for each row. Raises `Unreadable` when there are no rows of a form of the office."""
    found = look(package, grids(data, package), forms, facts)
    epoch = _EPOCHS[_is_1904(package)]
    return tuple(_Row(found, row, epoch).read() for row in found.table.answers())


def excerpts(
    data: bytes, package: Package, forms: Mapping[str, Form], facts: Mapping[str, Fact]
) -> Callable[[int], bytes]:
    """Makes of a row (counted from 1) a workbook of its own, with the heads above it. Raises `Unreadable`."""
    found = look(package, grids(data, package), forms, facts)
    rows, head = found.table.grid.rows, found.table.head

    def one(row: int) -> bytes:
        return extract(found.form.title, [rows[head]], (row, rows[row - 1]))

    return one


def _is_1904(package: Package) -> bool:
    """Whether the workbook counts its days from 1904, as old ones of a Mac do (ECMA-376 part 1, 18.2.28)."""
    told = [p.get("date1904") for p in package.xml(package.main or "xl/workbook.xml").iter("{*}workbookPr")]
    return bool(told) and told[0] in ("1", "true", "on")


@dataclass
class _Row:
    """One row being sorted into answers, lists and leftovers."""

    found: Found
    row: int
    epoch: dt.datetime
    meta: dict[str, Raw] = field(default_factory=dict)
    values: dict[str, Raw] = field(default_factory=dict)
    common: dict[str, Raw] = field(default_factory=dict)
    lists: dict[str, tuple[RawItem, ...]] = field(default_factory=dict)
    unknown: list[Raw] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def read(self) -> RawForm:
        table, grid = self.found.table, self.found.table.grid
        if self.found.version:
            self.meta["form_version"] = Raw(str(self.found.version), "文件属性")
        if table.is_example(self.row):
            message = f"这一行标着「{EXAMPLE}」，内容却改过。要登记的，把「{EXAMPLE}」两字删去；不登记的，删去整行"
            self.findings.append(Finding("E-SHEET-EXAMPLE", message, place=f"第{self.row + 1}行", found=EXAMPLE))
        for at, column in table.columns.items():
            self._take(column, self._cell(grid, at), grid.broken.get((self.row, at), ""))
        for head, cell in table.extras(self.row).items():
            self.unknown.append(leftover(head, shown(cell), f"「{head}」一栏"))
        return RawForm(
            self.found.form.id, self.row + 1, self.meta, self.values, self.lists, self.common,
            tuple(self.unknown), findings=tuple(self.findings),
        )  # fmt: skip

    def _cell(self, grid: Grid, at: int) -> Cell:
        line = grid.rows[self.row]
        return line[at] if at < len(line) else ""

    def _take(self, column: Column, cell: Cell, broken: str) -> None:
        if broken:
            self._wrong("E-CELL-FORMULA", column, *_FORMULA[broken])
        elif column.kind == "list":
            self._items(column, cell)
        elif (said := self._said(cell, column)) is not None:
            raw = Raw(said, column.place)
            if column.kind == "item":
                (item,) = self.lists.get(column.list, ({},))
                self.lists[column.list] = ({**item, column.name: raw},)
            else:
                {"meta": self.meta, "common": self.common, "value": self.values}[column.kind][column.name] = raw

    def _items(self, column: Column, cell: Cell) -> None:
        text = self._said(cell, column)
        if text is not None:
            self.lists[column.name], strays = items.read(str(text), column)
            for stray in strays:
                message = f"{stray.place}多出了「{stray.value}」，一行只写：{items.shape(column)}"
                found = str(stray.value)
                self.findings.append(Finding("E-FIELD-UNKNOWN", message, column.tag, stray.place, found))

    def _said(self, cell: Cell, column: Column) -> str | bool | None:
        """What a cell says, as the other media say it. None for a blank one, and for one that cannot be taken."""
        kind = column.fact.type if column.fact else "text"
        if isinstance(cell, str):
            return shown(cell) or None
        if isinstance(cell, bool):
            return cell if kind == "flag" else "是" if cell else "否"
        if isinstance(cell, dt.datetime | dt.date):
            return self._day(cell, kind, column)
        if isinstance(cell, int | float):
            return self._number(cell, kind, column)
        shape = "写明年月日和时分，例如 2026年7月8日15时10分" if kind == "datetime" else "按文本重新填写"
        self._wrong("E-CELL-TIME", column, f"这一格只有时间（{cell}）。请{shape}", shown(cell))
        return None

    def _day(self, cell: dt.date, kind: str, column: Column) -> str | None:
        if kind in ("date", "datetime"):
            at_midnight = isinstance(cell, dt.datetime) and cell.time() == dt.time()
            return cell.date().isoformat() if isinstance(cell, dt.datetime) and at_midnight else cell.isoformat()
        message = "Excel 把这一格当成了日期，原来写的可能不是日期。请把单元格格式改为「文本」，再重新填写"
        self._wrong("E-CELL-DATE", column, message, cell.isoformat())
        return None

    def _number(self, cell: float, kind: str, column: Column) -> str | None:
        if kind in ("date", "datetime") and int(cell) in _SERIAL and (kind == "datetime" or cell == int(cell)):
            moment = self.epoch + dt.timedelta(minutes=round(cell * 1440))
            return moment.isoformat(timespec="minutes") if moment.time() != dt.time() else moment.date().isoformat()
        if abs(cell) >= _EXACT:
            message = (
                "这一格是数字格式，Excel 只保留 15 位，后面的数字已经丢失，改格式也找不回来。"
                "请把单元格格式改为「文本」，再对照原件重新填写全部数字"
            )
            self._wrong("E-CELL-NUMBER", column, message, f"{cell:.15g}")
            return None
        return f"{cell:.15g}"

    def _wrong(self, code: str, column: Column, message: str, found: str = "") -> None:
        place = column.place
        self.findings.append(Finding(code, f"{place}：{message}", column.tag, place, found))


_FORMULA = {
    "error": ("这一格的公式出错（显示 #N/A、#REF! 一类）。请改为直接填写内容", ""),
    "uncomputed": ("这一格的公式还没有算出结果。请用 Excel 打开、保存一次，或者直接填写内容", ""),
}
