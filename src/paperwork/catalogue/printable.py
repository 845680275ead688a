"""What the templates of a kind may print: every name that a context can hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from paperwork.kept import per_object
from paperwork.model import Catalogue, Fact, Figure, Kind, Organ

_OF_EVERY_PAPER = (
    *("matter.id", "matter.case", "matter.ref", "case.no", "party.is_person", "law.violated_cited"),
    *("law.violated.citation", "law.violated.text", "law.penalty.citation", "law.penalty.text"),
    *(f"doc.{name}" for name in ("number", "date", "draft", "code", "title", "retention")),
    *(f"approvals.{name}" for name in ("step", "person", "decision", "opinion", "on")),
)
_OF_A_MEASURE = ("rule", "name", "label", "basis", "procedure", "grounds", "requested", "differs")
_OF_THE_INDEX = (
    *("index.title", "index.party", "index.case_no"),
    "index.notes",
    "index.videos",
    *(f"index.videos.{name}" for name in ("no", "of", "device", "time", "file", "sha256")),
    *(f"index.rows.{name}" for name in ("no", "number", "organ", "title", "date", "page", "remark")),
)


@per_object
def printable(known: Catalogue, kind: Kind) -> frozenset[str]:
    """Every name that a template of this kind may print, and the fields of lists (`officers.name`)."""
    names = set(_of_facts(known.facts, known.figures))
    names |= {f"cites.{name}" for name in kind.cites}
    names |= {f"refs.{name}_{what}" for name in kind.refers for what in ("title", "number", "date")}
    calling = [rule for rule in known.rules if rule.measure in kind.measures or not kind.measures]
    names |= {f"measure.{name}" for name in (*_OF_A_MEASURE, *(p for rule in calling for p in rule.params))}
    if kind.per == "document":
        names |= {f"served.{name}" for name in ("title", "number", "code", "date")}
    elif kind.per in known.facts:
        names |= set(_of_item(known.facts[kind.per]))
    elif kind.after not in ("approval", "none"):
        names |= set(_of_item(known.facts["approvals"]))
    return frozenset({*names, *_OF_THE_INDEX} if kind.living else names)


@per_object
def _of_facts(facts: Mapping[str, Fact], figures: Mapping[str, Figure]) -> frozenset[str]:
    """What every paper may print, whatever its kind."""
    names = {*_OF_EVERY_PAPER, *(f"org.{field.name}" for field in fields(Organ))}
    for fact in facts.values():
        names.update(_of_fact(fact, _joined(fact.name)))
        tails = ("", *(f"_{short}" for short in fact.items))
        for figure in figures.values() if fact.grouped else ():
            names.update(f"{fact.grouped}.{figure.key}{tail}" for tail in tails)
    return frozenset(names)


def _of_item(fact: Fact) -> Iterator[str]:
    """The item at hand under its singular name; one that names a provision is printed with its citation."""
    name = fact.name.rpartition(".")[2].removesuffix("s")
    yield from _of_fact(fact, name)
    if {"law", "article"} <= fact.items.keys():
        yield f"{name}.citation"


def _of_fact(fact: Fact, name: str) -> Iterator[str]:
    yield name
    for short in fact.items:
        yield f"{name}.{short}"


def _joined(name: str) -> str:
    """Names deeper than two levels are joined in a context: `no_penalty.query.on` → `no_penalty.query_on`."""
    root, _, rest = name.partition(".")
    return f"{root}.{rest.replace('.', '_')}" if rest else root
