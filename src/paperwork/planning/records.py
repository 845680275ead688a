"""Papers that wait for no approval: records and receipts, issued when registered, once what they follow is issued."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from paperwork import facts as fact_room
from paperwork import numbering, policy, printing
from paperwork.conditions import Situation, all_of
from paperwork.model import (
    Document,
    DocumentKey,
    Fact,
    Facts,
    Finding,
    Item,
    Kind,
    Measure,
    Missing,
    Recipe,
    Slot,
    Wanted,
    printed_date,
)
from paperwork.planning.drafts import item_of, recipe, step_items
from paperwork.planning.referring import refs_of, standing
from paperwork.planning.sight import Sight


@dataclass(frozen=True)
class Record:
    """A record that the facts call for: its occurrence, its day, and the recipe."""

    kind: Kind
    occurrence: str
    dated: dt.date
    recipe: Recipe
    rule: str = ""
    serves: DocumentKey | None = None
    refs: Mapping[str, DocumentKey] = field(default_factory=dict)


def records(
    sight: Sight, facts: Facts, fired: Sequence[Measure], issued: Sequence[Document]
) -> tuple[tuple[Record, ...], tuple[Missing, ...]]:
    """The records due now, and those that wait for a paper not yet issued."""
    made: list[Record] = []
    waiting: list[Missing] = []
    for kind in sight.kinds:
        if kind.living or kind.after not in ("none", "approval"):
            made += _of_step(sight, facts, kind) if not kind.living else ()
            continue
        for called in _called(sight, facts, kind, fired):
            if _awaits(sight, called, issued):
                waiting.append(_waits(sight, kind, kind.follows))
            elif kind.per == "document":
                found, late = _receipts(sight, facts, kind, issued)
                made += found
                waiting += late
            else:
                made.append(_record(sight, facts, called, refs_of(sight, kind, called.occurrence, issued)))
    return tuple(made), tuple(waiting)


def _awaits(sight: Sight, called: _Call, issued: Sequence[Document]) -> bool:
    """Whether the paper that the record follows is still to come. Of the same item it may not be called for at all."""
    kind = called.kind
    if not kind.follows or standing(sight, kind, kind.follows, called.occurrence, issued):
        return False
    first = next(k for k in sight.catalogue.kinds.values() if k.code == kind.follows)
    situation = Situation(called.at, {**sight.catalogue.facts, **columns_of(sight, kind.per)})
    return first.per != kind.per or all_of(first.conditions, situation)[0] is not False


def columns_of(sight: Sight, per: str) -> Mapping[str, Fact]:
    """The columns of a list by full name; of the matter none."""
    listed = sight.catalogue.facts.get(per)
    return {column.name: column for column in listed.items.values()} if listed else {}


@dataclass(frozen=True)
class _Call:
    """That a kind is called for: of a list, for which item, and by which measure."""

    kind: Kind
    measure: Measure | None
    occurrence: str
    at: Facts  # the facts, and those of the item at hand under the names of its columns


def _called(sight: Sight, facts: Facts, kind: Kind, fired: Sequence[Measure]) -> Iterator[_Call]:
    per = "" if kind.per in ("matter", "document") else kind.per
    for _, situation in policy.each(per, Situation(facts, sight.catalogue.facts)):
        occurrence = policy.occurrence_of(situation, per)
        measure = next((m for m in fired if m.measure in kind.measures and m.occurrence in ("", occurrence)), None)
        if (kind.measures or kind.after == "approval") and measure is None:
            continue
        if kind.after == "approval" and (measure is None or measure.steps):
            continue  # it waits for the measure's approval: a draft
        if all_of(kind.conditions, situation)[0] is True:
            yield _Call(kind, measure, occurrence, situation.facts)


def _record(sight: Sight, facts: Facts, call: _Call, refs: Mapping[str, Document]) -> Record:
    kind = call.kind
    dated = sight.today if kind.dated == "today" else _dated(kind, call.at) or sight.registered_on
    item = item_of(sight, facts, kind, call.occurrence)
    paper = printing.Paper(kind, dated, call.measure, item=item, refs=refs)
    made = _with_date(recipe(sight, facts, paper), dated)
    rule = call.measure.rule if call.measure else ""
    return Record(kind, call.occurrence, dated, made, rule, refs={name: d.key for name, d in refs.items()})


def _of_step(sight: Sight, facts: Facts, kind: Kind) -> Iterator[Record]:
    """One paper for each answer of a step (法制审核意见书), also for one that sent the drafts back."""
    if all_of(kind.conditions, Situation(facts, sight.catalogue.facts))[0] is not True:
        return
    for occurrence, item in step_items(sight, kind.after):
        drafts = [d for d in sight.documents if d.code and d.draft_code == item.get("draft") and d.measure]
        measure = next((m for m in judged_of(sight, facts) if drafts and m.rule == drafts[-1].rule), None)
        on = item.get("on")
        if not drafts or measure is None or not isinstance(on, dt.date):
            continue
        if kind.measures and measure.measure not in kind.measures:
            continue
        made = recipe(sight, facts, printing.Paper(kind, sight.today, measure, item={"approval": item}))
        yield Record(kind, occurrence, on, _with_date(made, on), measure.rule)


def judged_of(sight: Sight, facts: Facts) -> tuple[Measure, ...]:
    """Every rule as it is judged today, whatever an approver said of its drafts."""
    return policy.measures(sight.catalogue, policy.Question(sight.type, facts))


def _dated(kind: Kind, facts: Facts) -> dt.date | None:
    value = facts.get(kind.dated)
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None


def _with_date(made: Recipe, dated: dt.date) -> Recipe:
    doc = {**made.context["doc"], "date": printed_date(dated)}
    return Recipe(**{**vars(made), "context": {**made.context, "doc": doc}})


# ── one receipt for each served document ──────────────────────────────────────────────────────────────


def _receipts(sight: Sight, facts: Facts, kind: Kind, issued: Sequence[Document]) -> tuple[list[Record], list[Missing]]:
    made: list[Record] = []
    waiting: list[Missing] = []
    for name, served, items in _by_served(sight.items("services"), issued):
        if served is None:
            waiting.append(_waits(sight, kind, name))
            continue
        if not any(map(fact_room.reached, items)):
            why = f"《{served.title}》还没有送达，送达以后自动制作"
            waiting.append(Missing("document", kind.title, kind.code, why))
            continue
        dated = max((day for item in items if (day := _told(item)) is not None), default=sight.registered_on)
        paper = printing.Paper(kind, dated, None, served=served, services=tuple(items))
        made.append(
            Record(kind, _occurrence(served), dated, _with_date(recipe(sight, facts, paper), dated), "", served.key)
        )
    return made, waiting


def _told(item: Item) -> dt.date | None:
    """The day that the slip names, else that of the attempt; an announcement is put on file on its day."""
    day = item.get("received_on") or item.get("on")
    return day if isinstance(day, dt.date) else None


def _occurrence(served: Document) -> str:
    """`D-13`, of the second talk's notice `D-04.2`, of a new version `D-13.v2`."""
    of = f".{served.occurrence}" if served.occurrence else ""
    return f"{served.code}{of}" + (f".v{served.version}" if served.version > 1 else "")


def _by_served(items: Iterable[Item], issued: Sequence[Document]) -> Iterator[tuple[str, Document | None, list[Item]]]:
    """The services of each document, whether they name it by code, by number or by title: one receipt for each."""
    groups: dict[str, tuple[str, Document | None, list[Item]]] = {}
    for item in items:
        name = str(item.get("document", ""))
        served = next((d for d in reversed(issued) if name and name in (d.code, d.number, d.title)), None)
        group = groups.setdefault(_occurrence(served) if served else name, (name, served, []))
        group[2].append(item)
    yield from groups.values()


def _waits(sight: Sight, kind: Kind, name: str) -> Missing:
    title = next((k.title for k in sight.catalogue.kinds.values() if name in (k.code, k.title)), name)
    return Missing("document", kind.title, kind.code, f"待「{title}」签发后自动制作")


def misdated(sight: Sight, documents: Sequence[Document], due: Sequence[Record]) -> tuple[Finding, ...]:
    """Services that cannot be, and papers dated before those that they name."""
    return (*_served_wrongly(sight, documents), *_before_what_they_name(sight, due))


def _served_wrongly(sight: Sight, documents: Sequence[Document]) -> tuple[Finding, ...]:
    """Services of papers that cannot be: a typing mistake, a number not given here, a day before the paper's own."""
    items = sight.submission.facts.get("services", ())
    issued = [d for d in documents if d.state == "issued"]
    found = []
    for row, item in enumerate(items if isinstance(items, tuple) else (), 1):
        name, on = (item.get("document", ""), item.get("on")) if isinstance(item, Mapping) else ("", None)
        place = f"「送达情况」第{row}行「送达文书」"
        paper = next((d for d in reversed(issued) if name and name in (d.code, d.number, d.title)), None)
        if paper and paper.dated and isinstance(on, dt.date) and on < paper.dated:
            message = f"送达日期{on.isoformat()}早于「{paper.title}」的日期{paper.dated.isoformat()}"
            found.append(Finding("E-DATE-ORDER", message, "services.on", place, on.isoformat()))
        elif paper is None and name:
            found += _unknown_served(sight, str(name), place)
    return tuple(found)


def _before_what_they_name(sight: Sight, due: Sequence[Record]) -> Iterator[Finding]:
    """New records dated before a paper whose number they print: a talk held before its own notice was signed."""
    issued = {d.key: d for d in sight.documents if d.state == "issued"}
    standing = {(d.kind, d.occurrence) for d in issued.values()}
    for record in due:
        for key in record.refs.values() if (record.kind.kind, record.occurrence) not in standing else ():
            named = issued.get(key)
            if named and named.dated and record.dated < named.dated:
                message = (
                    f"《{record.kind.title}》的日期{record.dated.isoformat()}早于它写明的《{named.title}》（{named.number}）"
                    f"的日期{named.dated.isoformat()}，请核对日期"
                )
                label = _label_of(sight, record.kind.dated)
                yield Finding("E-DATE-ORDER", message, record.kind.dated, label, record.dated.isoformat())


def _label_of(sight: Sight, name: str) -> str:
    """「约谈」的「开始时间」 of talks.start, where a form may ask for it."""
    owner, _, short = name.rpartition(".")
    fact = sight.catalogue.facts.get(owner)
    if fact and short in fact.items:
        return f"「{fact.label}」的「{fact.items[short].label}」"
    return f"「{sight.catalogue.facts[name].label}」一栏" if name in sight.catalogue.facts else ""


def _unknown_served(sight: Sight, name: str, place: str) -> Iterator[Finding]:
    catalogue = sight.catalogue
    known = [word for kind in catalogue.kinds.values() for word in (kind.code, kind.title)]
    known += [word for papers in catalogue.papers.values() for p in papers for word in (p.code, p.title)]
    number = numbering.parse_number(name)
    if number and any(number.prefix == s.pattern.partition("〔")[0] for s in catalogue.settings.series.values()):
        message = f"本案没有文号为「{name}」的文书，请核对文号（也可以填文书代码，如 D-13）"
        yield Finding("E-SERVED-UNKNOWN", message, "services", place, name)
    elif number is None and name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = f"，是不是「{near[0]}」" if near else ""
        message = f"不知道送达的是哪份文书：「{name}」{hint}；请填文书代码（如 D-13）、名称或者文号"
        yield Finding("E-SERVED-UNKNOWN", message, "services", place, name)


def wanted(record: Record, version: int, replaces: str = "") -> Wanted:
    """The record as a document to be made."""
    kind = record.kind
    slot = None if kind.number in ("none", "office") else Slot(kind.number, record.dated.year)
    return Wanted(
        kind=kind.kind,
        code=kind.code,
        title=kind.title,
        occurrence=record.occurrence,
        version=version,
        state="issued",
        recipe=record.recipe,
        draft_code="",
        measure="",
        rule=record.rule,
        dated=record.dated,
        slot=slot,
        replaces=replaces,
        serves=record.serves,
        refs=record.refs,
    )
