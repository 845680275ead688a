"""Names inside the inbox, and names that are nobody's form."""

from __future__ import annotations

import re
from fnmatch import translate

APPROVALS, RETURNED, RECEIPTS, TAKEN = "审批", "退回", "回执", ".taken"

# What editors, browsers, copying programs, desktops and NAS boxes leave lying about.
_JUNK = (
    *("~$*", "~wrl*.tmp", "~wrd*", "*.tmp", "*.part", "*.partial", "*.crdownload", "*.download", "*.filepart"),
    *("thumbs.db", "desktop.ini", "@eadir", "__macosx", "$recycle.bin", "system volume information"),
)


_IS_JUNK = re.compile("|".join((r"\.", *map(translate, _JUNK))))
_LOCKS = ("~$", ".~")


def is_lock(name: str) -> bool:
    """Whether an editor says with a file of this name that it has another one open."""
    return name.startswith(_LOCKS)


def is_junk(name: str) -> bool:
    """Whether a file or folder of this name is no form: hidden, half-copied, a lock (`~$x.docx`, `.~x`), or litter."""
    return _IS_JUNK.match(name.lower()) is not None


def lock_names(name: str) -> set[str]:
    """`lock_names_of`, casefolded: to be compared with casefolded names."""
    return {lock.casefold() for lock in lock_names_of(name)}


def lock_names_of(name: str) -> set[str]:
    """The names of the lock files by which Word, WPS and LibreOffice say that `name` is open.

    Word and WPS put their mark over the first one or two characters of a long name.
    """
    tails = {name, name[1:], name[2:]} if len(name.rpartition(".")[0] or name) > 6 else {name}
    marks = {f"{mark}{tail}" for mark in ("~$", ".~") for tail in tails}
    return marks | {f".~lock.{name}#"}
