"""Forms: tables with fixed columns, labels, repeated heads and rows per item.

    form = paper.table(2, 5, 2, 5)
    form.row(label("案号"), cell("{{case.no}}"), label("立案日期"), cell("{{case.filed_on}}"))
    form.row(label("案由"), cell("{{case.act}}", span=3))
    with form.each("e in evidence"):
        form.row(cell("{{e.no}}"), …)

No row has a fixed height, and rows may break over pages unless they end in a signature: no text is ever cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from tools.templates.paragraphs import made_paragraph
from tools.templates.styles import W

FORM = (88, 158, 72, 124)
"""Two pairs of label and answer: six characters to a label, eighteen signs of a credit code to the first answer."""

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@dataclass(frozen=True)
class CellText:
    """What a cell holds: (style, text) per paragraph.

    `high` is a least height in lines, for writing by hand; `whole` keeps the row on one page.
    """

    paragraphs: tuple[tuple[str, str], ...]
    span: int = 1
    high: int = 0
    whole: bool = False


def cell(*texts: str, span: int = 1, high: int = 0) -> CellText:
    """Text, one paragraph each."""
    return CellText(tuple(("Cell", text) for text in texts), span, high=high)


def centred(text: str, span: int = 1) -> CellText:
    """Short text in the middle of its cell."""
    return CellText((("CellLabel", text),), span)


def label(*texts: str, span: int = 1) -> CellText:
    """The name of a field; a long one is given in two pieces, one above the other."""
    return CellText(tuple(("CellLabel", text) for text in texts), span)


def head(text: str, span: int = 1) -> CellText:
    """A column's or a section's heading."""
    return CellText((("CellHead", text),), span)


def opinion(*texts: str, signed: str, span: int = 1) -> CellText:
    """An opinion with a line for the hand below, at the right; its row is never torn, so that nobody signs a blank."""
    held = tuple(("CellHeld", text) for text in texts)
    return CellText((*held, ("CellRight", signed)), span, whole=True)


class Table:
    """A table in the making. `widths` are relative; `element` stands in the document from the start."""

    def __init__(self, widths: tuple[int, ...], total: int) -> None:
        self._widths = [total * width // sum(widths) for width in widths]
        self._widths[-1] += total - sum(self._widths)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self._widths)
        self.element = parse_xml(
            f'<w:tbl {W}><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid></w:tbl>"
        )

    def row(self, *cells: CellText, repeated: bool = False, held: bool = False) -> None:
        """One row; the spans must fill the grid. `repeated`: again at the top of every page; `held`: whole, and on
        the page of what follows."""
        if sum(one.span for one in cells) != len(self._widths):
            raise ValueError(f"the row fills {sum(one.span for one in cells)} of {len(self._widths)} columns")
        row = OxmlElement("w:tr")
        high = max(one.high for one in cells)
        flags = "<w:cantSplit/>" if held or any(one.whole for one in cells) else ""
        flags += f'<w:trHeight w:val="{high * 340}" w:hRule="atLeast"/>' if high else ""
        flags += "<w:tblHeader/>" if repeated else ""
        if flags:
            row.append(parse_xml(f"<w:trPr {W}>{flags}</w:trPr>"))
        at = 0
        for one in cells:
            row.append(_cell(one, sum(self._widths[at : at + one.span])))
            at += one.span
        for paragraph in row.iter(qn("w:p")) if held else ():
            paragraph.get_or_add_pPr().get_or_add_keepNext()
        self.element.append(row)

    def line(self, name: str, *texts: str, signed: str = "", high: int = 0) -> None:
        """A field across the whole table; `signed`: it is an opinion with a line for the hand below. One without words
        is the hand's."""
        rest = len(self._widths) - 1
        plain = cell(*(texts or ("_" * 10,)), span=rest, high=high)
        content = opinion(*texts, signed=signed, span=rest) if signed else plain
        self.row(label(*_pieces(name)), content)

    def pair(self, name: str, text: str, other: str, value: str) -> None:
        """Two short fields side by side, in a table of four columns."""
        self.row(label(*_pieces(name)), centred(text), label(*_pieces(other)), centred(value))

    def heads(self, *titles: str) -> None:
        """The head of a list, repeated on every page."""
        self.row(*(head(title) for title in titles), repeated=True)

    def section(self, title: str) -> None:
        """A heading across the whole table."""
        self.row(head(title, span=len(self._widths)))

    @contextmanager
    def each(self, items: str) -> Iterator[None]:
        """The rows within, for every `x in list`."""
        yield from self._around(f"for {items}", "endfor")

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """The rows within, only if the condition holds."""
        yield from self._around(f"if {condition}", "endif")

    def _around(self, first: str, last: str) -> Iterator[None]:
        self._tag(first)
        yield
        self._tag(last)

    def _tag(self, text: str) -> None:
        self.row(replace(cell(f"{{%tr {text} %}}"), span=len(self._widths)))


def _pieces(name: str) -> list[str]:
    """The name of a field, a long one in two pieces, one above the other."""
    return [name] if len(name) < 7 else [name[: (len(name) + 1) // 2], name[(len(name) + 1) // 2 :]]


def _cell(content: CellText, width: int) -> Any:
    element = parse_xml(f'<w:tc {W}><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr></w:tc>')
    properties = element.find(qn("w:tcPr"))
    if content.span > 1:
        properties.append(parse_xml(f'<w:gridSpan {W} w:val="{content.span}"/>'))
    if not content.high:
        properties.append(parse_xml(f'<w:vAlign {W} w:val="center"/>'))
    for style, text in content.paragraphs:
        element.append(made_paragraph(style, text))
    return element
