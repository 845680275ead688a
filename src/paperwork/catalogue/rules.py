"""policy/: measures, gates, the papers of each measure and the clocks. A file may hold any of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from paperwork.catalogue.naming import DATES, Names, citations_of, clauses_of, conditions_of, fact_at, known, matters_of
from paperwork.catalogue.offers import read_offer, read_wording
from paperwork.catalogue.reminders import read_reminder, read_yearly
from paperwork.catalogue.sheets import Table, meant, unique
from paperwork.model import Clock, Gate, Offer, Paper, Reminder, Rule, Step, Wording, Yearly

_FORCES: tuple[Literal["must", "may"], ...] = ("must", "may")
_SEVERITIES: tuple[Literal["error", "warning"], ...] = ("error", "warning")
_UNITS: tuple[Literal["days", "workdays", "months", "years"], ...] = ("days", "workdays", "months", "years")
_SIDES: tuple[Literal["agency", "party"], ...] = ("agency", "party")
_CODE = re.compile(r"[EW](-[A-Z0-9]+)+")
_HOLE = re.compile(r"\{([^{}]*)\}")


@dataclass
class Policy:
    """Everything that the files of policy/ say, in the order of the files; and where, for checks across them."""

    rules: list[tuple[Table, Rule]] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    papers: list[tuple[Table, str, tuple[Paper, ...]]] = field(default_factory=list)
    clocks: list[tuple[Table, Clock]] = field(default_factory=list)
    reminders: list[tuple[Table, Reminder]] = field(default_factory=list)
    offers: list[tuple[Table, Offer]] = field(default_factory=list)
    wordings: list[Wording] = field(default_factory=list)
    yearly: list[Yearly] = field(default_factory=list)


def read_policy(table: Table, names: Names, policy: Policy) -> None:
    """Add one file to `policy`."""
    policy.rules += [(entry, _rule(entry, names)) for entry in table.tables("measure")]
    policy.gates += [_gate(entry, names) for entry in table.tables("gate")]
    policy.papers += [(entry, *_papers(entry, names)) for entry in table.tables("papers")]
    policy.clocks += [(entry, _clock(entry, names)) for entry in table.tables("clock")]
    policy.reminders += [(entry, read_reminder(entry, names)) for entry in table.tables("reminder")]
    policy.offers += [(entry, read_offer(entry, names)) for entry in table.tables("offer")]
    policy.wordings += [read_wording(entry, names) for entry in table.tables("wording")]
    policy.yearly += [read_yearly(entry, names) for entry in table.tables("yearly")]
    table.close()


def _rule(table: Table, names: Names) -> Rule:
    since, until = table.span()
    per = _list_at(table, names)
    rule = Rule(
        id=table.text("id"),
        measure=table.text("measure"),
        label=table.text("label"),
        matters=matters_of(table, "matters", names),
        when=conditions_of(table, "when", names, per),
        unless=conditions_of(table, "unless", names, per),
        per=per,
        basis=citations_of(table, "basis", names, (since, until)),
        procedure=citations_of(table, "procedure", names),
        since=since,
        until=until,
        favourable=table.flag("favourable"),
        force=table.one_of("force", _FORCES, "must"),
        rank=table.integer("rank", 0),
        terminal=table.flag("terminal"),
        attach=table.flag("attach"),
        approvals=tuple(_steps(table, names, per)),
        params=_params(table.mapping("params")),
        clauses=clauses_of(table, names),
        where=table.where(),
    )
    if not rule.when and "when" not in table.data:
        table.wrong("P-KEY-MISSING", "", "缺少「when」", "写明成立的条件；无条件的写 when = []")
    if rule.terminal and rule.attach:
        table.wrong("P-VALUE", "attach", "terminal 和 attach 不能同时为 true", "attach 的规则总要询问，不关闭其下各条")
    table.close()
    return rule


def _steps(table: Table, names: Names, per: str) -> Iterable[Step]:
    for entry in table.tables("approvals"):
        step = entry.text("step")
        if step:
            known(entry, ("step",), step, names.steps, "STEP")
        yield Step(step, conditions_of(entry, "when", names, per))
        entry.close()


def _params(table: Table) -> Mapping[str, str]:
    return {key: table.text(key) for key in table.data}


def _gate(table: Table, names: Names) -> Gate:
    per = _list_at(table, names)
    code = table.text("code")
    if code and not _CODE.fullmatch(code):
        advice = "写法如 E-OFFICER-2：E 或者 W 开头，大写字母、数字和连字符"
        table.wrong("P-VALUE", "code", f"「{code}」不合问题代码的写法", advice)
    gate = Gate(
        code=code,
        matters=matters_of(table, "for", names),
        require=conditions_of(table, "require", names, per),
        message=table.text("message"),
        when=conditions_of(table, "when", names, per),
        per=per,
        field=fact_at(table, "field", names, per=per),
        severity=table.one_of("severity", _SEVERITIES, "error"),
        clauses=clauses_of(table, names),
    )
    if not table.data.get("require"):
        table.wrong("P-KEY-MISSING", "", "缺少「require」", "写明应当成立的条件")
    scope = names.scope(per)
    for hole in _HOLE.findall(gate.message):
        if hole not in scope:
            table.wrong("P-FACT-UNKNOWN", "message", f"没有「{hole}」这项事实", meant(hole, scope))
    table.close()
    return gate


def _list_at(table: Table, names: Names) -> str:
    per = fact_at(table, "per", names, ("list",))
    return per if per in names.facts and names.facts[per].type == "list" else ""


def _papers(table: Table, names: Names) -> tuple[str, tuple[Paper, ...]]:
    measure = table.text("measure")
    if measure:
        names.asked_measures.append((table, ("measure",), measure))
    entries = table.tables("set", True)
    papers = tuple(
        Paper(
            code=entry.text("code"),
            title=entry.text("title"),
            when=conditions_of(entry, "when", names),
            by_hand=entry.flag("by_hand"),
        )
        for entry in entries
    )
    unique(entries, "code", "文书代码")
    for entry in (*entries, table):
        entry.close()
    return measure, papers


def _clock(table: Table, names: Names) -> Clock:
    per = _list_at(table, names)
    clock = Clock(
        id=table.text("id"),
        what=table.text("what"),
        matters=matters_of(table, "for", names),
        start=fact_at(table, "start", names, DATES, per),
        length=table.integer("length"),
        unit=table.one_of("unit", _UNITS),
        side=table.one_of("side", _SIDES),
        met=fact_at(table, "met", names, DATES, per),
        when=conditions_of(table, "when", names, per),
        basis=citations_of(table, "basis", names),
        clauses=clauses_of(table, names),
        per=per,
    )
    if not table.data.get("start"):
        table.wrong("P-KEY-MISSING", "", "缺少「start」", "写明从哪个日期起算")
    table.close()
    return clock


# ── across the files ──────────────────────────────────────────────────────────────────────────────────


def check_policy(policy: Policy) -> None:
    """Ids and ranks that must differ over all files."""
    unique([table for table, _ in policy.rules], "id", "规则编号")
    unique([table for table, _ in policy.clocks], "id", "期限编号")
    unique([table for table, _ in policy.reminders], "id", "提示编号")
    unique([table for table, _, _ in policy.papers], "measure", "文书清单的措施")
    # A rank of a wrong type has been named already; what stands in for it decides nothing.
    ranked = [(table, rule) for table, rule in policy.rules if type(table.data.get("rank", 0)) is int]
    terminal = [(table, rule) for table, rule in ranked if rule.terminal]
    for (_, one), (table, other) in combinations(terminal, 2):
        shared = sorted(set(one.matters) & set(other.matters))
        if one.rank == other.rank and shared and _overlap(one, other):
            what = f"规则「{other.id}」与「{one.id}」（{one.where}）都是 terminal，rank 同为 {one.rank}，先后不明"
            table.wrong("P-RANK", "rank", what, "改用不同的 rank，或者用 since、until 分开行为日期")


def _overlap(one: Rule, other: Rule) -> bool:
    starts = max(one.since or dt.date.min, other.since or dt.date.min)
    return starts <= min(one.until or dt.date.max, other.until or dt.date.max)
