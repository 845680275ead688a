"""The version of the tables: a new ledger is made at the newest, an older one is carried over, a newer one refused.

Revisions stand in `migrations/versions`, run by Alembic inside one transaction. A ledger on this machine's own disk is
copied and carried over as it is opened; one on a server, which others use meanwhile, only by `paperwork upgrade`.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from paperwork.errors import MachineError
from paperwork.ledger import planner
from paperwork.ledger.tables import meta, metadata

HEAD = "0007"
EARLIER = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Older versions that can be carried over, oldest first. A test holds both against the revisions."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True))
_MAKING_TABLES = 20260716  # an advisory lock that nobody else takes


def version_of(connection: Connection) -> str | None:
    """The version that the tables have; None where there are none yet."""
    inspector = sa.inspect(connection)
    if inspector.has_table(_VERSION.name):
        return connection.scalar(sa.select(_VERSION.c.version_num))
    return EARLIER[0] if inspector.has_table(meta.name) else None  # the first did not say its version


def make(connection: Connection) -> None:
    """The newest tables, in a transaction that writes. Whoever comes second finds them."""
    alone(connection)
    if version_of(connection) is None:
        metadata.create_all(connection)
        _VERSION.create(connection)
        connection.execute(sa.insert(_VERSION).values(version_num=HEAD))
        planner.inform(connection)


def carry_over(connection: Connection) -> None:
    """From whatever earlier version to the newest, in a transaction that writes: whole or not at all."""
    from alembic import command  # not needed on any other day
    from alembic.config import Config

    alone(connection)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if not sa.inspect(connection).has_table(_VERSION.name):
        command.stamp(config, EARLIER[0])
    command.upgrade(config, HEAD)
    planner.inform(connection)


def keep_copy(engine: Engine, version: str) -> Path | None:
    """A copy of an SQLite ledger beside it, named by its version, before it is carried over; None without a file."""
    if not engine.url.database:
        return None
    path = Path(engine.url.database)
    copy = path.with_name(f"{path.stem}-{version}{path.suffix}")
    if not copy.exists():
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM INTO ?", (str(copy),))
        finally:
            raw.close()
    return copy


def refuse_newer(version: str | None) -> None:
    """MachineError for a version that this program does not know."""
    if version not in (HEAD, *EARLIER):
        raise MachineError(
            f"这本账册由更新的版本写成（{version}，本程序只认到 {HEAD}）。",
            advice="请安装新版本的 paperwork，不要用旧版本打开。",
        )


def alone(connection: Connection) -> None:
    """Until the transaction ends nobody else makes tables: on SQLite a writer is alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MAKING_TABLES})")
