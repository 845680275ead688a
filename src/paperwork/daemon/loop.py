"""For ever, or once: rounds of the keeper, hurried by hints, until somebody asks to stop."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import os
import signal
import threading
from collections.abc import Iterator

from paperwork import doctor, intake
from paperwork.daemon.keeper import Keeper
from paperwork.daemon.others import Sign
from paperwork.daemon.troubles import METRICS
from paperwork.errors import MachineError
from paperwork.metrics import Written
from paperwork.model import Outcome
from paperwork.office import Office
from paperwork.printouts import Printouts
from paperwork.summary.board import Board

PACE = 3.0  # seconds between two looks when nothing hints at a change


def once(office: Office) -> list[Outcome]:
    """Take all that is there, finish all work, and say what became of each form. What cannot be done now stays."""
    doctor.require_fit(office.root)
    outcomes = Keeper(office).finish_all()
    print_owed(office)
    return outcomes


def print_owed(office: Office) -> dict[str, str]:
    """Every PDF that the office owes; the Word files that could not be printed → why."""
    with contextlib.closing(Printouts(office)) as printouts:
        printouts.all()
    return printouts.failed


def run(office: Office, stop: threading.Event | None = None) -> None:
    """Work until SIGINT or SIGTERM (or `stop`); the form in hand is finished first.

    MachineError where clerks could write the rules, or folders lie in each other.
    """
    doctor.require_fit(office.root)
    if not office.ledger.begun():  # an outbox that is only away is waited for
        office.require_whole()
    stop = stop or threading.Event()
    wake = threading.Event()
    keeper, printouts = Keeper(office, stop.is_set, sign=watching()), Printouts(office)
    idle, board, figures = 0, Board(), Written()
    hints = intake.Hints(office.inbox, wake.set, lambda step, why: office.log.note(step, why=why))
    _show_signs(office)
    office.log.note("started", pid=os.getpid())
    gc.freeze()  # rules, laws and templates stay: no collection goes through all of them while a clerk waits
    with stopped_by_signals(stop, wake):
        try:
            while not stop.is_set():
                wake.clear()
                hints.tend(folders=keeper.folders)  # before the look: what comes between the two is hinted at
                done = keeper.round_whatever_happens()
                idle = 0 if done else idle + 1
                news = bool(done) or keeper.others.news
                if news or keeper.office is not office:
                    office = keeper.office
                    printouts.look_again(office)
                tell_of_figures(keeper, figures.refresh(office))
                if not keeper.more:
                    board.refresh(office, news)
                if not keeper.more and (done or not printouts.one()):  # a PDF only while no form waits
                    stop.wait(_calm(idle))
                    pace = PACE if not keeper.expects else min(PACE, office.catalogue.settings.settle_seconds)
                    if not wake.wait(pace):
                        idle = 0  # nobody hinted: the next hint is heard at once
        finally:
            hints.stop()
            keeper.beat("asked")
            printouts.close()
            office.log.note("stopped")


def tell_of_figures(keeper: Keeper, error: MachineError | None) -> None:
    """The monitoring system's file could not be written, or could again: forms go on, and `status` says it."""
    earlier = keeper.troubles.get(METRICS)
    if error is None:
        keeper.troubles.pop(METRICS, None)
    elif earlier is None or keeper.clock() >= earlier.again_at:
        keeper.remember(METRICS, "监控数字", error)


def _show_signs(office: Office) -> None:
    """Where the ledger is shared, make a place for signs of life: they are seen from everywhere, with no worker too."""
    if office.ledger.shared:
        with contextlib.suppress(MachineError):  # no engine here, no right to: then the heartbeat's file says it alone
            office.ledger.open_queue()


def watching() -> Sign:
    """What a watcher tells of itself to the others at a shared ledger."""
    return Sign("watch", dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))


def _calm(idle: int) -> float:
    """Seconds to let pass after so many looks that found nothing: a large file being copied hints at every block."""
    return 0.0 if not idle else min(0.001 * 2.0 ** min(idle, 10), 0.25)


@contextlib.contextmanager
def stopped_by_signals(stop: threading.Event, wake: threading.Event) -> Iterator[None]:
    """SIGINT and SIGTERM ask to stop. Only the main thread may listen to them."""

    def ask(_number: int, _frame: object) -> None:
        stop.set()
        wake.set()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
