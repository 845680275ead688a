"""Every change that the program makes to a file, counted; at one of them something happens.

Python tells an audit hook of each opening for writing, renaming, linking, making and removing before it is done; only
of fsync it tells nobody, so that is wrapped. A hook cannot be taken away, but it can be told to be quiet.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

_CHANGING = {"os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Changes:
    """Counts the changes below one folder. `at(k, happen)` arms it for the k-th from now."""

    _heard: Changes | None = None
    _hooked = False

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._lock = threading.Lock()
        self._left = 0
        self._happen: Callable[[], None] = lambda: None
        self.counted = 0

    def at(self, k: int, happen: Callable[[], None]) -> None:
        self._left, self._happen, self.counted = k, happen, 0
        Changes._heard = self
        if not Changes._hooked:
            Changes._hooked = True
            sys.addaudithook(_hook)
            _wrap_fsync()

    def quiet(self) -> None:
        Changes._heard = None

    def count(self) -> None:
        with self._lock:
            self.counted += 1
            now = self.counted == self._left
        if now:
            self._happen()

    def concerns(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event in _CHANGING or (event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES):
            path = arguments[0]
        else:
            return False
        text = os.fsdecode(path) if isinstance(path, str | bytes) else str(path)
        return text.startswith(self._root) or (event in _CHANGING and not text.startswith(os.sep))


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    heard = Changes._heard
    if heard is not None and heard.concerns(event, arguments):
        heard.count()


def _wrap_fsync() -> None:
    real = os.fsync

    def fsync(handle: int) -> None:
        if Changes._heard is not None:
            Changes._heard.count()
        real(handle)

    os.fsync = fsync  # type: ignore[assignment]
