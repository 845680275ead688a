"""What a child of the nursery does: one round of the daemon, or a form at the command line, under some misfortune."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from pathlib import Path
from typing import Any

from paperwork import daemon, desk, faults, process
from paperwork.office import Office
from tests.fault import sabotage
from tests.fault.misfortune import Changes


def work(told: dict[str, Any]) -> None:
    """`fault`: die at this point · `change`: die at the k-th change of a file · `sabotage`: with this variant of the
    program · `file`: hand this form in at the command line instead · `late`: seconds to wait before beginning."""
    root = Path(told["root"])
    if told.get("sabotage"):
        getattr(sabotage, told["sabotage"])()
    with Office.open(root, dt.date.fromisoformat(told["day"])) as office:
        if told.get("fault"):
            os.environ[faults.VARIABLE] = told["fault"]
        if told.get("change"):
            Changes(root).at(told["change"], lambda: os.kill(os.getpid(), signal.SIGKILL))
        if told.get("file"):
            given = Path(told["file"])
            desk.hand_in(office, given.name, given.read_bytes())
        else:
            daemon.once(office)
    assert process and sys  # the whole program is warm
