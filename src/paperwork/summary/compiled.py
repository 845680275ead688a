"""The roll-up as a workbook: totals, units side by side, where every cell comes from, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence

from paperwork.model import Catalogue, Figure
from paperwork.sheetform import Book, Drawing, Value
from paperwork.summary.cells import value
from paperwork.summary.collecting import Collected, Units, by_industry, totals


def workbook(catalogue: Catalogue, made: Collected, units: Units) -> bytes:
    """The workbook's bytes."""
    book = Book(f"{made.span.label}汇总", rows_only=True)
    figures = list(catalogue.figures.values())
    whole = totals(made)
    rows = [(figure.id, figure.name, figure.unit or "%", value(catalogue, whole, figure.id)) for figure in figures]
    title = f"{made.span.label}汇总表（{len(made.sources)}个单位{'，含未定数据' if made.preliminary else ''}）"
    book.sheet("合计", [("编号", "指标", "单位", "合计"), *rows], (9, 36, 8, 12), title)
    _units(book, catalogue, made, units)
    industries = [
        (name, *(value(catalogue, cells, figure.id) for figure in _shown(figures)))
        for name, cells in by_industry(made).items()
    ]
    book.sheet("分行业", [("行业", *(figure.column for figure in _shown(figures))), *industries], (28,))
    _sources(book, catalogue, made)
    _left(book, made)
    return book.packed()


def _shown(figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.column]


def _units(book: Book, catalogue: Catalogue, made: Collected, units: Units) -> None:
    """表7: the units by 办结, with 办结 per thousand businesses where their number is known."""
    shown = _shown(list(catalogue.figures.values()))
    lines: list[Sequence[Value]] = []
    for unit, cells in sorted(made.cells.items(), key=lambda one: -(value(catalogue, one[1], "R-03b") or 0)):
        known = units.units.get(unit)
        done = value(catalogue, cells, "R-03b") or 0
        rate = round(done * 1000 / known.entities, 1) if known and known.entities else None
        name = made.sources[unit].body["name"]
        lines.append((name, *(value(catalogue, cells, figure.id) for figure in shown), rate))
    sheet = book.sheet("各单位", [("单位", *(f.column for f in shown), "每千户办结"), *lines], (36,))
    done_at = next((at for at, figure in enumerate(shown, 1) if figure.key == "concluded"), 0)
    if lines and done_at:
        book.draw(sheet, Drawing("bar", "各单位办结", (done_at,), (1, len(lines)), 0, f"A{len(lines) + 4}"))


def _sources(book: Book, catalogue: Catalogue, made: Collected) -> None:
    """Where every cell comes from."""
    heads = ("单位", "指标", "数值", "数据包", "经由", "版次", "状态", "SHA-256")
    sheet = book.sheet("来源", [heads], (36, 30, 10, 34, 24, 6, 8, 66))
    for unit, source in sorted(made.sources.items()):
        state = "未定" if source.body["preliminary"] else "已签发"
        where = (source.file, source.via, source.body["revision"], state, source.sha256)
        for figure in catalogue.figures.values():
            told = value(catalogue, made.cells[unit], figure.id)
            sheet.add((source.body["name"], f"{figure.id} {figure.name}", told, *where))


def _left(book: Book, made: Collected) -> None:
    rows: list[Sequence[Value]] = [("缺报", name, "") for name in made.missing]
    rows += [("迟报", unit, "") for unit in made.late]
    rows += [("未定数据", unit, "报告还没有签发") for unit in made.preliminary]
    rows += [("不予采用", file, why) for file, why in made.refused]
    rows += [("已被替换", old, new) for old, new in made.replaced]
    rows += [("已含在内", file, f"{bureau} 里已经有这个机构的数据，不再计") for file, bureau in made.within]
    rows += [("重复上报", case, f"{figure}：{first}已计入，{again}不再计") for case, figure, first, again in made.twice]
    rows.append(("空白", "", "各单位都没有登记这项，不是0；比率只用分子、分母都登记的单位"))
    rows.append(("户数、任务数", "", "各单位分别计数后相加；同一当事人在两个单位的，两处都计"))
    book.sheet("说明", [("情况", "单位、文件或案号", "说明"), *rows], (12, 44, 60))
