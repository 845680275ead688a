"""The inbox: notice, wait until a file stands still, claim it, and give it back or acknowledge it.

    inbox/            clerks drop here, also in folders of their own
      审批/           approvals only: the share's permissions decide who may write there
      退回/           what went back, with a note beside it        (not scanned)
      回执/           reply slips and duplicates                   (not scanned)
      .taken/<id>/    claimed; `<id>.审批/` when it lay in 审批/

The scan is the truth; events from the operating system only hurry it. Nothing here deletes a file that was not put
somewhere else first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from paperwork.intake.claiming import Taken, admit, claim, clear, enter, forget, recover, taken
from paperwork.intake.seeing import Found, Looking, scan
from paperwork.intake.settling import Settling, locked, settled, settled_at_once, whole
from paperwork.intake.staging import MOST_BYTES, copy_of, is_oversized
from paperwork.intake.telling import APPROVALS, RECEIPTS, RETURNED, give_back, hand_back, hold, lay, reply, take_away

if TYPE_CHECKING:
    from paperwork.intake.hints import Hints


def __getattr__(name: str) -> Any:
    """watchdog is loaded by who watches, not by who looks (PEP 562)."""
    if name != "Hints":
        raise AttributeError(name)
    from paperwork.intake.hints import Hints

    return Hints


__all__ = [
    "APPROVALS",
    "MOST_BYTES",
    "RECEIPTS",
    "RETURNED",
    "Found",
    "Hints",
    "Looking",
    "Settling",
    "Taken",
    "admit",
    "claim",
    "clear",
    "copy_of",
    "enter",
    "forget",
    "give_back",
    "hand_back",
    "hold",
    "is_oversized",
    "lay",
    "locked",
    "recover",
    "reply",
    "scan",
    "settled",
    "settled_at_once",
    "take_away",
    "taken",
    "whole",
]
