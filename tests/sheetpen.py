"""Spreadsheets as clerks fill them in, for tests: from the JSON of a form to the row that says the same."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import xlsxwriter

from paperwork.model import Catalogue, Form
from paperwork.sheetform import Column, Line, Pen, columns_of, items

Cells = dict[str, Any]


def flat(value: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted name → answer; lists of objects as a whole."""
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from flat(inner, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", inner


def said(value: Any) -> str:
    """An answer as it is typed into a cell."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value)) or "无"
    return str(value) or "无"


def row_of(form: Mapping[str, Any], columns: Sequence[Column]) -> Cells:
    """Tag → cell, of a form given as JSON."""
    given = dict(flat({key: value for key, value in form.items() if key != "form"}))
    cells: Cells = {}
    for column in columns:
        if column.kind == "item":
            one = (given.get(column.list) or [{}])[0]
            if column.name in one:
                cells[column.tag] = said(one[column.name])
        elif column.tag in given:
            value = given[column.tag]
            rows = [{key: said(part) for key, part in item.items()} for item in value] if column.kind == "list" else []
            cells[column.tag] = items.written(tuple(rows), column) if column.kind == "list" else said(value)
    return cells


def sheet(known: Catalogue, form: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The blank with these rows: cells by tag (`party.name`), and by head what the form has no column for."""
    asked: Form = known.forms[form]
    tags = {column.tag for column in columns_of(asked, known.facts)}
    pen = Pen(asked, known.facts)
    pen.write(
        [
            Line(
                str(n),
                {tag: value for tag, value in row.items() if tag in tags},
                {head: value for head, value in row.items() if head not in tags},
            )
            for n, row in enumerate(rows, 1)
        ]
    )
    return pen.packed()


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]]) -> bytes:
    """A plain workbook: (name of a sheet, its rows). A function among the cells writes its cell itself."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    for name, rows in sheets:
        page = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if callable(cell):
                    cell(book, page, r, c)
                elif cell is not None:
                    page.write(r, c, cell)
    book.close()
    return data.getvalue()
