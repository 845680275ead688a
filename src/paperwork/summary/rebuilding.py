"""The rows behind the figures made anew from truth: when figures.toml has changed, or on demand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from paperwork.office import Office

MARK = "figures"
"""Under this word the ledger remembers for which figures and periods its rows were made."""

_VERSION = 2
"""Of the way of counting itself: another one, and all rows are made anew."""

Progress = Callable[[int, int], None]
"""Called with (done, of) as matters are counted."""


def ensure(office: Office, progress: Progress | None = None) -> None:
    """Make all rows anew if figures.toml, or the periods that figures lean on, are others than before; else nothing."""
    wanted = stamp(office)
    if office.ledger.marked(MARK) != wanted:
        rebuild(office, progress)
        office.ledger.mark(MARK, wanted)


def stamp(office: Office) -> str:
    """Of everything of the office's own that decides what a matter's rows are."""
    figures = (office.root / "templates" / "figures.toml").read_bytes()
    return hashlib.sha256(figures + repr((_VERSION, office.catalogue.clocks)).encode()).hexdigest()


def rebuild(office: Office, progress: Progress | None = None) -> int:
    """Count every matter anew; how many there are. A matter that moves meanwhile was counted by whoever moved it."""
    ids = office.ledger.of_type("")
    for done, matter_id in enumerate(ids, 1):
        office.recount(matter_id)
        if progress:
            progress(done, len(ids))
    return len(ids)
