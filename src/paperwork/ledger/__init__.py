"""The ledger: the truth about drops, matters, documents and numbers, and the only room that speaks SQL.

Three transactions carry a drop: A `receive`, B `register`, C `filed` and `conclude`. Each may be repeated after a
kill with the same result. Registering is serialised by the locks on party and matter; numbers are gapless because
they are given inside it and nowhere else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal

from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from paperwork import faults
from paperwork.errors import Bug
from paperwork.ledger import connection as db
from paperwork.ledger import drops, events, look, moving, numbers, papers, parties
from paperwork.ledger.asked import Asked
from paperwork.ledger.called import Called
from paperwork.ledger.counts import Counted, CountRow, Scope
from paperwork.ledger.figures import Figures
from paperwork.ledger.lying import Laid
from paperwork.ledger.queue import QueueAway
from paperwork.ledger.register import register
from paperwork.ledger.rows import DropRow, MatterRow, NumberRow, SeriesRow
from paperwork.ledger.signals import Duplicate, Moved, Refused
from paperwork.ledger.sums import Tally
from paperwork.ledger.work import Work
from paperwork.model import Document, DocumentKey, Drop, Event, History, Json, Matter, Plan, Registered, Series

__all__ = [
    "CountRow",
    "Counted",
    "DropRow",
    "Duplicate",
    "Figures",
    "Ledger",
    "MatterRow",
    "Moved",
    "NumberRow",
    "QueueAway",
    "Refused",
    "Scope",
    "SeriesRow",
    "Tally",
]


State = Literal["returned", "duplicate"]


class Ledger(Asked, Called, Laid):
    """One bureau's ledger. May be shared by threads; several processes may hold the same one open."""

    def __init__(self, engine: Engine, bureau: str) -> None:
        super().__init__(engine, bureau)

    @classmethod
    def open(cls, url: str, bureau: str, upgrade: bool = False, makes: bool = True) -> Ledger:
        """Open or make the ledger at an SQLAlchemy URL (`sqlite:////…/ledger.db`; its folder must exist).

        An older one on a server is refused unless `upgrade`; one on this machine's disk is copied and carried over.
        Without `makes` a server's database without tables is refused.
        """
        return cls(db.connect(url, upgrade, makes), bureau)

    @staticmethod
    def found(url: str) -> str | None:
        """The version of the ledger that stands at this address; None where there is none yet."""
        return db.found(url)

    @property
    def place(self) -> str:
        """Where it is, for people; never a password."""
        return db.place(self._engine)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _tb: TracebackType | None
    ) -> None:
        self.close()

    # ── drops ──

    def receive(self, drop: Drop) -> None:
        """Transaction A: write the drop down. Idempotent by id; Bug if the id stands for another file."""
        with db.writing(self._engine, soon=True) as connection:
            drops.receive(connection, self.bureau, drop)
        faults.point("receive")

    def drop(self, drop_id: str) -> Drop | None:
        """The drop with this id."""
        row = self.drop_row(drop_id)
        return row.drop if row else None

    def drop_row(self, drop_id: str) -> DropRow | None:
        """The drop with this id, with its state and outcome."""
        with db.reading(self._engine) as connection:
            return drops.find(connection, self.bureau, drop_id)

    def unfinished(self) -> tuple[tuple[Drop, str], ...]:
        """(drop, state) of every drop that is not concluded, oldest first."""
        with db.reading(self._engine) as connection:
            found = drops.unfinished(connection, self.bureau)
        return tuple((row.drop, row.state) for row in found)

    def drops(self, *states: str) -> tuple[DropRow, ...]:
        """All drops, oldest first, or only those in these states (received, registered, returned, duplicate)."""
        with db.reading(self._engine) as connection:
            return drops.listed(connection, self.bureau, states)

    def refuse(self, drop_id: str, outcome: Json, state: State, told: tuple[str, Event] | None = None) -> bool:
        """From received to `state`; True if it is in that state now, False if it was registered meanwhile.

        `told`: (matter id, event) that the matter remembers of it.
        """
        with db.writing(self._engine, soon=True) as connection:
            matter_id, unit = (told[0], look.unit_of(connection, self.bureau, told[0])) if told else ("", "")
            journal = events.Journal(self.bureau, unit, matter_id)
            refusal = drops.Refusal(outcome, state, (told[1],) if told else ())
            done = drops.refuse(connection, journal, drop_id, refusal)
        faults.point("refuse")
        return done

    def settle(self, drop_id: str, outcomes: list[Json]) -> bool:
        """Every row of a sheet is decided: what became of each. The first word stands; nothing registers after it.

        False when the rows called filed are not those that are registered, for another process was at it: look again.
        """
        with db.writing(self._engine) as connection:
            done = drops.settle(connection, self.bureau, drop_id, outcomes)
        faults.point("settle")
        return done

    # ── looking ──

    def find(self, reference: str) -> str | None:
        """Id of the matter with this id or 案号."""
        with db.reading(self._engine) as connection:
            return look.find(connection, self.bureau, reference)

    def matter_of(self, drop_id: str, row: int = 0) -> str | None:
        """Id of the matter to which this drop's submission went; of a sheet, that of a row."""
        with db.reading(self._engine) as connection:
            return look.matter_of(connection, self.bureau, drop_id, row)

    def rows_of(self, drop_id: str) -> Mapping[int, str]:
        """Row → matter of every submission of this drop that is registered; row 0 is that of a form of its own."""
        with db.reading(self._engine) as connection:
            return look.rows_of(connection, self.bureau, drop_id)

    def matter(self, matter_id: str) -> Matter | None:
        """The whole matter, as of one moment: issued documents by `seq`, then drafts as they were made."""
        with db.reading(self._engine) as connection:
            return look.matter(connection, self.bureau, matter_id)

    def matters(self, text: str = "") -> tuple[MatterRow, ...]:
        """Light rows of all matters, or of those with `text` in id, 案号 or party."""
        with db.reading(self._engine) as connection:
            return look.matters(connection, self.bureau, text)

    def open_matters(self) -> tuple[str, ...]:
        """Ids of the matters that are not closed."""
        with db.reading(self._engine) as connection:
            return look.open_matters(connection, self.bureau)

    def joined(self, type_: str, keys: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
        """Ids of the open matters of a type that have these answers: (fact, answer), of a list any of its rows'."""
        with db.reading(self._engine) as connection:
            return look.joined(connection, self.bureau, type_, keys)

    def due_matters(self, today: dt.date, years: tuple[int, ...]) -> tuple[str, ...]:
        """Ids of the open matters to be asked again today; `years` are those whose calendars are on file."""
        with db.reading(self._engine) as connection:
            return look.due_matters(connection, self.bureau, today, years)

    def seen(self, content_key: str) -> tuple[str, str] | None:
        """(matter id, drop/row) of the submission that has this content already."""
        with db.reading(self._engine) as connection:
            return look.seen(connection, self.bureau, content_key)

    def history(self, party_key: str, besides: str = "") -> History:
        """What is known of a party besides one matter; version 0 when unknown."""
        with db.reading(self._engine) as connection:
            return parties.history(connection, self.bureau, party_key, besides)

    # ── transaction B ──

    def register(self, plan: Plan, now: dt.datetime, patterns: Mapping[str, Series]) -> Registered:
        """All that the plan wants, in one transaction; the same again if this drop and row are registered already.

        Raises Moved (decide again), Duplicate (names the earlier one), Refused (the drop was returned or concluded);
        OfficeError when a series is missing or wrong. Then nothing is written and no number is lost.
        """
        for attempt in (1, 2):
            try:
                with db.writing(self._engine) as connection:
                    done = register(Work(connection, self.bureau, plan, now, patterns))
                    faults.point("registering")
                break
            except db.Collided as error:
                raise Moved from error
            except IntegrityError as error:  # another was first by a hair: the second look sees it
                if attempt == 2:
                    raise Bug(f"登记与账册冲突：{error.orig}") from error
        faults.point("register")
        return done

    # ── transaction C ──

    def work_of(self, drop_id: str, row: int = 0) -> tuple[DocumentKey, ...]:
        """The documents that this drop's (or row's) plan made or issued last, in the order in which they were made."""
        with db.reading(self._engine) as connection:
            return papers.of_work(connection, self.bureau, drop_id, row)

    def filed(self, drop_id: str, files: papers.Files, row: int = 0) -> None:
        """Record where this drop's (or row's) documents lie: (matter, kind, occurrence, version) → (path, sha256).

        Idempotent; Bug if another place was recorded before.
        """
        with db.writing(self._engine, soon=True) as connection:
            papers.filed(connection, self.bureau, (drop_id, row), files)
        faults.point("filed")

    def conclude(self, drop_id: str, outcome: Json, now: dt.datetime) -> None:
        """The drop is done. Again keeps the first outcome; Bug while it is undecided or a document lies nowhere."""
        with db.writing(self._engine) as connection:
            drops.conclude(connection, self.bureau, drop_id, outcome, now)
        faults.point("conclude")

    # ── numbers, audit ──

    def void(self, number: str, why: str, by: str, now: dt.datetime) -> None:
        """Cancel a document's number, which stays as 作废. UsageError for an unknown one and for an id or 案号."""
        cancelled = Event("number_void", events.today(now), {"number": number, "why": why}, by, recorded_at=now)
        with db.writing(self._engine) as connection:
            numbers.void(connection, self.bureau, number, cancelled)

    def unsound(self) -> str:
        """What the database itself finds wrong with its file; "" when it is sound."""
        return db.unsound(self._engine)

    def last_recorded(self) -> dt.datetime | None:
        """When the last event was written, by the clock of then."""
        with db.reading(self._engine) as connection:
            return events.last_recorded(connection, self.bureau)

    def documents(self) -> Iterator[tuple[Document, str]]:
        """Every document with its matter's folder, as of one moment."""
        with db.reading(self._engine) as connection:
            yield from look.documents(connection, self.bureau)

    def version(self, matter_id: str) -> tuple[int, int]:
        """(version, number of filed documents): living files are made anew when either has moved."""
        with db.reading(self._engine) as connection:
            return look.version(connection, self.bureau, matter_id)

    # ── the ledger as a whole ──

    @contextmanager
    def copied(self, path: Path) -> Iterator[None]:
        """A copy of the bureau's ledger at `path`, and until the block ends nobody registers, files or concludes.

        What is read from the folders meanwhile belongs together with the copy.
        """
        with db.writing(self._engine) as connection:
            moving.stand_still(connection)
            moving.copy_out(connection, self.bureau, path)
            yield

    def take_over(self, path: Path) -> None:
        """The rows of such a copy, into a ledger that has none of this bureau yet. UsageError if it has."""
        with db.writing(self._engine) as connection:
            moving.copy_in(connection, self.bureau, path)
