"""A watcher, two workers and a database as processes of one machine: killed, frozen, cut off and restarted anywhere.

Afterwards `audit` has nothing to say: no gap, no double, no paper missing, none too many. Two variants of the program
with one promise broken each are caught.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import postgres
from paperwork import durable
from paperwork.daemon import tidying
from paperwork.errors import MachineError
from tests.fault.breeding import KILLED, nursery
from tests.fault.forms import advice
from tests.stories.bureau import Bureau

pytestmark = [
    pytest.mark.fault,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX; the program's promise is the same"),
]
DAY, LOST = "2026-07-16", 2.0
PATIENCE = 300  # seconds; a pause after a failure doubles from five, and a loaded machine is slow, not wrong
SEED = int(os.environ.get("PAPERWORK_TEST_SEED", "9"))


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    """A server of its own: it dies and comes back."""
    if postgres.binaries() is None:
        pytest.skip("needs the server of PostgreSQL, and no initdb is installed (Debian: postgresql)")
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        server = postgres.Server(Path(folder), kept=True)
        server.start()
        yield server
        server.stop("immediate")


@dataclass
class Cluster:
    """One share, several machines (each with a private folder of its own), one database."""

    bureau: Bureau
    ledger: str
    at_work: dict[str, int] = field(default_factory=dict)
    dropped: int = 0

    def start(self, name: str, **told: Any) -> None:
        """`watch`, `worker-1` …: a process on a machine of that name."""
        private = self.bureau.root.parent / name
        private.mkdir(exist_ok=True)
        role = name.partition("-")[0]
        there = {"ledger": self.ledger, "private": str(private)}
        self.at_work[name] = nursery().start(self.bureau.root, DAY, role=role, **there, **told)

    def kill(self, *names: str) -> None:
        for name in names or tuple(self.at_work):
            pid = self.at_work.pop(name)
            os.kill(pid, signal.SIGCONT)
            os.kill(pid, signal.SIGKILL)
            nursery().wait(pid)

    def dies(self, name: str, point: str, **told: Any) -> None:
        """A process that dies by itself, at this point."""
        self.start(name, fault=point, **told)
        assert nursery().wait(self.at_work.pop(name)) == KILLED, f"never came to {point}"

    def drop(self, count: int = 1) -> None:
        for _ in range(count):
            self.bureau.drop(advice(self.dropped), f"{self.dropped}.json")
            self.dropped += 1

    def done(self) -> bool:
        with contextlib.suppress(MachineError), self.bureau.open() as office:  # the database may be away
            rows = office.ledger.drops()
            return len(rows) == self.dropped and not office.ledger.unfinished()
        return False

    def untold(self) -> int:
        """Drops that are not done and that no job speaks of."""
        with self.bureau.open() as office:
            return len(office.ledger.unfinished()) - sum(office.ledger.queued().values())

    def finishes(self) -> bool:
        """Undisturbed from now on: whether everything is done, and cleared away, in time."""
        for name in {"watch", "worker-1", "worker-2"} - set(self.at_work):
            self.start(name)
        finished = self._comes_to(self.done) and self._comes_to(self._cleared)
        self.kill()
        return finished

    def _comes_to(self, happens: Callable[[], bool]) -> bool:
        until = time.monotonic() + PATIENCE
        while not (done := happens()) and time.monotonic() < until:
            for name in [name for name, pid in self.at_work.items() if nursery().ended(pid)]:
                self.start(name)  # as a service does: the database was away as it started
            time.sleep(0.2)
        return done

    def _cleared(self) -> bool:
        """A process that is killed right after its conclusion leaves the clearing to the watcher's next look."""
        return not list((self.bureau.root / "inbox" / ".taken").iterdir())

    def assert_whole(self) -> None:
        bureau = self.bureau
        assert bureau.audited() == []
        with bureau.open() as office:
            tidying.half_written(office)
            tidying.copies(office)
            assert [row.state for row in office.ledger.drops()] == ["registered"] * self.dropped
            assert len(office.ledger.matters()) == self.dropped
            assert office.ledger.queued() == {"todo": 0, "doing": 0} or not office.ledger.unfinished()
        assert list((bureau.root / "inbox" / ".taken").iterdir()) == []
        folders = {path.parent for path in bureau.root.rglob("manifest.json")}
        assert len(folders) == self.dropped
        for folder in folders:
            durable.sweep(folder)
        assert list(bureau.root.rglob(f"{durable.TEMPORARY}*")) == []


@pytest.fixture
def cluster(tmp_path: Path, server: postgres.Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    ledger = postgres.ready_for(tmp_path, server.address)
    monkeypatch.setenv("PAPERWORK_LEDGER", ledger)
    made = Cluster(Bureau(tmp_path / "office", DAY), ledger)
    settings = made.bureau.root / "templates" / "bureau.toml"
    told = f"[cluster]\nbeat_seconds = 0.5\nlost_seconds = {LOST}\nlate_seconds = 3600\n\n[org]"
    settings.write_text(settings.read_text("utf-8").replace("[org]", told, 1), "utf-8")
    nursery().warm(made.bureau.root)
    yield made
    made.kill()


def there_is_a_worker(cluster: Cluster) -> None:
    """A worker is seen, so that the watcher hands over; it will do nothing."""
    with cluster.bureau.open() as office:
        office.ledger.open_queue()
        with office.ledger._engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO paperwork_queue.hands VALUES (%s, 'worker-0', 'worker', now() + interval '1 hour', '{}')",
                (office.ledger.bureau,),
            )


def test_killed_at_fixed_points_of_the_handing_over(cluster: Cluster) -> None:
    """The watcher dies with the drop and its job half written, and after; workers die around each transaction."""
    there_is_a_worker(cluster)
    for point in ("claim", "handing", "receive"):
        cluster.drop()
        cluster.dies("watch", point)
        assert cluster.untold() == 0
    cluster.start("watch")
    for point in ("registering", "register", "filed", "conclude"):
        cluster.drop()
        cluster.dies("worker-1", point)
    assert cluster.finishes()
    cluster.assert_whole()


def test_killed_frozen_cut_off_and_restarted_at_random(cluster: Cluster, server: postgres.Server) -> None:
    """What happens is drawn from a seed, which a red run prints. A frozen worker wakes after its work was given away."""
    print("seed", SEED)
    luck = random.Random(SEED)
    for name in ("watch", "worker-1", "worker-2"):
        cluster.start(name)
    for misfortune in ["kill", "freeze", "cut", "kill", "restart", "kill"]:
        cluster.drop(2)
        time.sleep(luck.uniform(0.1, 0.7))
        name = luck.choice(sorted(cluster.at_work))
        if misfortune == "kill":
            cluster.kill(name)
            cluster.start(name)
        elif misfortune == "freeze":
            os.kill(cluster.at_work[name], signal.SIGSTOP)
            time.sleep(LOST + 1)
            os.kill(cluster.at_work[name], signal.SIGCONT)
        elif misfortune == "cut":
            cut_every_connection(cluster)
        else:
            server.stop("immediate")
            server.start()
    assert cluster.finishes()
    cluster.assert_whole()


def cut_every_connection(cluster: Cluster) -> None:
    with cluster.bureau.open() as office, office.ledger._engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_program_that_rings_after_its_commit_is_caught(cluster: Cluster) -> None:
    """Killed between the two, the drop waits until a watcher is started again: nobody was told of it."""
    there_is_a_worker(cluster)
    cluster.drop()
    cluster.dies("watch", "between", sabotage="rings_afterwards")
    assert cluster.untold() == 1


def test_a_program_that_commits_its_number_apart_is_caught(cluster: Cluster) -> None:
    there_is_a_worker(cluster)
    cluster.start("watch")
    cluster.drop()
    cluster.dies("worker-1", "registering", sabotage="number_apart_on_a_server")
    assert cluster.finishes()
    assert cluster.bureau.audited() != []
