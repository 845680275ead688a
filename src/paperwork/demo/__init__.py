"""The demonstration: a new office, real sample forms dropped day by day, and what becomes of them."""

from __future__ import annotations

from paperwork.demo.pen import filled
from paperwork.demo.samples import NAMES, sample
from paperwork.demo.story import play

__all__ = ["NAMES", "filled", "play", "sample"]
