"""Hints from the operating system that the inbox may have changed. Without them everything works, a little later."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from paperwork.intake.folders import RECEIPTS, RETURNED, TAKEN

_CHANGES = {"created", "modified", "moved", "closed"}  # not "opened": our own look would be a hint to look again
_OURS = {TAKEN, RETURNED, RECEIPTS}


def watch(inbox: Path, on_hint: Callable[[], None]) -> Callable[[], None]:
    """Call `on_hint` (from another thread) when something changes; returns how to stop.

    Where the system offers no events (a share, too many watches), nothing is called and nothing is said: the scan at
    a fixed pace finds everything.
    """
    observer = Observer()
    try:
        observer.schedule(_Hints(inbox, on_hint), str(inbox), recursive=True)
        observer.start()
    except Exception:  # every platform fails in its own way, and none of them matters
        return lambda: None

    def stop() -> None:
        observer.stop()
        observer.join()

    return stop


class _Hints(FileSystemEventHandler):
    def __init__(self, inbox: Path, on_hint: Callable[[], None]) -> None:
        self._inbox = inbox
        self._on_hint = on_hint

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGES or self._is_ours(event):
            return
        with contextlib.suppress(Exception):  # an exception would end the observer's thread for good
            self._on_hint()

    def _is_ours(self, event: FileSystemEvent) -> bool:
        path = Path(str(event.dest_path or event.src_path))
        return path.is_relative_to(self._inbox) and bool(_OURS.intersection(path.relative_to(self._inbox).parts[:1]))
