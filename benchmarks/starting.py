"""How soon the command line answers: `paperwork --help` against Python that only imports click."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from measuring import Result, ratio, within

GOAL = 1.6


def results() -> list[Result]:
    """Wall time of whole processes, in turns."""
    ours = [str(Path(sys.executable).with_name("paperwork")), "--help"]
    theirs = [sys.executable, "-c", "import click"]
    value = 1 / ratio(lambda: _run(ours), lambda: _run(theirs), rounds=11, times=2)
    return [within("paperwork --help", value, GOAL, 'python -c "import click"')]


def _run(command: list[str]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
