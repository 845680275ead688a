"""Goes through a filled Word form: by the tags of its controls, and where those are lost by its labels and headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from paperwork.model import Fact, Form
from paperwork.wordform.gather import Gathered, Gatherer
from paperwork.wordform.grid import Content, Row, all_words
from paperwork.wordform.labels import Names, Table, bare, item_tag, names_of, plain
from paperwork.wordform.words import Words, base

_NUMBERS = {"序号", "编号", "no", "no.", "#"}  # a column that people add to count rows


def survey(content: Content, form: Form, facts: Mapping[str, Fact]) -> Gathered:
    """Every answer of the form in this document, and where each stands or would stand."""
    tags = Counter(tag for said in all_words(content) for tag in {base(tag) for tag in said.tags})
    gatherer = Gatherer(names_of(form, facts), tags)
    for said in content:
        if isinstance(said, Words):
            gatherer.paragraph(said)
        else:
            _TableReader(gatherer, said).read()
    return gatherer.found


class _TableReader:
    """One table: rows of label and value, or a list under its header, or both after rows were moved about."""

    def __init__(self, gatherer: Gatherer, table: tuple[Row, ...]) -> None:
        self.gatherer, self.names = gatherer, gatherer.names
        self.rows = table
        self.table: Table | None = None
        self.heads: dict[int, str] = {}
        self.width = self.count = 0
        self.ours = False

    def read(self) -> None:
        """Take every row in turn."""
        self.gatherer.table(self.rows)
        headers = [_header(row, self.names) for row in self.rows]
        for n, row in enumerate(self.rows):
            header = headers[n]
            if header is not None:
                self._start(row, header)
            elif not self._item_by_tags(row):
                coming = self.table or next((h for h in headers[n:] if h is not None), None)
                self._other(row, coming)

    def _start(self, row: Row, table: Table) -> None:
        self.table, self.width, self.count = table, len(row), 0
        self.heads = {cell.column: column for cell in row if (column := _column(cell.text, table))}
        self.others = {cell.column: cell.text for cell in row if cell.column not in self.heads}
        self.gatherer.header(table, {self.heads[cell.column]: cell for cell in row if cell.column in self.heads})

    def _item_by_tags(self, row: Row) -> bool:
        tags = [item for cell in row for tag in cell.words.tags if (item := item_tag(base(tag)))]
        table = self.names.rows_of(tags[0][0]) if tags else None
        if table is None:
            return False
        self.count = self.count + 1 if self.table is table else 1
        cells = {}
        for cell in row:
            own = [item[1] for tag in cell.words.tags if (item := item_tag(base(tag)))]
            column = own[0] if own else self.heads.get(cell.column, "") if self.table is table else ""
            if column in table.columns:
                cells[column] = cell
        self.gatherer.item(table, cells, self.count)
        return True

    def _other(self, row: Row, table: Table | None) -> None:
        taken = self.gatherer.tagged(row)
        if taken:
            self.ours = True
            self._pairs(row, taken)
        elif table is not None and sum(not cell.blank for cell in row) == 1 and self._none(row, table):
            return
        elif self.table is not None and len(row) == self.width and not self._strayed(row, self.table):
            self._item(row, self.table)
        else:
            self._pairs(row, set())

    def _strayed(self, row: Row, table: Table) -> bool:
        """A row of labels and values that was moved into a list: every other cell names an answer of the form."""
        first = self.heads.get(row[0].column, "")
        if first and row[0].text in {choice.label for choice in table.columns[first][1].choices}:
            return False
        labels = [cell for cell in row[::2] if not cell.blank]
        return len(row) % 2 == 0 and bool(labels) and all(self.names.at(cell.text) for cell in labels)

    def _none(self, row: Row, table: Table) -> bool:
        said = next(cell for cell in row if not cell.blank)
        if len(row) > 1 and bare(said.text) != "无":
            return False
        self.gatherer.none_row(table, said.words)
        return len(row) == 1 or bare(said.text) == "无"

    def _item(self, row: Row, table: Table) -> None:
        self.count += 1
        cells = {self.heads[cell.column]: cell for cell in row if cell.column in self.heads}
        self.gatherer.item(table, cells, self.count)
        for cell in row:
            label = self.others.get(cell.column, "")
            if plain(label) not in _NUMBERS and label and not cell.blank:
                self.gatherer.stray(label, cell)

    def _pairs(self, row: Row, taken: set[int]) -> None:
        n = 0
        while n < len(row):
            n += 1 if n in taken else self._pair(row, n, taken)

    def _pair(self, row: Row, n: int, taken: set[int]) -> int:
        """One cell that may be a label. Tells how many cells that used up."""
        cell = row[n]
        slots = () if cell.words.controls else self.names.at(cell.text)
        if n + 1 >= len(row):
            if len(row) == 1 and cell.text:
                self.gatherer.paragraph(cell.words)
            return 1
        beside = row[n + 1]
        if n + 1 in taken:
            return 2
        if slots and not self._heads_a_group(row, n):
            self.ours = True
            self.gatherer.pair(cell.text, slots, beside)
            return 2
        if not slots and self.ours and cell.text and beside.text and not self.names.at(beside.text):
            if not cell.merged and not cell.words.controls:
                self.gatherer.stray(cell.text, beside)
            return 2
        return 1

    def _heads_a_group(self, row: Row, n: int) -> bool:
        """当事人 | 名称 | 某公司: the first cell is a heading for the second, though it could be a label itself."""
        if n + 2 >= len(row) or row[n + 1].words.controls or not self.names.at(row[n + 1].text):
            return False
        return not self.names.at(row[n + 2].text)


def _column(text: str, table: Table) -> str:
    first = text.split("\n")[0]
    return next((table.heads[key] for key in (plain(text), plain(first), bare(first)) if key in table.heads), "")


def _header(row: Row, names: Names) -> Table | None:
    """The list whose columns stand in this row: more than half of all its cells name one."""
    if any(cell.words.controls for cell in row):
        return None
    best: tuple[int, Table] | None = None
    for table in (table for table in names.tables.values() if not table.in_pairs):
        hits = len({column for cell in row if (column := _column(cell.text, table))})
        if hits and hits * 2 > len(row) and (len(row) > 1 or len(table.columns) == 1) and (not best or hits > best[0]):
            best = (hits, table)
    return best[1] if best else None
