"""What the ledger knows: recipes, documents, events, matters, and the history of a party."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from paperwork.model.intake import Json, Submission

DocumentState = Literal["draft", "superseded", "issued", "replaced", "void"]

DocumentKey = tuple[str, str, int]
"""Kind, occurrence, version: with bureau and matter, what makes a document appear once."""


@dataclass(frozen=True)
class Template:
    """A template as it stands now: its bytes, their hash, and the names that it may print (`case.act`, `officers`)."""

    sha256: str
    data: bytes
    names: frozenset[str]


@dataclass(frozen=True)
class Recipe:
    """All that a document is made from. Rendering it needs no clock and no live template."""

    kind: str
    code: str
    title: str
    template: str  # sha256 of the template in .paperwork/objects/
    context: Json  # exactly what the template may print
    names: tuple[str, ...] = ()  # what the template may print, also what was 未填
    catalogue: str = ""  # sha256 of policy and law as they stood
    rule: str = ""
    because: Json = ()  # the rule's conditions with the values that they met

    def issued(self, number: str, dated: dt.date, approvals: Json) -> Recipe:
        """The same paper, issued: letter for letter the draft, plus number, date and approvals."""
        context = dict(self.context)
        context["doc"] = {**context.get("doc", {}), "number": number, "date": printed_date(dated), "draft": False}
        if "approvals" in context:
            context["approvals"] = approvals
        return replace(self, context=context)


@dataclass(frozen=True)
class Document:
    """One row of the ledger's documents."""

    matter: str
    kind: str  # a kind of the catalogue, or "form/<form id>": a form laid beside the drafts, which has no code
    code: str
    title: str
    occurrence: str
    version: int
    state: DocumentState
    recipe: Recipe
    draft_code: str = ""  # the short code that approvals name
    measure: str = ""
    rule: str = ""
    number: str = ""
    dated: dt.date | None = None
    seq: int = 0  # order of creation in the matter's folder
    path: str = ""  # relative to the office; "" until filed
    sha256: str = ""
    draft_path: str = ""  # where its draft was kept, once issued
    draft_sha256: str = ""
    replaces: str = ""  # number of the document that this one replaces
    drop: str = ""  # the submission's drop that called for it

    @property
    def living(self) -> bool:
        """Rewritten in place (卷内目录): issued without a day. Frozen here, whatever its kind says today."""
        return bool(self.code) and self.state == "issued" and self.dated is None

    @property
    def key(self) -> DocumentKey:
        return (self.kind, self.occurrence, self.version)


@dataclass(frozen=True)
class Quoted:
    """A numbered paper of whatever matter, as the register knows it."""

    number: str
    matter: str
    party_key: str
    code: str
    title: str
    dated: dt.date | None
    state: DocumentState


@dataclass(frozen=True)
class Register:
    """What the register says of the numbers that a form names."""

    papers: Mapping[str, Quoted] = field(default_factory=dict)  # number → paper
    reach: Mapping[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    """(series, year) → the last number given by hand, the last one given."""

    @property
    def since(self) -> int:
        """The first year of which the register knows anything; 0 before."""
        return min((year for _, year in self.reach), default=0)


@dataclass(frozen=True)
class Event:
    """Something that happened: when it was recorded, and when it happened."""

    kind: str
    happened_on: dt.date
    data: Json = field(default_factory=dict)
    by: str = ""
    seq: int = 0
    recorded_at: dt.datetime | None = None


@dataclass(frozen=True)
class Received:
    """A form of a matter as `show` lists it."""

    drop: str
    row: int
    form: str
    received_at: dt.datetime
    outcome: str
    sha256: str


@dataclass(frozen=True)
class GivenBack:
    """A form that went back to its clerk, and the accepted drop that made it good ("" = none yet)."""

    drop: str
    form: str  # id; "" when nobody could tell which form it was
    about: Mapping[str, str]  # name matter party code by: what tells whose form it was, each where it is known
    follows: str = ""  # the returned drop that it was itself meant to correct
    files: tuple[tuple[str, str], ...] = ()  # (path relative to the inbox, sha256): the marked copy, then its note
    corrected_by: str = ""


@dataclass(frozen=True)
class Matter:
    """One matter with all that is decided from: its submissions in order, its documents, its versions."""

    id: str
    type: str
    case: str  # 案号, "" for all other types
    party_key: str
    party: str
    unit: str
    state: str
    opened_on: dt.date
    folder: str  # relative to the office
    version: int
    party_version: int
    attention: Json = ()
    submissions: tuple[Submission, ...] = ()
    documents: tuple[Document, ...] = ()
    events: tuple[Event, ...] = ()
    received: tuple[Received, ...] = ()
    closed_on: dt.date | None = None


FALSE_REPAIR = "repair_false"
"""The measure of a Past that is no decision: a falsehood in an application for repair (信用修复管理办法 art 25)."""


@dataclass(frozen=True)
class Past:
    """One earlier decision on the same party, for the look-back of 初次违法; or a falsehood in its repair."""

    matter: str
    measure: str
    decided_on: dt.date
    industry: str = ""
    ground: str = ""  # of a decision not to punish: 33-1前, 33-1后 …


@dataclass(frozen=True)
class History:
    """What the ledger knows of a party besides the matter at hand. `open_cases`: (matter, case key)."""

    party_key: str
    version: int = 0
    past: tuple[Past, ...] = ()
    open_cases: tuple[tuple[str, str], ...] = ()
    harms: tuple[tuple[str, str], ...] = ()  # (matter, raised | confirmed): grave harm in another matter of the party


@dataclass(frozen=True)
class Hand:
    """A program at work on a shared ledger, on whatever machine, as it last showed a sign of life."""

    name: str  # machine and process
    role: Literal["watch", "worker"]
    age: float = 0.0  # seconds since then, by the database's clock
    told: Json = None  # machine, private, pid, since, drop, done, version, ended, problems


def printed_date(day: dt.date) -> str:
    """2026年7月8日: Arabic digits, unpadded (GB/T 9704—2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
