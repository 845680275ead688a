"""Every period of the law by worked dates (domain/05 §5.4): agency duties never roll forward, rights of the party do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import pytest

from paperwork import periods
from paperwork.facts import Around, complete
from paperwork.model import Document, Facts, History, Matter, Recipe
from paperwork.office import Office
from paperwork.views.clocks import clocks_of
from tests.samples import shipped

D = dt.date
T = dt.datetime


SEPTEMBER = D(2026, 9, 1)


class Runs(NamedTuple):
    """The type of matter, its facts, the last day."""

    matter: str
    facts: Mapping[str, Any]
    due: D | None


def row(name: str, **answers: Any) -> dict[str, Any]:
    return {name: ({"no": 1, **answers},)}


FINED = {"decision.result": "penalty", "payment.must": True, "payment.owed": 800000}
CLOCKS: dict[str, list[Runs]] = {
    # ── money that does not come: the day of the granted deferral, ten workdays, three months after the remedies ──
    "payment": [Runs("case", {**FINED, "service.on": D(2026, 9, 16)}, D(2026, 10, 8)),  # the 1st of October, a holiday
                Runs("case", {**FINED, "service.on": D(2026, 4, 20)}, D(2026, 5, 6))],
    "deferral": [Runs("case", {"deferral.granted": True, "deferral.until": D(2026, 10, 31)}, D(2026, 11, 2)),  # a Saturday
                 Runs("case", {"deferral.granted": True, "deferral.until": D(2026, 10, 10)}, D(2026, 10, 10)),  # a working one
                 Runs("case", {"deferral.granted": True, "deferral.until": D(2026, 10, 1)}, D(2026, 10, 8))],
    "demand": [Runs("case", {"demand.served_on": D(2026, 9, 18)}, D(2026, 10, 9)),  # over two holidays, with the working Sunday
               Runs("case", {"demand.served_on": D(2026, 6, 30)}, D(2026, 7, 14)),
               Runs("case", {"demand.served_on": D(2026, 12, 20)}, None)],  # 2027 has no calendar: no day rather than a guess
    "enforcement": [Runs("case", {**FINED, "remedies.over_on": D(2026, 3, 31)}, D(2026, 6, 30)),
                    Runs("case", {**FINED, "remedies.over_on": D(2026, 7, 3)}, D(2026, 9, 30)),  # ends within the holiday
                    Runs("case", {**FINED, "remedies.over_on": D(2026, 8, 15)}, D(2026, 11, 13))],  # a Sunday
    # ── the decision and what follows it ──
    "decision": [Runs("case", {"case.filed_on": D(2026, 7, 20)}, D(2026, 10, 16)), Runs("case", {"case.filed_on": D(2026, 7, 10)}, D(2026, 10, 8))],
    "service": [Runs("case", {"decision.on": day, "decision.result": "no_penalty"}, due)
                for day, due in ((D(2026, 7, 22), D(2026, 7, 31)), (D(2026, 9, 24), D(2026, 10, 12)))],
    "reconsideration": [Runs("case", {"service.on": D(2026, 7, 23)}, D(2026, 9, 21)), Runs("case", {"service.on": D(2026, 3, 31)}, D(2026, 6, 1))],
    "litigation": [Runs("case", {"service.on": D(2026, 3, 31)}, D(2026, 9, 30)), Runs("case", {"service.on": D(2026, 7, 23)}, None)],
    "hearing": [Runs("case", {"notice.served_on": D(2026, 8, 31)}, D(2026, 9, 7)), Runs("case", {"notice.served_on": D(2026, 4, 30)}, D(2026, 5, 11))],
    "correction": [Runs("case", {"correct.deadline": D(2026, 10, 3)}, D(2026, 10, 8))],  # the party may use the holiday
    "publish": [Runs("case", {"decision.on": D(2026, 2, 12), "credit.wanted": True}, D(2026, 2, 28))],
    "withdraw": [Runs("case", {"credit.published_on": D(2026, 9, 1), "credit.revoked_on": D(2026, 9, 30)}, D(2026, 10, 10))],
    # ── before a case, on the spot ──
    "filing": [Runs("lead", {"lead.received_on": D(2026, 7, 8)}, D(2026, 7, 29)), Runs("lead", {"lead.received_on": D(2026, 9, 18)}, D(2026, 10, 15))],
    "spot_handed": [Runs("lead", {"spot.on": T(2026, 9, 30, 15), "spot.collected": True}, D(2026, 10, 9))],
    "spot_banked": [Runs("lead", {"spot.handed_on": D(2026, 4, 30)}, D(2026, 5, 7))],
    "reply_accepted": [Runs("lead", {"lead.informant": "高小明", "lead.received_on": D(2026, 7, 8)}, D(2026, 7, 17))],
    "reply_result": [Runs("lead", {"lead.informant": "高小明", "lead.answer_from": D(2026, 7, 10)}, D(2026, 7, 17))],
    # ── kept and seized ──
    "keeping": [Runs("case", row("keepings", on=D(2026, 7, 20)), D(2026, 7, 29)), Runs("lead", row("keepings", on=D(2026, 9, 24)), D(2026, 10, 12))],
    "seizure": [Runs("case", row("seizures", on=D(2026, 9, 7), to=D(2026, 10, 6), extended_to=""), D(2026, 9, 30))],
    "seizure_longer": [Runs("case", row("seizures", to=D(2026, 8, 18), extended_to=D(2026, 9, 19)), D(2026, 9, 18))],
    "seizure_report": [Runs("case", row("seizures", on=D(2026, 7, 17), urgent=True), D(2026, 7, 18))],
    # ── handed over ──
    "transfer": [Runs("case", {"transfer.to": "甲局", "transfer.proposed_on": D(2026, 8, 24)}, D(2026, 8, 26))],
    "pass_on": [Runs("guidance", {"transfer.to": "消防", "transfer.ground": "safety", "transfer.proposed_on": D(2026, 7, 2)}, D(2026, 7, 3))],
    "crime_decision": [Runs("case", {"crime.reported_on": D(2026, 8, 26)}, D(2026, 8, 28))],  # the third day is a Saturday
    "crime_handover": [Runs("case", {"decision.on": D(2026, 8, 27), "decision.result": "transfer_crime"}, D(2026, 8, 28))],
    "crime_goods": [Runs("case", {"crime.notice_on": D(2026, 9, 2), "crime.accepted": True}, D(2026, 9, 4))],
    "crime_review": [Runs("case", {"crime.notice_on": D(2026, 9, 2), "crime.accepted": False}, D(2026, 9, 4))],
    # ── soft, supervision, credit, rules, the office ──
    "claim": [Runs("guidance", {"claim.pushed_on": D(2026, 7, 15)}, D(2026, 7, 22))],
    "request": [Runs("affair", row("demands", received_on=D(2026, 7, 16)), D(2026, 7, 23))],
    "topic": [Runs("affair", row("topics", due=D(2026, 8, 30)), D(2026, 8, 28))],  # a Sunday
    "reading": [Runs("lead", row("readings", due=D(2026, 7, 13)), D(2026, 7, 13))],
    "random_published": [Runs("check", row("random_checks", start=T(2026, 6, 15, 9), result="none"), D(2026, 7, 14))],
    "observation_mid": [Runs("observation", {"observation.mid_due": D(2026, 9, 30)}, D(2026, 9, 30))],
    "observation_end": [Runs("observation", {"observation.end": D(2026, 10, 1)}, D(2026, 9, 30))],
    "observation_harm": [Runs("observation", {"observation.ended_on": D(2026, 9, 30)}, D(2026, 10, 9))],
    "key_review": [Runs("observation", {"risk.review_on": D(2026, 9, 30)}, D(2026, 9, 30))],
    "repair_answer": [Runs("repair", {"repair.pushed_on": D(2026, 9, 21)}, D(2026, 9, 24))],
    "repair_decision": [Runs("repair", {"repair.accepted_on": D(2026, 9, 24), "repair.is_complex": False}, D(2026, 10, 12))],
    "repair_decision_complex": [Runs("repair", {"repair.accepted_on": D(2026, 9, 24), "repair.is_complex": True}, D(2026, 10, 26))],
    "public_over": [Runs("rule", {"public.from": D(2026, 8, 1)}, D(2026, 8, 31)), Runs("rule", {"public.from": D(2026, 9, 4)}, D(2026, 10, 8))],
    "rule_published": [Runs("rule", {"decision.on": D(2026, 9, 18)}, D(2026, 10, 22))],
    "rule_over": [Runs("rule", {"decision.on": D(2026, 9, 18), "rule.valid_until": D(2026, 10, 31)}, D(2026, 10, 30))],
}  # fmt: skip


def running(matter: str, facts: Mapping[str, Any], today: D = SEPTEMBER) -> dict[str, Any]:
    """Clock → its row of `due`, of a matter with these facts."""
    office = cast(Office, SimpleNamespace(catalogue=shipped(), today=today))
    of = cast(Matter, SimpleNamespace(id="M", case="", party="甲", type=matter))
    return {clock.id: told for clock, told in clocks_of(office, of, dict(facts))}


CASES = [pytest.param(clock, one, id=f"{clock} {one.due}") for clock, runs in CLOCKS.items() for one in runs]


@pytest.mark.parametrize(("clock", "one"), CASES)
def test_a_period_ends_on_the_day_that_was_worked_out(clock: str, one: Runs) -> None:
    told = running(one.matter, one.facts, D(2026, 1, 5))[clock]
    assert told["due_on"] == (one.due.isoformat() if one.due else None)
    assert bool(told["unknown"]) is (one.due is None)


def test_every_clock_of_the_office_is_worked_out() -> None:
    assert {clock.id for clock in shipped().clocks} == set(CLOCKS)


def test_no_duty_of_the_agency_rolls_forward_and_no_right_of_the_party_ends_on_a_rest_day() -> None:
    year = [D(2026, 1, 5) + dt.timedelta(n) for n in range(0, 240, 3)]
    for clock in shipped().clocks:
        for start in year:
            found = periods.deadline(start, clock.length, clock.unit, clock.side, shipped().calendars)
            if found.due is None or found.ends is None:
                continue
            if clock.side == "agency":
                assert found.due <= found.ends, (clock.id, start)
            else:
                assert found.due >= found.ends and periods.is_workday(found.due, shipped().calendars), (clock.id, start)


WITHOUT = [
    ("deferral", "case", {"deferral.granted": False, "deferral.until": D(2026, 10, 31)}),
    ("enforcement", "case", {**FINED, "payment.owed": 0, "remedies.over_on": D(2026, 3, 31)}),
    ("enforcement", "case", {**FINED, "decision.result": "no_penalty", "remedies.over_on": D(2026, 3, 31)}),
    ("payment", "case", {**FINED, "payment.must": False, "service.on": D(2026, 9, 16)}),
    ("seizure", "case", row("seizures", to=D(2026, 8, 18), extended_to=D(2026, 9, 17))),
    ("crime_goods", "case", {"crime.notice_on": D(2026, 9, 2)}),
    ("pass_on", "guidance", {"transfer.ground": "duty", "transfer.proposed_on": D(2026, 7, 2)}),
    ("spot_handed", "lead", {"spot.on": T(2026, 9, 30, 15), "spot.collected": False}),
]


@pytest.mark.parametrize(("clock", "matter", "facts"), WITHOUT)
def test_what_is_not_owed_does_not_run(clock: str, matter: str, facts: Mapping[str, Any]) -> None:
    assert clock not in running(matter, facts)


def test_a_right_that_nothing_meets_is_gone_once_its_day_has_passed_and_a_duty_stays() -> None:
    facts = {"service.on": D(2026, 3, 2), "decision.on": D(2026, 2, 27), "demand.served_on": D(2026, 3, 30)}
    late = running("case", facts, D(2026, 12, 1))
    assert "reconsideration" not in late and "litigation" not in late
    told = {"notice.served_on": D(2026, 8, 31)}
    assert "hearing" in running("case", told, D(2026, 9, 7)) and "hearing" not in running("case", told, D(2026, 9, 8))
    assert late["demand"]["days_left"] < 0


# ── from the facts that people give to the days that the clocks start on ──────────────────────────────────


def decided(demanded: D | None = None, **answers: Any) -> Facts:
    """A fine of 8000 元, decided on 14 and served on 16 March 2026; its 催告书 served on `demanded`."""
    paper = Document("M", "penalty_decision", "D-17", "行政处罚决定书", "", 1, "issued", Recipe("", "", "", "", {}),
                     measure="penalty_decision", number="罚字1号", dated=D(2026, 3, 14))  # fmt: skip
    asked = Document("M", "demand_letter", "D-48", "履行行政处罚决定催告书", "", 1, "issued", Recipe("", "", "", "", {}), number="催字1号")
    served = [{"document": "D-17", "on": D(2026, 3, 16), "method": "direct"}]
    served += [{"document": "D-48", "on": demanded, "method": "direct"}] if demanded else []
    said = {"penalty.kinds": ("fine",), "penalty.fine": 800000, "services": tuple(served), **answers}
    return complete(said, Around(shipped(), History(""), (paper, asked)))


def told(facts: Facts) -> Iterator[tuple[str, str | None, str | None]]:
    rows = running("case", facts, D(2026, 3, 20))
    return ((name, rows[name]["due_on"], rows[name]["met_on"]) for name in ("payment", "deferral", "demand", "enforcement") if name in rows)


def test_a_fine_that_is_not_paid_is_demanded_and_brought_to_the_court_in_time() -> None:
    """行政处罚法 arts 66, 67, 72; 行政强制法 arts 53, 54: fifteen days, ten workdays, three months after six."""
    assert list(told(decided())) == [("payment", "2026-03-31", None), ("enforcement", "2026-12-16", None)]
    unserved = decided(**{"demand.on": D(2026, 4, 1)})
    assert "demand" not in {name for name, _, _ in told(unserved)}, "it runs from the receipt, not from the paper's day"
    asked = decided(D(2026, 4, 1), **{"demand.on": D(2026, 3, 31)})
    assert asked["demand.until"] == D(2026, 4, 16)
    assert ("demand", "2026-04-16", None) in list(told(asked)), "ten workdays over 清明"
    assert asked["remedies.over_on"] == D(2026, 9, 16)
    paid = decided(D(2026, 4, 1), payments=({"no": 1, "on": D(2026, 4, 8), "amount": 800000},))
    assert list(told(paid)) == [("payment", "2026-03-31", "2026-04-08"), ("demand", "2026-04-16", "2026-04-08")]


def test_a_granted_deferral_moves_what_follows_it() -> None:
    """Art 72 para 2: the surcharge and the court wait for the end of what was granted."""
    later = decided(**{"deferral.granted": True, "deferral.until": D(2026, 9, 30), "demand.on": D(2026, 10, 10)})
    assert ("deferral", "2026-09-30", None) in list(told(later))
    assert later["payment.due_on"] == D(2026, 9, 30) and later["remedies.over_on"] == D(2026, 9, 30)
    assert ("enforcement", "2026-12-30", None) in list(told(later))
    refused = decided(**{"deferral.granted": False, "deferral.until": D(2026, 9, 30)})
    assert refused["payment.due_on"] == D(2026, 3, 31) and "deferral" not in {name for name, _, _ in told(refused)}
