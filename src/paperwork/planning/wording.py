"""Words that a paper must not say, in the answers of the form at hand: soft papers that threaten, promises that waive.

Which words of which answers, and when, is data (`policy/` [[wording]]). What somebody else said (the answers of a talk)
is never looked at: it is recorded as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperwork.conditions import Situation, all_of, ask
from paperwork.facts import rows_of
from paperwork.model import Fact, Finding, Item, Scalar, Value, Wording
from paperwork.planning.sight import Sight

_AROUND = 12  # characters on either side that show where the word stands


def unfit(sight: Sight) -> Iterator[Finding]:
    """One finding for each answer that says what its paper must not say; all its words at once."""
    for rule in sight.catalogue.wordings:
        for name in rule.facts:
            for place, fact, text, item in _texts(sight, name):
                words = said(rule, text)
                if words and _asked(rule, sight, item):
                    found = _shown(text, words[0])
                    message = rule.message.replace("{words}", "、".join(f"「{word}」" for word in words))
                    yield Finding(rule.code, f"{place}：{message}", fact.name, place, found, severity=rule.severity)


def said(rule: Wording, text: str) -> list[str]:
    """The words of the rule that stand in a text, but for the phrases that are spared; a word in a longer one once.

    A pattern with a group looks at the whole sentence and names the group.
    """
    bare = "".join(text.split())
    for phrase in sorted(rule.spare, key=len, reverse=True):
        bare = bare.replace(phrase, "\n")
    matched = (found[found.lastindex or 0] for pattern in rule.patterns for found in re.finditer(pattern, bare))
    there = list(dict.fromkeys((*(word for word in rule.words if word in bare), *matched)))
    return [word for word in there if not any(word != other and word in other for other in there)]


def _asked(rule: Wording, sight: Sight, item: Item) -> bool:
    """Whether the conditions of the rule hold, of the matter with the form at hand and of the item that speaks."""
    if not (rule.when or rule.unless):
        return True
    columns = sight.catalogue.facts[rule.per].items.values() if rule.per else ()
    defs = {**sight.catalogue.facts, **{column.name: column for column in columns}}
    told = {f"{rule.per}.{name}": value for name, value in item.items()} if rule.per else {}
    situation = Situation({**sight.folded, **told}, defs)
    excepted = any(ask(condition, situation) is True for condition in rule.unless)
    return all_of(rule.when, situation)[0] is True and not excepted


def _shown(text: str, word: str) -> str:
    bare = "".join(text.split())
    at = bare.find(word)
    start, end = max(0, at - _AROUND), at + len(word) + _AROUND
    return ("…" if start else "") + bare[start:end] + ("…" if end < len(bare) else "")


def _texts(sight: Sight, name: str) -> Iterator[tuple[str, Fact, str, Item]]:
    """(place, fact, text, item) of what the form at hand answers: of a column in every row."""
    owner, _, short = name.rpartition(".")
    given, listed = sight.submission.facts, sight.catalogue.facts.get(owner)
    if listed is None or listed.type != "list":
        fact = sight.catalogue.facts[name]
        if name in given:
            yield f"「{fact.label}」一栏", fact, _text(given[name]), {}
        return
    fact = listed.items[short]
    for row, item in enumerate(rows_of(given.get(owner)), 1):
        if short in item:
            yield f"「{listed.label}」第{row}行「{fact.label}」", fact, _text(item[short]), item


def _text(value: Value | Scalar) -> str:
    return "；".join(str(part) for part in value) if isinstance(value, tuple) else str(value)
