"""A look through an inbox of very many names: ours against the snapshot and comparison of watchdog."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measuring import Result, faster
from watchdog.utils.dirsnapshot import DirectorySnapshot, DirectorySnapshotDiff

from paperwork.intake import Looking

NAMES, ROUNDS = 100_000, 5
GOAL = 10.0


def results() -> list[Result]:
    """Processor time of one look at names that are known, as most are in most looks."""
    folder = Path(tempfile.mkdtemp(prefix="seeing-"))
    try:
        for number in range(NAMES):
            (folder / f"{number:06}.docx").touch()  # empty: each waits
        looking = Looking(folder)
        looking.look()
        before = DirectorySnapshot(str(folder))

        def theirs() -> None:
            DirectorySnapshotDiff(before, DirectorySnapshot(str(folder)))

        spent = [(_cpu(looking.look), _cpu(theirs)) for _ in range(ROUNDS)]
        ours, polling = (statistics.median(side) for side in zip(*spent, strict=True))
        return [faster(f"a look at {NAMES} waiting names", polling / ours, GOAL, "PollingObserver, one round")]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _cpu(call: Callable[[], object]) -> float:
    before = time.process_time()
    call()
    return time.process_time() - before
