"""The workbook beside a report: the same figures, tables and charts, and behind every figure a sheet of its cases.

Made from what the report prints and from the rows that its record counted, so that no number is counted twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from paperwork.ledger import CountRow
from paperwork.model import Json
from paperwork.office import Office
from paperwork.sheetform import Book, Drawing, Link, Sheet, Value
from paperwork.summary import frozen
from paperwork.summary.telling import Counted
from paperwork.summary.words import REASONS, circumstance_labels, ground_labels, number_told, yuan_of

_NUMBERS = ("value", "numerator", "denominator", "last_year", "previous")
_CASES = ("日期", "案号或编号", "当事人", "承办机构", "行业", "类别", "文号", "计数")
_WIDTHS = (12, 26, 32, 26, 22, 26, 26, 8)


def workbook(office: Office, facts: Mapping[str, Json], kept: frozen.Kept, counted: Counted) -> bytes:
    """The workbook's bytes. `facts` are what the report prints."""
    book = Book(f"{facts['report.title']}包容审慎监管工作统计", rows_only=True)
    _figures(book, facts, kept)
    _months(book, facts)
    _industries(book, facts)
    _parts(book, facts)
    _timely(book, facts)
    _cases(office, book, kept, counted)
    _left(book, counted.left)
    return book.packed()


def _figures(book: Book, facts: Mapping[str, Json], kept: frozen.Kept) -> None:
    heads = ("编号", "指标", "单位", "本期", "分子", "分母", "上年同期", "上期", "同比", "环比", "案件")
    rows: list[Sequence[Value]] = [heads]
    for row in facts["report.figures"]:
        told = [number_told(row.get(name, "")) for name in _NUMBERS]
        link = Link("查看", row["id"]) if kept.samples.get(row["id"]) else ""
        rows.append((row["id"], row["name"], row["unit"], *told, row.get("yoy", ""), row.get("qoq", ""), link))
    rows.append(("", f"数据截至 {kept.record['as_of']}；空白为尚未登记或者没有可比数据。比率由分子、分母重新计算。"))
    title = f"{facts['report.title']}包容审慎监管工作统计表（{facts['report.unit']}）"
    book.sheet("指标", rows, (9, 34, 8, 10, 8, 8, 10, 10, 24, 24, 8), title)


def _months(book: Book, facts: Mapping[str, Json]) -> None:
    shown = _shown(facts["report.months"])
    sheet = _table(book, ("分月", "月份", "month"), facts["report.months"], shown)
    last = len(facts["report.months"])  # the row before 合计
    stacked = tuple(at for at, key in enumerate(shown, 1) if key not in ("filed", "concluded", "no_penalty_rate"))
    book.draw(sheet, Drawing("column", "各项措施分月情况", stacked, (1, last - 1), 0, f"A{last + 3}"))
    if "no_penalty_rate" in shown:
        line = (1 + list(shown).index("no_penalty_rate"),)
        book.draw(sheet, Drawing("line", "不予行政处罚占办结案件（%）", line, (1, last - 1), 0, f"A{last + 19}", True))


def _industries(book: Book, facts: Mapping[str, Json]) -> None:
    shown = _shown(facts["report.industries"])
    sheet = _table(book, ("分行业", "行业", "industry"), facts["report.industries"], shown)
    last = len(facts["report.industries"])
    cases = tuple(at for at, key in enumerate(shown, 1) if key in ("filed", "concluded"))
    if last > 1:
        book.draw(sheet, Drawing("bar", "分行业立案和办结", cases, (1, last - 1), 0, f"A{last + 3}"))


def _shown(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Column key → head, of all columns that any row has."""
    keys = dict.fromkeys(key for row in rows for key in row if key not in ("month", "industry"))
    return {key: HEADS.get(key, key) for key in keys}


HEADS = {
    "hint": "行政提示",
    "advice": "行政建议",
    "talk": "行政约谈",
    "commitment": "信用承诺",
    "filed": "立案",
    "no_penalty": "不予处罚",
    "penalty": "行政处罚",
    "concluded": "办结",
    "no_penalty_rate": "不予处罚占比（%）",
}


def _table(
    book: Book, heads: tuple[str, str, str], rows: Sequence[Mapping[str, str]], shown: Mapping[str, str]
) -> Sheet:
    """A sheet of rows; `heads` are its name, the head of its first column, and the key of that column."""
    name, first, key = heads
    lines = [(row[key], *(number_told(row.get(column, "")) for column in shown)) for row in rows]
    return book.sheet(name, [(first, *shown.values()), *lines], (24, *(12 for _ in shown)))


def _parts(book: Book, facts: Mapping[str, Json]) -> None:
    structure = [(row["measure"], number_told(row["value"])) for row in facts["report.structure"]]
    sheet = book.sheet("措施构成", [("措施", "数量"), *structure], (24, 12))
    if structure:
        book.draw(sheet, Drawing("doughnut", "各项措施的构成", (1,), (1, len(structure)), 0, "D2"))
    grounds = [(r["kind"], r["ground"], r["basis"], number_told(r["value"])) for r in facts["report.leniency"]]
    book.sheet("不予和从轻减轻理由", [("类别", "理由", "依据", "件数"), *grounds], (16, 48, 48, 12))
    keys = ("period", "name", "was", "now", "difference")
    adjustments = [tuple(row[key] for key in keys) for row in facts["report.adjustments"]]
    book.sheet("调整", [("报告期", "指标", "原报", "现数", "调整"), *adjustments], (16, 30, 10, 10, 10))


def _timely(book: Book, facts: Mapping[str, Json]) -> None:
    """表5 and 表6 with their charts."""
    rows = facts["report.timeliness"]
    lines = [(r["name"], *(number_told(r[key]) for key in ("due", "kept", "late", "rate"))) for r in rows]
    sheet = book.sheet("时限", [("事项", "到期", "按期", "超期", "按期率（%）"), *lines], (34, 10, 10, 10, 12))
    if lines:
        book.draw(sheet, Drawing("bar", "时限执行情况（%）", (4,), (1, len(lines)), 0, f"A{len(lines) + 4}", True))
    rows = facts["report.observations"]
    keys = ("value", "last_year", "previous", "households")
    lines = [(r["name"], r["unit"], *(number_told(r.get(key, "")) for key in keys)) for r in rows]
    heads = ("指标", "单位", "本期", "上年同期", "上期", "户数")
    sheet = book.sheet("四新和观察期", [heads, *lines], (34, 8, 10, 10, 10, 10))
    if lines:
        chart = Drawing("bar", "四新主体和包容期、观察期（户）", (5,), (1, len(lines)), 0, f"A{len(lines) + 4}")
        book.draw(sheet, chart)


def _cases(office: Office, book: Book, kept: frozen.Kept, counted: Counted) -> None:
    """A sheet for every figure that counted something; of one with more rows than a sheet bears, the first ones."""
    labels = {**circumstance_labels(office), **ground_labels(office)}
    for figure in office.catalogue.figures.values():
        if not (rows := kept.samples.get(figure.id, ())):
            continue
        sheet = book.sheet(figure.id, [_CASES], _WIDTHS, f"{figure.id} {figure.name}")
        for row in rows:
            ground = "、".join(labels.get(code, code) for code in row.ground.split("、"))
            number = counted.numbers.get((row.matter, row.document), "")
            day = dt.date.fromisoformat(row.on)
            case, party = kept.matters[row.matter]
            about = (day, case or row.matter, party, row.unit, row.industry, ground, number)
            sheet.add((*about, yuan_of(row.amount) if figure.money else row.amount))
        if len(rows) == frozen.MOST:
            sheet.add((f"只列前{frozen.MOST}行，其余见 paperwork report {kept.record['period']} --why {figure.id}",))


def _left(book: Book, left: Sequence[CountRow]) -> None:
    heads = ("指标", "日期", "案号或编号", "当事人", "承办机构", "没有计入的原因")
    rows = [
        (row.figure, row.on or "没有日期", row.case or row.matter, row.party, row.unit, REASONS.get(row.why, row.why))
        for row in left
    ]
    book.sheet("没有计入", [heads, *rows], (9, 12, 26, 32, 26, 40))
