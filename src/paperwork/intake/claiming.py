"""Take a file so that no other process takes it too, and keep a private copy to work on.

The claim is one rename on the share's own disk: one winner. The name of the folder says when and from which place,
so that a kill at any moment loses nothing: what was claimed and not yet written into the ledger is `recover`ed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import re
import secrets
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from paperwork import durable, faults
from paperwork.errors import MachineError
from paperwork.intake import staging
from paperwork.intake.folders import APPROVALS, TAKEN
from paperwork.intake.seeing import Found
from paperwork.intake.staging import MOST_BYTES, held_path, only_file, printable, sha256_of, staged_path
from paperwork.model import Drop

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_ID_TIME = "%Y%m%dT%H%M%S"
_FOLDER = re.compile(rf"(?P<id>\d{{8}}T\d{{6}}-[0-9a-f]{{4,}})(?P<approvals>\.{APPROVALS})?")


@dataclass(frozen=True)
class Taken:
    """A claimed file that still lies in `.taken/`. Its folder's name holds the drop's id and the place it came from."""

    id: str
    place: Literal["inbox", "approvals"]
    path: Path


def claim(found: Found, inbox: Path, stage: Path, now: dt.datetime) -> Drop | None:
    """Claim a settled file and copy it, durably, to `stage/<id>/`. `now` must be aware.

    None when it is not to be had: another process was first, it is open elsewhere, or it has changed since the look.
    """
    drop_id, folder = _new_folder(inbox / TAKEN, now, f".{APPROVALS}" if found.place == "approvals" else "")
    target = folder / found.path.name
    try:
        found.path.rename(target)
    except OSError:  # gone, or held open by its writer
        with contextlib.suppress(OSError):
            folder.rmdir()
        return None
    faults.point("claim")  # a power cut may undo the rename: then the form lies in its place again
    if not _is_as_seen(target, found):
        _put_back(target, found)
        return None
    return recover(Taken(drop_id, found.place, target), stage)


def taken(inbox: Path) -> tuple[Taken, ...]:
    """All that is claimed and not cleared, oldest first. Empty folders (a kill just before the rename) are removed."""
    there: list[Taken] = []
    with contextlib.suppress(FileNotFoundError):
        for entry in sorted(os.scandir(inbox / TAKEN), key=lambda one: one.name):
            name = _FOLDER.fullmatch(entry.name)
            if name is None or not entry.is_dir(follow_symlinks=False):
                continue
            path = only_file(Path(entry.path))
            if path is None:
                with contextlib.suppress(OSError):  # if another process claims right now, it fails and tries again
                    Path(entry.path).rmdir()
                continue
            there.append(Taken(name["id"], "approvals" if name["approvals"] else "inbox", path))
    return tuple(there)


def recover(claimed: Taken, stage: Path) -> Drop:
    """The drop of a claimed file: after the claim itself, and the same again after a kill before it was received."""
    try:
        sha256, staged = _copied(claimed, stage / claimed.id)
    except OSError as error:
        raise MachineError(
            f"收件 {claimed.id} 无法复制（{error.strerror}），原件保留在 {claimed.path}",
            advice="请检查磁盘空间和网络共享；恢复后会自动继续。",
        ) from error
    time = dt.datetime.strptime(claimed.id.partition("-")[0], _ID_TIME).replace(tzinfo=_SHANGHAI)
    return Drop(
        id=claimed.id,
        name=printable(claimed.path.name),
        place=claimed.place,
        by=_owner(claimed.path),
        received_at=time,
        sha256=sha256,
        staged=staged.relative_to(stage.parent).as_posix(),
    )


def _copied(claimed: Taken, folder: Path) -> tuple[str, Path]:
    """Hash of the file and where its copy lies; what is too large to be a form is not copied."""
    if claimed.path.stat().st_size > MOST_BYTES:
        return sha256_of(claimed.path), staged_path(folder, claimed.path.name)
    data = claimed.path.read_bytes()
    return hashlib.sha256(data).hexdigest(), staging.stage(folder, claimed.path.name, data)


def admit(private: Path, name: str, data: bytes, now: dt.datetime, by: str = "") -> Drop:
    """A form given on the command line: a durable copy in `private/stage`; what was given stays where it is.

    `private` is `.paperwork/`, `by` the user who gave it, `now` an aware time.
    """
    try:
        drop_id, folder = _new_folder(private / "stage", now, "")
        staged = staging.stage(folder, name, data)
        durable.fsync_dir(folder.parent)
    except OSError as error:
        raise MachineError(
            f"「{printable(name)}」无法复制（{error.strerror}）", advice="请检查磁盘空间和权限。"
        ) from error
    return Drop(
        id=drop_id,
        name=printable(name),
        place="cli",
        by=by,
        received_at=now.astimezone(_SHANGHAI).replace(microsecond=0),
        sha256=hashlib.sha256(data).hexdigest(),
        staged=staged.relative_to(private).as_posix(),
    )


def enter(private: Path, name: str, data: bytes, now: dt.datetime) -> Drop:
    """What the program hands in itself: a durable copy in `private/stage`, under an id that is made from its bytes.

    So the same content is one drop, also of two daemons, and after a kill. `private` is `.paperwork/`, `now` an aware
    time. Raises MachineError.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    drop_id = f"{now.astimezone(_SHANGHAI):%Y%m%dT000000}-{sha256[:16]}"
    try:
        staged = staging.stage(private / "stage" / drop_id, name, data)
    except OSError as error:
        raise MachineError(f"「{name}」无法写入（{error.strerror}）", advice="请检查磁盘空间和权限。") from error
    received = now.astimezone(_SHANGHAI).replace(microsecond=0)
    return Drop(drop_id, name, "program", "系统", received, sha256, staged.relative_to(private).as_posix())


def clear(inbox: Path, private: Path, drop: Drop) -> None:
    """Remove the private and the claimed copy. Only for a drop whose original was placed elsewhere and concluded.

    `private` is `.paperwork/`. The claimed copy goes last: while it is there, clearing is taken up again.
    """
    staged = (private / drop.staged).parent
    if staged.name == drop.id:
        shutil.rmtree(staged, ignore_errors=True)
    faults.point("clear")
    suffix = {"inbox": "", "approvals": f".{APPROVALS}"}.get(drop.place)
    if suffix is None:
        return
    with contextlib.suppress(OSError):  # a clerk has it open: it is only a word that is out of date
        held_path(inbox, drop).unlink(missing_ok=True)
    folder = inbox / TAKEN / f"{drop.id}{suffix}"
    shutil.rmtree(folder, ignore_errors=True)  # not flushed: what a power cut brings back is cleared again


def forget(inbox: Path, folder: Path) -> None:
    """Remove a private copy (`stage/<id>/`) that no ledger knows, unless its form is still claimed."""
    claimed = inbox / TAKEN / folder.name
    if not claimed.exists() and not claimed.with_name(f"{folder.name}.{APPROVALS}").exists():
        shutil.rmtree(folder, ignore_errors=True)


def _new_folder(parent: Path, now: dt.datetime, suffix: str) -> tuple[str, Path]:
    """A drop id that no other process has, and its folder."""
    durable.make_dir(parent)
    while True:
        drop_id = f"{now.astimezone(_SHANGHAI):{_ID_TIME}}-{secrets.token_hex(4)}"
        folder = parent / f"{drop_id}{suffix}"
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            return drop_id, folder


def _is_as_seen(path: Path, found: Found) -> bool:
    status = path.lstat()
    return stat.S_ISREG(status.st_mode) and (status.st_size, status.st_mtime_ns) == (found.size, found.modified_ns)


def _put_back(target: Path, found: Found) -> None:
    """It was still being written, or swapped for a link: back to its place, under another name if that is taken."""
    place, n = found.path, 1
    while os.path.lexists(place):
        n += 1
        place = found.path.with_name(f"{found.path.stem}（{n}）{found.path.suffix}")
    target.rename(place)
    with contextlib.suppress(OSError):
        target.parent.rmdir()


def _owner(path: Path) -> str:
    try:
        return path.owner()
    except (OSError, KeyError, NotImplementedError):
        return ""
