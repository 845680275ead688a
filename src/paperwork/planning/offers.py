"""Which form comes next: what the policy offers on the facts as they stand, and the forms of missing answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from paperwork import policy, showing
from paperwork.conditions import Situation, all_of, answer
from paperwork.model import Facts, Form, Json, Missing, Offer, Section, Value
from paperwork.planning.sight import Sight


@dataclass(frozen=True)
class Offered:
    """A form that makes sense next: cut down to what is still to be said, and what already stands in it."""

    form: Form
    occurrence: str
    why: str
    values: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)


def next_forms(sight: Sight, facts: Facts, missing: Iterable[Missing]) -> tuple[Offered, ...]:
    """The forms that make sense next for the matter, in the order of the policy. A closed matter wants nothing more."""
    if sight.matter is None or sight.matter.closed_on:
        return ()
    asked = frozenset(m.name for m in missing if m.kind == "fact")
    situation = Situation(facts, sight.catalogue.facts)
    told = tuple(found for offer in sight.catalogue.offers for found in _offered(sight, offer, situation))
    covered = {section.list for offered in told for section in offered.form.sections}
    lacking = tuple(_lacking(sight, asked - covered))
    return (*lacking, *told)


# ── what is missing ───────────────────────────────────────────────────────────────────────────────────


def _lacking(sight: Sight, asked: frozenset[str]) -> Iterator[Offered]:
    """The first form that asks each missing fact, with nothing but the missing facts in it."""
    left = set(asked)
    for form in sight.catalogue.forms.values():
        sections = tuple(_only(section, left) for section in form.sections) if "docx" in form.formats else ()
        kept = tuple(section for section in sections if section is not None)
        if kept:
            left -= {name for section in kept for name in (section.list, *(f.fact for f in section.fields))}
            yield Offered(joining(form, kept), "补充", "补填规则还需要的事项")


def _only(section: Section, asked: set[str]) -> Section | None:
    if section.list:
        return section if section.list in asked else None
    fields = tuple(field for field in section.fields if field.fact in asked)
    return replace(section, fields=fields) if fields else None


def joining(form: Form, sections: tuple[Section, ...]) -> Form:
    """The form as it is handed out for a matter: it names the matter, and asks these parts only."""
    return replace(form, opens="", sections=sections)


# ── what the policy offers ────────────────────────────────────────────────────────────────────────────


def _offered(sight: Sight, offer: Offer, situation: Situation) -> Iterator[Offered]:
    form = sight.catalogue.forms[offer.form]
    if "docx" not in form.formats:
        return
    for _, at in policy.each(offer.per, situation):
        excepted = any(reason.holds is True for reason in all_of(offer.unless, at)[1])
        if all_of(offer.when, at)[0] is True and not excepted:
            values, items = _filled(sight, offer, at)
            occurrence = policy.occurrence_of(at, offer.per)
            sections = tuple(_rest(section, offer, at.facts) for section in unsaid(form, at.facts))
            yield Offered(joining(form, sections), occurrence, offer.why, values, items)


def _rest(section: Section, offer: Offer, facts: Facts) -> Section:
    """Of the item at hand only what is not yet answered: the second part of what was begun."""
    if section.list != offer.per or section.layout != "pairs":
        return section
    prefix = f"{section.list}."
    named = {prefix + column.fact.removeprefix(prefix): column for column in section.columns}
    kept = (column for name, column in named.items() if name in offer.fill or name not in facts)
    return replace(section, columns=tuple(kept))


def unsaid(form: Form, facts: Facts) -> tuple[Section, ...]:
    """The sections that still ask something: those of facts fall when the matter knows all that they must hold."""
    return tuple(s for s in form.sections if s.mode == "adds" or not _said(s, facts))


def _said(section: Section, facts: Facts) -> bool:
    if section.list:
        return section.list in facts
    must = [field.fact for field in section.fields if field.required]
    return bool(must) and all(name in facts for name in must)


def _filled(
    sight: Sight, offer: Offer, at: Situation
) -> tuple[dict[str, str], dict[str, tuple[Mapping[str, str], ...]]]:
    """Answers by fact, and rows by list: a column that takes one answer gets a row for each of several."""
    values: dict[str, str] = {}
    rows: dict[str, list[dict[str, str]]] = {}
    for name, source in offer.fill.items():
        owner, _, short = name.rpartition(".")
        listed = sight.catalogue.facts.get(owner)
        if listed is None or listed.type != "list":
            if texts := _texts(source, at):
                values[name] = texts[0]
            continue
        texts = _texts(source, at, joined=listed.items[short].type == "set")
        kept = rows.setdefault(owner, [])
        kept += ({} for _ in range(len(texts) - len(kept)))
        for row, text in zip(kept, texts, strict=False):
            row[short] = text
    return values, {name: tuple(found) for name, found in rows.items() if found}


def _texts(source: str, at: Situation, joined: bool = True) -> list[str]:
    """A fact's answer as people write it, or the words themselves; of several answers each, or all joined."""
    if source not in at.defs:
        return [source]
    value: Value | None = answer(source, at)
    shown: Json = showing.show(value, at.defs[source]) if value not in (None, "", ()) else None
    if isinstance(shown, list):
        return ["；".join(shown)] if joined else list(shown)
    return [] if shown is None else ["是" if shown is True else "否" if shown is False else str(shown)]
