"""docxtpl's own way of filling a template, made strict: what `compiled` is held against, and what it falls back to.

A pure function: no clock, no file, no state between two documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import TemplateError as JinjaError
from lxml import etree

from paperwork.errors import TemplateError
from paperwork.model import Json
from paperwork.rendering.analysis import Analysis, engine, joined, line_of
from paperwork.rendering.package import Tree, packed, serialised
from paperwork.rendering.plots import drawn_whole
from paperwork.rendering.proof import is_issued, prove_document, prove_no_blank, prove_values
from paperwork.rendering.properties import described
from paperwork.rendering.refusals import MissingFacts
from paperwork.rendering.sandbox import Sandbox
from paperwork.rendering.wording import plain, unmarked
from paperwork.rendering.writing import NOW, Writing


@dataclass(frozen=True)
class Filled:
    """One part after Jinja: its XML, values still marked, and the values in the order in which they were printed."""

    xml: str
    printed: tuple[str, ...]


def filled(analysis: Analysis, context: Json) -> bytes:
    """The document of a sound template. Raises `MissingFacts` and `TemplateError` as `rendering.render` does."""
    parts_filled, drawn = _filled(analysis, context)
    trees = {name: finished(name, part) for name, part in parts_filled.items()}
    parts = {**analysis.parts, **described(analysis.types, context), **drawn}
    parts.update(drawn_whole(analysis.charts, context))
    parts.update((name, serialised(tree)) for name, tree in trees.items())
    if is_issued(context):
        for name, tree in trees.items():
            prove_no_blank(name, serialised(tree))
    document = packed(parts)
    prove_document(document, parts, {name: unmarked_text(part.xml) for name, part in parts_filled.items()})
    return document


def unmarked_text(xml: str) -> str:
    """All character data of a filled part, marks removed: what the finished part must hold, no more and no less."""
    return unmarked("".join(etree.fromstring(xml.encode()).itertext()))


def _filled(analysis: Analysis, context: Mapping[str, Json]) -> tuple[dict[str, Filled], dict[str, bytes]]:
    """The parts with tags, and the members that pictures change or add."""
    sandbox, writing = Sandbox(), Writing(context, analysis.parts)
    token = NOW.set(writing)
    made = {}
    try:
        for name, source in analysis.sources.items():
            start, writing.pictures.part = len(writing.printed), name
            xml = _run(sandbox, name, source, context)
            made[name] = Filled(xml, tuple(writing.printed[start:]))
    finally:
        NOW.reset(token)
    if writing.missing:
        raise MissingFacts(writing.missing)
    return made, writing.pictures.members()


def _run(sandbox: Sandbox, name: str, source: str, context: Mapping[str, Json]) -> str:
    try:
        xml = sandbox.from_string(source).render(context)
    except (JinjaError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        place = line_of(source, _line(error))
        raise TemplateError(f"文书模板无法套打：{error}（{name}：「{place}」）") from error
    return str(engine().resolve_listing(joined(xml)))  # newline and tab of values become Word's own


def _line(error: BaseException) -> int:
    """The template's line where it happened: Jinja shows it as a frame of its own."""
    number, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            number = trace.tb_lineno
        trace = trace.tb_next
    return number


def _strict(name: str, xml: str) -> Tree:
    """Before docxtpl mends tables: its parser drops whatever follows a fault."""
    try:
        return etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        line, column = getattr(error, "position", (1, 0))
        place = plain(unmarked(xml.splitlines()[line - 1][max(0, column - 400) : column])) if xml else ""
        message = f"标记的位置不对，套打后的文书不完整（{name}，「{place}」之后）"
        raise TemplateError(message, advice="if 与 endif、for 与 endfor 应当在同一段落，或者各自独占一段") from error


def finished(name: str, part: Filled) -> Tree:
    """The proof of the values, then the marks go; then docxtpl mends table grids and picture numbers."""
    prove_values(name, _strict(name, part.xml), part.printed)
    mender = engine()
    mender.docx_ids_index = 1000
    try:
        tree = mender.fix_tables(unmarked(part.xml))
    except (AttributeError, ValueError) as error:
        message = f"模板的表格没有列宽表，或者合并的列数不是数，请在 Word 中重新插入该表格（{name}）"
        raise TemplateError(message) from error
    mender.fix_docpr_ids(tree)
    return tree
