"""Typical cases, proposed from the ledger and never invented: what was done and what came of it, with nobody named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from paperwork.ledger import CountRow
from paperwork.model import Fact, Facts, Matter, Scalar, Value, printed_date
from paperwork.office import Office

MOST, LOOKED_AT = 3, 40
_TOLD = ("case.act", "case.industry", "fact.summary", "no_penalty.reason")


@dataclass(frozen=True)
class Story:
    """A case as the report tells it."""

    matter: str
    title: str
    text: str


def proposed(office: Office, rows: Sequence[CountRow]) -> tuple[Story, ...]:
    """Up to three of these decided cases, of different industries first, oldest first; only such as can be told."""
    told: list[Story] = []
    seen: set[str] = set()
    for row in (*_first_of_industry(rows), *rows):
        if len(told) == MOST or len(seen) == LOOKED_AT:
            break
        if row.matter in seen or not row.document:
            continue
        seen.add(row.matter)
        matter = office.ledger.matter(row.matter)
        story = _story(office, matter) if matter else None
        if story:
            told.append(story)
    return tuple(told)


def _first_of_industry(rows: Sequence[CountRow]) -> Iterator[CountRow]:
    known: set[str] = set()
    for row in rows:
        if row.industry not in known:
            known.add(row.industry)
            yield row


def _story(office: Office, matter: Matter) -> Story | None:
    """None when the facts do not carry a story: then none is told."""
    sight = office.sight(matter)
    facts = sight.facts(matter.documents)
    decision = next((d for d in matter.documents if d.state == "issued" and d.code == "D-13"), None)
    told = {name: str(facts.get(name) or "") for name in _TOLD}
    done, decided = facts.get("correct.done_on"), decision.dated if decision else None
    if not all(told.values()) or decided is None or decision is None:
        return None
    who = f"某{told['case.industry']}经营者"
    basis = decision.recipe.context.get("measure", {}).get("grounds", "")
    mended = f"当事人于{printed_date(done)}改正" if isinstance(done, dt.date) else ""
    text = (
        f"本局查明，{who}{told['case.act']}：{told['fact.summary'].strip('。；')}。"
        f"【做法】{told['no_penalty.reason'].strip('。；')}。{f'依据{basis}，' if basis else ''}"
        f"{printed_date(decided)}决定不予行政处罚{_taught(facts)}。"
        f"【成效】{_rechecked(facts, mended)}。"
    )
    return Story(matter.id, f"{who}{told['case.act']}案", masked(text, matter, facts, office.catalogue.facts))


def _taught(facts: Facts) -> str:
    points = str(facts.get("edu.law_points") or "").strip("。；")
    return f"，并进行教育：{points}" if points else ""


def _rechecked(facts: Facts, mended: str) -> str:
    checked = facts.get("correct.rechecked_on")
    if not isinstance(checked, dt.date):
        return mended or "已当场指出并说明"
    return f"{mended + '，' if mended else ''}经{printed_date(checked)}复查，已经整改到位"


def masked(text: str, matter: Matter, facts: Facts, defs: Mapping[str, Fact]) -> str:
    """The text without the party's name and without any personal answer of the matter (domain/06 §6.3)."""
    hidden = {matter.party: "该当事人", str(facts.get("party.name") or ""): "该当事人"}
    for name, value in facts.items():
        fact = defs.get(name)
        if fact:
            hidden.update(dict.fromkeys(_personal(fact, value), "×××"))
    for place in ("party.address", "fact.place", "party.uscc"):
        hidden[str(facts.get(place) or "")] = "×××"
    for word in sorted(filter(None, hidden), key=len, reverse=True):
        text = text.replace(word, hidden[word])
    return text


def _personal(fact: Fact, value: Value) -> Iterator[str]:
    """Every answer of a class of personal data, in lists too; one-character answers would blot whole sentences."""
    if isinstance(value, tuple):
        for item in value:
            for name, answer in item.items() if isinstance(item, Mapping) else ():
                if name in fact.items and fact.items[name].personal:
                    yield from _words(answer)
    if fact.personal and not (isinstance(value, tuple) and fact.items):
        yield from _words(value)  # type: ignore[arg-type]


def _words(value: Scalar) -> Iterator[str]:
    for word in value if isinstance(value, tuple) else (value,):
        if isinstance(word, str) and len(word) > 1:
            yield word
