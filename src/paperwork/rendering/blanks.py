"""Blanks that nobody marked: a cell of a form that may stay empty, a value that may print as nothing.

An archive accepts no blank that could be filled in later. What is known not to be there is struck out （／）, what the
hand shall write is marked by a line （____）, and everything else must be answered. A template shows which of the three
each place is; so that no filling of it can leave a blank, every cell must hold words, a value, or both sides of a
question, and no value may have nothing as its second choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from jinja2 import TemplateSyntaxError, nodes

from paperwork.model import Problem
from paperwork.rendering.sandbox import Sandbox
from paperwork.rendering.wording import shortened

STROKE = "／"
_CELL = re.compile(r"<w:tc(?: [^>]*)?>(?:(?!<w:tc[ >]).)*?</w:tc>", re.DOTALL)
_ROW = re.compile(r"<w:tr[ >](?:(?!<w:tr[ >]).)*?</w:tr>", re.DOTALL)
_TAG = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.DOTALL)
_SHOWN = re.compile(r"<w:(?:drawing|pict|sym|fldSimple|instrText|object)\b")
_MERGED = re.compile(r'<w:vMerge(?: w:val="continue")?\s*/>')
_ADVICE = "没有此项的用「{% if 名称 == '' %}／{% else %}{{名称}}{% endif %}」划去；留给手写的写 ____"


def blank_problems(sources: Mapping[str, str]) -> Iterator[Problem]:
    """Every cell that may stay empty, and every value that may print as nothing; `sources` as docxtpl makes them."""
    for part, source in sources.items():
        yield from _cells(part, source)
        yield from _values(part, source)


def _cells(part: str, source: str) -> Iterator[Problem]:
    for row in _ROW.findall(source):
        told = shortened(re.sub(r"\s+", " ", _words(row)).strip())
        for cell in _CELL.findall(row):
            tree = None if _MERGED.search(cell) or _SHOWN.search(cell) else _parsed(_words(cell))
            if tree is not None and not _always(tree.body):
                where = f"{part}：「{_line(cell) or told}」"
                yield Problem("E-TEMPLATE-BLANK", where, f"这一行有一栏可能空着：{told}", _ADVICE)


def _values(part: str, source: str) -> Iterator[Problem]:
    for tag in re.findall(r"\{\{.*?\}\}", source, re.DOTALL):
        tree = _parsed(tag)
        if tree is not None and any(_may_be_nothing(one) for out in tree.find_all(nodes.Output) for one in out.nodes):
            what = f"这个标记可能什么也不印：{shortened(tag)}"
            yield Problem("E-TEMPLATE-BLANK", f"{part}：「{shortened(tag)}」", what, _ADVICE)


def _words(source: str) -> str:
    """A piece of a source without its markup; what stands in tags stays."""
    return "".join(piece if piece.startswith("{") else re.sub(r"<[^>]*>", "", piece) for piece in _TAG.split(source))


def _line(cell: str) -> str:
    """The first paragraph of the cell that has words: a place to find it by."""
    lines = (_words(line).strip() for line in cell.splitlines())
    return shortened(next((line for line in lines if line), ""))


def _parsed(text: str) -> nodes.Template | None:
    """None for what is no template by itself: tags across cells, a broken tag that is told elsewhere."""
    try:
        return Sandbox().parse(text)
    except TemplateSyntaxError:
        return None


def _always(body: Sequence[nodes.Node]) -> bool:
    """Whether something is printed in every case."""
    return any(_prints(node) for node in body)


def _prints(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Output):
        return any(not isinstance(one, nodes.TemplateData) or bool(one.data.strip()) for one in node.nodes)
    if isinstance(node, nodes.If):
        return all(_always(body) for body in (node.body, *(one.body for one in node.elif_), node.else_))
    if isinstance(node, nodes.For):
        return _always(node.body) and _always(node.else_)
    return isinstance(node, nodes.With) and _always(node.body)


def _may_be_nothing(node: nodes.Node | None) -> bool:
    """Whether an expression has nothing as its second choice: `x or ''`, `x|default('')`, `'' if x else y`."""
    if isinstance(node, nodes.Const):
        return bool(node.value == "")
    if isinstance(node, nodes.Or):
        return _may_be_nothing(node.right)
    if isinstance(node, nodes.CondExpr):
        return _may_be_nothing(node.expr1) or (node.expr2 is not None and _may_be_nothing(node.expr2))
    if isinstance(node, nodes.Filter):
        if node.name in ("default", "d"):
            return not node.args or _may_be_nothing(node.args[0])
        return _may_be_nothing(node.node)
    return False
