"""A plain list as a workbook: a title, two rows of headings (words and codes), the rows as text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import xlsxwriter

_MADE = dt.datetime(2000, 1, 1)  # the same bytes for the same rows


def listing(title: str, heads: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]]) -> bytes:
    """`heads`: (heading, code) of each column. A4 landscape, the headings on every page; every cell is text."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.set_properties({"title": title, "author": "", "created": _MADE})
    look = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "top", "border": 1}
    cell, head = book.add_format(look), book.add_format({**look, "bold": True, "bg_color": "#EDEDED"})
    big = book.add_format({"font_name": "宋体", "font_size": 14, "bold": True})
    sheet = book.add_worksheet("清单")
    sheet.write_string(0, 0, title, big)
    for at, (heading, code) in enumerate(heads):
        sheet.write_string(1, at, heading, head)
        sheet.write_string(2, at, code, head)
        sheet.set_column(at, at, max(12, min(40, 2 * len(heading) + 2)))
    for n, row in enumerate(rows, 3):
        for at, text in enumerate(row):
            sheet.write_string(n, at, text, cell)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1, 2)
    book.close()
    return data.getvalue()
