"""What a decision cites: a row of a form as a citation; a measure's substance and procedure, each by its own day."""

from __future__ import annotations

import datetime as dt

from paperwork.law.citing import LawError, Laws, NoTextForDay, cite
from paperwork.model import Citation, Facts, Item, Measure, Scalar


def citation(item: Item) -> Citation:
    """A row of 违反的规定 or 处罚依据 as a citation."""
    article, para, number = (number_of(item.get(name)) for name in ("article", "para", "item"))
    return Citation(str(item.get("law", "")), article, para, number)


def number_of(value: Scalar | None) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def cited_basis(laws: Laws, facts: Facts, measure: Measure) -> str:
    """The articles of substance; a favourable newer text is cited as it stands today."""
    act = facts.get("act.date")
    day = act if isinstance(act, dt.date) else None
    try:
        return cite(laws, measure.basis, day)
    except NoTextForDay:
        return cite(laws, measure.basis)


def cited_grounds(laws: Laws, facts: Facts, measure: Measure, day: dt.date) -> str:
    """Basis and procedure: 《…》第三十三条第一款、第五十七条第一款第二项, in one run where one text holds both."""
    basis, procedure = cited_basis(laws, facts, measure), cite(laws, measure.procedure, day)
    try:
        run = cite(laws, (*measure.basis, *measure.procedure), day)
    except LawError:
        run = ""
    # The day's text may be called otherwise than that of the act: then each is named by its own.
    return run if run.startswith(basis) and run else "、".join(part for part in (basis, procedure) if part)
