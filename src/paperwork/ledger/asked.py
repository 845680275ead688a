"""What summaries and listings ask of the ledger, and the rows behind figures that it keeps for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from paperwork.ledger import connection as db
from paperwork.ledger import counts, look, quoting
from paperwork.ledger.figures import Figures
from paperwork.ledger.rows import NumberRow, SeriesRow
from paperwork.ledger.tables import meta
from paperwork.model import Register, Tallied


class Asked:
    """The part of the ledger behind figures, reports and registers."""

    _engine: Engine
    bureau: str

    def number_rows(self) -> tuple[NumberRow, ...]:
        """The whole register of numbers, ids and 案号 among them (`document` is None)."""
        with db.reading(self._engine) as connection:
            return look.number_rows(connection, self.bureau)

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

    def recount(self, matter_id: str, version: int, counted: Iterable[Tallied]) -> bool:
        """Write a matter's rows anew from what was read at `version`; False when it has moved meanwhile."""
        with db.writing(self._engine) as connection:
            if look.version(connection, self.bureau, matter_id)[0] != version:
                return False
            counts.write(connection, self.bureau, matter_id, counted)
        return True

    def of_type(self, type_: str) -> tuple[str, ...]:
        """Ids of the matters of a type, "" for all, in the order of opening."""
        with db.reading(self._engine) as connection:
            return look.of_type(connection, self.bureau, type_)

    def how_many(self) -> int:
        """The number of matters."""
        with db.reading(self._engine) as connection:
            return look.how_many(connection, self.bureau)

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
