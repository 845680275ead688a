"""English for what was said in Chinese: whole sentences, sentences with something filled in, or part by part.

Of several readings the one counts that leaves the least Chinese, then the one of the fewest parts. What has no English
stays as it is (a name, a case number, what a party said, the text of a law), and a sentence of which less than half
would be English stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from paperwork.language import dates, marks
from paperwork.language.templates import HAN, Template, filled, parsed

_FOREIGN = re.compile("[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
_KINDS = "docx|xlsx|pdf|json|toml|txt|zip|html|md"
_NAME = re.compile(rf"[^\s，。；：、（）「」《》]+(?:\.(?:{_KINDS})|〔\d{{4}}〕\d+号)|\s*│.*", re.DOTALL)
"""Files, numbers of documents, and what is quoted from a paper: the same in every language."""
_COLOUR = re.compile("(\x1b\\[[0-9;]*m)")
_TOGETHER = 6  # parts of a text that may be one sentence


class Reading(NamedTuple):
    """`left`: Chinese characters without English; `parts`: how many entries of the catalogue were put together."""

    text: str
    left: int
    parts: int

    @property
    def badness(self) -> tuple[int, int]:
        return self.left, self.parts


class Reader:
    """A catalogue that is asked for what it does not hold letter for letter."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        """`entries`: template in Chinese → template in English."""
        self._exact: dict[str, str] = {}
        self._bare: dict[str, str] = {}
        self._sentences: list[tuple[Template, tuple[Sequence[str], Sequence[str]]]] = []
        self._read: dict[str, Reading] = {}
        for said, english in entries.items():
            before, core, after = marks.edged(said)
            bare = english.lstrip(" ,;:").rstrip(" .,;:") if before or after else english.strip(" ")
            if parsed(said)[1]:
                self._sentences.append((Template(core), parsed(bare)))
                continue
            self._exact[filled(parsed(said), {})] = filled(parsed(english), {})
            self._bare.setdefault(filled(parsed(core), {}), filled(parsed(bare), {}))
            if core[:1] == "（" and core[-1:] == "）" and bare[:1] == "(" and bare[-1:] == ")":
                self._bare.setdefault(filled(parsed(core[1:-1]), {}), filled(parsed(bare[1:-1]), {}))
        self._bare |= self._exact
        self._sentences.sort(key=lambda sentence: (-sentence[0].length, len(sentence[0].names)))

    def spoken(self, text: str) -> str:
        """`text` in English as far as the catalogue goes."""
        if not _FOREIGN.search(text):
            return text
        if text in self._exact:
            return self._exact[text]
        parts = _COLOUR.split(text)
        heard = "".join(part if part.startswith("\x1b") else self._reading(part).text for part in parts)
        return heard.rstrip(" ") if marks.edged(text)[1] and text[-1].strip() else heard

    def _reading(self, text: str) -> Reading:
        if text not in self._read:
            self._read[text] = self._at_its_best(text)
        return self._read[text]

    def _at_its_best(self, text: str) -> Reading:
        before, core, after = marks.edged(text)
        if not HAN.search(core):
            return Reading(marks.spaced("".join(map(marks.english, (before, core, after)))), 0, 0)
        if _NAME.fullmatch(core):
            return Reading(text, 0, 0)
        best = self._whole(core)
        if best is None or best.left:
            best = min(filter(None, (best, self._by_layout(core))), key=lambda reading: reading.badness)
        if best.text == core:
            return best._replace(text=text)
        return best._replace(text=marks.spaced(marks.english(before) + best.text + marks.english(after)))

    def _whole(self, text: str) -> Reading | None:
        """`text` as one entry of the catalogue."""
        known = self._bare.get(text) or dates.told(text)
        if known:
            return Reading(known, 0, 1)
        best = None
        for sentence, english in self._sentences:
            if sentence.anchor not in text or (values := sentence.values(text)) is None:
                continue
            read = {name: self._reading(value) for name, value in values.items()}
            left, parts = sum(one.left for one in read.values()), 1 + sum(one.parts for one in read.values())
            unread = [name for name, one in read.items() if one.left]
            if unread and (sentence.loose or sentence.runs_into(values, unread)):
                continue
            told = Reading(filled(english, {name: one.text for name, one in read.items()}), left, parts)
            if best is None or told.badness < best.badness:
                best = told
            if not left:
                break
        return best

    def _by_layout(self, text: str) -> Reading:
        mark = next((mark for mark in marks.LAYOUT if mark in text), None)
        return self._joined(text, mark) if mark else self._by_sentence(text)

    def _by_sentence(self, text: str) -> Reading:
        """`text` part by part; the whole as it is where less than half of it would be English."""
        chinese = len(HAN.findall(text))
        told = [self._joined(text, mark) for mark in self._marks(text)]
        told = [one for one in told if one.left * 2 <= chinese]
        return min(told, key=lambda reading: reading.badness, default=Reading(text, chinese, 1))

    def _marks(self, text: str) -> Iterator[str]:
        """Where `text` may come apart: at its strongest mark, or where rows of words do (their words may hold it)."""
        strongest = next((mark for mark in marks.SENTENCE if len(marks.pieces(text, mark)) > 1), None)
        if strongest is not None:
            yield strongest
            yield from (mark for mark in "、 " if mark != strongest and len(marks.pieces(text, mark)) > 1)

    def _joined(self, text: str, mark: str) -> Reading:
        """The best row of sentences among the parts of `text` at `mark`; a sentence may run over several of them."""
        parts = marks.pieces(text, mark)
        best = [Reading("", 0, 0)] * (len(parts) + 1)
        for start in reversed(range(len(parts))):
            ways = []
            for end in range(start + 1, min(start + 1 + _TOGETHER, len(parts) + 1)):
                raw = "".join(part.text + part.mark for part in parts[start:end])
                behind = parts[end - 1].mark
                whole = raw[: len(raw) - len(behind)]
                told = self._reading(whole) if end == start + 1 else self._whole(whole)
                if told:
                    row = told.text + marks.english(behind) + best[end].text
                    ways.append(Reading(row, told.left + best[end].left, told.parts + best[end].parts))
            best[start] = min(ways, key=lambda reading: reading.badness)
        return best[0] if best[0].left < len(HAN.findall(text)) else best[0]._replace(text=text)
