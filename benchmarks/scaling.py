"""One ledger on a server, and one, two, four workers: cases a second against the daemon on one desk.

Watchers and workers are processes of their own on this machine, the database flushes what it commits, and both offices
get the same Word forms in turns. What is asked is what the server costs and whether workers add up; on a machine whose
cores are filled by one worker, watcher and database they cannot. Without an installed PostgreSQL nothing is measured.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from dropping import DAY, HERE, _count, forms
from measuring import Result, faster, within

sys.path.append(str(HERE.parent / "tests"))
import postgres
from paperwork import catalogue
from paperwork.ledger import Ledger, numbers
from paperwork.model import Slot

CASES = int(os.environ.get("PAPERWORK_BENCH_CASES", "40"))  # in each turn
WORKERS, GOALS = (1, 2, 4), (0.4, 0.6, 0.6)
WRITERS, EACH = 4, 40


def results() -> list[Result]:
    """The rate with so many workers, as a ratio to the embedded mode; and what one series costs that all want."""
    if postgres.binaries() is None:
        return []
    where = HERE.parent / ".bench"
    where.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=where, prefix="scale-") as folder, _server() as server:
        return [*_rates(Path(folder), server), _contention(Path(folder), server)]


@contextlib.contextmanager
def _server() -> Iterator[postgres.Server]:
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    server = postgres.Server(folder)
    server.settings = "-c max_connections=100"  # as it is installed: it flushes
    server.start()
    try:
        yield server
    finally:
        server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


# ── workers ──


def _rates(folder: Path, server: postgres.Server) -> list[Result]:
    found = []
    with contextlib.ExitStack() as running:
        desk, shared = Office(folder / "desk", running), Office(folder / "shared", running)
        ledger = postgres.ready_for(folder / "shared", server.address)
        desk.start("watch")
        shared.start("watch", PAPERWORK_LEDGER=ledger)
        for office in (desk, shared):
            office.take(4)
        at_work = 0
        for count, goal in zip(WORKERS, GOALS, strict=True):
            for number in range(at_work, count):
                private = folder / f"worker-{number}"
                shared.start("worker", PAPERWORK_LEDGER=ledger, PAPERWORK_PRIVATE=str(private))
            at_work = count
            _wait_for_workers(ledger, count)
            shared.take(2 * count)  # warm
            rates: dict[str, list[float]] = {"desk": [], "shared": []}
            for _ in range(2):
                rates["desk"].append(desk.take(CASES))
                rates["shared"].append(shared.take(CASES))
            ours, theirs = (statistics.median(rates[name]) for name in ("shared", "desk"))
            print(f"{count} workers: {ours:.1f} cases/s; one desk {theirs:.1f} cases/s")
            found.append(faster(f"cases a second, {count} workers", ours / theirs, goal, "one desk, SQLite"))
    return found


def _wait_for_workers(ledger: str, count: int) -> None:
    with Ledger.open(ledger, "SCWL") as opened:
        while sum(hand.role == "worker" for hand in opened.hands()) < count:
            time.sleep(0.1)
    time.sleep(2)  # the watcher sees them at its next look


class Office:
    """An office with its processes."""

    def __init__(self, root: Path, running: contextlib.ExitStack) -> None:
        self.root, self._running = root, running
        self._forms, self._dropped = forms(), 0
        catalogue.copy_templates(root)

    def start(self, command: str, **environment: str) -> None:
        whole = [sys.executable, "-m", "paperwork.cli", "--office", str(self.root), "--today", DAY, command]
        process = subprocess.Popen(whole, stderr=subprocess.DEVNULL, env={**os.environ, **environment})
        self._running.callback(process.wait, 60)
        self._running.callback(process.terminate)

    def take(self, count: int) -> float:
        """Forms a second, from moving them in until each has its slip."""
        ready = []
        for _ in range(count):
            path = self.root / f"{self._dropped:05}.docx"
            path.write_bytes(next(self._forms))
            ready.append(path)
            self._dropped += 1
        begun = time.perf_counter()
        for path in ready:
            path.rename(self.root / "inbox" / path.name)
        while _count(self.root / "inbox" / "回执", ".回执.txt") < self._dropped:
            time.sleep(0.01)
            if time.perf_counter() - begun > 120 + count:
                raise SystemExit(f"{self.root}: not all forms are done, and no more come")
        return count / (time.perf_counter() - begun)


# ── one series that everybody wants ──


def _contention(folder: Path, server: postgres.Server) -> Result:
    """Numbers a second: four writers on four series, against four writers on one. Committed one by one."""
    url = postgres.url_for(folder / "numbers", server.address)
    apart, together = [], []
    with contextlib.ExitStack() as open_:
        ledgers = [open_.enter_context(Ledger.open(url, "SCWL")) for _ in range(WRITERS)]
        for turn in range(3):
            apart.append(_written(ledgers, [f"apart-{turn}-{n}" for n in range(WRITERS)]))
            together.append(_written(ledgers, [f"together-{turn}"] * WRITERS))
    print(f"one series {statistics.median(together):.0f} numbers/s, {WRITERS} series {statistics.median(apart):.0f}")
    ratio = statistics.median(apart) / statistics.median(together)
    return within(f"numbers a second, {WRITERS} writers on {WRITERS} series", ratio, 6, "on one series")


def _written(ledgers: list[Ledger], series: list[str]) -> float:
    def write(ledger: Ledger, name: str) -> None:
        for _ in range(EACH):
            with ledger._engine.begin() as connection:
                numbers.advance(connection, ledger.bureau, Slot(name, 2026))

    writers = [threading.Thread(target=write, args=pair) for pair in zip(ledgers, series, strict=True)]
    begun = time.perf_counter()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return WRITERS * EACH / (time.perf_counter() - begun)
