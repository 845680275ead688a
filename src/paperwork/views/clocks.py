"""What falls due: every period that runs in an open matter, and everything in 台账 that runs out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from paperwork import periods, policy
from paperwork.conditions import Situation, all_of
from paperwork.facts import rows_of
from paperwork.model import Clock, Facts, Item, Json, Matter, Yearly
from paperwork.office import Office
from paperwork.views.entries import iso_day


def due(office: Office, within: int | None = None) -> list[Json]:
    """Every clock that runs in an open matter, soonest first; what is met bears `met_on` and stands last.

    A right of the party that nothing meets (to ask for reconsideration, to sue) is over once its last day has passed.
    A day that needs a year without calendar is `due_on: null`, and `unknown` says which file is missing.
    """
    rows = [row for matter_id in office.ledger.open_matters() for row in _of_matter(office, matter_id)]
    rows += _owed(office)
    if within is not None:
        rows = [r for r in rows if r["met_on"] is None and (r["days_left"] is None or r["days_left"] <= within)]
    return sorted(rows, key=lambda r: (r["met_on"] is not None, r["due_on"] or "9999", r["id"]))


def _owed(office: Office) -> Iterator[Json]:
    """What the bureau itself owes this year about the last one: of a year with anything recorded, until it is done."""
    year = office.today.year - 1
    for owed in office.catalogue.yearly:
        with office.ledger.figures() as look:
            first = look.first_day()
        if first is None or first.year > year or year_done(office, owed, year):
            continue
        day = dt.date(year + 1, owed.month, owed.day)
        ends = periods.deadline(day, 0, "days", "agency", office.catalogue.calendars)
        yield {
            "id": owed.id,
            "case": None,
            "party": office.catalogue.settings.organ.name,
            "what": owed.what.replace("{year}", str(year)),
            "due_on": iso_day(ends.due),
            "days_left": None if ends.due is None else (ends.due - office.today).days,
            "basis": [],
            "unknown": ends.unknown or None,
            "met_on": None,
        }


def year_done(office: Office, owed: Yearly, year: int) -> Facts | None:
    """What a form says of this year's duty being done; None while it is not."""
    for matter_id in office.ledger.keyed(owed.year):
        matter = office.ledger.matter(matter_id)
        facts = office.sight(matter).folded if matter else {}
        if facts.get(owed.year) == str(year) and facts.get(owed.done):
            return facts
    return None


def _of_matter(office: Office, matter_id: str) -> Iterator[Json]:
    matter = office.ledger.matter(matter_id)
    if matter is None:
        return
    sight = office.sight(matter)
    facts = sight.facts(sight.documents)
    yield from (row for _, row in clocks_of(office, matter, facts))
    for window in rows_of(facts.get("windows")):
        if window.get("done") is not True or window.get("done_on"):  # done on a day that nobody told: nothing to show
            yield _window(office, matter, window)


def _window(office: Office, matter: Matter, window: Item) -> Json:
    """Something of 台账 that runs out: until when the party may act."""
    day, done_on = window.get("last_day"), window.get("done_on")
    no = f"（{window['no']}）" if window.get("no") and window["kind"] in ("licence", "cma") else ""
    basis = next((r.basis for r in office.catalogue.reminders if r.kind == window["kind"]), ())
    due_on, done = day if isinstance(day, dt.date) else None, window.get("done") is True
    return {
        "id": matter.id,
        "case": matter.case or None,
        "party": matter.party,
        "what": f"{window['subject']}{no}：{window['what']}",
        "due_on": iso_day(due_on),
        "days_left": None if due_on is None or done else (due_on - office.today).days,
        "basis": [str(c) for c in basis],
        "unknown": window.get("unknown") or None,
        "met_on": iso_day(done_on if isinstance(done_on, dt.date) else None),
    }


def clocks_of(office: Office, matter: Matter, facts: Facts) -> Iterator[tuple[Clock, Json]]:
    """Every period that runs in the matter, with its row of `due`."""
    whole = Situation(facts, office.catalogue.facts)
    for clock in office.catalogue.clocks:
        if matter.type not in clock.matters:
            continue
        for _, situation in policy.each(clock.per, whole):
            start = situation.facts.get(clock.start)
            if isinstance(start, dt.date) and all_of(clock.when, situation)[0] is True:
                row = _clock(office, matter, clock, situation)
                if clock.met or row["days_left"] is None or row["days_left"] >= 0:
                    yield clock, row


def _clock(office: Office, matter: Matter, clock: Clock, situation: Situation) -> Json:
    start, met = situation.facts[clock.start], situation.facts.get(clock.met) if clock.met else None
    assert isinstance(start, dt.date)
    ends = periods.deadline(_date(start), clock.length, clock.unit, clock.side, office.catalogue.calendars)
    met_on = _date(met) if isinstance(met, dt.date) else None
    return {
        "id": matter.id,
        "case": matter.case or None,
        "party": matter.party,
        "what": clock.what + _item(clock, situation),
        "due_on": iso_day(ends.due),
        "days_left": None if ends.due is None or met_on else (ends.due - office.today).days,
        "basis": [str(c) for c in clock.basis],
        "unknown": ends.unknown or None,
        "met_on": iso_day(met_on),
    }


def _item(clock: Clock, situation: Situation) -> str:
    """Which item of the clock's list it is about: （2）."""
    no = policy.occurrence_of(situation, clock.per) if clock.per else ""
    return f"（{no}）" if no else ""


def _date(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value
