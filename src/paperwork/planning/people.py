"""The people and units that a form names must be the bureau's own: officers, staff with a role, 内设机构."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from paperwork.model import Catalogue, Fact, Finding, Value
from paperwork.planning.sight import Sight

ALL = "全局"
"""The whole bureau, where a form asks for a unit or for all."""

_UNITS = ("units", "scope")


def strangers(sight: Sight) -> Iterator[Finding]:
    """Names in fields marked `names` of facts.toml that people.toml does not know."""
    defs = sight.catalogue.facts
    for name, value in sight.submission.facts.items():
        for place, fact, names in _named(defs[name], value):
            unknown = [n for n in names if n not in known(sight.catalogue, fact.names)]
            if unknown and fact.names in _UNITS:
                yield from _no_unit(sight, fact, place, unknown[0])
            elif unknown:
                who, whose = "、".join(unknown), "执法人员" if fact.names == "officers" else "本局人员"
                message = f"{place}：{who}不是登记在册的{whose}（people.toml）"
                yield Finding("E-PERSON", message, fact.name, place, who)


def _no_unit(sight: Sight, fact: Fact, place: str, name: str) -> Iterator[Finding]:
    """A unit that nobody belongs to. What the program hands in names units as matters do."""
    if sight.form and sight.form.place == "program":
        return
    units = sorted(known(sight.catalogue, fact.names))
    near = difflib.get_close_matches(name, units, 1, 0.4)
    hint = f"，是不是「{near[0]}」" if near else ""
    message = f"{place}：没有「{name}」这个机构{hint}；没有执法人员的机构，请办公室写进 templates/bureau.toml 的 units"
    yield Finding("E-UNIT-UNKNOWN", message, fact.name, place, name, "、".join(near or units))


def known(catalogue: Catalogue, names: str) -> frozenset[str]:
    """Who may stand in such a field."""
    if names in _UNITS:
        units = frozenset(o.unit for o in catalogue.officers) | frozenset(catalogue.settings.units)
        return units | {ALL} if names == "scope" else units
    officers = frozenset(o.name for o in catalogue.officers)
    return officers if names == "officers" else officers | {r.person for r in catalogue.roles}


def _named(fact: Fact, value: Value) -> Iterator[tuple[str, Fact, tuple[str, ...]]]:
    if fact.names and value and isinstance(value, tuple | str):
        yield f"「{fact.label}」一栏", fact, _words(value)
    for row, item in enumerate(value if isinstance(value, tuple) else (), 1):
        for name, answer in item.items() if isinstance(item, Mapping) else ():
            column = fact.items.get(name)
            if column and column.names and answer and isinstance(answer, tuple | str):
                yield f"「{fact.label}」第{row}行「{column.label}」", column, _words(answer)


def _words(value: Value) -> tuple[str, ...]:
    parts = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    return tuple(part for part in parts if isinstance(part, str))
