"""Reads a filled PDF form by the tags of its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from paperwork.model import Fact, Form, Raw, RawForm, RawItem
from paperwork.pdfform import Filled, filled
from paperwork.wordform.labels import Names, Slot, Table, leftover, names_of
from paperwork.wordform.unreadable import unknown_form

_ITEM = re.compile(r"(?P<list>[^\[\]]+)\[(?P<row>\d{1,4})\]\.(?P<field>[^\[\]=!]+)")
_NONE = "无"
_YES_NO = (("yes", "是"), ("no", "否"))


def read(data: bytes, forms: Mapping[str, Form], facts: Mapping[str, Fact]) -> tuple[RawForm, ...]:
    """The one form in a PDF. Raises `Unreadable` when it holds no fields of a form of the office."""
    told = filled(data)
    form = forms.get(told.form)
    if form is None:
        raise unknown_form(told.form, forms)
    reader = _Reader(told, names_of(form, facts))
    reader.read()
    meta = {**reader.meta, **({"form_version": Raw(str(told.version), "文件属性")} if told.version else {})}
    return (RawForm(form.id, 0, meta, reader.values, reader.lists, reader.common, tuple(reader.unknown)),)


@dataclass
class _Reader:
    """One PDF being sorted into answers, lists and leftovers."""

    told: Filled
    names: Names
    meta: dict[str, Raw] = field(default_factory=dict)
    values: dict[str, Raw] = field(default_factory=dict)
    common: dict[str, Raw] = field(default_factory=dict)
    lists: dict[str, tuple[RawItem, ...]] = field(default_factory=dict)
    unknown: list[Raw] = field(default_factory=list)

    def read(self) -> None:
        known: set[str] = set()
        for tag, slot in self.names.slots.items():
            if slot.kind != "item":
                known.add(tag)
                if raw := self._answer(tag, slot.fact, slot.place):
                    {"meta": self.meta, "common": self.common, "value": self.values}[slot.kind][slot.name] = raw
        for table in self.names.tables.values():
            items = tuple(item for item in self._items(table) if item)
            none = f"{table.name}!none" in self.told.ticked
            if none and items:
                place = f"「{table.label}」"
                self.unknown.append(leftover("既勾选「无」又填写了内容", "", place))
            if items or none:
                self.lists[table.name] = items
        for tag, text in self.told.texts.items():
            item = _ITEM.fullmatch(tag)
            if tag not in known and not (item and item["list"] in self.names.tables):
                self.unknown.append(leftover(tag, text, f"「{tag}」一栏"))

    def _items(self, table: Table) -> Iterator[RawItem]:
        """The rows in which somebody wrote: what came with the blank is no sign of that."""
        tags = {tag.partition("=")[0].partition("!")[0] for tag in (*self.told.texts, *self.told.ticked)}
        rows = {int(m["row"]) for tag in tags if (m := _ITEM.fullmatch(tag)) and m["list"] == table.name}
        for number, row in enumerate(sorted(rows), 1):
            found: dict[str, Raw] = {}
            touched = False
            for short, (label, fact) in table.columns.items():
                tag = f"{table.name}[{row}].{short}"
                place = self._place(table, number, short, label)
                if raw := self._answer(tag, fact, place):
                    found[short] = raw
                    touched |= tag not in self.told.locked
            yield found if touched else {}

    def _place(self, table: Table, number: int, short: str, label: str) -> str:
        slot: Slot | None = self.names.slots.get(f"{table.name}.{short}") if table.in_pairs else None
        return slot.place if slot else f"「{table.label}」第{number}行「{label}」"

    def _answer(self, tag: str, fact: Fact | None, place: str) -> Raw | None:
        if tag in self.told.texts:
            return Raw(self.told.texts[tag], place)
        if fact is None or fact.type not in ("flag", "set"):
            return None
        boxes = _YES_NO if fact.type == "flag" else tuple((choice.code, choice.label) for choice in fact.choices)
        ticks = [label for code, label in boxes if f"{tag}={code}" in self.told.ticked]
        none = [_NONE] if f"{tag}!none" in self.told.ticked else []
        if fact.type == "flag":
            return Raw("、".join(ticks), place) if ticks else None
        if none and not ticks:
            return Raw((), place)
        return Raw((*ticks, *none), place) if ticks else None
