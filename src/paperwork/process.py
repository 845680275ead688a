"""The whole story of one form, on one page.

    read → validate → decide → rehearse      touch nothing
    register                                 one transaction: numbers, documents' recipes, events
    render → file → conclude                 repeat safely, on whatever day, whatever has been edited since

`take` goes through it for one claimed file; `resume` takes up after a kill wherever it happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from paperwork import batches, delivery, faults, planning, readers, recounting, rehearsal, validation, views
from paperwork.errors import MachineError
from paperwork.facts import rows_of
from paperwork.ledger import Duplicate, Moved, Refused
from paperwork.matching import Found, by_key, find_matter, not_yet_filed, take_over
from paperwork.model import Drop, Event, Finding, Outcome, Plan, RawForm, Submission
from paperwork.office import Office
from paperwork.originals import keep_within_reach
from paperwork.planning import Sight
from paperwork.validation import Checked

PATIENCE = 50  # how often a decision is made anew because another process registered first


class Interrupted(Exception):
    """Raised by `between`: whoever runs this must stop. What is left of the sheet is taken up again, row by row."""


def nothing() -> None:
    """Between two rows."""


def take(office: Office, drop: Drop, between: Callable[[], None] = nothing) -> tuple[Outcome, ...]:
    """One claimed file, through to its documents or back to its clerk. Never half.

    `between` is called before each row of a sheet: a daemon shows that it lives, or raises Interrupted.
    """
    keep_within_reach(office, drop)
    office.ledger.receive(drop)
    office.log.note("received", drop.id, place=drop.place)
    try:
        raws = read(office, drop)
    except readers.Unreadable as unreadable:
        if office.ledger.rows_of(drop.id):  # a sheet was begun, and since then its form was changed
            return batches.break_off(office, drop, unreadable.findings)
        return (delivery.send_back(office, drop, 0, unreadable.findings),)
    if any(raw.row for raw in raws):
        return take_rows(office, drop, raws, between)
    return tuple(settle(office, drop, raw) for raw in raws)


def hand_over(office: Office, drop: Drop) -> None:
    """One claimed file, left to a worker on whatever machine: it goes on with `resume`."""
    office.ledger.hand_over(drop)
    office.log.note("handed_over", drop.id, place=drop.place)


def take_rows(
    office: Office, drop: Drop, raws: Sequence[RawForm], between: Callable[[], None] = nothing
) -> tuple[Outcome, ...]:
    """A sheet, row by row: good rows are filed, bad ones go back in a copy of the sheet. Each row exactly once."""
    originals = delivery.Originals(office, drop)
    try:
        while not batches.settled(office, drop, [_row(office, originals, raw, between) for raw in raws]):
            continue  # another process registered a row meanwhile
    except Refused:
        pass  # … or has said already what became of every row
    return batches.finish(office, drop)


def resume(office: Office, drop: Drop, state: str, between: Callable[[], None] = nothing) -> tuple[Outcome, ...]:
    """Take up a drop that a kill left behind: decided anew before register, finished from its recipes after it."""
    if batches.is_settled(office, drop):
        return batches.finish(office, drop)
    if state == "registered" and 0 in office.ledger.rows_of(drop.id):
        return (delivery.finish(office, drop),)
    if state in ("returned", "duplicate"):
        return (delivery.finish_refused(office, drop),)
    return take(office, drop, between)


def concluded(office: Office, drop: Drop) -> tuple[Outcome, ...] | None:
    """What became of a drop that is done, by whichever process; None while anything is left to do."""
    row = office.ledger.drop_row(drop.id)
    return views.outcomes_of(row.outcome) if row and row.concluded_at else None


def read(office: Office, drop: Drop) -> tuple[RawForm, ...]:
    """The forms in the file, as raw answers."""
    data = delivery.staged(office, drop)
    return readers.read(drop.name, data, office.catalogue.forms, office.catalogue.facts)


def settle(office: Office, drop: Drop, raw: RawForm) -> Outcome:
    """One form: decide, register, file."""
    try:
        decided = register(office, drop, raw)
    except Refused:
        return delivery.finish_refused(office, drop)
    if decided.duplicate:
        return delivery.send_duplicate(office, drop, raw.row, decided.duplicate, refused(office, drop, raw, decided))
    if decided.plan is None:
        return delivery.send_back(office, drop, raw.row, decided.findings, refused(office, drop, raw, decided))
    return delivery.finish(office, drop, decided.findings)


def refused(office: Office, drop: Drop, raw: RawForm, decided: Decided) -> tuple[str, Event] | None:
    """What its matter remembers of an approval that does not count: forged, outdated, repeated, or wrong in form."""
    form = office.catalogue.forms.get(raw.form)
    if form is None or form.place != "approvals":
        return None
    matter = find_matter(office, drop, raw, form).matter
    if matter is None:
        return None
    codes = sorted({f.code for f in decided.findings if f.severity == "error"}) or ["W-DUPLICATE"]
    named = sorted({str(item["person"].value) for item in raw.lists.get("approvals", ()) if "person" in item})
    data = {"drop": drop.id, "codes": codes, "persons": named, "owner": drop.by, "place": drop.place}
    return matter.id, Event("approval_refused", office.today, data, drop.by, recorded_at=office.now)


def _row(office: Office, originals: delivery.Originals, raw: RawForm, between: Callable[[], None]) -> Outcome:
    """One row of a sheet: decide, register, file; what stands already is only filed. Raises Refused."""
    between()
    drop = originals.drop
    if office.ledger.matter_of(drop.id, raw.row):
        return delivery.file(office, originals, raw.row)
    decided = register(office, drop, raw)
    if decided.duplicate:
        return delivery.duplicate_outcome(office, drop, raw.row, decided.duplicate)
    if decided.plan is None:
        return Outcome(drop.name, raw.row, "returned", findings=decided.findings)
    return delivery.file(office, originals, raw.row, decided.findings)


def register(office: Office, drop: Drop, raw: RawForm) -> Decided:
    """Decide, and register what was decided. If another process moved the matter meanwhile, decide again.

    Raises Refused when the drop went another way meanwhile.
    """
    for _ in range(PATIENCE):
        decided = decide(office, drop, raw)
        if decided.plan is None:
            return decided
        faults.point("decided")
        try:
            delivery.finish_earlier(office, decided.plan.matter, drop)
            done = office.ledger.register(decided.plan, office.now, office.catalogue.settings.series)
            planned = len(decided.plan.documents) + len(decided.plan.issues)
            office.log.note("registered", drop.id, row=raw.row, matter=done.matter, documents=planned)
        except Moved:
            continue
        except Duplicate as duplicate:
            return Decided(None, duplicate=(duplicate.matter, duplicate.key))
        return decided
    raise MachineError("账册一直被别的进程改动", advice="稍后再试；材料原样保留在收件处")


@dataclass(frozen=True)
class Decided:
    """A plan that has been rehearsed, or what stands in its way."""

    plan: Plan | None
    findings: tuple[Finding, ...] = ()
    duplicate: tuple[str, str] | None = None  # (matter, drop/row) of the same form accepted earlier


def decide(office: Office, drop: Drop, raw: RawForm) -> Decided:
    """Read, validate, decide, rehearse: a function of bytes, facts, history, catalogue and the day.

    Registers nothing; only the templates that the plan names are kept by hash, which repeats safely.
    """
    form = validation.form_of(raw, office.catalogue.forms)
    if isinstance(form, Finding):
        return Decided(None, (form,))
    found = find_matter(office, drop, raw, form)
    checked = validation.read(raw, form, office.catalogue, drop, found.matter.id if found.matter else "")
    if form.join_by and found.matter is None and not found.findings:
        found = by_key(office, form, checked.submission.facts)
    checked = _said_again(checked, found)
    seen = office.ledger.seen(checked.submission.content_key)
    if seen and seen[1] != checked.submission.key:
        return Decided(None, duplicate=seen)
    if early := (*found.findings, *not_yet_filed(office, found)):
        return Decided(None, _once(early, checked.findings))
    checked = take_over(office, found, checked)
    sight = _sight(office, drop, found, checked)
    planned = planning.plan(sight)
    findings = _once((*checked.findings, *_borne(office, planned.plan, sight)), planned.findings)
    if planned.plan is None or any(f.severity == "error" for f in findings):
        return Decided(None, findings)
    rehearsed = rehearsal.rehearse(office, planned.plan, sight.documents)
    return Decided(None if rehearsed else planned.plan, (*findings, *rehearsed))


def _borne(office: Office, plan: Plan | None, sight: Sight) -> Iterator[Finding]:
    """A number that the office gives by hand must not stand on another document already: also before it is needed."""
    given = [str(row["doc_no"]) for row in rows_of(sight.submission.facts.get("approvals")) if row.get("doc_no")]
    wanted = [*given, *(issue.number for issue in plan.issues if issue.number)] if plan else given
    own = {d.number for d in sight.documents}
    for number in dict.fromkeys(wanted):
        if number not in own and office.ledger.borne(number):
            message = f"文号「{number}」已经用在别的文书上，请核对"
            yield Finding("E-NUMBER-TAKEN", message, "approvals.doc_no", "「发文字号」一栏", number)


def _said_again(checked: Checked, found: Found) -> Checked:
    """The same answers are no duplicate when the matter says something else by now: then they change it back."""
    matter, incoming = found.matter, checked.submission
    if matter is None or incoming.corrects:
        return checked
    said = (s for s in reversed(matter.submissions) if s.content_key.partition(":")[0] == incoming.content_key)
    same = next(said, None)  # the last time, for since then nothing may have changed
    after = matter.submissions[matter.submissions.index(same) + 1 :] if same else ()
    if same is None or same.key == incoming.key or not any(_touches(later, incoming) for later in after):
        return checked
    again = f"{incoming.content_key}:{len(matter.submissions)}"
    return replace(checked, submission=replace(incoming, content_key=again))


def _touches(later: Submission, incoming: Submission) -> bool:
    """Whether a later form laid other answers over those that come again."""
    laid = {name for name in later.facts if name in incoming.facts and name not in later.adds}
    return any(later.facts[name] != incoming.facts[name] for name in laid)


def _sight(office: Office, drop: Drop, found: Found, checked: Checked) -> Sight:
    matter, given = found.matter, checked.submission.facts
    known = bool(given.get("party.uscc") or given.get("party.id_no"))
    party = matter.party_key if matter and not known else planning.party_key(given)
    history = office.ledger.history(party, matter.id if matter else "")
    sight = replace(office.sight(matter, history), form=checked.form, incoming=checked.submission, drop=drop)
    register = office.ledger.quoted(planning.numbers_named(sight))
    old = recounting.outdated(office, sight) if checked.form.place != "program" else {}
    return replace(sight, register=register, outdated=old)


def _once(first: Sequence[Finding], then: Sequence[Finding]) -> tuple[Finding, ...]:
    """Each finding once; a field that already has one is not also called missing or against a rule."""
    named = {f.field for f in first if f.field and f.severity == "error"}
    return tuple(dict.fromkeys((*first, *(f for f in then if f.field not in named))))
