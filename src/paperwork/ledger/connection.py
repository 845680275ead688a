"""The only place that knows which database it is: connections, locks, and inserting what may be there already."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from paperwork.errors import MachineError, UsageError
from paperwork.ledger import quick, schema

WAIT_SECONDS = 30
"""How long a writer waits for another before it gives up."""

FROZEN_SECONDS = 60
"""How long a writer on a server may do nothing: a machine that froze must not hold its locks against all others."""

_ADVICE = {
    "sqlite": "请检查磁盘空间、文件权限，以及账册是否在本机磁盘上；然后重新启动，未完成的工作会自动继续。",
    "postgresql": "请检查数据库服务器、网络、账户和密码文件（PGPASSFILE）；恢复以后未完成的工作会自动继续。",
}


def connect(url: str, upgrade: bool = False, makes: bool = True) -> Engine:
    """An engine for the ledger, its tables made or carried over. MachineError if it cannot be opened or is newer.

    An older one on a server is carried over only with `upgrade`, else it is a MachineError too. Without `makes` a
    database on a server that has no tables is one: a wrong address would begin a second count of the same numbers.

    `sqlite:////…/ledger.db`, or `postgresql://user@host/name`: the password comes from the password file or from
    PGPASSWORD, never from here: UsageError.
    """
    engine = _engine(url)
    try:
        _make_ready(engine, upgrade, makes)
    except BaseException as error:
        engine.dispose()
        if isinstance(error, SQLAlchemyError):
            raise MachineError(f"账册打不开：{_reason(error)}", advice=_advice(url)) from error
        raise
    return engine


def found(url: str) -> str | None:
    """The version of the tables that stand at this address; None where there are none yet. MachineError."""
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            return schema.version_of(connection)
    except SQLAlchemyError as error:
        raise MachineError(f"账册打不开：{_reason(error)}", advice=_advice(url)) from error
    finally:
        engine.dispose()


def place(engine: Engine) -> str:
    """Where the ledger is, for people: its file, or database, host and role; never a password."""
    if engine.dialect.name != "postgresql":
        return str(engine.url.database)
    with reading(engine) as connection:
        at: Any = connection.connection.driver_connection
        return f"数据库 {at.info.dbname}（主机 {at.info.host}，端口 {at.info.port}，账户 {at.info.user}）"


def _engine(url: str) -> Engine:
    try:
        return _sqlite(url) if url.startswith("sqlite:") else _postgresql(url)
    except (SQLAlchemyError, ValueError) as error:
        reason = f"：{_reason(error)}" if isinstance(error, SQLAlchemyError) else ""
        raise MachineError(f"账册地址写得不对{reason}", advice=_WHERE) from error


def _sqlite(url: str) -> Engine:
    engine = sa.create_engine(url)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql(url: str) -> Engine:
    """A look is one snapshot; a writer waits for the locks of others and then sees what they wrote."""
    try:
        address = sa.make_url(url)
        if address.get_backend_name() != "postgresql":
            raise UsageError(f"账册地址「{address.drivername}」不是 sqlite 或者 postgresql", advice=_WHERE)
        if address.password or any(key.lower() in _SECRETS for key in address.query):
            raise UsageError("账册地址（PAPERWORK_LEDGER）里写有密码", advice=_PASSWORD)
        waits = {"options": f"-c lock_timeout={WAIT_SECONDS}s", "connect_timeout": WAIT_SECONDS}
        return sa.create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, connect_args=waits)
    except ImportError as error:
        advice = "请安装：pip install 'paperwork-….whl[cluster]'（本程序的安装包；公共索引上的同名程序是另一个）"
        raise MachineError("账册在 PostgreSQL 上，而本机没有它的驱动程序 psycopg", advice=advice) from error


_SECRETS = ("password", "passwd", "pwd")
_PASSWORD = "从地址里删去密码；密码写在密码文件里（环境变量 PGPASSFILE，权限 600），或者环境变量 PGPASSWORD 里"
_NO_TABLES = (
    "请核对地址（templates/bureau.toml 的 ledger，环境变量 PAPERWORK_LEDGER）；"
    "确是新的账册，由管理员运行一次 paperwork upgrade，或者用 paperwork restore 从备份恢复"
)
_WHERE = "templates/bureau.toml 的 ledger 留空（本机账册），或者写 postgresql://用户@主机/库名"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent look: all statements inside see the same state."""
    snapshot = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    try:
        with engine.connect().execution_options(**snapshot) as connection, connection.begin():
            yield connection
    except DBAPIError as error:
        raise MachineError(f"账册读取失败：{_reason(error)}", advice=_advice(engine.dialect.name)) from error


class Collided(MachineError):
    """Two transactions waited for each other, and the database gave this one up: nothing of it is written."""


_COLLIDED = ("40001", "40P01")  # SQLSTATE of serialization_failure and deadlock_detected


@contextmanager
def writing(engine: Engine, *, soon: bool = False) -> Iterator[Connection]:
    """One transaction: all of it or nothing. An IntegrityError is let through, for the caller to judge.

    `soon`: what a power cut may undo, because it would only be done again; the next transaction without it makes this
    one durable too (the journal is written in order).
    """
    try:
        options = {"paperwork_writes": "soon" if soon else "now"}
        with engine.connect().execution_options(**options) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout TO '{FROZEN_SECONDS}s'")
                if soon:
                    connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
            yield connection
    except IntegrityError:
        raise
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") in _COLLIDED:
            raise Collided("两个进程同时登记，互相等待", advice="稍后自动再试") from error
        raise MachineError(f"账册写入失败：{_reason(error)}", advice=_advice(engine.dialect.name)) from error


def _advice(url: str) -> str:
    return _ADVICE["sqlite" if url.startswith("sqlite") else "postgresql"]


def unsound(engine: Engine) -> str:
    """What SQLite's own check finds wrong; PostgreSQL checks its pages by itself."""
    if engine.dialect.name != "sqlite":
        return ""
    with reading(engine) as connection:
        found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    return "" if found == "ok" else found


def insert_missing(connection: Connection, table: sa.Table, values: Mapping[str, Any]) -> bool:
    """Insert unless the primary key is there already; True if this made the row."""
    return quick.insert(connection, table, values, missing=True)


def _make_ready(engine: Engine, upgrade: bool, makes: bool) -> None:
    """The tables at the newest version, whoever comes first."""
    with engine.begin() as connection:
        version = schema.version_of(connection)
    if version is None:
        if not (makes or upgrade) and engine.dialect.name == "postgresql":
            raise MachineError(f"数据库里还没有账册：{place(engine)}", advice=_NO_TABLES)
        with writing(engine) as connection:
            schema.make(connection)
            version = schema.version_of(connection)
    schema.refuse_newer(version)
    if version == schema.HEAD:
        return
    if engine.dialect.name == "sqlite":
        schema.keep_copy(engine, str(version))
    elif not upgrade:
        advice = "请先备份，把各台机器上的程序都换成新版本，再运行 paperwork upgrade"
        raise MachineError(f"服务器上的账册还是较旧的版本（{version}）", advice=advice)
    with writing(engine) as connection:
        schema.carry_over(connection)


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
    writes = connection.get_execution_options().get("paperwork_writes", "")
    if writes:  # in WAL mode NORMAL leaves the flush to the next FULL commit, and loses nothing in a mere crash
        connection.exec_driver_sql(f"PRAGMA synchronous = {'NORMAL' if writes == 'soon' else 'FULL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reason(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error)
