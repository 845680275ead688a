"""A form as a spreadsheet: one row a matter or an item, its columns by their headers, lists inside a cell.

The floor under the rooms that read, make and mark spreadsheets: all three agree on the columns, so that what is made
is read again, and a mark stands in the cell that was read. Workbooks are opened without trust and bounded.
"""

from __future__ import annotations

from paperwork.sheetform import items
from paperwork.sheetform.books import Book, Drawing, Link, Sheet, Value, grid_book
from paperwork.sheetform.columns import Column, columns_of
from paperwork.sheetform.found import Found, Table, look
from paperwork.sheetform.grid import MOST_ROWS, Cell, Grid, grids, shown
from paperwork.sheetform.items import BAR
from paperwork.sheetform.listing import listing
from paperwork.sheetform.pen import Line, Mark, Pen, extract
from paperwork.sheetform.words import EXAMPLE, FILED_SHEET, HELP, HELP_SHEET, NUMBER, WHY

__all__ = [
    "BAR",
    "EXAMPLE",
    "FILED_SHEET",
    "HELP",
    "HELP_SHEET",
    "MOST_ROWS",
    "NUMBER",
    "WHY",
    "Book",
    "Cell",
    "Column",
    "Drawing",
    "Found",
    "Grid",
    "Line",
    "Link",
    "Mark",
    "Pen",
    "Sheet",
    "Table",
    "Value",
    "columns_of",
    "extract",
    "grid_book",
    "grids",
    "items",
    "listing",
    "look",
    "shown",
]
