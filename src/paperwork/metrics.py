"""Figures for a monitoring system, in the text format of Prometheus: counts and ages, no word of any form.

The daemon and each worker write them into the file that `bureau.toml` [cluster] `metrics` names (a node exporter's
textfile folder), or `paperwork status --metrics FILE` does. Nothing listens on any port.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from paperwork import durable, intake, status
from paperwork.errors import MachineError, PaperworkError
from paperwork.office import Office

_PACE = 15.0  # seconds between two writings

_HELP = {
    "up": "1 while the ledger can be asked and somebody takes forms: a watcher, or a worker elsewhere",
    "heartbeat_age_seconds": "since a watcher or worker last showed that it lives; on a server, of each machine",
    "inbox_files": "files in the inbox, not yet taken",
    "drops_unfinished": "received and not concluded",
    "oldest_unfinished_seconds": "age of the oldest of them",
    "jobs": "jobs in the queue (todo, doing); a ledger on this machine's own disk has none",
    "machines": "programs at work that show signs of life, by role",
    "problems": "what they could not do the last time they tried",
    "forms_done_total": "forms taken by each worker since it started",
}


def text(office: Office) -> str:
    """All of it, as of now. Where the ledger is away only `up` is told."""
    try:
        found = list(_figures(office))
    except PaperworkError:
        found = [_DOWN]
    return _lines(office.catalogue.settings.bureau, found)


_DOWN = ("up", "", 0.0)


def _lines(bureau: str, found: list[tuple[str, str, float]]) -> str:
    lines: list[str] = []
    told: set[str] = set()
    for name, labels, value in found:
        if name not in told:
            told.add(name)
            kind = "counter" if name.endswith("_total") else "gauge"
            lines += [f"# HELP paperwork_{name} {_HELP[name]}", f"# TYPE paperwork_{name} {kind}"]
        lines.append(f'paperwork_{name}{{bureau="{bureau}"{labels}}} {value:g}')
    return "\n".join(lines) + "\n"


def _figures(office: Office) -> Iterator[tuple[str, str, float]]:
    unfinished = office.ledger.unfinished()
    hands = status.machines(office)
    alive = [hand for hand in hands if hand["alive"]]
    heart = status.heart(hands, office.private)
    yield "up", "", bool(alive) or (heart is not None and heart["alive"])
    for hand in (one for one in hands if one["state"] != "stopped"):  # of whom it is expected
        yield "heartbeat_age_seconds", f',role="{hand["role"]}",machine="{_plain(hand["name"])}"', hand["age_seconds"]
    if heart is not None and not hands:
        yield "heartbeat_age_seconds", "", heart["age_seconds"]
    yield "inbox_files", "", len(intake.scan(office.inbox))
    yield "drops_unfinished", "", len(unfinished)
    oldest = (office.now - unfinished[0][0].received_at).total_seconds() if unfinished else 0.0
    yield "oldest_unfinished_seconds", "", max(oldest, 0.0)
    for state, count in office.ledger.queued().items():
        yield "jobs", f',state="{state}"', count
    for role in ("watch", "worker"):
        here = not hands and role == "watch" and heart is not None and heart["alive"]
        yield "machines", f',role="{role}"', here + sum(hand["role"] == role for hand in alive)
    yield "problems", "", sum(len(hand["problems"]) for hand in alive)
    for hand in alive:
        if hand["role"] == "worker":
            yield "forms_done_total", f',machine="{_plain(hand["name"])}"', hand["done"]


def _plain(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def write(office: Office, path: Path) -> None:
    """In the place of the last ones, in one step. Raises OSError."""
    durable.replace_soon(path, text(office).encode())


def write_down(bureau: str, path: Path) -> None:
    """Of an office that does not open: that nothing is up. Raises OSError."""
    durable.replace_soon(path, _lines(bureau, [_DOWN]).encode())


_CURE = "请让运行本程序的用户可以写入这个文件夹；系统服务装好以后才改设置的，再运行一次 paperwork service install"


@dataclass
class Written:
    """Writes them now and then, if the office wants them; for loops."""

    clock: Callable[[], float] = time.monotonic
    _next: float = float("-inf")

    failed: MachineError | None = None

    def refresh(self, office: Office) -> MachineError | None:
        """What goes wrong leaves the last ones, whose time the monitoring system knows; it is given back."""
        wanted = office.catalogue.settings.cluster.metrics
        if wanted and self.clock() >= self._next:
            self._next = self.clock() + _PACE
            self.failed = None
            try:
                write(office, Path(wanted))
            except OSError as error:
                self.failed = MachineError(f"监控数字写不出：{wanted}（{error.strerror}）", advice=_CURE)
        return self.failed if wanted else None
