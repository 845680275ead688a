"""From a finding to the cell it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from paperwork.marking.marks import paragraphs_of
from paperwork.model import Fact, Finding, Form
from paperwork.wordform import Content, Spots, Words, all_words, survey
from paperwork.wordform.labels import Names, Table, bare, names_of, plain
from paperwork.wordform.words import Element

_ROW = re.compile(r"「(?P<list>[^」]*)」第(?P<row>\d{1,6})行(?:「(?P<column>[^」]*)」)?")
_LABELS = re.compile(r"「([^」]*)」")


def spots(
    content: Content, form: Form | None, facts: Mapping[str, Fact], findings: Sequence[Finding]
) -> Iterator[tuple[Element, list[Finding]]]:
    """The cells (or paragraphs) to be marked, in the order of the document, each with what is said of it."""
    title = _title(content, form)
    finder = _Finder(survey(content, form, facts).spots, names_of(form, facts)) if form else None
    about: dict[int, list[Finding]] = {}
    for finding in findings:
        words = finder.find(finding) if finder else None
        words = words if words and _can_hold(words) else title
        if words is not None:
            about.setdefault(id(words.at), []).append(finding)
    for words in all_words(content):
        if id(words.at) in about:
            yield words.at, about.pop(id(words.at))


def _title(content: Content, form: Form | None) -> Words | None:
    """The paragraph that names the form, else the first that says anything, else the first."""
    able = [words for words in all_words(content) if _can_hold(words)]
    title = plain(form.title) if form else ""
    named = (words for words in able if title and title in (plain(words.text), bare(words.text)))
    return next(named, None) or next((words for words in able if words.text), None) or next(iter(able), None)


def _can_hold(words: Words) -> bool:
    return words.at is not None and any(True for _ in paragraphs_of(words.at))


class _Finder:
    """One form's answers, asked for by field and place."""

    def __init__(self, spots: Spots, names: Names) -> None:
        self.spots, self.names = spots, names

    def find(self, finding: Finding) -> Words | None:
        """Where it stands, None when the document has no place for it."""
        for tag in (finding.field, "party" if finding.field == "party.name" else ""):
            if tag in self.spots.answers:
                return self.spots.answers[tag]
        row = _ROW.match(finding.place)
        labels = _LABELS.findall(finding.place)
        table = self._table(finding.field, labels[0] if labels else "")
        if table is None:
            return self.spots.places.get(finding.place) or (None if finding.field else self._labelled(labels))
        column = _column(table, finding.field, labels[1] if len(labels) > 1 else "")
        if row:
            found = self._cell(table.name, self._rows(table.name, row, finding), column, finding)
        else:
            found = self.spots.places.get(finding.place) or self._in_column(table.name, column, finding)
        heads = self.spots.heads
        return found or heads.get((table.name, column)) or heads.get((table.name, ""))

    def _table(self, field: str, label: str) -> Table | None:
        for name, table in self.names.tables.items():
            if field == name or field.startswith(f"{name}."):
                return table
        if field in self.names.slots:
            return None
        return next((table for table in self.names.tables.values() if table.label == label), None)

    def _labelled(self, labels: Sequence[str]) -> Words | None:
        """By the label alone, for a finding that names no fact."""
        tags = [tag for tag, slot in self.names.slots.items() for label in labels[:1] if slot.label == label]
        return next((self.spots.answers[tag] for tag in tags if tag in self.spots.answers), None)

    def _rows(self, name: str, said: re.Match[str], finding: Finding) -> list[int]:
        """The rows of the table that 第N行 may mean, the likelier first.

        What reads a cell counts all rows below the header; what looks at a list as a whole (an answer missed, a rule
        across fields) counts its items.
        """
        row = int(said["row"])
        item = self.spots.items.get(name, [])[row - 1 : row] if row else []
        of_items = finding.code == "E-REQUIRED" or not said["column"]
        return [*item, row] if of_items else [row, *item]

    def _cell(self, name: str, rows: Sequence[int], column: str, finding: Finding) -> Words | None:
        """The cell of the first of these rows that the finding can be about."""
        cells = [cell for n in rows if (cell := self.spots.cells.get((name, n, column)))]
        if column and finding.found and not any(_agrees(cell, finding) for cell in cells):
            return self._in_column(name, column, finding) or next((cell for cell in cells if cell.text), None)
        return next((cell for cell in cells if _agrees(cell, finding)), cells[-1] if cells else None)

    def _in_column(self, name: str, column: str, finding: Finding) -> Words | None:
        """The one cell of a column that holds what was found."""
        column_cells = [cell for (of, _, at), cell in self.spots.cells.items() if of == name and at == column and at]
        fits = [cell for cell in column_cells if finding.found and _agrees(cell, finding)]
        return fits[0] if len(fits) == 1 else None


def _column(table: Table, field: str, label: str) -> str:
    short = field.removeprefix(f"{table.name}.")
    if short in table.columns:
        return short
    named = (short for short, (shown, fact) in table.columns.items() if label and label in (shown, fact.label))
    return next(named, "")


def _agrees(cell: Words, finding: Finding) -> bool:
    """Whether the finding can be about this cell: what was found stands in it, what was missed does not."""
    text = cell.text
    if finding.found:
        return plain(finding.found) in plain(text) or _numbers([finding.found]) == _numbers([text]) != []
    return not text if finding.code == "E-REQUIRED" else bool(text)


def _numbers(texts: Iterable[str]) -> list[int]:
    """2026年7月8日 and 2026-07-08 are one date."""
    return [int(digits) for text in texts for digits in re.findall(r"[0-9]{1,18}", text)]
