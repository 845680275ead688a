"""Which answer a label means. Offices write labels with spaces, colons, stars and remarks in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from paperwork.kept import per_object
from paperwork.model import Fact, Field, Form, Raw, Section

META_LABELS: Mapping[str, tuple[str, ...]] = {
    "matter": ("案号或编号", "案号", "编号", "事项编号", "案件编号"),
    "submitted_by": ("填表人", "填报人", "填写人", "提交人"),
    "submitted_at": ("填表日期", "填报日期", "填写日期", "提交日期", "填表时间"),
    "corrects": ("更正的回执编号", "更正回执编号", "更正"),
    "form_id": ("表单编号", "表号"),
}
PARTY_LABELS = ("当事人", "当事人名称", "当事人姓名", "名称（姓名）")
_MOST_SHOWN = 120
_ITEM = re.compile(r"(?P<list>[^\[\]]+)\[\d+\]\.(?P<field>.+)")
_NOISE = re.compile(r"[\s\u200b\ufeff*:﹡∗]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|〔[^〕]*〕")


def leftover(name: str, text: str, place: str) -> Raw:
    """Something that no answer of the form bears: `name：text`, short enough to be shown."""
    return Raw(f"{name}：{text}"[:_MOST_SHOWN] if text else name, place)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Without spaces, colons and stars, full-width forms made half-width."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """`plain`, and without what stands in brackets."""
    return _BRACKETS.sub("", plain(text))


@lru_cache(maxsize=8192)
def item_tag(tag: str) -> tuple[str, str] | None:
    """`evidence[2].kind` → (evidence, kind)."""
    match = _ITEM.fullmatch(tag)
    return (match["list"], match["field"]) if match else None


Kind = Literal["value", "meta", "common", "item"]


@dataclass(frozen=True)
class Slot:
    """One answer that the form asks for, outside a table of rows."""

    kind: Kind
    name: str  # fact name; short name of a common field or of a field of a lone item; key of the meta
    label: str
    fact: Fact | None = None
    section: str = ""
    list: str = ""  # of a common field and of an item's
    within: str = ""  # of an item's: the label of its list

    @property
    def tag(self) -> str:
        """`party.name`, `approvals.draft`, `talks.kind`."""
        return f"{self.list}.{self.name}" if self.list else self.name

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return self.place_of(self.label)

    def place_of(self, label: str) -> str:
        """The same under the label that the clerk's form bears."""
        return f"「{self.within}」的「{label}」一栏" if self.kind == "item" else f"「{label}」一栏"


@dataclass(frozen=True)
class Table:
    """A list that the form asks for: its columns by short name, and by every label they may bear."""

    name: str
    title: str  # of its section
    label: str
    columns: Mapping[str, tuple[str, Fact]]  # short name → label, fact
    heads: Mapping[str, str]  # normalised label → short name
    in_pairs: bool = False  # one item, asked as labels and answers: its fields are slots

    def place(self, row: int, column: str = "") -> str:
        """「证据」第2行「证据名称」; rows count from 1 below the header."""
        label = self.columns[column][0] if column in self.columns else column
        return f"「{self.label}」第{row}行" + (f"「{label}」" if label else "")


@dataclass(frozen=True)
class Names:
    """Everything that the form may be asked for, by tag and by label."""

    slots: Mapping[str, Slot]  # by tag; that of an item's field without the item's number
    labels: Mapping[str, tuple[Slot, ...]]  # by normalised label
    tables: Mapping[str, Table]
    sections: Mapping[str, Section] = field(default_factory=dict)  # by normalised title

    def of(self, tag: str) -> Slot | None:
        """The slot of a control's tag; `talks[1].kind` is `talks.kind`."""
        item = item_tag(tag)
        return self.slots.get(".".join(item) if item else tag)

    def rows_of(self, name: str) -> Table | None:
        """The list with this name, when it is asked in rows under a header."""
        table = self.tables.get(name)
        return None if table is None or table.in_pairs else table

    def at(self, text: str) -> tuple[Slot, ...]:
        """The slots whose label the text is: in full, or its first line, with or without what stands in brackets."""
        first = text.strip().split("\n")[0]
        for key in (plain(text), plain(first), bare(first), bare(text)):
            if key and key in self.labels:
                return self.labels[key]
        return ()


@per_object
def names_of(form: Form, facts: Mapping[str, Fact]) -> Names:
    """The index of one form."""
    slots = {slot.tag: slot for slot in _slots(form, facts)}
    tables = {s.list: _table(s, facts[s.list]) for s in form.sections if s.list and s.list in facts}
    labels: dict[str, list[Slot]] = {}
    for keys in zip(*(_strengths(slot) for slot in slots.values()), strict=True):
        taken = set(labels)  # a weaker label never adds to a stronger one
        for slot, words in zip(slots.values(), keys, strict=True):
            for key in dict.fromkeys(words):
                if key and key not in taken:
                    labels.setdefault(key, []).append(slot)
    sections = {plain(section.title): section for section in form.sections}
    return Names(slots, {key: tuple(found) for key, found in labels.items()}, tables, sections)


def _slots(form: Form, facts: Mapping[str, Fact]) -> Iterator[Slot]:
    for section in form.sections:
        for asked in section.fields:
            if asked.fact in facts:
                yield Slot("value", asked.fact, asked.label, facts[asked.fact], section.title)
        if section.list in facts:
            yield from _list_slots(section, facts[section.list])
    for name, labels in META_LABELS.items():
        yield Slot("meta", name, labels[0])
    if identifies_party(form):
        yield Slot("meta", "party", PARTY_LABELS[0])


def _list_slots(section: Section, owner: Fact) -> Iterator[Slot]:
    """What a list asks outside a table: what is asked once, and in pairs all."""
    fields: list[tuple[Kind, Field]] = [("common", asked) for asked in section.common]
    if section.layout == "pairs":
        fields += [("item", asked) for asked in section.columns]
    for kind, asked in fields:
        short = asked.fact.removeprefix(f"{section.list}.")
        if short in owner.items:
            fact = owner.items[short]
            yield Slot(kind, short, asked.label, fact, section.title, section.list, owner.label)


def identifies_party(form: Form) -> bool:
    """Whether the party stands on the form only to say whose matter it joins."""
    return not form.opens and all(f.fact != "party.name" for section in form.sections for f in section.fields)


def _strengths(slot: Slot) -> tuple[list[str], ...]:
    """Labels in four strengths: the form's own, the fact's, aliases, and all of them without brackets."""
    own = [slot.label]
    of_fact = [slot.fact.label] if slot.fact else []
    if slot.kind == "meta":
        aliases = list(PARTY_LABELS if slot.name == "party" else META_LABELS[slot.name])
    else:
        aliases = list(slot.fact.aliases) if slot.fact else []
    loose = [bare(text) for text in own + of_fact + aliases]
    return _plain(own), _plain(of_fact), _plain(aliases), loose


def _plain(texts: Iterable[str]) -> list[str]:
    return [plain(text) for text in texts]


def _table(section: Section, fact: Fact) -> Table:
    columns: dict[str, tuple[str, Fact]] = {}
    for asked in section.columns:
        short = asked.fact.removeprefix(f"{section.list}.")
        if short in fact.items:
            columns[short] = (asked.label, fact.items[short])
    heads: dict[str, str] = {}
    for normal in (plain, bare):
        for short, (label, item) in columns.items():
            for text in (label, item.label, *item.aliases):
                heads.setdefault(normal(text), short)
    heads.pop("", None)
    return Table(section.list, section.title, fact.label, columns, heads, section.layout == "pairs")
