"""Facts that are asked for and then used by nothing: no paper prints them, no rule or figure asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from paperwork import facts, rendering
from paperwork.errors import TemplateError
from paperwork.model import Catalogue, Problem

_OF_THE_PROGRAM = frozenset({"case.separate", "case.lead", "sweep.on", "lead.papers", "report.workbook"})
"""What the program itself asks for, wherever it stands in the office's files."""
_DATA = re.compile(r"(?<![\w.])[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_ASKING = ("facts.toml", "forms", "law", "examples")  # where a name is defined, asked for or given, and not used


def unused_facts(known: Catalogue) -> Iterator[Problem]:
    """A hint for each fact of facts.toml that could as well not be asked. `on_record = true` says that it is kept for
    the file alone. Columns of lists are not looked at."""
    used = {*_OF_THE_PROGRAM, *_printed(known), *_in_data(known.root / "templates"), *_reckoned(known)}
    for name, fact in known.facts.items():
        if not (fact.derived or fact.on_record or name in used or _joined(name) in used):
            what = f"「{fact.label}」（{name}）没有文书印它，也没有规则、数据项用它"
            advice = "不再需要的从表单和 facts.toml 删去；只作记录备查的，在 facts.toml 写 on_record = true"
            yield Problem("W-FACT-UNUSED", "templates/facts.toml", what, advice)


def _printed(known: Catalogue) -> Iterator[str]:
    for kind in known.kinds.values():
        try:
            yield from rendering.needs((kind.folder / "template.docx").read_bytes())
        except (OSError, TemplateError):
            continue  # told elsewhere


def _in_data(templates: Path) -> Iterator[str]:
    """Every name that stands in the office's rules, kinds, figures and settings."""
    for path in templates.rglob("*.toml"):
        if not {*path.relative_to(templates).parts} & {*_ASKING}:
            yield from _DATA.findall(path.read_text("utf-8"))


def _reckoned(known: Catalogue) -> Iterator[str]:
    for name, fact in known.facts.items():
        if fact.derived:
            yield from facts.inputs_of(name)


def _joined(name: str) -> str:
    """As a context has it: `no_penalty.query.on` → `no_penalty.query_on`."""
    root, _, rest = name.partition(".")
    return f"{root}.{rest.replace('.', '_')}" if rest else root
