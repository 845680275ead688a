"""The context seen as a tree of named values: every value has a path, and only printable characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from paperwork.errors import Bug
from paperwork.model import Json
from paperwork.rendering.refusals import BadCharacters

LAYOUT = "\n\r\t"  # the only control characters with a meaning in a document


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


def require_printable(context: Json) -> None:
    """Raise `BadCharacters` with every value that holds a character no document can carry."""
    if not isinstance(context, Mapping):
        raise Bug("套打的数据必须是一组有名称的值")
    places: dict[str, tuple[str, ...]] = {}
    for path, value in walked(context):
        if isinstance(value, str) and not value.isprintable():
            bad = dict.fromkeys(f"U+{ord(one):04X}" for one in value if not printable(one))
            if bad:
                places[path] = tuple(bad)
    if places:
        raise BadCharacters(places)
