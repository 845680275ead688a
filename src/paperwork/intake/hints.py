"""Hints from the operating system that the inbox may have changed. Without them everything works, a little later."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from paperwork.intake.folders import RECEIPTS, RETURNED, TAKEN

# Not "opened": our own look would be a hint to look again.
_CHANGES: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileMovedEvent, FileClosedEvent),
    *(DirCreatedEvent, DirMovedEvent),
]
_MOST_FOLDERS = 16  # of clerks, watched besides the inbox itself; in the others the scan finds what comes
_OURS = {TAKEN, RETURNED, RECEIPTS}
_AGAIN = 60.0  # seconds before watching is tried again where it was refused


class Hints:
    """Calls `on_hint` (from another thread) when something changes in the inbox. `tend` it now and then.

    Where the system offers no events (a share, too many watches), nothing is called: the scan at a fixed pace finds
    everything. `tell(step, why)` hears, in words for the log, when watching begins, is refused, or had died.
    """

    def __init__(self, inbox: Path, on_hint: Callable[[], None], tell: Callable[[str, str], None]) -> None:
        self._inbox = inbox
        self._handler = _Handler(inbox, on_hint)
        self._tell = tell
        self._observer: BaseObserver | None = None
        self._root: ObservedWatch | None = None
        self._inner: dict[Path, ObservedWatch] = {}
        self._watched: tuple[int, int] | None = None
        self._not_before = float("-inf")

    def tend(self, now: float | None = None, folders: Collection[Path] = ()) -> None:
        """Start watching, or again after it died or the inbox was exchanged for another. `now`: monotonic seconds.

        `folders`: those of clerks in the inbox. Each is watched by itself, for the folders of our own in the inbox,
        where things happen with every form, are nothing to look at.
        """
        now = time.monotonic() if now is None else now
        if self._observer is not None and (why := self._dead()):
            self._tell("hints_died", why)
            self.stop()
        if self._observer is None and now >= self._not_before:
            self._not_before = now + _AGAIN
            self._start()
        if self._observer is not None and self._inner.keys() != set(folders):
            self._watch(self._observer, folders)

    @property
    def alive(self) -> bool:
        """Whether hints may be counted on."""
        return self._observer is not None and not self._dead()

    def stop(self) -> None:
        """No more hints."""
        observer, self._observer = self._observer, None
        self._inner.clear()
        if observer is not None:
            with contextlib.suppress(Exception):  # what died may not stop as it should
                observer.stop()
                observer.join(5)

    def _start(self) -> None:
        _no_waiting_for_pairs()
        observer = Observer()
        try:
            self._watched = _identity(self._inbox)
            self._root = observer.schedule(self._handler, str(self._inbox), event_filter=_CHANGES)
            observer.start()
        except Exception as error:  # every platform fails in its own way, and none of them matters
            self._tell("hints_refused", f"{type(error).__name__}:{getattr(error, 'errno', None) or 0}")
            return
        self._observer = observer
        self._tell("hints_on", type(observer).__name__)

    def _watch(self, observer: BaseObserver, folders: Collection[Path]) -> None:
        """The clerks' folders as they are now; one that cannot be watched is scanned like all others."""
        for gone in self._inner.keys() - set(folders):
            with contextlib.suppress(Exception):
                observer.unschedule(self._inner.pop(gone))
        for new in sorted(set(folders) - self._inner.keys())[: max(_MOST_FOLDERS - len(self._inner), 0)]:
            with contextlib.suppress(Exception):
                self._inner[new] = observer.schedule(self._handler, str(new), event_filter=_CHANGES)

    def _dead(self) -> str:
        """Why no hint will come any more; "" while they may. watchdog's own thread may live while its eyes are dead."""
        observer = self._observer
        if observer is None or not observer.is_alive():
            return "observer"
        if not any(emitter.watch == self._root and emitter.is_alive() for emitter in observer.emitters):
            return "emitter"  # those of clerks' folders end with their folders
        try:
            return "" if _identity(self._inbox) == self._watched else "exchanged"
        except OSError:
            return "away"


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _no_waiting_for_pairs() -> None:
    """On Linux watchdog holds back every event behind a move for half a second, to see where the file went.

    We move each form that we claim, and do not ask where files went: no hint shall wait for that.
    """
    with contextlib.suppress(Exception):  # another platform, or another watchdog: then a hint comes later
        from watchdog.observers.inotify_move_event_grouper import InotifyMoveEventGrouper

        InotifyMoveEventGrouper.delay = 0.0


class _Handler(FileSystemEventHandler):
    def __init__(self, inbox: Path, on_hint: Callable[[], None]) -> None:
        self._inbox = inbox
        self._on_hint = on_hint

    def on_any_event(self, event: FileSystemEvent) -> None:
        with contextlib.suppress(Exception):  # an exception would end the observer's thread for good
            if not self._is_ours(event):
                self._on_hint()

    def _is_ours(self, event: FileSystemEvent) -> bool:
        path = Path(str(event.dest_path or event.src_path))
        return path.is_relative_to(self._inbox) and bool(_OURS.intersection(path.relative_to(self._inbox).parts[:1]))
