"""A workbook's visible sheets as cells, opened without trust: bounded before anything is laid out in memory.

Only values are read: of a formula what was last computed. What the values do not say (a formula that was never
computed, an error, merged cells) is looked up in the sheet's own XML.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from paperwork.wordform import Package
from paperwork.wordform.unreadable import damaged, too_big

Cell = str | bool | int | float | dt.date | dt.datetime | dt.time | dt.timedelta

MOST_ROWS = 2000
"""Rows of answers in one sheet; more come as several files."""

_DEEPEST, _WIDEST = 20_000, 500  # the last row and the last column that may hold anything
_MOST_SHEETS = 50
_CELL = re.compile(rb"<(?:\w+:)?c((?:\s[^>]*)?)>")  # where a cell begins; `…/>` when it is empty
_AT = re.compile(rb'\br="([A-Z]{1,4})([0-9]{1,9})"')
_ERROR = re.compile(rb'\bt="e"')
_VALUE = re.compile(rb"<(?:\w+:)?v[ >]|<(?:\w+:)?is[ >]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Grid:
    """One visible sheet: rows and columns count from 0 here, rows for people from 1."""

    name: str
    rows: Sequence[Sequence[Cell]]  # "" = nothing; what is merged downwards stands in each of its rows
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)  # cells whose formula gave nothing: why

    def text(self, row: int, column: int) -> str:
        """What stands there, as text; "" beyond the edge."""
        line = self.rows[row] if row < len(self.rows) else ()
        return shown(line[column]) if column < len(line) else ""

    def texts(self, row: int) -> list[str]:
        return [shown(cell) for cell in self.rows[row]]


def shown(cell: Cell) -> str:
    """A cell as people see it, near enough to be told apart."""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return str(cell).strip().strip("\u3000")


def grids(data: bytes, package: Package) -> tuple[Grid, ...]:
    """The visible sheets of a workbook. Raises `Unreadable`: E-FILE-DAMAGED, E-FILE-SIZE."""
    parts = _parts(package)
    if len(parts) > _MOST_SHEETS:
        raise too_big(f"有 {len(parts)} 个工作表，最多 {_MOST_SHEETS} 个")
    scanned = {name: _scan(package.read(part)) for name, part in parts.items() if part in package.names}
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            told = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
            ]
            return tuple(_grid(book, name, scanned.get(name, {})) for name in told)
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise damaged("不是合格的 Excel 表格") from error


def _grid(book: CalamineWorkbook, name: str, broken: Mapping[tuple[int, int], str]) -> Grid:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height >= _DEEPEST or sheet.total_width >= _WIDEST:
        raise too_big(f"工作表「{name}」最多 {_DEEPEST} 行、{_WIDEST} 列")
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for row in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[row]) and top < len(rows):
                rows[row][left] = rows[top][left]
    return Grid(name, rows, broken)


def _parts(package: Package) -> dict[str, str]:
    """Name of a sheet → the member that holds it."""
    main = package.main or "xl/workbook.xml"
    relations = posixpath.join(posixpath.dirname(main), "_rels", posixpath.basename(main) + ".rels")
    if main not in package.names or relations not in package.names:
        raise damaged("不是完整的 Excel 表格")
    targets = {str(r.get("Id")): str(r.get("Target", "")) for r in package.xml(relations) if isinstance(r.tag, str)}
    found: dict[str, str] = {}
    for element in package.xml(main).iter("{*}sheet"):
        target = targets.get(str(element.get(_REL)), "")
        inside = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(main), target)
        found[str(element.get("name", ""))] = posixpath.normpath(inside)
    return found


def _scan(xml: bytes) -> dict[tuple[int, int], str]:
    """What the values alone do not say. Raises `Unreadable` for a cell far beyond any form."""
    return dict(_strange(xml))


def _strange(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for cell, end in _cells(xml):
        at = _AT.search(cell[1])
        if at is None or cell[1].endswith(b"/"):
            continue
        row, column = int(at[2]) - 1, _column(at[1])
        if row >= _DEEPEST or column >= _WIDEST:
            raise too_big(f"第{row + 1}行 {at[1].decode()} 列有内容，最多 {_DEEPEST} 行、{_WIDEST} 列")
        if _ERROR.search(cell[1]):
            yield (row, column), "error"
        elif _FORMULA.search(xml, cell.end(), end) and not _VALUE.search(xml, cell.end(), end):
            yield (row, column), "uncomputed"


def _cells(xml: bytes) -> Iterator[tuple[re.Match[bytes], int]]:
    """Where each cell begins, and where at the latest it ends: at the next one. One pass over the XML."""
    before: re.Match[bytes] | None = None
    for cell in _CELL.finditer(xml):
        if before is not None:
            yield before, cell.start()
        before = cell
    if before is not None:
        yield before, len(xml)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
