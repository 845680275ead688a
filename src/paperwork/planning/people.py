"""The people whom a form names must be the bureau's own: officers with a card, or staff with a role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from paperwork.model import Catalogue, Fact, Finding, Value
from paperwork.planning.sight import Sight


def strangers(sight: Sight) -> Iterator[Finding]:
    """Names in fields marked `names` of facts.toml that people.toml does not know."""
    defs = sight.catalogue.facts
    for name, value in sight.submission.facts.items():
        for place, fact, names in _named(defs[name], value):
            unknown = [n for n in names if n not in known(sight.catalogue, fact.names)]
            if unknown:
                who, whose = "、".join(unknown), "执法人员" if fact.names == "officers" else "本局人员"
                message = f"{place}：{who}不是登记在册的{whose}（people.toml）"
                yield Finding("E-PERSON", message, fact.name, place, who)


def known(catalogue: Catalogue, names: str) -> frozenset[str]:
    """Who may stand in such a field."""
    officers = frozenset(o.name for o in catalogue.officers)
    return officers if names == "officers" else officers | {r.person for r in catalogue.roles}


def _named(fact: Fact, value: Value) -> Iterator[tuple[str, Fact, tuple[str, ...]]]:
    if fact.names and isinstance(value, tuple):
        yield f"「{fact.label}」一栏", fact, tuple(v for v in value if isinstance(v, str))
    for row, item in enumerate(value if isinstance(value, tuple) else (), 1):
        for name, answer in item.items() if isinstance(item, Mapping) else ():
            column = fact.items.get(name)
            if column and column.names and isinstance(answer, tuple):
                yield f"「{fact.label}」第{row}行「{column.label}」", column, answer
