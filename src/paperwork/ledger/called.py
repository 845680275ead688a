"""Work handed to other machines: who is at work, the bell, and what nobody has been told of. Only on a server.

None of it is truth: everything stands in the queue's own schema, beside the ledger's tables, and may be lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy.engine import Connection, Engine

from paperwork import faults, jobs
from paperwork.errors import MachineError, UsageError
from paperwork.ledger import connection as db
from paperwork.ledger import drops, queue, rights, schema
from paperwork.ledger.queue import QueueAway
from paperwork.model import Drop, Hand

_BEAT = f"""
    INSERT INTO {jobs.SCHEMA}.hands VALUES (%(bureau)s, %(name)s, %(role)s, clock_timestamp(), %(told)s)
    ON CONFLICT (bureau, name) DO UPDATE SET beaten_at = excluded.beaten_at, told = excluded.told"""
_FORGET = f"""
    DELETE FROM {jobs.SCHEMA}.hands
    WHERE bureau = %(bureau)s AND (beaten_at < now() - interval '1 day' OR (
        name <> %(name)s AND role = %(role)s
        AND told::json->>'machine' = %(told)s::json->>'machine' AND told::json->>'private' = %(told)s::json->>'private'
        AND (told::json->>'ended' <> '' OR beaten_at < now() - make_interval(secs => %(lost)s))))"""
_LOOK = f"""
    SELECT name, role, extract(epoch FROM clock_timestamp() - beaten_at)::float8 AS age, told
    FROM {jobs.SCHEMA}.hands WHERE bureau = %(bureau)s ORDER BY role, name"""
_JOBS = f"""
    SELECT args->>'drop' AS drop, status::text AS status FROM {jobs.SCHEMA}.procrastinate_jobs
    WHERE queue_name = %(bureau)s AND status IN ('todo', 'doing')"""


class Called:
    """The part of the ledger that hands work over."""

    _engine: Engine
    bureau: str

    @property
    def shared(self) -> bool:
        """Whether the ledger is on a server, so that other machines may work on it."""
        return self._engine.dialect.name == "postgresql"

    @property
    def address(self) -> str:
        """Of the database, for libpq."""
        return self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)

    def open_queue(self) -> bool:
        """Make the queue's tables if there are none, or anew if another edition of the engine made them.

        True if they were made here: then nobody has been told of anything (see `call_again`). MachineError where
        somebody still works with the other edition; QueueAway where this role may not make them.
        """
        with db.writing(self._engine) as connection:
            return queue.open_(connection)

    def queue_missed(self) -> QueueAway | None:
        """What to tell of a queue that this role was given and that is gone; None where all is well."""
        if not self.shared:
            return None
        with db.reading(self._engine) as connection:
            return queue.missed(connection)

    def admit(self, role: str) -> None:
        """Let a database role work for this bureau and for no other (see `rights`); the queue is made if need be."""
        if not self.shared:
            raise UsageError("账册在本机磁盘上，没有数据库账户", advice="各局分开账户，先把账册放到 PostgreSQL 上")
        self.open_queue()
        with db.writing(self._engine) as connection:
            rights.admit(connection, self.bureau, role)

    def dismiss(self, role: str) -> None:
        """The role works for this bureau no more (see `rights`). UsageError if it did not."""
        if not self.shared:
            raise UsageError("账册在本机磁盘上，没有数据库账户", advice="不需要收回")
        with db.writing(self._engine) as connection:
            rights.dismiss(connection, self.bureau, role)

    def renew_rights(self) -> tuple[str, ...]:
        """After tables were made: the queue, if this role may make it, and the rights of all admitted roles (which).

        MachineError where there are such roles and the queue cannot be made, and as `open_queue`.
        """
        if not self.shared:
            return ()
        away: MachineError | None = None
        try:
            self.open_queue()
        except (QueueAway, jobs.NoEngine) as error:
            away = error
        with db.writing(self._engine) as connection:
            roles = rights.renew(connection)
        if roles and away:
            raise away
        return roles

    def hands(self) -> tuple[Hand, ...]:
        """Who has shown signs of life within a day, on whatever machine; nobody where there is no queue."""
        if not self.shared:
            return ()
        with db.reading(self._engine) as connection:
            if not queue.is_there(connection):
                return ()
            found = connection.exec_driver_sql(_LOOK, {"bureau": self.bureau}).mappings().all()
        return tuple(Hand(row["name"], row["role"], row["age"], json.loads(row["told"])) for row in found)

    def beat(self, hand: Hand, lost: float) -> None:
        """A sign of life; nothing where there is no queue. MachineError.

        What stood in its seat before (same machine, role and private folder), and has stopped or shown no sign for
        `lost` seconds, is forgotten: it was started again.
        """
        with db.writing(self._engine, soon=True) as connection:
            if queue.is_there(connection):
                told = {"name": hand.name, "role": hand.role, "told": json.dumps(hand.told, ensure_ascii=False)}
                connection.exec_driver_sql(_BEAT, {"bureau": self.bureau, **told})
                connection.exec_driver_sql(_FORGET, {"bureau": self.bureau, **told, "lost": lost})

    def hand_over(self, drop: Drop) -> None:
        """Transaction A with the drop's job in it: a worker is told of it exactly when it stands in the ledger."""
        with db.writing(self._engine) as connection:
            if drops.receive(connection, self.bureau, drop):
                self._ring(connection, (drop.id,))
            faults.point("handing")
        faults.point("receive")

    def call_again(self, since: str = "9999") -> int:
        """Ring for every drop received by `since` (ISO time; all) that is unfinished and that no job speaks of.

        How many. Whatever has become of the queue, what waits is known from the ledger alone.
        """
        with db.writing(self._engine) as connection:
            schema.alone(connection)
            known = {row["drop"] for row in connection.exec_driver_sql(_JOBS, {"bureau": self.bureau}).mappings()}
            waiting = drops.unfinished(connection, self.bureau)
            lost = [
                row.drop.id
                for row in waiting
                if row.drop.id not in known and row.drop.received_at.isoformat() <= since
            ]
            self._ring(connection, lost)
        return len(lost)

    def queued(self) -> Mapping[str, int]:
        """How many jobs wait (todo) and are in hand (doing)."""
        count = {"todo": 0, "doing": 0}
        if self.shared:
            with db.reading(self._engine) as connection:
                if queue.is_there(connection):
                    for row in connection.exec_driver_sql(_JOBS, {"bureau": self.bureau}).mappings():
                        count[row["status"]] += 1
        return count

    def _ring(self, connection: Connection, drop_ids: tuple[str, ...] | list[str]) -> None:
        connection.exec_driver_sql(f"SET LOCAL search_path TO {jobs.SCHEMA}")  # last: nothing else is named after it
        jobs.ring(connection.connection.driver_connection, self.bureau, drop_ids)

