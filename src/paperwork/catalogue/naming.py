"""What the files may name of one another: facts, matters, steps, series, laws. Each wrong name is a problem."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from paperwork import conditions, law
from paperwork.catalogue.lines import Path as Place
from paperwork.catalogue.sheets import Table, meant
from paperwork.errors import OfficeError
from paperwork.model import Citation, Clause, Condition, Fact, Family, Law, MatterType, Problem, Series

_CLAUSE = re.compile(r"[A-Z]{1,2}-\d+[a-z]?")
_GUESS = re.compile("[，。；](?:该日的文本)?是不是[「“](.+?)[」”]？?$")
# Procedure follows the law of the day of the decision: a text that had ended by then can carry no new decision.
_TODAY_AT_EARLIEST = dt.date(2026, 1, 1)

Span = tuple[dt.date | None, dt.date | None]
"""since, until; None = open."""

DATES = ("date", "datetime")


@dataclass
class Names:
    """What has been read so far, for the files that refer to it."""

    laws: Mapping[str, tuple[Law, ...]]
    root: Path
    facts: Mapping[str, Fact] = field(default_factory=dict)
    matters: Mapping[str, MatterType] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    families: Mapping[str, Family] = field(default_factory=dict)
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    asked_measures: list[tuple[Table, Place, str]] = field(default_factory=list)

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of approval: the choices of approvals.step."""
        approvals = self.facts.get("approvals")
        step = approvals.items.get("step") if approvals else None
        return tuple(choice.code for choice in step.choices) if step else ()

    def scope(self, per: str) -> Mapping[str, Fact]:
        """The facts that a condition may name; `per` a list, its columns too, by full name."""
        columns = self.facts[per].items.values() if per in self.facts else ()
        return {**self.facts, **{column.name: column for column in columns}} if columns else self.facts


def known(table: Table, place: Place, name: str, among: Iterable[str], kind: str) -> bool:
    """Whether `name` is one of `among`; if not, a problem P-`kind`-UNKNOWN at `place`."""
    among = list(among)
    if name in among:
        return True
    what = _KINDS[kind]
    table.report.add(f"P-{kind}-UNKNOWN", table.where(*place), f"没有「{name}」这{what}", meant(name, among))
    return False


_KINDS: Mapping[str, str] = {
    "MATTER": "种事项（matters.toml）",
    "STEP": "个审批环节（facts.toml 的 approvals.step）",
    "SERIES": "个编号序列（bureau.toml 的 numbers）",
    "DOCUMENT": "份文书（documents/*/kind.toml 的 code）",
    "FAMILY": "个格式族（layout.toml）",
    "MEASURE": "项措施（policy/ 的 measure）",
    "FORM": "种表（forms/）",
}


def matters_of(table: Table, key: str, names: Names) -> tuple[str, ...]:
    """An array of matter types that exist."""
    return tuple(m for i, m in table.placed_words(key, True) if known(table, (key, i), m, names.matters, "MATTER"))


def conditions_of(table: Table, key: str, names: Names, per: str = "") -> tuple[Condition, ...]:
    """An array of conditions, parsed against the facts."""
    scope, good = names.scope(per), []
    for index, text in table.placed_words(key):
        try:
            condition = conditions.parse(text, scope, per if per in names.facts else "")
        except conditions.ConditionError as error:
            name = text.split()[0]
            columns = names.facts[per].items if per in names.facts else ()
            strange = len(text.split()) > 1 and name not in scope and name not in columns
            code = "P-FACT-UNKNOWN" if strange else "P-CONDITION"
            what, guess = _guess_apart(str(error))
            table.report.add(code, table.where(key, index), what, guess or (meant(name, scope) if strange else ""))
            continue
        if condition.op in ("measure", "refused"):
            names.asked_measures.append((table, (key, index), str(condition.values[0])))
        good.append(condition)
    return tuple(good)


def _guess_apart(message: str) -> tuple[str, str]:
    """(what is wrong, 是不是「x」？): the rooms below say both in one sentence."""
    found = _GUESS.search(message)
    if not found:
        return message, ""
    return message[: found.start()], f"是不是「{found[1]}」？"


def fact_at(table: Table, key: str, names: Names, types: tuple[str, ...] = (), per: str = "") -> str:
    """The name of a fact, of one of `types` if given, or of a column of `per`; "" when the key is absent or empty."""
    name, scope = table.text(key, ""), names.scope(per)
    if not name:
        return ""
    fact = scope.get(name)
    if fact is None:
        table.wrong("P-FACT-UNKNOWN", key, f"没有「{name}」这项事实", meant(name, scope))
    elif types and fact.type not in types:
        table.wrong("P-FACT-TYPE", key, f"「{name}」的类型是 {fact.type}", f"此处应当是：{'、'.join(types)}")
    return name


def clauses_of(table: Table, names: Names) -> tuple[str, ...]:
    """`clauses`: ids of the plan's clauses, such as G-03; each a row of clauses.toml, where the office has one."""
    clauses = table.placed_words("clauses")
    for index, clause in clauses:
        if not _CLAUSE.fullmatch(clause):
            what, advice = f"「{clause}」不是方案条款的编号", "写法如 G-03：一两个大写字母、连字符、数字"
            table.report.add("P-CLAUSE", table.where("clauses", index), what, advice)
        elif names.clauses and clause not in names.clauses:
            what = f"clauses.toml 中没有「{clause}」这一条"
            table.report.add("P-CLAUSE", table.where("clauses", index), what, meant(clause, names.clauses))
    return tuple(clause for _, clause in clauses)


# ── law ───────────────────────────────────────────────────────────────────────────────────────────────


def citations_of(table: Table, key: str, names: Names, span: Span | None = None) -> tuple[Citation, ...]:
    """An array of provisions that stand in `law/`.

    With `span` each must stand in a text that may be cited for some day of it (substance: the law of the act);
    without, in the newest text, which must not have ended (procedure: the law of the day).
    """
    good = []
    for index, text in table.placed_words(key):
        try:
            citation = law.parse(text)
            _stands(names.laws, citation, span)
        except OfficeError as error:
            # A law file with a mistake: its own problems, once, in place of one for each citation of it.
            for problem in law_problems_of(error, names.root):
                table.report.add(problem.code, problem.where, problem.what, problem.advice)
        except ValueError as error:
            what, guess = _guess_apart(str(error))
            advice = guess or "请对照 templates/law/ 核对条、款、项和日期"
            table.report.add("P-LAW-UNKNOWN", table.where(key, index), what, advice)
        else:
            good.append(citation)
    return tuple(good)


def law_problems_of(error: OfficeError, root: Path) -> list[Problem]:
    """The problems of a law file, their places relative to the office like all others."""
    problems = []
    for problem in error.problems:
        where = Path(problem.where)
        inside = where.relative_to(root).as_posix() if where.is_relative_to(root) else problem.where
        problems.append(replace(problem, where=inside))
    return problems


def _stands(laws: Mapping[str, tuple[Law, ...]], citation: Citation, span: Span | None) -> None:
    if span is None:
        ended = citation.law in laws and (laws[citation.law][-1].until or dt.date.max) < _TODAY_AT_EARLIEST
        law.resolve(laws, citation, _TODAY_AT_EARLIEST if ended else None)
        return
    first, last = span[0] or dt.date.min, span[1] or dt.date.max
    days = [max(first, text.starts) for text in laws.get(citation.law, ())]
    fit: list[dt.date | None] = [d for d in days if d <= last and law.text_on(laws, citation.law, d)]
    failure: law.LawError | None = None
    for day in fit or [span[0] or span[1]]:
        try:
            law.resolve(laws, citation, day)
            return
        except law.LawError as error:
            failure = error
    if failure:
        raise failure
