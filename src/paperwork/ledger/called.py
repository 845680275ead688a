"""Work handed to other machines: who is at work, the bell, and what nobody has been told of. Only on a server.

None of it is truth: everything stands in the queue's own schema, beside the ledger's tables, and may be lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from paperwork import faults, jobs
from paperwork.errors import MachineError, UsageError
from paperwork.ledger import connection as db
from paperwork.ledger import drops, rights, schema
from paperwork.model import Drop, Hand

_HANDS = f"""
    CREATE TABLE {jobs.SCHEMA}.hands (
        bureau text, name text, role text NOT NULL, beaten_at timestamptz NOT NULL, told text NOT NULL,
        PRIMARY KEY (bureau, name)
    )"""
_BEAT = f"""
    INSERT INTO {jobs.SCHEMA}.hands VALUES (%(bureau)s, %(name)s, %(role)s, clock_timestamp(), %(told)s)
    ON CONFLICT (bureau, name) DO UPDATE SET beaten_at = excluded.beaten_at, told = excluded.told"""
_FORGET = f"DELETE FROM {jobs.SCHEMA}.hands WHERE bureau = %(bureau)s AND beaten_at < now() - interval '1 day'"
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
        somebody still works with the other edition, and where this role may not make a schema.
        """
        sql, edition = jobs.script()
        with db.writing(self._engine) as connection:
            schema.alone(connection)
            made = _edition(connection)
            if made == edition:
                return False
            if made is not None:
                _refuse_while_at_work(connection)
                connection.exec_driver_sql(f"DROP SCHEMA {jobs.SCHEMA} CASCADE")
            connection.exec_driver_sql(f"CREATE SCHEMA {jobs.SCHEMA}")
            connection.exec_driver_sql(f"SET LOCAL search_path TO {jobs.SCHEMA}")
            connection.execution_options(no_parameters=True).exec_driver_sql(sql)
            connection.exec_driver_sql(_HANDS)
            connection.exec_driver_sql(f"COMMENT ON SCHEMA {jobs.SCHEMA} IS '{edition}'")
        return True

    def admit(self, role: str) -> None:
        """Let a database role work for this bureau and for no other (see `rights`); the queue is made if need be."""
        if not self.shared:
            raise UsageError("账册在本机磁盘上，没有数据库账户", advice="各局分开账户，先把账册放到 PostgreSQL 上")
        self.open_queue()
        with db.writing(self._engine) as connection:
            rights.admit(connection, self.bureau, role)

    def hands(self) -> tuple[Hand, ...]:
        """Who has shown signs of life within a day, on whatever machine; nobody where there is no queue."""
        if not self.shared:
            return ()
        with db.reading(self._engine) as connection:
            if not _is_there(connection):
                return ()
            found = connection.exec_driver_sql(_LOOK, {"bureau": self.bureau}).mappings().all()
        return tuple(Hand(row["name"], row["role"], row["age"], json.loads(row["told"])) for row in found)

    def beat(self, hand: Hand) -> None:
        """A sign of life; nothing where there is no queue. MachineError."""
        with db.writing(self._engine, soon=True) as connection:
            if _is_there(connection):
                told = {"name": hand.name, "role": hand.role, "told": json.dumps(hand.told, ensure_ascii=False)}
                connection.exec_driver_sql(_BEAT, {"bureau": self.bureau, **told})
                connection.exec_driver_sql(_FORGET, {"bureau": self.bureau})

    def hand_over(self, drop: Drop) -> None:
        """Transaction A with the drop's job in it: a worker is told of it exactly when it stands in the ledger."""
        with db.writing(self._engine) as connection:
            if drops.receive(connection, self.bureau, drop):
                self._ring(connection, (drop.id,))
            faults.point("handing")
        faults.point("receive")

    def call_again(self, since: str) -> int:
        """Ring for every drop received before `since` (ISO time) that is unfinished and that no job speaks of.

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
                if _is_there(connection):
                    for row in connection.exec_driver_sql(_JOBS, {"bureau": self.bureau}).mappings():
                        count[row["status"]] += 1
        return count

    def _ring(self, connection: Connection, drop_ids: tuple[str, ...] | list[str]) -> None:
        connection.exec_driver_sql(f"SET LOCAL search_path TO {jobs.SCHEMA}")  # last: nothing else is named after it
        jobs.ring(connection.connection.driver_connection, self.bureau, drop_ids)


def _is_there(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql(f"SELECT to_regclass('{jobs.SCHEMA}.hands') IS NOT NULL").scalar())


def _edition(connection: Connection) -> str | None:
    """Which edition of the engine made the tables; "" where they are no whole, None where there is no schema."""
    query = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %(schema)s"
    found = connection.exec_driver_sql(query, {"schema": jobs.SCHEMA}).first()
    if found is None:
        return None
    whole = sa.inspect(connection).has_table("procrastinate_jobs", schema=jobs.SCHEMA) and _is_there(connection)
    return (found[0] or "") if whole else ""


def _refuse_while_at_work(connection: Connection) -> None:
    if not _is_there(connection):
        return
    recent = f"""
        SELECT count(*) FROM {jobs.SCHEMA}.hands
        WHERE role = 'worker' AND beaten_at > now() - interval '1 minute' AND told::json->>'ended' = ''"""
    if connection.exec_driver_sql(recent).scalar():
        advice = "各台机器装同一版本：先停下所有旧版的 worker，过一分钟再启动新版；队列会自动重建，不丢材料"
        raise MachineError("还有旧版的办件程序（worker）在运行", advice=advice)
