"""A worker: takes the drops that watchers have received, on whatever machine, one at a time, until asked to stop.

It needs the same inbox, outbox, templates and objects as they (shared folders, a store); its `.paperwork` is its own.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from paperwork import doctor
from paperwork.daemon.keeper import Keeper
from paperwork.daemon.loop import stopped_by_signals, tell_of_figures
from paperwork.daemon.others import Sign
from paperwork.errors import UsageError
from paperwork.ledger import QueueAway
from paperwork.metrics import Written
from paperwork.office import Office

LONGEST_PAUSE = 30.0  # seconds between two tries while the database is away
_TROUBLED = 10.0  # seconds until a drop is tried again when the office as a whole is in trouble


def work(office: Office, stop: threading.Event | None = None, told: Callable[[str], None] = lambda text: None) -> None:
    """Work until SIGINT or SIGTERM (or `stop`); the form in hand is finished first, of a sheet the row.

    `told` hears what the administrator must know. UsageError for a ledger on this machine's own disk; MachineError as
    `run`, and while workers of another edition are at work. A database that goes away later is waited for.
    """
    if not office.ledger.shared:
        advice = "本机账册由 paperwork watch 自己办理；多台机器办理先按管理员手册把账册放到 PostgreSQL 上"
        raise UsageError("账册在本机磁盘上，没有可以分给别的机器的工作", advice=advice)
    doctor.require_fit(office.root)
    if not office.ledger.begun():  # an outbox that is only away is waited for
        office.require_whole()
    stop = stop or threading.Event()
    worker = Worker(office, stop, told)
    with contextlib.suppress(QueueAway):  # then it looks by itself, and says so
        worker.open()
    told(f"正在等待 {office.catalogue.settings.organ.name} 的工作，按 Ctrl-C 停止")
    office.log.note("worker_started")
    with stopped_by_signals(stop, threading.Event()):
        try:
            worker.run()
        finally:
            worker.tell("asked")
            office.log.note("worker_stopped")


@dataclass
class Worker:
    """One worker at work on one bureau's queue."""

    office: Office
    stop: threading.Event
    told: Callable[[str], None] = lambda text: None
    keeper: Keeper = field(init=False)
    sign: Sign = field(init=False)
    figures: Written = field(default_factory=Written)
    hears: bool = False  # it has the queue, as far as it knows
    deaf: bool = False  # it was told that there is no queue

    def __post_init__(self) -> None:
        self.keeper = Keeper(self.office, self.stop.is_set)
        self.keeper.sign = self.sign = Sign("worker", dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))

    def open(self) -> None:
        """The queue, made anew if it was lost. At the start, and after it was away, what nobody knows of is called."""
        made = self.office.ledger.open_queue()
        if made:
            self.office.log.note("queue_made")
        if made or not self.hears:
            self._note(self.office.ledger.call_again())
        if self.deaf:
            self.told("办件队列恢复了")
        self.hears, self.deaf = True, False
        self.tell()

    def run(self) -> None:
        """Hear jobs until asked to stop, through every loss of the connection."""
        from paperwork.jobs import hearing  # the engine takes most of a second to load

        pace = self.office.catalogue.settings.cluster
        line = hearing.Line(self.office.ledger.address, self.office.ledger.bureau, pace.beat, pace.lost)
        pause = 0.5
        while not self.stop.is_set():
            begun = time.monotonic()
            try:
                self.open()
                hearing.hear(line, self._take, self._tend, self.stop)
            except QueueAway as error:
                self._look(error, pace.lost)
                pause = pace.beat
            except Exception as error:
                self.office.log.note("queue_away", error=type(error).__name__)
                self.office.ledger.close()  # a connection that went bad is not used again
            tell_of_figures(self.keeper, self.figures.refresh(self.keeper.office))
            if time.monotonic() - begun > LONGEST_PAUSE:
                pause = 0.5
            self.stop.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _look(self, error: QueueAway, lost: float) -> None:
        """Without a bell: what a watcher has received and nobody has finished for so many seconds is done here."""
        if not self.deaf:
            self.told(f"{error}；{error.advice}。在那以前照样办理：没有人办的，隔一会儿从账册里看到，不丢材料")
            self.office.log.note("queue_missing")
        self.hears, self.deaf = False, True
        since = self.office.now - dt.timedelta(seconds=lost)
        try:
            waiting = [drop.id for drop, _ in self.office.ledger.unfinished() if drop.received_at <= since]
            for drop_id in waiting:
                trouble = self.keeper.troubles.get(drop_id)
                if not self.stop.is_set() and (trouble is None or trouble.again_at <= time.monotonic()):
                    self.sign.done += not self.keeper.work(drop_id)
        except Exception as troubled:  # the office's files are wrong, or the ledger is away
            self.keeper.trouble_of_the_office(troubled)

    def tell(self, ended: str = "") -> None:
        """A sign of life."""
        self.sign.give(self.keeper.office, [trouble.entry() for trouble in self.keeper.troubles.values()], ended)

    def _take(self, drop_id: str) -> None:
        """One job. What cannot be finished now raises Later, and whoever is free tries again then."""
        from paperwork.jobs.hearing import Later

        self.sign.drop = drop_id
        try:
            again = self.keeper.work(drop_id)
        except Exception as error:  # the office's files are wrong, or the ledger is away
            self.keeper.trouble_of_the_office(error)
            again = _TROUBLED
        finally:
            self.sign.drop = ""
        if again:
            raise Later(again)
        self.sign.done += 1

    def _tend(self) -> None:
        """At every beat: a sign of life, and a look for drops that nobody was told of."""
        self.tell()
        tell_of_figures(self.keeper, self.figures.refresh(self.keeper.office))
        office = self.keeper.office
        since = office.now - dt.timedelta(seconds=office.catalogue.settings.cluster.late)
        self._note(office.ledger.call_again(since.isoformat(timespec="seconds")))

    def _note(self, called: int) -> None:
        if called:
            self.office.log.note("called_again", count=called)
