"""What `paperwork check` says of a template: its own faults, and names that nothing could ever answer."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from functools import lru_cache

from paperwork.errors import TemplateError
from paperwork.model import Problem
from paperwork.rendering.analysis import Analysis, analysed, line_of
from paperwork.rendering.blanks import blank_problems
from paperwork.rendering.names import to_depth_two


def check(template: bytes, known: Collection[str]) -> tuple[Problem, ...]:
    """Every fault of a template. `where` is the part and the text around.

    `known` are the names that a context can hold: `case.act`, `officers`. If it also names the fields of a list's
    items (`officers.name`), those are held against it too.
    """
    try:
        analysis = analysed(template)
    except TemplateError as error:
        return (Problem("E-TEMPLATE-FILE", "", str(error), error.advice),)
    return (*analysis.problems, *_unknown(template, frozenset(known)), *_blank(template))


@lru_cache(maxsize=256)
def _blank(template: bytes) -> tuple[Problem, ...]:
    """Not asked of a template that is not the bureau's (`paperwork render`): its makers answer for its blanks."""
    return tuple(blank_problems(analysed(template).sources))


@lru_cache(maxsize=256)
def _unknown(template: bytes, known: frozenset[str]) -> tuple[Problem, ...]:
    analysis, groups = analysed(template), _groups(known)
    problems = {}
    for full in sorted(analysis.full):
        name = _missing_name(full, known, groups)
        if name:
            near = get_close_matches(name, known, n=1, cutoff=0.6)
            advice = f"是不是 {near[0]}？" if near else "可用的名称见事实表"
            where = _where(analysis, full)
            problems[name] = Problem("E-TEMPLATE-NAME", where, f"没有名为 {name} 的事实", advice)
    return tuple(problems.values())


def _groups(known: frozenset[str]) -> frozenset[str]:
    """`a` and `a.b` of `a.b.c`: names that have names below them."""
    return frozenset(name[:at] for name in known for at, sign in enumerate(name) if sign == ".")


def _missing_name(full: str, known: frozenset[str], groups: frozenset[str]) -> str:
    """The part of a full name that `known` does not answer for, or nothing."""
    name = to_depth_two(full)
    if name not in known and name not in groups:
        return name
    listed, _, rest = full.partition("[]")
    item = f"{listed}{rest}".replace("[]", "")
    return item if rest and listed in groups and item not in known else ""


def _where(analysis: Analysis, full: str) -> str:
    """The first paragraph that holds the name's last word within a tag."""
    word = full.replace("[]", "").rsplit(".", 1)[-1]
    for part, source in analysis.sources.items():
        for number, line in enumerate(source.splitlines(), start=1):
            if "{" in line and word in line:
                return f"{part}：「{line_of(source, number)}」"
    return ""
