"""An example played: judged, drafted, approved by people of its own, issued, recorded. In memory; nothing is filed.

It goes through the very functions that decide about real matters. The people are those whom the example names and the
numbers are samples, so that an example holds whoever works at the bureau.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from paperwork import numbering, planning, readers, validation, views
from paperwork.answers import ZONE
from paperwork.facts import rows_of
from paperwork.model import (
    ANYBODY,
    Catalogue,
    Document,
    Drop,
    Example,
    Facts,
    Field,
    Finding,
    Form,
    History,
    Issue,
    Item,
    Json,
    Matter,
    Measure,
    Officer,
    Plan,
    Recipe,
    Role,
    Section,
    Series,
    Submission,
    Template,
    Value,
    Wanted,
)
from paperwork.planning import Sight

_APPROVER = "审批人"
_ROUNDS = 3  # of approvals: a decision may follow a notice
_THEN = "then"
_SAMPLE = 1  # every number of a series is sample no. 1
_LONG_AGO, _FAR_OFF = dt.date(1970, 1, 1), dt.date(2999, 12, 31)


@dataclass(frozen=True)
class Played:
    """What came of an example; `drafts` and `papers` are the recipes of its kind, before and after the approval."""

    findings: tuple[Finding, ...]
    judged: tuple[Measure, ...]
    drafts: tuple[Recipe, ...] = ()
    papers: tuple[Recipe, ...] = ()


def play(example: Example, known: Catalogue, templates: Mapping[str, Template]) -> Played:
    """Raises `readers.Unreadable` for facts that no form could hold, TemplateError for a bad template."""
    stage = _Stage(example, known, templates)
    submission, findings = stage.submission(example.facts, "example")
    sight = stage.sight(submission)
    first = planning.plan(sight)
    findings = (*findings, *first.findings)
    if first.plan is None:
        return Played(findings, first.weighed.judged)
    matter = stage.opened(first.plan)
    drafts, papers = stage.drafts(first.plan), stage.records(matter, first.plan)
    judged, moved = [*first.weighed.judged], False
    for day, incoming in stage.later():
        at_hand, wrong = incoming(matter)
        if not at_hand.facts and not moved:
            continue  # nothing is left to approve, and nothing that was made calls for more
        at_hand = at_hand if at_hand.facts else day.looked(matter)
        planned = planning.plan(day.sight(at_hand, matter))
        findings = (*findings, *wrong, *planned.findings)
        judged += planned.weighed.judged
        if planned.plan is None:
            break
        matter = day.decided(matter, planned.plan)
        moved = bool(planned.plan.issues) or any(w.code and w.dated for w in planned.plan.documents)
        drafts += day.drafts(planned.plan)
        papers += [*day.issued(matter, planned.plan.issues), *day.records(matter, planned.plan)]
    papers += stage.living(matter)
    return Played(findings, tuple(judged), tuple(drafts), tuple(papers))


@dataclass(frozen=True)
class _Stage:
    """The example's own small office: its day, its people, its numbers."""

    example: Example
    catalogue: Catalogue
    templates: Mapping[str, Template]

    # ── coming in ──

    def later(self) -> Iterator[tuple[_Stage, Callable[[Matter], tuple[Submission, tuple[Finding, ...]]]]]:
        """What comes in after the first form: rounds of approvals; then what the example says comes then; and more."""
        yield from ((self, self.approving) for _ in range(_ROUNDS))
        if self.example.then:
            after = replace(self, example=replace(self.example, today=self.example.then_on or self.example.today))
            yield after, lambda matter: self.submission(self.example.then, _THEN, matter.id)
            yield from ((after, after.approving) for _ in range(_ROUNDS))

    def submission(
        self, facts: Mapping[str, Json], drop: str, matter: str = ""
    ) -> tuple[Submission, tuple[Finding, ...]]:
        form = _everything(self.catalogue, self.example.matter)
        told = json.dumps({"form": form.title, **facts}, ensure_ascii=False)
        (raw,) = readers.read(self.example.where, told.encode(), {form.id: form}, self.catalogue.facts)
        checked = validation.read(raw, form, self.catalogue, replace(self._drop(), id=drop), matter)
        # What a form adds comes in list by list; an example gives each list as a whole.
        return checked.submission, checked.findings

    def sight(self, incoming: Submission, matter: Matter | None = None) -> Sight:
        told = (*(matter.submissions if matter else ()), incoming)
        known = _peopled(self.catalogue, {name: value for one in told for name, value in one.facts.items()})
        form = _everything(self.catalogue, self.example.matter)
        party = matter.party_key if matter else ""
        return Sight(
            known, self.templates, "", self.example.today, matter, History(party), form, incoming, self._drop()
        )

    def _drop(self) -> Drop:
        at = dt.datetime.combine(self.example.today, dt.time(9), ZONE)
        return Drop("example", self.example.where, "cli", "", at, "", "")

    def opened(self, plan: Plan) -> Matter:
        """The matter as registering the first form would leave it."""
        type_ = self.catalogue.matters[self.example.matter]
        case = self._number(type_.series) if type_.series else ""
        matter = Matter(
            id=f"{self.example.today.year}-{type_.letters}-0001",
            type=type_.id,
            case=case,
            party_key=plan.party_key,
            party=plan.party,
            unit=plan.unit,
            state=plan.state,
            opened_on=self.example.today,
            folder="",
            version=1,
            party_version=1,
            submissions=(self._coded(plan),),
        )
        return replace(matter, documents=tuple(self._documents(matter, plan)))

    def _coded(self, plan: Plan) -> Submission:
        """What came in first; what it says of a draft is said of the measure that the example expects, whatever code
        stands there: codes follow what drafts print, which no example can know."""
        expected = {one.value for one in self.example.fires}
        codes = [w.draft_code for w in plan.documents if w.draft_code and (w.rule in expected or not expected)]
        if not codes:
            return plan.submission
        code, facts = codes[-1], dict(plan.submission.facts)
        for name, value in facts.items():
            columns = [short for short, c in self.catalogue.facts[name].items.items() if c.check == "draft"]
            if columns:
                facts[name] = tuple({**i, **{c: code for c in columns if c in i}} for i in rows_of(value))
        return replace(plan.submission, facts=facts)

    def _documents(self, matter: Matter, plan: Plan) -> Iterator[Document]:
        for seq, wanted in enumerate((w for w in plan.documents if w.code), len(matter.documents) + 1):
            yield Document(
                matter=matter.id,
                kind=wanted.kind,
                code=wanted.code,
                title=wanted.title,
                occurrence=wanted.occurrence,
                version=wanted.version,
                state=wanted.state,
                recipe=self._bound(matter, wanted),
                draft_code=wanted.draft_code,
                measure=wanted.measure,
                rule=wanted.rule,
                number=self._number(wanted.slot.series) if wanted.slot else "",
                dated=wanted.dated,
                seq=seq if wanted.state == "issued" and wanted.dated else 0,
            )

    def _bound(self, matter: Matter, wanted: Wanted) -> Recipe:
        served = [d for d in matter.documents if d.key == wanted.serves]
        numbers = {d.key: d.number for d in served}
        number = self._number(wanted.slot.series) if wanted.slot else ""
        return wanted.bound(matter.id, matter.case, number, numbers)

    def _number(self, series: str) -> str:
        known: Series = self.catalogue.settings.series[series]
        return numbering.format_number(known.pattern, self.example.today.year, _SAMPLE)

    # ── approvals ──

    def approving(self, matter: Matter) -> tuple[Submission, tuple[Finding, ...]]:
        """Every step of every draft says 同意 on the day of the example."""
        rows: dict[tuple[str, str], Item] = {}
        rules = {rule.id: rule for rule in self.catalogue.rules}
        for document in matter.documents:
            for step in rules[document.rule].approvals if document.draft_code and document.state == "draft" else ():
                rows[document.draft_code, step.step] = {
                    "draft": document.draft_code,
                    "step": step.step,
                    "person": _APPROVER,
                    "decision": "agree",
                    "on": self.example.today,
                }
        facts: Facts = {"approvals": tuple(rows.values())} if rows else {}
        return Submission(f"approvals{len(matter.submissions)}", 0, "example", matter.id, facts, frozenset(facts)), ()

    def decided(self, matter: Matter, plan: Plan) -> Matter:
        """The matter after its drafts were issued and the records that follow them were made."""
        issues = {issue.key: issue for issue in plan.issues}
        documents = tuple(self._issue(d, issues[d.key]) if d.key in issues else d for d in matter.documents)
        matter = replace(matter, documents=documents, submissions=(*matter.submissions, plan.submission))
        return replace(matter, documents=(*documents, *self._documents(matter, plan)))

    def _issue(self, draft: Document, issue: Issue) -> Document:
        number = self._number(issue.slot.series) if issue.slot else ""
        recipe = draft.recipe.issued(number, issue.dated, issue.approvals)
        return replace(draft, state="issued", dated=issue.dated, number=number, recipe=recipe, seq=draft.seq or 1)

    def looked(self, matter: Matter) -> Submission:
        """The matter asked again with what it said before: a paper just issued may call for another."""
        unit = matter.submissions[0].facts.get("unit", "样例")
        return Submission("look", 0, "example", matter.id, {"unit": unit}, frozenset())

    # ── what is printed ──

    def drafts(self, plan: Plan) -> list[Recipe]:
        """The paper as its approvers see it."""
        return [w.recipe for w in plan.documents if w.kind == self.example.kind and w.state == "draft"]

    def issued(self, matter: Matter, issues: Sequence[Issue]) -> list[Recipe]:
        keys = {issue.key for issue in issues}
        return [d.recipe for d in matter.documents if d.key in keys and d.kind == self.example.kind]

    def records(self, matter: Matter, plan: Plan) -> list[Recipe]:
        wanted = (w for w in plan.documents if w.kind == self.example.kind and w.state == "issued" and w.dated)
        return [self._bound(matter, one) for one in wanted]

    def living(self, matter: Matter) -> list[Recipe]:
        """The paper that is written anew with each step, as the last step leaves it."""
        kind = self.catalogue.kinds[self.example.kind]
        found = next((d for d in matter.documents if d.kind == kind.kind and kind.living), None)
        if found is None:
            return []
        sight = replace(self.sight(matter.submissions[0], matter), incoming=None)
        return [replace(found.recipe, context={**found.recipe.context, "index": views.index_of(sight, matter)})]


def _everything(known: Catalogue, matter: str) -> Form:
    """A form that asks for every fact: an example speaks of what forms carry, whichever they are."""
    fields = tuple(
        Field(name, fact.label) for name, fact in known.facts.items() if not fact.derived and fact.type != "list"
    )
    lists = [fact for fact in known.facts.values() if not fact.derived and fact.type == "list"]
    columns = {fact.name: tuple(Field(short, column.label) for short, column in fact.items.items()) for fact in lists}
    sections = tuple(Section(fact.label, "sets", (), fact.name, columns[fact.name]) for fact in lists)
    return Form("example", "样例", 1, matter, "inbox", ("json",), (Section("样例", "sets", fields), *sections))


def _peopled(known: Catalogue, facts: Facts) -> Catalogue:
    """The catalogue with the people and units of the example in place of the bureau's: whom it names, one approver."""
    cards = {str(item.get("name", "")): str(item.get("cert_no", "")) for item in rows_of(facts.get("officers"))}
    named = {name for fact, value in facts.items() for name in _named(known, fact, value)}
    officers = tuple(
        Officer(name, cards.get(name, ""), str(facts.get("unit", "")), _LONG_AGO, _FAR_OFF)
        for name in sorted({*cards, *named} - {""})
    )
    steps = known.facts["approvals"].items["step"].choices if "approvals" in known.facts else ()
    roles = tuple(Role(step.code, _APPROVER, _LONG_AGO, users=(ANYBODY,)) for step in steps)
    settings = replace(known.settings, units=tuple(sorted(named)))
    return replace(known, officers=officers, roles=roles, settings=settings)


def _named(known: Catalogue, name: str, value: Value) -> Iterator[str]:
    """Names of people in fields marked `names`."""
    fact = known.facts[name]
    if fact.names and isinstance(value, tuple):
        yield from (one for one in value if isinstance(one, str))
    for item in rows_of(value):
        for short, answer in item.items():
            column = fact.items.get(short)
            if column and column.names:
                yield from answer if isinstance(answer, tuple) else (str(answer),)
