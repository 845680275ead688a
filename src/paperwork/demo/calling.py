"""How the program is called from where one stands: the demonstration ends with a line that can be copied and run."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path


def called() -> str:
    """`paperwork` where the shell finds this very command, else its path as it was called, else by the interpreter."""
    own = Path(sys.argv[0])
    if own.stem == "paperwork" and own.is_file():
        found = shutil.which("paperwork")
        return "paperwork" if found and Path(found).samefile(own) else shlex.quote(str(own))
    return f"{shlex.quote(sys.executable)} -m paperwork"
