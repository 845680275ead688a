"""台账 (D-30) and the register of numbers as workbooks. What people typed stays text, whatever it begins with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from paperwork import slips
from paperwork.facts import rows_of
from paperwork.ledger import NumberRow
from paperwork.model import Document, Fact, Facts, Matter
from paperwork.office import Office
from paperwork.sheetform import Book, Value
from paperwork.summary.rebuilding import Progress

_PAGE = 100  # matters in memory

_LEDGER = (
    *("序号", "编号", "案号", "类型", "当事人", "承办机构", "行业", "状态"),
    *("立项日期", "结案日期", "文书和文号", "最近文书日期"),
)
_LEDGER_WIDTHS = (6, 14, 26, 12, 32, 26, 22, 10, 12, 12, 48, 12)
_NUMBERS = ("序列", "年份", "序号", "文号", "事项", "文书", "文书日期", "编号时间", "状态", "原因", "经手", "补录")
_NUMBERS_WIDTHS = (18, 6, 6, 32, 14, 24, 12, 18, 8, 28, 12, 8)


_EVENTS = (
    *("序号", "案号或编号", "日期", "主体", "行业", "四新", "线上", "来源", "措施", "依据", "结果", "整改"),
    *("承办人", "文书编号", "备注"),
)
_EVENT_WIDTHS = (6, 26, 12, 32, 22, 6, 10, 12, 26, 48, 10, 20, 18, 30, 14)
_REMARKS = {"replaced": "已被后来的文书替换", "void": "文号作废"}


def ledger(office: Office, progress: Progress | None = None) -> bytes:
    """包容审慎监管工作台账: every matter with its papers, in order of opening; then every paper by itself (D-30)."""
    book = Book("包容审慎监管工作台账", rows_only=True)
    book.long("台账", _ledger_rows(office), _LEDGER_WIDTHS)
    book.long("逐件", _event_rows(office, progress), _EVENT_WIDTHS)
    return book.packed()


def _event_rows(office: Office, progress: Progress | None) -> Iterator[Sequence[Value]]:
    """One row for each issued paper, what was replaced or made void among them: nothing is taken back in silence."""
    yield _EVENTS
    number = done = 0
    last, of = "", office.ledger.how_many()
    while page := office.ledger.ids_after(last, _PAGE):
        last, done = page[-1], done + len(page)
        for matter, past in office.ledger.whole(page):
            facts = office.sight(matter, past).facts(matter.documents)
            for document in matter.documents:
                if document.code and document.dated and document.state in ("issued", *_REMARKS):
                    number += 1
                    yield (number, *_event(office, matter, document, facts))
        if progress:
            progress(done, max(of, done))


def _event(office: Office, matter: Matter, document: Document, facts: Facts) -> Sequence[Value]:
    told = [label_of(office.catalogue.facts[name], facts.get(name)) for name in ("new_economy.flag", "case.channel")]
    mended = [item["done_on"] for item in rows_of(facts.get("mending")) if item.get("done_on")]
    state = f"已整改 {mended[-1]}" if mended else ("未整改" if facts.get("mending") else "")
    return (
        *(matter.case or matter.id, document.dated, matter.party, str(facts.get("case.industry", "")), *told),
        label_of(office.catalogue.facts["case.source"], facts.get("case.source")),
        *(document.title, str(document.recipe.context.get("measure", {}).get("grounds", ""))),
        *(slips.STATES.get(matter.state, matter.state), state),
        "、".join(str(item.get("name", "")) for item in rows_of(facts.get("officers"))),
        *(document.number, _REMARKS.get(document.state, "")),
    )


def label_of(fact: Fact, value: object) -> str:
    """A choice or a yes by its label; "" of what nobody answered."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return next((choice.label for choice in fact.choices if choice.code == value), "")


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


def numbers(office: Office, progress: Progress | None = None) -> bytes:
    """编号登记簿: every number of every series, 作废 and 补录 marked; ids and 案号 among them."""
    book = Book("编号登记簿", rows_only=True)
    book.long("编号登记簿", _number_rows(office, progress), _NUMBERS_WIDTHS)
    return book.packed()


def _number_rows(office: Office, progress: Progress | None) -> Iterator[Sequence[Value]]:
    yield _NUMBERS
    of = sum(series.last - series.start for series in office.ledger.series())
    with office.ledger.figures() as look:
        for done, row in enumerate(_numbered(office, look.numbered()), 1):
            yield row
            if progress and done % _PAGE == 0:
                progress(done, max(of, done))


def _numbered(office: Office, register: Iterable[NumberRow]) -> Iterator[Sequence[Value]]:
    kinds = office.catalogue.kinds
    latest: dict[tuple[str, int], dt.date] = {}
    for row in register:
        key = (row.series, row.year)
        late = key in latest and row.dated < latest[key]
        latest[key] = max(latest.get(key, row.dated), row.dated)
        kind = row.document[0] if row.document else ""
        title = kinds[kind].title if kind in kinds else kind or "事项本身"
        given = row.given_at.strftime("%Y-%m-%d %H:%M")
        state = "作废" if row.state == "void" else "使用"
        told = (row.series, row.year, row.n, row.text, row.matter, title, row.dated, given)
        yield (*told, state, row.why, row.by, "补录" if late else "")
