"""The rows behind the figures made anew from truth: when figures.toml has changed, or on demand."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice

from paperwork.office import Office

MARK = "figures"
"""Under this word the ledger remembers for which figures and periods its rows were made."""

_VERSION = 2
"""Of the way of counting itself: another one, and all rows are made anew."""

_UNDERWAY = "figures-underway"
"""Under this word: for which of them it is being counted, and the last matter that is done."""

_PAGE = 100  # matters in memory, and in one transaction

Progress = Callable[[int, int], None]
"""Called with (done, of) as matters are counted."""


def ensure(office: Office, progress: Progress | None = None, *, most: int = 0) -> bool:
    """Make all rows anew if figures.toml, or the periods that figures lean on, are others than before; else nothing.

    What was interrupted goes on where it was. `most`: no more pages than this now; False when some are left.
    """
    wanted = stamp(office)
    if office.ledger.marked(MARK) == wanted:
        return True
    known, _, last = office.ledger.marked(_UNDERWAY).partition(" ")
    pages = _pages(office, last if known == wanted else "", wanted, progress)
    if most and sum(1 for _ in islice(pages, most)) == most:
        return False
    deque(pages, maxlen=0)
    office.ledger.mark(MARK, wanted)
    return True


def stamp(office: Office) -> str:
    """Of everything of the office's own that decides what a matter's rows are."""
    figures = (office.root / "templates" / "figures.toml").read_bytes()
    return hashlib.sha256(figures + repr((_VERSION, office.catalogue.clocks)).encode()).hexdigest()


def rebuild(office: Office, progress: Progress | None = None) -> int:
    """Count every matter anew; how many there are. A matter that moves meanwhile was counted by whoever moved it."""
    return sum(_pages(office, "", stamp(office), progress))


def _pages(office: Office, last: str, wanted: str, progress: Progress | None) -> Iterator[int]:
    """Count the matters after `last` page by page, so that memory does not grow with the ledger; how many were done.

    Each page is one transaction that remembers how far it came.
    """
    of = office.ledger.how_many()
    done = of - office.ledger.how_many(last)
    while page := office.ledger.ids_after(last, _PAGE):
        last = page[-1]
        rows = [(m.id, m.version, office.counted(m, past)) for m, past in office.ledger.whole(page)]
        office.ledger.recount(rows, (_UNDERWAY, f"{wanted} {last}"))
        done += len(page)
        if progress:
            progress(done, max(of, done))
        yield len(page)
