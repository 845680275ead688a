"""Charts drawn for one document, at the cost of their numbers alone.

Whatever hangs on a chart's shape (how many points it has, and which of them are gaps) is made once: lxml fills the
chart's part and XlsxWriter makes its workbook with marks in the place of names and numbers, and both are cut there.
A document puts its own between the pieces. The first of each shape is held against what lxml and XlsxWriter make of
its very facts; each document's names and numbers are found again in the finished bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

from lxml import etree

from paperwork import sheetform
from paperwork.errors import TemplateError
from paperwork.model import Json
from paperwork.rendering.archive import Archive, read_back
from paperwork.rendering.charts import Chart, Row, filled, rows, spelled
from paperwork.rendering.package import is_xml, parsed, serialised, unpacked
from paperwork.rendering.wording import BEGIN, END, shortened

SHEET = "xl/worksheets/sheet1.xml"
_FIRST = 7 * 10**15  # a mark where only a number can stand: sixteen digits, which both libraries write as they are
_MARK = re.compile(f" ?{BEGIN}(\\d+){END}|7(\\d{{15}})".encode())
_UNPLAIN = re.compile(r"\r|_x")  # what the two libraries write each in their own way
_EDGE = re.compile(r"^\s|\s$")  # XlsxWriter says of such a text that its white space is to be kept

Outline = tuple[tuple[bool, ...], ...]
"""Of each category: whether its name has white space at an edge, and which of its values are gaps."""


class Unplain(Exception):
    """A chart that is not put together from pieces: it is to be filled as a whole."""


@dataclass(frozen=True)
class Pieces:
    """Bytes that stand in every chart of one shape, and which value stands between each two of them."""

    still: tuple[bytes, ...]
    slots: tuple[int, ...]

    def with_values(self, values: Sequence[bytes]) -> bytes:
        made = [self.still[0]]
        for slot, piece in zip(self.slots, self.still[1:], strict=True):
            made += (values[slot], piece)
        return b"".join(made)


@dataclass
class Shape:
    """One chart with so many points and these gaps. `proven`: a document of it was held against the libraries."""

    heads: tuple[str, ...]
    part: Pieces
    sheet: Pieces
    book: Archive  # without its sheet
    proven: bool = False


@dataclass(frozen=True)
class Drawn:
    """A chart with the facts of one document: its part, and the sheet of its workbook."""

    chart: Chart
    points: tuple[Row, ...]
    shape: Shape
    part: bytes
    sheet: bytes

    def members(self) -> dict[str, bytes]:
        """The members of the document that the chart changes."""
        made = {self.chart.part: self.part}
        if self.chart.workbook:
            made[self.chart.workbook] = self.shape.book.filled({SHEET: self.sheet})
        return made

    def prove(self, members: Mapping[str, bytes]) -> None:
        """All names and numbers stand in order in chart and workbook of a finished file; `TemplateError` else."""
        names = [name for name, _ in self.points]
        told: list[str] = []
        for at, head in enumerate(self.shape.heads):
            told += (head, *names, *_numbers(values[at] for _, values in self.points))
        _find(self.chart.part, members[self.chart.part], told)
        if self.chart.workbook:
            cells = [*self.shape.heads]
            for name, values in self.points:
                cells += (name, *_numbers(values))
            book = read_back(members[self.chart.workbook], {SHEET: self.sheet})
            if book.keys() != self.shape.book.names | {SHEET}:
                raise TemplateError(f"图表的数据表部件不全（{self.chart.workbook}）")
            _find(self.chart.workbook, book[SHEET], cells)
        if not self.shape.proven:
            self._prove_all(members)
            self.shape.proven = True

    def _prove_all(self, members: Mapping[str, bytes]) -> None:
        """Chart and workbook are what lxml and XlsxWriter make of these facts, and strict XML in every part."""
        whole = drawn_whole((self.chart,), {}, self.points)
        part = parsed(members[self.chart.part], self.chart.part)
        if _canonical(part) != _canonical(parsed(whole[self.chart.part], self.chart.part)):
            raise TemplateError(f"写成的图表与数据不一致（{self.chart.part}）")
        if self.chart.workbook:
            book = unpacked(members[self.chart.workbook])
            if book != unpacked(whole[self.chart.workbook]):
                raise TemplateError(f"写成的图表与数据不一致（{self.chart.workbook}）")
            for name in filter(is_xml, book):
                parsed(book[name], name)


def drawn(shown: Iterable[Chart], context: Json) -> tuple[Drawn, ...]:
    """The charts with these facts. Raises `Unplain` where only `drawn_whole` draws one."""
    return tuple(_drawn(chart, tuple(rows(context, chart))) for chart in shown)


def drawn_whole(shown: Iterable[Chart], context: Json, points: Sequence[Row] | None = None) -> dict[str, bytes]:
    """The members that the charts change, each made as a whole by lxml and XlsxWriter: what `drawn` is held against."""
    made = {}
    for chart in shown:
        told = list(rows(context, chart)) if points is None else points
        tree, heads = filled(chart, told)
        made[chart.part] = serialised(tree)
        if chart.workbook:
            book, sheet = _book(heads, told)
            made[chart.workbook] = book.filled({SHEET: sheet})
    return made


def _book(heads: Sequence[str], points: Sequence[Row]) -> tuple[Archive, bytes]:
    """The workbook behind a chart without its sheet, and the sheet."""
    members = unpacked(sheetform.grid_book([["", *heads], *([name, *values] for name, values in points)]))
    return Archive({name: blob for name, blob in members.items() if name != SHEET}), members[SHEET]


def _drawn(chart: Chart, points: tuple[Row, ...]) -> Drawn:
    values: list[bytes] = []
    for name, numbers in points:
        if _UNPLAIN.search(name):
            raise Unplain(name)
        values.append(escape(name).encode())
        values += (b"" if number is None else spelled(number).encode() for number in numbers)
    outline = tuple((_EDGE.search(name) is not None, *(one is None for one in numbers)) for name, numbers in points)
    shape = _shaped(chart, outline)
    return Drawn(chart, points, shape, shape.part.with_values(values), shape.sheet.with_values(values))


@lru_cache(maxsize=128)
def _shaped(chart: Chart, outline: Outline) -> Shape:
    wide = 1 + len(chart.columns)
    marks: list[Row] = [
        (
            f"{' ' * edge}{BEGIN}{at * wide}{END}",
            tuple(None if gap else _FIRST + at * wide + n for n, gap in enumerate(gaps, 1)),
        )
        for at, (edge, *gaps) in enumerate(outline)
    ]
    tree, heads = filled(chart, marks)
    book, sheet = _book(heads, marks)
    filled_in = [[at * wide + n for n, gap in enumerate(row) if not (n and gap)] for at, row in enumerate(outline)]
    names = [row[0] for row in filled_in]
    by_series = [
        slot for n in range(1, wide) for slot in (*names, *(s for row in filled_in for s in row if s % wide == n))
    ]
    by_row = [slot for row in filled_in for slot in row]
    return Shape(tuple(heads), _cut(serialised(tree), by_series), _cut(sheet, by_row), book)


def _cut(blob: bytes, slots: list[int]) -> Pieces:
    """The pieces between the marks. Raises `Unplain` unless exactly these marks stand in it, in this order."""
    found = _MARK.split(blob)
    marks = zip(found[1::3], found[2::3], strict=True)
    if [int(name or number) for name, number in marks] != slots:
        raise Unplain
    return Pieces(tuple(found[::3]), tuple(slots))


def _numbers(values: Iterable[float | None]) -> Iterable[str]:
    return (spelled(value) for value in values if value is not None)


def _find(name: str, blob: bytes, texts: Iterable[str]) -> None:
    """Each text, whole and in order, as the content of an element."""
    at = 0
    for text in texts:
        at = blob.find(f">{escape(text)}</".encode(), at) + 1
        if at == 0:
            raise TemplateError(f"图表没有原样印出「{shortened(text)}」（{name}）")


def _canonical(tree: object) -> bytes:
    return bytes(etree.tostring(tree, method="c14n"))
