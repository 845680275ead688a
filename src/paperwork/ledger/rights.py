"""A database role for a bureau: it sees and writes the rows of that bureau, and of no other. Only on PostgreSQL.

The database asks for each row (row-level security): a program with another bureau's code gets and writes nothing. In
the queue a job belongs to the bureau whose name its queue bears, and a worker that the engine knows to that of its
session.
"""

from __future__ import annotations

import re

from sqlalchemy.engine import Connection

from paperwork import jobs
from paperwork.errors import UsageError
from paperwork.ledger import queue, schema
from paperwork.ledger.tables import metadata

_ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_POLICY = "of_its_bureau"
_MINE = "{column} IN (SELECT r.bureau FROM bureau_roles r WHERE r.role = current_user)"
_ALL = "SELECT, INSERT, UPDATE, DELETE"
_QUEUE = {
    "hands": _MINE.format(column="bureau"),
    "procrastinate_workers": _MINE.format(column="bureau"),
    "procrastinate_jobs": _MINE.format(column="queue_name"),
    "procrastinate_events": f"EXISTS (SELECT 1 FROM {jobs.SCHEMA}.procrastinate_jobs j WHERE j.id = job_id)",
    "procrastinate_periodic_defers": "false",  # nothing of ours is periodic
}
"""Table of the queue → which rows a role sees and writes. In the condition of events the rights to jobs hold too."""


def admit(connection: Connection, bureau: str, role: str) -> None:
    """Let `role` work for `bureau`. Again is once.

    UsageError for what is no role, for one that is not bound by the policies (it owns the tables), and for one that
    works for another bureau: it would see both.
    """
    known = "SELECT 1 FROM pg_roles WHERE rolname = %(role)s AND NOT rolsuper AND NOT rolbypassrls"
    if not _ROLE.fullmatch(role) or not connection.exec_driver_sql(known, {"role": role}).first():
        advice = f"请数据库管理员先建立：CREATE ROLE {role} LOGIN（不要给超级用户和 BYPASSRLS）"
        raise UsageError(f"数据库里没有普通账户「{role}」", advice=advice)
    owns = "SELECT pg_has_role(%(role)s, relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass('drops')"
    if connection.exec_driver_sql(owns, {"role": role}).scalar():
        advice = "请数据库管理员为本局另建一个普通账户，程序平时用它；表的所有者只用来升级"
        raise UsageError(f"数据库账户「{role}」是表的所有者，各局的材料都看得到", advice=advice)
    schema.alone(connection)
    connection.exec_driver_sql(
        "CREATE TABLE IF NOT EXISTS bureau_roles (role text, bureau text, PRIMARY KEY (role, bureau))"
    )
    row = {"role": role, "bureau": bureau}
    others = "SELECT bureau FROM bureau_roles WHERE role = %(role)s AND bureau <> %(bureau)s ORDER BY bureau"
    if other := connection.exec_driver_sql(others, row).scalars().first():
        advice = f"请为本局另建账户；要换局的，先在「{other}」的文件夹里运行 paperwork upgrade --role {role} --revoke"
        raise UsageError(f"数据库账户「{role}」已经办理「{other}」，再办理本局就能看到两个局", advice=advice)
    connection.exec_driver_sql("INSERT INTO bureau_roles VALUES (%(role)s, %(bureau)s) ON CONFLICT DO NOTHING", row)
    _grant(connection, (role,))


def dismiss(connection: Connection, bureau: str, role: str) -> None:
    """`role` works for `bureau` no more; where it works for no other, its rights go too. UsageError if it did not."""
    row = {"role": role, "bureau": bureau}
    schema.alone(connection)
    there = connection.exec_driver_sql("SELECT to_regclass('bureau_roles') IS NOT NULL").scalar()
    gone = "DELETE FROM bureau_roles WHERE role = %(role)s AND bureau = %(bureau)s"
    if not there or not connection.exec_driver_sql(gone, row).rowcount:
        raise UsageError(f"数据库账户「{role}」没有办理本局的权限", advice="请核对账户的名称")
    if connection.exec_driver_sql("SELECT 1 FROM bureau_roles WHERE role = %(role)s", row).first() is None:
        _take_back(connection, role)


def _take_back(connection: Connection, role: str) -> None:
    if connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = %(role)s", {"role": role}).first() is None:
        return
    tables = [f'"{table.name}"' for table in metadata.sorted_tables]
    if queue.is_there(connection):
        tables += [f"{jobs.SCHEMA}.{name}" for name in _QUEUE]
        connection.exec_driver_sql(f'REVOKE ALL ON ALL SEQUENCES IN SCHEMA {jobs.SCHEMA} FROM "{role}"')
        connection.exec_driver_sql(f'REVOKE ALL ON SCHEMA {jobs.SCHEMA} FROM "{role}"')
    connection.exec_driver_sql(f'REVOKE ALL ON bureau_roles, alembic_version, {", ".join(tables)} FROM "{role}"')


def renew(connection: Connection) -> tuple[str, ...]:
    """The rights of every role that was ever admitted, on tables and a queue that may be new. Which roles these are.

    Nothing for whoever does not own the tables.
    """
    mine = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('bureau_roles')"
    if not connection.exec_driver_sql(mine).scalar():
        return ()
    schema.alone(connection)
    admitted = "SELECT DISTINCT r.role FROM bureau_roles r JOIN pg_roles p ON p.rolname = r.role ORDER BY r.role"
    roles = tuple(connection.exec_driver_sql(admitted).scalars())
    _grant(connection, roles)
    return roles


def _grant(connection: Connection, roles: tuple[str, ...]) -> None:
    tables = {f'"{table.name}"': _MINE.format(column="bureau") for table in metadata.sorted_tables}
    there = queue.is_there(connection)
    if there:
        tables |= {f"{jobs.SCHEMA}.{name}": rows for name, rows in _QUEUE.items()}
    for table, rows in tables.items():
        _guard(connection, table, rows)
    for role in roles:
        connection.exec_driver_sql(f'GRANT SELECT ON bureau_roles, alembic_version TO "{role}"')
        if there:
            connection.exec_driver_sql(f'GRANT USAGE ON SCHEMA {jobs.SCHEMA} TO "{role}"')
            connection.exec_driver_sql(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA {jobs.SCHEMA} TO "{role}"')
        connection.exec_driver_sql(f'GRANT {_ALL} ON {", ".join(tables)} TO "{role}"')


def _guard(connection: Connection, table: str, rows: str) -> None:
    """Row-level security by our one policy. Where it stands it is not touched: others are at work on the table."""
    stands = "SELECT 1 FROM pg_policy WHERE polname = %(name)s AND polrelid = to_regclass(%(table)s)"
    if connection.exec_driver_sql(stands, {"name": _POLICY, "table": table}).first() is None:
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        connection.exec_driver_sql(f"CREATE POLICY {_POLICY} ON {table} USING ({rows})")
