"""The only place that knows which database it is: connections, locks, and inserting what may be there already."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from paperwork.errors import MachineError
from paperwork.ledger.tables import SCHEMA, meta, metadata

WAIT_SECONDS = 30
"""How long a writer waits for another before it gives up."""

_ADVICE = "请检查磁盘空间、文件权限，以及账册是否在本机磁盘上；然后重新启动，未完成的工作会自动继续。"


def connect(url: str) -> Engine:
    """An engine for the ledger, its schema made if need be. MachineError if it cannot be opened or is newer."""
    try:
        engine = sa.create_engine(url)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _prepare_sqlite)
            sa.event.listen(engine, "begin", _begin_sqlite)
        _create(engine)
    except SQLAlchemyError as error:
        raise MachineError(f"账册打不开：{_reason(error)}", advice=_ADVICE) from error
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent look: all statements inside see the same state."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise MachineError(f"账册读取失败：{_reason(error)}", advice=_ADVICE) from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it or nothing. An IntegrityError is let through, for the caller to judge."""
    try:
        with engine.execution_options(paperwork_writes=True).begin() as connection:
            yield connection
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise MachineError(f"账册写入失败：{_reason(error)}", advice=_ADVICE) from error


def insert_missing(connection: Connection, table: sa.Table, values: Mapping[str, Any]) -> bool:
    """Insert unless the primary key is there already; True if this made the row."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing(index_elements=list(table.primary_key))
    return connection.execute(statement).rowcount == 1


def _create(engine: Engine) -> None:
    """Make the schema, once, whoever comes first."""
    with engine.begin() as connection:
        known = sa.inspect(connection).has_table(meta.name)
        version = _version(connection) if known else None
    if version is None:
        with writing(engine) as connection:
            metadata.create_all(connection)
            insert_missing(connection, meta, {"bureau": "", "key": "schema", "value": str(SCHEMA)})
            version = _version(connection)
    if version is None or version > SCHEMA:
        raise MachineError(
            f"这本账册由更新的版本写成（第 {version} 版，本程序只认到第 {SCHEMA} 版）。",
            advice="请安装新版本的 paperwork，不要用旧版本打开。",
        )


def _version(connection: Connection) -> int | None:
    value = connection.scalar(sa.select(meta.c.value).where(meta.c.bureau == "", meta.c.key == "schema"))
    return None if value is None else int(value)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; `_begin_sqlite` does
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    _set_wal(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _set_wal(cursor: Any) -> None:
    """Switching a new file to WAL does not wait for a second process that does the same: so we wait."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except Exception as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    # a writer takes its lock at once: taken at the first write, two that have read would refuse each other
    writes = connection.get_execution_options().get("paperwork_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reason(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error)
