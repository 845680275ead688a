"""Files that are not finished yet: named so that everybody sees whose they are, swept when nobody will end them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import secrets
import shutil
import time
from functools import cache
from pathlib import Path

TEMPORARY = ".paperwork-"  # how the name of an unfinished file begins
_DAY = 86400


def temporary_beside(target: Path) -> Path:
    """A name of its own beside `target`, hidden, that says which process of which machine will finish it."""
    return target.with_name(f"{TEMPORARY}{_machine()}-{os.getpid()}-{secrets.token_hex(4)}.tmp")


def remove(*temporaries: Path) -> None:
    """What cannot be removed now is swept later: it must not hide what has happened."""
    for temporary in temporaries:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what was begun in this folder and will never be finished: its writer is dead, or it is a day old."""
    with contextlib.suppress(OSError):
        with os.scandir(folder) as listing:
            begun = [Path(entry.path) for entry in listing if entry.name.startswith(TEMPORARY)]
        for path in begun:
            if _is_dead(path):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _is_dead(path: Path) -> bool:
    machine, _, pid = path.name.removeprefix(TEMPORARY).rpartition("-")[0].partition("-")
    if machine == _machine() and pid.isdecimal() and os.name != "nt":  # there the question would end the process
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
    return time.time() - path.lstat().st_mtime > _DAY


@cache
def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]
