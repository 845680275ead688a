"""Where the answers of a form stand in a document: the cell, or the paragraph, of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from paperwork.wordform.words import Words


@dataclass
class Spots:
    """Filled while a document is gone through. What was met first stays; rows count from 1 below the header."""

    answers: dict[str, Words] = field(default_factory=dict)  # by tag: `party.uscc`, `matter`, `approvals.draft`
    heads: dict[tuple[str, str], Words] = field(default_factory=dict)  # list, column; "" = the header as a whole
    cells: dict[tuple[str, int, str], Words] = field(default_factory=dict)  # list, row, column; "" = the whole row
    items: dict[str, list[int]] = field(default_factory=dict)  # list → its rows that hold an item
    places: dict[str, Words] = field(default_factory=dict)  # by the words in which a finding names the place

    def answer(self, tag: str, place: str, words: Words) -> None:
        """The cell of one answer, given or not."""
        self.answers.setdefault(tag, words)
        self.places.setdefault(place, words)

    def head(self, name: str, column: str, words: Words) -> None:
        """The header of a list's column."""
        self.heads.setdefault((name, ""), words)
        self.heads.setdefault((name, column), words)

    def cell(self, name: str, row: int, column: str, words: Words) -> None:
        """The cell of one column in a row of a list."""
        self.cells.setdefault((name, row, ""), words)
        self.cells.setdefault((name, row, column), words)

    def item(self, name: str, row: int) -> None:
        """The row of a list that became its next item."""
        self.items.setdefault(name, []).append(row)
