"""Statements that every drop asks: built and compiled once for each kind of database, then only run.

Building and compiling costs SQLAlchemy several times what the database needs to answer. Only for columns that are text
or whole numbers, as all of this ledger's are: nothing is converted on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, CursorResult, RowMapping
from sqlalchemy.sql.compiler import SQLCompiler

Build = Callable[[], sa.Select[Any] | sa.UpdateBase]

_compiled: dict[tuple[Build, str], SQLCompiler] = {}


Given = str | int | None


def ask(connection: Connection, build: Build, **given: Given) -> Sequence[RowMapping]:
    """The rows of the statement that `build` makes, with its `bindparam`s as given."""
    return run(connection, build, given).mappings().all()


def run(connection: Connection, build: Build, *given: Mapping[str, Given]) -> CursorResult[Any]:
    """The statement that `build` makes, for all of `given`."""
    dialect = connection.dialect
    compiled = _compiled.get((build, dialect.name))
    if compiled is None:
        made = build().compile(dialect=dialect)
        assert isinstance(made, SQLCompiler)
        compiled = _compiled[build, dialect.name] = made
    return _run(connection, compiled, [compiled.construct_params(dict(one)) for one in given])


def value(connection: Connection, build: Build, **given: Given) -> Any:
    """The first column of the first row; None for no row."""
    return run(connection, build, given).scalar()


def insert(connection: Connection, table: sa.Table, row: Mapping[str, Any], *, missing: bool = False) -> bool:
    """Insert the row; with `missing`, unless its primary key is there already. True if this made the row."""
    return _insert(connection, table, [row], missing).rowcount == 1


def insert_all(connection: Connection, table: sa.Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert these rows, which name the same columns."""
    if several := list(rows):
        _insert(connection, table, several, False)


def _insert(
    connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], missing: bool
) -> CursorResult[Any]:
    whole = [{**_defaults(table), **row} for row in rows]
    key = (table.name, missing, tuple(whole[0]), connection.dialect.name)
    compiled = _inserts.get(key)
    if compiled is None:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(table)
        if missing:
            statement = statement.on_conflict_do_nothing(index_elements=list(table.primary_key))
        made = statement.compile(dialect=connection.dialect, column_keys=list(whole[0]))
        assert isinstance(made, SQLCompiler)
        compiled = _inserts[key] = made
    return _run(connection, compiled, whole)


def _run(connection: Connection, compiled: SQLCompiler, given: Sequence[Mapping[str, Any]]) -> CursorResult[Any]:
    values: list[Any] = list(given)
    if compiled.positional:
        names = compiled.positiontup or ()
        values = [tuple(one[name] for name in names) for one in given]
    return connection.exec_driver_sql(compiled.string, values if len(values) > 1 else values[0])


@cache
def _defaults(table: sa.Table) -> Mapping[str, Any]:
    """What a column holds that the row does not name: all of this ledger's defaults are plain values."""
    return {c.name: c.default.arg for c in table.columns if isinstance(c.default, sa.ColumnDefault)}


_inserts: dict[tuple[str, bool, tuple[str, ...], str], SQLCompiler] = {}

here: sa.BindParameter[str] = sa.bindparam("bureau")
"""The bureau that asks, in every statement."""


def named(name: str) -> sa.BindParameter[Any]:
    """A value that is given when the statement is run."""
    return sa.bindparam(name)
