"""Word to PDF: our persistent connection against a LibreOffice started for each paper, and against unoserver.

unoserver is asked over its own XML-RPC, so that no start of a client is measured, and only where it is installed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import xmlrpc.client
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from measuring import Result, faster, ratio

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import contexts, filling  # noqa: E402

from paperwork import pdf, rendering  # noqa: E402
from paperwork.errors import TemplateError  # noqa: E402
from paperwork.pdf import fonts  # noqa: E402
from paperwork.pdf.engine import soffice  # noqa: E402

PAPERS: dict[str, dict[str, Any]] = {
    "commitment": contexts.commitment("整改型"),
    "no_penalty_decision": contexts.issued(),
    "talk_record": contexts.recorded(),
}
VALUES = ("12", "全局", "文化市场综合行政执法大队", "2026年7月8日")
COLD_GOAL, UNOSERVER_GOAL = 3.0, 1.15


def results() -> list[Result]:
    """Nothing where LibreOffice is not installed; a line per paper and rival else."""
    if not pdf.available():
        return []
    with tempfile.TemporaryDirectory() as name, pdf.Engine() as engine, _unoserver(Path(name)) as served:
        lines = [result for paper in PAPERS for result in _one(paper, Path(name), engine, served)]
        return [*lines, *_every(Path(name), engine, served)]


def _every(folder: Path, engine: pdf.Engine, served: Callable[[Path], object] | None) -> Iterator[Result]:
    """The worst of all templates of the bureau: each printed once by a LibreOffice of its own, and several times by
    the one that runs."""
    cold: dict[str, float] = {}
    rival: dict[str, float] = {}
    for template in sorted((ROOT / "templates" / "documents").glob("*/template.docx")):
        kind, data = template.parent.name, _filled(template)
        word = folder / f"{kind}.docx"
        word.write_bytes(data)
        engine.convert(data)
        ours = _spent(lambda data=data: engine.convert(data), 3)
        cold[kind] = _spent(lambda word=word: _cold(word, folder), 1) / ours
        if served is not None:
            plain = _spent(lambda data=data: engine.printed(data), 5)
            rival[kind] = _spent(lambda word=word: served(word), 5) / plain
    for name, against, goal, all_ in (
        ("its text proven", "soffice started each time", COLD_GOAL, cold),
        ("as it comes", "unoserver", UNOSERVER_GOAL, rival),
    ):
        if all_:
            worst = min(all_, key=lambda kind: all_[kind])
            told = f"PDF, {name}: the worst of {len(all_)} templates ({worst})"
            yield faster(told, all_[worst], goal, against)


def _spent(call: Callable[[], object], times: int) -> float:
    """Seconds: the median of so many calls."""
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def _filled(template: Path) -> bytes:
    """The template with plain facts in every place; where they contradict each other, the template as it stands."""
    data = template.read_bytes()
    for context in list(filling.contexts(data, 6, values=VALUES))[1:]:
        with contextlib.suppress(rendering.MissingFacts, TemplateError):
            return rendering.render(data, filling.completed(data, context))
    return data


def _one(paper: str, folder: Path, engine: pdf.Engine, served: Callable[[Path], object] | None) -> Iterator[Result]:
    template = (ROOT / "templates" / "documents" / paper / "template.docx").read_bytes()
    word = folder / f"{paper}.docx"
    word.write_bytes(rendering.render(template, PAPERS[paper]))
    data = word.read_bytes()
    cold = ratio(lambda: engine.convert(data), lambda: _cold(word, folder), rounds=5, times=1)
    yield faster(f"PDF of {paper}, its text proven", cold, COLD_GOAL, "soffice started each time")
    if served is not None:
        rival = ratio(lambda: engine.printed(data), lambda: served(word), rounds=15, times=1)
        yield faster(f"PDF of {paper}", rival, UNOSERVER_GOAL, "unoserver")


def _cold(word: Path, folder: Path) -> None:
    profile = (folder / "cold").as_uri()
    subprocess.run(
        [str(soffice()), "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf", "--outdir",
         str(folder / "made"), str(word)],
        check=True, capture_output=True,
    )  # fmt: skip


@contextlib.contextmanager
def _unoserver(folder: Path) -> Iterator[Callable[[Path], object] | None]:
    """How to ask a running unoserver; None where it is not installed. It prints with the same fonts as we do."""
    program = shutil.which("unoserver")
    if program is None:
        yield None
        return
    ports = [str(_free_port()) for _ in range(2)]
    configured = fonts.configuration(folder)
    environment = {**os.environ, "HOME": str(folder)} | ({"FONTCONFIG_FILE": str(configured)} if configured else {})
    with subprocess.Popen(
        [program, "--port", ports[0], "--uno-port", ports[1]],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        proxy = xmlrpc.client.ServerProxy(f"http://127.0.0.1:{ports[0]}", allow_none=True)
        try:
            _wait(proxy)
            yield lambda word: proxy.convert(str(word), None, str(word.with_suffix(".served.pdf")), "pdf")
        finally:
            process.terminate()


def _wait(proxy: xmlrpc.client.ServerProxy) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError, xmlrpc.client.Fault):
            proxy.info()
            return
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
