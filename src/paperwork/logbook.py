"""The log of an office: one line per step, every line with the drop's id, no word of any form.

    2026-07-16T09:20:00Z 20260716T172000-8f3a61c2 registered matter=2026-LA-0001 documents=6

Only ids, codes and counts can be written: whatever else is given becomes `-`, and a long run of digits (a telephone,
an identity number) is struck out. So the log may be read, copied and sent to whoever mends the program.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from pathlib import Path

NAME = "paperwork.log"
MOST_BYTES, KEPT = 4 * 1024 * 1024, 5
_TOKEN = re.compile(r"[\w.:/<>+-]+(?: < [\w.:/<>+-]+)*", re.ASCII)
_OWN_FILE = re.compile(r"templates/[^\s\x00-\x1f]+")  # the office's own files may have Chinese names
_NUMBER = re.compile(r"\d{11,}[Xx]?")


class Logbook:
    """The log in one folder: `paperwork.log`, and `paperwork.1.log` … when it has grown. For its owner's eyes only."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most = most_bytes

    @property
    def path(self) -> Path:
        return self._folder / NAME

    def note(self, step: str, drop: str = "", **told: object) -> None:
        """One line. Never an error: a full disk must not end what is being logged."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        words = [stamp, token(drop), token(step), *(f"{name}={token(value)}" for name, value in told.items())]
        with contextlib.suppress(OSError):
            self._write(" ".join(words) + "\n")

    def _write(self, line: str) -> None:
        try:
            handle = self._open()
        except FileNotFoundError:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = self._open()
        try:
            os.write(handle, line.encode())  # one call: lines of two processes do not mix
            full = os.fstat(handle).st_size > self._most
        finally:
            os.close(handle)
        if full:
            self._turn()

    def _open(self) -> int:
        return os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def _turn(self) -> None:
        """The oldest falls away; a process that wrote meanwhile has written into a log that is kept."""
        for n in range(KEPT, 0, -1):
            older = self._folder / (f"paperwork.{n - 1}.log" if n > 1 else NAME)
            with contextlib.suppress(OSError):  # two processes may turn at once; Windows refuses what is open
                older.replace(self._folder / f"paperwork.{n}.log")


def token(value: object) -> str:
    """What may stand in the log of `value`: an id, a code, a count. Anything else is `-`."""
    text = str(value)
    if not _TOKEN.fullmatch(text) and not _OWN_FILE.fullmatch(text):
        return "-"
    return _NUMBER.sub("-", text)
