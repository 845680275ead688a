"""台账 (D-30) and the register of numbers as workbooks. What people typed stays text, whatever it begins with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from paperwork import slips
from paperwork.office import Office
from paperwork.sheetform import Book, Value

_LEDGER = (
    *("序号", "编号", "案号", "类型", "当事人", "承办机构", "行业", "状态"),
    *("立项日期", "结案日期", "文书和文号", "最近文书日期"),
)
_LEDGER_WIDTHS = (6, 14, 26, 12, 32, 26, 22, 10, 12, 12, 48, 12)
_NUMBERS = ("序列", "年份", "序号", "文号", "事项", "文书", "文书日期", "编号时间", "状态", "原因", "经手", "补录")
_NUMBERS_WIDTHS = (18, 6, 6, 32, 14, 24, 12, 18, 8, 28, 12, 8)


def ledger(office: Office) -> bytes:
    """包容审慎监管工作台账: every matter with its papers, in the order of opening."""
    book = Book("包容审慎监管工作台账", rows_only=True)
    book.sheet("台账", _ledger_rows(office), _LEDGER_WIDTHS)
    return book.packed()


def _ledger_rows(office: Office) -> Iterator[Sequence[Value]]:
    yield _LEDGER
    types = {matter.id: matter.label for matter in office.catalogue.matters.values()}
    with office.ledger.figures() as look:
        for number, row in enumerate(look.register(), 1):
            papers = "；".join(f"{title} {text}" for _, title, text, _ in row.papers)
            last = max((dated for *_, dated in row.papers if dated), default=None)
            state = slips.STATES.get(row.state, row.state)
            about = (row.party, row.unit, row.industry, state, row.opened_on, row.closed_on)
            yield (number, row.id, row.case, types.get(row.type, row.type), *about, papers, last)


def numbers(office: Office) -> bytes:
    """编号登记簿: every number of every series, 作废 and 补录 marked; ids and 案号 among them."""
    book = Book("编号登记簿", rows_only=True)
    book.sheet("编号登记簿", _number_rows(office), _NUMBERS_WIDTHS)
    return book.packed()


def _number_rows(office: Office) -> Iterator[Sequence[Value]]:
    yield _NUMBERS
    kinds = office.catalogue.kinds
    latest: dict[tuple[str, int], dt.date] = {}
    for row in office.ledger.number_rows():
        key = (row.series, row.year)
        late = key in latest and row.dated < latest[key]
        latest[key] = max(latest.get(key, row.dated), row.dated)
        kind = row.document[0] if row.document else ""
        title = kinds[kind].title if kind in kinds else kind or "事项本身"
        given = row.given_at.strftime("%Y-%m-%d %H:%M")
        state = "作废" if row.state == "void" else "使用"
        told = (row.series, row.year, row.n, row.text, row.matter, title, row.dated, given)
        yield (*told, state, row.why, row.by, "补录" if late else "")
