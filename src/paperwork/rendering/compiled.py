"""A template made ready once, so that a document costs no more than its facts.

docxtpl reads the tags and Jinja compiles them, once per template; what every filling has in common is proven once
(`skeleton`). A document is then: the facts put between ready pieces of bytes, the changed parts deflated, the rest
copied. The first document that uses a piece of the template is proven as completely as if docxtpl had made it; all
others by reading back the finished bytes. A template that this cannot hold says why, and docxtpl does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType
from typing import Any

from jinja2 import Template, nodes

from paperwork.errors import TemplateError
from paperwork.model import Json
from paperwork.rendering.analysis import Analysis, engine, joined, sound
from paperwork.rendering.archive import Archive, read_back
from paperwork.rendering.listing import listed
from paperwork.rendering.package import Parts, Tree, parsed, serialised
from paperwork.rendering.plots import Drawn, Unplain, drawn
from paperwork.rendering.proof import is_issued, prove_document, prove_fixed, prove_no_blank, prove_part, prove_values
from paperwork.rendering.properties import CORE, described
from paperwork.rendering.reference import Filled, finished
from paperwork.rendering.refusals import MissingFacts
from paperwork.rendering.sandbox import SwiftSandbox, swift_loops
from paperwork.rendering.skeleton import Skeleton, Unheld, skeleton
from paperwork.rendering.values import carried
from paperwork.rendering.wording import unmarked
from paperwork.rendering.writing import NOW, MarkedWriting, SwiftWriting

_HEAD = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_NO_ROW = b"</w:tblGrid></w:tbl>"  # a table that lost all its rows: docxtpl takes its columns away
_PICTURE = re.compile(rb'(<wp:docPr\b[^>]*?\bid=")[^"]*(")')


@dataclass(frozen=True)
class Part:
    """One part with tags. `unproven` are the pieces that no completely proven document has used yet."""

    name: str
    template: Template
    skeleton: Skeleton
    pictures: bool
    tabs: bool  # the template's own words hold a tab, which docxtpl writes as an element
    unproven: set[bytes] = field(default_factory=set)

    def written(self, context: Mapping[str, Any]) -> list[bytes]:
        """The pieces of the part: the template's and the values'."""
        template = self.template
        inside: Any = SwiftSandbox.context_class(
            template.environment, {**template.globals, **context}, template.name, template.blocks
        )
        inside.pieces.append(_HEAD)
        for _ in self.template.root_render_func(inside):
            pass  # whatever is printed goes into the list
        pieces: list[bytes] = inside.pieces
        return pieces

    def finished(self, pieces: list[bytes], writing: SwiftWriting) -> bytes:
        """The part's bytes. Raises `Unheld` for values that stand where only docxtpl knows what becomes of them."""
        data = b"".join(pieces)
        if writing.pictures.any and not self.skeleton.in_runs:
            raise Unheld("图片印在了文字之外")
        if writing.listing or self.tabs:
            if self.skeleton.in_attributes:
                raise Unheld("属性中印有换行的值")
            data = listed(data)
        if self.skeleton.grids_vary or (self.skeleton.tables_vanish and _NO_ROW in data):
            data = _mended(data)
        if self.pictures or writing.pictures.any:
            data = _numbered(data)
        return data


@dataclass
class Written:
    """Changed parts, what was printed in each, and the parts that used pieces which are not proven yet."""

    changed: dict[str, bytes] = field(default_factory=dict)
    drawn: dict[str, bytes] = field(default_factory=dict)  # with pictures: all the rest of the file
    printed: dict[str, list[str]] = field(default_factory=dict)
    fresh: list[tuple[Part, list[bytes]]] = field(default_factory=list)
    charts: tuple[Drawn, ...] = ()


@dataclass(frozen=True)
class Compiled:
    """A template ready to be filled. `reasons` say why docxtpl must fill it instead; then it has no parts."""

    analysis: Analysis
    parts: tuple[Part, ...]
    archive: Archive | None
    names: frozenset[str]
    constant: Parts = field(default_factory=dict)  # the members that `archive` copies
    reasons: tuple[str, ...] = ()

    def filled(self, context: Mapping[str, Json]) -> bytes | None:
        """The document, proven; None when docxtpl must make this one. Raises `MissingFacts`."""
        made = self.written(context)
        if made is None or self.archive is None:
            return None
        document = self.packed(made)
        self._prove(document, made, is_issued(context))
        if made.fresh:
            self._prove_all(document, {**made.drawn, **made.changed}, context)
            for part, pieces in made.fresh:
                part.unproven.difference_update(pieces)
        return document

    def packed(self, made: Written) -> bytes:
        """The file; pictures change members that else are copied, so such a file is packed whole."""
        assert self.archive is not None
        return Archive(made.drawn).filled(made.changed) if made.drawn else self.archive.filled(made.changed)

    def written(self, context: Mapping[str, Json]) -> Written | None:
        """The parts that these facts change; None when docxtpl must write them. Raises `MissingFacts`."""
        writing = SwiftWriting(context, self.analysis.parts)
        token = NOW.set(writing)
        made = Written()
        try:
            for part in self.parts:
                writing.listing, start, writing.pictures.part = False, len(writing.printed), part.name
                pieces = part.written(context)
                if not writing.missing:
                    made.changed[part.name] = part.finished(pieces, writing)
                    made.printed[part.name] = writing.printed[start:]
                if part.unproven and not part.unproven.isdisjoint(pieces):
                    made.fresh.append((part, pieces))
        except Exception:  # docxtpl's way meets the same and tells it with its place, or makes the document
            return None
        finally:
            NOW.reset(token)
        if writing.missing:
            raise MissingFacts(writing.missing)
        if not writing.sound():
            return None
        try:
            made.charts = drawn(self.analysis.charts, context)
        except Unplain:
            return None
        for chart in made.charts:
            made.changed.update(chart.members())
        made.changed.update(described(self.analysis.types, context, CORE))
        if writing.pictures.any:
            made.drawn = {**self.constant, **writing.pictures.members()}
        return made

    def _prove(self, document: bytes, made: Written, issued: bool) -> None:
        """The proof that every document gets: from its finished bytes, what was printed and what never may lack."""
        members = read_back(document, made.changed)
        if members.keys() != (self.names | made.drawn.keys()):
            raise TemplateError("文书的部件与模板不一致")
        for part in self.parts:
            printed = () if part.skeleton.in_attributes else made.printed[part.name]  # those are proven between marks
            prove_part(part.name, members[part.name], printed, part.skeleton.fixed_bytes)
            if issued:
                prove_no_blank(part.name, members[part.name])
        for chart in made.charts:
            chart.prove(members)

    def _prove_all(self, document: bytes, changed: Parts, context: Mapping[str, Json]) -> None:
        """The complete proof: values between marks, read back from strict XML; the file opened as readers open it."""
        writing = MarkedWriting(context, self.analysis.parts)
        token = NOW.set(writing)
        texts = {}
        try:
            for part in self.parts:
                start, writing.pictures.part = len(writing.printed), part.name
                data = listed(b"".join(part.written(context)))
                tree: Tree = parsed(data, part.name)
                prove_values(part.name, tree, tuple(writing.printed[start:]))
                prove_fixed(part.name, tree, part.skeleton.fixed, part.skeleton.paragraphs)
                texts[part.name] = unmarked("".join(tree.itertext()))
        finally:
            NOW.reset(token)
        prove_document(document, {**self.analysis.parts, **changed}, texts)


@lru_cache(maxsize=256)
def compiled(template: bytes) -> Compiled:
    """Kept by the template's bytes. Raises `TemplateError` with every problem when the template is not sound."""
    analysis = sound(template)
    try:
        parts, constant = _parts(analysis)
    except Unheld as reason:
        return Compiled(analysis, (), None, frozenset(), reasons=(str(reason),))
    described_once = described(analysis.types, {})
    changing = {part.name for part in parts} | {name for name in described_once if analysis.types[name] == CORE}
    changing |= {name for chart in analysis.charts for name in (chart.part, chart.workbook)}
    still = {**analysis.parts, **constant, **described_once}
    copied = {name: blob for name, blob in still.items() if name not in changing}
    return Compiled(analysis, parts, Archive(copied), frozenset(analysis.parts), copied)


def _parts(analysis: Analysis) -> tuple[tuple[Part, ...], dict[str, bytes]]:
    """The parts that facts change, and the finished bytes of those that have no tags."""
    environment = SwiftSandbox()
    parts, constant = [], {}
    for name, source in analysis.sources.items():
        whole = joined(source)
        tree = environment.parse(whole)
        numbered = _drawings_stand_still(tree)
        if numbered:
            tree = environment.parse(_numbered(whole.encode()).decode())
        if _still(tree):
            constant[name] = serialised(finished(name, Filled(engine().resolve_listing("".join(_words(tree))), ())))
            continue
        if not all(carried(str(one.value)) for one in tree.find_all(nodes.Const)):
            raise Unheld("标记里写了文书不能容纳的字符")
        code = environment.compile(tree)
        template = Template.from_code(environment, code, {})
        swift_loops(tree, template.root_render_func.__globals__)
        words = "".join(_words(tree))
        part = Part(name, template, skeleton(tree), not numbered and "<wp:docPr" in words, "\t" in words)
        part.unproven.update(_constants(code))
        parts.append(part)
    return tuple(parts), constant


def _numbered(data: bytes) -> bytes:
    """Drawings counted from 1001 on, as docxtpl counts them."""
    numbers = iter(range(1001, 1 << 30))
    return _PICTURE.sub(lambda found: found[1] + b"%d" % next(numbers) + found[2], data)


def _drawings_stand_still(tree: nodes.Template) -> bool:
    """Whether the template's drawings stand in every filling, once each: then they can be counted beforehand."""
    always = [
        one.data
        for out in tree.body
        if isinstance(out, nodes.Output)
        for one in out.nodes
        if isinstance(one, nodes.TemplateData)
    ]
    return "".join(always).count("<wp:docPr") == "".join(_words(tree)).count("<wp:docPr") > 0


def _still(tree: nodes.Template) -> bool:
    return all(
        isinstance(child, nodes.Output) and all(isinstance(one, nodes.TemplateData) for one in child.nodes)
        for child in tree.body
    )


def _words(tree: nodes.Template) -> Iterator[str]:
    return (data.data for data in tree.find_all(nodes.TemplateData))


def _constants(code: CodeType) -> Iterator[bytes]:
    """The pieces of bytes that the compiled template joins."""
    for constant in code.co_consts:
        if isinstance(constant, bytes):
            yield constant
        elif isinstance(constant, tuple):
            yield from (one for one in constant if isinstance(one, bytes))
        elif isinstance(constant, CodeType):
            yield from _constants(constant)


def _mended(data: bytes) -> bytes:
    """The columns of tables whose rows vary, as docxtpl mends them."""
    return serialised(engine().fix_tables(data.removeprefix(_HEAD).decode()))
