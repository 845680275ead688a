"""The few ways in which this program writes a file: whole or not at all, and still there after a power cut.

A file belongs to whoever its folder belongs to: it takes the folder's group and rights (on Windows folders hand theirs
down by themselves). Files of one step are made durable together, for the disk takes many at once in little more time
than one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from paperwork import faults
from paperwork.unfinished import TEMPORARY, remove, sweep, temporary_beside

__all__ = [
    "TEMPORARY", "build", "flush", "fsync_dir", "make_dir", "replace", "replace_all", "replace_soon", "sweep",
    "temporary_beside", "write_all", "write_beside", "write_new",
]  # fmt: skip

_NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV}
_WINDOWS = os.name == "nt"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


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
        remove(temporary)
    fsync_dir(target.parent)
    return won


def write_all(files: Mapping[Path, bytes]) -> dict[Path, Path]:
    """`write_beside` for several files, made durable together; target → where it lies. Their folders must exist."""
    temporaries = {target: temporary_beside(target) for target in files}
    try:
        for target, data in files.items():
            _write(temporaries[target], data, at_once=False)
        flush(temporaries.values())
        placed = {}
        for target, data in files.items():
            placed[target] = _beside(temporaries[target], target, data)
            faults.point("file")
    finally:
        remove(*temporaries.values())
    flush({target.parent for target in files})
    return placed


def _beside(temporary: Path, target: Path, data: bytes) -> Path:
    candidate, n = target, 1
    while os.path.lexists(candidate) or not _appear(temporary, candidate, data):
        if _holds(candidate, data):
            break
        n += 1
        candidate = target.with_name(f"{target.stem}（{n}）{target.suffix}")
    return candidate


def build(folder: Path, files: Mapping[str, bytes], *, named: bool = False) -> None:
    """Make `folder` with all these files (name with `/` → bytes) in it, made durable together. It must not exist.

    `named`: it keeps this name, which is made durable too.
    """
    _mkdir(folder)
    made = {folder}
    for name, data in files.items():
        parent, *between = folder, *name.split("/")[:-1]
        for step in between:
            parent = parent / step
            if parent not in made:
                _mkdir(parent)
                made.add(parent)
        _write(folder.joinpath(*name.split("/")), data, at_once=False)
    above = [folder.parent] if named else []
    flush([*(folder.joinpath(*name.split("/")) for name in files), *made, *above])


def flush(paths: Iterable[Path]) -> None:
    """Make these files, and the names in these folders, durable, all at the same time."""
    waiting = list(paths)
    if len(waiting) < 2:
        for path in waiting:
            _fsync(path)
        return
    for _ in _pool().map(_fsync, waiting):
        pass  # an exception of any of them comes out here


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(8, thread_name_prefix="durable")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)  # threads do not come along


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
        remove(temporary)
    fsync_dir(target.parent)


def replace_soon(target: Path, data: bytes) -> None:
    """`replace` for what may be lost in a power cut: a heartbeat."""
    temporary = temporary_beside(target)
    try:
        _write(temporary, data, at_once=False)
        temporary.replace(target)
    finally:
        remove(temporary)


def replace_all(files: Mapping[Path, bytes]) -> None:
    """`replace` for several files, in the order given, made durable together. Their folders must exist."""
    temporaries = {target: temporary_beside(target) for target in files}
    try:
        for target, data in files.items():
            _write(temporaries[target], data, at_once=False)
        flush(temporaries.values())
        for target, temporary in temporaries.items():
            temporary.replace(target)
    finally:
        remove(*temporaries.values())
    flush({target.parent for target in files})


def fsync_dir(folder: Path) -> None:
    """Make the names in `folder` durable. Windows offers no such call and needs none."""
    if not _WINDOWS:
        _fsync(folder)


def _fsync(path: Path) -> None:
    """A file or a folder. Some network file systems refuse a folder; then the server decides."""
    if _WINDOWS and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if _WINDOWS else os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            raise
    finally:
        os.close(handle)


def make_dir(folder: Path) -> None:
    """Make `folder` and what is missing above it, durably."""
    if folder.is_dir():
        return
    make_dir(folder.parent)
    with contextlib.suppress(FileExistsError):
        _mkdir(folder)
    fsync_dir(folder.parent)


def _mkdir(folder: Path) -> None:
    folder.mkdir()
    if (model := _model(folder.parent)) is None:
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)  # a link put in its place is not followed
    try:
        _take_after(handle, model, 0o7777)
    finally:
        os.close(handle)


def _model(folder: Path) -> os.stat_result | None:
    """The folder whose group and rights a new name takes; None where the system's own rule is the better one."""
    if _WINDOWS:
        return None
    status = folder.stat()
    return None if status.st_mode & stat.S_IWOTH else status  # nothing becomes writable by all because /tmp is


def _take_after(handle: int, model: os.stat_result, mask: int) -> None:
    """What this user may not give away, or the share does not know, stays as the system made it."""
    with contextlib.suppress(OSError):
        if os.fstat(handle).st_gid != model.st_gid:
            os.fchown(handle, -1, model.st_gid)
    with contextlib.suppress(OSError):
        os.fchmod(handle, stat.S_IMODE(model.st_mode) & mask)


def _write(path: Path, data: bytes, *, at_once: bool = True) -> None:
    """A new file with these bytes; `at_once`: durable before this returns."""
    model = _model(path.parent)
    with os.fdopen(os.open(path, _NEW, 0o600 if model else 0o666), "wb") as file:
        if model is not None:
            _take_after(file.fileno(), model, 0o666)
        file.write(data)
        file.flush()
        if at_once:
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
