"""The queue's own tables: made, made anew when another edition made them, and whether this role may use them.

They lie in a schema of their own and may be lost. Beside the engine's tables stands `hands`, the signs of life; and
each worker that the engine knows bears its bureau, so that one bureau's workers never tidy away another's.
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from paperwork import jobs
from paperwork.errors import MachineError
from paperwork.ledger import schema

_OURS = f"""
CREATE TABLE hands (
    bureau text, name text, role text NOT NULL, beaten_at timestamptz NOT NULL, told text NOT NULL,
    PRIMARY KEY (bureau, name)
);
ALTER TABLE procrastinate_workers ADD COLUMN bureau text DEFAULT current_setting('{jobs.BUREAU}', true);
"""
_HERE = {"schema": jobs.SCHEMA}
_USABLE = """
    SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = %(schema)s AND c.relname = %(table)s
    AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')"""
_MAY_MAKE = """
    SELECT has_database_privilege(current_database(), 'CREATE') AND NOT EXISTS (
        SELECT 1 FROM pg_namespace WHERE nspname = %(schema)s AND NOT pg_has_role(nspowner, 'USAGE'))"""


class QueueAway(MachineError):
    """There is no queue that this role can use, and it may not make one. Nothing is lost: whoever watches works."""

    def __init__(self, role: str, database: str, owns: bool) -> None:
        """`owns`: the role owns the tables of the ledger, and yet may not make a schema in the database."""
        grant = f"请数据库管理员运行：GRANT CREATE ON DATABASE {database} TO {role}"
        advice = grant if owns else "请表的所有者在任一办公文件夹里运行：paperwork upgrade"
        super().__init__(f"办件队列不在，数据库账户「{role}」无权建立", advice=advice)


def open_(connection: Connection) -> bool:
    """Make the tables if there are none, or anew if another edition made them; True if they were made here.

    In a transaction that writes. QueueAway where this role may not; MachineError while somebody works with the other.
    """
    sql = jobs.script() + _OURS
    edition = hashlib.sha256(sql.encode()).hexdigest()[:16]
    schema.alone(connection)
    made = _edition(connection)
    if made == edition and is_there(connection):
        return False
    if made == edition or not connection.exec_driver_sql(_MAY_MAKE, _HERE).scalar():
        raise _away(connection)
    if made is not None:
        _refuse_while_at_work(connection)
        connection.exec_driver_sql(f"DROP SCHEMA {jobs.SCHEMA} CASCADE")
    connection.exec_driver_sql(f"CREATE SCHEMA {jobs.SCHEMA}")
    connection.exec_driver_sql(f"SET LOCAL search_path TO {jobs.SCHEMA}")
    connection.execution_options(no_parameters=True).exec_driver_sql(sql)
    connection.exec_driver_sql("SET LOCAL search_path TO DEFAULT")
    connection.exec_driver_sql(f"COMMENT ON SCHEMA {jobs.SCHEMA} IS '{edition}'")
    return True


def is_there(connection: Connection) -> bool:
    """Whether there are tables that this role may read."""
    return _usable(connection, "hands") and _usable(connection, "procrastinate_jobs")


def missed(connection: Connection) -> QueueAway | None:
    """What to tell of a queue that a role was once given and cannot use any more; None where all is well.

    Also where no role was ever given one: then whoever comes first makes it.
    """
    known = "SELECT has_table_privilege(to_regclass('bureau_roles'), 'SELECT')"
    if is_there(connection) or not connection.exec_driver_sql(known).scalar():
        return None
    given = connection.exec_driver_sql("SELECT 1 FROM bureau_roles WHERE role = current_user").first()
    return _away(connection) if given else None


def _usable(connection: Connection, table: str) -> bool:
    return connection.exec_driver_sql(_USABLE, {**_HERE, "table": table}).first() is not None


def _away(connection: Connection) -> QueueAway:
    owns = "coalesce((SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('drops')), false)"
    return QueueAway(*connection.exec_driver_sql(f"SELECT current_user, current_database(), {owns}").one())


def _edition(connection: Connection) -> str | None:
    """Which edition of the engine made the tables; "" where they are no whole, None where there is no schema."""
    query = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %(schema)s"
    found = connection.exec_driver_sql(query, _HERE).first()
    if found is None:
        return None
    inspector = sa.inspect(connection)
    whole = all(inspector.has_table(name, schema=jobs.SCHEMA) for name in ("procrastinate_jobs", "hands"))
    return (found[0] or "") if whole else ""


def _refuse_while_at_work(connection: Connection) -> None:
    if not is_there(connection):
        return
    recent = f"""
        SELECT count(*) FROM {jobs.SCHEMA}.hands
        WHERE role = 'worker' AND beaten_at > now() - interval '1 minute' AND told::json->>'ended' = ''"""
    if connection.exec_driver_sql(recent).scalar():
        advice = "各台机器装同一版本：先停下所有旧版的 worker，过一分钟再启动新版；队列会自动重建，不丢材料"
        raise MachineError("还有旧版的办件程序（worker）在运行", advice=advice)
