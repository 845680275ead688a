"""Wait until a file is complete: it stands still, nobody has it open, and it can be opened."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

from paperwork.intake.folders import lock_names
from paperwork.intake.seeing import Found

_ZIPPED = {".docx", ".docm", ".xlsx", ".xlsm", ".zip"}


def settled(found: Found, before: Found | None) -> bool:
    """Whether a file that two looks saw alike is complete: not empty, not locked, and if a zip, with its directory.

    A broken JSON that stands still counts: its reader says what is wrong with it.
    """
    if before != found or found.size == 0 or locked(found):
        return False
    return found.path.suffix.lower() not in _ZIPPED or whole(found.path)


def settled_at_once(found: Found, now: float, settle_seconds: float) -> bool:
    """Whether one look is enough: long unchanged (`now` in seconds since 1970), and provably whole.

    A copy may bear the old time of its original while it is still growing: so only what proves itself counts.
    """
    age = now - found.modified_ns / 1e9
    return age >= settle_seconds and settled(found, found) and whole(found.path)


class Settling:
    """Remembers since when each file has stood still. One for a daemon's life; it forgets what has left."""

    def __init__(self, settle_seconds: float, patience: float = 60.0) -> None:
        """`patience`: seconds after which a file that stands still but cannot be opened is taken all the same."""
        self._settle = settle_seconds
        self._patience = max(patience, settle_seconds)
        self._seen: dict[Path, tuple[Found, float]] = {}

    def ready(self, found: Sequence[Found], now: float, wall: float | None = None) -> tuple[Found, ...]:
        """Those of this look that may be claimed, in its order. `now`: seconds of any clock that only goes forward.

        `wall` (seconds since 1970) is given by who will not look again: then a file that stands still under the eye
        and was last written longer ago than the patience need not prove itself; its reader says what is wrong.
        """
        seen = {one.path: self._since(one, now) for one in found}
        self._seen = seen  # what is not there any more is forgotten: the same name may come again
        return tuple(one for one in found if self._is_ready(one, now - seen[one.path][1], wall))

    def _since(self, one: Found, now: float) -> tuple[Found, float]:
        before = self._seen.get(one.path)
        return before if before is not None and before[0] == one else (one, now)

    def _is_ready(self, one: Found, still: float, wall: float | None) -> bool:
        if still < self._settle or still <= 0:
            return False
        unwritten = still if wall is None else max(still, wall - one.modified_ns / 1e9)
        patient = unwritten >= self._patience and one.size > 0 and not locked(one)
        return patient or settled(one, one)


def locked(found: Found) -> bool:
    """Whether a lock file beside it says that Word, WPS or LibreOffice has it open."""
    try:
        names = {entry.name.casefold() for entry in os.scandir(found.path.parent)}
    except OSError:
        return True
    return not names.isdisjoint(lock_names(found.path.name))


def whole(path: Path) -> bool:
    """Whether the file proves that it is complete: a zip with its directory, JSON that parses, a PDF with its end."""
    suffix = path.suffix.lower()
    try:
        if suffix in _ZIPPED:
            with zipfile.ZipFile(path) as archive:
                return bool(archive.namelist())
        if suffix == ".json":
            json.loads(path.read_bytes())
            return True
        if suffix == ".pdf":
            return b"%%EOF" in path.read_bytes()[-2048:]
    except (OSError, ValueError, RecursionError, zipfile.BadZipFile):
        return False
    return False
