"""credit.toml and masking.toml: terms of credit information, columns of the export, and what is masked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paperwork.catalogue.offers import patterns
from paperwork.catalogue.sheets import Table
from paperwork.model import Column, Credit, Watch

CLASSES = ("minor", "ordinary", "serious")


def read_credit(table: Table | None, masking: Table | None) -> Credit:
    """An office without the files has no terms, and publishes nothing: what depends on them stays unknown."""
    if table is None or masking is None:
        return Credit()
    repair = table.mapping("repair")
    told: dict[str, Any] = {
        "months": _months(repair.mapping("least_months")),
        "longest": _months(repair.mapping("most_months")),
        "bar_years": repair.mapping("bar").integer("years", 0),
        **_publish(table.mapping("publish")),
        "masks": {name: _mask(masking.mapping(name)) for name in masking.data},
    }
    table.close()
    return Credit(**told)


def _publish(table: Table) -> dict[str, Any]:
    told = {
        "documents": frozenset(table.words("documents")),
        "serious": frozenset(table.words("serious")),
        "ordinary": frozenset(table.words("ordinary")),
        "large_fine": table.integer("large_fine", 0) * 100,
        "huge_fine": table.integer("huge_fine", 0) * 100,
        "reviewed": table.flag("reviewed", True),
        "watches": tuple(_watch(entry) for entry in table.tables("watch")),
        "columns": tuple(_column(entry) for entry in table.tables("column")),
        "permits": tuple(_column(entry) for entry in table.tables("permit")),
    }
    table.close()
    return told


def _watch(table: Table) -> Watch:
    watch = Watch(table.text("source"), table.text("instead"), patterns(table))
    table.close()
    return watch


def _column(table: Table) -> Column:
    column = Column(
        code=table.text("code"),
        title=table.text("title"),
        source=table.text("source", ""),
        text=table.text("text", ""),
        as_=table.one_of("as", ("", "wan", "date"), ""),
    )
    table.close()
    return column


def _mask(table: Table) -> Mapping[str, str]:
    return {name: table.one_of(name, ("full", "surname", "remove")) for name in table.data}


def _months(table: Table) -> Mapping[str, int]:
    return {name: table.integer(name, 0) for name in CLASSES if name in table.data}
