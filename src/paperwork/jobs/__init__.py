"""The bell: it tells workers on other machines that a drop waits. The only room that knows Procrastinate.

Nothing in it is truth. A job says no more than a drop's id; whoever takes it asks the ledger what is left to do. Lose
every job, or hear one twice, and the same papers lie in the same places. `hearing` is loaded by workers alone.
"""

from __future__ import annotations

from paperwork.jobs.bell import BUREAU, SCHEMA, NoEngine, ring, script

__all__ = ["BUREAU", "SCHEMA", "NoEngine", "ring", "script"]
