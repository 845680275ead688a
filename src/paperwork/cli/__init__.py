"""The command line: every command parses, calls one function and prints. Exceptions become exit codes in `run`.

Nothing but click is imported until a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

from paperwork.cli.run import main, run

__all__ = ["main", "run"]
