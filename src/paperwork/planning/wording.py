"""Words that a paper must not say, in the answers of the form at hand: soft papers that threaten, promises that waive.

Which words of which answers is data (`policy/` [[wording]]). What somebody else said (the answers of a talk) is never
looked at: it is recorded as it was said.
"""

from __future__ import annotations

from collections.abc import Iterator

from paperwork.facts import rows_of
from paperwork.model import Fact, Finding, Scalar, Value, Wording
from paperwork.planning.sight import Sight

_AROUND = 12  # characters on either side that show where the word stands


def unfit(sight: Sight) -> Iterator[Finding]:
    """One finding for each answer that says what its paper must not say; all its words at once."""
    for rule in sight.catalogue.wordings:
        for name in rule.facts:
            for place, fact, text in _texts(sight, name):
                words = said(rule, text)
                if words:
                    found = _shown(text, words[0])
                    message = rule.message.replace("{words}", "、".join(f"「{word}」" for word in words))
                    yield Finding(rule.code, f"{place}：{message}", fact.name, place, found)


def said(rule: Wording, text: str) -> list[str]:
    """The words of the rule that stand in a text, but for the phrases that are spared; a word in a longer one once."""
    bare = "".join(text.split())
    for phrase in sorted(rule.spare, key=len, reverse=True):
        bare = bare.replace(phrase, "\n")
    there = [word for word in rule.words if word in bare]
    return [word for word in there if not any(word != other and word in other for other in there)]


def _shown(text: str, word: str) -> str:
    bare = "".join(text.split())
    at = bare.find(word)
    start, end = max(0, at - _AROUND), at + len(word) + _AROUND
    return ("…" if start else "") + bare[start:end] + ("…" if end < len(bare) else "")


def _texts(sight: Sight, name: str) -> Iterator[tuple[str, Fact, str]]:
    """(place, fact, text) of what the form at hand answers: of a column in every row."""
    owner, _, short = name.rpartition(".")
    given, listed = sight.submission.facts, sight.catalogue.facts.get(owner)
    if listed is None or listed.type != "list":
        fact = sight.catalogue.facts[name]
        if name in given:
            yield f"「{fact.label}」一栏", fact, _text(given[name])
        return
    fact = listed.items[short]
    for row, item in enumerate(rows_of(given.get(owner)), 1):
        if short in item:
            yield f"「{listed.label}」第{row}行「{fact.label}」", fact, _text(item[short])


def _text(value: Value | Scalar) -> str:
    return "；".join(str(part) for part in value) if isinstance(value, tuple) else str(value)
