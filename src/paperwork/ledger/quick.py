"""Statements that every drop asks: built and compiled once for each kind of database, then only run.

Building, compiling and wrapping results costs SQLAlchemy many times what the database needs to answer. Only for
columns that are text or whole numbers, as all of this ledger's are: nothing is converted on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError

Build = Callable[[], sa.Select[Any] | sa.UpdateBase]
Given = str | int | None
Row = Mapping[Any, Any]


def ask(connection: Connection, build: Build, **given: Given) -> Sequence[Row]:
    """The rows of the statement that `build` makes, with its `bindparam`s as given."""
    cursor = _prepared(build, connection.dialect).run(connection, [given])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def value(connection: Connection, build: Build, **given: Given) -> Any:
    """The first column of the first row; None for no row."""
    row = _prepared(build, connection.dialect).run(connection, [given]).fetchone()
    return None if row is None else row[0]


def run(connection: Connection, build: Build, *given: Mapping[str, Given]) -> None:
    """The statement that `build` makes, for each of `given`."""
    _prepared(build, connection.dialect).run(connection, given)


def insert(connection: Connection, table: sa.Table, row: Row, *, missing: bool = False) -> bool:
    """Insert the row; with `missing`, unless its primary key is there already. True if this made the row."""
    whole = {**_defaults(table), **row}
    made = _inserting(table, missing, tuple(whole), connection.dialect).run(connection, [whole])
    return bool(made.rowcount == 1)


def insert_all(connection: Connection, table: sa.Table, rows: Iterable[Row]) -> None:
    """Insert these rows, which name the same columns."""
    if several := [{**_defaults(table), **row} for row in rows]:
        _inserting(table, False, tuple(several[0]), connection.dialect).run(connection, several)


@dataclass(frozen=True)
class _Statement:
    """A compiled statement: its text, the order of its values where the driver wants one, values that never change."""

    text: str
    order: tuple[str, ...] | None
    fixed: Row

    def run(self, connection: Connection, given: Sequence[Row]) -> Any:
        """The driver's own cursor, the statement run; what it refuses is told as SQLAlchemy tells it."""
        whole = [{**self.fixed, **one} for one in given] if self.fixed else given
        values: Sequence[Any] = whole if self.order is None else [tuple(map(one.get, self.order)) for one in whole]
        cursor = connection.connection.cursor()
        refusal = connection.dialect.loaded_dbapi.Error
        try:
            if len(values) == 1:
                cursor.execute(self.text, values[0])
            else:
                cursor.executemany(self.text, values)
        except refusal as error:
            told = DBAPIError.instance(self.text, None, error, refusal, True, dialect=connection.dialect)
            raise told from error
        return cursor


@cache
def _prepared(build: Build, dialect: Dialect) -> _Statement:
    return _statement(build().compile(dialect=dialect))


@cache
def _inserting(table: sa.Table, missing: bool, columns: tuple[str, ...], dialect: Dialect) -> _Statement:
    statement = (postgresql if dialect.name == "postgresql" else sqlite).insert(table)
    if missing:
        statement = statement.on_conflict_do_nothing(index_elements=list(table.primary_key))
    return _statement(statement.compile(dialect=dialect, column_keys=list(columns)))


def _statement(compiled: Any) -> _Statement:
    order = tuple(compiled.positiontup or ()) if compiled.positional else None
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    return _Statement(compiled.string, order, fixed)


@cache
def _defaults(table: sa.Table) -> Mapping[str, Any]:
    """What a column holds that the row does not name: all of this ledger's defaults are plain values."""
    return {c.name: c.default.arg for c in table.columns if isinstance(c.default, sa.ColumnDefault)}


here: sa.BindParameter[str] = sa.bindparam("bureau")
"""The bureau that asks, in every statement."""


def named(name: str) -> sa.BindParameter[Any]:
    """A value that is given when the statement is run."""
    return sa.bindparam(name)
