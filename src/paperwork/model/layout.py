"""How a family of documents is laid out (GB/T 9704—2012 and what the bureau makes of it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PageNumbers = Literal["dashes", "letter", "sheets", "none", "any"]


@dataclass(frozen=True)
class Lettering:
    """Fonts that may be used, any of them, and sizes in points."""

    fonts: tuple[str, ...]
    sizes: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Family:
    """One family of `templates/layout.toml`. Lengths in millimetres; 0 lines or characters are not held.

    Told apart by identity, so that what was found by it can be kept.
    """

    id: str
    label: str
    paper: tuple[float, float]  # width, height
    margins: Mapping[str, float]  # top, bottom, left, right
    give: float  # by how much a margin may differ
    lines: int
    characters: int
    title: Lettering
    body: Lettering
    table: Lettering
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # 一、 → fonts of a heading that begins so
    numbers: PageNumbers = "any"
    red: Literal["none", "head"] = "none"
    texts: tuple[str, ...] = ()
    seam: str = ""  # the mark at the edge of the further pages of what the organ seals; "" = none
    notes: tuple[str, ...] = ()  # words with which captions and notes begin, which are as small as a table's text
