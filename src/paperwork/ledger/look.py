"""Looking things up: nothing here writes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from paperwork.ledger import quick, rows
from paperwork.ledger import tables as t
from paperwork.model import Document, Event, Matter, Received, Submission

CLOSED = ("closed", "transferred", "not_filed")
"""States in which a matter waits for nothing more."""


def waiting() -> sa.ColumnElement[bool]:
    """Matters in none of these states."""
    return sa.and_(*(t.matters.c.state != state for state in CLOSED))


def find(connection: Connection, bureau: str, reference: str) -> str | None:
    """The id of the matter with this id or 案号."""
    m = t.matters.c
    wanted = reference.strip()
    return connection.scalar(sa.select(m.id).where(m.bureau == bureau, (m.id == wanted) | (m.case_no == wanted)))


def unit_of(connection: Connection, bureau: str, matter_id: str) -> str:
    """The unit that handles the matter."""
    m = t.matters.c
    return connection.scalar(sa.select(m.unit).where(m.bureau == bureau, m.id == matter_id)) or ""


def matter_of(connection: Connection, bureau: str, drop_id: str, row: int) -> str | None:
    """The matter that this submission went to."""
    found: str | None = quick.value(connection, _matter_of, bureau=bureau, drop=drop_id, row=row)
    return found


def _matter_of() -> sa.Select[Any]:
    s = t.submissions.c
    return sa.select(s.matter).where(
        s.bureau == quick.here, s.drop == quick.named("drop"), s.row == quick.named("row")
    )


def rows_of(connection: Connection, bureau: str, drop_id: str) -> dict[int, str]:
    """Row → matter of each submission of this drop; row 0 is the one of a form of its own."""
    s = t.submissions.c
    query = sa.select(s.row, s.matter).where(s.bureau == bureau, s.drop == drop_id).order_by(s.row)
    return {row.row: row.matter for row in connection.execute(query)}


def of_type(connection: Connection, bureau: str, type_: str) -> tuple[str, ...]:
    m = t.matters.c
    query = sa.select(m.id).where(m.bureau == bureau)
    query = query.where(m.type == type_) if type_ else query
    return tuple(connection.scalars(query.order_by(m.opened_on, m.id)))


def how_many(connection: Connection, bureau: str, after: str) -> int:
    """The number of matters whose ids come after this one."""
    m = t.matters.c
    return connection.scalar(sa.select(sa.func.count()).where(m.bureau == bureau, m.id > after)) or 0


def ids_after(connection: Connection, bureau: str, last: str, most: int) -> tuple[str, ...]:
    """The next ids of matters in their own order, at most so many."""
    m = t.matters.c
    query = sa.select(m.id).where(m.bureau == bureau, m.id > last).order_by(m.id)
    return tuple(connection.scalars(query.limit(most)))


def latest_issued(connection: Connection, bureau: str) -> dt.date | None:
    """The latest date that a document issued here bears."""
    d = t.documents.c
    query = sa.select(d.dated).where(d.bureau == bureau, d.dated.is_not(None), d.state.not_in(("draft", "superseded")))
    return rows.day_of(connection.scalar(query.order_by(d.dated.desc()).limit(1)))


def matter(connection: Connection, bureau: str, matter_id: str) -> Matter | None:
    """The whole matter: submissions in order, documents (issued ones by `seq`, then drafts as made), events, forms."""
    found = quick.ask(connection, _a_matter, bureau=bureau, matter=matter_id)
    if not found:
        return None
    row = found[0]
    return Matter(
        id=row["id"],
        type=row["type"],
        case=row["case_no"] or "",
        party_key=row["party_key"],
        party=row["party"],
        unit=row["unit"],
        state=row["state"],
        opened_on=dt.date.fromisoformat(row["opened_on"]),
        folder=row["folder"],
        version=row["version"],
        party_version=row["party_version"],
        attention=rows.frozen(json.loads(row["attention"])),
        submissions=_submissions(connection, bureau, matter_id),
        documents=_documents(connection, bureau, matter_id),
        events=_events(connection, bureau, matter_id),
        received=_received(connection, bureau, matter_id),
        closed_on=rows.day_of(row["closed_on"]),
    )


def _a_matter() -> sa.Select[Any]:
    m, p = t.matters.c, t.parties.c
    return (
        sa.select(t.matters, sa.func.coalesce(p.version, 0).label("party_version"))
        .outerjoin(t.parties, (p.bureau == m.bureau) & (p.key == m.party_key))
        .where(m.bureau == quick.here, m.id == quick.named("matter"))
    )


def matters(connection: Connection, bureau: str, text: str) -> tuple[rows.MatterRow, ...]:
    """Light rows in the order of opening; `text` is looked for in id, 案号 and party."""
    m = t.matters.c
    query = sa.select(t.matters).where(m.bureau == bureau)
    if text.strip():
        columns = (m.id, m.case_no, m.party)
        query = query.where(sa.or_(*(column.icontains(text.strip(), autoescape=True) for column in columns)))
    found = connection.execute(query.order_by(m.opened_on, m.id)).mappings()
    return tuple(rows.matter_row_of(row) for row in found)


def open_matters(connection: Connection, bureau: str) -> tuple[str, ...]:
    m = t.matters.c
    query = sa.select(m.id).where(m.bureau == bureau, m.closed_on.is_(None), waiting())
    return tuple(connection.scalars(query.order_by(m.opened_on, m.id)))


def joined(connection: Connection, bureau: str, type_: str, keys: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Ids of the open matters of this type that have, for every name, one of its answers."""
    m, k = t.matters.c, t.keys.c
    found: set[str] | None = None
    for name in dict.fromkeys(name for name, _ in keys):
        answers = [answer for other, answer in keys if other == name]
        # By the key first: few matters have it, and a million may be of the type.
        told = sa.select(k.matter).where(k.bureau == bureau, k.name == name, k.answer.in_(answers))
        query = sa.select(m.id).where(m.bureau == bureau, m.id.in_(told), m.type == type_)
        having = set(connection.scalars(query.where(m.closed_on.is_(None), waiting())))
        found = having if found is None else found & having
    return tuple(sorted(found or ()))


def keyed(connection: Connection, bureau: str, name: str) -> tuple[str, ...]:
    """Ids of the matters, closed ones too, that have answered the key `name`."""
    k = t.keys.c
    query = sa.select(k.matter).where(k.bureau == bureau, k.name == name).distinct()
    return tuple(connection.scalars(query.order_by(k.matter)))


def due_matters(connection: Connection, bureau: str, today: dt.date, years: tuple[int, ...]) -> tuple[str, ...]:
    """Ids of the open matters whose next day has come, or whose missing calendar is on file now."""
    day = today.isoformat()
    found = quick.ask(connection, _due, bureau=bureau, today=day)
    come = (row["id"] for row in found if row["waits_for"] in years or (row["next_on"] and row["next_on"] <= day))
    return tuple(sorted(come))  # here: asked for in their order, the database would read every matter


def _due() -> sa.Select[Any]:
    m = t.matters.c
    query = sa.select(m.id, m.waits_for, m.next_on).where(m.bureau == quick.here, m.closed_on.is_(None))
    come = sa.or_(m.next_on <= quick.named("today"), m.waits_for > 0)
    return query.where(waiting(), come)


def seen(connection: Connection, bureau: str, content_key: str) -> tuple[str, str] | None:
    """(matter id, drop/row) of the submission with this content."""
    for row in quick.ask(connection, _seen, bureau=bureau, content=content_key):
        return row["matter"], f"{row['drop']}/{row['row']}"
    return None


def _seen() -> sa.Select[Any]:
    s = t.submissions.c
    query = sa.select(s.matter, s.drop, s.row)
    return query.where(s.bureau == quick.here, s.content_key == quick.named("content"))


def version(connection: Connection, bureau: str, matter_id: str) -> tuple[int, int]:
    """(version of the matter, number of its documents that are filed); (0, 0) for none."""
    found = quick.value(connection, _version, bureau=bureau, matter=matter_id)
    filed = quick.value(connection, _filed, bureau=bureau, matter=matter_id)
    return found or 0, filed or 0


def _version() -> sa.Select[Any]:
    m = t.matters.c
    return sa.select(m.version).where(m.bureau == quick.here, m.id == quick.named("matter"))


def _filed() -> sa.Select[Any]:
    d = t.documents.c
    count = sa.select(sa.func.count().label("filed")).select_from(t.documents)
    return count.where(d.bureau == quick.here, d.matter == quick.named("matter"), d.path != "")


def documents(connection: Connection, bureau: str) -> Iterator[tuple[Document, str]]:
    """Every document with its matter's folder, for the audit."""
    d, m = t.documents.c, t.matters.c
    query = (
        sa.select(t.documents, m.folder)
        .join(t.matters, (m.bureau == d.bureau) & (m.id == d.matter))
        .where(d.bureau == bureau)
        .order_by(d.matter, d.made)
    )
    for row in connection.execute(query.execution_options(yield_per=500)).mappings():
        yield rows.document_of(row), row["folder"]


def borne(connection: Connection, bureau: str, number: str) -> bool:
    n = t.numbers.c
    return connection.scalar(sa.select(n.text).where(n.bureau == bureau, n.text == number)) is not None


def open_drafts(connection: Connection, bureau: str) -> dict[str, list[str]]:
    """Matter → titles of the papers that wait for approval, in the order in which they were made."""
    d = t.documents.c
    query = sa.select(d.matter, d.title).where(d.bureau == bureau, d.state == "draft", d.code != "")
    found: dict[str, list[str]] = {}
    for row in connection.execute(query.order_by(d.matter, d.made)):
        found.setdefault(row.matter, []).append(row.title)
    return found


def numbered(connection: Connection, bureau: str) -> Iterator[rows.NumberRow]:
    n = t.numbers.c
    query = sa.select(t.numbers).where(n.bureau == bureau).order_by(n.series, n.year, n.n)
    for row in connection.execute(query.execution_options(yield_per=1000)).mappings():
        yield rows.number_of(row)


def series(connection: Connection, bureau: str) -> tuple[rows.SeriesRow, ...]:
    s = t.series.c
    query = sa.select(t.series).where(s.bureau == bureau).order_by(s.series, s.year)
    found = connection.execute(query).mappings()
    return tuple(rows.SeriesRow(row["series"], row["year"], row["start"], row["last"]) for row in found)


def _submissions(connection: Connection, bureau: str, matter_id: str) -> tuple[Submission, ...]:
    found = quick.ask(connection, _its_submissions, bureau=bureau, matter=matter_id)
    return tuple(rows.submission_of(row) for row in found)


def _its_submissions() -> sa.Select[Any]:
    s = t.submissions.c
    query = sa.select(t.submissions).where(s.bureau == quick.here, s.matter == quick.named("matter"))
    return query.order_by(s.seq)


def _documents(connection: Connection, bureau: str, matter_id: str) -> tuple[Document, ...]:
    found = quick.ask(connection, _its_documents, bureau=bureau, matter=matter_id)
    return tuple(rows.document_of(row) for row in found)


def _its_documents() -> sa.Select[Any]:
    d = t.documents.c
    drafts_last = sa.case((d.seq == 0, 1), else_=0)
    query = sa.select(t.documents).where(d.bureau == quick.here, d.matter == quick.named("matter"))
    return query.order_by(drafts_last, d.seq, d.made)


def _events(connection: Connection, bureau: str, matter_id: str) -> tuple[Event, ...]:
    return tuple(rows.event_of(row) for row in quick.ask(connection, _its_events, bureau=bureau, matter=matter_id))


def _its_events() -> sa.Select[Any]:
    e = t.events.c
    query = sa.select(t.events).where(e.bureau == quick.here, e.matter == quick.named("matter"))
    return query.order_by(e.seq)


def _received(connection: Connection, bureau: str, matter_id: str) -> tuple[Received, ...]:
    return tuple(_received_of(row) for row in quick.ask(connection, _its_forms, bureau=bureau, matter=matter_id))


def _its_forms() -> sa.Select[Any]:
    s, d = t.submissions.c, t.drops.c
    return (
        sa.select(s.drop, s.row, s.form, d.received_at, d.sha256)
        .join(t.drops, (d.bureau == s.bureau) & (d.id == s.drop))
        .where(s.bureau == quick.here, s.matter == quick.named("matter"))
        .order_by(s.seq)
    )


def _received_of(row: quick.Row) -> Received:
    received = rows.time_of(row["received_at"])
    return Received(row["drop"], row["row"], row["form"], received, "filed", row["sha256"])
