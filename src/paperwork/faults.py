"""Fixed points at which a test may kill the program, to prove that nothing is lost or doubled afterwards.

Outside such a test this room does nothing: without the environment variable a point is one dictionary look-up.
"""

from __future__ import annotations

import os
import signal
from collections import Counter

VARIABLE = "PAPERWORK_FAULT"

_passed: Counter[str] = Counter()


def point(name: str) -> None:
    """Die here, without any clean-up, if `PAPERWORK_FAULT` is `name` or, at the k-th passage, `name:k`."""
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return
    _passed[name] += 1
    if wanted in (name, f"{name}:{_passed[name]}"):
        _die()


def _die() -> None:
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(137)  # Windows knows no SIGKILL; this too runs no handler and flushes nothing
