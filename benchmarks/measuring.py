"""How the benchmarks measure: two ways of doing one thing, in turns, in one run; only their ratio is reported.

Milliseconds belong to a machine and an hour; a ratio of medians from interleaved rounds holds on others too.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One line of the table: `value` is a ratio, at least `goal` is wanted, and `against` names the other way."""

    name: str
    value: float
    unit: str
    goal: float
    ok: bool
    against: str


Clock = Callable[[], float]


def ratio(
    ours: Callable[[], object],
    theirs: Callable[[], object],
    *,
    rounds: int = 15,
    times: int = 5,
    more: int = 1,
    clock: Clock = time.perf_counter,
) -> float:
    """How many times as long `theirs` takes as `ours`: the medians of `rounds` turns of `times` calls each.

    `more`: ours is called so many times as often, so that it is measured as in a batch and not in the cold that theirs
    leaves behind in the processor.
    `clock` is the wall's, or `time.process_time` for pure computing in this process, which other work on the machine
    does not disturb.

    Both are called once before, unmeasured: imports and caches are warm on both sides, as in a daemon that runs.
    """
    ours()
    theirs()
    spent: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds):
        order = ((0, ours), (1, theirs)) if turn % 2 else ((1, theirs), (0, ours))
        for side, call in order:
            calls = times if side else times * more
            spent[side].append(_seconds(call, calls, clock) / calls)
    return statistics.median(spent[1]) / statistics.median(spent[0])


def faster(name: str, value: float, goal: float, against: str) -> Result:
    """The line for a ratio that should be `goal` or more."""
    return Result(name, round(value, 2), "times as fast", goal, value >= goal, against)


def within(name: str, value: float, goal: float, against: str) -> Result:
    """The line for a ratio that should be `goal` or less."""
    return Result(name, round(value, 2), "times as much", goal, value <= goal, against)


def _seconds(call: Callable[[], object], times: int, clock: Clock) -> float:
    begin = clock()
    for _ in range(times):
        call()
    return clock() - begin
