"""What happens to one form: raw → submission → decision → plan → documents. Each step makes a new thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, Literal

from paperwork.model.office import Citation, Facts

Json = Any  # what json.dumps takes: canonical JSON of contexts, events and recipes


# ── in ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Drop:
    """A file that was claimed. Its id is its name through ledger, logs and folders."""

    id: str  # 20260716T172000-8f3a: time of the claim and four random hex digits
    name: str  # as the clerk named it
    place: Literal["inbox", "approvals", "cli"]
    by: str  # owner of the file, or the user of the command line
    received_at: dt.datetime
    sha256: str
    staged: str  # relative to .paperwork/


@dataclass(frozen=True)
class Raw:
    """One answer as it stands in the form, before it means anything. Never None: an unanswered field is absent."""

    value: str | bool | int | float | tuple[str, ...]
    place: str  # for people: 「当事人名称」一栏 · 第3行 · $.party.name


RawItem = Mapping[str, Raw]


@dataclass(frozen=True)
class RawForm:
    """What a reader found: fields by fact name, keyed lists by list name, and what it could not place."""

    form: str  # title or id, as written; "" = not to be seen
    row: int = 0  # of a spreadsheet; 0 for a form of its own
    meta: Mapping[str, Raw] = field(default_factory=dict)  # matter corrects party submitted_at submitted_by …
    values: Mapping[str, Raw] = field(default_factory=dict)
    lists: Mapping[str, tuple[RawItem, ...]] = field(default_factory=dict)
    common: Mapping[str, Raw] = field(default_factory=dict)  # answers asked once for all items of an adds list
    unknown: tuple[Raw, ...] = ()  # labels or keys that no field of the form bears


@dataclass(frozen=True)
class Finding:
    """What the clerk must mend: where, what stands there, what is wanted, and by which rule."""

    code: str
    message: str
    field: str = ""
    place: str = ""
    found: str = ""
    wanted: str = ""
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True)
class Submission:
    """One accepted form, typed. Immutable; the facts of a matter are the fold of these."""

    drop: str
    row: int
    form: str  # id
    matter: str  # the id or 案号 that the form names; "" when it opens one
    facts: Facts
    adds: frozenset[str]  # names of the lists that add items instead of replacing the list
    corrects: str = ""  # key (drop/row) of the submission that this one replaces
    submitted_at: dt.datetime | None = None
    submitted_by: str = ""
    content_key: str = ""  # sha256 over form and normalised values

    @property
    def key(self) -> str:
        """`drop/row`: how a correction names what it replaces."""
        return f"{self.drop}/{self.row}"


# ── what the ledger knows ─────────────────────────────────────────────────────────────────────────────

DocumentState = Literal["draft", "superseded", "issued", "replaced", "void"]
DocumentKey = tuple[str, str, int]
"""Kind, occurrence, version: with bureau and matter, what makes a document appear once."""


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
class Template:
    """A template as it stands now: its bytes, their hash, and the names that it may print (`case.act`, `officers`)."""

    sha256: str
    data: bytes
    names: frozenset[str]


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
    def key(self) -> DocumentKey:
        return (self.kind, self.occurrence, self.version)


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


@dataclass(frozen=True)
class Past:
    """One earlier decision on the same party, for the look-back of 初次违法."""

    matter: str
    measure: str
    decided_on: dt.date
    industry: str = ""


@dataclass(frozen=True)
class History:
    """What the ledger knows of a party besides the matter at hand. `open_cases`: (matter, day of act, provisions)."""

    party_key: str
    version: int = 0
    past: tuple[Past, ...] = ()
    open_cases: tuple[tuple[str, str, str], ...] = ()


# ── decided ───────────────────────────────────────────────────────────────────────────────────────────

Status = Literal["fired", "unknown", "unmet", "outranked", "refused"]


@dataclass(frozen=True)
class Because:
    """One condition, the answer it met, and whether it holds (None = unknown)."""

    condition: str
    value: Json
    holds: bool | None


@dataclass(frozen=True)
class Approval:
    """One step of a measure's approval: open, agreed, returned, refused."""

    step: str
    state: Literal["open", "agreed", "returned", "refused"]
    person: str = ""
    on: dt.date | None = None


@dataclass(frozen=True)
class Measure:
    """What the policy says of one rule, with reasons."""

    rule: str
    measure: str
    label: str
    occurrence: str
    status: Status
    force: str
    because: tuple[Because, ...]
    basis: tuple[Citation, ...]
    procedure: tuple[Citation, ...]
    steps: tuple[str, ...]  # approvals wanted, in order
    terminal: bool
    params: Mapping[str, str]
    missing: tuple[str, ...] = ()  # facts that would decide an unknown

    @property
    def fired(self) -> bool:
        return self.status == "fired"


@dataclass(frozen=True)
class Missing:
    """A fact nobody gave, or a paper nobody made."""

    kind: Literal["fact", "document"]
    name: str
    code: str
    why: str


# ── planned and done ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Slot:
    """A number that only the registering transaction can give."""

    series: str
    year: int


@dataclass(frozen=True)
class Wanted:
    """A document that the plan makes. The recipe lacks only what the slots give (see `bound`)."""

    kind: str
    code: str
    title: str
    occurrence: str
    version: int
    state: DocumentState
    recipe: Recipe
    draft_code: str
    measure: str
    rule: str
    dated: dt.date | None
    slot: Slot | None  # None: no number, or a draft
    replaces: str = ""
    serves: DocumentKey | None = None  # the document whose number this one prints, issued by the same plan

    def bound(self, matter: str, case: str, number: str, issued: Mapping[DocumentKey, str]) -> Recipe:
        """The recipe with the numbers that registering gave: pure, so the ledger may call it in its transaction.

        `issued` holds the numbers that the same transaction gave to the plan's issues.
        """
        context = dict(self.recipe.context)
        if "matter" in context:
            context["matter"] = {**context["matter"], "id": matter, "case": case, "ref": case or matter}
        if "no" in context.get("case", {}):
            context["case"] = {**context["case"], "no": case}
        if self.serves in issued:
            context["served"] = {**context["served"], "number": issued[self.serves]}
        context["doc"] = {**context.get("doc", {}), "number": number}
        return replace(self.recipe, context=context)


@dataclass(frozen=True)
class Opening:
    """A matter to be opened: its id and 案号 come from these slots in the registering transaction."""

    type: str
    id_slot: Slot
    case_slot: Slot | None
    folder: PurePosixPath  # outbox/<year>/[<type folder>/]
    folder_party: str  # the masked, file-safe name that stands behind the number


@dataclass(frozen=True)
class Plan:
    """Everything that registering writes in one transaction. Made by pure thought; nothing is done yet."""

    submission: Submission
    drop: Drop
    matter: str  # id of the matter joined; "" when `opening`
    matter_version: int
    party_key: str
    party: str
    party_version: int
    opening: Opening | None
    unit: str
    state: str
    documents: tuple[Wanted, ...]
    superseded: tuple[DocumentKey, ...]  # keys of drafts that fall
    issues: tuple[Issue, ...]  # drafts that become issued
    events: tuple[Event, ...]
    attention: Json
    decided: Past | None  # what this matter adds to the party's history
    closed_on: dt.date | None
    objects: Mapping[str, bytes] = field(default_factory=dict)  # sha256 → template, policy snapshot


@dataclass(frozen=True)
class Issue:
    """A draft that its approvals have made an issued document."""

    key: DocumentKey
    dated: dt.date
    slot: Slot | None
    approvals: Json
    replaces: str = ""


@dataclass(frozen=True)
class Registered:
    """What the registering transaction gave: the matter's id and 案号, and the documents still to be filed."""

    matter: str
    case: str
    folder: str
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of one submission: an entry of `file --json`."""

    file: str
    row: int
    outcome: Literal["filed", "returned", "duplicate", "waiting", "would_file"]
    id: str = ""
    case: str = ""
    documents: tuple[Json, ...] = ()
    findings: tuple[Finding, ...] = ()


def printed_date(day: dt.date) -> str:
    """2026年7月8日: Arabic digits, unpadded (GB/T 9704—2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
