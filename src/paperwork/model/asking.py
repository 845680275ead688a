"""What a bureau asks: facts with their types and answers, forms that arrange them, types of matters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Scalar = str | bool | int | dt.date | dt.datetime | tuple[str, ...]
"""One answer. A tuple of strings is a set of plain values; money is integer fen."""

Item = Mapping[str, Scalar]
"""One item of a keyed list: short field name → answer. Flat; nothing deeper."""

Value = Scalar | tuple[Item, ...]

Facts = Mapping[str, Value]
"""Dotted fact name → answer. An absent name is 未填 (nobody answered); `""` and `()` are the answer 无."""

FactType = Literal["text", "date", "datetime", "flag", "integer", "money", "choice", "set", "list"]


Layout = Literal["table", "pairs"]

Check = Literal["", "uscc", "id_no", "cert", "phone", "draft", "period"]

Place = Literal["inbox", "approvals", "program"]


@dataclass(frozen=True)
class Choice:
    """One admissible answer: the code that rules use and the label that people see."""

    code: str
    label: str


@dataclass(frozen=True)
class Quotes:
    """That an answer is the number of an earlier paper; which papers it may name, and what else the row says of it.

    The other names are columns of the same list, or facts where the fact is none of a list.
    """

    kinds: tuple[str, ...]  # codes of the papers that it may name
    title: str = ""  # what the paper is called
    dated: str = ""  # its day
    served: str = ""  # the day on which it was served
    before: tuple[str, ...] = ()  # days that lie not before the paper
    by_hand: bool = False  # the office keeps the number by hand too: one that the register lacks is no mistake


@dataclass(frozen=True)
class Fact:
    """One entry of `facts.toml`. Of a list, `items` holds the definitions of its fields by short name."""

    name: str
    label: str
    type: FactType
    choices: tuple[Choice, ...] = ()  # of a choice, and of a set with fixed answers
    aliases: tuple[str, ...] = ()  # other labels under which offices write the field
    key: tuple[str, ...] = ()  # of a list: the fields that tell one item from another
    items: Mapping[str, Fact] = field(default_factory=dict)
    personal: Literal["", "name", "id", "contact"] = ""  # class of personal data
    silence: bool = True  # False: only a party can raise it, so 未填 counts as 无
    derived: bool = False  # computed by `paperwork.facts`, never asked
    check: Check = ""  # rules of `paperwork.identifiers`, and how a code or a period is written
    check_if: str = ""  # the check is for these answers only (`party.id_type in 居民身份证, 身份证`)
    avoid: tuple[str, ...] = ()  # words that the document itself sets before or behind the answer
    names: Literal["", "officers", "staff", "units", "scope"] = ""  # people, or units, that people.toml must know
    future: bool = False  # a date that may lie after today (an expiry, a deadline)
    finding: str = ""  # code of the finding for an answer outside `choices`, where the domain names one
    number: bool = False  # a document number: 〔〕 is normalised
    changing: bool = False  # a column that may be answered anew (a licence is renewed): no event, the newer one holds
    grouped: str = ""  # of a list: prints also as a group of this name, `value` under the answer of its key
    on_record: bool = False  # for the file only: nothing prints it, rules by it or counts it
    ordinal: bool = False  # the key of a list whose items are counted 1, 2, 3 …
    example: str = ""  # an answer as it may look; a form may show another
    paper: Quotes | None = None  # it is the number of an earlier paper, held against the register


@dataclass(frozen=True)
class Field:
    """A fact as a form asks for it. `fact` is a full name, or a short one inside a list's columns."""

    fact: str
    label: str
    required: bool = False
    help: str = ""
    example: str = ""
    sized: bool = True  # the example is the form's own and tells how long its answers are; that of the fact does not
    sample: str = ""  # its answer in the row of a spreadsheet that shows how one whole matter is filled in


@dataclass(frozen=True)
class Section:
    """A part of a form. `sets` lays over earlier answers, `adds` adds or completes items of `list`."""

    title: str
    mode: Literal["sets", "adds"]
    fields: tuple[Field, ...] = ()
    list: str = ""
    columns: tuple[Field, ...] = ()
    common: tuple[Field, ...] = ()  # columns asked once above the table and laid into each item (the draft's code)
    rows: int = 3  # empty rows in a blank
    sample: str = ""  # of a list: its cell in that row
    layout: Layout = "table"  # pairs: one item, its columns as label and answer below each other


@dataclass(frozen=True)
class Form:
    """An intake form. `opens` names the matter type that it opens when it names no matter; "" joins only."""

    id: str
    title: str
    version: int
    opens: str
    place: Place  # where it must be handed in; "program": only the program itself fills it (the sweep, a report)
    formats: tuple[str, ...]
    sections: tuple[Section, ...]
    clauses: tuple[str, ...] = ()
    intro: str = ""
    until: Mapping[str, str] = field(default_factory=dict)  # code of a paper → what to do once it stands: taken no more
    join_by: tuple[str, ...] = ()  # facts (or `list.column`) by which it joins an open matter that has the same answer

    @property
    def compulsory(self) -> frozenset[str]:
        """The facts that it cannot be handed in without; of its lists nothing."""
        return frozenset(field.fact for section in self.sections for field in section.fields if field.required)


@dataclass(frozen=True)
class MatterType:
    """A type of matter. `letters` stand in the id (2026-LA-0007); `series` numbers the 案号 where there is one."""

    id: str
    label: str
    letters: str
    series: str = ""
    year_from: str = ""  # the fact whose year numbers the matter; "" = the day of registration
    folder: str = ""  # below outbox/<year>/
    follows_party: bool = False  # asked again when another matter of the party tells of grave harm
