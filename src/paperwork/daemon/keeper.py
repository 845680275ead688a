"""One keeper at work on one office: what a kill left behind, what lies in the inbox, and what falls due today."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from paperwork import intake, process, slips, status, sweep, templates
from paperwork.daemon import tidying
from paperwork.daemon.others import Others, Sign
from paperwork.daemon.troubles import INBOX, OFFICE, Trouble, waits
from paperwork.errors import OfficeError, PaperworkError
from paperwork.intake import Found, Looking, Settling, Taken
from paperwork.model import Drop, Outcome
from paperwork.office import Office

BATCH = 50  # forms taken in one round at most: then the heart beats, and what is older comes first again
SOON = 0.1  # seconds after which a sheet that was broken off is taken up again
BEAT = 5.0  # seconds between two beats while work goes on


@dataclass
class Keeper:
    """One daemon at work on one office."""

    office: Office
    stopping: Callable[[], bool] = lambda: False
    clock: Callable[[], float] = time.monotonic
    troubles: dict[str, Trouble] = field(default_factory=dict)
    expects: bool = False  # files lie there that are not ready yet
    more: bool = False  # the round ended before it had taken all that is ready
    others: Others = field(default_factory=Others)
    sign: Sign | None = None  # given at each beat, where others share the ledger
    leaves: bool = False  # it will not stay to watch a file: what was written long ago is taken, whole or torn
    _asked: dict[str, dt.date] = field(default_factory=dict)
    _settling: Settling = field(init=False)
    _looking: Looking = field(init=False)
    _beaten: float = float("-inf")
    _tidied: bool = False

    def __post_init__(self) -> None:
        self._settling = Settling(self.office.catalogue.settings.settle_seconds)
        self._looking = Looking(self.office.inbox)
        self._look_over()

    def finish_all(self) -> list[Outcome]:
        """Rounds until nothing is ready any more; what does not come to rest, or is locked, is `waiting`."""
        settle = self.office.catalogue.settings.settle_seconds
        outcomes: list[Outcome] = []
        self.leaves = self.others.alone = True
        last = self.clock()
        while not self.stopping():
            done = self.round()
            outcomes += done
            if done or self.more:
                last = self.clock()
            elif not self.expects or self.clock() - last > 2 * settle + 0.5:
                break
            else:
                time.sleep(max(settle / 4, 0.01))
        self.beat("once")
        return outcomes + self._waiting()

    def round(self) -> list[Outcome]:
        """One look at everything. Exceptions of one drop stay with that drop."""
        self.office.require_whole()
        if not self._tidied:
            self._tidied = True
            tidying.half_written(self.office)
        outcomes: list[Outcome] = []
        unfinished = self.office.ledger.unfinished()
        self.others.look(self.office, unfinished)
        for drop, state in () if self.others.there else unfinished:
            outcomes += [] if self.stopping() else self._resume(drop, state)
        for claimed in intake.taken(self.office.inbox):
            if claimed.id not in self.others.in_hand:
                outcomes += [] if self.stopping() else self._recover(claimed)
        tidying.copies(self.office, self.others.in_hand)
        for found in self._ready():
            if self.stopping():
                break
            if len(outcomes) >= BATCH:
                self.more = True
                break
            outcomes += self._claim(found)
        outcomes += self._sweep(BATCH - len(outcomes))
        self.beat()
        return outcomes

    def round_whatever_happens(self) -> list[Outcome]:
        """A round for the loop that never ends: even a ledger that is away is only a trouble, and no end."""
        try:
            self._renew()
            done = self.round()
        except Exception as error:
            self.trouble_of_the_office(error)
            self.more = False
            self.beat()
            return []
        self.troubles.pop(OFFICE, None)
        return done

    def trouble_of_the_office(self, error: Exception) -> None:
        """Nothing can be done at all just now: the ledger is away, or its files are wrong."""
        self.remember(OFFICE, "账册", error)
        with contextlib.suppress(Exception):
            self.office.ledger.close()  # a connection that went bad is not used again

    def work(self, drop_id: str) -> float:
        """One drop that was received somewhere: seconds until it is to be tried again, 0.0 when it is done.

        Any exception is the office's as a whole.
        """
        self._renew()
        self.office.require_whole()
        row = self.office.ledger.drop_row(drop_id)
        self.troubles.pop(OFFICE, None)
        if row is None:
            return 0.0
        if row.concluded_at is not None:
            intake.clear(self.office.inbox, self.office.private, row.drop)
            return 0.0
        if earlier := self.troubles.get(drop_id):
            earlier.again_at = self.clock()
        self._resume(row.drop, row.state)
        trouble = self.troubles.get(drop_id)
        return trouble.pause if trouble else 0.0 if self._is_done(drop_id) else SOON

    def _renew(self) -> None:
        """The office's files as they stand; what waited for them to be mended is tried again at once."""
        office = self.office.renewed()
        if office is not self.office:
            self.office = office
            self._look_over()
            for trouble in self.troubles.values():
                trouble.again_at = self.clock() if isinstance(trouble.error, OfficeError) else trouble.again_at

    def _look_over(self) -> None:
        """At the start and after each edit: the kinds that are not sound are in the log; `status` shows them too."""
        for fault in templates.all_faults(self.office.catalogue):
            self.office.log.note("problem", code=fault.code, where=fault.where.partition(" ")[0])

    @property
    def folders(self) -> tuple[Path, ...]:
        """The clerks' folders in the inbox, as the last round met them."""
        return self._looking.folders

    def beat(self, ended: str = "") -> None:
        """Show that the daemon lives, or why it will not any more; a full disk must not end it."""
        self._beaten = self.clock()
        told = [trouble.entry() for trouble in self.troubles.values()]
        with contextlib.suppress(OSError):  # the file is the watcher's own
            if self.sign is None or self.sign.role == "watch":
                status.beat(self.office, told, ended)
        if self.sign:
            self.sign.give(self.office, told, ended)

    # ── one drop ──

    def _resume(self, drop: Drop, state: str) -> list[Outcome]:
        return self._try(drop.id, drop.name, lambda: process.resume(self.office, drop, state, self._between))

    def _recover(self, claimed: Taken) -> list[Outcome]:
        """A claimed file: not yet in the ledger, or concluded but not cleared. What is in work was resumed above."""
        row = self.office.ledger.drop_row(claimed.id)
        if row is None:
            return self._try(claimed.id, claimed.path.name, lambda: self._take(self._drop(claimed)))
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
        self.office.log.note("claimed", drop.id, place=drop.place, sha256=drop.sha256)
        return tuple(self._try(drop.id, drop.name, lambda: self._take(drop)))

    def _take(self, drop: Drop) -> tuple[Outcome, ...]:
        if self.others.there:
            process.hand_over(self.office, drop)
            return ()
        return process.take(self.office, drop, self._between)

    def _between(self) -> None:
        """Before each row of a sheet, which may have two thousand: the heart beats, and a wish to stop is heard."""
        if self.stopping():
            raise process.Interrupted
        if self.clock() - self._beaten > BEAT:
            self.beat()

    def _try(self, key: str, file: str, work: Callable[[], tuple[Outcome, ...]]) -> list[Outcome]:
        """Do it unless it failed a moment ago. Any exception is written down, and the drop left for later."""
        earlier = self.troubles.get(key)
        if earlier and self.clock() < earlier.again_at:
            return []
        if self.clock() - self._beaten > BEAT:
            self.beat()
        try:
            done = list(work())
        except process.Interrupted:
            return []
        except Exception as error:
            if self._is_done(key):
                self.troubles.pop(key, None)
                return []
            self.remember(key, file, error)
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

    def remember(self, key: str, file: str, error: Exception) -> None:
        """This could not be done, and is tried again later."""
        tries = self.troubles[key].tries + 1 if key in self.troubles else 1
        self.troubles[key] = trouble = Trouble(key, file, error, tries, self.clock())
        trouble.again_at += trouble.pause
        trouble.log(self.office.log)
        if trouble.tries > 1:
            self._hold(trouble)

    def _hold(self, trouble: Trouble) -> None:
        """What does not pass at once is told to the clerk too: the form is safe, and nothing is his to mend."""
        with contextlib.suppress(Exception):  # the trouble itself is what keeps it from being told
            row = self.office.ledger.drop_row(trouble.drop)
            if row is not None and row.concluded_at is None:
                intake.hold(self.office.inbox, row.drop, slips.held(row.drop, trouble.what))

    # ── the day ──

    def _sweep(self, most: int) -> list[Outcome]:
        """Matters whose next day has come, each asked once a day at most, whatever comes of it."""
        outcomes: list[Outcome] = []
        for matter in sweep.due(self.office):
            if self.stopping() or self._asked.get(matter) == self.office.today:
                continue
            if len(outcomes) >= most:
                self.more = True
                break
            outcomes += self._try(f"sweep {matter}", matter, functools.partial(self._ask, matter))
        return outcomes

    def _ask(self, matter: str) -> tuple[Outcome, ...]:
        done = sweep.ask(self.office, matter)
        self._asked[matter] = self.office.today
        return done

    # ── the inbox ──

    def _ready(self) -> Iterator[Found]:
        """Files that are complete, oldest first, each proven in its turn. An inbox that is away is a trouble."""
        self.expects = self.more = False
        try:
            found = self._looking.look()
        except PaperworkError as error:
            if INBOX not in self.troubles:
                self.remember(INBOX, "收件夹", error)
            return
        if self.troubles.pop(INBOX, None):
            self.office.log.note("inbox_back")
        still = set(self._settling.ready(found, self.clock(), time.time() if self.leaves else None))
        if self._looking.whole:
            self._settling.forget(found)
            self._forget_troubles({str(one.path) for one in found})
        for one in found:
            if one in still or self._settling.at_once(one):
                yield one
            else:
                self.expects = True

    def _forget_troubles(self, there: set[str]) -> None:
        """What failed at its claim and lies in its place no more is claimed by now, and has its id; or it was taken."""
        inbox = f"{self.office.inbox}{os.sep}"
        for key in [key for key in self.troubles if key.startswith(inbox) and key not in there]:
            del self.troubles[key]

    def _waiting(self) -> list[Outcome]:
        if INBOX in self.troubles:
            return []
        return [waits(found) for found in intake.scan(self.office.inbox) if str(found.path) not in self.troubles]
