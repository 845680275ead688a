"""A Word form as it lies in a file: opened without trust, its words, its answers, and where each of them stands.

The floor under the rooms that read forms and mark them: both go through a document by one survey, so that a comment
stands where the reader read.
"""

from __future__ import annotations

from paperwork.wordform.gather import Gathered
from paperwork.wordform.grid import Content, all_words, content_of
from paperwork.wordform.identity import PROPERTIES, RETURNED, returned_as, which
from paperwork.wordform.package import MOST_BYTES, Package, written
from paperwork.wordform.spots import Spots
from paperwork.wordform.survey import survey
from paperwork.wordform.unreadable import Unreadable
from paperwork.wordform.words import Words

__all__ = [
    "MOST_BYTES",
    "PROPERTIES",
    "RETURNED",
    "Content",
    "Gathered",
    "Package",
    "Spots",
    "Unreadable",
    "Words",
    "all_words",
    "content_of",
    "returned_as",
    "survey",
    "which",
    "written",
]
