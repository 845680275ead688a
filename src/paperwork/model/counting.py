"""What summaries count: figures as the bureau defines them (figures.toml), and the rows that a matter adds to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from paperwork.model.law import Condition


@dataclass(frozen=True)
class Source:
    """Where the rows of a figure come from in one matter: issued documents, items of a list, or the matter itself."""

    matters: tuple[str, ...]
    documents: tuple[str, ...] = ()  # codes; each document is a row
    per: str = ""  # a list fact; each item is a row
    dated: str = ""  # the fact that dates the row; "" = the document's own date
    conditions: tuple[Condition, ...] = ()
    amount: str = ""  # an integer fact that is summed; "" = one per row
    group: str = ""  # a fact that breaks the figure down; "ground" = of the rule behind the document


@dataclass(frozen=True)
class Figure:
    """One figure: counted from `sources`, or a sum of other figures, or a ratio of two sums of other figures."""

    id: str
    key: str  # its name in templates and in the columns of tables
    name: str
    unit: str
    sources: tuple[Source, ...] = ()
    once: str = ""  # of all figures with this word a matter counts in one only, by its earliest row
    distinct: bool = False  # counts parties (户), not rows
    total: tuple[str, ...] = ()
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    column: str = ""  # the short head under which the tables of months and industries show it; "" = not there
    clauses: tuple[str, ...] = ()

    @property
    def is_ratio(self) -> bool:
        return bool(self.denominator)


@dataclass(frozen=True)
class Tallied:
    """One row that a matter adds to a figure. What does not count says why; without a day it counts in no period."""

    figure: str
    item: str  # within the matter: kind/occurrence/version of a document, list/occurrence of an item, "" = the matter
    on: dt.date | None
    amount: int = 1
    industry: str = ""
    measure: str = ""
    group: str = ""
    document: str = ""  # the document behind the row, as kind/occurrence/version: with its number it becomes void
    why: str = ""  # "" = it counts; else draft, void, replaced, condition, unknown, undated, once
