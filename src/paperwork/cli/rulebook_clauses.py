"""The clauses of the plan and what carries them, told to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from paperwork.cli import say
from paperwork.cli.door import Door


def rows(door: Door) -> list[Any] | None:
    """Every row of clauses.toml; None when the office's files cannot be read at all (told already)."""
    from paperwork import catalogue, checking
    from paperwork.errors import OfficeError

    try:
        return checking.clauses.entries(catalogue.load(door.root()))
    except OfficeError:
        return None


def tell(entries: Sequence[Mapping[str, Any]]) -> None:
    """One part for each clause."""
    from paperwork.checking.clauses import LABELS

    for entry in entries:
        say.line(say.coloured(entry["clause"], "cyan"), entry["text"], say.aside(entry["place"]))
        for need, label in LABELS.items():
            if entry[need]:
                say.line(f"    {label}　{'、'.join(entry[need])}")
        if entry["missing"]:
            say.line(f"    尚缺　{'、'.join(LABELS[need] for need in entry['missing'])}")
        if entry["why"]:
            say.line(f"    说明　{entry['why']}")
