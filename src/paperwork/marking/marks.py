"""Where a comment begins and ends in the document: three empty marks, put in and taken out again."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from paperwork.marking.comments import number_of
from paperwork.wordform.words import Element, W

_START, _END, _REFERENCE = W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference"


def taken(document: Element) -> set[int]:
    """The numbers of all comments that the document speaks of."""
    return {number for mark in document.iter(_START, _END, _REFERENCE) if (number := number_of(mark)) is not None}


def strip(document: Element, numbers: set[int]) -> None:
    """Takes the marks of these comments out, with the run that held nothing but the reference."""
    for mark in list(document.iter(_START, _END, _REFERENCE)):
        if number_of(mark) in numbers:
            parent = mark.getparent()
            parent.remove(mark)
            if mark.tag == _REFERENCE and all(child.tag == W + "rPr" for child in parent):
                parent.getparent().remove(parent)


def put(place: Element, number: int) -> None:
    """Marks all that stands in a cell or paragraph as what the comment speaks of."""
    paragraphs = list(paragraphs_of(place))
    first, last = paragraphs[0], paragraphs[-1]
    properties = first.find(W + "pPr")
    first.insert(0 if properties is None else first.index(properties) + 1, _mark(_START, number))
    last.append(_mark(_END, number))
    run = etree.SubElement(last, W + "r")
    run.append(_mark(_REFERENCE, number))


def paragraphs_of(place: Element) -> Iterator[Element]:
    """The paragraphs of a cell, not those of a table in it; a paragraph itself."""
    if place.tag == W + "p":
        yield place
        return
    for child in place:
        if isinstance(child.tag, str) and child.tag != W + "tbl":
            yield from paragraphs_of(child)


def _mark(tag: str, number: int) -> Element:
    mark = etree.Element(tag)
    mark.set(W + "id", str(number))
    return mark
