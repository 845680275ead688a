"""A form as a blank spreadsheet: one row a matter or an item, drop-downs, help under each head, an example."""

from __future__ import annotations

from collections.abc import Mapping

from paperwork.blanks.prefilled import EMPTY, Prefilled
from paperwork.model import Fact, Form
from paperwork.sheetform import Column, Line, Pen, columns_of, items


def build(form: Form, facts: Mapping[str, Fact], prefilled: Prefilled = EMPTY) -> bytes:
    """The blank of `form`; the same bytes for the same arguments.

    Where answers are prefilled a row is begun with them, and one for each item of a list that has one a row.
    """
    columns = columns_of(form, facts)
    count = max([1, *(len(prefilled.items.get(c.list, ())) for c in columns if c.kind == "item")])
    begun = ({c.tag: text for c in columns if (text := _given(c, prefilled, row))} for row in range(count))
    pen = Pen(form, facts)
    pen.write([Line(str(n), cells) for n, cells in enumerate(begun, 1) if cells])
    return pen.packed()


def _given(column: Column, prefilled: Prefilled, row: int) -> str:
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
    return given[row].get(column.name, "") if row < len(given) else ""
