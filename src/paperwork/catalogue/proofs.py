"""proofreading.toml: common mistakes, former names of organs, and what is compared with which fact."""

from __future__ import annotations

from paperwork.catalogue.naming import Names, fact_at
from paperwork.catalogue.sheets import Table, meant
from paperwork.model import Beside, FactType, Proofs, Slip


def read_proofs(table: Table | None, names: Names) -> Proofs:
    """An office without the file proof-reads only names, capitals, dates that never were and articles."""
    if table is None:
        return Proofs()
    proofs = Proofs(
        mistakes=tuple(_slip(entry, "wrong", "right") for entry in table.tables("mistake")),
        organs=tuple(_slip(entry, "old", "now") for entry in table.tables("organ")),
        dates=tuple(_beside(entry, names, ("date",)) for entry in table.tables("date")),
        amounts=tuple(_beside(entry, names, ("money",)) for entry in table.tables("amount")),
        verbatim=frozenset(_verbatim(table, names)),
    )
    table.close()
    return proofs


def _slip(table: Table, wrong: str, right: str) -> Slip:
    slip = Slip(table.words(wrong, must=True), table.text(right), table.words("spare"))
    table.close()
    return slip


def _beside(table: Table, names: Names, types: tuple[FactType, ...]) -> Beside:
    beside = Beside(fact_at(table, "fact", names, types), table.words("words", must=True))
    table.close()
    return beside


def _verbatim(table: Table, names: Names) -> list[str]:
    """Facts, or `list.column`."""
    columns = [f"{fact.name}.{short}" for fact in names.facts.values() for short in fact.items]
    known, good = {*names.facts, *columns}, []
    for index, name in table.placed_words("verbatim"):
        if name not in known:
            where = table.where("verbatim", index)
            table.report.add("P-FACT-UNKNOWN", where, f"没有「{name}」这项事实", meant(name, known))
        good.append(name)
    return good
