"""Statements that every drop asks: built and compiled once for each kind of database, then only run.

Building and compiling costs SQLAlchemy several times what the database needs to answer. Only for columns that are text
or whole numbers, as all of this ledger's are: nothing is converted on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, RowMapping
from sqlalchemy.sql.compiler import SQLCompiler

Build = Callable[[], sa.Select[Any]]

_compiled: dict[tuple[Build, str], SQLCompiler] = {}


def ask(connection: Connection, build: Build, **given: str | int) -> Sequence[RowMapping]:
    """The rows of the statement that `build` makes, with its `bindparam`s as given."""
    dialect = connection.dialect
    compiled = _compiled.get((build, dialect.name))
    if compiled is None:
        made = build().compile(dialect=dialect)
        assert isinstance(made, SQLCompiler)
        compiled = _compiled[build, dialect.name] = made
    values = compiled.construct_params(dict(given))
    if compiled.positional:
        names = compiled.positiontup or ()
        return connection.exec_driver_sql(compiled.string, tuple(values[name] for name in names)).mappings().all()
    return connection.exec_driver_sql(compiled.string, values).mappings().all()


def value(connection: Connection, build: Build, **given: str | int) -> Any:
    """The first column of the first row; None for no row."""
    found = ask(connection, build, **given)
    return next(iter(found[0].values())) if found else None


def insert(connection: Connection, table: sa.Table, row: Mapping[str, Any], *, missing: bool = False) -> bool:
    """Insert the row; with `missing`, unless its primary key is there already. True if this made the row."""
    whole = {**_defaults(table), **row}
    key = (table.name, missing, tuple(whole), connection.dialect.name)
    compiled = _inserts.get(key)
    if compiled is None:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(table)
        if missing:
            statement = statement.on_conflict_do_nothing(index_elements=list(table.primary_key))
        made = statement.compile(dialect=connection.dialect, column_keys=list(whole))
        assert isinstance(made, SQLCompiler)
        compiled = _inserts[key] = made
    if compiled.positional:
        values: Any = tuple(whole[name] for name in compiled.positiontup or ())
    else:
        values = whole
    return connection.exec_driver_sql(compiled.string, values).rowcount == 1


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
