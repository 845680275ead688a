"""What the law and the policy say, typed: citations, texts, rules, gates, clocks, papers, document kinds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from paperwork.model.asking import Scalar


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
    bans: tuple[Citation, ...] = ()  # provisions that order 取缔
    seizes: tuple[Citation, ...] = ()  # provisions that allow 查封 or 扣押
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
    per: str = ""  # a list: the rule is asked for each of its items
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
    clauses: tuple[str, ...] = ()
    per: str = ""  # a list: one period for each item, `start` and `met` being its columns


@dataclass(frozen=True)
class Count:
    """A length of time: 30 days, 3 months. `rest` says what a rest day at its end does: `before` moves it earlier."""

    length: int
    unit: Literal["days", "workdays", "months", "years"] = "days"
    rest: Literal["before", "kept"] = "kept"


@dataclass(frozen=True)
class Yearly:
    """A `[[yearly]]` of `policy/`: what the bureau itself owes every year about the year before."""

    id: str
    what: str  # {year} stands in it
    month: int
    day: int
    year: str  # the key (`join_by`) under which a form says of which year it was done
    done: str  # the date fact that says when


@dataclass(frozen=True)
class Reminder:
    """A `[[reminder]]` of `policy/`: what runs out, by when something must be done, and on which days to remind."""

    id: str
    label: str  # 证照到期; names the subject where no column does
    kind: str  # a choice of reminders.kind: which paper
    what: str  # what must be done by the last day: 申请延续
    list: str  # the list whose items run out; "" = the matter itself, once or every year on `yearly`
    date: str  # the column, or fact, whose day is counted from; of a yearly one the day after whose year it begins
    name: str = ""  # of a list: the column that names the subject
    yearly: tuple[int, int] | None = None  # (month, day)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # column (or fact) → answers that fit
    besides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # … and answers that do not
    term: Count = Count(0)  # from the date to the day on which it runs out
    apply: Count = Count(0)  # counted back from there: the last day to act
    steps: tuple[int, ...] = ()  # counted back from the last day to act, earliest first
    step: Count = Count(0)  # unit and rest of the steps
    done: str = ""  # the column (of a list) or fact (a year) that says it is done
    tell: str = ""  # the body that must know when it runs out, where it is not the bureau's own business
    sms: str = ""  # a text message; holes are columns of `reminders`
    basis: tuple[Citation, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """One paper that a measure's file must hold (domain/03 §3.5), made by a kind or by hand."""

    code: str
    title: str
    when: tuple[Condition, ...] = ()
    by_hand: bool = False  # wanted even if only the office can make it


@dataclass(frozen=True)
class Wording:
    """Words that these answers must not contain, but for the phrases that are spared."""

    code: str
    facts: tuple[str, ...]
    words: tuple[str, ...]
    spare: tuple[str, ...]
    message: str  # `{words}` stands for those found
    patterns: tuple[str, ...] = ()  # regular expressions: what they find counts as a word
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    per: str = ""  # the list whose item at hand the conditions are asked of
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True)
class Offer:
    """A blank form that lies beside a reply slip when it makes sense next, with what already stands in it."""

    form: str  # id
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    per: str  # a list, for one form an item; "" = the matter
    fill: Mapping[str, str]  # fact or list.column → the fact that fills it, or the words themselves
    why: str


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
    dated: str  # "approval", "registered", "today" (the bureau's own act of the day), or a date fact
    cites: Mapping[str, tuple[Citation, ...]]  # articles that the template prints, by name, by the document's date
    clauses: tuple[str, ...]
    retention: str
    living: bool  # replaced in place, outside numbering and recipes (D-36)
    folder: Path  # templates/documents/<kind>
    served: bool = False  # it is served on the party
    precedes: tuple[str, ...] = ()  # days to which it calls: it is issued on the first of them at the latest
    too_late: str = ""  # what the clerk does when such a day has passed
    family: str = ""  # of layout.toml; "": the layout is not held
    refers: Mapping[str, str] = field(default_factory=dict)  # name → code of a paper whose number it prints (`refs`)
    sealed: bool = False  # it lies in the sealed annex: never bound with the file (an informant's name)
    decides: bool = False  # the decision that ends the case: its day and its service start the periods
