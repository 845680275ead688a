"""A form as a blank spreadsheet: one row a matter or an item, drop-downs, help under each head, an example."""

from __future__ import annotations

from collections.abc import Mapping

from paperwork.blanks.prefilled import EMPTY, Prefilled
from paperwork.model import Fact, Form
from paperwork.sheetform import Column, Line, Pen, columns_of, items


def build(form: Form, facts: Mapping[str, Fact], prefilled: Prefilled = EMPTY) -> bytes:
    """The blank of `form`, with one row begun where answers are prefilled; the same bytes for the same arguments."""
    cells = {column.tag: text for column in columns_of(form, facts) if (text := _given(column, prefilled))}
    pen = Pen(form, facts)
    pen.write([Line("1", cells)] if cells else [])
    return pen.packed()


def _given(column: Column, prefilled: Prefilled) -> str:
    if column.kind == "meta":
        return prefilled.meta.get(column.name, "")
    if column.kind == "value":
        return prefilled.values.get(column.name, "")
    if column.kind == "common":
        return prefilled.values.get(column.tag, prefilled.meta.get(column.name, ""))
    given = prefilled.items.get(column.list)
    if given is None:
        return ""
    if column.kind == "list":
        return items.written(given, column)
    return given[0].get(column.name, "") if given else ""
