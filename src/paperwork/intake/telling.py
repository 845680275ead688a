"""Tell the clerk: the form back with its note, or a slip that says what became of it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from paperwork import durable
from paperwork.intake.folders import APPROVALS, RECEIPTS, RETURNED
from paperwork.intake.staging import claimed_file, held_path
from paperwork.model import Drop
from paperwork.names import safe_name

__all__ = ["APPROVALS", "RECEIPTS", "RETURNED", "give_back", "lay", "reply", "take_away"]


def give_back(inbox: Path, drop: Drop, data: bytes, note: str, folder: str = RETURNED) -> tuple[Path, ...]:
    """Lay the form (`data`) into `folder` (退回, or 回执 for a duplicate) with its note beside it; where both lie.

    Again with the same bytes is once; another file of that name stays, and the next free name is taken. Nothing for
    a form given on the command line, whose file never left its place, and for what the program handed in itself.
    """
    if drop.place in ("cli", "program"):
        return ()
    where = inbox / folder
    durable.make_dir(where)
    placed = durable.write_beside(where / safe_name(drop.name), data)
    return placed, durable.write_beside(where / f"{placed.name[:70]}.说明.txt", _for_notepad(note))


def lay(inbox: Path, relative: str, data: bytes) -> bool:
    """Lay a file into a folder of the inbox that is not scanned; False when one of that name lies there already."""
    durable.make_dir((inbox / relative).parent)
    return durable.write_new(inbox / relative, data)


def hand_back(inbox: Path, drop: Drop, note: str) -> None:
    """Move a claimed file that nobody has read into 退回, with its note beside it. Repeats safely.

    The note comes first: once the file is moved there is nothing left to do.
    """
    where = inbox / RETURNED
    durable.make_dir(where)
    claimed = claimed_file(inbox, drop)
    if claimed is None:
        return
    target, n = where / safe_name(drop.name), 1
    while os.path.lexists(target):
        n += 1
        target = target.with_name(f"{Path(safe_name(drop.name)).stem}（{n}）{target.suffix}")
    durable.write_beside(where / f"{target.name[:70]}.说明.txt", _for_notepad(note))
    claimed.rename(target)
    durable.fsync_dir(where)


def take_away(inbox: Path, relative: str, sha256: str) -> bool:
    """Take away a file that the program laid into the inbox, if nobody has changed it since. Repeats safely.

    It is renamed before it is looked at, so that nothing that a clerk saves meanwhile is lost; what differs, or is
    held open, stays.
    """
    path = inbox / relative
    aside = durable.temporary_beside(path)
    try:
        if _hash(path) != sha256:
            return False
        path.rename(aside)
        if _hash(aside) == sha256:
            aside.unlink()
            durable.fsync_dir(path.parent)
            return True
        aside.rename(path)
    except OSError:  # gone already, or open in Word
        return False
    return False


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def reply(inbox: Path, drop: Drop, text: str) -> Path | None:
    """Lay a reply slip into 回执/, once per drop: a second telling leaves the first.

    None for the command line and for the program itself.
    """
    if drop.place in ("cli", "program"):
        return None
    where = inbox / RECEIPTS
    durable.make_dir(where)
    slip = where / f"{safe_name(Path(drop.name).stem)[:40]}_{drop.id}.回执.txt"
    durable.write_new(slip, _for_notepad(text))
    return slip


def hold(inbox: Path, drop: Drop, text: str) -> None:
    """Tell the clerk that the form is safe and waits for something that is not his to mend; `clear` takes it away."""
    if drop.place in ("cli", "program"):
        return
    path = held_path(inbox, drop)
    durable.make_dir(path.parent)
    durable.write_new(path, _for_notepad(text))


def _for_notepad(text: str) -> bytes:
    """UTF-8 with a mark and Windows line ends: the oldest Notepad shows it right."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8-sig")
