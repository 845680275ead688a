"""What one registration carries from hand to hand while its transaction is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.engine import Connection

from paperwork.ledger import events
from paperwork.model import DocumentKey, Event, Plan, Series


@dataclass
class Work:
    """One plan being registered: the matter's names as soon as they are known, and the events so far."""

    connection: Connection
    bureau: str
    plan: Plan
    now: dt.datetime
    patterns: Mapping[str, Series]
    matter: str = ""
    case: str = ""
    folder: str = ""
    happened: list[Event] = field(default_factory=list)
    issued: dict[DocumentKey, str] = field(default_factory=dict)  # numbers that the plan's issues were given
    last: dict[str, int] = field(default_factory=dict)  # of the matter's documents: the last `made`, the last `seq`

    @property
    def by(self) -> str:
        return self.plan.submission.submitted_by or self.plan.drop.by

    def note(self, kind: str, on: dt.date | None, data: Mapping[str, object]) -> None:
        """Remember an event; all are appended together at the end."""
        self.happened.append(Event(kind, on or events.today(self.now), dict(data), self.by))
