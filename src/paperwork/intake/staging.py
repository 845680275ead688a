"""The private copy of a claimed file, on the local disk: what the work is done on, whatever becomes of the share."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from paperwork import durable, faults
from paperwork.intake.folders import APPROVALS, RECEIPTS, TAKEN
from paperwork.model import Drop
from paperwork.names import safe_name

MOST_BYTES = 50 * 1024 * 1024
"""A file larger than this is no form: it is neither copied nor read, and goes back as it is."""

_PLACES = {"inbox": "", "approvals": f".{APPROVALS}"}
_BLOCK = 1024 * 1024


def stage(folder: Path, name: str, data: bytes) -> Path:
    """Lay the copy into `folder` (`stage/<id>/`), durably; the same again finds it there."""
    staged = staged_path(folder, name)
    if not folder.exists():
        durable.make_dir(folder.parent)
        durable.build(folder, {staged.name: data}, named=True)
    elif not durable.write_new(staged, data) and staged.read_bytes() != data:
        durable.replace(staged, data)
    faults.point("stage")
    return staged


def staged_path(folder: Path, name: str) -> Path:
    """Where the copy of a file of this name lies in its folder."""
    return folder / safe_name(printable(name))


def copy_of(inbox: Path, private: Path, drop: Drop) -> bytes:
    """The bytes of a drop. The copy is made anew from the claimed file if a power cut has taken or torn it.

    FileNotFoundError when both are gone: the drop is concluded and cleared.
    """
    staged = private / drop.staged
    try:
        data = staged.read_bytes()
    except FileNotFoundError:
        data = b""
    if hashlib.sha256(data).hexdigest() == drop.sha256:
        return data
    claimed = claimed_file(inbox, drop)
    if claimed is None:
        raise FileNotFoundError(staged)
    data = claimed.read_bytes()
    stage(staged.parent, staged.name, data)
    return data


def claimed_file(inbox: Path, drop: Drop) -> Path | None:
    """The file as it was claimed, in `.taken/`; None where there is none (any more)."""
    suffix = _PLACES.get(drop.place)
    return None if suffix is None else only_file(inbox / TAKEN / f"{drop.id}{suffix}")


def is_oversized(inbox: Path, drop: Drop) -> bool:
    """Whether the claimed file is too large to be a form, and so was never copied."""
    claimed = claimed_file(inbox, drop)
    return claimed is not None and claimed.stat().st_size > MOST_BYTES


def held_path(inbox: Path, drop: Drop) -> Path:
    """Where it is said of a drop that it waits for the office or the machine."""
    return inbox / RECEIPTS / f"{safe_name(Path(drop.name).stem)[:40]}_{drop.id}.办理中.txt"


def only_file(folder: Path) -> Path | None:
    """The one regular file in a folder that may be gone."""
    try:
        return min((Path(e.path) for e in os.scandir(folder) if e.is_file(follow_symlinks=False)), default=None)
    except FileNotFoundError:
        return None


def sha256_of(path: Path) -> str:
    """The hash of a file of any size, in blocks."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            whole.update(block)
    return whole.hexdigest()


def printable(name: str) -> str:
    """The name with what is no text replaced: bytes that are no UTF-8 reach Python as lone surrogates."""
    return name.encode("utf-8", "replace").decode("utf-8")
