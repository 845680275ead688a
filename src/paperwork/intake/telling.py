"""Tell the clerk: the form back with its note, or a slip that says what became of it."""

from __future__ import annotations

from pathlib import Path

from paperwork import durable
from paperwork.intake.folders import APPROVALS, RECEIPTS, RETURNED
from paperwork.model import Drop
from paperwork.names import safe_name

__all__ = ["APPROVALS", "RECEIPTS", "RETURNED", "give_back", "reply"]


def give_back(inbox: Path, drop: Drop, data: bytes, note: str, folder: str = RETURNED) -> Path | None:
    """Lay the form (`data`) into `folder` (退回, or 回执 for a duplicate) with its note beside it; where it lies.

    Again with the same bytes is once; another file of that name stays, and the next free name is taken. Nothing for
    a form given on the command line, whose file never left its place, and for what the program handed in itself.
    """
    if drop.place in ("cli", "program"):
        return None
    where = inbox / folder
    durable.make_dir(where)
    placed = durable.write_beside(where / safe_name(drop.name), data)
    durable.write_beside(where / f"{placed.name[:70]}.说明.txt", _for_notepad(note))
    return placed


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


def _for_notepad(text: str) -> bytes:
    """UTF-8 with a mark and Windows line ends: the oldest Notepad shows it right."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8-sig")
