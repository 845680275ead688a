"""Who may read and write what: the clerks their inbox and outbox, the program's own user the rest, clerks no rules.

On Windows the folders' own lists of rights decide, and nothing here does anything.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from paperwork.model import Sharing

_WINDOWS = os.name == "nt"
SHARED = ("inbox", "outbox")
APPROVALS = "审批"  # has rights of its own, given by hand: who may write there may approve


def share(root: Path, sharing: Sharing) -> None:
    """Give inbox, outbox and their first folders the group and rights of `bureau.toml`; what is made in them inherits.

    What this user may not give stays as it is: `doctor` names it.
    """
    if _WINDOWS or not (sharing.group or sharing.mode):
        return
    gid = group_id(sharing.group)
    for folder in _shared_folders(root):
        status = folder.stat()
        if gid is not None and status.st_gid != gid:
            with contextlib.suppress(OSError):
                os.chown(folder, -1, gid)
        if sharing.mode and stat.S_IMODE(status.st_mode) != folder_mode(sharing.mode):
            with contextlib.suppress(OSError):
                folder.chmod(folder_mode(sharing.mode))


def close(private: Path) -> None:
    """`.paperwork/`, its folders and the ledger are for the program's user alone; what is made there inherits that."""
    if _WINDOWS:
        return
    for path in (private, *(p for p in private.iterdir() if not p.is_symlink())):
        with contextlib.suppress(OSError):  # gone meanwhile, or another's
            if path.stat().st_mode & 0o077:
                path.chmod(0o700 if path.is_dir() else 0o600)


def folder_mode(mode: int) -> int:
    """The rights of a folder whose files have `mode`: who may read may enter, and the group is handed down."""
    return mode | (mode & 0o444) >> 2 | stat.S_ISGID


def group_id(name: str) -> int | None:
    """The number of a group; None for "" and for a group that this machine does not know."""
    if _WINDOWS or not name:
        return None
    import grp

    try:
        return int(grp.getgrnam(name).gr_gid)
    except KeyError:
        return None


def open_to_others(private: Path) -> tuple[Path, ...]:
    """Folders of `.paperwork/` that others than the program's user can look into."""
    if _WINDOWS or not private.is_dir():
        return ()
    return tuple(p for p in (private, private / "logs") if p.is_dir() and p.stat().st_mode & 0o077)


def written_by_clerks(root: Path, sharing: Sharing) -> tuple[Path, ...]:
    """What decides what is done, and can be changed by those who only hand in forms: settings, rules, templates."""
    if _WINDOWS:
        return ()
    clerks = _groups_of_clerks(root, sharing)
    walked = os.walk(root / "templates")
    there = (f"{folder}{os.sep}{name}" for folder, _, names in walked for name in ("", *names))
    return tuple(Path(path) for path in (str(root), *there) if _writable(path, clerks))


def _writable(path: str, clerks: frozenset[int]) -> bool:
    try:
        status = os.lstat(path)
    except OSError:
        return False
    if stat.S_ISLNK(status.st_mode) or status.st_mode & stat.S_ISVTX:  # in a sticky folder each may only touch his own
        return False
    return bool(status.st_mode & stat.S_IWOTH or (status.st_mode & stat.S_IWGRP and status.st_gid in clerks))


def _groups_of_clerks(root: Path, sharing: Sharing) -> frozenset[int]:
    """The group that is named; else that of an inbox which its group may write in, unless it is one user's own."""
    named = group_id(sharing.group)
    if named is not None:
        return frozenset((named,))
    with contextlib.suppress(OSError):
        status = (root / "inbox").stat()
        if status.st_mode & stat.S_IWGRP and not _is_one_users(status.st_gid, status.st_uid):
            return frozenset((status.st_gid,))
    return frozenset()


def _is_one_users(gid: int, uid: int) -> bool:
    """Many systems give every user a group of the same name and nobody else in it."""
    import grp
    import pwd

    try:
        owner, group = pwd.getpwuid(uid), grp.getgrgid(gid)
    except KeyError:
        return False
    return owner.pw_gid == gid and not set(group.gr_mem) - {owner.pw_name}


def _shared_folders(root: Path) -> Iterator[Path]:
    for name in SHARED:
        top = root / name
        if top.is_dir():
            yield top
            inner = (p for p in top.iterdir() if p.is_dir() and not p.is_symlink() and not p.name.startswith("."))
            yield from (p for p in inner if p.name != APPROVALS)
    for year in sorted((root / "outbox").glob("2[0-9][0-9][0-9]/")):
        yield from (p for p in year.iterdir() if p.is_dir() and "_" not in p.name and not p.is_symlink())
