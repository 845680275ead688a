"""When the office's own files were last written: whether anybody has edited them since."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

Stamp = tuple[tuple[str, int, int], ...]
"""(file or folder, nanoseconds, bytes), sorted. Plain strings: every round of a daemon asks some five hundred."""


def stamp(root: Path) -> Stamp:
    """When which of the office's own files and folders was last written."""
    found = []
    for folder, _, names in os.walk(root / "templates"):
        for name in ("", *names):
            with contextlib.suppress(FileNotFoundError):
                found.append(_written(f"{folder}{os.sep}{name}" if name else folder))
    return tuple(sorted(found))


def stands(earlier: Stamp) -> bool:
    """Whether nothing was written since: cheap to ask in every round, for a folder tells what came and went in it."""
    try:
        return bool(earlier) and all(_written(one[0]) == one for one in earlier)
    except OSError:
        return False


def _written(path: str) -> tuple[str, int, int]:
    status = os.stat(path)  # noqa: PTH116
    return path, status.st_mtime_ns, status.st_size
