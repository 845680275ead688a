"""What a blank asks, in order, before it is laid out on paper: single questions, and lists with their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from paperwork.blanks.controls import Answer
from paperwork.blanks.prefilled import Prefilled
from paperwork.model import Fact, Field, Form, Section

_DAY = Fact("submitted_at", "填表日期", "date")
_ONLY = 1  # the number in the tags of an item that stands alone


@dataclass(frozen=True)
class Question:
    """An answer with what stands beside it: whether it must be given, and the words that help."""

    answer: Answer
    required: bool = False
    hint: str = ""
    example: str = ""
    sized: bool = True  # the example tells how long answers are


@dataclass(frozen=True)
class Asked:
    """Questions that stand by themselves. `dense`: so many that a few words must do where the label allows it."""

    questions: tuple[Question, ...]
    dense: bool = False


@dataclass(frozen=True)
class Listed:
    """A list: its columns, its rows of answers, and the box 无 (None: there is none; True: ticked)."""

    name: str
    columns: tuple[Question, ...]
    rows: tuple[Sequence[Answer], ...]
    none: bool | None


def identification(form: Form, prefilled: Prefilled) -> Asked:
    """Which matter, which party, who filled it in and when, what it corrects."""
    return Asked(tuple(_identification(form, prefilled)))


def parts(section: Section, facts: Mapping[str, Fact], prefilled: Prefilled) -> Iterator[Asked | Listed]:
    """The parts of a section. KeyError for a fact that `facts` does not hold; ValueError for items without room."""
    if section.fields:
        yield Asked(tuple(_asked(field, facts[field.fact], prefilled) for field in section.fields))
    if section.list:
        if section.common:
            yield Asked(tuple(_asked_once(section, field, facts, prefilled) for field in section.common))
        ask = _one_item if section.layout == "pairs" else _list
        yield ask(section, facts[section.list], prefilled)


def _identification(form: Form, prefilled: Prefilled) -> Iterator[Question]:
    meta = prefilled.meta
    joins = not form.opens
    hint = "" if joins else "新立的事项不填"
    yield Question(Answer("matter", "案号或编号", text=meta.get("matter", "")), required=joins, hint=hint)
    if joins and "party.name" not in {field.fact for section in form.sections for field in section.fields}:
        yield Question(Answer("party", "当事人", text=meta.get("party", "")), required=True)
    yield Question(Answer("submitted_by", "填表人", text=meta.get("submitted_by", "")))
    yield Question(Answer("submitted_at", "填表日期", _DAY, meta.get("submitted_at", "")))
    corrects = Answer("corrects", "更正的回执编号", text=meta.get("corrects", ""))
    yield Question(corrects, hint="更正已交的表时填写")


def _asked(field: Field, fact: Fact, prefilled: Prefilled) -> Question:
    return _question(field, Answer(field.fact, field.label, fact, prefilled.values.get(field.fact, "")))


def _asked_once(section: Section, field: Field, facts: Mapping[str, Fact], prefilled: Prefilled) -> Question:
    short = _short(section, field)
    name = f"{section.list}.{short}"
    text = prefilled.values.get(name, prefilled.meta.get(short, ""))
    return _question(field, Answer(name, field.label, facts[section.list].items[short], text))


def _one_item(section: Section, fact: Fact, prefilled: Prefilled) -> Asked:
    given = prefilled.items.get(section.list) or ({},)
    if len(given) > 1:
        raise ValueError(f"{section.list} is asked in pairs: one item has room, {len(given)} were given")
    asked = (_question(field, _entry(section, fact, field, _ONLY, given[0])) for field in section.columns)
    return Asked(tuple(asked), dense=True)


def _list(section: Section, fact: Fact, prefilled: Prefilled) -> Listed:
    given = prefilled.items.get(section.list)
    columns = (_question(f, Answer(f.fact, f.label, fact.items[_short(section, f)])) for f in section.columns)
    rows = []
    # an adds list comes with exactly the rows that are asked for (the open steps of an approval)
    count = len(given) if given and section.mode == "adds" else max(section.rows, len(given or ()))
    for n in range(count):
        item = given[n] if given and n < len(given) else {}
        rows.append([_entry(section, fact, field, n, item) for field in section.columns])
    # steps that were asked for cannot be answered with 无
    none = None if given and section.mode == "adds" else given == ()
    return Listed(section.list, tuple(columns), tuple(rows), none)


def _entry(section: Section, fact: Fact, field: Field, row: int, item: Mapping[str, str]) -> Answer:
    short = _short(section, field)
    text = item.get(short, "")
    locked = bool(text) and section.mode == "adds" and short in fact.key
    return Answer(f"{section.list}[{row}].{short}", field.label, fact.items[short], text, locked)


def _short(section: Section, field: Field) -> str:
    return field.fact.removeprefix(f"{section.list}.")


def _question(field: Field, answer: Answer) -> Question:
    return Question(answer, field.required, field.help, field.example, field.sized)
