"""What kills and other processes left lying about."""

from __future__ import annotations

import time
from collections.abc import Collection

from paperwork import durable, intake
from paperwork.office import Office

FORGOTTEN = 3600.0  # seconds after which a private copy that no ledger knows is nobody's


def copies(office: Office, in_hand: Collection[str] = ()) -> None:
    """Private copies of concluded drops: a kill, or a second daemon, or a worker elsewhere, may have left one behind.

    One that no ledger knows and that is old was copied for a claim that a power cut undid: the form itself lies
    in the inbox again, or never left its place on the command line. `in_hand`: drops known to be unfinished.
    """
    for folder in (office.private / "stage").iterdir():
        if folder.name in in_hand:
            continue
        row = office.ledger.drop_row(folder.name)
        if row is not None and row.concluded_at is not None:
            intake.clear(office.inbox, office.private, row.drop)
        elif row is None and time.time() - folder.stat().st_mtime > FORGOTTEN:
            intake.forget(office.inbox, folder)


def half_written(office: Office) -> None:
    """Once at the start: what a kill left half written in the folders where drops begin and end."""
    inbox, outbox, objects = office.inbox, office.root / "outbox", office.root / ".paperwork" / "objects"
    years = [year for year in outbox.glob("2[0-9][0-9][0-9]/") if year.is_dir()]
    kinds = {kind.folder for kind in office.catalogue.matters.values() if kind.folder}
    inner = (inbox / name for name in (intake.RETURNED, intake.RECEIPTS))
    for folder in (inbox, *inner, outbox, *years, *(year / kind for year in years for kind in kinds)):
        durable.sweep(folder)
    for folder in (office.private, *objects.glob("*/")):
        durable.sweep(folder)
