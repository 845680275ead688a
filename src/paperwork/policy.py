"""Facts → measures and findings, with reasons. The law is data; this room only asks it in order.

Rules are asked by rank. The first terminal rule that fires closes the ladder below it; an unknown terminal rule stops
it: nothing below is proposed. `attach` rules are always asked. A `may` rule waits for the handler's answer.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from paperwork.conditions import Situation, all_of, answer, ask
from paperwork.facts import inputs_of
from paperwork.kept import FEW, per_object
from paperwork.model import (
    Because,
    Catalogue,
    Citation,
    Fact,
    Facts,
    Finding,
    Gate,
    Measure,
    Missing,
    Paper,
    Rule,
    Status,
)

ART_37 = Citation("行政处罚法", 37)


@dataclass(frozen=True)
class Question:
    """What the policy is asked: the facts of one matter (derived ones included), and which rules were refused."""

    matter: str  # its type
    facts: Facts
    refused: frozenset[str] = frozenset()  # ids of rules whose drafts an approver declined


# ── measures ──────────────────────────────────────────────────────────────────────────────────────────


def measures(catalogue: Catalogue, question: Question) -> tuple[Measure, ...]:
    """All rules in force for the matter with their status, in the order in which they were asked."""
    answers = _answers(catalogue, question.facts)
    asked = question.matter, question.refused
    if asked not in answers:
        answers[asked] = _asked(catalogue, question)
    return answers[asked]


Answers = dict[tuple[str, frozenset[str]], tuple[Measure, ...]]
"""What the policy has answered on some facts, by matter type and refused rules."""


def _answers(catalogue: Catalogue, facts: Facts) -> Answers:
    """Asked by everyone who looks at a matter, and again once it is registered: equal facts have equal answers."""
    lately = _lately(catalogue)
    for known, answers in lately:
        if known is facts or known == facts:
            return answers
    lately.insert(0, (facts, answers := {}))
    del lately[FEW:]
    return answers


def _nothing_yet(_catalogue: Catalogue) -> list[tuple[Facts, Answers]]:
    return []


_lately = per_object(_nothing_yet, FEW)


def _asked(catalogue: Catalogue, question: Question) -> tuple[Measure, ...]:
    act = question.facts.get("act.date")
    day = act if isinstance(act, dt.date) else None
    refused = question.refused | {rule.measure for rule in catalogue.rules if rule.id in question.refused}
    found: list[Measure] = []
    closed = False
    for rule in sorted(catalogue.rules, key=lambda r: r.rank):
        if question.matter not in rule.matters or not _in_force(rule, day):
            continue
        fired = frozenset(m.measure for m in found if m.fired)
        situation = Situation(question.facts, catalogue.facts, fired, refused)
        judged = [_judged(rule, at, day, closed and not rule.attach) for _, at in each(rule.per, situation)]
        found += judged
        closed = closed or (rule.terminal and any(m.status in ("fired", "unknown") for m in judged))
    return tuple(found)


Judged = tuple[Status, tuple[Because, ...], tuple[str, ...]]
"""How a rule was found, its reasons, and the facts that are missing to decide it."""


def _judged(rule: Rule, situation: Situation, act: dt.date | None, closed: bool) -> Measure:
    """The rule asked once; of a list, for the item at hand, whose key is the measure's occurrence."""
    occurrence = occurrence_of(situation, rule.per)
    refused = f"{rule.id}@{occurrence}" in situation.refused
    measure = _judge(rule, situation, act, closed)
    if refused and measure.fired:
        measure = replace(measure, status="refused")
    return replace(measure, occurrence=occurrence) if occurrence else measure


def occurrence_of(situation: Situation, per: str) -> str:
    """What tells one item of a list from another: its key, as documents bear it; "" of the matter itself."""
    if not per:
        return ""
    return "/".join(str(situation.facts.get(f"{per}.{name}", "")) for name in situation.defs[per].key)


def _in_force(rule: Rule, act: dt.date | None) -> bool:
    """Substance follows the law of the act; a favourable newer rule judges older acts too (行政处罚法 art 37)."""
    if act is None:
        return rule.until is None
    if rule.until is not None and act > rule.until:
        return False
    return rule.favourable or rule.since is None or act >= rule.since


def _judge(rule: Rule, situation: Situation, act: dt.date | None, closed: bool) -> Measure:
    holds, because = all_of(rule.when, situation)
    excepted = tuple(_unless(c.condition, c) for c in all_of(rule.unless, situation)[1])
    because += excepted
    if holds is not False and any(b.holds is False for b in excepted):
        holds = False
    elif holds and any(b.holds is None for b in excepted):
        holds = None
    status: Status = "unmet" if holds is False else "unknown" if holds is None else "fired"
    missing = _missing(rule, situation) if status == "unknown" else ()
    if status == "fired" and rule.force == "may":
        status, missing = _discretion(rule, situation)
    if status == "fired" and rule.id in situation.refused:
        status = "refused"
    if closed and status in ("fired", "unknown"):
        status, missing = "outranked", ()
    return _measure(rule, situation, act, (status, because, missing))


def _measure(rule: Rule, situation: Situation, act: dt.date | None, judged: Judged) -> Measure:
    status, because, missing = judged
    basis = rule.basis
    if rule.favourable and act and rule.since and act < rule.since:
        basis = (ART_37, *basis)
    return Measure(
        rule=rule.id,
        measure=rule.measure,
        label=rule.label,
        occurrence="",
        status=status,
        force=rule.force,
        because=because,
        missing=missing,
        basis=basis,
        procedure=rule.procedure,
        steps=_steps(rule, situation),
        terminal=rule.terminal,
        params=rule.params,
    )


def _unless(text: str, because: Because) -> Because:
    """An exception as a reason: it holds when the excepting condition does not."""
    return Because(f"unless {text}", because.value, None if because.holds is None else not because.holds)


def _steps(rule: Rule, situation: Situation) -> tuple[str, ...]:
    """The steps of approval in order; a conditional step is asked unless its condition is false."""
    wanted = [s.step for s in rule.approvals if all_of(s.when, situation)[0] is not False]
    return tuple(dict.fromkeys(wanted))


def _discretion(rule: Rule, situation: Situation) -> tuple[Status, tuple[str, ...]]:
    """A `may` rule is unknown until the handler has proposed something, with reasons (DESIGN §3)."""
    wish, reasons = answer("measure_requested", situation), answer("no_penalty.reason", situation)
    if rule.attach:
        return "fired", ()
    if not wish or not reasons:
        return "unknown", tuple(
            name for name, given in (("measure_requested", wish), ("no_penalty.reason", reasons)) if not given
        )
    return ("fired" if wish == rule.measure else "unmet"), ()


def _missing(rule: Rule, situation: Situation) -> tuple[str, ...]:
    """The facts a clerk could give to decide the rule: inputs that nobody answered, else the fact itself."""
    names: list[str] = []
    for condition in (*rule.when, *rule.unless):
        if ask(condition, situation) is not None:
            continue
        sides = [name for name in (condition.fact, condition.other) if name]
        for asked in [n for n in sides if answer(n, situation) is None] or sides:
            absent = [n for n in inputs_of(asked, situation.facts) if answer(n, situation) is None]
            names += absent or [asked]
    return tuple(dict.fromkeys(names))


# ── gates ─────────────────────────────────────────────────────────────────────────────────────────────


def gates(catalogue: Catalogue, question: Question) -> tuple[Finding, ...]:
    """Every gate of the matter type whose `when` holds and whose `require` is false, as a finding."""
    fired = frozenset(m.measure for m in measures(catalogue, question) if m.fired)
    situation = Situation(question.facts, catalogue.facts, fired)
    return tuple(
        _finding(gate, at, row)
        for gate in catalogue.gates
        if question.matter in gate.matters
        for row, at in each(gate.per, situation)
        if all_of(gate.when, at)[0] is True and all_of(gate.require, at)[0] is False
    )


def each(per: str, situation: Situation) -> Iterator[tuple[int, Situation]]:
    """The situation itself, or of a list one for each item, whose answers stand under the names of its columns."""
    if not per:
        yield 0, situation
        return
    defs = {**situation.defs, **{column.name: column for column in situation.defs[per].items.values()}}
    items = situation.facts.get(per, ())
    for row, item in enumerate(items if isinstance(items, tuple) else (), 1):
        answers = {f"{per}.{name}": value for name, value in item.items()} if isinstance(item, Mapping) else {}
        yield row, replace(situation, facts={**situation.facts, **answers}, defs=defs)


def _finding(gate: Gate, situation: Situation, row: int) -> Finding:
    field = gate.field
    if len(gate.require) > 1:  # name the one that fails
        failing = (situation.defs.get(c.fact) for c in gate.require if ask(c, situation) is False)
        field = next((fact.name for fact in failing if fact and not fact.derived), field)
    fact = situation.defs.get(field)
    return Finding(
        code=gate.code,
        message=_fill(gate.message, situation),
        field=field,
        place=f"「{situation.defs[gate.per].label}」第{row}行" if row else f"「{fact.label}」一栏" if fact else "",
        found=shown(situation.facts.get(field), fact),
        severity=gate.severity,
    )


def _fill(message: str, situation: Situation) -> str:
    def value(match: re.Match[str]) -> str:
        return shown(situation.facts.get(match[1]), situation.defs.get(match[1]))

    return re.sub(r"\{([\w.]+)\}", value, message)


def shown(value: object, fact: Fact | None) -> str:
    """An answer as people read it: labels for codes, 是/否, ISO dates; lists by their number of rows."""
    labels: Mapping[str, str] = {c.code: c.label for c in fact.choices} if fact else {}
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and fact and fact.type == "money":
        return f"{value // 100}.{value % 100:02d}元"
    if isinstance(value, tuple):
        if value and isinstance(value[0], Mapping):
            return f"{len(value)}行"
        return "、".join(labels.get(str(v), str(v)) for v in value)
    return labels.get(str(value), str(value))


# ── what is missing ───────────────────────────────────────────────────────────────────────────────────


def missing_facts(catalogue: Catalogue, judged: Iterable[Measure]) -> tuple[Missing, ...]:
    """The facts that unknown rules wait for, each once, with the rule that waits."""
    found: dict[str, Missing] = {}
    for measure in judged:
        if measure.status != "unknown":
            continue
        for name in measure.missing:
            label = catalogue.facts[name].label if name in catalogue.facts else name
            why = f"{measure.rule}（{measure.label}）需要「{label}」才能判断"
            found.setdefault(name, Missing("fact", name, measure.rule, why))
    return tuple(found.values())


def papers(catalogue: Catalogue, question: Question, fired: Iterable[Measure]) -> tuple[Paper, ...]:
    """The papers that the file of these measures must hold, in filing order (domain/03 §3.5)."""
    situation = Situation(question.facts, catalogue.facts)
    wanted: dict[str, Paper] = {}
    for measure in fired:
        for paper in catalogue.papers.get(measure.measure, ()):
            if all_of(paper.when, situation)[0] is True:
                wanted.setdefault(paper.code, paper)
    return tuple(wanted.values())
