"""An example of a document kind: facts of a matter, and what the policy and the paper must make of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from paperwork.model.intake import Json


@dataclass(frozen=True)
class Expected:
    """One expectation with its place in the file: a rule's id, a code of a finding, a text."""

    value: str
    where: str


@dataclass(frozen=True)
class Example:
    """One file of documents/<kind>/examples/. `facts` are as in a JSON form: nested or dotted, labels or codes."""

    name: str  # no_penalty_decision/轻微
    where: str  # templates/documents/no_penalty_decision/examples/轻微.toml
    kind: str
    title: str
    matter: str  # type of the matter
    today: dt.date  # the day on which it is judged, approved and printed
    facts: Mapping[str, Json]
    then: Mapping[str, Json] = field(default_factory=dict)  # what comes in once the first drafts are approved
    then_on: dt.date | None = None  # on this day; else on the same
    made: bool = True  # whether the paper is made at all
    fires: tuple[Expected, ...] = ()  # rules
    unmet: tuple[Expected, ...] = ()
    unknown: tuple[Expected, ...] = ()
    findings: tuple[Expected, ...] = ()  # codes of findings that the facts call forth
    contains: tuple[Expected, ...] = ()  # texts of the paper, each within one paragraph
    lacks: tuple[Expected, ...] = ()
