"""From the drop of a Word form to its papers on the disk: the daemon against the one that everybody writes first.

Both run at the same time on the same disk, each in a process of its own, and are given the same forms in turns. Ours
reads, validates, decides, rehearses, numbers, registers and proves besides; it is done when its reply slip lies there,
which is after everything is durable. The naive one makes the same papers from the
same templates and is done when the last of them has its name.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from measuring import Result, faster, within
from stdnum.cn import uscc

from paperwork import catalogue, daemon
from paperwork.demo import pen, sample
from paperwork.office import Office

HERE = Path(__file__).resolve().parent
DAY = "2026-07-16"
SINGLE, NAIVE_BURST, BURST, TURNS = 60, 25, 250, 2
FORMS = int(os.environ.get("PAPERWORK_BENCH_FORMS", "1500"))  # over which the memory is watched; the goal says 5000
FORM = sample("s01_intake")
NAME, CODE = FORM["party"]["name"], FORM["party"]["uscc"]


def results() -> list[Result]:
    """p50 and p99 of one form at a time, the rate of a burst, and the memory of our daemon."""
    where = HERE.parent / ".bench"  # not a memory disk: what is measured is durable
    where.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=where, prefix="drop-"))
    try:
        with _naive(folder / "naive") as naive, _ours(folder / "office") as ours:
            return _measured(ours, naive)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Side:
    """One daemon: where forms go, how many are done, and its process."""

    inbox: Path
    done: Callable[[], int]
    pid: int
    forms: Forms
    papers: int = 0
    dropped: int = 0

    def drop(self, count: int) -> float:
        """Seconds until `count` forms, moved in together, are done."""
        ready = [self._ready() for _ in range(count)]
        before = time.perf_counter()
        for path in ready:
            path.rename(self.inbox / path.name)
        self.dropped += count
        while self.done() < self.dropped:
            time.sleep(0.0005 if count == 1 else 0.005)
            if time.perf_counter() - before > 60 + count:
                raise SystemExit(f"{self.inbox}: {self.done()} of {self.dropped} forms are done, and no more come")
        return time.perf_counter() - before

    def _ready(self) -> Path:
        path = self.inbox.parent / f"{self.dropped:05}-{os.urandom(4).hex()}.docx"
        path.write_bytes(next(self.forms))
        return path


Forms = Iterator[bytes]


def _measured(ours: Side, naive: Side) -> list[Result]:
    for side in (ours, naive):
        for _ in range(8):
            side.drop(1)  # imports and caches are warm, as in a daemon that runs
    papers = naive.papers
    times: dict[str, list[float]] = {"ours": [], "naive": []}
    for turn in range(SINGLE):
        for name, side in (("ours", ours), ("naive", naive))[:: 1 if turn % 2 else -1]:
            times[name].append(side.drop(1))
            time.sleep(0.02)
    rates: dict[str, list[float]] = {"ours": [], "naive": []}
    for _ in range(TURNS):
        rates["naive"].append(NAIVE_BURST / naive.drop(NAIVE_BURST))
        rates["ours"].append(BURST / ours.drop(BURST))
    early = _memory(ours.pid)
    while ours.dropped < FORMS:
        ours.drop(min(BURST, FORMS - ours.dropped))
    against = "watchdog + python-docx + docxtpl + fsync"
    p50, p99 = (_quantile(times["naive"], q) / _quantile(times["ours"], q) for q in (50, 99))
    rate = statistics.median(rates["ours"]) / statistics.median(rates["naive"])
    return [
        faster(f"drop to {papers} papers, durable, p50", p50, 8, against),
        faster(f"drop to {papers} papers, durable, p99", p99, 3, against),
        faster(f"burst of {BURST} forms", rate, 10, against),
        within(f"memory after {FORMS} forms", _memory(ours.pid) / early, 1.1, f"after {SINGLE + TURNS * BURST} forms"),
    ]


def _quantile(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def _memory(pid: int) -> float:
    """Resident megabytes; 1 where nobody says so."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return 1.0


@contextlib.contextmanager
def _ours(root: Path) -> Iterator[Side]:
    catalogue.copy_templates(root)
    command = [sys.executable, "-m", "paperwork.cli", "--office", str(root), "--today", DAY, "watch"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    slips = root / "inbox" / "回执"
    try:
        while not (root / ".paperwork" / "heartbeat").exists():
            time.sleep(0.05)
        yield Side(root / "inbox", lambda: _count(slips), process.pid, forms())
    finally:
        process.terminate()
        process.wait(60)


@contextlib.contextmanager
def _naive(root: Path) -> Iterator[Side]:
    for name in ("inbox", "outbox"):
        (root / name).mkdir(parents=True)
    papers = root / "papers.json"
    made = _papers(root / "once")
    number = len(made)
    papers.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
    command = [sys.executable, str(HERE / "naive.py"), str(root / "inbox"), str(root / "outbox"), str(papers)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin and process.stdout
    try:
        process.stdout.readline()
        yield Side(root / "inbox", lambda: _count(root / "outbox", f"_{number}.docx"), process.pid, forms(), number)
    finally:
        process.stdin.close()
        process.wait(60)


def _papers(root: Path) -> list[tuple[str, object]]:
    """The papers that our office makes of the form, drafts and their approval forms: templates, and what they print."""
    catalogue.copy_templates(root)
    (root / "inbox" / "表.docx").write_bytes(next(forms()))
    found: list[tuple[str, object]] = []
    with Office.open(root, dt.date.fromisoformat(DAY)) as office:
        (outcome,) = daemon.once(office)
        matter = office.ledger.matter(outcome.id)
        assert matter is not None, outcome
        for number, document in enumerate(matter.documents):
            template = root / f"{number}.docx"
            template.write_bytes(office.objects.get(document.recipe.template))
            index = {"title": "", "party": NAME, "case_no": "", "rows": []}
            context = {"index": index, **document.recipe.context}
            found.append((str(template), context))
    return found


def _count(folder: Path, ending: str = "") -> int:
    try:
        return sum(entry.name.endswith(ending) for entry in os.scandir(folder) if not entry.name.startswith("."))
    except FileNotFoundError:
        return 0


def forms() -> Forms:
    """The filled Word form, of one party after another."""
    known = catalogue.load(HERE.parent)
    blank = pen.filled(known, FORM)
    with zipfile.ZipFile(io.BytesIO(blank)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    number = 0
    while True:
        number += 1
        text = parts["word/document.xml"].decode()
        text = text.replace(CODE, _code(number)).replace(NAME, f"朔州市朔城区第{number}号体验馆")
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                archive.writestr(name, text if name == "word/document.xml" else part)
        yield data.getvalue()


def _code(number: int) -> str:
    """A fictional credit code with valid check digits (GB 32100, GB 11714)."""
    letters, body = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", f"MAX{number:05d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    check = 11 - sum(letters.index(c) * w for c, w in zip(body, weights, strict=True)) % 11
    base = f"92140602{body}{'X' if check == 10 else '0' if check == 11 else check}"
    return base + str(uscc.calc_check_digit(base))
