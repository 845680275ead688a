"""Which form a workbook is, in which sheet its rows stand, and under which heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from paperwork.model import Fact, Form
from paperwork.sheetform.columns import Column, Heads, columns_of
from paperwork.sheetform.grid import MOST_ROWS, Cell, Grid, shown
from paperwork.sheetform.samples import example_of, sample_of
from paperwork.sheetform.words import EXAMPLE, FILED_SHEET, HELP, HELP_SHEET, NUMBER, WHY
from paperwork.wordform import Package
from paperwork.wordform.identity import properties
from paperwork.wordform.labels import bare, plain
from paperwork.wordform.unreadable import refused, too_big, unknown_form

_HEADS_WITHIN = 20  # rows among which the heads stand
_TITLE_WITHIN = 10
_OURS = {plain(NUMBER), plain(WHY), "序号", "no", "no.", "#"}


@dataclass(frozen=True)
class Table:
    """The rows of a form in one sheet."""

    grid: Grid
    head: int  # the row of the heads
    columns: Mapping[int, Column]  # position → column
    strays: Mapping[int, str]  # position → a head that no column bears

    def rows(self) -> Iterator[int]:
        """The rows with answers: not those that explain, are empty, or repeat the heads."""
        numbers = {at for at, text in enumerate(self.grid.texts(self.head)) if plain(text) in _OURS}
        heads = self.grid.texts(self.head)
        for row in range(self.head + 1, len(self.grid.rows)):
            texts = self.grid.texts(row)
            said = any(text for at, text in enumerate(texts) if at not in numbers) or self._is_broken(row)
            if said and plain(texts[0]) != plain(HELP) and texts != heads:
                yield row

    def answers(self) -> Iterator[int]:
        """The rows without the example that the blank came with."""
        known = {c.tag: {plain(example_of(c)), plain(sample_of(c))} for c in self.columns.values()}
        for row in self.rows():
            cells = self.cells(row).items()
            if not self.is_example(row) or any(plain(shown(cell)) not in known[tag] for tag, cell in cells):
                yield row

    def _is_broken(self, row: int) -> bool:
        return any((row, at) in self.grid.broken for at in self.columns)

    def is_example(self, row: int) -> bool:
        """Whether the first cell calls the row an example."""
        return plain(self.grid.text(row, 0)) == plain(EXAMPLE)

    def cells(self, row: int) -> dict[str, Cell]:
        """Tag → what stands in the row."""
        line = self.grid.rows[row]
        return {column.tag: line[at] for at, column in self.columns.items() if at < len(line) and line[at] != ""}

    def extras(self, row: int) -> dict[str, Cell]:
        """Head → what stands in the row under heads that no column bears, or under none."""
        line = self.grid.rows[row]
        return {head: line[at] for at, head in self.strays.items() if at < len(line) and line[at] != ""}


@dataclass(frozen=True)
class Found:
    """A form's sheet: which form, in which version (0 = unknown), its columns, and its rows where they stand."""

    form: Form
    version: int
    columns: tuple[Column, ...]
    table: Table


def look(package: Package, sheets: Sequence[Grid], forms: Mapping[str, Form], facts: Mapping[str, Fact]) -> Found:
    """Raises `Unreadable`: E-FORM-UNKNOWN, E-SHEET-HEAD, E-SHEET-EMPTY, E-SHEET-SEVERAL, E-FILE-SIZE."""
    kept = [grid for grid in sheets if grid.name not in (HELP_SHEET, FILED_SHEET)]
    form, version = _which(package, kept, forms, facts)
    columns = columns_of(form, facts)
    tables = [table for grid in kept if (table := _table(grid, columns)) is not None]
    if not tables:
        wanted = "、".join(column.label for column in columns if column.required)
        message = f"没有找到《{form.title}》的表头。表头一行应当写明各栏的名称，可以用空白表照抄"
        raise refused("E-SHEET-HEAD", message, place="表头", wanted=wanted)
    filled = [table for table in tables if any(True for _ in table.answers())]
    if len(filled) > 1:
        names = "、".join(f"「{table.grid.name}」" for table in filled)
        message = f"有{len(filled)}个工作表都填了内容（{names}），不知道以哪一个为准。请每个工作表另存为一个文件"
        raise refused("E-SHEET-SEVERAL", message, place="工作表")
    table = filled[0] if filled else tables[0]
    count = sum(1 for _ in table.answers())
    if not count:
        raise refused("E-SHEET-EMPTY", f"《{form.title}》没有填写任何一行", place=f"工作表「{table.grid.name}」")
    if count > MOST_ROWS:
        raise too_big(f"表里有 {count} 行，一份最多 {MOST_ROWS} 行，请分成几份")
    return Found(form, version, columns, table)


def _table(grid: Grid, columns: Sequence[Column]) -> Table | None:
    heads = Heads(columns)
    best: dict[int, Column] = {}
    at = 0
    for row in range(min(_HEADS_WITHIN, len(grid.rows))):
        found = heads.of(grid.texts(row))
        if len(found) > len(best):
            best, at = found, row
    if len(best) < min(2, len(columns)):
        return None
    texts = grid.texts(at)
    strays = {
        n: text.split("\n")[0] or f"第{n + 1}列（没有表头）"
        for n, text in enumerate(texts)
        if n not in best and plain(text) not in _OURS
    }
    return Table(grid, at, best, strays)


def _which(
    package: Package, sheets: Sequence[Grid], forms: Mapping[str, Form], facts: Mapping[str, Fact]
) -> tuple[Form, int]:
    named, version = properties(package)
    if named in forms:
        return forms[named], version
    titles = {plain(form.title): form for form in forms.values()}
    texts = [text for grid in sheets for row in range(min(_TITLE_WITHIN, len(grid.rows))) for text in grid.texts(row)]
    for text in (*texts, *(grid.name for grid in sheets)):
        form = titles.get(plain(text)) or titles.get(bare(text)) if text else None
        if form is not None:
            return form, 0
    fitting = [form for form in forms.values() if not named and _fits(form, sheets, facts)]
    if len(fitting) == 1:
        return fitting[0], 0
    raise unknown_form(named, forms)


def _fits(form: Form, sheets: Sequence[Grid], facts: Mapping[str, Fact]) -> bool:
    """Whether the heads of a sheet name everything that the form must know, and nothing that it does not ask."""
    columns = columns_of(form, facts)
    needed = {column.tag for column in columns if column.required}
    tables = (table for grid in sheets if (table := _table(grid, columns)) is not None)
    return bool(needed) and any(not t.strays and needed <= {c.tag for c in t.columns.values()} for t in tables)
