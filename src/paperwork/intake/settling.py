"""Wait until a file is complete: it stands still, nobody has it open, and it can be opened.

What proves by its own content that it is whole (a Word file whose every part has the checksum that its directory
names, JSON that ends where it should) needs no waiting: no half of it could.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from paperwork.intake.folders import lock_names_of
from paperwork.intake.seeing import Found
from paperwork.intake.staging import MOST_BYTES

_MOST_MEMBERS = 2000
_ZIPPED = {".docx", ".docm", ".xlsx", ".xlsm", ".zip"}


def settled(found: Found, before: Found | None) -> bool:
    """Whether a file that two looks saw alike is complete: not empty, not locked, and if a zip, with its directory.

    A broken JSON that stands still counts: its reader says what is wrong with it.
    """
    if before != found or found.size == 0 or locked(found):
        return False
    return found.path.suffix.lower() not in _ZIPPED or whole(found.path)


def settled_at_once(found: Found) -> bool:
    """Whether one look is enough: nobody has it open, it proves itself, and it did not change while it did."""
    if not 0 < found.size <= MOST_BYTES or locked(found) or not proves_itself(found.path):
        return False
    try:
        status = found.path.lstat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (found.size, found.modified_ns)


class Settling:
    """Remembers since when each file has stood still. One for a daemon's life; it forgets what has left."""

    def __init__(self, settle_seconds: float, patience: float = 60.0) -> None:
        """`patience`: seconds after which a file that stands still but cannot be opened is taken all the same."""
        self._settle = settle_seconds
        self._patience = max(patience, settle_seconds)
        self._seen: dict[Path, tuple[Found, float]] = {}
        self._unproven: dict[Path, Found] = {}

    def at_once(self, one: Found) -> bool:
        """`settled_at_once`, asked once for each state of a file."""
        if self._unproven.get(one.path) == one and not one.locked:
            return False
        if settled_at_once(one):
            return True
        if not locked(one):
            self._unproven[one.path] = one
        return False

    def forget(self, there: Sequence[Found]) -> None:
        """Of a look that told of everything: what is not there any more is forgotten, the same name may come again."""
        paths = {one.path for one in there}
        self._seen = {path: seen for path, seen in self._seen.items() if path in paths}
        self._unproven = {path: one for path, one in self._unproven.items() if path in paths}

    def ready(self, found: Sequence[Found], now: float, wall: float | None = None) -> tuple[Found, ...]:
        """Those of this look that may be claimed, in its order. `now`: seconds of any clock that only goes forward.

        `wall` (seconds since 1970) is given by who will not look again: then a file that stands still under the eye
        and was last written longer ago than the patience need not prove itself; its reader says what is wrong.
        """
        self._seen.update((one.path, self._since(one, now)) for one in found)
        return tuple(one for one in found if self._is_ready(one, now - self._seen[one.path][1], wall))

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
    """Whether a lock file beside it says that Word, WPS or LibreOffice has it open: at the look, or by now."""
    beside = found.path.parent
    return found.locked or any(os.path.lexists(beside / lock) for lock in lock_names_of(found.path.name))


def whole(path: Path) -> bool:
    """Whether a zip has its directory, which is written last."""
    try:
        with zipfile.ZipFile(path) as archive:
            return bool(archive.namelist())
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return False


def proves_itself(path: Path) -> bool:
    """Whether no part of the file can be missing: every member of a zip has its checksum, a JSON object its end.

    Bounded: what would unpack to more than a form may have proves nothing, and waits.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in _ZIPPED:
            return _sound(path)
        return suffix == ".json" and isinstance(json.loads(path.read_bytes()), dict)
    except (OSError, ValueError, RecursionError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error):
        return False


def _sound(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if not members or len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
            return False
        return archive.testzip() is None
