"""figures.toml: what summaries count, from which documents, items and facts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paperwork.catalogue.naming import DATES, Names, clauses_of, conditions_of, fact_at, matters_of
from paperwork.catalogue.sheets import Table, meant, unique
from paperwork.model import Figure, Source

_CODE = re.compile(r"D-\d\d[a-z]?")
_KEY = re.compile(r"[a-z][a-z0-9_]*")


def read_figures(table: Table, names: Names) -> Mapping[str, Figure]:
    """figures.toml → figures by id, in the order of the file. Every figure that another names stands before it."""
    tables = table.tables("figure", True)
    unique(tables, "id", "指标编号")
    unique(tables, "key", "指标名称（key）")
    figures: dict[str, Figure] = {}
    for each in tables:
        figure = _figure(each, names, figures)
        figures[figure.id] = figure
    table.close()
    return figures


def _figure(table: Table, names: Names, earlier: Mapping[str, Figure]) -> Figure:
    figure = Figure(
        id=table.text("id"),
        key=table.text("key"),
        name=table.text("name"),
        unit=table.text("unit", ""),
        sources=tuple(_source(source, names) for source in table.tables("source")),
        once=table.text("once", ""),
        distinct=table.flag("distinct"),
        total=_named(table, "total", earlier),
        numerator=_named(table, "numerator", earlier),
        denominator=_named(table, "denominator", earlier),
        column=table.text("column", ""),
        clauses=clauses_of(table, names),
    )
    if not _KEY.fullmatch(figure.key):
        table.wrong("P-VALUE", "key", f"「{figure.key}」不能作指标的名称", "用小写英文字母、数字和下划线，以字母开头")
    if figure.column and (figure.distinct or figure.is_ratio):
        table.wrong("P-VALUE", "column", f"指标「{figure.id}」不能逐月相加，不能作表中的一栏", "删去 column")
    ways = [bool(figure.sources), bool(figure.total), bool(figure.numerator or figure.denominator)]
    if sum(ways) != 1 or bool(figure.numerator) != bool(figure.denominator):
        what = f"指标「{figure.id}」应当只有一种算法"
        table.wrong("P-VALUE", "", what, "写 source（计数）、total（合计）或者 numerator 和 denominator（比率）")
    table.close()
    return figure


def _named(table: Table, key: str, earlier: Mapping[str, Figure]) -> tuple[str, ...]:
    """Figures that stand above and are no ratios: percentages are never added or averaged."""
    known = [name for name, figure in earlier.items() if not figure.is_ratio]
    good = []
    for index, name in table.placed_words(key):
        if name in known:
            good.append(name)
        else:
            what = f"前面没有可以相加的指标「{name}」"
            table.report.add("P-FIGURE-UNKNOWN", table.where(key, index), what, meant(name, known))
    return tuple(good)


def _source(table: Table, names: Names) -> Source:
    per = fact_at(table, "per", names, ("list",))
    documents = table.placed_words("documents")
    for index, code in documents:
        if not _CODE.fullmatch(code):
            where = table.where("documents", index)
            table.report.add("P-VALUE", where, f"「{code}」不是文书代码", "例如 D-13；还没有模板的文书也可以写")
    scope = per or _list_of(table, names)
    group = table.text("group", "")
    if group and group != "ground":
        group = fact_at(table, "group", names, ("choice", "text"), scope)
    source = Source(
        matters=matters_of(table, "matters", names),
        documents=tuple(code for _, code in documents),
        per=per,
        dated=fact_at(table, "dated", names, DATES, scope),
        conditions=conditions_of(table, "when", names, scope),
        amount=fact_at(table, "amount", names, ("integer", "money"), scope),
        group=group,
    )
    if not source.documents and not source.dated:
        table.wrong("P-KEY-MISSING", "", "缺少「dated」：按哪一项日期计入报告期", '例如 dated = "case.filed_on"')
    table.close()
    return source


def _list_of(table: Table, names: Names) -> str:
    """`items = "talks"`: the list for each of whose items the documents are made, so that conditions may name them."""
    return fact_at(table, "items", names, ("list",))
