"""What a child of the nursery does: one round of the daemon, or a form at the command line, under some misfortune."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from pathlib import Path
from typing import Any

from paperwork import catalogue, daemon, desk, faults, process, templates
from paperwork.jobs import hearing
from paperwork.office import Office
from tests.fault import sabotage
from tests.fault.misfortune import Changes


def warm(root: Path) -> None:
    """The office's files, as every child will find them."""
    list(templates.all_faults(catalogue.remembered(root)))


def work(told: dict[str, Any]) -> None:
    """`fault`: die at this point · `change`: die at the k-th change of a file · `sabotage`: with this variant of the
    program · `file`: hand this form in at the command line instead · `late`: seconds to wait before beginning ·
    `role`: `watch` or `worker`, until it is killed · `ledger`, `private`: where this machine finds and keeps things."""
    root = Path(told["root"])
    for name in ("ledger", "private"):
        if told.get(name):
            os.environ[f"PAPERWORK_{name.upper()}"] = told[name]
    if told.get("sabotage"):
        getattr(sabotage, told["sabotage"])()
    with Office.open(root, dt.date.fromisoformat(told["day"])) as office:
        if told.get("fault"):
            os.environ[faults.VARIABLE] = told["fault"]
        if told.get("change"):
            Changes(root).at(told["change"], lambda: os.kill(os.getpid(), signal.SIGKILL))
        if told.get("role"):
            {"watch": daemon.run, "worker": daemon.work}[told["role"]](office)
        elif told.get("file"):
            given = Path(told["file"])
            desk.hand_in(office, given.name, given.read_bytes())
        else:
            daemon.once(office)
    assert process and sys and hearing  # the whole program is warm
