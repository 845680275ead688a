"""The rows behind the figures made anew from truth: when figures.toml has changed, or on demand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from paperwork.office import Office

MARK = "figures"
"""Under this word the ledger remembers for which figures.toml its rows were made."""

Progress = Callable[[int, int], None]
"""Called with (done, of) as matters are counted."""


def ensure(office: Office, progress: Progress | None = None) -> None:
    """Rebuild all rows if figures.toml is another than they were made for; else nothing."""
    wanted = hashlib.sha256((office.root / "templates" / "figures.toml").read_bytes()).hexdigest()
    if office.ledger.marked(MARK) != wanted:
        rebuild(office, progress)
        office.ledger.mark(MARK, wanted)


def rebuild(office: Office, progress: Progress | None = None) -> int:
    """Count every matter anew; how many there are. A matter that moves meanwhile was counted by whoever moved it."""
    ids = office.ledger.of_type("")
    for done, matter_id in enumerate(ids, 1):
        office.recount(matter_id)
        if progress:
            progress(done, len(ids))
    return len(ids)
