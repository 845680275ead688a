"""Collects what the blocks of a Word document say into answers, rows and leftovers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from paperwork.model import Raw, RawItem
from paperwork.wordform.answers import NONE, Answer, answer
from paperwork.wordform.boxes import has_marks, ticked
from paperwork.wordform.grid import Cell, Row
from paperwork.wordform.labels import Names, Slot, Table, bare, leftover, plain
from paperwork.wordform.spots import Spots
from paperwork.wordform.words import Bit, Words, base


@dataclass
class Gathered:
    """What has been found so far. Filled by the two passes of `Gatherer`, read once at the end."""

    meta: dict[str, Raw] = field(default_factory=dict)
    values: dict[str, Raw] = field(default_factory=dict)
    common: dict[str, Raw] = field(default_factory=dict)
    items: dict[str, list[RawItem]] = field(default_factory=dict)
    alone: dict[str, dict[str, Raw]] = field(default_factory=dict)  # the one item of a list asked in pairs
    touched: set[str] = field(default_factory=set)  # lists in whose one item somebody wrote
    none: dict[str, Raw] = field(default_factory=dict)
    unknown: list[Raw] = field(default_factory=list)
    spots: Spots = field(default_factory=Spots)

    def put(self, slot: Slot, found: Answer) -> None:
        """Keep an answer. A second, different one for the same slot is left over."""
        home = self.home(slot)
        if found.stray is not None:
            self.unknown.append(_beside(found.stray))
        if found.raw is None:
            return
        if slot.name in home and home[slot.name].value != found.raw.value:
            self.unknown.append(leftover(f"又写了一次的{found.raw.place}", _text(found.raw), found.raw.place))
        home.setdefault(slot.name, found.raw)

    def home(self, slot: Slot) -> dict[str, Raw]:
        """Where the answer of this slot is kept."""
        if slot.kind == "item":
            return self.alone.setdefault(slot.list, {})
        return {"meta": self.meta, "value": self.values, "common": self.common}[slot.kind]

    def lists(self) -> dict[str, tuple[RawItem, ...]]:
        """Rows by list; a ticked 无 is an empty list, and with rows beside it a contradiction to be told."""
        lists = {name: tuple(items) for name, items in self.items.items() if items}
        lists |= {name: (item,) for name, item in self.alone.items() if name in self.touched}
        for name, raw in self.none.items():
            if name in lists:
                self.unknown.append(leftover("既勾选「无」又填写了内容", "", raw.place))
            lists.setdefault(name, ())
        return lists


class Gatherer:
    """One form being read. Knows the form's names; told of paragraphs and tables in their order."""

    def __init__(self, names: Names, tags: Counter[str]) -> None:
        self.names = names
        self.found = Gathered()
        self._tags = tags  # how often each tag stands in the document
        self._section = ""
        self._table_section = ""

    def table(self, rows: Sequence[Row]) -> None:
        """A table begins: most of the labels in it that stand in one section only tell to which it belongs."""
        told = [self.names.at(cell.text) for row in rows for cell in row if not cell.words.controls]
        sections = Counter(slots[0].section for slots in told if len({slot.section for slot in slots}) == 1)
        del sections[""]
        self._table_section = next((section for section, _ in sections.most_common(1)), "")

    def paragraph(self, words: Words) -> None:
        """A paragraph between tables: a heading, tagged answers, 「标签：值」, or nothing of ours."""
        text = words.text
        section = self.names.sections.get(plain(text))
        if section is not None:
            self._section = section.title
            return
        if not self._tagged(words) and text:
            self._lines(words)
            name = next((t.name for t in self.names.tables.values() if t.title == self._section), "")
            self._none_line(words, name)

    def pair(self, label: str, slots: Sequence[Slot], cell: Cell) -> None:
        """A label and the cell beside it."""
        slot = self._choose(slots)
        self._keep(slot, slot.place_of(_shown(label)), cell.words)

    def tagged(self, row: Row) -> set[int]:
        """Takes every cell of the row whose controls name an answer; tells which cells those were."""
        taken = set()
        for n, cell in enumerate(row):
            if cell.words.tags and not self._copied(row, n) and self._tagged(cell.words):
                taken.add(n)
        return taken

    def header(self, table: Table, heads: dict[str, Cell]) -> None:
        """The header row of a list: column → cell."""
        for column, cell in heads.items():
            self.found.spots.head(table.name, column, cell.words)

    def item(self, table: Table, cells: dict[str, Cell], row: int) -> None:
        """One row of a list: column → cell."""
        item: dict[str, Raw] = {}
        touched = False
        for column, cell in cells.items():
            self.found.spots.cell(table.name, row, column, cell.words)
            found = answer(cell.words, table.columns[column][1], table.place(row, column))
            if cell.merged and cell.text:
                found = Answer(Raw(cell.text, table.place(row, column)))
            if found.stray is not None:
                self.found.unknown.append(_beside(found.stray))
            if found.raw is not None:
                item[column] = found.raw
                # a value that came with the blank, and may not be changed there, is no sign that someone wrote
                touched = touched or not (cell.merged or any(c.locked for c in cell.words.controls))
        if set(map(_text, item.values())) == {NONE}:
            self.found.none[table.name] = Raw(NONE, table.place(row))
        elif touched:
            self.found.items.setdefault(table.name, []).append(item)
            self.found.spots.item(table.name, row)

    def none_row(self, table: Table, words: Words) -> None:
        """The box 无 that stands over a table, or the word by itself."""
        self._none_line(words, table.name)

    def stray(self, label: str, cell: Cell) -> None:
        """A label that no answer of the form bears, with a value beside it."""
        place = f"「{_shown(label)}」一栏"
        self.found.spots.places.setdefault(place, cell.words)
        self.found.unknown.append(leftover(_shown(label), cell.text, place))

    def _keep(self, slot: Slot, place: str, words: Words) -> None:
        self.found.spots.answer(slot.tag, place, words)
        found = answer(words, slot.fact, place)
        self.found.put(slot, found)
        if slot.kind == "item":
            self.found.spots.head(slot.list, slot.name, words)
            # as in a row: what came with the blank, and may not be changed there, is no sign that someone wrote
            if found.raw is not None and not any(control.locked for control in words.controls):
                self.found.touched.add(slot.list)

    def _none_line(self, words: Words, name: str) -> None:
        text = words.text
        said = ticked(text, (NONE,)).labels == (NONE,) if has_marks(text) else bare(text) == NONE
        if name and said:
            place = f"「{self.names.tables[name].label}」"
            self.found.spots.places.setdefault(place, words)
            self.found.none.setdefault(name, Raw(NONE, place))

    def _tagged(self, words: Words) -> bool:
        """Answers by the tags of controls. False when none of them is ours."""
        if not words.tags:
            return False
        bases = list(dict.fromkeys(base(tag) for tag in words.tags))
        for tag in (tag for tag in words.tags if tag.endswith("!none") and base(tag) in self.names.tables):
            self._none_line(words.of(base(tag)), base(tag))
        slots = {tag: slot for tag in bases if (slot := self.names.of(tag)) is not None}
        for tag, slot in slots.items():
            self._keep(slot, slot.place, words if len(bases) == 1 else words.of(tag))
        return bool(slots) or any(tag in self.names.tables for tag in bases)

    def _copied(self, row: Row, n: int) -> bool:
        """A control copied from elsewhere: its tag stands twice, and the label beside it says something else."""
        tag = next(iter(row[n].words.tags), "")
        slot = self.names.of(tag)
        if n == 0 or "=" in tag or self._tags[tag] < 2 or slot is None:
            return False
        slots = self.names.at(row[n - 1].text)
        return bool(slots) and slot not in slots

    def _choose(self, slots: Sequence[Slot]) -> Slot:
        """Of answers with one label: that of the section or the table we are in, else the first that is still open."""
        sections = (self._section, self._table_section)
        here = next((own for at in sections if (own := [s for s in slots if s.section == at])), list(slots))
        return next((slot for slot in here if slot.name not in self.found.home(slot)), here[0])

    def _lines(self, words: Words) -> None:
        """`填表人：甲　填表日期：乙`: labels and values in running text."""
        for label, value in _labelled(words.text, self.names):
            slot = self._choose(self.names.at(label))
            if value:
                self._keep(slot, slot.place, Words((Bit(value, None),), (), words.at))


def _labelled(text: str, names: Names) -> Iterator[tuple[str, str]]:
    marks = [(m.start(), m.end(), m[1]) for m in re.finditer(r"(\S[^\s:：]{0,30})[:：]", text) if names.at(m[1])]
    for n, (_, end, label) in enumerate(marks):
        stop = marks[n + 1][0] if n + 1 < len(marks) else len(text)
        yield label, text[end:stop].split("\n")[0].strip()


def _beside(stray: Raw) -> Raw:
    return leftover(f"{stray.place}控件以外的文字", _text(stray), stray.place)


def _shown(label: str) -> str:
    return label.strip().split("\n")[0].strip(" \u3000＊*:：")


def _text(raw: Raw) -> str:
    return "、".join(raw.value) if isinstance(raw.value, tuple) else str(raw.value).strip()
