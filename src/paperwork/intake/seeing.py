"""Look through the inbox: what lies there, oldest first."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from paperwork.errors import MachineError
from paperwork.intake.folders import APPROVALS, RECEIPTS, RETURNED, is_junk


@dataclass(frozen=True)
class Found:
    """A file as one look saw it. `modified_ns`: nanoseconds since 1970 by the clock of the share."""

    path: Path
    place: Literal["inbox", "approvals"]
    size: int
    modified_ns: int


def scan(inbox: Path) -> tuple[Found, ...]:
    """Every regular file of the inbox, its folders included, oldest first; links, pipes, junk and locks left out.

    MachineError when the inbox itself cannot be listed (a share that is away); what vanishes meanwhile is skipped.
    """
    try:
        names = sorted(entry.name for entry in os.scandir(inbox))
    except OSError as error:
        raise MachineError(
            f"收件夹打不开：{inbox}（{error.strerror}）", advice="请检查网络共享是否在线、权限是否足够。"
        ) from error
    found: list[Found] = []
    for name in names:
        if name not in (RETURNED, RECEIPTS):
            found.extend(_look(inbox / name, "approvals" if name == APPROVALS else "inbox"))
    return tuple(sorted(found, key=lambda one: (one.modified_ns, str(one.path))))


def _look(path: Path, place: Literal["inbox", "approvals"]) -> Iterator[Found]:
    if is_junk(path.name):
        return
    try:
        status = path.lstat()
        if stat.S_ISREG(status.st_mode):
            yield Found(path, place, status.st_size, status.st_mtime_ns)
        elif stat.S_ISDIR(status.st_mode):
            for entry in list(os.scandir(path)):
                yield from _look(path / entry.name, place)
    except OSError:
        return  # taken away, or not yet readable: the next look will tell
