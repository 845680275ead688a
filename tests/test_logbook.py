"""The log: one id through all its lines, no word of any form, bounded, and for its owner's eyes only."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from paperwork import logbook
from paperwork.logbook import Logbook

DROP = "20260716T172000-8f3a61c2"


def test_a_line_says_when_what_and_for_which_drop(tmp_path: Path) -> None:
    Logbook(tmp_path / "logs").note("registered", DROP, matter="2026-LA-0001", documents=6)
    (line,) = (tmp_path / "logs" / logbook.NAME).read_text("utf-8").splitlines()
    stamp, rest = line.split(" ", 1)
    assert rest == f"{DROP} registered matter=2026-LA-0001 documents=6"
    assert stamp.endswith("Z") and "T" in stamp


@pytest.mark.parametrize(
    "secret", ["程万里", "13800138011", "140602190001010013", "14060219000101001X", "a b", "第一行\n第二行", "x" * 3 + "\x1b[31m"]
)
def test_what_a_form_may_hold_cannot_enter_the_log(secret: str, tmp_path: Path) -> None:
    Logbook(tmp_path).note("failed", DROP, what=secret)
    text = (tmp_path / logbook.NAME).read_text("utf-8")
    assert secret not in text
    assert text.count("\n") == 1
    assert text.endswith(f"{DROP} failed what=-\n")


def test_the_log_turns_and_stays_bounded(tmp_path: Path) -> None:
    book = Logbook(tmp_path, most_bytes=500)
    for number in range(400):
        book.note("step", DROP, number=number)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert len(files) == logbook.KEPT + 1 or len(files) == logbook.KEPT
    assert all(path.stat().st_size < 700 for path in tmp_path.iterdir())
    assert "number=399" in "".join(path.read_text("utf-8") for path in tmp_path.iterdir())


def test_lines_of_many_writers_do_not_mix(tmp_path: Path) -> None:
    def write() -> None:
        for number in range(100):
            Logbook(tmp_path).note("step", DROP, number=number)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = (tmp_path / logbook.NAME).read_text("utf-8").splitlines()
    assert len(lines) == 400
    assert all(line.split(" ")[1:3] == [DROP, "step"] for line in lines)


@pytest.mark.skipif(os.name == "nt", reason="on Windows the folder's own list of rights decides")
def test_the_log_is_for_its_owners_eyes_only(tmp_path: Path) -> None:
    Logbook(tmp_path / "logs").note("started")
    assert stat.S_IMODE((tmp_path / "logs" / logbook.NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "logs").stat().st_mode) == 0o700


def test_a_log_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "logs").write_bytes(b"no folder")
    Logbook(tmp_path / "logs").note("started")
