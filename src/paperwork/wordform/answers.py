"""From the words of a cell to a raw answer: prompts and untouched boxes are no answer, ticks become their labels."""

from __future__ import annotations

from dataclasses import dataclass

from paperwork.model import Fact, Raw
from paperwork.wordform.boxes import has_marks, ticked
from paperwork.wordform.labels import plain
from paperwork.wordform.words import Words

NONE = "无"


@dataclass(frozen=True)
class Answer:
    """What one cell says: its value, and text beside it that says something else. Both may be missing."""

    raw: Raw | None = None
    stray: Raw | None = None


def answer(words: Words, fact: Fact | None, place: str) -> Answer:
    """The answer to `fact` (None = plain text) in these words."""
    text = words.text
    labels = _box_labels(fact)
    if labels is not None and has_marks(text):
        return _ticks(text, fact, labels, place)
    inside, outside = words.inside, words.outside
    if inside and outside and plain(inside) != plain(outside):
        return Answer(Raw(inside, place), Raw(outside, place))
    value = inside or outside
    return Answer(Raw(value, place) if value else None)


def _box_labels(fact: Fact | None) -> tuple[str, ...] | None:
    if fact is None:
        return None
    if fact.type == "flag":
        return ("是", "否")
    if fact.type == "choice" or (fact.type == "set" and fact.choices):
        return tuple(choice.label for choice in fact.choices)
    return None


def _ticks(text: str, fact: Fact | None, labels: tuple[str, ...], place: str) -> Answer:
    ticks = ticked(text, labels)
    stray = Raw(ticks.stray, place) if ticks.stray else None
    if not ticks.labels:  # nothing ticked: what was typed beside the boxes is the answer
        return Answer(stray)
    if stray and plain(ticks.stray) in {plain(label) for label in ticks.labels}:
        stray = None
    if fact is not None and fact.type == "set":
        only_none = ticks.labels == (NONE,) and NONE not in labels
        return Answer(Raw(() if only_none else ticks.labels, place), stray)
    return Answer(Raw("、".join(ticks.labels), place), stray)
