"""The context seen as a tree of named values: every value has a path, and only printable characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from paperwork.errors import Bug
from paperwork.model import Json
from paperwork.rendering.refusals import BadCharacters

_JSON = (dict, list)  # what groups and lists nearly always are: asked first, for it is quickly asked
LAYOUT = "\n\r\t"  # the only control characters with a meaning in a document
_LAST_TWO = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_UNPRINTABLE = f"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_TWO}"
"""A class of characters for `re`: whatever `printable` refuses."""
_BAD = re.compile(f"[{_UNPRINTABLE}]").search


def walked(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value below `value`, groups and lists included, with its path; items of a list count from one."""
    yield path, value
    if isinstance(value, Mapping):
        for name, child in value.items():
            yield from walked(child, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple):
        for index, child in enumerate(value, start=1):
            yield from walked(child, f"{path}[{index}]")


def printable(character: str) -> bool:
    """Whether a document can carry it: no control character, lone surrogate or non-character (XML 1.0, 2.2)."""
    if character in LAYOUT:
        return True
    code = ord(character)
    if 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
        return False
    return unicodedata.category(character) not in ("Cc", "Cs")


def carried(text: str) -> bool:
    """Whether a document can carry every character of a text: `printable` for many at once."""
    for layout in "\n\r\t\u3000":  # what Python calls unprintable and a document does not
        text = text.replace(layout, "")
    return text.isprintable() or not _BAD(text)


def require_printable(context: Json) -> None:
    """Raise `BadCharacters` with every value that holds a character no document can carry."""
    if not isinstance(context, Mapping):
        raise Bug("套打的数据必须是一组有名称的值")
    texts: list[str] = []
    _gather(context, texts)
    if carried("".join(texts)):
        return
    places: dict[str, tuple[str, ...]] = {}
    for path, value in walked(context):
        if isinstance(value, str) and not value.isprintable():
            bad = dict.fromkeys(f"U+{ord(one):04X}" for one in value if not printable(one))
            if bad:
                places[path] = tuple(bad)
    if places:
        raise BadCharacters(places)


def _gather(value: Any, texts: list[str]) -> None:
    """All texts below `value`: looked at together first, because almost always nothing is wrong with any."""
    for child in value.values() if isinstance(value, Mapping) else value:
        if type(child) is str:
            texts.append(child)
        elif type(child) in _JSON or isinstance(child, Mapping | list | tuple):
            _gather(child, texts)
        elif isinstance(child, str):
            texts.append(str(child))
