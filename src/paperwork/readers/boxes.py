"""Ticked boxes in a line of text: ☑是 □否, √是, 是√, ■轻微 □无 … as Word and as people by hand write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from paperwork.readers.labels import bare, plain

TICKED, UNTICKED = "☑☒√✓✔✅■▣●◉🗹🗸⬛", "☐□○◯▢◻⬜"
MARKS = TICKED + UNTICKED
_PREFIX = re.compile(rf"(?P<marks>(?:[{MARKS}]\s*)+)(?P<text>[^{MARKS}]*)(?P<after>(?:(?<=\S)[{TICKED}](?=\s|$))?)")
_SUFFIX = re.compile(rf"(?P<text>[^{MARKS}]+)(?P<marks>(?:\s*[{MARKS}])+)(?P<after>)")
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
    by_hand = text.lstrip()[:1] not in MARKS
    head = ""
    if by_hand and not _starts_with_label(text, known):
        cut = next((n for n, char in enumerate(text) if char in MARKS), len(text))
        head, text, by_hand = text[:cut], text[cut:], False
    found: list[str] = []
    stray = [head.strip(_TRIM)]
    for match in (_SUFFIX if by_hand else _PREFIX).finditer(text):
        label, rest = _label(match["text"], known)
        on = any(mark in TICKED for mark in match["marks"] + match["after"])
        if on and label and label not in found:
            found.append(label)
        stray.append(rest)
    return Ticks(tuple(found), " ".join(part for part in stray if part))


def _starts_with_label(text: str, known: dict[str, str]) -> bool:
    first = re.split(rf"[{MARKS}]", text, maxsplit=1)[0]
    return plain(first) in known or bare(first) in known


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
