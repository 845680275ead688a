"""Filling templates: ours against docxtpl, with the same facts and the same canonical XML, and against the floor.

The floor is what no way of filling can do without: join the ready pieces of bytes, deflate them, add the checksum and
splice them between the members that never change; for a chart's workbook likewise, within the document. zlib stands on
both sides; isal has lines of its own. Every side fills several papers of a kind in turn, as a batch does: filling one
and the same again and again, a processor knows its bytes by heart.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import io
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree
from measuring import Result, faster, ratio

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import contexts, filling  # noqa: E402

from paperwork import rendering  # noqa: E402
from paperwork.errors import TemplateError  # noqa: E402
from paperwork.rendering import archive, compiled, plots  # noqa: E402
from paperwork.rendering.package import unpacked  # noqa: E402

FORMS: dict[str, dict[str, Any]] = {
    "commitment": contexts.commitment("整改型"),
    "no_penalty_decision": contexts.issued(),
    "talk_notice": contexts.talk(),
    "service_receipt": contexts.receipt(),
}
FORM_GOAL, REPORT_GOAL, PROVEN_GOAL, FLOOR_GOAL, TWO_GOAL = 80.0, 45.0, 40.0, 2.5, 1.7
REPORT = "the report of five pages"
VALUES = ("12", "全局", "文化市场综合行政执法大队", "2026年7月8日")
CHUNK, BATCH, FEW = 400, 8, 3
"""Papers of one kind: by each of two processes; filled in turn; the same where every kind is measured."""


@dataclass(frozen=True)
class Paper:
    """A template, and the facts of several papers that it makes."""

    name: str
    template: bytes
    contexts: list[dict[str, Any]]


def results() -> list[Result]:
    """Per template: filled by zlib, the same with its proof, by isal; the floor; the worst of all; two processes."""
    found: list[Result] = []
    for name, context in FORMS.items():
        found += _one(_paper(name, BATCH, context))
    report = _paper("work_report", BATCH)
    found += _one(replace(report, name=REPORT))
    found += _every()
    found.append(_two_processes())
    return found


def _paper(kind: str, number: int, *given: dict[str, Any]) -> Paper:
    """So many papers of a kind: with the given facts, and with plain ones in every place, where they agree."""
    template = (ROOT / "templates" / "documents" / kind / "template.docx").read_bytes()
    ready, held = compiled.compiled(template), list(given)
    for context in list(filling.contexts(template, 3 * number, values=VALUES))[1:]:
        if len(held) == number:
            break
        completed = filling.completed(template, context)
        with contextlib.suppress(rendering.MissingFacts, TemplateError):
            if ready.filled(completed) is not None:
                held.append(completed)
    return Paper(kind, template, held)


def _one(paper: Paper) -> Iterator[Result]:
    goal = REPORT_GOAL if paper.name == REPORT else FORM_GOAL
    with _deflating(archive.by_zlib):
        if [_body(made) for made in _all(paper, _filled)] != [_body(made) for made in _all(paper, _theirs)]:
            raise SystemExit(f"{paper.name}: docxtpl makes other documents, so there is nothing to compare")
        yield faster(f"fill {paper.name}", _ratio(paper, _filled, _theirs), goal, "docxtpl")
        proven = _ratio(paper, rendering.render, _theirs)
        yield faster(f"fill and prove {paper.name}", proven, PROVEN_GOAL, "docxtpl")
        over = _over(paper)
        yield Result(f"fill {paper.name}", round(over, 2), "times as long", FLOOR_GOAL, over <= FLOOR_GOAL, "the floor")
    if archive.fastest() is not archive.by_zlib:
        with _deflating(archive.fastest()):
            yield faster(f"fill {paper.name}, isal", _ratio(paper, _filled, _theirs), goal, "docxtpl")


def _every() -> Iterator[Result]:
    """All templates of the bureau, each measured a little: the worst proof, and how far filling is from the floor."""
    proven: dict[str, float] = {}
    over: dict[str, float] = {}
    for template in sorted((ROOT / "templates" / "documents").glob("*/template.docx")):
        with _deflating(archive.by_zlib):
            paper = _paper(template.parent.name, FEW)
            if not paper.contexts:  # facts at random that never agree
                continue
            over[paper.name] = _over(paper, rounds=5)
            with contextlib.suppress(TypeError):  # to docxtpl a field called `items` is the method of that name
                proven[paper.name] = _ratio(paper, rendering.render, _theirs, rounds=3)
    slow = min(proven, key=lambda kind: proven[kind])
    yield faster(f"fill and prove: the worst of {len(proven)} templates ({slow})", proven[slow], PROVEN_GOAL, "docxtpl")
    middle = statistics.median(over.values())
    name, ok = f"fill: the middle of {len(over)} templates", middle <= FLOOR_GOAL
    yield Result(name, round(middle, 2), "times as long", FLOOR_GOAL, ok, "the floor")


Fill = Callable[[bytes, dict[str, Any]], bytes]


def _theirs(template: bytes, context: dict[str, Any]) -> bytes:
    word = DocxTemplate(io.BytesIO(template))
    word.render(context, autoescape=True)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _filled(template: bytes, context: dict[str, Any]) -> bytes:
    """The compiled way without the proof of the single document."""
    ready = compiled.compiled(template)
    made = ready.written(context)
    if made is None:
        raise SystemExit("the compiled way does not hold this template")
    return ready.packed(made)


def _all(paper: Paper, fill: Fill) -> list[bytes]:
    return [fill(paper.template, context) for context in paper.contexts]


def _ratio(paper: Paper, ours: Fill, theirs: Fill, rounds: int = 7) -> float:
    return ratio(
        lambda: _all(paper, ours), lambda: _all(paper, theirs),
        rounds=rounds, times=1, more=40, clock=time.process_time,
    )  # fmt: skip


def _over(paper: Paper, rounds: int = 15) -> float:
    """How many times the floor filling takes."""
    floors = [_floor(paper.template, context) for context in paper.contexts]
    return 1 / ratio(
        lambda: _all(paper, _filled), lambda: [floor() for floor in floors],
        rounds=rounds, times=20, clock=time.process_time,
    )  # fmt: skip


def _floor(template: bytes, context: dict[str, Any]) -> Callable[[], bytes]:
    """The pieces of bytes as they are for this context, joined, deflated and spliced."""
    ready = compiled.compiled(template)
    ready.filled(context)
    made = ready.written(context)
    box = ready.archive
    if made is None or box is None:
        raise SystemExit("the compiled way does not hold this template")
    books = {drawn.chart.workbook: (drawn.shape.book, _cut(drawn.sheet)) for drawn in made.charts}
    pieces = {name: _cut(data) for name, data in made.changed.items() if name not in books}

    def lowest() -> bytes:
        changed = {name: b"".join(some) for name, some in pieces.items()}
        changed |= {name: book.filled({plots.SHEET: b"".join(some)}) for name, (book, some) in books.items()}
        return box.filled(changed)

    return lowest


def _cut(data: bytes) -> list[bytes]:
    return [data[at : at + 60] for at in range(0, len(data), 60)]


def _body(document: bytes) -> bytes:
    return bytes(etree.tostring(etree.fromstring(unpacked(document)["word/document.xml"]), method="c14n"))


def _two_processes() -> Result:
    """A batch of decisions in chunks, by two processes that are ready, against one."""
    template = (ROOT / "templates" / "documents" / "no_penalty_decision" / "template.docx").read_bytes()
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        jobs = [(template, contexts.issued(), CHUNK)] * 2

        def two() -> None:
            list(pool.map(_chunk, jobs))

        def one() -> None:
            for job in jobs:
                _chunk(job)

        gain = ratio(two, one, rounds=9, times=1)
        return faster("fill a batch by two processes in chunks", gain, TWO_GOAL, "one process")


def _chunk(job: tuple[bytes, dict[str, Any], int]) -> int:
    template, context, number = job
    return sum(len(rendering.render(template, context)) for _ in range(number))


@contextlib.contextmanager
def _deflating(deflate: archive.Deflate) -> Iterator[None]:
    """All templates compiled within deflate in this way."""
    before, archive.fastest = archive.fastest, lambda: deflate  # type: ignore[assignment]
    compiled.compiled.cache_clear()
    try:
        yield
    finally:
        archive.fastest = before  # type: ignore[assignment]
        compiled.compiled.cache_clear()
