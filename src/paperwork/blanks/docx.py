"""A form as a blank Word file: what a clerk clicks through, and what `readers.docx` finds again by its tags."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

from paperwork.blanks.controls import run
from paperwork.blanks.parts import HEAD, NAMESPACES, packed, surroundings
from paperwork.blanks.prefilled import EMPTY, Prefilled
from paperwork.blanks.questions import Asked, Listed, identification, parts
from paperwork.blanks.tables import listing, pairs
from paperwork.model import Fact, Form, Section

_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1021" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
    "</w:sectPr>"
)


def build(form: Form, facts: Mapping[str, Fact], prefilled: Prefilled = EMPTY) -> bytes:
    """The blank of `form`: A4 upright, a content control for every answer, the same bytes for the same arguments.

    With Jinja tags among the prefilled texts the bytes serve as a template. KeyError when a section names a fact that
    `facts` does not hold: the catalogue checks that before. ValueError when several items are prefilled where a section
    laid out in pairs has room for one.
    """
    body = [_paragraph("Title", form.title)]
    if form.intro:
        body.append(_paragraph("Intro", form.intro))
    body.append(_table(identification(form, prefilled)))
    for section in form.sections:
        body.append(_paragraph("Heading1", section.title))
        body.append(_section(section, facts, prefilled))
    body.append(_paragraph("Gap", ""))  # Word wants a paragraph behind the last table
    document = f"{HEAD}<w:document {NAMESPACES}><w:body>{''.join(body)}{_PAGE}</w:body></w:document>"
    around = surroundings(form.title, form.id, form.version)
    first = {name: around.pop(name) for name in ("[Content_Types].xml", "_rels/.rels")}
    return packed({**first, "word/document.xml": _numbered(document), **around})


def _section(section: Section, facts: Mapping[str, Fact], prefilled: Prefilled) -> str:
    tables = [_table(part) for part in parts(section, facts, prefilled)]
    return _paragraph("Gap", "").join(tables)  # two tables that touch would become one


def _table(part: Asked | Listed) -> str:
    if isinstance(part, Listed):
        return listing(part.name, part.columns, part.rows, part.none)
    return pairs(part.questions, dense=part.dense)


def _paragraph(style: str, text: str) -> str:
    words = run(text) if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{words}</w:p>'


def _numbered(document: str) -> str:
    count = itertools.count(1)
    return re.sub(r'<w:id w:val="0"/>', lambda _: f'<w:id w:val="{next(count)}"/>', document)
