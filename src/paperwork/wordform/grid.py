"""The body of a Word document: paragraphs, and tables as rows of cells with their final words and grid places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from paperwork.wordform.unreadable import damaged
from paperwork.wordform.words import Element, W, Words, blocks, words


@dataclass(frozen=True)
class Cell:
    """One cell. `column` counts grid columns from 0; a cell merged over three columns spans three."""

    words: Words
    text: str
    column: int
    span: int = 1
    merged: bool = False  # it goes on from the cell above

    @property
    def blank(self) -> bool:
        """Nothing was written here."""
        return not self.text


_SDT, _CONTENT, _TCPR, _VAL = W + "sdt", W + "sdtContent", W + "tcPr", W + "val"
_SPAN, _MERGE, _CELL_DELETED = W + "gridSpan", W + "vMerge", W + "cellDel"
_HOLDING = {W + "ins", W + "moveTo", W + "customXml"}

Row = tuple[Cell, ...]
Content = tuple[Words | tuple[Row, ...], ...]  # a paragraph or a table each, in their order


def content_of(root: Element) -> Content:
    """What stands in the document with this root element. Raises `Unreadable` when it has no body."""
    body = root.find(W + "body")
    if body is None:
        raise damaged("没有正文")
    return tuple(rows(block) if block.tag == W + "tbl" else words(block) for block in blocks(body))


def all_words(content: Content) -> Iterator[Words]:
    """Every paragraph and every cell of every table."""
    for said in content:
        if isinstance(said, Words):
            yield said
        else:
            yield from (cell.words for row in said for cell in row)


def rows(table: Element) -> tuple[Row, ...]:
    """The rows that are left once tracked changes are taken as made. A merged cell repeats the text above it."""
    found: list[Row] = []
    above: dict[int, Cell] = {}
    for tr, _ in _through(table, W + "tr", None):
        if tr.find(f"{W}trPr/{W}del") is not None:
            continue
        row = tuple(_cells(tr))
        row = tuple(_from_above(cell, above) for cell in row)
        above = {cell.column: cell for cell in row}
        if row:
            found.append(row)
    return tuple(found)


def _cells(tr: Element) -> Iterator[Cell]:
    column = _number(tr.find(f"{W}trPr/{W}gridBefore"), 0)
    for tc, around in _through(tr, W + "tc", None):
        cell, gone = _cell(tc) if around is None else _read(tc, around)
        if not gone:
            yield Cell(cell.words.standing(tc), cell.text, column, cell.span, cell.merged)
        column += cell.span


def _cell(tc: Element) -> tuple[Cell, bool]:
    """`_read`, once for the same XML: most cells of a form are labels, and blank, and alike in all that come in."""
    written = etree.tostring(tc, encoding="UTF-8", xml_declaration=False, with_tail=False)
    found = _read_before.get(written)
    if found is None:
        found = _read(tc, None)
        if len(written) <= _LONG:
            if len(_read_before) >= _MOST_KEPT:
                _read_before.clear()
            _read_before[written] = found
    return found


_read_before: dict[bytes, tuple[Cell, bool]] = {}
_LONG, _MOST_KEPT = 16 * 1024, 4096


def _read(tc: Element, around: Element | None) -> tuple[Cell, bool]:
    """A cell, in column 0 and standing nowhere; and whether a tracked change has deleted it."""
    properties = tc.find(_TCPR)
    span, merged, gone = 1, False, False
    for one in properties if properties is not None else ():
        if one.tag == _SPAN:
            span = _number(one, 1)
        elif one.tag == _MERGE:
            merged = one.get(_VAL, "continue") != "restart"
        elif one.tag == _CELL_DELETED:
            gone = True
    said = words(tc, around).standing(None)
    said.learn()
    return Cell(said, said.text, 0, span, merged), gone


def _from_above(cell: Cell, above: dict[int, Cell]) -> Cell:
    if not cell.merged or cell.column not in above:
        return cell
    top = above[cell.column]
    return replace(cell, words=Words((), (), top.words.at), text=top.text)


def _through(parent: Element, wanted: str, around: Element | None) -> Iterator[tuple[Element, Element | None]]:
    """Rows of a table or cells of a row, also those that a content control or an insertion holds."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child, around
        elif tag == _SDT:
            for content in child.iterchildren(_CONTENT):
                yield from _through(content, wanted, child)
        elif tag in _HOLDING:
            yield from _through(child, wanted, around)


def _number(element: Element | None, otherwise: int) -> int:
    try:
        return otherwise if element is None else int(str(element.get(W + "val", otherwise)))
    except ValueError:
        return otherwise
