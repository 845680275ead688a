"""Fill a template and prove the result. A pure function: no clock, no file, no state between two documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import TemplateError as JinjaError
from lxml import etree

from paperwork.errors import TemplateError
from paperwork.model import Json
from paperwork.rendering.analysis import Analysis, engine, line_of, sound
from paperwork.rendering.package import Tree, packed, parsed, serialised
from paperwork.rendering.proof import prove_document, prove_values
from paperwork.rendering.properties import described
from paperwork.rendering.refusals import MissingFacts
from paperwork.rendering.sandbox import Sandbox
from paperwork.rendering.values import require_printable
from paperwork.rendering.wording import BEGIN, plain, unmarked


@dataclass(frozen=True)
class Filled:
    """One part after Jinja: its XML, values still marked, and the values in the order in which they were printed."""

    xml: str
    printed: tuple[str, ...]


def render(template: bytes, context: Json) -> bytes:
    """The document: bytes of a .docx, the same for the same template and context.

    `context` is JSON whose printed values are strings or numbers. Raises `BadCharacters` before anything is made,
    `MissingFacts` with every name that should be printed and is not given, and `TemplateError` for a template that
    is not sound or whose result cannot be proven.
    """
    require_printable(context)
    analysis = sound(template)
    filled = _filled(analysis, context)
    trees = {name: _finished(name, part) for name, part in filled.items()}
    parts = {**analysis.parts, **described(analysis.types, context)}
    parts.update((name, serialised(tree)) for name, tree in trees.items())
    document = packed(parts)
    prove_document(document, parts, {name: unmarked_text(part.xml) for name, part in filled.items()})
    return document


def unmarked_text(xml: str) -> str:
    """All character data of a filled part, marks removed: what the finished part must hold, no more and no less."""
    return unmarked("".join(etree.fromstring(xml.encode()).itertext()))


def _filled(analysis: Analysis, context: Mapping[str, Json]) -> dict[str, Filled]:
    sandbox = Sandbox(context)
    filled = {}
    for name, source in analysis.sources.items():
        start = len(sandbox.printed)
        xml = _run(sandbox, name, source, context)
        filled[name] = Filled(xml, tuple(sandbox.printed[start:]))
    if sandbox.missing:
        raise MissingFacts(sandbox.missing)
    return {name: Filled(_strict(name, part.xml), part.printed) for name, part in filled.items()}


def _run(sandbox: Sandbox, name: str, source: str, context: Mapping[str, Json]) -> str:
    try:
        xml = sandbox.from_string(source).render(context)
    except (JinjaError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        place = line_of(source, _line(error))
        raise TemplateError(f"文书模板无法套打：{error}（{name}：「{place}」）") from error
    xml = re.sub(r"\n<w:p([ >])", r"<w:p\1", xml)
    return str(engine().resolve_listing(xml))  # newline and tab of values become Word's own


def _line(error: BaseException) -> int:
    """The template's line where it happened: Jinja shows it as a frame of its own."""
    number, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            number = trace.tb_lineno
        trace = trace.tb_next
    return number


def _strict(name: str, xml: str) -> str:
    """Before docxtpl mends tables: its parser drops whatever follows a fault."""
    try:
        etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        line, column = getattr(error, "position", (1, 0))
        place = plain(unmarked(xml.splitlines()[line - 1][max(0, column - 400) : column])) if xml else ""
        message = f"标记的位置不对，套打后的文书不完整（{name}，「{place}」之后）"
        raise TemplateError(message, advice="if 与 endif、for 与 endfor 应当在同一段落，或者各自独占一段") from error
    return xml


def _finished(name: str, part: Filled) -> Tree:
    """docxtpl's mending of table grids and picture numbers, then the proof of the values, then the marks go."""
    mender = engine()
    mender.docx_ids_index = 1000
    try:
        tree = mender.fix_tables(part.xml)
    except AttributeError as error:
        raise TemplateError(f"模板的表格没有列宽表，请在 Word 中重新插入该表格（{name}）") from error
    mender.fix_docpr_ids(tree)
    tree = parsed(etree.tostring(tree, encoding="UTF-8"), name)
    prove_values(name, tree, part.printed)
    for element in tree.iter():
        for key, value in element.attrib.items():
            if BEGIN in value:
                element.set(key, unmarked(value))
        if element.text:
            element.text = unmarked(element.text)
        if element.tail:
            element.tail = unmarked(element.tail)
    return tree
