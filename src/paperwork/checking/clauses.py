"""The rows of the plan, joined with what carries them: forms, rules, documents, deadlines, lines of the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from paperwork.model import Catalogue, Clause, Json, Problem

LABELS: Mapping[str, str] = {"form": "表", "rule": "规则", "document": "文书", "deadline": "期限", "report": "报表"}


class _Carries(Protocol):
    @property
    def clauses(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Joined:
    """One row of the plan with the names of what carries it, by need."""

    clause: Clause
    carried: Mapping[str, tuple[str, ...]]

    @property
    def missing(self) -> tuple[str, ...]:
        """What it needs and nothing carries."""
        return tuple(need for need in self.clause.needs if not self.carried[need])


def joined(catalogue: Catalogue) -> tuple[Joined, ...]:
    """Every row of clauses.toml, in the order of the plan."""
    forms = {form.title: form for form in catalogue.forms.values()}
    rules = [(rule.id, rule) for rule in catalogue.rules] + [(gate.code, gate) for gate in catalogue.gates]
    kinds = [(f"{kind.code} {kind.title}", kind) for kind in catalogue.kinds.values()]
    clocks = [(clock.what, clock) for clock in catalogue.clocks]
    reminders = [(f"{reminder.label}提示", reminder) for reminder in catalogue.reminders]
    figures = [(f"{figure.id} {figure.name}", figure) for figure in catalogue.figures.values()]
    found: dict[str, Iterable[tuple[str, _Carries]]] = {
        "form": forms.items(),
        "rule": rules,
        "document": sorted(kinds, key=lambda kind: kind[0]),
        "deadline": [*clocks, *reminders],
        "report": figures,
    }
    return tuple(
        Joined(row, {need: _carriers(row.id, things) for need, things in found.items()})
        for row in catalogue.clauses.values()
    )


def _carriers(clause: str, things: Iterable[tuple[str, _Carries]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name, thing in things if clause in thing.clauses))


def fallen(catalogue: Catalogue) -> list[Problem]:
    """Rows that lost what they need; what the row itself says it lacks still is not told."""
    return [
        Problem(
            "P-CLAUSE-FALLEN",
            row.clause.where,
            f"方案条款 {row.clause.id}（{row.clause.text}）没有{'、'.join(LABELS[need] for need in gone)}承接",
            f'在应当承接的{LABELS[gone[0]]}里写 clauses = ["{row.clause.id}"]；确实还没有的，写进这一条的 lacks',
        )
        for row in joined(catalogue)
        if (gone := [need for need in row.missing if need not in row.clause.lacks])
    ]


def entries(catalogue: Catalogue) -> list[Json]:
    """`check --clauses`: `[{clause, place, text, form, rule, document, deadline, report, missing, why}]`."""
    return [
        {
            "clause": row.clause.id,
            "place": row.clause.place,
            "text": row.clause.text,
            **{need: list(names) for need, names in row.carried.items()},
            "missing": list(row.missing),
            "why": row.clause.why,
        }
        for row in joined(catalogue)
    ]


def page(catalogue: Catalogue, tests: Mapping[str, Sequence[str]]) -> str:
    """The table as a Markdown page; `tests` are the names of the tests that show a row, by its id."""
    rows = joined(catalogue)
    heads = ["条款", "内容", *LABELS.values(), "测试", "说明"]
    lines = [
        "# 方案条款对照表",
        "",
        "由 `make clauses` 从 templates/ 和 tests/ 生成，不要手工修改。每一条落在哪些表、规则、文书、期限和报表指标上，"
        "由哪些测试证明。",
        "",
        f"共{len(rows)}条，其中{sum(1 for row in rows if row.missing)}条还有欠缺。",
        "",
        f"| {' | '.join(heads)} |",
        f"|{'---|' * len(heads)}",
        *(f"| {' | '.join(_cells(row, tests.get(row.clause.id, ())))} |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _cells(row: Joined, tests: Sequence[str]) -> list[str]:
    missing = f"尚缺：{'、'.join(LABELS[need] for need in row.missing)}。" if row.missing else ""
    return [
        f"{row.clause.id}（{row.clause.place}）",
        row.clause.text,
        *("、".join(row.carried[need]) or "—" for need in LABELS),
        "、".join(f"`{name}`" for name in tests) or "—",
        missing + row.clause.why,
    ]
