"""What an edited template, rule or setting changes in the words of the examples, since they were last in order.

The words of the last check that found nothing wrong lie in the office's private folder. They are no truth: without
them nothing is told, and whoever may not write there is not stopped.
"""

from __future__ import annotations

import contextlib
import difflib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from paperwork import durable
from paperwork.checking.examples import Printed
from paperwork.model import Json

_WHERE = Path(".paperwork") / "examples.json"


def changed(root: Path, printed: Printed) -> list[Json]:
    """`{example, was, now}` for each example that prints other lines than it did, `was` and `now` only those lines.

    An example that prints nothing now (it is wrong, which is told elsewhere) or is new is not compared.
    """
    remembered = _remembered(root)
    return [
        {"example": name, "was": _side("- ", before, lines), "now": _side("+ ", before, lines)}
        for name, lines in printed.items()
        if (before := remembered.get(name)) is not None and tuple(before) != lines
    ]


def remember(root: Path, printed: Printed) -> None:
    """What stands printed is in order: the next change is told against it."""
    told = {name: list(lines) for name, lines in printed.items()}
    if not (root / _WHERE).parent.is_dir() or _remembered(root) == told:
        return
    with contextlib.suppress(OSError):
        durable.replace(root / _WHERE, json.dumps(told, ensure_ascii=False).encode())


def _remembered(root: Path) -> Mapping[str, list[str]]:
    try:
        found = json.loads((root / _WHERE).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _side(mark: str, before: Sequence[str], after: Sequence[str]) -> list[str]:
    return [line[2:] for line in difflib.ndiff(before, after) if line.startswith(mark) and line[2:].strip()]
