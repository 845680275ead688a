"""A bureau's half-year in memory, made by chance but always the same: matters with their facts and papers.

A test counts it in its own way from `told`, what was thrown for each matter, and holds that against the figures.
"""

from __future__ import annotations

import datetime as dt
import functools
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from paperwork import counting
from paperwork.facts import Around, complete
from paperwork.ledger import Ledger, counts
from paperwork.ledger import tables as t
from paperwork.model import Document, History, Past, Recipe
from samples import SHANGHAI, shipped

SINCE, UNTIL, TODAY = dt.date(2026, 4, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 8)
D13 = ("no_penalty_decision", "D-13", "no_penalty")
D17 = ("penalty_decision", "D-17", "penalty_decision")
ENDS = {
    "spared": D13, "fined": D17, "withdrawn": ("withdrawal_approval", "D-41", "withdrawal"),
    "transferred": ("transfer_letter", "D-18", "transfer"), "crime": ("crime_transfer", "D-18b", "transfer_crime"),
}  # fmt: skip
FIRST, MINOR = "DR-11", "DR-10"
LAW = {"law": "互联网上网服务营业场所管理条例", "article": 31}


@dataclass
class Thrown:
    """One matter: what was thrown for it, and what it became."""

    type: str
    id: str
    party: str
    unit: str
    industry: str
    told: dict[str, Any]
    facts: dict[str, Any] = field(default_factory=dict)
    papers: list[Document] = field(default_factory=list)
    past: tuple[Past, ...] = ()

    def paper(self, kind: tuple[str, str, str], dated: dt.date, **more: Any) -> Document:
        name, code, measure = kind
        recipe = Recipe(name, code, code, "0" * 64, {})
        made = {"occurrence": "", "state": "issued", "rule": "", "number": f"{code}-{self.id}", **more}
        document = Document(self.id, name, code, code, made["occurrence"], 1, made["state"], recipe,
                            measure=measure, rule=made["rule"], number=made["number"], dated=dated)  # fmt: skip
        self.papers.append(document)
        return document


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10), SHANGHAI)


@functools.cache
def world() -> tuple[Thrown, ...]:
    """Two hundred matters of each kind that matters here."""
    dice = random.Random(20260402)
    makers = (_case, _guidance, _observation, _repair, _check, _rule, _affair, _lead)
    return tuple(made for n in range(240) for maker in makers for made in [maker(dice, n)])


def _new(dice: random.Random, type_: str, n: int) -> Thrown:
    unit, industry = dice.choice(("一中队", "二中队", "")), dice.choice(("娱乐场所", "旅行社", ""))
    return Thrown(type_, f"2026-{type_}-{n:04d}", f"P{dice.randrange(60)}", unit, industry, {})


def _day(dice: random.Random, first: dt.date = dt.date(2026, 1, 5), days: int = 180) -> dt.date:
    return first + dt.timedelta(days=dice.randrange(days))


def _later(dice: random.Random, day: dt.date | None, most: int, odds: float = 0.8) -> dt.date | None:
    return day + dt.timedelta(days=dice.randrange(most)) if day and dice.random() < odds else None


def _case(dice: random.Random, n: int) -> Thrown:
    made = _new(dice, "case", n)
    filed = _day(dice, dt.date(2025, 3, 1), 90) if dice.random() < 0.2 else _day(dice)
    told = made.told = {
        "filed": filed, "channel": dice.choice(("online", "offline", "both")), "new": dice.random() < 0.3,
        "end": dice.choice((*ENDS, "fined", "spared", "")), "decided": _later(dice, filed, 130, 0.9),
        "state": dice.choice(("issued", "issued", "issued", "draft", "void")), "rule": dice.choice((FIRST, MINOR)),
        "fine": dice.choice((None, 100000, 250050, 600000)), "depth": dice.choice(("lighter", "reduced", "ordinary")),
        "step": dice.choice(("一般", "较轻")), "grave": dice.random() < 0.2, "complex": dice.random() < 0.3,
        "reviewed": dice.random() < 0.8, "discussed": dice.random() < 0.6, "floor": dice.choice((None, 500000)),
        "asked": _later(dice, filed, 20, 0.6), "spared_before": dice.choice((None, None, dt.date(2025, 5, 2))),
    }  # fmt: skip
    told["standing"] = bool(told["end"] and told["decided"] and told["state"] == "issued")
    told["on"] = told["decided"] if told["standing"] else None
    told["served"] = _later(dice, told["on"], 16)
    told["published"] = _later(dice, told["on"], 20, 0.7) if told["end"] == "fined" else None
    told["due"] = told["asked"] and told["asked"] + dt.timedelta(days=10)
    told["mended"] = _later(dice, told["asked"], 20, 0.7)
    told["inspected"] = _later(dice, filed, 5, 0.5)
    told["banned"] = _later(dice, filed, 60, 0.1)
    told["withdrawn"] = _later(dice, told["published"], 60, 0.6)
    told["mended_and_closed"] = None if told["end"] else _later(dice, filed, 60, 0.5)
    _case_facts(made)
    return made


def _case_facts(made: Thrown) -> None:
    told = made.told
    span = f"处{told['floor'] // 100}元以上10000元以下罚款" if told["floor"] else "可以处10000元以下罚款"
    steps = [s for s, said in (("legal_review", told["reviewed"]), ("collective", told["discussed"])) if said]
    made.facts |= {
        "case.filed_on": told["filed"], "case.channel": told["channel"], "new_economy.flag": told["new"],
        "party.kind": "company", "law.penalty": ({**LAW, "range": span},), "credit.class_given": "ordinary",
        "approvals": tuple({"draft": "X", "step": s, "decision": "agree", "on": told["filed"]} for s in steps),
        "harm.classes": ("minors",) if told["grave"] else (), "harm.confirmed_by": ("甲", "乙") if told["grave"] else (),
    }  # fmt: skip
    if told["end"] == "fined":
        kinds = ("fine",) if told["fine"] else ("warning",)
        made.facts |= {"penalty.kinds": kinds, "penalty.depth": told["depth"], "penalty.standard_step": told["step"],
                       "penalty.complex": told["complex"]}  # fmt: skip
        made.facts |= {"penalty.fine": told["fine"]} if told["fine"] else {}
    made.facts |= {"credit.published_on": told["published"]} if told["published"] else {}
    if told["mended_and_closed"]:
        made.facts |= {"case.result": "closed_after_correction", "case.closed_on": told["mended_and_closed"]}
    for paper, day in ((("ban_decision", "D-19d", "ban"), "banned"), (("credit_withdrawal", "D-29b", "withdraw_publicity"), "withdrawn")):
        if told[day]:
            made.paper(paper, told[day])
    if told["asked"]:
        made.facts |= {"correct.mode": "by_deadline", "correct.required_on": told["asked"], "correct.deadline": told["due"]}
        made.facts |= {"correct.done_on": told["mended"]} if told["mended"] else {}
    if told["end"] and told["decided"]:
        made.paper(ENDS[told["end"]], told["decided"], state=told["state"], rule=told["rule"])
    if told["served"]:
        made.facts["services"] = ({"document": ENDS[told["end"]][1], "on": told["served"], "method": "direct"},)
    if told["spared_before"]:
        made.past = (Past("2025-LA-0001", "no_penalty", told["spared_before"], "", "33-1后"),)
    if told["inspected"]:
        made.facts["inspections"] = ({"no": 1, "start": at(told["inspected"]), "by": ("甲", "乙", "丙")},)
        made.paper(("inspection_record", "D-38", ""), told["inspected"], occurrence="1")


HINTS = (
    ("reminder_duty", "D-02c"), ("reminder_annual", "D-02a"), ("reminder_other", "D-02g"), ("reminder_licence", "D-02b"),
    ("reminder_window", "D-02d"), ("reminder_cma", "D-02e"), ("reminder_abnormal", "D-02f"),
)  # fmt: skip


def _guidance(dice: random.Random, n: int) -> Thrown:
    made = _new(dice, "guidance", n)
    until = _day(dice, dt.date(2026, 3, 20), 120)
    told = made.told = {
        "advised": _day(dice) if dice.random() < 0.5 else None, "talk": _day(dice), "held": dice.random() < 0.8,
        "talk_kind": dice.choice(("guidance", "responsibility", "repair")), "checked": _day(dice),
        "result": dice.choice(("done", "partial", "not_done")), "of_advice": dice.random() < 0.5,
        "hint": dice.choice(HINTS), "told_twice": _later(dice, _day(dice), 30, 0.4), "model": _later(dice, _day(dice), 30, 0.3),
        "pushed": _later(dice, _day(dice), 30, 0.5), "informed": _later(dice, _day(dice), 30, 0.2),
        "hinted": _day(dice), "until": until, "done": until + dt.timedelta(days=dice.randrange(-20, 10)),
        "is_done": dice.random() < 0.7, "warned": dice.random() < 0.2, "shown": _day(dice),
        "shown_as": dice.choice(("training", "media", "visit")), "people": dice.randrange(5, 80),
    }  # fmt: skip
    told["claimed"] = _later(dice, told["pushed"], 12, 0.8)
    duty = {"no": "1", "name": "备案", "kind": "duty", "due_on": until}
    orig = {"orig_title": "行政建议书" if told["of_advice"] else "责令改正通知书"}
    made.facts |= {
        "talks": ({"no": 1, "kind": told["talk_kind"], "held": told["held"], "start": at(told["talk"]),
                   "when": at(told["talk"])},),
        "rechecks": ({"no": 1, "dt": at(told["checked"]), "conclusion": told["result"], **orig},),
        "duties": ({**duty, "done_on": told["done"]} if told["is_done"] else duty,),
        "publicity": ({"no": "1", "kind": told["shown_as"], "on": told["shown"], "count": told["people"]},),
    }  # fmt: skip
    kind, code = told["hint"]
    for name, day in (("pushed_on", "pushed"), ("on", "claimed")):
        made.facts |= {f"claim.{name}": told[day]} if told[day] else {}
    for paper, day in ((("double_notice", "D-06", ""), "told_twice"), (("model_sheet", "D-28", "model"), "model"),
                       (("notify_letter", "D-07b", "notify"), "informed")):  # fmt: skip
        if told[day]:
            made.paper(paper, told[day])
    of = f"1@{until.isoformat()}" if kind == "reminder_duty" else f"other@{until.isoformat()}"
    made.paper((kind, code, "reminder"), told["hinted"], occurrence=f"{of}/T-7")
    if told["advised"]:
        made.paper(("advice_letter", "D-03", "advice"), told["advised"], occurrence="1")
    if told["warned"]:
        made.paper(("warning_letter", "D-03b", "warning"), told["hinted"], occurrence="1")
    return made


def _observation(dice: random.Random, n: int) -> Thrown:
    made = _new(dice, "observation", n)
    set_on = _day(dice)
    told = made.told = {
        "set": set_on, "kind": dice.choice(("observation", "tolerance", "key")), "new": dice.random() < 0.5,
        "end": set_on + dt.timedelta(days=60), "closed": _later(dice, set_on, 120, 0.5),
        "became": dice.choice(("normal", "rules", "enforcement")), "hit": _later(dice, set_on, 30, 0.4),
    }  # fmt: skip
    told["answered"] = _later(dice, told["hit"], 9, 0.9)
    told["harmed"] = _later(dice, set_on, 100, 0.2) if told["kind"] != "key" else None
    made.facts |= {"observation.kind": told["kind"], "observation.start": set_on, "new_economy.flag": told["new"]}
    if told["kind"] != "key":
        made.facts["observation.end"] = told["end"]
    if told["closed"]:
        made.facts |= {"case.closed_on": told["closed"], "observation.conclusion": told["became"]}
    kind = ("key_supervision", "D-25", "key") if told["kind"] == "key" else ("observation_approval", "D-22", "observation")
    made.paper(kind, set_on)
    if told["harmed"]:
        made.paper(("observation_end", "D-22b", "observation_ended"), told["harmed"])
    if told["hit"]:
        made.facts["triggers"] = ({"no": "1", "kind": "accident", "on": told["hit"], "grave": True},)
        if told["answered"]:
            made.paper(("trigger_response", "D-24", "trigger_check"), told["answered"], occurrence="1")
    return made


def _repair(dice: random.Random, n: int) -> Thrown:
    made = _new(dice, "repair", n)
    asked = _day(dice)
    told = made.told = {
        "asked": asked, "accepted": _later(dice, asked, 8, 0.8), "result": dice.choice(("repair_granted", "repair_refused")),
        "false": _later(dice, asked, 60, 0.1), "promised": dice.random() < 0.5,
    }  # fmt: skip
    told["answered"] = _later(dice, told["accepted"], 15, 0.9)
    made.facts |= {"repair.pushed_on": asked}
    for name, answer in (("accepted_on", told["accepted"]), ("false_found_on", told["false"])):
        made.facts |= {f"repair.{name}": answer} if answer else {}
    if told["answered"]:
        made.paper(("repair_decision", "D-11b", told["result"]), told["answered"])
    if told["promised"]:
        made.paper(("commitment", "D-11", ""), asked, occurrence="1")
    return made


def _check(dice: random.Random, n: int) -> Thrown:
    made = _new(dice, "check", n)
    on = _day(dice)
    told = made.told = {"on": on, "task": f"T{dice.randrange(12)}", "found": dice.random() < 0.3,
                        "published": _later(dice, on, 45, 0.8)}  # fmt: skip
    row = {"no": 1, "task": told["task"], "start": at(on), "result": "见附表", "next": "立案" if told["found"] else ""}
    made.facts["random_checks"] = ({**row, "published_on": told["published"]} if told["published"] else row,)
    made.paper(("random_check", "D-31", ""), on, occurrence="1")
    return made


def _rule(dice: random.Random, n: int) -> Thrown:
    made = _new(dice, "rule", n)
    told = made.told = {"on": _day(dice), "major": dice.random() < 0.4, "argued": dice.random() < 0.7}
    made.facts |= {"rule.major": told["major"], "legality.on": told["on"], "discussions": ({"no": 1},),
                   "public.published_on": told["on"], "rule.risk": "低"}  # fmt: skip
    made.facts |= {"expert.conclusion": "可行"} if told["argued"] else {}
    made.paper(("sector_rule", "D-23", "rule"), told["on"])
    return made


def _affair(dice: random.Random, n: int) -> Thrown:
    made = _new(dice, "affair", n)
    told = made.told = {"met": _later(dice, _day(dice), 20, 0.5), "asked": _later(dice, _day(dice), 20, 0.7)}
    told["replied"] = _later(dice, told["asked"], 14, 0.8)
    if told["met"]:
        made.paper(("meeting_minutes", "D-33", "minutes"), told["met"])
    if told["asked"]:
        asked = {"no": 1, "received_on": told["asked"]}
        made.facts["demands"] = ({**asked, "replied_on": told["replied"]} if told["replied"] else asked,)
    if told["replied"]:
        made.paper(("demand_sheet", "D-32", ""), told["replied"], occurrence="1")
    return made


def _lead(dice: random.Random, n: int) -> Thrown:
    made = _new(dice, "lead", n)
    told = made.told = {"sent": _later(dice, _day(dice), 20, 0.5)}
    if told["sent"]:
        made.paper(("transfer_letter", "D-18", "transfer"), told["sent"])
    return made


# ── into a ledger ─────────────────────────────────────────────────────────────────────────────────────


def tallied(made: Thrown) -> Iterator[Any]:
    known = shipped()
    facts = {**made.facts, "case.industry": made.industry} if made.industry else dict(made.facts)
    around = Around(known, History(made.party, 1, made.past), tuple(made.papers), TODAY)
    yield from counting.rows(known, counting.Counted(made.type, complete(facts, around), made.papers))


def written(folder: Path) -> Ledger:
    """A ledger with the rows of the whole world."""
    url = f"sqlite:///{folder / 'ledger.db'}"
    Ledger.open(url, "B").close()
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for made in world():
            row: Mapping[str, Any] = {
                "bureau": "B", "id": made.id, "type": made.type, "party_key": made.party, "party": made.party,
                "unit": made.unit, "opened_on": "2026-01-01", "folder": made.id,
            }  # fmt: skip
            connection.execute(sa.insert(t.matters).values(**row))
            counts.write(connection, "B", made.id, tallied(made))
    engine.dispose()
    return Ledger.open(url, "B")
