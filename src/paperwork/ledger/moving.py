"""A bureau's rows carried from one ledger to another, whatever databases the two are on: backup, restore, moving house.

The copy is an SQLite file of its own, so that a copy made by an older program is upgraded like any other ledger.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from paperwork.errors import UsageError
from paperwork.ledger import connection as db
from paperwork.ledger import tables as t

_AT_ONCE = 1000


def stand_still(connection: Connection) -> None:
    """Until this transaction ends nothing is received, registered or concluded (SQLite: a writer is alone anyway)."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout TO 0")  # files are copied meanwhile
        names = ", ".join(f'"{table.name}"' for table in t.metadata.sorted_tables)
        connection.exec_driver_sql(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def copy_out(connection: Connection, bureau: str, path: Path) -> None:
    """All rows of the bureau as a new SQLite ledger at `path`, which must not exist."""
    engine = db.connect(f"sqlite:///{path.as_posix()}")
    try:
        with db.writing(engine) as copy:
            _carry(connection, copy, bureau)
        with engine.connect() as copy:  # one file, with nothing beside it
            copy.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()


def copy_in(connection: Connection, bureau: str, path: Path) -> None:
    """The rows of such a copy. UsageError if the bureau has rows here already: nothing is mixed."""
    if connection.scalar(sa.select(sa.func.count()).where(t.drops.c.bureau == bureau).select_from(t.drops)):
        advice = "恢复到新的文件夹；或者先把现有的账册移走"
        if connection.dialect.name == "postgresql":
            advice = "先停下各台收表机、办理机，请数据库管理员建一个空库，把它的地址写进 PAPERWORK_LEDGER，再恢复"
        raise UsageError("这里的账册已有内容，不能恢复到它上面", advice=advice)
    engine = db.connect(f"sqlite:///{path.as_posix()}")
    try:
        with db.reading(engine) as copy:
            _carry(copy, connection, bureau)
    finally:
        engine.dispose()


def _carry(source: Connection, target: Connection, bureau: str) -> None:
    for table in t.metadata.sorted_tables:
        found = source.execute(sa.select(table).where(table.c.bureau == bureau).order_by(*table.primary_key))
        for rows in found.mappings().partitions(_AT_ONCE):
            target.execute(sa.insert(table), [dict(row) for row in rows])
