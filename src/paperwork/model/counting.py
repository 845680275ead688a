"""What summaries count: figures as the bureau defines them (figures.toml), and the rows that a matter adds to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from paperwork.model.law import Clock, Condition


@dataclass(frozen=True)
class Source:
    """Where the rows of a figure come from in one matter: issued documents, items of a list, a period that runs, or
    the matter itself."""

    matters: tuple[str, ...] = ()  # types; () = of any type
    documents: tuple[str, ...] = ()  # codes; each document is a row
    per: str = ""  # a list fact; each item is a row
    dated: str = ""  # the fact that dates the row; "" = the document's own date
    conditions: tuple[Condition, ...] = ()
    amount: str = ""  # a number that is summed, or a set whose members are; "" = one per row
    group: str = ""  # a fact that breaks the figure down; "ground" = of the rule behind the document
    measures: tuple[str, ...] = ()  # of the documents only those of these measures
    clock: Clock | None = None  # a period of the policy: one row, on its last day
    outcome: Literal["", "in_time", "late"] = ""  # of the period: only where it was kept, or was not
    days_from: str = ""  # the row counts the days from this fact to its own day
    workdays_from: str = ""  # … the working days
    less: bool = False  # the row takes away: an end, in a figure of what stands


@dataclass(frozen=True)
class Figure:
    """One figure: counted from `sources`, or a sum of other figures, or a ratio of two sums of other figures.

    `lacks` says why nothing feeds it: then it is unknown, never 0.
    """

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
    mean: bool = False  # the ratio is so many of `unit` for each (days for each case), not percent
    stock: bool = False  # what stands at the end of the period: all rows up to that day
    groups: bool = False  # how many different groups its rows have (tasks), not how many rows
    spread: bool = False  # the largest amount of a group by its smallest, of the group where they differ most
    money: bool = False  # amounts in 分, told in 元
    lacks: str = ""  # why nothing feeds it
    quiet: bool = False  # a step on the way to another figure: the paper does not list it, the workbook does
    table: str = ""  # the table of the report that shows it as a row: timeliness or observation
    column: str = ""  # the short head under which the tables of months and industries show it; "" = not there
    yearly: str = ""  # the head under which the yearly figures of enforcement show it; "" = not there
    clauses: tuple[str, ...] = ()

    @property
    def adds(self) -> bool:
        """Whether it is the sum of its parts by month, industry or unit."""
        return not (self.distinct or self.groups or self.stock or self.spread or self.is_ratio)

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
    why: str = ""  # "" = it counts; else draft, void, replaced, condition, unknown, undated, amount, once
    stock: bool = False  # it counts from its day on, in every later period too
