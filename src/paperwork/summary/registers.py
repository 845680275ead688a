"""Registers over all matters, as workbooks: of the seal (D-52), of files handed to the archive (D-50b), the year of
enforcement (D-56). What people typed stays text; what only the hand may write has an empty cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from paperwork.facts import rows_of
from paperwork.ledger.overview import RegisterRow
from paperwork.model import Facts, Matter
from paperwork.office import Office
from paperwork.sheetform import Book, Value
from paperwork.summary.yearly import enforcement

_PAGE = 100  # matters in memory
_SEALS = ("序号", "用印日期", "文书名称", "文号", "份数", "用印人", "批准人", "骑缝章", "事项")
_SEAL_WIDTHS = (6, 12, 34, 30, 8, 12, 12, 8, 30)
_FILES = (
    "序号",
    "全宗号",
    "目录号",
    "案卷号",
    "案号",
    "案卷题名",
    "当事人",
    "立案日期",
    "结案日期",
    "保管期限",
    "文书件数",
    "页数",
    "案卷自查",
    "备注",
)
_FILE_WIDTHS = (6, 8, 8, 8, 26, 40, 30, 12, 12, 10, 10, 8, 12, 16)


def seals(office: Office, year: int) -> bytes:
    """用印登记簿: every use of the seal in the year that a form tells of, by day."""
    rows = sorted(_uses(office, year), key=lambda row: str(row[0]))
    book = Book(f"{year}年用印登记簿", rows_only=True)
    told = ((number, *row) for number, row in enumerate(rows, 1))
    book.sheet("用印登记簿", (_SEALS, *told), _SEAL_WIDTHS, f"{_organ(office)}{year}年用印登记簿")
    return book.packed()


def _uses(office: Office, year: int) -> Iterator[tuple[Value, ...]]:
    for row, _, facts in _matters(office, lambda row: row.opened_on.year <= year):
        for use in rows_of(facts.get("seals")):
            on = use.get("on")
            if isinstance(on, dt.date) and on.year == year:
                told = [str(use.get(name, "")) for name in ("title", "document", "copies", "user", "approved_by")]
                yield (on, *told, "是" if use.get("straddle") else "否", row.case or row.id)


def archive(office: Office, year: int) -> bytes:
    """档案移交清册: the cases closed in the year, one line a file; pages are counted by whoever binds it.

    档案法实施条例 art 20: files are handed over regularly. Both sides sign below.
    """
    book = Book(f"{year}年档案移交清册", rows_only=True)
    rows: list[Sequence[Value]] = [_FILES]
    closed = _matters(
        office, lambda row: row.type == "case" and row.closed_on is not None and row.closed_on.year == year
    )
    rows += [_file(office, number, *one) for number, one in enumerate(closed, 1)]
    rows += [
        (),
        (
            "",
            "移交单位（印章）：",
            "",
            "",
            "",
            "移交人（签名）：",
            "接收单位（印章）：",
            "",
            "",
            "接收人（签名）：",
            "",
            "日期：",
        ),
    ]
    book.sheet("档案移交清册", rows, _FILE_WIDTHS, f"{_organ(office)}{year}年结案案卷移交清册")
    return book.packed()


def _file(office: Office, number: int, row: RegisterRow, matter: Matter, facts: Facts) -> Sequence[Value]:
    terms = {c.code: c.label for c in office.catalogue.facts["archive.retention"].choices}
    places = [str(facts.get(f"archive.{name}", "")) for name in ("fonds", "catalogue", "no")]
    title = str(facts.get("case.title", "") or facts.get("case.act", ""))
    papers = sum(d.state in ("issued", "replaced") and bool(d.code) for d in matter.documents)
    retention = terms.get(str(facts.get("archive.retention", "")), "")
    checked = facts.get("self_check.on")
    looked = checked if isinstance(checked, dt.date) else "未自查"
    days = (row.opened_on, row.closed_on)
    return (number, *places, row.case, title, row.party, *days, retention, papers, "", looked, "")


def _organ(office: Office) -> str:
    return office.catalogue.settings.organ.name


def _matters(office: Office, wanted: Callable[[RegisterRow], bool]) -> Iterator[tuple[RegisterRow, Matter, Facts]]:
    """The matters wanted with their facts, in the order of opening."""
    with office.ledger.figures() as look:
        rows = [row for row in look.register() if wanted(row)]
    for start in range(0, len(rows), _PAGE):
        page = {row.id: row for row in rows[start : start + _PAGE]}
        for matter, past in office.ledger.whole(page):
            yield page[matter.id], matter, office.sight(matter, past).folded


EXPORTS: Mapping[str, tuple[str, Callable[[Office, int], bytes]]] = {
    "seals": ("用印登记簿", seals),
    "archive": ("档案移交清册", archive),
    "enforcement": ("年度行政执法数据表", enforcement),
}
"""What `export` is asked for → (the file's name, what makes it)."""
