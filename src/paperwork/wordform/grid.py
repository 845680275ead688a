"""The body of a Word document: paragraphs, and tables as rows of cells with their final words and grid places."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from paperwork.kept import Alike
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


def content_of(root: Element, *, placed: bool = True) -> Content:
    """What stands in the document with this root element. Raises `Unreadable` when it has no body.

    `placed`: the words know where they stand, for who marks the document. Who only reads it does not ask, and is given
    what was read before of a table or paragraph with the same XML: most of a form is alike in all that come in.
    """
    body = root.find(W + "body")
    if body is None:
        raise damaged("没有正文")
    if placed:
        return tuple(_block(block) for block in blocks(body))
    return tuple(_BLOCKS.read(_xml(block), functools.partial(_block, block, placed=False)) for block in blocks(body))


def _block(block: Element, *, placed: bool = True) -> Words | tuple[Row, ...]:
    if block.tag == W + "tbl":
        return rows(block, placed=placed)
    said = words(block)
    return said if placed else said.standing(None).learned()


_BLOCKS: Alike[Words | tuple[Row, ...]] = Alike(1024)
_CELLS: Alike[tuple[Cell, bool]] = Alike(4096)


def _xml(element: Element) -> bytes:
    return bytes(etree.tostring(element, encoding="UTF-8", xml_declaration=False, with_tail=False))


def all_words(content: Content) -> Iterator[Words]:
    """Every paragraph and every cell of every table."""
    for said in content:
        if isinstance(said, Words):
            yield said
        else:
            yield from (cell.words for row in said for cell in row)


def rows(table: Element, *, placed: bool = True) -> tuple[Row, ...]:
    """The rows that are left once tracked changes are taken as made. A merged cell repeats the text above it."""
    found: list[Row] = []
    above: dict[int, Cell] = {}
    for tr, _ in _through(table, W + "tr", None):
        if tr.find(f"{W}trPr/{W}del") is not None:
            continue
        row = tuple(_cells(tr, placed))
        row = tuple(_from_above(cell, above) for cell in row)
        above = {cell.column: cell for cell in row}
        if row:
            found.append(row)
    return tuple(found)


def _cells(tr: Element, placed: bool) -> Iterator[Cell]:
    column = _number(tr.find(f"{W}trPr/{W}gridBefore"), 0)
    for tc, around in _through(tr, W + "tc", None):
        read = functools.partial(_read, tc, around)
        cell, gone = _CELLS.read(_xml(tc), read) if around is None else read()
        if not gone:
            said = cell.words.standing(tc) if placed else cell.words
            yield Cell(said, cell.text, column, cell.span, cell.merged)
        column += cell.span


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
    said = words(tc, around).standing(None).learned()
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
