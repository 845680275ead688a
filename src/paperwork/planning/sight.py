"""What planning looks at: one matter with a new submission laid over it, its facts, and the templates as they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from paperwork.errors import Bug
from paperwork.facts import Around, complete, fold, rows_of
from paperwork.model import (
    Catalogue,
    Document,
    Drop,
    Facts,
    Form,
    History,
    Item,
    Kind,
    Matter,
    Register,
    Submission,
    Template,
)


@dataclass(frozen=True)
class Sight:
    """One matter as the next step sees it. Nothing is `incoming` when somebody only looks (explain, due)."""

    catalogue: Catalogue
    templates: Mapping[str, Template]  # kind, or "form/<form id>" → template
    fingerprint: str  # of policy and law
    today: dt.date
    matter: Matter | None
    history: History
    form: Form | None = None
    incoming: Submission | None = None
    drop: Drop | None = None
    register: Register | None = None  # of the numbers that the form names; None: nobody looked
    outdated: Mapping[str, str] = field(default_factory=dict)  # code of a draft → the day of its figures, which are old
    edition: str = ""  # hash of the office's own files as they stand (`catalogue.edition`)

    @property
    def type(self) -> str:
        """The type of the matter, also of one that is about to open."""
        if self.matter:
            return self.matter.type
        return self.form.opens if self.form else ""

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.matter.documents if self.matter else ()

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of documents in the order in which their papers are filed (domain/03 §3.5), then by code."""
        place: dict[str, int] = {}
        for papers in self.catalogue.papers.values():
            for at, paper in enumerate(papers):
                place.setdefault(paper.code, at)
        return tuple(sorted(self.catalogue.kinds.values(), key=lambda k: (place.get(k.code, len(place)), k.code)))

    @cached_property
    def submissions(self) -> tuple[Submission, ...]:
        """All submissions of the matter with the new one last."""
        before = self.matter.submissions if self.matter else ()
        return (*before, self.incoming) if self.incoming else before

    @property
    def submission(self) -> Submission:
        """The new submission, where there must be one."""
        if self.incoming is None:
            raise Bug("没有新的材料，不应作计划")
        return self.incoming

    @cached_property
    def folded(self) -> Facts:
        """What people have said: the fold, without derived facts."""
        return fold(self.submissions, self.catalogue.facts)

    def facts(self, documents: tuple[Document, ...]) -> Facts:
        """All facts, derived ones included, as they stand with these documents."""
        return self._now if documents is self.documents else self._completed(documents)

    @cached_property
    def _now(self) -> Facts:
        return self._completed(self.documents)

    def _completed(self, documents: tuple[Document, ...]) -> Facts:
        return complete(self.folded, Around(self.catalogue, self.history, documents, self.today))

    def items(self, name: str) -> tuple[Item, ...]:
        """The items of a list fact; 未填 is none."""
        return rows_of(self.folded.get(name))

    @property
    def received(self) -> Drop:
        """The drop that the submission came in."""
        if self.drop is None:
            raise Bug("没有新的材料，不应作计划")
        return self.drop

    @property
    def registered_on(self) -> dt.date:
        """The day that a record bears when nothing else dates it: what the form says, else today."""
        if self.incoming is None:
            return self.today
        if self.incoming.submitted_at:
            return self.incoming.submitted_at.date()
        told = [item.get("on") for name in self.incoming.adds for item in rows_of(self.incoming.facts.get(name))]
        return max((day for day in told if isinstance(day, dt.date)), default=self.today)
