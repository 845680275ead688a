"""The daemon: takes drops as long as it lives, restarts what died beside it, and says so.

Everything is idempotent, so several daemons on one folder, and commands beside them, do no harm. A drop that fails
stays where it is and is tried again after a growing pause; it is in the log by its id, without personal data.
"""

from paperwork.daemon.keeper import Keeper
from paperwork.daemon.loop import PACE, once, print_owed, run
from paperwork.daemon.troubles import Trouble
from paperwork.daemon.worker import work

__all__ = ["PACE", "Keeper", "Trouble", "once", "print_owed", "run", "work"]
