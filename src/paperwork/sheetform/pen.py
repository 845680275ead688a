"""Writes a form as a workbook with XlsxWriter: the blank, and the copy that goes back. Equal input, equal bytes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import xlsxwriter

from paperwork.model import Fact, Form
from paperwork.sheetform.columns import Column, columns_of
from paperwork.sheetform.grid import MOST_ROWS, Cell
from paperwork.sheetform.guide import guide
from paperwork.sheetform.looks import Looks, width_of
from paperwork.sheetform.samples import example_of, hint_of, sample_of
from paperwork.sheetform.words import CHOICES_SHEET, EXAMPLE, HELP, HELP_SHEET, NUMBER, WHY

_DAY = dt.datetime(2000, 1, 1)
_SECTIONS, _HEADS, _HELP, _EXAMPLE = 2, 3, 4, 5  # the rows above those of answers
FIRST = 6
_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


@dataclass(frozen=True)
class Mark:
    """What must be mended in one cell."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One row to be written: its answers, those that the form has no column for, and what is wrong with it."""

    number: str = ""
    cells: Mapping[str, Cell] = field(default_factory=dict)  # tag → what stands there
    extras: Mapping[str, Cell] = field(default_factory=dict)  # head → …
    marks: Mapping[str, Mark] = field(default_factory=dict)  # tag or head, "" = the row as a whole
    why: str = ""


class Pen:
    """One workbook of one form. `returned` gives it the column that says what must be mended."""

    def __init__(self, form: Form, facts: Mapping[str, Fact], *, returned: bool = False) -> None:
        self.form, self.columns = form, columns_of(form, facts)
        self._data = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._data, {"in_memory": True})
        self.looks = Looks(self.book)
        self._ours = [NUMBER, WHY] if returned else [NUMBER]
        self.sheet = self.book.add_worksheet(form.title.translate(_NAME)[:31])
        self._choices: list[tuple[str, ...]] = []
        _about(self.book, form)

    def write(self, lines: Sequence[Line] = ()) -> None:
        """Everything above the rows, the rows, and what holds them to their kind."""
        extras = list(dict.fromkeys(head for line in lines for head in line.extras))
        self._heads(extras)
        for n, line in enumerate(lines):
            self._line(FIRST + n, line, extras)
        for at, column in enumerate(self.columns, len(self._ours)):
            self._hold(at, column)
        guide(self.book.add_worksheet(HELP_SHEET), self.looks, self.form, self.columns)

    def stamp(self, name: str, value: str) -> None:
        """A word that the workbook carries within itself, wherever it is copied."""
        self.book.set_custom_property(name, value)

    def listing(self, name: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A sheet beside it that only tells something."""
        sheet = self.book.add_worksheet(name)
        for at, head in enumerate(heads):
            sheet.write_string(0, at, head, self.looks.head)
            sheet.set_column(at, at, max(12, min(48, 2 + max(2 * len(row[at]) for row in (heads, *rows)))))
        for n, row in enumerate(rows, 1):
            for at, text in enumerate(row):
                sheet.write_string(n, at, text, self.looks.text)
        sheet.freeze_panes(1, 0)

    def packed(self) -> bytes:
        """The workbook's bytes. Nothing can be written afterwards."""
        if self._choices:
            hidden = self.book.add_worksheet(CHOICES_SHEET)
            hidden.hide()
            for at, labels in enumerate(self._choices):
                hidden.write_column(0, at, labels)
        self.sheet.activate()
        self.book.close()
        return self._data.getvalue()

    # ── above the rows ──

    def _heads(self, extras: Sequence[str]) -> None:
        sheet, first = self.sheet, len(self._ours)
        sheet.set_row(0, 28, self.looks.bare)
        sheet.set_row(1, 16, self.looks.bare)
        sheet.write_string(0, 0, self.form.title, self.looks.title)
        intro = f"{self.form.intro} 一行一件，从第{FIRST + 1}行起填写；填法见「{HELP_SHEET}」。".strip()
        sheet.write_string(1, 0, intro, self.looks.intro)
        for at, label in enumerate(self._ours):
            sheet.write_string(_HEADS, at, label, self.looks.ours)
            sheet.set_column(at, at, 8 if label == NUMBER else 36, self.looks.text)
        at = first
        for section, columns in groupby(self.columns, key=lambda column: column.section):
            count = len(list(columns))
            self._section(at, count, section)
            at += count
        for at, column in enumerate(self.columns, first):
            label = f"{column.label}＊" if column.required else column.label
            sheet.write_string(_HEADS, at, label, self.looks.needed if column.required else self.looks.head)
            sheet.write_string(_HELP, at, hint_of(column), self.looks.help)
            sheet.write_string(_EXAMPLE, at, sample_of(column), self.looks.example)
            sheet.set_column(at, at, width_of(column), self.looks.of(column))
        for at, head in enumerate(extras, first + len(self.columns)):
            sheet.write_string(_HEADS, at, head, self.looks.head)
            sheet.set_column(at, at, 18, self.looks.text)
        sheet.write_string(_HELP, 0, HELP, self.looks.help)
        sheet.write_string(_EXAMPLE, 0, EXAMPLE, self.looks.example)
        sheet.set_row(_HEADS, 32)
        sheet.set_row(_HELP, 78)
        sheet.set_row(_EXAMPLE, 46)
        sheet.freeze_panes(_HEADS + 1, first)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.repeat_rows(_HEADS)
        sheet.repeat_columns(0)

    def _section(self, at: int, count: int, title: str) -> None:
        if count > 1:
            self.sheet.merge_range(_SECTIONS, at, _SECTIONS, at + count - 1, title, self.looks.section)
        else:
            self.sheet.write_string(_SECTIONS, at, title, self.looks.section)

    # ── the rows ──

    def _line(self, row: int, line: Line, extras: Sequence[str]) -> None:
        self.sheet.set_row(row, self._height(line))
        self._cell((row, 0), line.number, self.looks.text, line.marks.get(""))
        if WHY in self._ours:
            self.sheet.write_string(row, 1, line.why, self.looks.why)
        for at, column in enumerate(self.columns, len(self._ours)):
            self._cell((row, at), line.cells.get(column.tag, ""), self.looks.of(column), line.marks.get(column.tag))
        for at, head in enumerate(extras, len(self._ours) + len(self.columns)):
            self._cell((row, at), line.extras.get(head, ""), self.looks.text, line.marks.get(head))

    def _height(self, line: Line) -> float:
        """Of a row, in points: all lines of its cells, and no more than half a screen."""
        texts = [(line.why, 36), *((str(line.cells.get(c.tag, "")), width_of(c)) for c in self.columns)]
        rows = (sum(1 + 2 * len(part) // wide for part in text.split("\n")) for text, wide in texts)
        return min(15.0 * max(rows), 240.0)

    def _cell(self, at: tuple[int, int], value: Cell, look: Any, mark: Mark | None) -> None:
        if mark is not None:
            look = self.looks.wrong(look)
            text = "\n".join(mark.lines)
            high = 24 + 18 * sum(1 + len(line) // 20 for line in mark.lines)
            size = {"width": 300, "height": high, "author": "办公系统", "font_size": 10}
            self.sheet.write_comment(*at, text[:2000], size)
        if value == "" and mark is None:
            return
        if value == "":
            self.sheet.write_blank(*at, None, look)
        elif isinstance(value, bool):
            self.sheet.write_boolean(*at, value, look)
        elif isinstance(value, int | float):
            self.sheet.write_number(*at, value, look)
        elif isinstance(value, str):
            self.sheet.write_string(*at, value, look)
        else:
            self.sheet.write_datetime(*at, value, look)

    def _hold(self, at: int, column: Column) -> None:
        """Drop-downs, kinds of values, and the help that is shown when the cell is chosen."""
        fact = column.fact
        rule: dict[str, Any] = {"validate": "any"}
        if fact is not None and column.kind != "list":
            labels = ("是", "否") if fact.type == "flag" else tuple(choice.label for choice in fact.choices)
            if labels:
                several = fact.type == "set"  # a list can give one; several are typed
                rule = {"validate": "list", "source": self._source(labels), "show_error": not several}
            elif fact.type == "integer":
                rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_type": "warning"}
            elif fact.type == "date":
                between = {"minimum": dt.date(1900, 1, 1), "maximum": dt.date(2150, 12, 31)}
                rule = {"validate": "date", "criteria": "between", **between, "error_type": "warning"}
        said = (hint_of(column) + (f"\n例：{example_of(column)}" if example_of(column) else "")).strip()
        rule |= {"input_title": column.label[:32], "input_message": _short(said)} if said else {}
        wanted = f"「{column.label}」{_WANTED.get(rule['validate'], '')}"
        rule |= {"error_title": "请核对", "error_message": wanted[:250]}
        if rule["validate"] != "any" or said:
            self.sheet.data_validation(FIRST, at, FIRST + MOST_ROWS - 1, at, rule)

    def _source(self, labels: tuple[str, ...]) -> str:
        if labels not in self._choices:
            self._choices.append(labels)
        column = xlsxwriter.utility.xl_col_to_name(self._choices.index(labels), col_abs=True)
        return f"={CHOICES_SHEET}!{column}$1:{column}${len(labels)}"


_WANTED = {"list": "请从下拉列表中选择", "integer": "应为整数", "date": "应为日期，例如 2026-7-8"}


def _short(text: str) -> str:
    """Excel shows at most 255 characters."""
    return text if len(text) <= 250 else f"{text[:249]}…"


def _about(book: Any, form: Form) -> None:
    book.set_properties({"title": form.title, "author": "", "created": _DAY})
    book.set_custom_property("paperwork_form", form.id)
    book.set_custom_property("paperwork_form_version", str(form.version))


def extract(title: str, above: Sequence[Sequence[Cell]], row: tuple[int, Sequence[Cell]]) -> bytes:
    """One row of a sheet with the rows above it that explain it, as a workbook for the matter's folder.

    `row`: its number for people, and its cells.
    """
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.set_properties({"title": title, "author": "", "created": _DAY})
    looks = Looks(book)
    sheet = book.add_worksheet("摘录")
    number, cells = row
    sheet.write_string(0, 0, f"{title}：第{number}行", looks.title)
    last = 1 + len(above)
    for n, line in enumerate((*above, cells), 1):
        for at, cell in enumerate(line):
            _plain(sheet, (n, at), cell, looks.date if n == last else looks.head)
    sheet.set_column(0, max(len(cells) - 1, 0), 18)
    book.close()
    return data.getvalue()


def _plain(sheet: Any, at: tuple[int, int], cell: Cell, look: Any) -> None:
    if cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(*at, cell, look)
    else:
        sheet.write(*at, cell, look)
