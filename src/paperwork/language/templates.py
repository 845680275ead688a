"""A sentence with places to fill in: found again in what was said, and filled anew."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection, Mapping, Sequence

HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile("[\u3400-\u9fff][\u3400-\u9fff：「《（]")
_PLACE = re.compile(r"\{\{|\}\}|\{([A-Za-z_][\w.]*)\}")
_COUNTED = re.compile(r"count\d*")  # what `len` gives: digits, so that no name is taken for a number


class Template:
    """`文号「{number}」已经用在别的文书上`. The same place twice, or two side by side, is fine."""

    def __init__(self, text: str) -> None:
        self.pieces, self.names = parsed(text)
        self.anchor = max(self.pieces, key=len)
        """The longest piece that does not change: what lacks it is not this sentence."""
        self.said = sum(len(HAN.findall(piece)) for piece in self.pieces)
        """How many Chinese characters are its own."""
        self.length = sum(map(len, self.pieces))
        self.loose = not any(_WORD.search(piece) for piece in self.pieces)
        """Whether a name may well be taken for it: single characters with something between (`第{number}条`)."""

    def values(self, text: str) -> Mapping[str, str] | None:
        """What stands in the places; None when `text` is another sentence."""
        found = self._shape.fullmatch(text)
        return dict(zip(self.names, found.groups(), strict=True)) if found else None

    def runs_into(self, values: Mapping[str, str], names: Collection[str]) -> bool:
        """Whether it is short and touches the Chinese of one of `names`: both may be one word (`禁入` and `提示`)."""
        row = [("", self.pieces[0])]
        for name, after in zip(self.names, self.pieces[1:], strict=True):
            row += (name, values[name]), ("", after)
        return self.said <= 2 and any(
            (left in names or right in names) and HAN.match(before[-1:]) and HAN.match(behind[:1])
            for (left, before), (right, behind) in itertools.pairwise(row)
        )

    @functools.cached_property
    def _shape(self) -> re.Pattern[str]:
        shape = re.escape(self.pieces[0])
        for number, (name, after) in enumerate(zip(self.names, self.pieces[1:], strict=True)):
            beside = number and not self.pieces[number]  # two side by side: the first takes it all
            what = r"\d+" if _COUNTED.fullmatch(name) else r"[^。；，、\n]+?" if self.loose else ".*?"
            shape += f"({'' if beside else what}){re.escape(after)}"
        return re.compile(shape, re.DOTALL)


def parsed(text: str) -> tuple[Sequence[str], Sequence[str]]:
    """The pieces that do not change, one more than places, and the places' names in order."""
    pieces, names, at = [""], [], 0
    for found in _PLACE.finditer(text):
        pieces[-1] += text[at : found.start()]
        at = found.end()
        if found[1]:
            names.append(found[1])
            pieces.append("")
        else:
            pieces[-1] += found[0][0]
    pieces[-1] += text[at:]
    return pieces, names


def filled(template: tuple[Sequence[str], Sequence[str]], values: Mapping[str, str]) -> str:
    """A parsed template with `values` in its places."""
    pieces, names = template
    text = pieces[0]
    for name, after in zip(names, pieces[1:], strict=True):
        value = values.get(name, "")
        text += value + (after if value or text[-1:] not in ("", " ") else after.removeprefix(" "))
    return text
