"""What SQLite must know of the tables: the bureau, with which every key begins, tells no rows apart.

Without being told it takes ten rows for one bureau's, and would rather read them all than sort a handful: in a ledger
of a million cases that is the whole table for each form. It is told so from the first day, in the words of its own
`ANALYZE`, so that a small ledger is read as a large one will be. PostgreSQL looks for itself.
"""

from __future__ import annotations

from sqlalchemy.engine import Connection

_ALL, _FEW, _ALIKE = 1_048_576, 10_000, 10
"""Rows of a table, of an index that holds only some of them, and of those that agree in more than the bureau."""

_TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"


def inform(connection: Connection) -> None:
    """Write down for every index how many rows agree in its first columns, in place of what stood there."""
    if connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql("ANALYZE sqlite_master")  # makes the table of such numbers, and counts nothing
    connection.exec_driver_sql("DELETE FROM sqlite_stat1")
    for table, made in connection.exec_driver_sql(_TABLES).all():
        for _, index, unique, origin, partial in connection.exec_driver_sql(f"PRAGMA index_list({table})").all():
            columns = len(connection.exec_driver_sql(f"PRAGMA index_info({index})").all())
            rows = _FEW if partial else _ALL
            alike = [rows, *[_ALIKE] * (columns - 1)]
            if unique:
                alike[-1] = 1
            is_table = origin == "pk" and "WITHOUT ROWID" in made
            told = (table, table if is_table else index, " ".join(map(str, (rows, *alike))))
            connection.exec_driver_sql("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", told)
    connection.exec_driver_sql("ANALYZE sqlite_master")  # this connection reads them too
