"""What the bureau's own files say, typed: facts, forms, matters, kinds, rules, law, people.

Everything here is immutable and made once, by `paperwork.catalogue`. Rooms of thought receive it as an argument.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Scalar = str | bool | int | dt.date | dt.datetime | tuple[str, ...]
"""One answer. A tuple of strings is a set of plain values; money is integer fen."""

Item = Mapping[str, Scalar]
"""One item of a keyed list: short field name → answer. Flat; nothing deeper."""

Value = Scalar | tuple[Item, ...]
Facts = Mapping[str, Value]
"""Dotted fact name → answer. An absent name is 未填 (nobody answered); `""` and `()` are the answer 无."""

FactType = Literal["text", "date", "datetime", "flag", "integer", "money", "choice", "set", "list"]


@dataclass(frozen=True)
class Choice:
    """One admissible answer: the code that rules use and the label that people see."""

    code: str
    label: str


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
    check: Literal["", "uscc", "id_no", "cert", "phone"] = ""  # identifier rules of `paperwork.identifiers`
    future: bool = False  # a date that may lie after today (an expiry, a deadline)
    finding: str = ""  # code of the finding for an answer outside `choices`, where the domain names one
    number: bool = False  # a document number: 〔〕 is normalised


@dataclass(frozen=True)
class Field:
    """A fact as a form asks for it. `fact` is a full name, or a short one inside a list's columns."""

    fact: str
    label: str
    required: bool = False
    help: str = ""
    example: str = ""


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


@dataclass(frozen=True)
class Form:
    """An intake form. `opens` names the matter type that it opens when it names no matter; "" joins only."""

    id: str
    title: str
    version: int
    opens: str
    place: Literal["inbox", "approvals"]
    formats: tuple[str, ...]
    sections: tuple[Section, ...]
    clauses: tuple[str, ...] = ()
    intro: str = ""


@dataclass(frozen=True)
class MatterType:
    """A type of matter. `letters` stand in the id (2026-LA-0007); `series` numbers the 案号 where there is one."""

    id: str
    label: str
    letters: str
    series: str = ""
    year_from: str = ""  # the fact whose year numbers the matter; "" = the day of registration
    folder: str = ""  # below outbox/<year>/


@dataclass(frozen=True)
class Condition:
    """`fact op value`, parsed. `other` is set instead of `values` when the right side is a fact."""

    text: str
    fact: str
    op: str
    values: tuple[Scalar, ...] = ()
    other: str = ""


@dataclass(frozen=True)
class Citation:
    """`行政处罚法#33.1.2`: law id, article, paragraph, item. 0 = the whole above it."""

    law: str
    article: int
    para: int = 0
    item: int = 0

    def __str__(self) -> str:
        parts = [str(self.article)] + ([str(self.para)] if self.para or self.item else [])
        return f"{self.law}#" + ".".join(parts + ([str(self.item)] if self.item else []))


@dataclass(frozen=True)
class Law:
    """One text of one law. It may be cited for dates from `starts` to `until`, both included."""

    id: str
    title: str  # in full, without 《》
    cited_as: str  # 《中华人民共和国行政处罚法》, or 2017年修正的《…》
    version: dt.date  # the date of the text on file
    since: dt.date | None  # in force from; None = not verified
    until: dt.date | None  # last day in force; None = still in force
    source: str
    articles: Mapping[int, tuple[str, ...]]  # article → its paragraphs, word for word
    rank: Literal["law", "regulation", "local", "rule"] = "law"  # 法律 行政法规 地方性法规 规章
    refusal_only: tuple[Citation, ...] = ()  # provisions that punish only 拒不改正
    aliases: tuple[str, ...] = ()

    @property
    def starts(self) -> dt.date:
        """First day for which the text may be cited: its verified start, else the date of the text."""
        return self.since or self.version


@dataclass(frozen=True)
class Step:
    """One step of approval, asked when its conditions are not false."""

    step: str  # a code of the choice fact approvals.step
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A `[[measure]]` of `policy/`: when it fires, `measure` is taken. See DESIGN §3, Measures."""

    id: str
    measure: str
    label: str
    matters: tuple[str, ...]
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...] = ()
    basis: tuple[Citation, ...] = ()
    procedure: tuple[Citation, ...] = ()
    since: dt.date | None = None  # of the act
    until: dt.date | None = None
    favourable: bool = False
    force: Literal["must", "may"] = "must"
    rank: int = 0
    terminal: bool = False
    attach: bool = False
    approvals: tuple[Step, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)  # printed by the documents (ground = "33-1前")
    clauses: tuple[str, ...] = ()
    where: str = ""  # templates/policy/leniency.toml:12


@dataclass(frozen=True)
class Gate:
    """A check of law across facts; when `when` holds and `require` does not, the message is a finding."""

    code: str
    matters: tuple[str, ...]
    require: tuple[Condition, ...]
    message: str
    when: tuple[Condition, ...] = ()
    per: str = ""
    field: str = ""
    severity: Literal["error", "warning"] = "error"
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clock:
    """A period of `policy/periods.toml`, counted from the fact `start` until the fact `met` is given."""

    id: str
    what: str
    matters: tuple[str, ...]
    start: str
    length: int
    unit: Literal["days", "workdays", "months", "years"]
    side: Literal["agency", "party"]
    met: str = ""
    when: tuple[Condition, ...] = ()
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Paper:
    """One paper that a measure's file must hold (domain/03 §3.5), made by a kind or by hand."""

    code: str
    title: str
    when: tuple[Condition, ...] = ()
    by_hand: bool = False  # wanted even if only the office can make it


@dataclass(frozen=True)
class Kind:
    """A document kind: one folder of `templates/documents/`."""

    kind: str
    code: str
    title: str
    measures: tuple[str, ...]  # `for`
    conditions: tuple[Condition, ...]  # `if`
    per: str  # "matter", "document", or the name of a list fact
    after: str  # "approval", a step, or "none"
    follows: str  # code of the document that must be issued first; "" = none
    number: str  # a series; "none"; "office"
    dated: str  # "approval", "registered", or a date fact
    cites: Mapping[str, tuple[Citation, ...]]  # articles that the template prints, by name, by the document's date
    clauses: tuple[str, ...]
    retention: str
    living: bool  # replaced in place, outside numbering and recipes (D-36)
    folder: Path  # templates/documents/<kind>


@dataclass(frozen=True)
class Officer:
    """A holder of a 执法证 and the days on which it is valid."""

    name: str
    cert_no: str
    unit: str
    valid_from: dt.date
    valid_to: dt.date


@dataclass(frozen=True)
class Role:
    """Who may take a step of approval, and from when to when."""

    step: str
    person: str
    since: dt.date
    until: dt.date | None = None


@dataclass(frozen=True)
class Competence:
    """Whose business an industry (and, more narrowly, an act) is: own, transfer, remind_only."""

    industry: str
    power: Literal["own", "transfer", "remind_only"]
    to: str = ""  # the competent body
    note: str = ""


@dataclass(frozen=True)
class Series:
    """A run of numbers; `{Y}` and `{n}` stand in the pattern. `start` = {year: last number given by hand}."""

    id: str
    pattern: str
    start: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Calendar:
    """One year's rest days and make-up workdays by the State Council's notice."""

    year: int
    rest: frozenset[dt.date]
    work: frozenset[dt.date]  # weekend days that are worked
    source: str = ""


@dataclass(frozen=True)
class Organ:
    """The bureau as its documents name it (`bureau.toml` [org])."""

    name: str
    uscc: str
    address: str
    phone: str
    reviewing_government: str
    court: str
    office: str = ""
    review_online: str = ""
    policy_title: str = ""
    policy_number: str = ""


@dataclass(frozen=True)
class Settings:
    """`bureau.toml`, typed."""

    bureau: str  # short ASCII code, first in every key of the ledger
    organ: Organ
    series: Mapping[str, Series]
    thresholds: Mapping[str, int]
    ledger: str  # URL without password; "" = SQLite in .paperwork/
    settle_seconds: float = 2.0


@dataclass(frozen=True)
class Problem:
    """A mistake in the office's own files. `where` is file:line."""

    code: str
    where: str
    what: str
    advice: str = ""


@dataclass(frozen=True)
class Catalogue:
    """Everything under `templates/`, checked against each other."""

    root: Path
    settings: Settings
    facts: Mapping[str, Fact]
    forms: Mapping[str, Form]
    matters: Mapping[str, MatterType]
    kinds: Mapping[str, Kind]
    rules: tuple[Rule, ...]
    gates: tuple[Gate, ...]
    clocks: tuple[Clock, ...]
    papers: Mapping[str, tuple[Paper, ...]]  # measure → its document set in filing order
    laws: Mapping[str, tuple[Law, ...]]  # law id → its texts, oldest first
    officers: tuple[Officer, ...]
    roles: tuple[Role, ...]
    competence: Mapping[str, Competence]
    calendars: Mapping[int, Calendar]
    measures: Mapping[str, str] = field(default_factory=dict)  # measure → Chinese label
