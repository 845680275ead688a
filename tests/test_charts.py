"""Promises of the charts: what a chart shows, and the workbook behind it, are the facts and nothing else."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from lxml import etree
from python_calamine import CalamineWorkbook
from tools.templates.charts import Chart, placed
from tools.templates.layout import Paper

from paperwork.errors import TemplateError
from paperwork.rendering import check, compiled, needs, plots, reference, render
from paperwork.rendering.analysis import sound
from paperwork.rendering.package import unpacked
from tests.test_rendering import bytes_of

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PART, BOOK = "word/charts/chart1.xml", "word/embeddings/chart1.xlsx"


def charted(*said: str, columns: str = "") -> bytes:
    """A template with a chart of two series, `report.months/month:advice,talk`, and these paragraphs before it."""
    word = Document()
    for text in said:
        word.add_paragraph(text)
    chart = Chart("columns", "report.months/month", {"advice": "行政建议", "talk": "行政约谈 & <其他>"})
    drawing = placed(word, 8000, "图1", chart)
    if columns:
        drawing.find(".//{*}docPr").set("name", f"chart:report.months/month:{columns}")
    word.add_paragraph()._p.append(drawing)
    return bytes_of(word)


def months(*rows: tuple[str, Any, Any]) -> dict[str, Any]:
    return {"report": {"months": [{"month": name, "advice": advice, "talk": talk} for name, advice, talk in rows]}}


def shown(document: bytes) -> list[list[Any]]:
    """The rows that the chart shows: a category, and a value of each series; a gap is None."""
    tree = etree.fromstring(unpacked(document)[PART])
    table: list[list[Any]] = []
    for series in tree.iter(f"{C}ser"):
        names = [point.findtext(f"{C}v") for point in series.findall(f"{C}cat//{C}pt")]
        points = {int(p.get("idx")): float(p.findtext(f"{C}v")) for p in series.findall(f"{C}val//{C}pt")}
        table = table or [[name] for name in names]
        for at, row in enumerate(table):
            row.append(points.get(at))
    return table


def held(document: bytes) -> list[list[Any]]:
    """The same rows, as the workbook behind the chart holds them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(unpacked(document)[BOOK]))
    _, *rows = book.get_sheet_by_index(0).to_python()
    return [[None if cell == "" else cell for cell in row] for row in rows]


@pytest.mark.parametrize(
    "rows",
    [
        [("7月", "3", "12"), ("8月", "0", "—"), ("9月", None, "66.7%")],
        [("7000000000000000", "7000000000000001", "7000000000000002")],
        [("A & B <丙> \"丁\" '戊'", "1", "12.50"), ("𠮷喆垚燚", "-2", "100.0%")],
        [("  前后空格  ", "1", "2"), ("两\n行", "3", "4"), ("_x0041_", "5", "6"), ("=1+1", "7", "8")],
        [(f"行业{n}", str(n), "") for n in range(40)],
        [],
    ],
)
def test_chart_and_workbook_show_the_facts_whichever_way_they_are_filled(rows: list[tuple[str, Any, Any]]) -> None:
    data, context = charted(), months(*rows, ("合计", "999", "999"))
    wanted = [[name, *(plain(value) for value in values)] for name, *values in rows]
    for made in (render(data, context), reference.filled(sound(data), context)):
        assert shown(made) == held(made) == wanted


def plain(told: str | None) -> float | None:
    return None if told in (None, "—", "") else float(str(told).removesuffix("%"))


def test_both_ways_make_the_same_parts() -> None:
    data, context = charted(), months(("7月 & 8月", "3", "12.5%"), ("9月", "—", "0"))
    swift = compiled.compiled(data).filled(context)
    assert swift is not None
    slow = unpacked(reference.filled(sound(data), context))
    assert {name: unpacked(swift)[name] for name in (PART, BOOK)} == {name: slow[name] for name in (PART, BOOK)}


@pytest.mark.parametrize("wrong", [b"4", b"33", b""])
@pytest.mark.parametrize("first", [True, False], ids=["the first of its shape", "a later one"])
def test_a_number_that_is_not_the_facts_is_found_and_never_given_out(
    monkeypatch: pytest.MonkeyPatch, wrong: bytes, first: bool
) -> None:
    plots._shaped.cache_clear()
    data, facts = charted(), months(("7月", "3", "12"))
    if not first:
        compiled.compiled(data).filled(months(("7月", "5", "6")))
    put = plots.Pieces.with_values
    monkeypatch.setattr(plots.Pieces, "with_values", lambda self, told: put(self, [wrong if v == b"3" else v for v in told]))
    with pytest.raises(TemplateError, match="图表"):
        compiled.compiled(data).filled(facts)
    assert shown(render(data, facts)) == [["7月", 3, 12]]  # the libraries made it


def test_values_that_changed_places_are_found_by_the_first_of_their_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    plots._shaped.cache_clear()
    cut = plots._cut

    def crossed(blob: bytes, slots: list[int]) -> plots.Pieces:
        pieces = cut(blob, slots)
        return plots.Pieces(pieces.still, pieces.slots[::-1])

    monkeypatch.setattr(plots, "_cut", crossed)
    with pytest.raises(TemplateError, match="图表"):
        compiled.compiled(charted()).filled(months(("7月", "3", "12")))
    plots._shaped.cache_clear()


def test_each_shape_is_held_against_the_libraries_once(monkeypatch: pytest.MonkeyPatch) -> None:
    plots._shaped.cache_clear()
    seen: list[int] = []
    complete = plots.Drawn._prove_all
    monkeypatch.setattr(plots.Drawn, "_prove_all", lambda *a: (seen.append(1), complete(*a)))
    ready = compiled.compiled(charted())
    for advice, talk in (("1", "2"), ("3", "4"), ("5", "—"), ("6", "")):
        ready.filled(months(("7月", advice, talk)))
    assert len(seen) == 2  # without a gap, and with one


@pytest.mark.parametrize(("columns", "told"), [("advice", "2个系列"), ("advice,talk,filed", "写了3栏")])
def test_a_chart_named_after_other_columns_than_it_has_is_told_by_the_check(columns: str, told: str) -> None:
    problems = check(charted(columns=columns), ["report.months"])
    assert [p.code for p in problems] == ["E-TEMPLATE-CHART"]
    assert told in problems[0].what and "选择窗格" in problems[0].advice


def test_the_list_of_a_chart_is_among_the_needs_of_its_template() -> None:
    assert needs(charted("{{ doc.title }}")) == {"doc.title", "report.months"}


@pytest.mark.parametrize(
    ("rows", "drawn"),
    [
        ([("7月", "0", "—"), ("8月", "", None), ("合计", "3", "4")], False),
        ([], False),
        ([("7月", "0", "—"), ("8月", "", "1")], True),
    ],
)
def test_a_chart_of_nothing_is_a_line_of_text(rows: list[tuple[str, Any, Any]], drawn: bool) -> None:
    paper = Paper()
    paper.chart("图1　分月情况（件）", Chart("columns", "report.months/month", {"advice": "行政建议", "talk": "行政约谈"}))
    made = Document(io.BytesIO(render(paper.bytes(), months(*rows))))
    title = "图1　分月情况（件）" if drawn else "图1　分月情况：本期没有可以用图表示的数据。"
    assert [p.text for p in made.paragraphs if p.text] == [title]
    assert bool(made.element.findall(".//{*}drawing")) == drawn
