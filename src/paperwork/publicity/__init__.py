"""Credit publicity: two renditions from one set of facts, through the gate and the mask (domain/06)."""

from paperwork.publicity.export import Entry, entry, publish
from paperwork.publicity.masking import Mask, leaks

__all__ = ["Entry", "Mask", "entry", "leaks", "publish"]
