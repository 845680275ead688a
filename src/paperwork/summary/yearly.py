"""年度行政执法数据表 (D-56): counted until it is published, then frozen; what has changed since is beside.

Every export keeps what it counted among the objects and prints its SHA-256. The form that tells of the publication
names that hash: so what was signed and published is what is frozen, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from paperwork import codec, spans, views
from paperwork.model import Facts, Json, printed_date
from paperwork.office import Office
from paperwork.sheetform import Book, Value
from paperwork.summary.reckoning import reckon

DUTY = "enforcement"
_HEADS = ("类别", "指标", "单位", "数量")
_WIDTHS = (16, 40, 8, 14)
_CHANGED = ("类别", "指标", "单位", "公开的数量", "现在的数量")
_CHANGED_WIDTHS = (16, 40, 8, 14, 14)


def enforcement(office: Office, year: int) -> bytes:
    """The sheet of a year. MachineError when the record that was published is gone."""
    now = counted(office, year)
    published = _published(office, year)
    record = json.loads(office.objects.get(str(published["yearly.sha256"]).lower())) if published else now
    sha256 = office.objects.put(codec.canonical(record).encode())
    title = f"{office.catalogue.settings.organ.name}{year}年度行政执法数据表"
    book = Book(f"{year}年度行政执法数据表", rows_only=True)
    book.sheet("行政执法数据", _rows(record, sha256, published), _WIDTHS, title)
    if published:
        book.sheet("公开以后的变化", _changes(record, now), _CHANGED_WIDTHS, f"{title}：公开以后的变化")
    return book.packed()


def counted(office: Office, year: int) -> Json:
    """The figures that figures.toml marks with `yearly`, as the ledger stands: {year, as_of, rows}."""
    known = office.catalogue
    with office.ledger.figures() as look:
        reckoned = reckon(look, known, spans.parse(str(year)), today=office.today)
    marked = [figure for figure in known.figures.values() if figure.yearly]
    rows = [[figure.id, figure.yearly, figure.name, figure.unit, reckoned.told(figure.id)] for figure in marked]
    return {"year": year, "as_of": office.today.isoformat(), "rows": rows}


def _published(office: Office, year: int) -> Facts | None:
    duty = next((owed for owed in office.catalogue.yearly if owed.id == DUTY), None)
    return views.year_done(office, duty, year) if duty else None


def _rows(record: Mapping[str, Json], sha256: str, published: Facts | None) -> list[Sequence[Value]]:
    year, as_of = record["year"], record["as_of"]
    span = f"统计期间{year}年1月1日至12月31日，数据截至{as_of}；「—」为没有登记。校验值：{sha256}"
    signed = "审核人（签名）：　　　　　　　　　　公开日期："
    if published:
        day = printed_date(published["yearly.published_on"])  # type: ignore[arg-type]  # a date, or nothing is published
        at, by = (published.get(f"yearly.{name}", "") for name in ("published_at", "approved_by"))
        signed = f"{day}在{at}公开，审核人：{by}"
    return [_HEADS, *(tuple(row[1:]) for row in record["rows"]), ("", span), ("", signed)]


def _changes(record: Mapping[str, Json], now: Mapping[str, Json]) -> list[Sequence[Value]]:
    """Figures that are others today than as they were published; a figure that is told no more has 「—」."""
    today = {row[0]: row[4] for row in now["rows"]}
    changed = [(*row[1:], today.get(row[0], "—")) for row in record["rows"] if today.get(row[0]) != row[4]]
    return [_CHANGED, *changed] if changed else [_CHANGED, ("", f"没有变化（截至{now['as_of']}）")]
