"""Native charts of a template, filled: their points, and the workbook behind them that Word opens to edit.

A chart is an ordinary Word chart whose drawing is named after what it shows (in Word: the selection pane):
`chart:report.months/month:advice,talk` takes its categories from the column `month` of the list `report.months`, and
its series, in order, from the other columns. How it looks is the template's; what it shows are the facts. A row called
合计 is no point, and what is no number is a gap.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from paperwork import sheetform
from paperwork.errors import TemplateError
from paperwork.model import Json
from paperwork.rendering.package import Parts, Tree, packed, parsed, serialised, unpacked

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_NAME = re.compile(r"chart:(?P<list>[\w.]+)/(?P<by>\w+):(?P<columns>\w+(,\w+)*)")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_TOTAL = "合计"


@dataclass(frozen=True)
class Chart:
    """Where a chart lies, and what it shows."""

    part: str
    workbook: str
    list: str
    by: str
    columns: tuple[str, ...]


def charts(trees: Mapping[str, Tree]) -> tuple[Chart, ...]:
    """The named charts of a package, by its XML parts."""
    found = []
    for name, tree in trees.items():
        for drawing in tree.iter(f"{_DRAWING}docPr"):
            told = _NAME.fullmatch(drawing.get("name", ""))
            linked = next(drawing.getparent().iter(f"{C}chart"), None)
            if told is None or linked is None:
                continue
            part = _target(trees, name, linked.get(f"{_R}id", ""))
            outside = next(trees[part].iter(f"{C}externalData"), None) if part in trees else None
            workbook = _target(trees, part, outside.get(f"{_R}id", "")) if outside is not None else ""
            found.append(Chart(part, workbook, told["list"], told["by"], tuple(told["columns"].split(","))))
    return tuple(found)


def _target(trees: Mapping[str, Tree], part: str, key: str) -> str:
    folder, file = posixpath.split(part)
    for relation in trees.get(f"{folder}/_rels/{file}.rels", ()):
        if relation.get("Id") == key:
            return posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip("/")
    return ""


def drawn(document: bytes, shown: tuple[Chart, ...], context: Json) -> bytes:
    """The document with its charts filled; itself where it has none. The same input gives the same bytes."""
    if not shown:
        return document
    parts = unpacked(document)
    for chart in shown:
        rows = list(_rows(context, chart))
        tree = parsed(parts[chart.part], chart.part)
        heads = _fill(tree, chart, rows)
        parts[chart.part] = serialised(tree)
        if chart.workbook:
            parts[chart.workbook] = sheetform.grid_book([["", *heads], *([name, *values] for name, values in rows)])
    finished = packed(parts)
    _prove(finished, parts)
    return finished


def _rows(context: Json, chart: Chart) -> Iterator[tuple[str, list[float | None]]]:
    root, _, name = chart.list.partition(".")
    listed = context.get(root, {})
    for item in (listed.get(name, ()) if name else listed) or ():
        if item.get(chart.by) and item[chart.by] != _TOTAL:
            yield str(item[chart.by]), [_number(item.get(column)) for column in chart.columns]


def _number(told: Json) -> float | None:
    plain = str(told if told is not None else "").removesuffix("%")
    if not _NUMBER.fullmatch(plain):
        return None
    return float(plain) if "." in plain else int(plain)


def _fill(tree: Tree, chart: Chart, rows: list[tuple[str, list[float | None]]]) -> list[str]:
    """Put categories and values into the series, in order; the names of the series."""
    series = list(tree.iter(f"{C}ser"))
    if len(series) != len(chart.columns):
        what = f"图表 {chart.part} 有{len(series)}个系列，名称写了{len(chart.columns)}栏"
        raise TemplateError(what, advice="图形名称中的栏数应当与系列数相同（Word：选择窗格）")
    heads, last = [], len(rows) + 1
    for at, one in enumerate(series):
        column = chr(ord("B") + at)
        heads.append("".join(v.text or "" for v in one.findall(f"{C}tx/{C}strRef/{C}strCache/{C}pt/{C}v")))
        _points(one, "cat", "str", f"Sheet1!$A$2:$A${last}", [name for name, _ in rows])
        _points(one, "val", "num", f"Sheet1!${column}$2:${column}${last}", [values[at] for _, values in rows])
    return heads


def _points(series: Tree, what: str, kind: str, formula: str, values: list[Any]) -> None:
    """Replace the cached points and the range that they stand for."""
    reference = series.find(f"{C}{what}/{C}{kind}Ref")
    if reference is None:
        raise TemplateError("图表的系列没有引用数据表", advice="请在 Word 中用「编辑数据」重新建立图表")
    reference.find(f"{C}f").text = formula
    cache = reference.find(f"{C}{kind}Cache")
    for old in (*cache.findall(f"{C}ptCount"), *cache.findall(f"{C}pt")):
        cache.remove(old)
    etree.SubElement(cache, f"{C}ptCount").set("val", str(len(values)))
    for index, value in enumerate(values):
        if value is not None:
            point = etree.SubElement(cache, f"{C}pt", idx=str(index))
            etree.SubElement(point, f"{C}v").text = str(value)


def _prove(document: bytes, made: Parts) -> None:
    if unpacked(document) != dict(made):
        raise TemplateError("写成的图表与数据不一致")
