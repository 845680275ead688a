"""A drop with many submissions: after its rows are decided, one word to the clerk about all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paperwork import delivery, faults, intake, marking, returned, slips, views
from paperwork.model import Drop, Finding, Outcome
from paperwork.office import Office
from paperwork.wordform import Package, Unreadable, returned_as

_KINDS = ("filed", "returned", "duplicate")


def is_settled(office: Office, drop: Drop) -> bool:
    """Whether it was said of every row what became of it."""
    row = office.ledger.drop_row(drop.id)
    return row is not None and isinstance(row.outcome, list)


def settled(office: Office, drop: Drop, outcomes: Sequence[Outcome]) -> bool:
    """Write down what became of every row, before anybody hears of it. False: another process moved, decide again."""
    return office.ledger.settle(drop.id, [views.outcome_entry(outcome) for outcome in outcomes])


def break_off(office: Office, drop: Drop, findings: Sequence[Finding]) -> tuple[Outcome, ...]:
    """A sheet whose rest cannot be read any more: what is registered is filed, and all of it goes back with why."""
    originals = delivery.Originals(office, drop)
    while True:
        filed = [delivery.file(office, originals, row) for row in office.ledger.rows_of(drop.id)]
        back = Outcome(drop.name, 0, "returned", findings=tuple(findings))
        if settled(office, drop, [*filed, back]):
            return finish(office, drop)


def finish(office: Office, drop: Drop) -> tuple[Outcome, ...]:
    """Bad rows back in a copy of the sheet, a slip for those that are filed; then clear the claimed copy.

    As the ledger says that the rows ended: any run tells the same.
    """
    row = office.ledger.drop_row(drop.id)
    assert row is not None, drop.id
    outcomes = views.outcomes_of(row.outcome)
    if row.concluded_at is None:
        try:
            _tell(office, drop, outcomes)
        except FileNotFoundError:
            if _done(office, drop):
                return outcomes  # by another process, which cleared the copy
            raise
        office.ledger.conclude(drop.id, row.outcome, office.now)
        office.log.note("concluded", drop.id, **{k: sum(o.outcome == k for o in outcomes) for k in _KINDS})
    intake.clear(office.inbox, office.private, drop)
    return outcomes


def _done(office: Office, drop: Drop) -> bool:
    row = office.ledger.drop_row(drop.id)
    return row is not None and row.concluded_at is not None


def _tell(office: Office, drop: Drop, outcomes: Sequence[Outcome]) -> None:
    data = delivery.staged(office, drop)
    office.objects.put(data)
    kinds = {outcome.outcome for outcome in outcomes}
    returned.settle_rows(office, drop, _copy_of(data), sum(bool(outcome.row) for outcome in outcomes))
    if "returned" in kinds:
        known = office.catalogue
        copy = marking.mark_rows(data, known.forms, known.facts, _with_party(office, outcomes), drop.id)
        placed = intake.give_back(office.inbox, drop, copy or data, slips.rows_refused(drop, outcomes))
        if placed:
            returned.remember_rows(office, drop, sum(o.outcome == "returned" for o in outcomes), placed)
    elif kinds == {"duplicate"}:
        intake.give_back(office.inbox, drop, data, slips.rows_refused(drop, outcomes), intake.RECEIPTS)
    faults.point("back")
    if "filed" in kinds:
        intake.reply(office.inbox, drop, "\n".join(_slip(office, drop, outcomes)))
    faults.point("reply")


def _copy_of(data: bytes) -> str:
    """The drop as which this sheet once went back, as it says of itself."""
    try:
        return returned_as(Package(data))
    except Unreadable:
        return ""


def _with_party(office: Office, outcomes: Sequence[Outcome]) -> list[tuple[Outcome, str]]:
    parties = {row.id: row.party for row in office.ledger.matters()}
    return [(outcome, parties.get(outcome.id, "")) for outcome in outcomes]


def _slip(office: Office, drop: Drop, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The slip of a sheet: what came of it at one look, then each row that was filed."""
    yield from slips.rows_head(drop, outcomes)
    for outcome in outcomes:
        matter = office.ledger.matter(outcome.id) if outcome.outcome == "filed" else None
        if matter is not None:
            then = delivery.afterwards(office, drop, matter)
            yield from slips.row_accepted(drop, matter, outcome, delivery.explained(office, matter), then)
    yield ""
