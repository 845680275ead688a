"""Workbooks that tell: grids of figures and cases, with native charts. Equal input, equal bytes; text stays text.

What people have typed is written as a string, so that nothing beginning with = + - @ is ever a formula.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter


@dataclass(frozen=True)
class Link:
    """A cell that leads to another sheet of the book."""

    text: str
    sheet: str


Value = str | int | float | dt.date | Link | None

_DAY = dt.datetime(2000, 1, 1)
_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
_PATTERNS = (
    *("wide_upward_diagonal", "percent_20", "light_horizontal"),
    *("small_grid", "outlined_diamond", "light_vertical"),
)
"""Fills that differ in black and white."""


MOST_ROWS = 1_000_000
"""Rows of a sheet below its heads: Excel's own limit is 1,048,576, what is beyond would be lost without a word."""


@dataclass(frozen=True)
class Drawing:
    """A native chart: `kind` column (parts of a whole, stacked), bar (side by side), doughnut or line; its columns."""

    kind: str
    title: str
    columns: tuple[int, ...]  # of the sheet, from 0; the categories stand in column 0
    rows: tuple[int, int]  # first and last row of the points, from 0
    head: int  # the row of the series' names
    at: str  # the cell at which it is laid
    percent: bool = False  # an axis from 0 to 100


def grid_book(rows: Sequence[Sequence[Value]]) -> bytes:
    """One plain sheet, named as Word's own charts name theirs; all that it says stands in that one part."""
    book = Book(rows_only=True)
    book.sheet("Sheet1", rows)
    return book.packed()


def _told(drawing: Drawing) -> str:
    """How the numbers in a chart are written: nought is not in a pile or a ring, a ratio has its decimal."""
    return "0.0" if drawing.percent else "0" if drawing.kind in ("bar", "line") else "0;;;"


def _series(name: str, drawing: Drawing, number: int, column: int) -> dict[str, Any]:
    """The series of one column of the sheet `name`, told apart from others without colour."""
    first, last = drawing.rows
    fills = [{"pattern": pattern, "fg_color": "black", "bg_color": "white"} for pattern in _PATTERNS]
    series: dict[str, Any] = {
        "name": [name, drawing.head, column],
        "categories": [name, first, 0, last, 0],
        "values": [name, first, column, last, column],
        "data_labels": {"value": True, "num_format": _told(drawing), "fill": {"color": "white"}},
        "border": {"color": "black"},
    }
    if drawing.kind == "line":
        return {**series, "marker": {"type": "diamond"}, "line": {"color": "black"}}
    if drawing.kind == "doughnut":
        return {**series, "points": [{"pattern": fills[n % len(fills)]} for n in range(last - first + 1)]}
    return {**series, "pattern": fills[number % len(fills)]}


class Book:
    """A workbook in the making."""

    def __init__(self, title: str = "", *, rows_only: bool = False) -> None:
        self._data = io.BytesIO()
        options = {"in_memory": not rows_only, "constant_memory": rows_only, "strings_to_formulas": False}
        self._book = xlsxwriter.Workbook(self._data, options)
        self._book.set_properties({"title": title, "created": _DAY})
        self._head = self._book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"})
        self._text = self._book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        self._day = self._book.add_format({"border": 1, "num_format": "yyyy-mm-dd", "align": "left"})
        self._title = self._book.add_format({"bold": True, "font_size": 14})
        self._names: set[str] = set()

    def sheet(self, name: str, rows: Iterable[Sequence[Value]], widths: Sequence[int] = (), title: str = "") -> Sheet:
        """Lay a sheet of rows, the first of them heads; with `title` above."""
        name = self._free(name)
        sheet = self._book.add_worksheet(name)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        if title:
            sheet.write_string(0, 0, title, self._title)
        sheet.freeze_panes(2 if title else 1, 1)
        sheet.fit_to_pages(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        laid = Sheet(name, self, sheet, 1 if title else 0)
        for row in rows:
            laid.add(row)
        return laid

    def long(self, name: str, rows: Iterable[Sequence[Value]], widths: Sequence[int] = ()) -> None:
        """The same on as many sheets as the rows need, each with the heads, which come first."""
        coming = iter(rows)
        sheet = self.sheet(name, [heads := next(coming)], widths)
        for row in coming:
            if sheet.rows > MOST_ROWS:
                sheet = self.sheet(name, [heads], widths)
            sheet.add(row)

    def draw(self, sheet: Sheet, drawing: Drawing) -> None:
        """Lay a native chart on a sheet, readable in black and white."""
        name = sheet.name
        stacked = {"subtype": "stacked"} if drawing.kind == "column" else {}
        chart = self._book.add_chart({"type": drawing.kind, **stacked})
        for number, column in enumerate(drawing.columns):
            chart.add_series(_series(name, drawing, number, column))
        chart.set_title({"name": drawing.title, "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"})
        if drawing.kind != "doughnut":
            values = chart.set_x_axis if drawing.kind == "bar" else chart.set_y_axis  # a bar lies on its side
            whole = {"min": 0, "max": 100} if drawing.percent else {"min": 0}
            values({**whole, "num_format": "0", "major_gridlines": {"visible": drawing.kind == "line"}})
        points = drawing.rows[1] - drawing.rows[0] + 1
        tall = max(0.95, 0.09 * points) if drawing.kind == "bar" else 0.95  # every bar has its name
        sheet.made.insert_chart(drawing.at, chart, {"x_scale": 1.4, "y_scale": tall})

    def packed(self) -> bytes:
        """The workbook's bytes. Nothing can be written afterwards."""
        self._book.close()
        return self._data.getvalue()

    def _free(self, name: str) -> str:
        short, n = name.translate(_NAME)[:28], 1
        free = short
        while free.lower() in self._names:
            n += 1
            free = f"{short}{n}"
        self._names.add(free.lower())
        return free

    def write(self, sheet: Any, place: tuple[int, int], cell: Value, *, is_head: bool) -> None:
        """One cell, by its type."""
        looks = self._head if is_head else self._text
        if cell is None or cell == "":
            sheet.write_blank(*place, None, looks)
        elif isinstance(cell, Link):
            sheet.write_url(*place, f"internal:'{cell.sheet}'!A1", looks, cell.text)
        elif isinstance(cell, dt.date):
            sheet.write_datetime(*place, dt.datetime.combine(cell, dt.time()), self._day)
        elif isinstance(cell, str):
            sheet.write_string(*place, cell, looks)
        else:
            sheet.write_number(*place, cell, looks)


@dataclass
class Sheet:
    """A sheet that takes one row after another; the first is its head."""

    name: str
    book: Book
    made: Any
    row: int
    rows: int = 0

    def add(self, cells: Sequence[Value]) -> None:
        """The next row."""
        if not self.rows:
            self.made.set_row(self.row, 32)
        for at, cell in enumerate(cells):
            self.book.write(self.made, (self.row, at), cell, is_head=self.rows == 0)
        self.row += 1
        self.rows += 1
