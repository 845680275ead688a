"""After the decision: documents to the matter's folder, originals beside them, the clerk told. All of it repeats."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from paperwork import faults, filing, handouts, intake, living, marking, readers, rendering, returned, slips, views
from paperwork.errors import MachineError, OfficeError
from paperwork.model import Document, DocumentKey, Drop, Event, Finding, Form, Json, Matter, Outcome
from paperwork.office import Office
from paperwork.originals import Originals as Originals
from paperwork.originals import never_copied
from paperwork.originals import staged as staged
from paperwork.wordform import RETURNED

Key = tuple[str, str, str, int]


# ── accepted ──────────────────────────────────────────────────────────────────────────────────────────


def finish(office: Office, drop: Drop, findings: Sequence[Finding] = ()) -> Outcome:
    """Render, file, conclude what this drop registered. A pure function of the ledger: any run gives the same files."""
    try:
        outcome, matter = _filed(office, Originals(office, drop), 0, findings)
    except FileNotFoundError:  # another process finished the same drop meanwhile and cleared its copy
        return _concluded(office, drop)
    faults.point("reply")
    slip = slips.accepted(drop, matter, outcome, explained(office, matter), afterwards(office, drop, matter))
    intake.reply(office.inbox, drop, slip)
    office.ledger.conclude(drop.id, views.outcome_entry(outcome), office.now)
    office.log.note("concluded", drop.id, outcome="filed", matter=matter.id)
    intake.clear(office.inbox, office.private, drop)
    return outcome


def file(office: Office, originals: Originals, row: int, findings: Sequence[Finding] = ()) -> Outcome:
    """Render and file what one submission registered, with the living files of its matter. Repeats safely.

    FileNotFoundError when the drop's copy is cleared: then another process has finished it.
    """
    return _filed(office, originals, row, findings)[0]


def _filed(office: Office, originals: Originals, row: int, findings: Sequence[Finding]) -> tuple[Outcome, Matter]:
    """`file`, with the matter as its living files tell it."""
    drop = originals.drop
    matter = _matter(office, office.ledger.matter_of(drop.id, row) or "")
    mine = office.ledger.work_of(drop.id, row)
    whole = _file(office, originals, row, [d for d in _of(matter, mine) if not d.path], matter)
    if not row:
        returned.redeem(office, drop, originals.data, matter)
    if whole is None or office.ledger.version(matter.id) != living.moved(whole):
        whole = living.refresh(office, matter.id)
    if lead := views.lead_of(office, matter):  # it closed in the same transaction, and its manifest says so
        living.refresh(office, lead.id)
    made = [document for document in _of(whole, mine) if document.code]
    return _outcome(drop, row, whole, made, findings), whole


def _of(matter: Matter, keys: Sequence[DocumentKey]) -> list[Document]:
    """The matter's documents with these keys, in this order."""
    by_key = {document.key: document for document in matter.documents}
    return [by_key[key] for key in keys]


def _outcome(
    drop: Drop, row: int, matter: Matter, made: Sequence[Document], findings: Sequence[Finding]
) -> Outcome:
    return Outcome(
        file=drop.name,
        row=row,
        outcome="filed",
        id=matter.id,
        case=matter.case,
        documents=tuple(views.document_entry(d) for d in made),
        findings=tuple(findings),
    )


def explained(office: Office, matter: Matter) -> Json:
    """What the slip says beside the papers; live templates that are broken just now must not hold up what is filed."""
    try:
        return views.explain(office, matter)
    except OfficeError:
        return {"missing": [], "measures": []}


def afterwards(office: Office, drop: Drop, matter: Matter) -> slips.Afterwards:
    """What the slip says of the next steps, with the blanks that are laid beside it; a broken template lays none."""
    steps = views.step_labels(office)
    try:
        ready = tuple((ready.path, ready.why) for ready in handouts.lay_out(office, drop, matter))
    except OfficeError:
        ready = ()
    return slips.Afterwards(steps, ready)


def _concluded(office: Office, drop: Drop) -> Outcome:
    row = office.ledger.drop_row(drop.id)
    if row is None or row.concluded_at is None:
        raise MachineError(f"{drop.id} 的暂存副本不见了", advice="原件仍在 inbox/.taken 中；再次运行 watch 即可")
    return views.outcome_of(row.outcome)


def finish_earlier(office: Office, matter_id: str, besides: Drop) -> None:
    """Finish what earlier drops of the matter registered and a kill left unfiled, so that every draft is kept.

    Of a sheet, which may be in another process's hands, the rows that went to this matter are filed.
    """
    mine = _matter(office, matter_id).submissions if matter_id else ()
    rows = {s.drop: [other.row for other in mine if other.drop == s.drop] for s in mine if s.drop != besides.id}
    for drop, _ in office.ledger.unfinished() if rows else ():
        if rows.get(drop.id) == [0]:
            finish(office, drop)
        elif drop.id in rows:
            originals = Originals(office, drop)
            for row in rows[drop.id]:
                file(office, originals, row)


def _matter(office: Office, matter_id: str) -> Matter:
    matter = office.ledger.matter(matter_id)
    assert matter is not None, matter_id
    return matter


def _file(
    office: Office, originals: Originals, row: int, unfiled: Sequence[Document], matter: Matter
) -> Matter | None:
    """Every document and the original, create-if-absent; a new matter's folder appears by one rename.

    It appears with its living files; then the matter is returned as they tell it.
    """
    folder = filing.inside(office.root, matter.folder)
    files: dict[str, bytes] = {}
    names: dict[Key, str] = {}
    for document in unfiled:
        name = slips.file_name(document)
        names[(document.matter, *document.key)] = name
        if not document.living:
            files[name] = render(office, document)
    files.update(originals.of(row))
    enclosed = slips.enclosures(matter, originals.drop.id)
    files |= {name: office.objects.get(sha256) for name, sha256 in enclosed.items()}
    faults.point("render")
    at_once = {name: folder / name for name in files}
    whole = None
    if len(matter.received) == 1 and not os.path.lexists(folder):
        whole = _as_filed(matter, {key: _where(office, folder, name, files, at_once) for key, name in names.items()})
        whole = whole if filing.appear(folder, {**files, **living.files(office, whole)}) else None
    placed = at_once if whole else filing.place(folder, files)
    faults.point("file")
    where = {key: _where(office, folder, name, files, placed) for key, name in names.items()}
    office.ledger.filed(originals.drop.id, where, row)
    if whole:
        faults.point("living")
    return whole


def _where(
    office: Office, folder: Path, name: str, files: Mapping[str, bytes], placed: Mapping[str, Path]
) -> tuple[str, str]:
    """Path and hash of a filed document; a living file has a place but no lasting hash."""
    path = placed.get(name)
    if path is None:
        return office.relative(folder / name), ""
    return office.relative(path), hashlib.sha256(files[name]).hexdigest()


def _as_filed(matter: Matter, where: Mapping[Key, tuple[str, str]]) -> Matter:
    """The matter as the ledger will tell it once these documents are filed."""
    lying = ((d, where.get((d.matter, *d.key), (d.path, d.sha256))) for d in matter.documents)
    return replace(matter, documents=tuple(replace(d, path=path, sha256=sha256) for d, (path, sha256) in lying))


def render(office: Office, document: Document) -> bytes:
    """The document's bytes from its recipe alone: no clock, no live template."""
    return rendering.render(office.objects.get(document.recipe.template), document.recipe.context)


# ── not accepted ──────────────────────────────────────────────────────────────────────────────────────


Told = tuple[str, Event] | None
"""(matter id, event): what a matter remembers of a form that was not accepted."""


def send_back(office: Office, drop: Drop, row: int, findings: Sequence[Finding], told: Told = None) -> Outcome:
    """The form goes back to the clerk with all findings at once; it leaves no key, so the corrected one just works."""
    outcome = Outcome(drop.name, row, "returned", findings=tuple(findings))
    return _refuse(office, drop, outcome, "returned", told)


def send_duplicate(office: Office, drop: Drop, row: int, seen: tuple[str, str], told: Told = None) -> Outcome:
    """The same form again: nothing new, and the clerk hears which matter it was."""
    return _refuse(office, drop, duplicate_outcome(office, drop, row, seen), "duplicate", told)


def duplicate_outcome(office: Office, drop: Drop, row: int, seen: tuple[str, str]) -> Outcome:
    """What is said of a form that was accepted before as `seen`: (matter, drop/row)."""
    matter = _matter(office, seen[0])
    message = f"与已收的表（回执编号 {seen[1]}）内容相同，属于 {matter.case or matter.id}，没有重复登记"
    finding = Finding("W-DUPLICATE", message, severity="warning")
    return Outcome(drop.name, row, "duplicate", matter.id, matter.case, findings=(finding,))


def _refuse(
    office: Office, drop: Drop, outcome: Outcome, state: Literal["returned", "duplicate"], told: Told
) -> Outcome:
    if not office.ledger.refuse(drop.id, views.outcome_entry(outcome), state, told):
        return finish(office, drop)  # another process registered it meanwhile
    return finish_refused(office, drop)


def _told(office: Office, drop: Drop, outcome: Outcome) -> bytes:
    """The clerk's own form, a Word form with a comment on each wrong cell; what was dropped is kept in the objects."""
    data = staged(office, drop)
    if outcome.outcome != "returned":
        return data
    office.objects.put(data)
    form = _form(office, drop, data)
    marked = marking.mark(data, form, office.catalogue.facts, outcome.findings, drop.received_at) or data
    return marking.stamped(marked, RETURNED, drop.id)


def _form(office: Office, drop: Drop, data: bytes) -> Form | None:
    try:
        (raw, *_) = readers.read(drop.name, data, office.catalogue.forms, office.catalogue.facts)
    except readers.Unreadable:
        return None
    return office.catalogue.forms.get(raw.form)


def finish_refused(office: Office, drop: Drop) -> Outcome:
    """Give the file back with its note, as the ledger says it ended; then clear the claimed copy."""
    row = office.ledger.drop_row(drop.id)
    assert row is not None, drop.id
    entry: Json = row.outcome
    outcome = views.outcome_of(entry)
    folder = intake.RECEIPTS if outcome.outcome == "duplicate" else intake.RETURNED
    note = slips.refused(drop, outcome)
    if never_copied(office, drop, outcome):
        intake.hand_back(office.inbox, drop, note)  # as it is
    else:
        if outcome.outcome == "returned":
            returned.make_way(office, drop, staged(office, drop))
        placed = intake.give_back(office.inbox, drop, _told(office, drop, outcome), note, folder)
        if outcome.outcome == "returned" and placed:
            returned.remember(office, drop, staged(office, drop), placed)
    office.ledger.conclude(drop.id, entry, office.now)
    codes = "+".join(sorted({f.code for f in outcome.findings}))
    office.log.note("concluded", drop.id, outcome=outcome.outcome, codes=codes)
    intake.clear(office.inbox, office.private, drop)
    return outcome
