"""Contexts made up from a template's own names: every branch has a chance, every value may be hostile."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from jinja2 import nodes

from paperwork.errors import TemplateError
from paperwork.rendering import MissingFacts, reference
from paperwork.rendering.analysis import sound
from paperwork.rendering.names import full_names
from paperwork.rendering.sandbox import Sandbox

HOSTILE = (
    "A & B 公司", "<某某公司>有限", "\"双\" '单' “弯”", "{{ x }}", "{% if x %}", "{# 注 #}", "]]> &amp; <!-- 注 -->",
    "𠮷野家 喆垚燚", "第一行\n第二行\n\n第四行", "甲\t乙", "　全角　ＡＢＣ｛｛｝｝", "  前后空格  ", "👨‍👩‍👧 \u2028 e\u0301",
    "</w:t></w:r></w:p>", "长" * 900, "None Nancy True 真", "1", "12.50",
)  # fmt: skip
MOMENT = "2026年7月8日15时10分"


def contexts(
    template: bytes, number: int, seed: int = 7, values: Sequence[str] = HOSTILE
) -> Iterator[dict[str, Any]]:
    """So many contexts for this template; the first lacks facts here and there."""
    chance = random.Random(seed)
    names, asked = _names(template)
    for turn in range(number):
        context: dict[str, Any] = {}
        for full in sorted(names, key=len, reverse=True):
            if turn or chance.random() < 0.95:
                lay(context, full, lambda name: _value(chance, asked.get(name, ()), values))
        yield context


def _names(template: bytes) -> tuple[set[str], dict[str, tuple[Any, ...]]]:
    """Full names, and what each last word is compared with; what is cut by position is a moment."""
    names: set[str] = set()
    asked: dict[str, tuple[Any, ...]] = {}
    for source in sound(template).sources.values():
        tree = Sandbox().parse(source)
        names |= full_names(tree)
        for compare in tree.find_all(nodes.Compare):
            constants = [one.value for one in compare.find_all(nodes.Const)]
            for used in (*compare.find_all(nodes.Getattr), *compare.find_all(nodes.Name)):
                word = used.attr if isinstance(used, nodes.Getattr) else used.name
                asked[word] = (*asked.get(word, ()), *constants)
        for item in tree.find_all(nodes.Getitem):
            if isinstance(item.node, nodes.Getattr) and not isinstance(getattr(item.arg, "value", None), str):
                asked[item.node.attr] = (MOMENT,)
                names = {name for name in names if not name.endswith(f"{item.node.attr}[]")}
    return names, asked


def _value(chance: random.Random, constants: tuple[Any, ...], values: Sequence[str]) -> Any:
    if constants and chance.random() < 0.8:
        return chance.choice(constants)
    return chance.choice(values)


def lay(context: dict[str, Any], full: str, value: Callable[[str], Any]) -> None:
    """`officers[].name` into two officers, `case.act` into its group; what is there already stays."""
    first, _, rest = full.partition(".")
    word, _, index = first.partition("[")
    if not index:
        if rest:
            group = context.setdefault(word, {})
            if isinstance(group, dict):
                lay(group, rest, value)
        else:
            context.setdefault(word, value(word))
        return
    items = context.setdefault(word, [])
    if isinstance(items, list):
        while len(items) < 2:
            items.append({} if rest else value(word))
        for item in items:
            if rest and isinstance(item, dict):
                lay(item, rest, value)


def completed(data: bytes, context: dict[str, Any]) -> dict[str, Any]:
    """With what the document asks for besides."""
    for _ in range(4):
        try:
            reference.filled(sound(data), context)
            break
        except MissingFacts as missing:
            for name in missing.names:
                lay(context, re.sub(r"\[\d+\]", "[]", name), lambda word: "补上")
        except TemplateError:
            break
    return context
