"""A form as a blank Word file: what a clerk clicks through, and what `readers.docx` finds again by its tags."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from paperwork.blanks.controls import Answer, run
from paperwork.blanks.parts import HEAD, NAMESPACES, packed, surroundings
from paperwork.blanks.prefilled import EMPTY, Prefilled
from paperwork.blanks.tables import Question, listing, pairs
from paperwork.model import Fact, Field, Form, Section

_DAY = Fact("submitted_at", "填表日期", "date")
_ONLY = 1  # the number in the tags of an item that stands alone
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
    body.append(pairs(list(_identification(form, prefilled))))
    for section in form.sections:
        body.append(_paragraph("Heading1", section.title))
        body.append(_section(section, facts, prefilled))
    body.append(_paragraph("Gap", ""))  # Word wants a paragraph behind the last table
    document = f"{HEAD}<w:document {NAMESPACES}><w:body>{''.join(body)}{_PAGE}</w:body></w:document>"
    around = surroundings(form.title, form.id, form.version)
    first = {name: around.pop(name) for name in ("[Content_Types].xml", "_rels/.rels")}
    return packed({**first, "word/document.xml": _numbered(document), **around})


def _identification(form: Form, prefilled: Prefilled) -> Iterator[Question]:
    meta = prefilled.meta
    joins = not form.opens
    hint = "" if joins else "新立的事项不填"
    yield Question(Answer("matter", "案号或编号", text=meta.get("matter", "")), required=joins, hint=hint)
    if joins and "party.name" not in {field.fact for section in form.sections for field in section.fields}:
        yield Question(Answer("party", "当事人", text=meta.get("party", "")), required=True)
    yield Question(Answer("submitted_by", "填表人", text=meta.get("submitted_by", "")))
    yield Question(Answer("submitted_at", "填表日期", _DAY, meta.get("submitted_at", "")))
    corrects = Answer("corrects", "更正的回执编号", text=meta.get("corrects", ""))
    yield Question(corrects, hint="更正已交的表时填写")


def _section(section: Section, facts: Mapping[str, Fact], prefilled: Prefilled) -> str:
    parts = []
    if section.fields:
        parts.append(pairs([_asked(field, facts[field.fact], prefilled) for field in section.fields]))
    if section.list:
        if section.common:
            parts.append(pairs([_asked_once(section, field, facts, prefilled) for field in section.common]))
        ask = _one_item if section.layout == "pairs" else _list
        parts.append(ask(section, facts[section.list], prefilled))
    return _paragraph("Gap", "").join(parts)  # two tables that touch would become one


def _asked(field: Field, fact: Fact, prefilled: Prefilled) -> Question:
    return _question(field, Answer(field.fact, field.label, fact, prefilled.values.get(field.fact, "")))


def _asked_once(section: Section, field: Field, facts: Mapping[str, Fact], prefilled: Prefilled) -> Question:
    short = _short(section, field)
    name = f"{section.list}.{short}"
    text = prefilled.values.get(name, prefilled.meta.get(short, ""))
    return _question(field, Answer(name, field.label, facts[section.list].items[short], text))


def _one_item(section: Section, fact: Fact, prefilled: Prefilled) -> str:
    given = prefilled.items.get(section.list) or ({},)
    if len(given) > 1:
        raise ValueError(f"{section.list} is asked in pairs: one item has room, {len(given)} were given")
    asked = [_question(field, _entry(section, fact, field, _ONLY, given[0])) for field in section.columns]
    return pairs(asked, dense=True)


def _list(section: Section, fact: Fact, prefilled: Prefilled) -> str:
    given = prefilled.items.get(section.list)
    columns = [_question(f, Answer(f.fact, f.label, fact.items[_short(section, f)])) for f in section.columns]
    rows = []
    # an adds list comes with exactly the rows that are asked for (the open steps of an approval)
    count = len(given) if given and section.mode == "adds" else max(section.rows, len(given or ()))
    for n in range(count):
        item = given[n] if given and n < len(given) else {}
        rows.append([_entry(section, fact, field, n, item) for field in section.columns])
    # steps that were asked for cannot be answered with 无
    none = None if given and section.mode == "adds" else given == ()
    return listing(section.list, columns, rows, none)


def _entry(section: Section, fact: Fact, field: Field, row: int, item: Mapping[str, str]) -> Answer:
    short = _short(section, field)
    text = item.get(short, "")
    locked = bool(text) and section.mode == "adds" and short in fact.key
    return Answer(f"{section.list}[{row}].{short}", field.label, fact.items[short], text, locked)


def _short(section: Section, field: Field) -> str:
    return field.fact.removeprefix(f"{section.list}.")


def _question(field: Field, answer: Answer) -> Question:
    return Question(answer, field.required, field.help, field.example)


def _paragraph(style: str, text: str) -> str:
    words = run(text) if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{words}</w:p>'


def _numbered(document: str) -> str:
    count = itertools.count(1)
    return re.sub(r'<w:id w:val="0"/>', lambda _: f'<w:id w:val="{next(count)}"/>', document)
