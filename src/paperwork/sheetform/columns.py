"""The columns of a form as a sheet, and which of them a head means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from paperwork.model import Fact, Field, Form, Section
from paperwork.wordform.labels import META_LABELS, PARTY_LABELS, bare, identifies_party, plain

Kind = Literal["value", "meta", "common", "item", "list"]


@dataclass(frozen=True)
class Column:
    """One column: an answer of its own, a field of the one item of a row, or a whole list inside its cell."""

    tag: str  # as a finding names the field: party.name, licences.no, officers, matter
    kind: Kind
    name: str  # fact, key of the meta, short name of an item's field, list
    label: str  # its head: no two columns of a form have the same
    fact: Fact | None = None
    list: str = ""
    section: str = ""
    required: bool = False
    help: str = ""
    example: str = ""
    sample: str | None = None  # in the row that shows a whole matter, "" = left empty; None: the form shows none
    parts: tuple[Part, ...] = ()  # of a list: what each line of the cell holds, in order

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"「{self.label}」一栏"


@dataclass(frozen=True)
class Part:
    """One part of an item that is written as a line in a cell."""

    name: str
    label: str
    fact: Fact
    required: bool
    example: str


def columns_of(form: Form, facts: Mapping[str, Fact]) -> tuple[Column, ...]:
    """All columns in the order of the form: which matter, the sections, who filled it in.

    A list that the form adds to has one item a row, and a column for each of its fields; a list that it sets as a whole
    stands in one cell.
    """
    known: dict[str, Column] = {}
    shown = any(s.sample or any(field.sample for field in s.fields) for s in form.sections)
    for column in (*_first(form), *_asked(form, facts), *_last()):
        label = column.label
        if plain(label) in known:
            label = f"{column.label}（{column.section or column.tag}）"
        known[plain(label)] = replace(column, label=label, sample=(column.sample or "") if shown else None)
    return tuple(known.values())


def _first(form: Form) -> Iterator[Column]:
    joins = not form.opens
    help = "" if joins else "新立的事项不填"
    yield Column("matter", "meta", "matter", META_LABELS["matter"][0], required=joins, help=help)
    if identifies_party(form):
        yield Column("party", "meta", "party", PARTY_LABELS[0], required=True)


def _last() -> Iterator[Column]:
    day = Fact("submitted_at", "填表日期", "date")
    yield Column("submitted_by", "meta", "submitted_by", META_LABELS["submitted_by"][0])
    yield Column("submitted_at", "meta", "submitted_at", META_LABELS["submitted_at"][0], day)
    help = "更正已交的行时填写"
    yield Column("corrects", "meta", "corrects", META_LABELS["corrects"][0], help=help)


def _asked(form: Form, facts: Mapping[str, Fact]) -> Iterator[Column]:
    for section in form.sections:
        for field in section.fields:
            if field.fact in facts:
                yield _column(field, Column(field.fact, "value", field.fact, field.label, facts[field.fact]), section)
        if section.list in facts:
            yield from _of_list(section, facts[section.list])


def _of_list(section: Section, owner: Fact) -> Iterator[Column]:
    parts = tuple(_parts(section.columns, section, owner))
    fields = [("common", field) for field in section.common]
    if _one_a_row(section):
        fields += [("item", field) for field in section.columns]
    for kind, field in fields:
        short = field.fact.removeprefix(f"{section.list}.")
        if short in owner.items:
            tag = f"{section.list}.{short}"
            asked: Kind = "item" if kind == "item" else "common"
            yield _column(field, Column(tag, asked, short, field.label, owner.items[short], section.list), section)
    if not _one_a_row(section):
        example = "｜".join(part.example for part in parts).rstrip("｜")
        yield Column(
            section.list, "list", section.list, owner.label, owner, section.list, section.title,
            example=example if all(part.example for part in parts if part.required) else "", parts=parts,
            sample=section.sample,
        )  # fmt: skip


def _one_a_row(section: Section) -> bool:
    return section.mode == "adds" or section.layout == "pairs"


def _parts(fields: Sequence[Field], section: Section, owner: Fact) -> Iterator[Part]:
    for field in fields:
        short = field.fact.removeprefix(f"{section.list}.")
        if short in owner.items:
            yield Part(short, field.label, owner.items[short], field.required, field.example)


def _column(field: Field, column: Column, section: Section) -> Column:
    told = replace(column, section=section.title, required=field.required, help=field.help, example=field.example)
    return replace(told, sample=field.sample)


class Heads:
    """Which column a head means: by our label, the fact's name, its label, an alias; with brackets or without."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._found: dict[str, list[Column]] = {}
        for words in zip(*(_strengths(column) for column in columns), strict=True):
            taken = set(self._found)  # a weaker word never adds to a stronger one
            for column, texts in zip(columns, words, strict=True):
                for key in dict.fromkeys(texts):
                    if key and key not in taken:
                        self._found.setdefault(key, []).append(column)

    def of(self, texts: Sequence[str]) -> dict[int, Column]:
        """Position → column, for a row of texts. No column is meant twice."""
        heads: dict[int, Column] = {}
        used: set[str] = set()
        for at, text in enumerate(texts):
            for key in (plain(text), plain(text.strip().split("\n")[0]), bare(text)) if text.strip() else ():
                column = next((c for c in self._found.get(key, ()) if c.tag not in used), None)
                if column is not None:
                    heads[at] = column
                    used.add(column.tag)
                    break
        return heads


def _strengths(column: Column) -> tuple[list[str], ...]:
    aliases = list(column.fact.aliases) if column.fact else []
    if column.kind == "meta":
        aliases = list(PARTY_LABELS if column.name == "party" else META_LABELS[column.name])
    of_fact = [column.fact.label] if column.fact else []
    loose = [bare(text) for text in (column.label, *of_fact, *aliases)]
    return [plain(column.label)], [plain(column.tag)], [plain(t) for t in of_fact], [plain(t) for t in aliases], loose
