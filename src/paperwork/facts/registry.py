"""How derived facts are registered and computed. A function answers None when its inputs do not suffice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from paperwork.model import Catalogue, Choice, Document, Fact, Facts, FactType, History, Item, Value

T = TypeVar("T")


@dataclass(frozen=True)
class Around:
    """What derived facts may look at besides the facts of the matter itself."""

    catalogue: Catalogue
    history: History
    documents: tuple[Document, ...] = ()
    today: dt.date | None = None
    """The day on which it is asked; None where no day is at hand. What leans on it may be printed only where it is
    stable (a stage, a due date): a count of days left would make every standing draft fall each morning."""


Compute = Callable[[Facts, Around], Value | None]


@dataclass(frozen=True)
class Derived:
    """A derived fact: its definition, the facts it is made from, and how."""

    fact: Fact
    inputs: tuple[str, ...]
    compute: Compute


_REGISTRY: dict[str, Derived] = {}


def derives(
    name: str, label: str, type_: FactType, *inputs: str, choices: tuple[Choice, ...] = ()
) -> Callable[[Compute], Compute]:
    """Register a derived fact that is one answer."""
    return _registering(Fact(name, label, type_, choices, derived=True), inputs)


def derives_list(
    name: str, label: str, *inputs: str, key: tuple[str, ...], items: Mapping[str, Fact]
) -> Callable[[Compute], Compute]:
    """Register a derived list: `items` (short name → definition) and `key`, like those of an asked one."""
    return _registering(Fact(name, label, "list", key=key, items=items, derived=True), inputs)


def _registering(fact: Fact, inputs: tuple[str, ...]) -> Callable[[Compute], Compute]:
    def register(compute: Compute) -> Compute:
        _REGISTRY[fact.name] = Derived(fact, inputs, compute)
        return compute

    return register


Moment = dt.date | int
"""A day on which a derived fact may change by itself; or a year whose calendar it waits for."""

_MOMENTS: list[Callable[[Facts, Around], Iterable[Moment]]] = []


def tells_when(
    moments: Callable[[Facts, Around], Iterable[Moment]],
) -> Callable[[Facts, Around], Iterable[Moment]]:
    """Register who knows when facts that lean on `Around.today` change; they may give past days too."""
    _MOMENTS.append(moments)
    return moments


def next_moment(facts: Facts, around: Around) -> tuple[dt.date | None, int]:
    """(the next day after today on which the matter must be asked again, the year whose calendar it waits for)."""
    told = [moment for moments in _MOMENTS for moment in moments(facts, around)]
    today = around.today or dt.date.max
    days = [moment for moment in told if isinstance(moment, dt.date) and moment > today]
    return min(days, default=None), min((moment for moment in told if isinstance(moment, int)), default=0)


def complete(facts: Facts, around: Around) -> Facts:
    """The given facts and all derived ones that can be computed. Derived facts may lean on those registered before."""
    known: dict[str, Value] = dict(facts)
    for name, derived in _REGISTRY.items():
        value = derived.compute(known, around)
        if value is not None:
            known[name] = value
    return known


def inputs_of(name: str, known: Container[str] = ()) -> tuple[str, ...]:
    """The facts that a clerk can give so that `name` becomes known; a plain fact is its own input.

    What makes a derived fact that is `known` already is not asked for again.
    """
    if name not in _REGISTRY:
        return (name,)
    parts = (part for part in _REGISTRY[name].inputs if part not in _REGISTRY or part not in known)
    return tuple(dict.fromkeys(leaf for part in parts for leaf in inputs_of(part, known)))


def answer_of(facts: Facts, name: str, type_: type[T]) -> T | None:
    value = facts.get(name)
    if type_ is dt.date and isinstance(value, dt.datetime):
        value = value.date()
    return value if isinstance(value, type_) and value != "" else None


def items_of(facts: Facts, name: str) -> tuple[Item, ...]:
    value = facts.get(name)
    return tuple(i for i in value if isinstance(i, Mapping)) if isinstance(value, tuple) else ()


def some(facts: Facts, name: str, holds: Callable[[Item], bool]) -> bool | None:
    """Whether some item of a list is so; None while nobody gave the list."""
    return any(map(holds, items_of(facts, name))) if name in facts else None


def registered() -> Mapping[str, Fact]:
    """The definitions of all derived facts."""
    return {name: derived.fact for name, derived in _REGISTRY.items()}
