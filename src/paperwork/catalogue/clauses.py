"""clauses.toml: the rows of the plan, each with what the product must have for it."""

from __future__ import annotations

from collections.abc import Mapping

from paperwork.catalogue.naming import known
from paperwork.catalogue.sheets import Table, unique
from paperwork.model import Clause

NEEDS = ("form", "rule", "document", "deadline", "report")


def read_clauses(table: Table) -> Mapping[str, Clause]:
    """clauses.toml → id → Clause, in the order of the plan."""
    rows = table.tables("clause", must=True)
    unique(rows, "id", "方案条款")
    clauses = [_clause(row) for row in rows]
    table.close()
    return {clause.id: clause for clause in clauses}


def _clause(table: Table) -> Clause:
    clause = Clause(
        id=table.text("id"),
        place=table.text("place"),
        text=table.text("text"),
        needs=_named(table, "needs", NEEDS, must=True),
        lacks=_named(table, "lacks", table.data.get("needs", ()) or NEEDS),
        why=table.text("why", ""),
        where=table.where(),
    )
    if set(clause.needs) < set(NEEDS) and not clause.why:
        table.wrong("P-KEY-MISSING", "", "缺少「why」", "needs 不全的，写明为什么不需要其余各项")
    table.close()
    return clause


def _named(table: Table, key: str, among: tuple[str, ...], must: bool = False) -> tuple[str, ...]:
    words = table.placed_words(key, must)
    return tuple(word for index, word in words if known(table, (key, index), word, among, "CLAUSE-NEED"))
