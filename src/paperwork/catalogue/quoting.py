"""facts.toml, `paper`: which answers are numbers of earlier papers, and what their rows say of those papers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from paperwork.catalogue.naming import DATES
from paperwork.catalogue.sheets import Table, meant
from paperwork.model import Catalogue, Fact, Problem, Quotes

PAPER = "paper"
"""The key of a fact; so no column of a list is called so."""


def read_quotes(table: Table) -> Quotes | None:
    """`paper = { kinds = ["D-03"], title = …, dated = …, served = …, before = […], by_hand = … }` of a fact."""
    told = table.mapping(PAPER)
    if not told.data:
        return None
    if table.data.get("type") != "text":
        table.wrong("P-FACT-TYPE", PAPER, "只有文字才能是文书的文号", 'type = "text"')
    quotes = Quotes(
        kinds=told.words("kinds", True),
        title=told.text("title", ""),
        dated=told.text("dated", ""),
        served=told.text("served", ""),
        before=told.words("before"),
        by_hand=told.flag("by_hand"),
    )
    told.close()
    return quotes


def check_quotes(table: Table, facts: Mapping[str, Fact]) -> None:
    """What a row says of a paper stands in the same row: its name as text, its days as dates."""
    for name, quotes, beside in _quoting(facts):
        days = (("dated", (quotes.dated,)), ("served", (quotes.served,)), ("before", quotes.before))
        for key, named in (("title", (quotes.title,)), *days):
            types = ("text",) if key == "title" else DATES
            for one in (one for one in named if one):
                where = table.where(*name.split("."), PAPER, key)
                fitting = [other for other, fact in beside.items() if fact.type in types]
                if one not in fitting:
                    what = f"「{name}」旁边没有「{one}」这一项{'文字' if key == 'title' else '日期'}"
                    table.report.add("P-FACT-UNKNOWN", where, what, meant(one, fitting))


def quoted_kinds(catalogue: Catalogue) -> Iterator[Problem]:
    """Codes of papers that nobody makes, by a kind or by hand: hints, for a kind may be taken out of use."""
    kinds = {kind.code for kind in catalogue.kinds.values()}
    known: Collection[str] = kinds | {paper.code for papers in catalogue.papers.values() for paper in papers}
    for name, quotes, _ in _quoting(catalogue.facts):
        for code in quotes.kinds:
            if code not in known:
                what = f"「{name}」可以写的文书里，没有代码是「{code}」的"
                yield Problem("W-DOCUMENT-UNKNOWN", "templates/facts.toml", what, meant(code, known))


def _quoting(facts: Mapping[str, Fact]) -> Iterator[tuple[str, Quotes, Mapping[str, Fact]]]:
    """(full name, what it quotes, the facts beside it)."""
    for name, fact in facts.items():
        if fact.paper:
            yield name, fact.paper, facts
        for column in fact.items.values():
            if column.paper:
                yield column.name, column.paper, fact.items
