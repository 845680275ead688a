"""Forms that went back and were made good: what lay in 退回 moves into the dossier of the matter it belongs to.

A corrected form is known by the number that the returned Word copy carries within itself; where that is lost (a JSON
form, a form written anew) by form, file name, matter or party, and only when exactly one returned form fits. When in
doubt the copy stays where it is: it may be another clerk's. A marked copy, or the very same file, that goes back once
more takes the place of its earlier copy, so 退回 does not fill with what is superseded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from paperwork import faults, filing, intake, numbering, readers, slips
from paperwork.model import Drop, GivenBack, Matter, RawForm
from paperwork.office import Office

_COPY = re.compile(r"\s*(（\d+）|\(\d+\)|[-_ ]*副本|[-_ ]*改|[-_ ]*更正)$")
_ROWS = "rows"  # what is said of a copy of a sheet: how many rows went back
_WHOSE = {"matter": "matter", "code": "party.uscc", "id": "party.id_no", "party": "party.name"}


def remember(office: Office, drop: Drop, data: bytes, files: tuple[Path, ...]) -> None:
    """Write down what was laid into 退回 for a returned drop, and keep the copies by their hash. Repeats safely."""
    raw = _read(office, drop, data)
    about = _about(raw, drop)
    told = tuple((path.relative_to(office.inbox).as_posix(), _sha256(path.read_bytes())) for path in files)
    for path in files:
        office.objects.put(path.read_bytes())
    earlier = _once_more(office, drop, raw, about)
    follows = earlier.drop if earlier else raw.returned if raw else ""
    office.ledger.gave_back(GivenBack(drop.id, raw.form if raw else "", about, follows=follows, files=told))
    faults.point("gave_back")
    for copy, sha256 in set(earlier.files) - set(told) if earlier else ():
        intake.take_away(office.inbox, copy, sha256)


def make_way(office: Office, drop: Drop, data: bytes) -> None:
    """Before a form goes back once more: take away what lies there of its earlier return, so that names stay in pairs.

    Repeats safely: what was laid meanwhile has another hash, or is laid again.
    """
    if drop.place == "cli":
        return
    raw = _read(office, drop, data)
    earlier = _once_more(office, drop, raw, _about(raw, drop))
    for copy, sha256 in earlier.files if earlier else ():
        intake.take_away(office.inbox, copy, sha256)


def remember_rows(office: Office, drop: Drop, rows: int, files: tuple[Path, ...]) -> None:
    """Write down the copy that was laid into 退回 with the bad rows of a sheet, of which there are `rows`."""
    told = tuple((path.relative_to(office.inbox).as_posix(), _sha256(path.read_bytes())) for path in files)
    office.ledger.gave_back(GivenBack(drop.id, "", {_ROWS: str(rows)}, files=told))


def settle_rows(office: Office, drop: Drop, copy_of: str, rows: int) -> None:
    """A sheet that says of itself that it is such a copy, and holds no fewer rows, takes its place. Repeats safely.

    Nothing moves into a dossier: the copy holds the rows of several parties. What was dropped is kept by its hash.
    """
    given = office.ledger.given_back(copy_of) if copy_of else None
    if given is None or given.corrected_by not in ("", drop.id) or rows < int(given.about.get(_ROWS, rows + 1)):
        return
    office.ledger.make_good((copy_of,), drop.id)
    for path, sha256 in given.files:
        intake.take_away(office.inbox, path, sha256)


def redeem(office: Office, drop: Drop, data: bytes, matter: Matter) -> None:
    """File the returned copies that this accepted drop makes good, then take them out of 退回. Repeats safely.

    What the clerk has changed there meanwhile stays; the dossier gets what the program had laid there.
    """
    if not office.ledger.made_good(drop.id):
        fitting = tuple(_corrected(office, drop, data, matter))
        if not fitting:
            return
        office.ledger.make_good(fitting, drop.id)
    faults.point("redeem")
    folder = filing.inside(office.root, matter.folder)
    for given in office.ledger.made_good(drop.id):
        filing.place(folder, dict(_dossier(office, given)))
        for path, sha256 in given.files:
            intake.take_away(office.inbox, path, sha256)


def dossier_names(office: Office, drop_id: str) -> Iterator[tuple[str, str]]:
    """(name in the matter's folder, sha256) of the returned copies that this accepted drop made good."""
    for given in office.ledger.made_good(drop_id):
        for path, sha256 in given.files if _ROWS not in given.about else ():
            yield slips.returned_name(given.drop, path), sha256


def _dossier(office: Office, given: GivenBack) -> Iterator[tuple[str, bytes]]:
    for path, sha256 in given.files:
        yield slips.returned_name(given.drop, path), office.objects.get(sha256)


def _once_more(office: Office, drop: Drop, raw: RawForm | None, about: Mapping[str, str]) -> GivenBack | None:
    """The earlier return of the same form: the one whose marked copy this is, or that of the very same file."""
    waiting = [given for given in office.ledger.made_good("") if given.drop != drop.id and _ROWS not in given.about]
    mine = {**about, "matter": _matter(office, about.get("matter", ""))}
    named = next((given for given in waiting if raw and given.drop == raw.returned), None)
    if named is not None:
        return None if _another(office, named, mine) else named
    followed = {given.follows for given in waiting}
    alike = (given for given in waiting if given.about == about and given.drop not in followed)
    return next((given for given in alike if _dropped(office, given) == drop.sha256), None)


def _dropped(office: Office, given: GivenBack) -> str:
    row = office.ledger.drop_row(given.drop)
    return row.drop.sha256 if row else ""


# ── which ones ────────────────────────────────────────────────────────────────────────────────────────


def _corrected(office: Office, drop: Drop, data: bytes, matter: Matter) -> Iterator[str]:
    """The returned drops that this one makes good: the one that it names or that alone fits, and what led to it."""
    waiting = {given.drop: given for given in office.ledger.made_good("")}
    raw = _read(office, drop, data) if waiting else None
    if raw is None:
        return
    mine = {**_about(raw, drop), "matter": matter.id}
    named = waiting.get(raw.returned)
    if named is not None:
        found = named if named.form in ("", raw.form) and not _another(office, named, mine) else None
    else:
        followed = {given.follows for given in waiting.values()}
        standing = (given for given in waiting.values() if given.form == raw.form and given.drop not in followed)
        alike = [given for given in standing if _same(office, given.about, mine)]
        found = alike[0] if len(alike) == 1 else None
    while found is not None and found.drop in waiting:
        yield waiting.pop(found.drop).drop
        found = waiting.get(found.follows)


def _same(office: Office, theirs: Mapping[str, str], mine: Mapping[str, str]) -> bool:
    """Without the number: the same file of the same owner, that speaks of the same matter or party."""
    if theirs["name"] != mine["name"] or theirs["by"] != mine["by"]:
        return False
    if theirs.get("matter"):
        return _matter(office, theirs["matter"]) == mine["matter"]
    return any(theirs.get(key) and theirs.get(key) == mine.get(key) for key in ("code", "id", "party"))


def _another(office: Office, named: GivenBack, mine: Mapping[str, str]) -> bool:
    """With the number: whether the copy was taken for another matter or party, and nothing wrong was said of these."""
    theirs = named.about
    if theirs.get("matter") and (was := _matter(office, theirs["matter"])) and was != mine["matter"]:
        return not _blamed(office, named, "matter")
    known = [key for key in ("code", "id", "party") if theirs.get(key) and mine.get(key)]
    if not known or any(theirs[key] == mine[key] for key in known):
        return False
    return not any(_blamed(office, named, _WHOSE[key]) for key in known)


def _blamed(office: Office, named: GivenBack, field: str) -> bool:
    row = office.ledger.drop_row(named.drop)
    findings = (row.outcome or {}).get("findings", []) if row else []
    return any(finding["field"] == field for finding in findings)


def _matter(office: Office, name: str) -> str:
    return office.ledger.find(numbering.normalise(name)) or ""


def _about(raw: RawForm | None, drop: Drop) -> dict[str, str]:
    """What a form says of whom and what it is about, as it stands there, with its file's name and owner."""
    file = {"name": _stem(drop.name), "by": drop.by}
    if raw is None:
        return file
    told = {key: raw.meta.get(key) for key in ("matter", "party")}
    told |= {key: told.get(key) or raw.values.get(field) for key, field in _WHOSE.items()}
    return {key: "".join(str(answer.value).split()) for key, answer in told.items() if answer is not None} | file


def _read(office: Office, drop: Drop, data: bytes) -> RawForm | None:
    """The one form in the file; None for what cannot be read, and for a sheet of many."""
    try:
        raws = readers.read(drop.name, data, office.catalogue.forms, office.catalogue.facts)
    except readers.Unreadable:
        return None
    return raws[0] if len(raws) == 1 else None


def _stem(name: str) -> str:
    """A file's name without what copying and mending add to it: 登记表（2）, 登记表-改."""
    stem = Path(name).stem.strip()
    while (shorter := _COPY.sub("", stem)) != stem and shorter:
        stem = shorter
    return stem


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
