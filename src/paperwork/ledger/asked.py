"""What summaries and listings ask of the ledger, and the rows behind figures that it keeps for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from paperwork.ledger import connection as db
from paperwork.ledger import counts, look, parties, quoting
from paperwork.ledger.figures import Figures
from paperwork.ledger.rows import NumberRow, SeriesRow
from paperwork.ledger.tables import meta
from paperwork.model import History, Matter, Register, Tallied

Recounted = tuple[str, int, Iterable[Tallied]]
"""A matter, the version at which it was read, and its rows."""


class Asked:
    """The part of the ledger behind figures, reports and registers."""

    _engine: Engine
    bureau: str

    def number_rows(self) -> tuple[NumberRow, ...]:
        """The whole register of numbers, ids and 案号 among them (`document` is None)."""
        with db.reading(self._engine) as connection:
            return tuple(look.numbered(connection, self.bureau))

    def series(self) -> tuple[SeriesRow, ...]:
        """How far each series has come: `start`+1 … `last` must stand in the register."""
        with db.reading(self._engine) as connection:
            return look.series(connection, self.bureau)

    def open_drafts(self) -> dict[str, list[str]]:
        """Matter → titles of the papers that wait for approval."""
        with db.reading(self._engine) as connection:
            return look.open_drafts(connection, self.bureau)

    def latest_issued(self) -> dt.date | None:
        """The latest date that a document issued here bears; None before the first."""
        with db.reading(self._engine) as connection:
            return look.latest_issued(connection, self.bureau)

    def borne(self, number: str) -> bool:
        """Whether this number stands in the register, 作废 or not."""
        with db.reading(self._engine) as connection:
            return look.borne(connection, self.bureau, number)

    def quoted(self, numbers: Collection[str]) -> Register:
        """Which papers bear these numbers, and how far each series has come; nothing is looked up for none."""
        if not numbers:
            return Register()
        with db.reading(self._engine) as connection:
            return quoting.quoted(connection, self.bureau, numbers)

    @contextmanager
    def figures(self) -> Iterator[Figures]:
        """The rows behind the figures of summaries, as of one moment."""
        with db.reading(self._engine) as connection:
            yield Figures(connection, self.bureau)

    def whole(self, ids: Iterable[str]) -> tuple[tuple[Matter, History], ...]:
        """These matters, each with what is known of its party besides, as of one moment."""
        with db.reading(self._engine) as connection:
            matters = (look.matter(connection, self.bureau, one) for one in ids)
            return tuple(
                (matter, parties.history(connection, self.bureau, matter.party_key, matter.id))
                for matter in matters
                if matter
            )

    def recount(self, counted: Iterable[Recounted], mark: tuple[str, str] | None = None) -> None:
        """Write the rows of these matters anew, and the `mark`, in one transaction.

        What has moved meanwhile was counted by whoever moved it.
        """
        with db.writing(self._engine) as connection:
            for matter_id, version, rows in counted:
                if look.version(connection, self.bureau, matter_id)[0] == version:
                    counts.write(connection, self.bureau, matter_id, rows)
            if mark:
                _put_meta(connection, self.bureau, *mark)

    def of_type(self, type_: str) -> tuple[str, ...]:
        """Ids of the matters of a type, "" for all, in the order of opening."""
        with db.reading(self._engine) as connection:
            return look.of_type(connection, self.bureau, type_)

    def how_many(self, after: str = "") -> int:
        """The number of matters; of those whose ids come after this one."""
        with db.reading(self._engine) as connection:
            return look.how_many(connection, self.bureau, after)

    def begun(self) -> bool:
        """Whether any matter of this bureau stands here."""
        return bool(self.ids_after("", 1))

    def ids_after(self, last: str, most: int) -> tuple[str, ...]:
        """The next ids of matters in their own order after `last` ("" = from the first), at most so many."""
        with db.reading(self._engine) as connection:
            return look.ids_after(connection, self.bureau, last, most)

    def keyed(self, name: str) -> tuple[str, ...]:
        """Ids of the matters, closed ones too, that have answered the key `name` (`join_by`)."""
        with db.reading(self._engine) as connection:
            return look.keyed(connection, self.bureau, name)

    def mark(self, key: str, value: str) -> None:
        """Remember a word about the ledger itself (which figures its rows were made for)."""
        with db.writing(self._engine) as connection:
            _put_meta(connection, self.bureau, key, value)

    def marked(self, key: str) -> str:
        """What was remembered under `key`; "" before."""
        with db.reading(self._engine) as connection:
            return _get_meta(connection, self.bureau, key)


def _put_meta(connection: Connection, bureau: str, key: str, value: str) -> None:
    """Write one row of `meta`, over an earlier one."""
    if not db.insert_missing(connection, meta, {"bureau": bureau, "key": key, "value": value}):
        here = (meta.c.bureau == bureau) & (meta.c.key == key)
        connection.execute(sa.update(meta).where(here).values(value=value))


def _get_meta(connection: Connection, bureau: str, key: str) -> str:
    """One row of `meta`; "" where there is none."""
    return connection.scalar(sa.select(meta.c.value).where(meta.c.bureau == bureau, meta.c.key == key)) or ""
