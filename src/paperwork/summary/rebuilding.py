"""The rows behind the figures made anew from truth: when figures.toml has changed, or on demand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from paperwork.office import Office

MARK = "figures"
"""Under this word the ledger remembers for which figures and periods its rows were made."""

_VERSION = 2
"""Of the way of counting itself: another one, and all rows are made anew."""

_PAGE = 1_000

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
    """Count every matter anew; how many there are. A matter that moves meanwhile was counted by whoever moved it.

    Ids are asked for page by page, so that memory does not grow with the ledger.
    """
    done, of, last = 0, office.ledger.how_many(), ""
    while page := office.ledger.ids_after(last, _PAGE):
        for matter_id in page:
            office.recount(matter_id)
            done, last = done + 1, matter_id
            if progress:
                progress(done, max(of, done))
    return done
