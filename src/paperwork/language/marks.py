"""Chinese punctuation: where a text comes apart, and what stands there in English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

OPEN, CLOSE = "（「『《“", "）」』》”"
ENGLISH = {
    "。": ". ", "；": "; ", "：": ": ", "，": ", ", "、": ", ", "？": "? ", "！": "! ", "\u3000": "  ",
    "（": " (", "）": ") ", "「": " “", "」": "” ", "『": " ‘", "』": "’ ", "《": " “", "》": "” ",
    "“": " “", "”": "” ",
}
LAYOUT = ("\n", "\u3000", "  ")
"""What parts columns and lines: no sentence runs on behind it."""
SENTENCE = ("。", "；", "：", "，", "、", "", " ")
"""What parts a sentence, the strongest first; the empty one are brackets."""
_EDGES = " \u3000\n。；：，、"
_TOO_FAR = re.compile(r" +(?=[,.;:?!)”’](?:\s|$|[)”’]))|(?<=[(“‘]) +| +(?= [(“‘])")


class Piece(NamedTuple):
    """A part of a text, and the mark behind it ("" at the end)."""

    text: str
    mark: str


def edged(text: str) -> tuple[str, str, str]:
    """What stands before, between and behind the marks and spaces at both ends."""
    core = text.strip(_EDGES)
    start = text.index(core)
    return text[:start], core, text[start + len(core) :]


def pieces(text: str, mark: str) -> Sequence[Piece]:
    """`text` parted at each `mark`, within brackets only where lines are; "" parts at the outermost brackets."""
    found, depth, begun = [], 0, 0
    for at, character in enumerate(text):
        outside = depth == 0
        depth += (character in OPEN) - (character in CLOSE and depth > 0)
        bracket = mark == "" and outside != (depth == 0)
        if bracket or (mark and (outside or mark in LAYOUT) and at >= begun and text.startswith(mark, at)):
            found.append(Piece(text[begun:at], mark or character))
            begun = at + (len(mark) or 1)
    return [*found, Piece(text[begun:], "")]


def english(mark: str) -> str:
    """Punctuation in English, with the spaces that belong to it."""
    return "".join(ENGLISH.get(character, character) for character in mark)


def spaced(text: str) -> str:
    """Without the spaces that marks put beside each other."""
    return _TOO_FAR.sub("", text)
