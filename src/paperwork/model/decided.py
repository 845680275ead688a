"""What is decided and planned: measures with reasons, wanted documents, the plan, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Literal

from paperwork.model.counting import Tallied
from paperwork.model.intake import Drop, Finding, Json, Submission
from paperwork.model.law import Citation
from paperwork.model.ledgered import DocumentKey, DocumentState, Event, Past, Recipe

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
    def key(self) -> str:
        """The rule, and of a list the item that it was asked for: `DR-23@2`."""
        return f"{self.rule}@{self.occurrence}" if self.occurrence else self.rule

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
    serves: DocumentKey | None = None  # the document that this one proves served, issued by the same plan
    refs: Mapping[str, DocumentKey] = field(default_factory=dict)  # other papers whose numbers it prints, by name

    def bound(self, matter: str, case: str, number: str, issued: Mapping[DocumentKey, str]) -> Recipe:
        """The recipe with the numbers that registering gave: pure, so the ledger may call it in its transaction.

        `issued` holds the numbers that the same transaction gave to the plan's issues.
        """
        context = dict(self.recipe.context)
        if "matter" in context:
            context["matter"] = {**context["matter"], "id": matter, "case": case, "ref": case or matter}
        if "no" in context.get("case", {}):
            context["case"] = {**context["case"], "no": case}
        if self.serves is not None and self.serves in issued:
            context["served"] = {**context["served"], "number": issued[self.serves]}
        given = {f"{name}_number": issued[key] for name, key in self.refs.items() if key in issued}
        if given and "refs" in context:
            context["refs"] = {**context["refs"], **{name: n for name, n in given.items() if name in context["refs"]}}
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
    counts: tuple[Tallied, ...] = ()  # all that the matter adds to the figures of summaries, as it will stand
    case_key: str = ""  # what a second case on the same act would bear too (`History.open_cases`)
    next_on: dt.date | None = None  # the next day on which the matter must be asked again; None = no day
    harm: str = ""  # grave harm that the matter tells of its party: raised | confirmed
    wakes: tuple[str, ...] = ()  # types of the party's other open matters that are asked again when `harm` has changed
    waits_for: int = 0  # the year whose calendar some date of the matter waits for; 0 = none
    closes: str = ""  # the lead that a case opens from: it closes in the same transaction
    keys: tuple[tuple[str, str], ...] | None = None  # (fact, answer) by which forms find it; None = as they stand


@dataclass(frozen=True)
class Issue:
    """A draft that its approvals have made an issued document."""

    key: DocumentKey
    dated: dt.date
    slot: Slot | None
    approvals: Json
    replaces: str = ""
    number: str = ""  # given by the office on the approval form, of kinds with number = "office"


@dataclass(frozen=True)
class Registered:
    """What the registering transaction gave: the matter's id and 案号, and its folder."""

    matter: str
    case: str
    folder: str


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
