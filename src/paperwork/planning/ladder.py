"""What an issued paper bars and keeps: a decision ends the ladder of its matter, a notice only announces one."""

from __future__ import annotations

from collections.abc import Sequence

from paperwork.model import Document, Facts, Measure
from paperwork.planning.drafts import of_measure, wanted_kinds
from paperwork.planning.sight import Sight


def standing_measures(sight: Sight, judged: Sequence[Measure], documents: Sequence[Document]) -> list[Measure]:
    """The measures that papers follow: what an issued decision has decided stands, whatever the ladder says since.

    A notice decides nothing: before the decision of a case its file follows the ladder as it stands today.
    """
    ladder = {m.rule for m in judged if m.terminal}
    issued = [d for d in documents if d.state == "issued" and d.measure]
    if sight.type in ("case", "lead"):
        last = deciding(sight, issued)[-1:]
        if not last or last[0].rule in ladder:  # a 处罚决定 has a rule of its own: what it decides is its notice's
            issued = last
    decided = {d.rule for d in issued} & ladder
    return [m for m in judged if m.rule in decided or (m.fired and not (decided and m.terminal))]


def may_draft(sight: Sight, facts: Facts, measure: Measure) -> bool:
    """While an issued paper of the ladder stands, only its own ways on may change it; nothing is drafted beside it.

    A notice (事先告知书) is no decision: it bars another notice, and no other end of the case (a crime found since).
    """
    if not wanted_kinds(sight, facts, measure) or _taken(sight, measure):
        return False
    terminal = {rule.id for rule in sight.catalogue.rules if rule.terminal}
    numbered = [d for d in sight.documents if d.state == "issued" and d.number and d.measure and not d.occurrence]
    of_ladder = [d for d in numbered if d.rule in terminal]
    decided = deciding(sight, numbered) if sight.type in ("case", "lead") else of_ladder
    others = (*decided, *(d for d in of_ladder if d.measure == measure.measure))
    return not (measure.terminal and any(others))


def _taken(sight: Sight, measure: Measure) -> bool:
    """Whether the measure's own paper stands: the numbered one, if it has one (a void number may be given anew)."""
    own = [d for d in sight.documents if d.code and of_measure(d, measure) and d.state in ("issued", "void")]
    return any(d.state == "issued" for d in [d for d in own if d.number] or own if d.measure)


def deciding(sight: Sight, documents: Sequence[Document]) -> list[Document]:
    """The papers whose issue decides the matter; outside cases and leads every numbered paper of a measure does."""
    kinds = sight.catalogue.kinds
    if sight.type not in ("case", "lead"):
        return list(documents)
    return [d for d in documents if d.kind in kinds and kinds[d.kind].decides]
