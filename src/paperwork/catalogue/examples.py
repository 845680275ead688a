"""documents/<kind>/examples/*.toml: facts and what is expected of them, for `paperwork check` and the tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from paperwork.catalogue.naming import known
from paperwork.catalogue.sheets import Report, Sheet, Table, meant, read_sheet
from paperwork.model import Catalogue, Example, Expected, Json, Problem

_FOLDER = "examples"


@dataclass(frozen=True)
class Examples:
    """The examples that can be read, and the mistakes of those that cannot."""

    examples: tuple[Example, ...]
    problems: tuple[Problem, ...]


def read_examples(catalogue: Catalogue) -> Examples:
    """Every example of every kind, in the order of the files. An example may lean on another one (`like`)."""
    report = Report()
    sheets = {}
    for kind in catalogue.kinds.values():
        for path in sorted((kind.folder / _FOLDER).glob("*.toml")):
            sheet = read_sheet(path, catalogue.root, report)
            if sheet:
                sheets[f"{kind.kind}/{path.stem}"] = sheet
    shelf = _Shelf(catalogue, report, sheets)
    read = []
    for name in sheets:
        before = len(report.problems)
        example = shelf.example(name)
        if len(report.problems) == before:
            read.append(example)
    return Examples(tuple(read), tuple(report.problems))


@dataclass(frozen=True)
class _Shelf:
    catalogue: Catalogue
    report: Report
    sheets: Mapping[str, Sheet]

    def example(self, name: str) -> Example:
        table = Table(self.sheets[name], self.report)
        like = table.text("like", "")
        base = self._base(table, name, like) if like else Table(Sheet("", "", {}), Report())
        own = table.mapping("facts")
        then = table.mapping("then")
        for part in ("facts", "then"):
            table.know(part)
        expect = table.mapping("expect")
        example = Example(
            name=name,
            where=self.sheets[name].name,
            kind=name.partition("/")[0],
            title=table.text("title"),
            matter=self._matter(table, base),
            today=table.day("today") or base.day("today") or table.must_day("today"),
            facts=_laid_over(self._facts(base, like), own.data, table.words("leave_out")),
            then=_laid_over({}, then.data, ()),
            then_on=table.day("then_on"),
            made=expect.flag("made", True),
            fires=tuple(self._rules(expect, "fires")),
            unmet=tuple(self._rules(expect, "unmet")),
            unknown=tuple(self._rules(expect, "unknown")),
            findings=tuple(_expected(expect, "findings")),
            contains=tuple(_expected(expect, "contains")),
            lacks=tuple(_expected(expect, "lacks")),
        )
        self._says_something(table, expect)
        expect.close()
        table.close()
        return example

    def _base(self, table: Table, name: str, like: str) -> Table:
        """The example that this one leans on; one step only, so that nobody has to look further than one file."""
        if like == name or like not in self.sheets:
            others = [one for one in self.sheets if one != name]
            table.wrong("P-EXAMPLE-UNKNOWN", "like", f"没有「{like}」这个样例", meant(like, others))
            return Table(Sheet("", "", {}), Report())
        base = Table(self.sheets[like], Report())
        if "like" in base.data:
            what = f"样例「{like}」本身又以「{base.data['like']}」为底"
            table.wrong("P-EXAMPLE-UNKNOWN", "like", what, f'请直接写 like = "{base.data["like"]}"，只能隔一层')
            nearer = self.sheets.get(str(base.data["like"]))
            return Table(nearer, Report()) if nearer else base  # so that nothing else seems missing because of it
        return base

    def _facts(self, base: Table, like: str) -> Mapping[str, Json]:
        facts = base.data.get("facts", {}) if like else {}
        return facts if isinstance(facts, dict) else {}

    def _matter(self, table: Table, base: Table) -> str:
        matter = table.text("matter", str(base.data.get("matter", ""))) or table.text("matter")
        if matter:
            known(table, ("matter",), matter, self.catalogue.matters, "MATTER")
        return matter

    def _rules(self, expect: Table, key: str) -> Iterator[Expected]:
        rules = [rule.id for rule in self.catalogue.rules]
        for index, rule in expect.placed_words(key):
            if rule in rules:
                yield Expected(rule, expect.where(key, index))
            else:
                what = f"没有编号为「{rule}」的规则"
                self.report.add("P-RULE-UNKNOWN", expect.where(key, index), what, meant(rule, rules))

    def _says_something(self, table: Table, expect: Table) -> None:
        """An example that expects nothing proves nothing."""
        if not any(expect.data.get(key) for key in ("fires", "unmet", "unknown", "findings", "contains", "lacks")):
            what = "样例没有写明期望什么"
            table.wrong("P-KEY-MISSING", "expect", what, '在 [expect] 下写 contains = ["文书里应当有的文字"]')


def _expected(expect: Table, key: str) -> Iterator[Expected]:
    for index, value in expect.placed_words(key):
        yield Expected(value, expect.where(key, index))


def _laid_over(base: Mapping[str, Any], own: Mapping[str, Any], left_out: tuple[str, ...]) -> dict[str, Json]:
    """Dotted fact name → answer: the base's answers, those of this example over them, lists as a whole."""
    answers = {**dict(_dotted(base, "")), **dict(_dotted(own, ""))}
    return {
        name: answer
        for name, answer in answers.items()
        if not any(name == out or name.startswith(f"{out}.") for out in left_out)
    }


def _dotted(answers: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Json]]:
    for key, value in answers.items():
        if isinstance(value, Mapping):
            yield from _dotted(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", _plain(value)


def _plain(value: Any) -> Json:
    """As JSON says it: dates and times as text."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return {key: _plain(one) for key, one in value.items()} if isinstance(value, Mapping) else value
