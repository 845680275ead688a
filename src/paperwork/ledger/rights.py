"""A database role for a bureau: it sees and writes the rows of that bureau, and of no other. Only on PostgreSQL."""

from __future__ import annotations

import re

from sqlalchemy.engine import Connection

from paperwork import jobs
from paperwork.errors import UsageError
from paperwork.ledger import schema
from paperwork.ledger.tables import metadata

_ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_POLICY = "of_its_bureau"
_MINE = "bureau IN (SELECT r.bureau FROM bureau_roles r WHERE r.role = current_user)"
_ALL = "SELECT, INSERT, UPDATE, DELETE"


def admit(connection: Connection, bureau: str, role: str) -> None:
    """Let `role` work for `bureau`. Again is once. UsageError for what is no role; the tables' owner is not bound.

    The database asks for each row (row-level security): a program with another bureau's code gets and writes nothing.
    """
    known = "SELECT 1 FROM pg_roles WHERE rolname = %(role)s AND NOT rolsuper AND NOT rolbypassrls"
    if not _ROLE.fullmatch(role) or not connection.exec_driver_sql(known, {"role": role}).first():
        advice = f"请数据库管理员先建立：CREATE ROLE {role} LOGIN（不要给超级用户和 BYPASSRLS）"
        raise UsageError(f"数据库里没有普通账户「{role}」", advice=advice)
    schema.alone(connection)
    connection.exec_driver_sql(
        "CREATE TABLE IF NOT EXISTS bureau_roles (role text, bureau text, PRIMARY KEY (role, bureau))"
    )
    row = {"role": role, "bureau": bureau}
    connection.exec_driver_sql("INSERT INTO bureau_roles VALUES (%(role)s, %(bureau)s) ON CONFLICT DO NOTHING", row)
    connection.exec_driver_sql(f'GRANT SELECT ON bureau_roles, alembic_version TO "{role}"')
    for name in (table.name for table in metadata.sorted_tables):
        connection.exec_driver_sql(f'ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY')
        connection.exec_driver_sql(f'DROP POLICY IF EXISTS {_POLICY} ON "{name}"')
        connection.exec_driver_sql(f'CREATE POLICY {_POLICY} ON "{name}" USING ({_MINE})')
        connection.exec_driver_sql(f'GRANT {_ALL} ON "{name}" TO "{role}"')
    _admit_to_the_queue(connection, role)


def _admit_to_the_queue(connection: Connection, role: str) -> None:
    """The queue holds ids of drops and signs of life; of these, too, each bureau has its own."""
    hands = f"{jobs.SCHEMA}.hands"
    connection.exec_driver_sql(f'GRANT USAGE ON SCHEMA {jobs.SCHEMA} TO "{role}"')
    connection.exec_driver_sql(f'GRANT {_ALL} ON ALL TABLES IN SCHEMA {jobs.SCHEMA} TO "{role}"')
    connection.exec_driver_sql(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA {jobs.SCHEMA} TO "{role}"')
    connection.exec_driver_sql(f"ALTER TABLE {hands} ENABLE ROW LEVEL SECURITY")
    connection.exec_driver_sql(f"DROP POLICY IF EXISTS {_POLICY} ON {hands}")
    connection.exec_driver_sql(f"CREATE POLICY {_POLICY} ON {hands} USING ({_MINE})")
