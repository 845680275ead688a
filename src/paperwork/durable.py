"""The few ways in which this program writes a file: whole or not at all, and still there after a power cut."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

TEMPORARY = ".paperwork-"  # how the name of an unfinished file begins
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV}
_WINDOWS = os.name == "nt"


def write_new(target: Path, data: bytes) -> bool:
    """Write `target` unless it exists; True if it was written here. Its folder must exist.

    Two writers: one wins. The name appears with all its bytes at once; only where neither hard links nor a rename
    that spares the existing are offered, it is created first and filled then, so that a kill may leave it torn
    (never another's file overwritten).
    """
    if os.path.lexists(target):
        return False
    temporary = temporary_beside(target)
    try:
        _write(temporary, data)
        won = _appear(temporary, target, data)
    finally:
        temporary.unlink(missing_ok=True)
    fsync_dir(target.parent)
    return won


def write_beside(target: Path, data: bytes) -> Path:
    """Write `target` or find the same bytes there; if others are there, they stay and 「名（2）.docx」 is next."""
    candidate, n = target, 1
    while not write_new(candidate, data):
        if _holds(candidate, data):
            break
        n += 1
        candidate = target.with_name(f"{target.stem}（{n}）{target.suffix}")
    return candidate


def replace(target: Path, data: bytes) -> None:
    """Write `target`, in place of what stands there, in one step. Its folder must exist."""
    temporary = temporary_beside(target)
    try:
        _write(temporary, data)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    fsync_dir(target.parent)


def fsync_dir(folder: Path) -> None:
    """Make the names in `folder` durable. Windows offers no such call and needs none."""
    if _WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems refuse it; then the server decides
            os.fsync(handle)
    finally:
        os.close(handle)


def make_dir(folder: Path) -> None:
    """Make `folder` and what is missing above it, durably."""
    if folder.is_dir():
        return
    make_dir(folder.parent)
    folder.mkdir(exist_ok=True)
    fsync_dir(folder.parent)


def temporary_beside(target: Path) -> Path:
    """A name of its own beside `target`, hidden, that says whose it is."""
    return target.with_name(f"{TEMPORARY}{secrets.token_hex(8)}.tmp")


def _write(path: Path, data: bytes) -> None:
    # not tempfile: its files are private (0600), and clerks must read what appears on the share
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _appear(temporary: Path, target: Path, data: bytes) -> bool:
    """Give the finished file its name without touching one that stands there."""
    try:
        if _WINDOWS:
            temporary.rename(target)  # on Windows a rename never overwrites
        else:
            os.link(temporary, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return _write_exclusively(target, data)
    return True


def _write_exclusively(target: Path, data: bytes) -> bool:
    """For shares without hard links. What was begun here and could not be ended is taken away again."""
    try:
        _write(target, data)
    except FileExistsError:
        return False
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return True


def _holds(path: Path, data: bytes) -> bool:
    """Whether `path` is a file with exactly these bytes."""
    try:
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False  # unreadable: not ours to judge, so another name
