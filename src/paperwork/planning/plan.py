"""One submission → one plan: judge, draft, issue, record, supersede. Read top to bottom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from paperwork import policy
from paperwork.facts import Around, decision_of, next_moment
from paperwork.model import (
    FALSE_REPAIR,
    Document,
    Facts,
    Finding,
    Issue,
    Measure,
    Missing,
    Past,
    Plan,
    Slot,
    Wanted,
)
from paperwork.planning import attention as attention_room
from paperwork.planning import checks, events, opening
from paperwork.planning.counted import counted
from paperwork.planning.differences import differences
from paperwork.planning.drafts import (
    Drafted,
    all_agreed,
    approvals_of,
    draft,
    office_number,
    printed_approvals,
    refused_rules,
    waits_for_number,
)
from paperwork.planning.ladder import deciding, may_draft, standing_measures
from paperwork.planning.records import Record, misdated, records, wanted
from paperwork.planning.sight import Sight
from paperwork.planning.state import state_of
from paperwork.planning.weighed import Weighed


@dataclass(frozen=True)
class Planned:
    """The plan, with what it rests on; or findings, and then no plan."""

    plan: Plan | None
    weighed: Weighed
    findings: tuple[Finding, ...] = ()


def plan(sight: Sight) -> Planned:
    """What the submission changes. With error findings there is no plan: nothing is half accepted."""
    weighed = weigh(sight)
    shown = differences(sight, weighed.facts, weighed.judged)
    approved = [d.measure for d in weighed.drafted if _issued(d, weighed)]
    late = checks.out_of_law(sight, approved, (issue.dated for issue in weighed.issues))
    found = (*checks.findings(sight, weighed.facts), *late, *misdated(sight, weighed.documents, weighed.due), *shown)
    if any(f.severity == "error" for f in found):
        return Planned(None, weighed, found)
    return Planned(_plan(sight, weighed), weighed, found)


def weigh(sight: Sight) -> Weighed:
    """The policy's answer and all that follows from it; of a matter that only is looked at, nothing is made."""
    before = sight.facts(sight.documents)
    judged = judge(sight, before)
    drafted = tuple(draft(sight, before, m) for m in judged if m.fired and may_draft(sight, before, m))
    issues = tuple(issue for d in drafted for issue in _issues(sight, d))
    documents = _as_issued(sight.documents, issues) if issues else sight.documents
    facts = sight.facts(documents)
    fired = standing_measures(sight, judged, documents)
    due, waiting = records(sight, facts, fired, [d for d in documents if d.state == "issued"])
    numbers = (lack for d in drafted if (lack := waits_for_number(sight, d)))
    asked = (*policy.missing_facts(sight.catalogue, judged), *numbers)
    missing = (*asked, *waiting, *_papers(sight, facts, fired, documents, due))
    return Weighed(facts, judged, drafted, issues, documents, due, _once(missing))


def judge(sight: Sight, facts: Facts) -> tuple[Measure, ...]:
    """The policy's answer, with the rules left out whose very drafts an approver declined (不同意)."""
    refused: frozenset[str] = frozenset()
    while True:
        judged = policy.measures(sight.catalogue, policy.Question(sight.type, facts, refused))
        declined = frozenset(m.key for m in judged if m.fired and refused_rules(sight, facts, m))
        if declined <= refused:
            return judged
        refused |= declined


def _issues(sight: Sight, drafted: Drafted) -> list[Issue]:
    """The drafts whose every step has agreed, dated by the last approval."""
    approvals = approvals_of(sight, drafted.measure, drafted.code)
    if not drafted.standing or not all_agreed(approvals):
        return []
    number = office_number(sight, drafted.code)
    if waits_for_number(sight, drafted):
        return []
    approved_on = max(a.on for a in approvals if a.on)
    printed = printed_approvals(sight, drafted.measure, drafted.code)
    found = []
    for document in drafted.standing:
        kind = sight.catalogue.kinds[document.kind]
        dated = approved_on if kind.dated == "approval" else document.dated or approved_on
        slot = None if kind.number in ("none", "office") else Slot(kind.number, dated.year)
        given = number if kind.number == "office" else ""
        found.append(Issue(document.key, dated, slot, printed, number=given))
    return found


def _as_issued(documents: Sequence[Document], issues: Sequence[Issue]) -> tuple[Document, ...]:
    """The documents as they will stand; the numbers are still to come, so the slot stands for them."""
    dated = {issue.key: issue for issue in issues}
    return tuple(
        replace(d, state="issued", dated=dated[d.key].dated, number=d.number or _number(dated[d.key]))
        if d.key in dated
        else d
        for d in documents
    )


def _number(issue: Issue) -> str:
    return issue.number or ("待编号" if issue.slot else "")


def _plan(sight: Sight, changed: Weighed) -> Plan:
    facts = changed.facts
    staying = {d.code for d in changed.drafted if d.standing and not _issued(d, changed)}
    issued = {issue.key for issue in changed.issues}
    fallen = [
        d.key for d in sight.documents if d.state == "draft" and d.key not in issued and d.draft_code not in staying
    ]
    made = [w for d in changed.drafted if not d.standing for w in _drafts(sight, d)]
    recorded = [w for record in changed.due for w in _records(sight, record)]
    living = opening.living(sight)
    entries = attention_room.entries(sight, changed)
    decides = sight.type in ("case", "lead")
    state = state_of(facts, deciding(sight, changed.documents), bool(made or staying), decides)
    opened = opening.opening(sight, facts) if sight.matter is None else None
    closed = facts.get("closing.on")
    party_key, party = opening.party_of(facts, sight.matter)
    planned = Plan(
        submission=sight.submission,
        closes=str(facts.get("case.lead", "")) if sight.matter is None else "",
        drop=sight.received,
        matter=sight.matter.id if sight.matter else "",
        matter_version=sight.matter.version if sight.matter else 0,
        party_key=party_key,
        party=party,
        party_version=sight.history.version,
        opening=opened,
        unit=str(facts.get("unit", "")),
        state=state,
        documents=(*made, *recorded, *living),
        superseded=tuple(fallen),
        issues=tuple(changed.issues),
        events=events.events(sight, facts, entries),
        attention=entries,
        decided=_past(sight, changed),
        closed_on=closed if isinstance(closed, dt.date) else None,
        case_key=checks.case_key(facts) if sight.type == "case" else "",
        **_for_later(sight, changed, bool(closed)),
    )
    return replace(planned, counts=counted(sight, changed, planned))


class _Later(TypedDict):
    next_on: dt.date | None
    waits_for: int
    harm: str
    wakes: tuple[str, ...]
    keys: tuple[tuple[str, str], ...] | None


def _for_later(sight: Sight, changed: Weighed, closed: bool) -> _Later:
    """When the matter must be asked again, and by what others find it or are woken by it."""
    around = Around(sight.catalogue, sight.history, changed.documents, sight.today)
    next_on, waits_for = (None, 0) if closed else next_moment(changed.facts, around)
    wakes = tuple(t.id for t in sight.catalogue.matters.values() if t.follows_party)
    harm, keys = _harm(changed.facts), opening.keys(sight)
    return {"next_on": next_on, "waits_for": waits_for, "harm": harm, "wakes": wakes, "keys": keys}


def _harm(facts: Facts) -> str:
    """Grave harm as the matter tells it of its party: a ticked class is raised until it is confirmed or cleared."""
    if facts.get("harm.flag") == "confirmed":
        return "confirmed"
    return "raised" if facts.get("harm.classes") and facts.get("harm.flag") is None else ""


def _issued(drafted: Drafted, changed: Weighed) -> bool:
    keys = {issue.key for issue in changed.issues}
    return any(d.key in keys for d in drafted.standing)


def _drafts(sight: Sight, drafted: Drafted) -> list[Wanted]:
    """The drafts of a measure, and beside them an approval form for each step."""
    made = []
    for (kind, occurrence), recipe in drafted.recipes.items():
        earlier = [d.version for d in sight.documents if (d.kind, d.occurrence) == (kind, occurrence)]
        made.append(
            Wanted(
                kind=kind,
                code=recipe.code,
                title=recipe.title,
                occurrence=occurrence,
                version=1 + max(earlier, default=0),
                state="draft",
                recipe=recipe,
                draft_code=drafted.code,
                measure=drafted.measure.measure,
                rule=drafted.measure.rule,
                dated=sight.registered_on,
                slot=None,
            )
        )
    return made + opening.approval_forms(sight, drafted)


def _records(sight: Sight, record: Record) -> list[Wanted]:
    """A record is issued once; when the facts change later, that is a matter of attention, not of a new paper."""
    known = [d for d in sight.documents if (d.kind, d.occurrence) == (record.kind.kind, record.occurrence)]
    return [] if known else [wanted(record, 1)]


def _past(sight: Sight, changed: Weighed) -> Past | None:
    """The decision as it was issued counts for the look-back, whatever the facts say since."""
    decision = decision_of(Around(sight.catalogue, sight.history, changed.documents, sight.today))
    measure = str(changed.facts.get("decision.result", ""))
    if isinstance(found := changed.facts.get("repair.false_found_on"), dt.date):
        return Past("", FALSE_REPAIR, found)
    if decision is None or decision.dated is None or measure not in ("no_penalty", "penalty"):
        return None
    ground = str(decision.recipe.context.get("measure", {}).get("ground", ""))
    if ground == "57-1-3":
        return None  # no violation was established, so none was committed (domain/02 §2.4)
    return Past("", measure, decision.dated, str(changed.facts.get("case.industry", "")), ground)


def _papers(
    sight: Sight, facts: Facts, fired: Sequence[Measure], documents: Sequence[Document], due: Sequence[Record]
) -> list[Missing]:
    """The papers of the file (domain/03 §3.5) that do not stand yet: by the office's hand, or still to come."""
    standing = {d.code for d in documents if d.state == "issued"} | {r.kind.code for r in due}
    kept = facts.get("lead.papers")
    standing |= {code for code in kept if isinstance(code, str)} if isinstance(kept, tuple) else set()
    kinds = {k.code: k for k in sight.catalogue.kinds.values()}
    ladder = {rule.measure for rule in sight.catalogue.rules if rule.terminal}
    found = []
    for paper in policy.papers(sight.catalogue, policy.Question(sight.type, facts), fired):
        kind = kinds.get(paper.code)
        if paper.code in standing or (kind and kind.living):
            continue
        of_ladder = kind is not None and bool(kind.measures) and ladder.issuperset(kind.measures)
        if kind and of_ladder and not any(m.measure in kind.measures for m in fired):
            kind = None  # the template is for another measure
        why = "须由办公室手工制作" if kind is None else "待审批" if kind.after == "approval" else "待登记相应情况"
        found.append(Missing("document", paper.title, paper.code, why))
    return found


def _once(missing: Sequence[Missing]) -> tuple[Missing, ...]:
    seen: dict[tuple[str, str, str], Missing] = {}
    for entry in missing:
        seen.setdefault((entry.kind, entry.code if entry.kind == "document" else "", entry.name), entry)
    return tuple(seen.values())
