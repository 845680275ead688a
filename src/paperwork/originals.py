"""What was dropped, as it came: read from the private copy, kept in the matters' folders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from paperwork import intake, readers, slips
from paperwork.model import Drop, Outcome
from paperwork.office import Office


@dataclass
class Originals:
    """What is kept of a drop in its matters' folders: the form itself, or of a sheet the row alone."""

    office: Office
    drop: Drop

    @cached_property
    def data(self) -> bytes:
        return staged(self.office, self.drop)

    @cached_property
    def _excerpt(self) -> Callable[[int], bytes]:
        self.office.objects.put(self.data)  # the sheet as a whole belongs to no single matter
        known = self.office.catalogue
        try:
            return readers.excerpts(self.drop.name, self.data, known.forms, known.facts)
        except readers.Unreadable:  # its form was changed since: then all of it, rather than nothing
            return lambda row: self.data

    def of(self, row: int) -> dict[str, bytes]:
        """Name in the folder → bytes; nothing of what the program handed in itself."""
        if not slips.is_kept(self.drop):
            return {}
        return {slips.original_name(self.drop, row): self._excerpt(row) if row else self.data}


def staged(office: Office, drop: Drop) -> bytes:
    """The bytes of a drop, from the private copy that was claimed. `Unreadable` for what is too large to be a form."""
    if intake.is_oversized(office.inbox, drop):
        raise readers.too_large(drop.name, intake.MOST_BYTES)
    try:
        return intake.copy_of(office.inbox, office.private, drop)
    except FileNotFoundError:
        if drop.place in HERE and office.objects.has(drop.sha256):  # it came in at another machine
            return office.objects.get(drop.sha256)
        raise


def keep_within_reach(office: Office, drop: Drop) -> None:
    """What came in at this machine alone, and lies in no inbox, is kept where another machine can take the work up."""
    if office.ledger.shared and drop.place in HERE and not office.objects.has(drop.sha256):
        office.objects.put(intake.copy_of(office.inbox, office.private, drop))


HERE = ("cli", "program")
"""Places of a drop that has no claimed file in the inbox."""


def never_copied(office: Office, drop: Drop, outcome: Outcome) -> bool:
    """Whether the file was too large to be read at all."""
    return any(f.code == "E-FILE-SIZE" for f in outcome.findings) and not (office.private / drop.staged).exists()
