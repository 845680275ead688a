"""What comes in: a drop, the raw answers in it, what a clerk must mend, and the submission that is accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from paperwork.model.asking import Facts

Json = Any  # what json.dumps takes: canonical JSON of contexts, events and recipes


@dataclass(frozen=True)
class Drop:
    """A file that was claimed. Its id is its name through ledger, logs and folders."""

    id: str  # 20260716T172000-8f3a: time of the claim and four random hex digits
    name: str  # as the clerk named it
    place: Literal["inbox", "approvals", "cli", "program"]
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
    returned: str = ""  # the drop as which this very Word file went back before, as the copy says of itself
    findings: tuple[Finding, ...] = ()  # answers that the medium itself has spoilt (a code that became a number)


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
