"""Native charts of a template: where they lie, what they show, and how one is filled.

A chart is an ordinary Word chart whose drawing is named after what it shows (in Word: the selection pane):
`chart:report.months/month:advice,talk` takes its categories from the column `month` of the list `report.months`, and
its series, in order, from the other columns. How it looks is the template's; what it shows are the facts. A row called
合计 is no point, and what is no number is a gap.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from paperwork.errors import TemplateError
from paperwork.model import Json
from paperwork.rendering.package import Parts, Tree, parsed

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_NAME = re.compile(r"chart:(?P<list>[\w.]+)/(?P<by>\w+):(?P<columns>\w+(,\w+)*)")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_TOTAL = "合计"

Row = tuple[str, tuple[float | None, ...]]
"""A category, and its value in each series (None = a gap)."""


@dataclass(frozen=True)
class Chart:
    """Where a chart lies, what it shows, and its part as the template has it."""

    part: str
    workbook: str  # "" = it has none
    list: str
    by: str
    columns: tuple[str, ...]
    blob: bytes


def charts(trees: Mapping[str, Tree], parts: Parts) -> tuple[Chart, ...]:
    """The named charts of a package, by its XML parts."""
    found = []
    for name, tree in trees.items():
        for drawing in tree.iter(f"{_DRAWING}docPr"):
            told = _NAME.fullmatch(drawing.get("name", ""))
            linked = next(drawing.getparent().iter(f"{C}chart"), None)
            part = _target(trees, name, linked.get(f"{_R}id", "")) if linked is not None else ""
            if told is None or part not in trees:
                continue
            outside = next(trees[part].iter(f"{C}externalData"), None)
            workbook = _target(trees, part, outside.get(f"{_R}id", "")) if outside is not None else ""
            found.append(
                Chart(part, workbook, told["list"], told["by"], tuple(told["columns"].split(",")), parts[part])
            )
    return tuple(found)


def _target(trees: Mapping[str, Tree], part: str, key: str) -> str:
    folder, file = posixpath.split(part)
    for relation in trees.get(f"{folder}/_rels/{file}.rels", ()):
        if relation.get("Id") == key:
            return posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip("/")
    return ""


def rows(context: Json, chart: Chart) -> Iterator[Row]:
    """The points that these facts give, category by category."""
    root, _, name = chart.list.partition(".")
    listed = context.get(root, {})
    for item in (listed.get(name, ()) if name else listed) or ():
        if item.get(chart.by) and item[chart.by] != _TOTAL:
            yield str(item[chart.by]), tuple(_number(item.get(column)) for column in chart.columns)


def _number(told: Json) -> float | None:
    plain = str(told if told is not None else "").removesuffix("%")
    if not _NUMBER.fullmatch(plain):
        return None
    return float(plain) if "." in plain else int(plain)


def filled(chart: Chart, points: Sequence[tuple[str, Sequence[Any]]]) -> tuple[Tree, list[str]]:
    """The chart with these points in its series, in order; and the names of the series.

    Raises `TemplateError` for a chart that its name or its data do not fit.
    """
    tree = parsed(chart.blob, chart.part)
    series = list(tree.iter(f"{C}ser"))
    if len(series) != len(chart.columns):
        what = f"图表 {chart.part} 有{len(series)}个系列，名称写了{len(chart.columns)}栏"
        raise TemplateError(what, advice="图形名称中的栏数应当与系列数相同（Word：选择窗格）")
    heads, last = [], len(points) + 1
    for at, one in enumerate(series):
        column = chr(ord("B") + at)
        heads.append("".join(v.text or "" for v in one.findall(f"{C}tx/{C}strRef/{C}strCache/{C}pt/{C}v")))
        _points(one, "cat", f"Sheet1!$A$2:$A${last}", [name for name, _ in points])
        _points(one, "val", f"Sheet1!${column}$2:${column}${last}", [values[at] for _, values in points])
    return tree, heads


def _points(series: Tree, what: str, formula: str, values: list[Any]) -> None:
    """Replace the cached points and the range that they stand for."""
    kind = "str" if what == "cat" else "num"
    reference = series.find(f"{C}{what}/{C}{kind}Ref")
    cache = reference.find(f"{C}{kind}Cache") if reference is not None else None
    if cache is None:
        raise TemplateError("图表的系列没有引用数据表", advice="请在 Word 中用「编辑数据」重新建立图表")
    reference.find(f"{C}f").text = formula
    for old in (*cache.findall(f"{C}ptCount"), *cache.findall(f"{C}pt")):
        cache.remove(old)
    etree.SubElement(cache, f"{C}ptCount").set("val", str(len(values)))
    for index, value in enumerate(values):
        if value is not None:
            point = etree.SubElement(cache, f"{C}pt", idx=str(index))
            etree.SubElement(point, f"{C}v").text = value if isinstance(value, str) else spelled(value)


def spelled(number: float) -> str:
    """A number as a chart and its workbook hold it."""
    return f"{number:.16G}"
