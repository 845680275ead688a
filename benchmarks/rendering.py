"""Filling templates: ours against docxtpl, with the same facts and the same canonical XML, and against the floor.

The floor is what no way of filling can do without: join the ready pieces of bytes, deflate them, add the checksum and
splice them between the members that never change. zlib stands on both sides; isal has lines of its own.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import io
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree
from measuring import Result, faster, ratio

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import contexts, filling  # noqa: E402

from paperwork import rendering  # noqa: E402
from paperwork.rendering import archive, compiled  # noqa: E402
from paperwork.rendering.package import unpacked  # noqa: E402

FORMS: dict[str, dict[str, Any]] = {
    "commitment": contexts.commitment("整改型"),
    "no_penalty_decision": contexts.issued(),
    "talk_notice": contexts.talk(),
    "service_receipt": contexts.receipt(),
}
FORM_GOAL, REPORT_GOAL, PROVEN_GOAL, FLOOR_GOAL, TWO_GOAL = 80.0, 45.0, 40.0, 2.5, 1.7
CHUNK = 400


def results() -> list[Result]:
    """Per template: filled by zlib, the same with its proof, by isal; the floor; two processes."""
    found: list[Result] = []
    for name, (template, context) in _papers().items():
        found += _one(name, template, context)
    found.append(_two_processes())
    return found


def _papers() -> dict[str, tuple[bytes, dict[str, Any]]]:
    papers = {
        name: ((ROOT / "templates" / "documents" / name / "template.docx").read_bytes(), context)
        for name, context in FORMS.items()
    }
    return {**papers, "the report of five pages": _report()}


def _one(name: str, template: bytes, context: dict[str, Any]) -> Iterator[Result]:
    goal = REPORT_GOAL if "report" in name else FORM_GOAL

    def theirs() -> bytes:
        word = DocxTemplate(io.BytesIO(template))
        word.render(context, autoescape=True)
        target = io.BytesIO()
        word.save(target)
        return target.getvalue()

    with _deflating(archive.by_zlib):
        filled = _filler(template, context)
        if _body(filled()) != _body(theirs()):
            raise SystemExit(f"{name}: docxtpl makes another document, so there is nothing to compare")
        yield faster(f"fill {name}", _ratio(filled, theirs), goal, "docxtpl")
        proven = _ratio(lambda: rendering.render(template, context), theirs)
        yield faster(f"fill and prove {name}", proven, PROVEN_GOAL, "docxtpl")
        over = 1 / _ratio(filled, _floor(template, context), times=100, more=1)
        yield Result(f"fill {name}", round(over, 2), "times as long", FLOOR_GOAL, over <= FLOOR_GOAL, "the floor")
    if archive.fastest() is not archive.by_zlib:
        with _deflating(archive.fastest()):
            yield faster(f"fill {name}, isal", _ratio(_filler(template, context), theirs), goal, "docxtpl")


def _ratio(ours: Callable[[], object], theirs: Callable[[], object], times: int = 1, more: int = 40) -> float:
    return ratio(ours, theirs, times=times, more=more, clock=time.process_time)


def _filler(template: bytes, context: dict[str, Any]) -> Callable[[], bytes]:
    """The compiled way without the proof of the single document."""
    ready = compiled.compiled(template)

    def filled() -> bytes:
        made = ready.written(context)
        if made is None or ready.archive is None:
            raise SystemExit("the compiled way does not hold this template")
        return ready.packed(made)

    return filled


def _floor(template: bytes, context: dict[str, Any]) -> Callable[[], bytes]:
    """The pieces of bytes as they are for this context, joined, deflated and spliced."""
    ready = compiled.compiled(template)
    ready.filled(context)
    made = ready.written(context)
    box = ready.archive
    if made is None or box is None:
        raise SystemExit("the compiled way does not hold this template")
    pieces = {name: [data[at : at + 60] for at in range(0, len(data), 60)] for name, data in made.changed.items()}
    return lambda: box.filled({name: b"".join(some) for name, some in pieces.items()})


def _body(document: bytes) -> bytes:
    return bytes(etree.tostring(etree.fromstring(unpacked(document)["word/document.xml"]), method="c14n"))


def _report() -> tuple[bytes, dict[str, Any]]:
    """The bureau's own report (D-27), every part of it filled."""
    template = (ROOT / "templates" / "documents" / "work_report" / "template.docx").read_bytes()
    context = list(filling.contexts(template, 2, values=("12", "全局", "文化市场综合行政执法大队", "2026年7月8日")))[1]
    return template, filling.completed(template, context)


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
