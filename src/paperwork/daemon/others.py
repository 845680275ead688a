"""The others at one ledger: what this program tells of itself, and whether workers are there to hand drops over to."""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Literal

from paperwork.model import Drop, Hand, Json
from paperwork.office import Office


@dataclass
class Others:
    """As seen by one watcher, anew at each of its rounds."""

    alone: bool = False  # takes everything itself, whoever else is there
    there: bool = False  # workers live: drops are only received here, and they take them
    news: bool = False  # they have finished something since the last look
    in_hand: Collection[str] = ()  # drops that are not concluded, while workers are there

    def look(self, office: Office, unfinished: Sequence[tuple[Drop, str]]) -> None:
        """Nobody is there on a ledger of this machine's own disk; and who shows no sign of life is not there."""
        lost = office.catalogue.settings.cluster.lost
        at_work = [] if self.alone else [h for h in office.ledger.hands() if h.role == "worker" and h.age < lost]
        there = any(not hand.told.get("ended") for hand in at_work)
        if there and not self.there and unfinished:
            office.ledger.call_again()  # what was in hand here: a watcher was killed, or saw nobody until now
        self.there = there
        before, self.in_hand = self.in_hand, {drop.id for drop, _ in unfinished} if self.there else ()
        self.news = bool(set(before) - set(self.in_hand))


@dataclass
class Sign:
    """What a program at work tells of itself in a shared ledger, for `status` and the watchers."""

    role: Literal["watch", "worker"]
    since: str
    drop: str = ""  # in hand
    done: int = 0
    name: str = field(default_factory=lambda: f"{platform.node()}:{os.getpid()}")

    def give(self, office: Office, problems: Sequence[Json] = (), ended: str = "") -> None:
        """Never an error: a ledger that is away is noticed by the work itself."""
        told = {
            "machine": platform.node(),
            "private": str(office.private),
            "pid": os.getpid(),
            "version": version("paperwork"),
            "since": self.since,
            "drop": self.drop,
            "done": self.done,
            "ended": ended,
            "problems": list(problems),
        }
        if office.ledger.shared:
            with contextlib.suppress(Exception):
                office.ledger.beat(Hand(self.name, self.role, told=told), office.catalogue.settings.cluster.lost)
