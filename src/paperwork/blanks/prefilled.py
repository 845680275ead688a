"""What already stands in a form when it is handed out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Prefilled:
    """Answers put into a blank as real content: text as people would write it, or a Jinja tag in one piece.

    `values`: fact name → text (of a flag or set the labels, joined by 、). `items`: list name → rows, each short field
    name → text; an empty tuple ticks the list's box 无. A list asked in pairs has no such box, and room for one row.
    `meta`: `matter`, `party`, `submitted_by`, `submitted_at`, `corrects`, and the fields asked once above a table
    (`draft`).
    """

    values: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)


EMPTY = Prefilled()
