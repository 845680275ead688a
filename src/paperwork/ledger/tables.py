"""The tables. Every row and every unique key begins with `bureau`; none of it is SQLite's alone.

Dates and times are ISO text (times in Asia/Shanghai, so that they sort), JSON is canonical text: what was written is
what is read, on every database.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, MetaData, String, Table, Text, UniqueConstraint
from sqlalchemy import text as words

metadata = MetaData()


def _bureau() -> Column[str]:
    return Column("bureau", String, primary_key=True)


def _key(name: str) -> Column[str]:
    return Column(name, String, primary_key=True)


def _text(name: str, default: str = "") -> Column[str]:
    return Column(name, Text, nullable=False, default=default)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, default=0)


def _counter(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


meta = Table("meta", metadata, _bureau(), _key("key"), _text("value"))

drops = Table(
    "drops",
    metadata,
    _bureau(),
    _key("id"),
    _text("name"),
    _text("place"),
    _text("by"),
    _text("received_at"),
    _text("sha256"),
    _text("staged"),
    _text("state", "received"),  # received | registered | returned (a row of a sheet is enough) | duplicate
    Column("concluded_at", Text),  # NULL: work is left to do
    _text("outcome", "null"),
    Index("drops_by_time", "bureau", "received_at"),
    Index(
        *("drops_unfinished", "bureau", "received_at"),
        sqlite_where=words("concluded_at IS NULL"),
        postgresql_where=words("concluded_at IS NULL"),
    ),
)

given_back = Table(
    "given_back",
    metadata,
    _bureau(),
    _key("drop"),
    _text("form"),
    _text("about", "{}"),  # of whom and of which matter it spoke
    _text("follows"),  # the earlier returned drop that it was meant to correct
    _text("files", "[]"),  # [[path, sha256]]: the marked copy and its note, relative to the inbox
    _text("corrected_by"),  # the accepted drop that made it good
    ForeignKeyConstraint(["bureau", "drop"], ["drops.bureau", "drops.id"]),
    Index("given_back_corrected", "bureau", "corrected_by"),
)

laid_out = Table(
    "laid_out",
    metadata,
    _bureau(),
    _key("matter"),
    _key("path"),  # relative to the inbox
    _text("made_of"),  # hash of what it was made from: the same again need not be made anew
    _text("sha256"),
    ForeignKeyConstraint(["bureau", "matter"], ["matters.bureau", "matters.id"]),
)

parties = Table("parties", metadata, _bureau(), _key("key"), _text("name"), _number("version"))

matters = Table(
    "matters",
    metadata,
    _bureau(),
    _key("id"),
    _text("type"),
    Column("case_no", Text),  # NULL where there is none, so that the unique key below speaks of 案号 only
    _text("party_key"),
    _text("party"),
    _text("unit"),
    _text("state"),
    _text("opened_on"),
    Column("closed_on", Text),
    _text("folder"),
    _number("version"),
    _text("attention", "[]"),
    _text("case_key"),
    Column("next_on", Text),  # the next day on which it must be asked again; NULL = none
    _text("harm"),  # grave harm that the matter tells of its party: raised | confirmed | ""
    _number("waits_for"),  # the year whose calendar some date of it waits for; 0 = none
    UniqueConstraint("bureau", "case_no"),
    UniqueConstraint("bureau", "folder"),
    Index("matters_of_party", "bureau", "party_key"),
    Index("matters_by_day", "bureau", "next_on"),
    Index("matters_by_calendar", "bureau", "waits_for"),
)

keys = Table(  # by which forms find their matter (`join_by`)
    "keys",
    metadata,
    _bureau(),
    _key("matter"),
    _key("name"),
    _key("answer"),
    ForeignKeyConstraint(["bureau", "matter"], ["matters.bureau", "matters.id"]),
    Index("keys_by_answer", "bureau", "name", "answer"),
)

submissions = Table(
    "submissions",
    metadata,
    _bureau(),
    _key("drop"),
    _counter("row"),
    _number("seq"),  # order within the matter
    _text("matter"),
    _text("named"),  # the matter as the form wrote it
    _text("form"),
    _text("facts", "{}"),
    _text("adds", "[]"),
    _text("corrects"),
    Column("submitted_at", Text),
    _text("submitted_by"),
    Column("content_key", Text),
    _text("recorded_at"),
    UniqueConstraint("bureau", "content_key"),
    UniqueConstraint("bureau", "matter", "seq"),
    ForeignKeyConstraint(["bureau", "drop"], ["drops.bureau", "drops.id"]),
    ForeignKeyConstraint(["bureau", "matter"], ["matters.bureau", "matters.id"]),
)

documents = Table(
    "documents",
    metadata,
    _bureau(),
    _key("matter"),
    _key("kind"),
    _key("occurrence"),
    _counter("version"),
    _number("made"),  # order of creation within the matter, drafts and forms included
    _text("code"),
    _text("title"),
    _text("state"),
    _text("draft_code"),
    _text("measure"),
    _text("rule"),
    _text("number"),
    Column("dated", Text),
    _number("seq"),  # order among the issued documents; 0 = outside the index
    _text("recipe"),
    _text("path"),
    _text("sha256"),
    _text("draft_path"),
    _text("draft_sha256"),
    _text("replaces"),
    _text("drop"),  # the submission's drop that called for it
    _text("work_drop"),  # drop and row whose plan last made or issued it: they have it to file
    _number("work_row"),
    ForeignKeyConstraint(["bureau", "matter"], ["matters.bureau", "matters.id"]),
    Index("documents_of_drop", "bureau", "work_drop"),
    Index("documents_of_number", "bureau", "number"),
    Index(
        *("documents_by_day", "bureau", "dated"),
        sqlite_where=words("dated IS NOT NULL"),
        postgresql_where=words("dated IS NOT NULL"),
    ),
)

series = Table(
    "series",
    metadata,
    _bureau(),
    _key("series"),
    _counter("year"),
    _number("start"),  # the last number given by hand, before the first from here
    _number("last"),
)

numbers = Table(
    "numbers",
    metadata,
    _bureau(),
    _key("series"),
    _counter("year"),
    _counter("n"),
    _text("text"),
    _text("matter"),
    _text("document", "null"),  # [kind, occurrence, version]; null: the matter's own id or 案号
    _text("dated"),
    _text("given_at"),
    _text("state", "given"),  # given | void
    _text("why"),
    _text("by"),
    UniqueConstraint("bureau", "text"),
    ForeignKeyConstraint(["bureau", "matter"], ["matters.bureau", "matters.id"]),
)

events = Table(
    "events",
    metadata,
    _bureau(),
    _counter("seq"),
    _text("recorded_at"),
    _text("happened_on"),
    _text("unit"),
    _text("matter"),
    _text("kind"),
    _text("by"),
    _text("data", "{}"),
    ForeignKeyConstraint(["bureau", "matter"], ["matters.bureau", "matters.id"]),
    Index("events_of_matter", "bureau", "matter", "seq"),
)

past = Table(
    "past",
    metadata,
    _bureau(),
    _key("matter"),
    _key("measure"),
    _text("party_key"),
    _text("decided_on"),
    _text("industry"),
    _text("ground"),  # of a decision not to punish
    ForeignKeyConstraint(["bureau", "matter"], ["matters.bureau", "matters.id"]),
    Index("past_of_party", "bureau", "party_key"),
)

counts = Table(
    "counts",
    metadata,
    _bureau(),
    _key("happened_on"),  # "" = undated: in no period
    _key("figure"),
    _key("matter"),
    _key("item"),
    _text("unit"),
    _text("party_key"),
    _text("industry"),
    _text("measure"),
    _text("ground"),
    _number("amount"),
    _text("document"),
    _text("why"),  # "" = it counts
    _number("stock"),  # 1: it counts from its day on, in every later period too
    ForeignKeyConstraint(["bureau", "matter"], ["matters.bureau", "matters.id"]),
    Index("counts_of_matter", "bureau", "matter"),
    Index(
        *("counts_of_stock", "bureau", "figure", "happened_on"),
        sqlite_where=words("stock = 1"),
        postgresql_where=words("stock = 1"),
    ),
    sqlite_with_rowid=False,  # the rows of a period lie beside each other
)
"""What every matter adds to the figures of summaries: a projection, written with the matter, rebuilt from truth."""
