"""Names inside the inbox, and names that are nobody's form."""

from __future__ import annotations

from fnmatch import fnmatchcase

APPROVALS, RETURNED, RECEIPTS, TAKEN = "审批", "退回", "回执", ".taken"

# What editors, browsers, copying programs, desktops and NAS boxes leave lying about.
_JUNK = (
    *("~$*", "~wrl*.tmp", "~wrd*", "*.tmp", "*.part", "*.partial", "*.crdownload", "*.download", "*.filepart"),
    *("thumbs.db", "desktop.ini", "@eadir", "__macosx", "$recycle.bin", "system volume information"),
)


def is_junk(name: str) -> bool:
    """Whether a file or folder of this name is no form: hidden, half-copied, a lock (`~$x.docx`, `.~x`), or litter."""
    lowered = name.lower()
    return lowered.startswith(".") or any(fnmatchcase(lowered, pattern) for pattern in _JUNK)


def lock_names(name: str) -> set[str]:
    """Casefolded names of the lock files by which Word, WPS and LibreOffice say that `name` is open.

    Word and WPS put their mark over the first one or two characters of a long name.
    """
    tails = {name, name[1:], name[2:]} if len(name.rpartition(".")[0] or name) > 6 else {name}
    marks = {f"{mark}{tail}" for mark in ("~$", ".~") for tail in tails}
    return {lock.casefold() for lock in marks | {f".~lock.{name}#"}}
