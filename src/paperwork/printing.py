"""What a template may print: facts as people read them, the bureau, the measure, its articles, the approvals.

The context is plain JSON. 未填 is left out; 无 stays as nothing (`""`, an empty list), which no paper prints: its
template asks for it and strikes the place out. So one that must print either fails before any number exists. Names
deeper than two levels are joined: `no_penalty.query.on` prints as `no_penalty.query_on`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from paperwork import law
from paperwork.kept import FEW, per_object
from paperwork.law.grounds import citation, cited_basis, cited_grounds, number_of
from paperwork.model import (
    Catalogue,
    Document,
    Facts,
    Finding,
    Item,
    Json,
    Kind,
    Measure,
    printed_date,
)
from paperwork.showing import grouped, items_shown, show

CITED_LISTS = ("law.violated", "law.penalty")
VOLATILE = frozenset({"org", "doc", "approvals", "matter", "cites", "index", "refs"})
"""Roots that do not count when a document is held against the facts again: settings, numbers, approvals, papers."""
SAID_OF_MEASURE = frozenset({"rule", "ground", "requested", "differs"})
"""What a paper says of its measure by the facts; the articles are those of the policy."""


@dataclass(frozen=True)
class Paper:
    """What a context is for: the kind, on which day, with which measure and which approvals."""

    kind: Kind
    day: dt.date
    measure: Measure | None
    approvals: Json = ()
    served: Document | None = None
    services: tuple[Item, ...] = ()
    item: Mapping[str, Item] | None = None  # {"talk": the item at hand} of a kind that is made per list
    refs: Mapping[str, Document] = field(default_factory=dict)  # the issued papers that it names by number


def context(catalogue: Catalogue, facts: Facts, paper: Paper) -> dict[str, Json]:
    """Everything a template of this paper may name. Facts must be complete (derived ones included)."""
    printed = dict(_of_facts(catalogue, facts))
    printed["approvals"] = list(paper.approvals)
    printed["cites"] = {n: law.cite(catalogue.laws, c, paper.day) for n, c in paper.kind.cites.items()}
    printed["doc"] = {"number": "", "date": "", "draft": False, "code": "", "title": paper.kind.title}
    printed["doc"]["retention"] = paper.kind.retention
    if paper.measure:
        printed["measure"] = _measure(catalogue, facts, paper)
    if paper.refs:
        printed["refs"] = {f"{name}_{what}": told for name, d in paper.refs.items() for what, told in _told(d).items()}
    if paper.served:
        printed["served"] = {**_told(paper.served), "code": paper.served.code}
        printed["services"] = items_shown(paper.services, catalogue.facts["services"])
    for name, item in (paper.item or {}).items():
        # Of a step's paper the item is an answer of the list of approvals.
        listed = catalogue.facts[paper.kind.per if paper.kind.per in catalogue.facts else "approvals"]
        printed[name] = {**items_shown((item,), listed)[0], **_own_citation(catalogue, facts, item, paper.day)}
    return printed


def _of_the_facts(catalogue: Catalogue, facts: Facts) -> Mapping[str, Json]:
    """What all papers may name that are made of the same facts. Shared by them: nobody changes what stands in it."""
    printed: dict[str, Json] = {"org": _organ(catalogue), "matter": {"id": "", "case": "", "ref": ""}}
    for name, value in facts.items():
        fact = catalogue.facts.get(name)
        _lay(printed, name, show(value, fact))
        if fact and fact.grouped:
            printed[fact.grouped] = grouped(fact, value)
    _lay(printed, "case.no", "")
    _lay(printed, "party.is_person", facts.get("party.kind") == "person")
    for name in CITED_LISTS:
        _lay(printed, name, _cited(catalogue, facts, name))
    _lay(printed, "law.violated_cited", _joined(catalogue, facts))
    return printed


_of_facts = per_object(_of_the_facts, FEW)


def _told(paper: Document) -> dict[str, str]:
    """How one paper speaks of another."""
    return {
        "title": paper.title,
        "number": paper.number,
        "date": printed_date(paper.dated) if paper.dated else "",
    }


def _own_citation(catalogue: Catalogue, facts: Facts, item: Item, day: dt.date) -> dict[str, Json]:
    """{"citation": …} of an item that names a provision of its own (an order), by the law of the act."""
    if not item.get("law") or not number_of(item.get("article")):
        return {}
    act = facts.get("act.date")
    try:
        return {"citation": law.cite(catalogue.laws, [citation(item)], act if isinstance(act, dt.date) else day)}
    except ValueError:
        return {}  # a finding by `unlawful`


def _lay(printed: dict[str, Json], name: str, value: Json) -> None:
    if value is None:
        return
    root, _, rest = name.partition(".")
    if not rest:
        printed[root] = value
        return
    group = printed.setdefault(root, {})
    if isinstance(group, dict):
        group[rest.replace(".", "_")] = value


def prune(printed: Mapping[str, Json], names: Iterable[str]) -> dict[str, Json]:
    """Only what a template names: the recipe keeps no more of a person's data than its paper prints."""
    kept: dict[str, Json] = {"doc": printed["doc"]}
    begun: dict[str, dict[str, Json]] = {}
    for name in sorted(names):
        root, _, rest = name.partition(".")
        value = printed.get(root)
        if root not in printed or (root in kept and root not in begun):
            continue  # or it is kept as a whole
        if not rest or not isinstance(value, dict):
            kept[root] = value
            continue
        if root not in begun:
            kept[root] = begun[root] = {}
        if rest in value:
            begun[root][rest] = value[rest]
    return kept


def substance(printed: Mapping[str, Json]) -> dict[str, Json]:
    """What a document says of the facts: without settings, numbers, dates of issue and approvals."""
    kept = {root: value for root, value in printed.items() if root not in VOLATILE}
    for root, volatile in (("case", "no"), ("served", "number")):
        if isinstance(kept.get(root), dict):
            kept[root] = {k: v for k, v in kept[root].items() if k != volatile}
    if isinstance(kept.get("measure"), dict):
        kept["measure"] = {k: v for k, v in kept["measure"].items() if k in SAID_OF_MEASURE}
    if isinstance(kept.get("law"), dict):
        kept["law"] = {k: _unquoted(v) for k, v in kept["law"].items()}
    return {root: value for root, value in kept.items() if value not in ({}, None)}


def _unquoted(value: Json) -> Json:
    """Provisions without their words: what was cited is a fact, the words are those of the law on file."""
    if not isinstance(value, list):
        return value
    return [{k: v for k, v in row.items() if k != "text"} if isinstance(row, dict) else row for row in value]


def wording(printed: Mapping[str, Json]) -> dict[str, Json]:
    """All that a document's readers read, but for what issuing and registering add: numbers, dates, approvals."""
    kept = {root: value for root, value in printed.items() if root not in ("doc", "approvals", "matter")}
    if isinstance(kept.get("case"), dict):
        kept["case"] = {k: v for k, v in kept["case"].items() if k != "no"}
    return kept


def difference(stored: Mapping[str, Json], fresh: Mapping[str, Json]) -> list[tuple[str, Json, Json]]:
    """Where two contexts of one template say different things: (name, was, now), field by field."""
    changes = []
    old, new = _answered(substance(stored)), _answered(substance(fresh))
    for root in sorted({*old, *new}):
        was, now = old.get(root), new.get(root)
        if isinstance(was, dict) and isinstance(now, dict):
            names = sorted({*was, *now})
            changes += [(f"{root}.{n}", was.get(n), now.get(n)) for n in names if was.get(n) != now.get(n)]
        elif was != now:
            changes.append((root, was, now))
    return changes


def _answered(value: Json) -> Json:
    """Without what was answered 无: an issued paper that left a line for the hand is not wrong when there is nothing to
    write."""
    if isinstance(value, list):
        return [_answered(one) for one in value]
    if isinstance(value, dict):
        return {name: _answered(one) for name, one in value.items() if one != ""}
    return value


# ── values ────────────────────────────────────────────────────────────────────────────────────────────


def _organ(catalogue: Catalogue) -> dict[str, str]:
    return {name: value for name, value in asdict(catalogue.settings.organ).items() if value}


# ── law ───────────────────────────────────────────────────────────────────────────────────────────────


def provisions(facts: Facts, name: str) -> tuple[Item, ...]:
    """The rows of one of the two lists of provisions."""
    value = facts.get(name, ())
    return tuple(i for i in value if isinstance(i, Mapping)) if isinstance(value, tuple) else ()


def unlawful(catalogue: Catalogue, facts: Facts) -> tuple[Finding, ...]:
    """Provisions of the form that do not stand in the law on file for the day of the act (art 37), as findings."""
    act = facts.get("act.date")
    day = act if isinstance(act, dt.date) else None
    found = []
    for name in _naming_provisions(catalogue):
        label = catalogue.facts[name].label
        for row, item in enumerate(provisions(facts, name), 1):
            if not item.get("law") or not number_of(item.get("article")):
                continue
            try:
                law.resolve(catalogue.laws, citation(item), day)
            except ValueError as wrong:  # LawError, or a figure that numbers no article
                code = "E-LAW-DATE" if isinstance(wrong, law.NoTextForDay) else "E-LAW"
                found.append(Finding(code, str(wrong), name, f"「{label}」第{row}行", str(citation(item))))
    return tuple(found)


def _naming_provisions(catalogue: Catalogue) -> tuple[str, ...]:
    """The lists whose items name provisions."""
    others = (n for n, fact in catalogue.facts.items() if {"law", "article"} <= fact.items.keys())
    return tuple(dict.fromkeys((*CITED_LISTS, *others)))


def _cited(catalogue: Catalogue, facts: Facts, name: str) -> list[dict[str, Json]]:
    act = facts.get("act.date")
    day = act if isinstance(act, dt.date) else None
    rows = []
    for item in provisions(facts, name):
        shown = items_shown((item,), catalogue.facts[name])[0]
        try:
            shown["citation"] = law.cite(catalogue.laws, [citation(item)], day)
            shown["text"] = law.resolve(catalogue.laws, citation(item), day).replace("\n", "")
        except ValueError:
            pass  # a finding by `unlawful`; a template that prints it fails in the rehearsal
        rows.append(shown)
    return rows


def _joined(catalogue: Catalogue, facts: Facts) -> str | None:
    act = facts.get("act.date")
    try:
        wanted = [citation(i) for i in provisions(facts, "law.violated")]
        return law.cite(catalogue.laws, wanted, act if isinstance(act, dt.date) else None)
    except ValueError:
        return None


def _measure(catalogue: Catalogue, facts: Facts, paper: Paper) -> dict[str, Json]:
    """The measure as decisions cite it: substance by the law of the act, procedure by the law of the day."""
    measure = paper.measure
    assert measure is not None
    basis = cited_basis(catalogue.laws, facts, measure)
    procedure = law.cite(catalogue.laws, measure.procedure, paper.day)
    grounds = cited_grounds(catalogue.laws, facts, measure, paper.day)
    wish, ground = facts.get("measure_requested"), facts.get("no_penalty.ground")
    asked = str(show(wish, catalogue.facts["measure_requested"])) if isinstance(wish, str) and wish else ""
    differs = bool(wish) and wish != measure.measure
    if ground and measure.params.get("ground") not in (None, ground):
        asked, differs = f"{asked}（{ground}）", True
    return {
        "rule": measure.rule,
        "name": catalogue.measures.get(measure.measure, measure.label),
        "label": measure.label,
        "basis": basis,
        "procedure": procedure,
        "grounds": grounds,
        "requested": asked,
        "differs": differs,
        **measure.params,
    }
