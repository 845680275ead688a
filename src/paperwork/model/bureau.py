"""The bureau itself, typed: people, competence, numbers, calendar, settings, and the catalogue that holds it all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from paperwork.model.asking import Fact, Form, MatterType
from paperwork.model.clauses import Clause
from paperwork.model.counting import Figure
from paperwork.model.credit import Credit
from paperwork.model.law import Citation, Clock, Gate, Kind, Law, Offer, Paper, Reminder, Rule, Wording, Yearly
from paperwork.model.layout import Family
from paperwork.model.proofs import Proofs


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
    users: tuple[str, ...] = ()  # accounts that may approve for this person at the command line
    acts_for: str = ""  # whose leave it is, where the person stands in for another (授权、AB岗)


ANYBODY = "*"
"""The account that stands for everybody: for trying the program out."""


@dataclass(frozen=True)
class Desk:
    """What an account may do at the command line: enter facts by hand (record), cancel numbers (void)."""

    user: str
    may: tuple[str, ...]


@dataclass(frozen=True)
class Competence:
    """Whose business an industry (and, more narrowly, an act) is: own, transfer, remind_only."""

    industry: str
    power: Literal["own", "transfer", "remind_only"]
    to: str = ""  # the competent body
    note: str = ""


@dataclass(frozen=True)
class Exemption:
    """One item of a published list of minor violations that are not punished (免罚清单), and its days."""

    list: str
    item: int
    matter: str  # 处罚事项
    condition: str  # 适用条件
    provision: str  # 法律依据
    since: dt.date | None = None
    until: dt.date | None = None


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
    payment: str = ""  # where fines are paid (行政处罚法 art 67)


@dataclass(frozen=True)
class Sharing:
    """Who else reads and writes inbox and outbox (`bureau.toml` [files]). "" and 0: as the folders are."""

    group: str = ""
    mode: int = 0  # of files; folders have the rights to enter besides


@dataclass(frozen=True)
class Cluster:
    """Many machines at one ledger (`bureau.toml` [cluster]). Seconds."""

    beat: float = 10.0  # between two signs of life
    lost: float = 30.0  # without one, a worker is taken for dead and its work returns
    late: float = 600.0  # after which a drop that no job speaks of is called again
    store: str = ""  # where objects lie that all machines reach; "" = in .paperwork/
    metrics: str = ""  # a file for the figures of a monitoring system; "" = none


@dataclass(frozen=True)
class Settings:
    """`bureau.toml`, typed."""

    bureau: str  # short ASCII code, first in every key of the ledger
    organ: Organ
    series: Mapping[str, Series]
    thresholds: Mapping[str, int]
    ledger: str  # URL without password; "" = SQLite in .paperwork/
    settle_seconds: float = 2.0
    sharing: Sharing = Sharing()
    pdf: bool = False  # a PDF beside every issued document
    units: tuple[str, ...] = ()  # units of the bureau that have no officer with a card (办公室)
    cluster: Cluster = Cluster()


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
    competence: Mapping[str, Competence]  # by industry
    others: Mapping[Citation, Competence]  # provisions by which another organ alone may punish
    calendars: Mapping[int, Calendar]
    desks: tuple[Desk, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    credit: Credit = field(default_factory=Credit)
    offers: tuple[Offer, ...] = ()
    wordings: tuple[Wording, ...] = ()
    measures: Mapping[str, str] = field(default_factory=dict)  # measure → Chinese label
    families: Mapping[str, Family] = field(default_factory=dict)
    bad: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)  # kinds whose kind.toml is wrong: they wait
    reminders: tuple[Reminder, ...] = ()
    yearly: tuple[Yearly, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)  # figure id → what summaries count
    proofs: Proofs = field(default_factory=Proofs)
    clauses: Mapping[str, Clause] = field(default_factory=dict)  # rows of the plan, in its order
