"""Numbers run from 1 to n without gap or double: whatever is interleaved, however many write, whoever is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from factories import NOW, SERIES, a_drop, a_ledger, a_plan, an_opening, issued, joined, opened, register
from paperwork.errors import OfficeError
from paperwork.ledger import Ledger, Moved, numbers
from paperwork.model import Plan, Series, Slot

HERE = Path(__file__).parent

pytestmark = pytest.mark.usefixtures("database")


def register_ledger(ledger: Ledger) -> dict[tuple[str, int], list[int]]:
    """Every n of the register, by series and year, in order; proven against the series' own count."""
    given_numbers: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row in ledger.number_rows():
        given_numbers[row.series, row.year].append(row.n)
    for series in ledger.series():
        assert given_numbers[series.series, series.year] == list(range(series.start + 1, series.last + 1)), series
    texts = [row.text for row in ledger.number_rows()]
    assert len(set(texts)) == len(texts)
    return given_numbers


def fail_to_register(ledger: Ledger) -> None:
    """A plan that takes numbers and then breaks off."""
    drop = a_drop()
    ledger.receive(drop)
    documents = (issued(), issued("other", slot=Slot("没有", 2026)))
    with pytest.raises(OfficeError):
        ledger.register(a_plan(drop, party_key=drop.id, documents=documents), NOW, SERIES)


STEPS = st.lists(
    st.tuples(st.sampled_from(["register", "void", "fail"]), st.sampled_from([2025, 2026]), st.integers(0, 3)),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_interleaving_stays_one_to_n(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    with a_ledger(tmp_path_factory.mktemp("ledger")) as ledger:
        matter = opened(ledger).matter
        given_texts: list[str] = []
        for n, (step, year, count) in enumerate(steps):
            if step == "fail":
                fail_to_register(ledger)
            elif step == "void" and given_texts:
                ledger.void(given_texts[count % len(given_texts)], "打印错误", "周启明", NOW)
            elif step == "register":
                papers = tuple(issued(occurrence=f"{n}/{i}", slot=Slot("不罚", year)) for i in range(count))
                given_texts += [d.number for d in joined(ledger, matter, documents=papers).documents]
        given_numbers = register_ledger(ledger)
    assert sum(len(run) for key, run in given_numbers.items() if key[0] == "不罚") == len(given_texts)
    assert given_numbers["不罚", 2026][:1] in ([], [3])  # two were given by hand in 2026, none in 2025
    assert given_numbers["不罚", 2025][:1] in ([], [1])


def test_threads_that_hammer_one_series_leave_no_gap(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:

        def work(n: int) -> None:
            opened(ledger, documents=(issued(),))
            if n % 3 == 0:
                fail_to_register(ledger)

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(work, range(36)))
        assert register_ledger(ledger)["不罚", 2026] == list(range(3, 39))


def test_two_that_take_two_series_in_opposite_order_both_come_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that makes them wait for each other gives one up: it is decided again, and no number is lost."""
    monkeypatch.setattr(numbers, "take", meeting(numbers.take))
    one, other = Slot("不罚", 2026), Slot("不罚", 2025)

    def work(letters: str, *slots: Slot) -> None:
        drop = a_drop()
        papers = tuple(issued(occurrence=str(n), slot=slot) for n, slot in enumerate(slots))
        plan = a_plan(drop, party_key=drop.id, opening=an_opening(letters), documents=papers)
        while not came_through(ledger, plan):
            pass

    with a_ledger(tmp_path) as ledger, ThreadPoolExecutor(2) as pool:
        for done in (pool.submit(work, "ZD", one, other), pool.submit(work, "AY", other, one)):
            done.result()
        given_numbers = register_ledger(ledger)
    assert (given_numbers["不罚", 2026], given_numbers["不罚", 2025]) == ([3, 4], [1, 2])


def meeting(take: Callable[..., numbers.Given]) -> Callable[..., numbers.Given]:
    """Each of two threads that holds its first number of 不罚 waits for the other to hold one (on SQLite none does)."""
    barrier, here = threading.Barrier(2), threading.local()

    def taken(connection: Connection, bureau: str, slot: Slot, patterns: Mapping[str, Series]) -> numbers.Given:
        given = take(connection, bureau, slot, patterns)
        if slot.series == "不罚" and not hasattr(here, "met"):
            here.met = True
            with suppress(threading.BrokenBarrierError):
                barrier.wait(0.5)
        return given

    return taken


def came_through(ledger: Ledger, plan: Plan) -> bool:
    try:
        register(ledger, plan)
    except Moved:
        return False
    return True


def hammer(folder: Path, times: int, first: int, fault: str = "") -> subprocess.Popen[bytes]:
    """Another process that registers `times` cases, its drops counted from `first`."""
    script = f"import factories, itertools; factories._counter = itertools.count({first})\n" + (
        "import sys\nfrom pathlib import Path\n"
        "with factories.a_ledger(Path(sys.argv[1])) as ledger:\n"
        "    for _ in range(int(sys.argv[2])):\n"
        "        factories.opened(ledger, documents=(factories.issued(),))\n"
    )
    src = str(HERE.parent / "src")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((src, str(HERE))), "PAPERWORK_FAULT": fault}
    return subprocess.Popen([sys.executable, "-c", script, str(folder), str(times)], env=env)


def test_two_processes_that_hammer_one_series_leave_no_gap(tmp_path: Path) -> None:
    workers = [hammer(tmp_path, 25, 10_000), hammer(tmp_path, 25, 20_000)]
    assert [worker.wait(120) for worker in workers] == [0, 0]
    with a_ledger(tmp_path) as ledger:
        assert register_ledger(ledger)["不罚", 2026] == list(range(3, 53))
        assert len(ledger.matters()) == 50


@pytest.mark.fault
@pytest.mark.parametrize(("fault", "registered"), [("receive:3", 2), ("registering:3", 2), ("register:3", 3)])
def test_killed_at_any_step_the_run_goes_on_without_gap(tmp_path: Path, fault: str, registered: int) -> None:
    assert hammer(tmp_path, 5, 10_000, fault).wait(120) != 0
    with a_ledger(tmp_path) as ledger:
        assert len(ledger.matters()) == registered
        assert len(register_ledger(ledger)["不罚", 2026]) == registered
        assert len(ledger.unfinished()) == 3
    assert hammer(tmp_path, 5, 20_000).wait(120) == 0
    with a_ledger(tmp_path) as ledger:
        assert register_ledger(ledger)["不罚", 2026] == list(range(3, 3 + registered + 5))
