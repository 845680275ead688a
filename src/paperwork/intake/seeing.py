"""Look through the inbox: what lies there, oldest first.

A look lists names and asks for size and time only of what is new or waits; what it has seen to be no form it never
asks about again. So an inbox full of names costs no more than its listing, on a share too.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from paperwork.errors import MachineError
from paperwork.intake.folders import APPROVALS, RECEIPTS, RETURNED, is_junk, is_lock, lock_names

Place = Literal["inbox", "approvals"]
MOST_ASKED = 1000  # waiting files whose size and time one look asks for; the others have their turn in the next


@dataclass(frozen=True)
class Found:
    """A file as one look saw it. `modified_ns`: nanoseconds since 1970 by the clock of the share."""

    path: Path
    place: Place
    size: int
    modified_ns: int
    locked: bool = field(default=False, compare=False)  # a lock of an editor lay beside it


def scan(inbox: Path) -> tuple[Found, ...]:
    """Every regular file of the inbox, its folders included, oldest first; links, pipes, junk and locks left out.

    MachineError when the inbox itself cannot be listed (a share that is away); what vanishes meanwhile is skipped.
    """
    return Looking(inbox).look()


@dataclass
class _Folder:
    """What earlier looks know of one folder: names that are no forms, folders in it, locks of editors."""

    place: Place
    known: set[str] = field(default_factory=set)
    inner: set[str] = field(default_factory=set)
    locks: set[str] = field(default_factory=set)


class Looking:
    """Looks that remember. One for a daemon's life; it forgets what has left."""

    def __init__(self, inbox: Path, most_asked: int = MOST_ASKED) -> None:
        self._inbox = inbox
        self._most = most_asked
        self._folders: dict[str, _Folder] = {}
        self._waiting: dict[str, Found] = {}
        self._order: list[str] = []
        self._next = 0
        self.whole = True
        """Whether the last look told of everything that waits, and not only of as much as one look asks about."""

    @property
    def folders(self) -> tuple[Path, ...]:
        """The clerks' folders that the last look met, 审批 among them."""
        return tuple(Path(path) for path in self._folders if path != str(self._inbox))

    def look(self) -> tuple[Found, ...]:
        """As `scan`; of very many waiting files the oldest, and in turn some of the others."""
        try:
            os.scandir(self._inbox).close()
        except OSError as error:
            self._folders.clear()
            self._waiting.clear()
            raise MachineError(
                f"收件夹打不开：{self._inbox}（{error.strerror}）", advice="请检查网络共享是否在线、权限是否足够。"
            ) from error
        before = list(self._waiting)
        fresh = self._list(str(self._inbox), "inbox")
        self._order = [] if fresh else self._order
        again = [path for path in self._asked(before) if path in self._waiting]
        found = [*fresh, *(one for path in again if (one := self._ask(path, self._waiting[path].place)))]
        self._waiting.update((str(one.path), one) for one in found)
        self.whole = len(found) == len(self._waiting)
        return tuple(sorted((self._marked(one) for one in found), key=lambda one: (one.modified_ns, str(one.path))))

    def _asked(self, before: list[str]) -> list[str]:
        """The oldest half, and of the others those whose turn it is."""
        if len(before) <= self._most:
            return before
        if not self._order:
            self._order = sorted(before, key=lambda path: self._waiting[path].modified_ns)
        half = self._most // 2
        start = half + self._next % (len(self._order) - half)
        self._next = start
        return [*self._order[:half], *self._order[start : start + half]]

    def _list(self, path: str, place: Place) -> list[Found]:
        """The new files of a folder and of those in it; what is gone is forgotten."""
        folder = self._folders.setdefault(path, _Folder(place))
        try:
            with os.scandir(path) as listing:
                entries = list(listing)
        except OSError:  # taken away, or not readable yet: the next look will tell
            self._forget(path, set(folder.known))
            del self._folders[path]
            return []
        known = folder.known
        new = [entry for entry in entries if entry.name not in known]
        if len(known) + len(new) != len(entries):
            self._forget(path, known - {entry.name for entry in entries})
        fresh = [found for entry in new if (found := self._meet(entry, folder))]
        for name in tuple(folder.inner):
            inner = f"{path}{os.sep}{name}"
            fresh += self._list(inner, _place_of(self._inbox, path, name, place))
            if inner not in self._folders:  # a file may have its name by now: met at the next look
                self._forget(path, {name})
        return fresh

    def _meet(self, entry: os.DirEntry[str], folder: _Folder) -> Found | None:
        """A name that was not there at the last look. Links are never followed."""
        if is_lock(entry.name):
            folder.locks.add(entry.name.casefold())
        if is_junk(entry.name):
            folder.known.add(entry.name)
        elif entry.is_dir(follow_symlinks=False):
            folder.known.add(entry.name)
            if not self._is_ours(entry):
                folder.inner.add(entry.name)
        elif found := self._ask(entry.path, folder.place):
            folder.known.add(entry.name)
            return found
        return None

    def _is_ours(self, entry: os.DirEntry[str]) -> bool:
        return entry.name in (RETURNED, RECEIPTS) and Path(entry.path).parent == self._inbox

    def _ask(self, path: str, place: Place) -> Found | None:
        """Size and time of a regular file; None, and forgotten, for whatever else."""
        try:
            status = os.lstat(path)
        except OSError:
            status = None
        if status is not None and stat.S_ISREG(status.st_mode):
            return Found(Path(path), place, status.st_size, status.st_mtime_ns)
        folder, _, name = path.rpartition(os.sep)
        self._forget(folder, {name})
        return None

    def _forget(self, path: str, names: set[str]) -> None:
        self._order = []
        folder = self._folders.get(path)
        for name in names:
            inner = f"{path}{os.sep}{name}"
            self._waiting.pop(inner, None)
            if inner in self._folders:
                self._forget(inner, set(self._folders[inner].known))
                del self._folders[inner]
        if folder is not None:
            folder.known -= names
            folder.inner -= names
            folder.locks -= {name.casefold() for name in names}

    def _marked(self, one: Found) -> Found:
        folder = self._folders.get(str(one.path.parent))
        if folder is None or not folder.locks or folder.locks.isdisjoint(lock_names(one.path.name)):
            return one
        return Found(one.path, one.place, one.size, one.modified_ns, locked=True)


def _place_of(inbox: Path, path: str, name: str, place: Place) -> Place:
    """Only the folder 审批 right in the inbox has rights of its own."""
    return "approvals" if name == APPROVALS and path == str(inbox) else place
