"""Numbers: one run per bureau, series and year, without gap or double, given only while registering."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from paperwork import codec
from paperwork.errors import OfficeError, UsageError
from paperwork.ledger import connection as db
from paperwork.ledger import counts, events, quick, rows
from paperwork.ledger import tables as t
from paperwork.model import DocumentKey, Event, Series, Slot
from paperwork.numbering import check_pattern, format_number, parse_number

ID_SERIES = "id:"
"""Series of matters' own ids begin so, followed by the letters: `id:LA` gives 2026-LA-0007."""

OFFICE_SERIES = "office:"
"""Numbers that the office gives by hand stand in the register under this and their prefix; they may have gaps."""


@dataclass(frozen=True)
class Grant:
    """What a number is given for. `document` is (kind, occurrence, version), None for a matter's own id or 案号."""

    matter: str
    document: DocumentKey | None
    dated: dt.date
    given_at: dt.datetime
    by: str


@dataclass(frozen=True)
class Given:
    """A number taken from its series but not yet written into the register."""

    series: str
    year: int
    n: int
    text: str


def take(connection: Connection, bureau: str, slot: Slot, patterns: Mapping[str, Series]) -> Given:
    """Take the next number of a series. The row stays locked until the transaction ends: rolled back, never given."""
    is_id = slot.series.startswith(ID_SERIES)
    series = None if is_id else _series(slot, patterns)
    n = advance(connection, bureau, slot, series.start.get(slot.year, 0) if series else 0)
    if series is None:
        text = f"{slot.year}-{slot.series.removeprefix(ID_SERIES)}-{n:04d}"
    else:
        text = format_number(series.pattern, slot.year, n)
    return Given(slot.series, slot.year, n, text)


def advance(connection: Connection, bureau: str, slot: Slot, start: int = 0, by: int = 1) -> int:
    """Move a series on and return its last number; `start` counts only when the series begins here."""
    key: dict[str, str | int] = {"bureau": bureau, "series": slot.series, "year": slot.year}
    db.insert_missing(connection, t.series, {**key, "start": start, "last": start})
    return int(quick.value(connection, _advanced, **key, by=by))


def _advanced() -> sa.UpdateBase:
    c = t.series.c
    here = (c.bureau == quick.here) & (c.series == quick.named("series")) & (c.year == quick.named("year"))
    return sa.update(t.series).where(here).values(last=c.last + quick.named("by")).returning(c.last)


def record(connection: Connection, bureau: str, given: Given, grant: Grant) -> None:
    """Write a taken number into the register."""
    row = {
        "bureau": bureau,
        "series": given.series,
        "year": given.year,
        "n": given.n,
        "text": given.text,
        "matter": grant.matter,
        "document": codec.canonical(grant.document),
        "dated": rows.day(grant.dated),
        "given_at": rows.instant(grant.given_at),
        "by": grant.by,
    }
    quick.insert(connection, t.numbers, row)


def record_given(connection: Connection, bureau: str, text: str, grant: Grant) -> None:
    """A number that the office gave by hand joins the register, so that it is never borne twice and can be cancelled.

    Raises IntegrityError when the number is there already.
    """
    parsed = parse_number(text)
    prefix, year, n = (parsed.prefix, parsed.year, parsed.n) if parsed else (text, grant.dated.year, 0)
    record(connection, bureau, Given(OFFICE_SERIES + prefix, year, n, text), grant)


def void(connection: Connection, bureau: str, number: str, cancelled: Event) -> None:
    """Cancel a document's number: it stays in the register as 作废, its document as void. Twice is once.

    `cancelled.data["why"]` is the reason. UsageError for an unknown number and for a matter's own id or 案号.
    """
    c = t.numbers.c
    found = (
        connection.execute(sa.select(t.numbers).where(c.bureau == bureau, c.text == number).with_for_update())
        .mappings()
        .first()
    )
    if found is None:
        raise UsageError(f"没有这个文号：{number}", advice="各份文书的文号见 paperwork show 案号。")
    row = rows.number_of(found)
    if row.document is None:
        raise UsageError(f"{number} 是事项本身的编号，不能作废", advice="只有文书的文号可以作废。")
    if row.state == "void":
        return
    connection.execute(
        sa.update(t.numbers)
        .where(c.bureau == bureau, c.text == number)
        .values(state="void", why=cancelled.data["why"], by=cancelled.by)
    )
    _void_document(connection, bureau, row, cancelled)


def _void_document(connection: Connection, bureau: str, row: rows.NumberRow, cancelled: Event) -> None:
    d, m, p = t.documents.c, t.matters.c, t.past.c
    mine = (d.bureau == bureau) & (d.matter == row.matter)
    bears = mine & (d.number == row.text)
    found = connection.execute(sa.select(d.draft_code, d.measure).where(bears)).first()
    code, measure = found or ("", "")
    # What was approved with it under one code falls with it, so that the next round's papers stand alone.
    beside = mine & (d.draft_code == code) & (d.draft_code != "") & (d.state == "issued")
    fallen = connection.execute(sa.select(d.kind, d.occurrence, d.version).where(bears | beside))
    counts.void(connection, bureau, row.matter, ["/".join(str(part) for part in key) for key in fallen])
    connection.execute(sa.update(t.documents).where(bears | beside).values(state="void"))
    # A decision that is void is no earlier offence; another paper's number says nothing of the decision.
    same = (p.bureau == bureau) & (p.matter == row.matter) & (p.measure == measure)
    connection.execute(sa.delete(t.past).where(same))
    connection.execute(sa.update(t.matters).where(m.bureau == bureau, m.id == row.matter).values(version=m.version + 1))
    unit = connection.scalar(sa.select(m.unit).where(m.bureau == bureau, m.id == row.matter)) or ""
    events.append(connection, events.Journal(bureau, unit, row.matter), [cancelled])


def _series(slot: Slot, patterns: Mapping[str, Series]) -> Series:
    series = patterns.get(slot.series)
    if series is None:
        raise OfficeError(f"没有编号序列「{slot.series}」", advice="请在 templates/bureau.toml 的 [numbers] 中写明它。")
    if complaint := check_pattern(series.pattern):
        raise OfficeError(complaint, advice="请改正 templates/bureau.toml 的 [numbers]。")
    return series
