"""figures.toml: what summaries count, from which documents, items, periods and facts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from paperwork.catalogue.naming import DATES, Names, clauses_of, conditions_of, fact_at, matters_of
from paperwork.catalogue.sheets import Table, meant, unique
from paperwork.model import Clock, Figure, Source

_CODE = re.compile(r"D-\d\d[a-z]?")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_TABLES = ("", "timeliness", "observation")
_AMOUNTS = ("integer", "money", "set")


def read_figures(table: Table, names: Names, clocks: Sequence[Clock]) -> Mapping[str, Figure]:
    """figures.toml → figures by id, in the order of the file. Every figure that another names stands before it."""
    tables = table.tables("figure", True)
    unique(tables, "id", "指标编号")
    unique(tables, "key", "指标名称（key）")
    figures: dict[str, Figure] = {}
    for each in tables:
        figure = _figure(each, names, (figures, clocks))
        figures[figure.id] = figure
    table.close()
    return figures


def _figure(table: Table, names: Names, known: tuple[Mapping[str, Figure], Sequence[Clock]]) -> Figure:
    earlier, clocks = known
    sources = [_source(source, names, clocks) for source in table.tables("source")]
    figure = Figure(
        id=table.text("id"),
        key=table.text("key"),
        name=table.text("name"),
        unit=table.text("unit", ""),
        sources=tuple(source for source, _ in sources),
        once=table.text("once", ""),
        distinct=table.flag("distinct"),
        total=_named(table, "total", earlier),
        numerator=_named(table, "numerator", earlier),
        denominator=_named(table, "denominator", earlier),
        mean=table.flag("mean"),
        stock=table.flag("stock"),
        groups=table.flag("groups"),
        spread=table.flag("spread"),
        money=any(is_money for _, is_money in sources),
        lacks=table.text("lacks", ""),
        quiet=table.flag("quiet"),
        table=table.one_of("table", _TABLES, ""),
        column=table.text("column", ""),
        yearly=table.text("yearly", ""),
        clauses=clauses_of(table, names),
    )
    _check(table, figure)
    table.close()
    return figure


def _check(table: Table, figure: Figure) -> None:
    """One way of counting, and nothing in a table of sums that cannot be added."""
    if not _KEY.fullmatch(figure.key):
        table.wrong("P-VALUE", "key", f"「{figure.key}」不能作指标的名称", "用小写英文字母、数字和下划线，以字母开头")
    if figure.column and not figure.adds:
        table.wrong("P-VALUE", "column", f"指标「{figure.id}」不能逐月相加，不能作表中的一栏", "删去 column")
    ways = [bool(figure.sources), bool(figure.total), bool(figure.numerator or figure.denominator)]
    if (sum(ways) != 1 and not (figure.lacks and not any(ways))) or bool(figure.numerator) != bool(figure.denominator):
        what = f"指标「{figure.id}」应当只有一种算法"
        advice = "写 source（计数）、total（合计）或者 numerator 和 denominator（比率）；没有来源的写明 lacks"
        table.wrong("P-VALUE", "", what, advice)
    if figure.mean and not figure.is_ratio:
        table.wrong("P-VALUE", "mean", f"指标「{figure.id}」不是比率，没有平均数", "删去 mean")


def _named(table: Table, key: str, earlier: Mapping[str, Figure]) -> tuple[str, ...]:
    """Figures that stand above and are no ratios: percentages are never added or averaged."""
    known = [name for name, figure in earlier.items() if not figure.is_ratio and not figure.spread]
    good = []
    for index, name in table.placed_words(key):
        if name in known:
            good.append(name)
        else:
            what = f"前面没有可以相加的指标「{name}」"
            table.report.add("P-FIGURE-UNKNOWN", table.where(key, index), what, meant(name, known))
    return tuple(good)


def _source(table: Table, names: Names, clocks: Sequence[Clock]) -> tuple[Source, bool]:
    """The source, and whether it sums money."""
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
    amount = fact_at(table, "amount", names, _AMOUNTS, scope)
    source = Source(
        matters=matters_of(table, "matters", names) if "matters" in table.data else (),
        documents=tuple(code for _, code in documents),
        per=per,
        dated=fact_at(table, "dated", names, DATES, scope),
        conditions=conditions_of(table, "when", names, scope),
        amount=amount,
        group=group,
        measures=table.words("measures"),
        clock=_clock(table, clocks),
        outcome=table.one_of("outcome", ("", "in_time", "late"), ""),
        days_from=fact_at(table, "days_from", names, DATES, scope),
        workdays_from=fact_at(table, "workdays_from", names, DATES, scope),
        less=table.flag("less"),
    )
    if not source.documents and not source.dated and source.clock is None:
        table.wrong("P-KEY-MISSING", "", "缺少「dated」：按哪一项日期计入报告期", '例如 dated = "case.filed_on"')
    table.close()
    fact = names.scope(scope).get(amount)
    return source, fact is not None and fact.type == "money"


def _clock(table: Table, clocks: Sequence[Clock]) -> Clock | None:
    """`clock = "decision"`: a period of the policy, by its id."""
    wanted = table.text("clock", "")
    found = next((clock for clock in clocks if clock.id == wanted), None)
    if wanted and found is None:
        table.wrong("P-CLOCK-UNKNOWN", "clock", f"没有「{wanted}」这个期限", meant(wanted, [c.id for c in clocks]))
    return found


def _list_of(table: Table, names: Names) -> str:
    """`items = "talks"`: the list for each of whose items the documents are made, so that conditions may name them."""
    return fact_at(table, "items", names, ("list",))
