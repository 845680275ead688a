"""Ticked boxes in a line of text: ☑是 □否, √是, 是√, ■轻微 □无 … as Word and as people by hand write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paperwork.wordform.labels import bare, plain

TICKED, UNTICKED = "☑☒√✓✔✅■▣●◉🗹🗸⬛", "☐□○◯▢◻⬜"
MARKS = TICKED + UNTICKED
_PREFIX = re.compile(rf"(?P<marks>(?:[{MARKS}]\s*)+)(?P<text>[^{MARKS}]*)(?P<after>(?:(?<=\S)[{TICKED}](?=\s|$))?)")
_SUFFIX = re.compile(rf"(?P<text>[^{MARKS}]+)(?P<marks>[{MARKS}]+)")
_TRIM = " \t\n\r\u3000，,。；;、：:"
EMOJI = "\ufe0e\ufe0f"  # variation selectors that follow a mark


@dataclass(frozen=True)
class Ticks:
    """What a group of boxes says: the ticked labels in order, and text that belongs to no box."""

    labels: tuple[str, ...]
    stray: str = ""


def has_marks(text: str) -> bool:
    """Whether any box or tick stands in the text."""
    return any(mark in text for mark in MARKS)


def ticked(text: str, labels: Iterable[str]) -> Ticks:
    """The boxes ticked in `text`. Known labels lead; a ticked box with an unknown label is reported as it stands."""
    text = text.translate(dict.fromkeys(map(ord, EMOJI)))
    known = {plain(label): label for label in labels} | {"无": "无"}
    head = text[: next((n for n, char in enumerate(text) if char in MARKS), len(text))].strip(_TRIM)
    if head and _label(head.split()[0], known)[0] in known.values():
        marked, head = list(_by_hand(text)), ""  # 是√ 否: people tick behind the word
    else:
        marked = [(m["text"], m["marks"] + m["after"]) for m in _PREFIX.finditer(text)]
    found: list[str] = []
    stray = [head]
    for words, marks in marked:
        label, rest = _label(words, known)
        if label and label not in found and any(mark in TICKED for mark in marks):
            found.append(label)
        stray.append(rest)
    return Ticks(tuple(found), " ".join(part for part in stray if part))


def _by_hand(text: str) -> Iterator[tuple[str, str]]:
    """Word and marks, where a mark belongs to the word that it touches, and a mark by itself to the word before it."""
    before = ""
    for token in text.split():
        if all(char in MARKS for char in token):
            yield before, token
            continue
        matches = list((_PREFIX if token[0] in MARKS else _SUFFIX).finditer(token))
        yield from ((match["text"], match["marks"]) for match in matches)
        before = matches[-1]["text"] if matches else token


def _label(text: str, known: dict[str, str]) -> tuple[str, str]:
    """The known label that the text begins with, and what is left of it."""
    text = text.strip(_TRIM)
    if plain(text) in known:
        return known[plain(text)], ""
    words = text.split()
    for size in range(len(words), 0, -1):  # longest first: a label may hold a space
        start = plain("".join(words[:size]))
        if start in known:
            return known[start], " ".join(words[size:]).strip(_TRIM)
    if bare(text) in known:
        return known[bare(text)], ""
    return text, ""
