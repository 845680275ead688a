"""Names that every file system takes: of folders, of documents, of what came in."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80  # characters; with 240 bytes below, room is left for 「（2）」 within the 255 bytes of a Linux name
_LONGEST_BYTES = 240
_NAMELESS = "未命名"
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))  # Windows forbids them; Linux only the slash
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


def safe_name(text: str) -> str:
    """`text` as one name for Windows and Linux: never empty, at most 80 characters and 240 bytes, NFC.

    Control, bidi and zero-width characters and broken surrogates fall; forbidden characters become `_`; a name that
    Windows reserves gets a `_` in front; a long name keeps its extension. Made safe once, a name stays as it is.
    """
    visible = "".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    name = _trimmed(unicodedata.normalize("NFC", re.sub(r"\s+", " ", visible)).translate(_FORBIDDEN))
    if _RESERVED.match(name):
        name = "_" + name
    return _shortened(name) or _NAMELESS


def _trimmed(name: str) -> str:
    """Without spaces around, without the dots that hide a file (front) or that Windows drops (end)."""
    return name.strip(" .")


def _shortened(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem or len(suffix) > 8 or len(suffix.encode()) > 24:
        stem, suffix = name, ""
    else:
        suffix = dot + suffix
    while len(stem + suffix) > LONGEST or len((stem + suffix).encode()) > _LONGEST_BYTES:
        stem = stem[:-1]
    return _trimmed(stem) + suffix if suffix else _trimmed(stem)
