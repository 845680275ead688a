"""What every filling of a template has in common, shown once: the template's own XML with all its branches in a row.

Where a branch begins and ends stands a processing instruction, where a value is printed stands a mark. If that is
strict XML, each branch lies within one parent and each value within text, then every filling is strict XML too:
leaving out or repeating whole children of one parent keeps it so, and an escaped value adds no markup. So the check
that docxtpl's way needs for each document is made for the template, once.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from jinja2 import nodes
from lxml import etree

from paperwork.rendering.package import Tree
from paperwork.rendering.wording import BEGIN, END, W

_BRANCH = "branch"
_MARKUP = re.compile('[<>"]')
_HELD = (nodes.Output, nodes.If, nodes.For, nodes.Assign, nodes.With)
_TEXTS = (f"{W}t", f"{W}delText", f"{W}instrText")
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


class Unheld(Exception):
    """The compiled way cannot hold this template; the reason is for people."""


@dataclass
class Skeleton:
    """`in_attributes`: some value is printed within an attribute; `in_runs`: all others in the text of a plain run.
    `fixed`: what stands in every filling, in order."""

    tree: Tree
    in_attributes: bool = False
    in_runs: bool = True
    grids_vary: bool = False
    tables_vanish: bool = False  # some table may lose all its rows
    fixed: tuple[str, ...] = ()
    fixed_bytes: tuple[bytes, ...] = ()  # the same as they stand in a part
    paragraphs: int = 0


@dataclass
class _Builder:
    pieces: list[str] = field(default_factory=list)
    number: Iterator[int] = field(default_factory=itertools.count)

    def block(self, children: Sequence[nodes.Node]) -> None:
        for child in children:
            if not isinstance(child, _HELD):
                raise Unheld(f"用了 {type(child).__name__.lower()}")
            if isinstance(child, nodes.Output):
                self._output(child)
            elif isinstance(child, nodes.If):
                self._branches(child, [child.body, *(one.body for one in child.elif_), child.else_])
            elif isinstance(child, nodes.For):
                if child.recursive:
                    raise Unheld("用了 recursive 循环")
                self._branches(child, [child.body, child.else_])
            elif isinstance(child, nodes.With):
                self.block(child.body)

    def _output(self, output: nodes.Output) -> None:
        for one in output.nodes:
            self.pieces.append(one.data if isinstance(one, nodes.TemplateData) else f"{BEGIN}{END}")

    def _branches(self, node: nodes.Node, bodies: Sequence[Sequence[nodes.Node]]) -> None:
        plain = not any(_MARKUP.search(data.data) for data in node.find_all(nodes.TemplateData))
        for body in bodies:
            name = f"{_BRANCH} {next(self.number)}"
            # Words within one text, or within an attribute, cannot break anything.
            self.pieces.append(BEGIN if plain else f"<?{name} begin?>")
            self.block(body)
            self.pieces.append(END if plain else f"<?{name} end?>")


def skeleton(template: nodes.Template) -> Skeleton:
    """Raises `Unheld` when not every filling of this part is known to be strict XML."""
    builder = _Builder()
    builder.block(template.body)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=False)
    try:
        tree = etree.fromstring("".join(builder.pieces).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise Unheld("标记跨越了段落、表格行或者单元格的界限") from error
    made = Skeleton(tree)
    _require_one_parent(tree)
    _place_values(made)
    made.grids_vary = any(_grid_varies(table) for table in tree.iter(f"{W}tbl"))
    made.tables_vanish = any(_vanishes(table) for table in tree.iter(f"{W}tbl"))
    _fix(made)
    return made


def _require_one_parent(tree: Tree) -> None:
    begun: dict[str, Tree] = {}
    for mark in tree.iter(etree.PI):
        if mark.target != _BRANCH:
            continue
        number, _, end = mark.text.partition(" ")
        if end == "begin":
            begun[number] = mark.getparent()
        elif begun.pop(number, None) is not mark.getparent():
            raise Unheld("标记跨越了段落、表格行或者单元格的界限")


def _place_values(made: Skeleton) -> None:
    """Every value within a text or an attribute; anything else docxtpl shall judge."""
    for element in made.tree.iter():
        parent = element.getparent()
        if BEGIN in (element.tail or "") and (parent is None or parent.tag not in _TEXTS):
            raise Unheld("值印在了文字之外")
        if isinstance(element.tag, str):
            if BEGIN in (element.text or "") and element.tag not in _TEXTS:
                raise Unheld("值印在了文字之外")
            if BEGIN in "".join(element.itertext()) and element.tag in _TEXTS:
                made.in_runs &= element.tag == _TEXTS[0] and parent is not None and parent.tag == f"{W}r"
            made.in_attributes |= any(BEGIN in value for value in element.attrib.values())
    if any(prefix != "wp" and uri == _WP for e in made.tree.iter() for prefix, uri in e.nsmap.items()):
        raise Unheld("图形的名称空间写法少见")


def _grid_varies(table: Tree) -> bool:
    """Whether docxtpl may have to mend the columns of this table in some filling that leaves it a row (its
    `fix_tables`): not when one row that is always there, or every row that may be there, fills the grid."""
    grid = table.find(f"{W}tblGrid")
    if grid is None or grid.xpath("descendant::processing-instruction()"):
        return True
    columns = len(grid.findall(f"{W}gridCol"))
    always, every = False, True
    for row in table.iter(f"{W}tr"):
        if row.xpath("processing-instruction()") or row.xpath(".//w:gridSpan[contains(@w:val, $mark)]",
                                                              namespaces={"w": W[1:-1]}, mark=BEGIN):  # fmt: skip
            return True
        cells = row.findall(f"{W}tc")
        spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in cells]
        if len(cells) > columns:
            return True
        full = sum(1 if span is None else int(span.get(f"{W}val")) for span in spans) >= columns
        every &= full
        always |= full and not _conditional(row, table)
    return not (always or every)


def _vanishes(table: Tree) -> bool:
    return all(_conditional(row, table) for row in table.iter(f"{W}tr"))


def _conditional(element: Tree, above: Tree) -> bool:
    """Whether a branch encloses the element below `above`."""
    while element is not above:
        depth = 0
        for before in element.itersiblings(etree.PI, preceding=True):
            if before.target == _BRANCH:
                depth += 1 if before.text.endswith("begin") else -1
        if depth > 0:
            return True
        element = element.getparent()
    return False


def _fix(made: Skeleton) -> None:
    """The words outside all branches and values, and how many paragraphs hold them."""
    words: list[str] = []
    depth = 0
    for element in made.tree.iter():
        if element.tag is etree.PI and element.target == _BRANCH:
            depth += 1 if element.text.endswith("begin") else -1
            if depth == 0:
                words.append(element.tail or "")
            continue
        if not isinstance(element.tag, str) or depth:
            continue
        if element.tag == f"{W}p":
            made.paragraphs += 1
        if element.tag == f"{W}t":
            words.append(element.text or "")
    made.fixed = tuple(piece for word in words for piece in _outside(word))
    made.fixed_bytes = tuple(escape(piece).encode() for piece in made.fixed)


def _outside(word: str) -> list[str]:
    """The pieces of a text that stand in no value and in no branch of words."""
    pieces, depth = [""], 0
    for character in word:
        if character == BEGIN:
            depth += 1
            pieces.append("")
        elif character == END:
            depth -= 1
        elif depth == 0 and character not in "\n\t":
            pieces[-1] += character
        elif depth == 0:
            pieces.append("")
    return [piece for piece in pieces if piece.strip()]
