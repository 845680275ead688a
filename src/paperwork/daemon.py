"""The loop that takes drops: what a kill left behind first, then what lies in the inbox, one form after another.

Everything is idempotent, so several daemons on one folder, and commands beside them, do no harm. A drop that fails
stays where it is and is tried again after a growing pause; it is in the log by its id, without personal data.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from paperwork import intake, process, status
from paperwork.errors import PaperworkError
from paperwork.intake import Found, Settling, Taken
from paperwork.model import Drop, Finding, Json, Outcome
from paperwork.office import Office

PACE = 3.0  # seconds between two looks when nothing hints at a change
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0  # seconds before a failed drop is tried again
LOG_BYTES = 4 * 1024 * 1024
_INBOX, _OFFICE = "inbox", "office"  # troubles that belong to no drop


def once(office: Office) -> list[Outcome]:
    """Take all that is there, finish all work, and say what became of each form. What cannot be done now stays."""
    return Keeper(office).finish_all()


def run(office: Office, stop: threading.Event | None = None) -> None:
    """Work until SIGINT or SIGTERM (or `stop`); the form in hand is finished first."""
    stop = stop or threading.Event()
    wake = threading.Event()
    keeper = Keeper(office, stop.is_set)
    with _signals(stop, wake):
        no_more_hints = intake.watch(office.inbox, wake.set)
        try:
            while not stop.is_set():
                wake.clear()
                keeper.round_whatever_happens()
                wake.wait(PACE if not keeper.expects else min(PACE, office.catalogue.settings.settle_seconds))
        finally:
            no_more_hints()


@contextlib.contextmanager
def _signals(stop: threading.Event, wake: threading.Event) -> Iterator[None]:
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


@dataclass
class Trouble:
    """A drop that could not be finished, and when it is tried again (monotonic seconds)."""

    drop: str
    file: str
    error: Exception
    tries: int = 1
    again_at: float = 0.0

    @property
    def exit_code(self) -> int:
        """As the command line counts it: 3 the office's files, 4 the machine, 70 a bug."""
        return 4 if isinstance(self.error, OSError) else int(getattr(self.error, "exit_code", 70))

    def entry(self) -> Json:
        """As `status` shows it. Only the program's own errors speak: others might repeat what stands in a form."""
        known = isinstance(self.error, PaperworkError)
        return {
            "code": {3: "E-OFFICE", 4: "E-MACHINE"}.get(self.exit_code, "E-BUG"),
            "drop": self.drop,
            "file": self.file,
            "what": str(self.error) if known else type(self.error).__name__,
            "advice": getattr(self.error, "advice", "")
            or "材料原样保留，稍后自动再试；经过见 .paperwork/logs/paperwork.log",
            "tries": self.tries,
        }


@dataclass
class Keeper:
    """One daemon at work on one office."""

    office: Office
    stopping: Callable[[], bool] = lambda: False
    clock: Callable[[], float] = time.monotonic
    troubles: dict[str, Trouble] = field(default_factory=dict)
    expects: bool = False  # files lie there that are not ready yet
    leaves: bool = False  # it will not stay to watch a file: what was written long ago is taken, whole or torn
    _settling: Settling = field(init=False)

    def __post_init__(self) -> None:
        self._settling = Settling(self.office.catalogue.settings.settle_seconds)

    def finish_all(self) -> list[Outcome]:
        """Rounds until nothing is ready any more; what does not come to rest, or is locked, is `waiting`."""
        settle = self.office.catalogue.settings.settle_seconds
        outcomes: list[Outcome] = []
        self.leaves = True
        last = self.clock()
        while not self.stopping():
            done = self.round()
            outcomes += done
            if done:
                last = self.clock()
            elif not self.expects or self.clock() - last > 2 * settle + 0.5:
                break
            else:
                time.sleep(max(settle / 4, 0.01))
        return outcomes + self._waiting()

    def round(self) -> list[Outcome]:
        """One look at everything. Exceptions of one drop stay with that drop."""
        outcomes: list[Outcome] = []
        for drop, state in self.office.ledger.unfinished():
            outcomes += [] if self.stopping() else self._resume(drop, state)
        for claimed in intake.taken(self.office.inbox):
            outcomes += [] if self.stopping() else self._recover(claimed)
        self._sweep_stage()
        for found in self._ready():
            outcomes += [] if self.stopping() else self._claim(found)
        self.beat()
        return outcomes

    def round_whatever_happens(self) -> None:
        """A round for the loop that never ends: even a ledger that is away is only a trouble, and no end."""
        try:
            self.office = self.office.renewed()
            self.round()
        except Exception as error:
            earlier = self.troubles.get(_OFFICE)
            self._remember(Trouble(_OFFICE, "账册", error, (earlier.tries if earlier else 0) + 1))
            self.beat()
        else:
            self.troubles.pop(_OFFICE, None)

    def beat(self) -> None:
        """Show that the daemon lives; a full disk must not end it."""
        with contextlib.suppress(OSError):
            status.beat(self.office, [trouble.entry() for trouble in self.troubles.values()])

    # ── one drop ──

    def _resume(self, drop: Drop, state: str) -> list[Outcome]:
        return self._try(drop.id, drop.name, lambda: process.resume(self.office, drop, state))

    def _recover(self, claimed: Taken) -> list[Outcome]:
        """A claimed file: not yet in the ledger, or concluded but not cleared. What is in work was resumed above."""
        row = self.office.ledger.drop_row(claimed.id)
        if row is None:
            return self._try(claimed.id, claimed.path.name, lambda: process.take(self.office, self._drop(claimed)))
        if row.concluded_at is not None:
            intake.clear(self.office.inbox, self.office.private, row.drop)
        return []

    def _drop(self, claimed: Taken) -> Drop:
        return intake.recover(claimed, self.office.private / "stage")

    def _claim(self, found: Found) -> list[Outcome]:
        def take() -> tuple[Outcome, ...]:
            drop = intake.claim(found, self.office.inbox, self.office.private / "stage", self.office.now)
            return self._taken(drop) if drop else ()

        return self._try(str(found.path), found.path.name, take)

    def _taken(self, drop: Drop) -> tuple[Outcome, ...]:
        return tuple(self._try(drop.id, drop.name, lambda: process.take(self.office, drop)))

    def _try(self, key: str, file: str, work: Callable[[], tuple[Outcome, ...]]) -> list[Outcome]:
        """Do it unless it failed a moment ago. Any exception is written down, and the drop left for later."""
        earlier = self.troubles.get(key)
        if earlier and self.clock() < earlier.again_at:
            return []
        try:
            done = list(work())
        except Exception as error:
            if self._is_done(key):
                self.troubles.pop(key, None)
                return []
            self._remember(Trouble(key, file, error, (earlier.tries if earlier else 0) + 1))
            return []
        self.troubles.pop(key, None)
        return done

    def _is_done(self, drop_id: str) -> bool:
        """Whether another process has finished the drop meanwhile: then there was nothing to fail at."""
        try:
            row = self.office.ledger.drop_row(drop_id)
        except Exception:
            return False
        return row is not None and row.concluded_at is not None

    def _remember(self, trouble: Trouble) -> None:
        pause = min(FIRST_PAUSE * 2 ** (trouble.tries - 1), LONGEST_PAUSE)
        trouble.again_at = self.clock() + pause
        self.troubles[trouble.drop] = trouble
        log(self.office, trouble)

    # ── the inbox ──

    def _ready(self) -> tuple[Found, ...]:
        """Files that stand still. An inbox that is away is a trouble of its own, and no end of the daemon."""
        try:
            found = intake.scan(self.office.inbox)
        except PaperworkError as error:
            if _INBOX not in self.troubles:
                self._remember(Trouble(_INBOX, "收件夹", error))
            self.expects = False
            return ()
        self.troubles.pop(_INBOX, None)
        settle = self.office.catalogue.settings.settle_seconds
        now = time.time()
        still = set(self._settling.ready(found, self.clock(), now if self.leaves else None))
        ready = tuple(one for one in found if one in still or intake.settled_at_once(one, now, settle))
        self.expects = len(ready) < len(found)
        return ready

    def _waiting(self) -> list[Outcome]:
        if _INBOX in self.troubles:
            return []
        return [_waits(found) for found in intake.scan(self.office.inbox) if str(found.path) not in self.troubles]

    def _sweep_stage(self) -> None:
        """Private copies of concluded drops: a kill, or a second daemon, may have left one behind."""
        for folder in (self.office.private / "stage").iterdir():
            if self._is_done(folder.name) and (row := self.office.ledger.drop_row(folder.name)):
                intake.clear(self.office.inbox, self.office.private, row.drop)


def _waits(found: Found) -> Outcome:
    why = (
        "文件正被打开（Word 或者 WPS），关闭后自动收取" if intake.locked(found) else "文件还没有复制完，完整后自动收取"
    )
    return Outcome(found.path.name, 0, "waiting", findings=(Finding("W-WAITING", why, severity="warning"),))


def log(office: Office, trouble: Trouble) -> None:
    """One entry in `.paperwork/logs/paperwork.log`: drop id, kind of error, where in the program. No personal data."""
    frames = traceback.extract_tb(trouble.error.__traceback__)
    trace = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames[-6:]))
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    drop = trouble.drop if "/" not in trouble.drop and "\\" not in trouble.drop else "unclaimed"
    said = "".join(f" | {p.code} {p.where}" for p in getattr(trouble.error, "problems", ()))
    path = office.private / "logs" / "paperwork.log"
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LOG_BYTES:
            path.replace(path.with_suffix(".1.log"))
        with path.open("a", encoding="utf-8") as file:
            file.write(
                f"{stamp} {drop} try {trouble.tries} {type(trouble.error).__name__}{said} at {trace}\n"
            )
