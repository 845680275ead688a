"""Native Word charts for templates: patterns that differ in black and white, numbers on the bars, data to be edited.

    paper.chart("各项措施分月情况", Chart("columns", "report.months/month", {"advice": "行政建议", "talk": "行政约谈"}))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from paperwork.sheetform import grid_book
from tools.templates.styles import W

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PATTERNS = ("wdUpDiag", "pct20", "ltHorz", "smGrid", "openDmnd", "ltVert", "dashHorz", "pct5")
_EMU = 635  # of a twentieth of a point


@dataclass(frozen=True)
class Chart:
    """`kind`: columns (stacked), bars (beside each other), ring, line. `rows` is list/column of the categories."""

    kind: str
    rows: str
    series: Mapping[str, str]  # column → name
    points: int = 6  # of a ring: how many pieces have a pattern of their own
    told_by: str = ""  # list/column that tells whether there is anything to show; else the series themselves do

    @property
    def shows(self) -> str:
        """The condition that some value is neither nothing nor, but on a line, a nought. docxtpl shall understand it
        too, and takes no percent sign within a tag."""
        nothing = "('—',)" if self.kind == "line" else "('—', '0', '0.0')"
        rows, by = self.rows.split("/")
        points = f"({rows} or [])|rejectattr('{by}', 'eq', '合计')"
        if self.told_by:
            rows, column = self.told_by.split("/")
            return f"({rows} or [])|rejectattr('{column}', 'in', {nothing})|list"
        return " or ".join(
            f"{points}|selectattr('{one}')|rejectattr('{one}', 'in', {nothing})|list" for one in self.series
        )


def placed(word: Any, width: int, title: str, chart: Chart) -> Any:
    """The chart's parts in the package, and the run that shows it, `width` in twentieths of a point."""
    package = word.part.package
    number = 1 + sum(str(part.partname).startswith("/word/charts/") for part in package.iter_parts())
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"), _BOOK, grid_book([["", *chart.series.values()]]), package
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _TYPE, b"", package)
    data = part.relate_to(book, f"{_RELATIONS}/package")
    part._blob = _space(chart, data).encode()
    key = word.part.relate_to(part, f"{_RELATIONS}/chart")
    name = f"chart:{chart.rows}:{','.join(chart.series)}"
    cx, cy = width * _EMU, int(width * _EMU * 0.5)
    return parse_xml(
        f'<w:r {W} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="{_MAIN}"'
        f' xmlns:c="{_CHART}" xmlns:r="{_RELATIONS}"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{100 + number}" name="{name}" descr="{title}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_CHART}"><c:chart r:id="{key}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def _space(chart: Chart, data: str) -> str:
    plot = {"columns": _bars, "bars": _bars, "ring": _ring, "line": _line}[chart.kind](chart)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}"'
        f' xmlns:r="{_RELATIONS}"><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f'<c:plotArea><c:layout/>{plot}</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000"><a:solidFill><a:srgbClr val="000000"/>'
        '</a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
        f'<c:externalData r:id="{data}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _ink(number: int) -> str:
    return (
        f'<c:spPr><a:pattFill prst="{_PATTERNS[number % len(_PATTERNS)]}"><a:fgClr><a:srgbClr val="000000"/></a:fgClr>'
        '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill><a:ln w="9525"><a:solidFill>'
        '<a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr>'
    )


def _series(chart: Chart, looks: Any, labels: str) -> str:
    made, smooth = "", '<c:smooth val="0"/>' if chart.kind == "line" else ""
    for number, name in enumerate(map(escape, chart.series.values())):
        column = chr(ord("B") + number)
        made += (
            f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f>'
            f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
            f"{looks(number)}{labels}<c:cat><c:strRef><c:f>Sheet1!$A$2</c:f><c:strCache><c:ptCount val=\"0\"/>"
            f"</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!${column}$2</c:f><c:numCache>"
            "<c:formatCode>General</c:formatCode><c:ptCount val=\"0\"/></c:numCache></c:numRef></c:val>"
            f"{smooth}</c:ser>"
        )
    return made


def _labels(form: str, box: bool = False) -> str:
    """Numbers on the marks, written as `form` says. On a pattern they stand on white."""
    white = '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></c:spPr>' if box else ""
    return (
        f'<c:dLbls><c:numFmt formatCode="{form}" sourceLinked="0"/>{white}<c:showLegendKey val="0"/>'
        '<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/></c:dLbls>'
    )


def _form(chart: Chart) -> str:
    """Of bars: a nought of a pile has no place, one that stands by itself is told, and a rate has its decimal."""
    if chart.kind == "columns":
        return "0;;;"
    return "0.0" if all("%" in name for name in chart.series.values()) else "0"


def _bars(chart: Chart) -> str:
    direction, place = ("col", ("b", "l")) if chart.kind == "columns" else ("bar", ("l", "b"))
    grouping, overlap = ("stacked", 100) if chart.kind == "columns" else ("clustered", 0)
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>'
        f"{_series(chart, _ink, _labels(_form(chart), box=True))}"
        f'<c:gapWidth val="60"/><c:overlap val="{overlap}"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f"{_axes(place, reverse=chart.kind == 'bars')}"
    )


def _line(chart: Chart) -> str:
    def looks(number: int) -> str:
        ink = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
        return (
            f'<c:spPr><a:ln w="22225">{ink}</a:ln></c:spPr><c:marker><c:symbol val="diamond"/><c:size val="8"/>'
            f"<c:spPr>{ink}</c:spPr></c:marker>"
        )

    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{_series(chart, looks, _labels("0.0"))}'
        f'<c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>{_axes(("b", "l"), most=100)}'
    )


def _ring(chart: Chart) -> str:
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/><c:bubble3D val="0"/>{_ink(n)}</c:dPt>' for n in range(chart.points)
    )
    series = _series(chart, lambda _: points, _labels("0;;;", box=True))
    return (
        f'<c:doughnutChart><c:varyColors val="1"/>{series}<c:firstSliceAng val="0"/><c:holeSize val="50"/>'
        "</c:doughnutChart>"
    )


def _axes(place: tuple[str, str], *, reverse: bool = False, most: int = 0) -> str:
    """`most` shows the scale up to there; without it the numbers on the marks are the scale."""
    shown, top = ("0", f'<c:max val="{most}"/>') if most else ("1", "")
    turned = "maxMin" if reverse else "minMax"
    crosses = "max" if reverse else "autoZero"
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{turned}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{place[0]}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="2"/><c:crosses val="autoZero"/>'
        '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{top}<c:min val="0"/></c:scaling>'
        f'<c:delete val="{shown}"/><c:axPos val="{place[1]}"/><c:majorGridlines><c:spPr><a:ln w="3175"><a:solidFill>'
        '<a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
        '<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="{crosses}"/></c:valAx>'
    )
