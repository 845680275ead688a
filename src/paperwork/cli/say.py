"""What people see: tables whose columns hold Chinese, colours where somebody looks, JSON for programs.

The door to a terminal: what is said here in Chinese is heard in the language of the people (`language`). JSON never is.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

from paperwork.language import spoken

Row = Mapping[str, Any]
_GAP = "  "
_PAPER = 150
_FIRST = re.compile(r"(?m)^((?:\x1b\[[0-9;]*m|\s)*)(?!paperwork)([a-z])(?=[a-z]*(?:[\s,;:()]|\x1b|$))")
_NAMES = frozenset(("id", "case", "party", "number", "path", "file", "drop", "tag", "by", "series"))
"""Columns that hold names of the office and its people, which are the same in every language."""


def line(*parts: str) -> None:
    """One line to the reader: `parts` with spaces between them, none before a mark; each is a sentence of its own."""
    click.echo(_row(parts))


def note(*parts: str) -> None:
    """One line beside the output: errors and advice."""
    click.echo(_row(parts), err=True)


def verbatim(text: str) -> None:
    """One line of what nobody says to the reader: printed words, names of files."""
    click.echo(text)


def aside(text: str) -> str:
    """A part of a line in brackets; none of an empty text."""
    return f"（{text}）" if text else ""


def worded(value: Any) -> str:
    """A fact's value: a row as its parts, a list as its rows, each part for itself."""
    if isinstance(value, bool):
        return spoken("是" if value else "否")
    if isinstance(value, dict):
        return spoken("，").join(map(worded, value.values()))
    if isinstance(value, list):
        return spoken("；").join(map(worded, value)) or spoken("无")
    return spoken(str(value) or "无")


def begun(text: str) -> str:
    """`text` in the language of the people, as it stands at the beginning of a line or a cell."""
    heard = spoken(text)
    return heard if heard == text else _FIRST.sub(lambda word: word[1] + word[2].upper(), heard)


def padded(text: str, among: Iterable[str]) -> str:
    """`text` as it is heard, as wide as the widest of `among`."""
    heard = spoken(text)
    return heard + " " * (max(width(spoken(other)) for other in among) - width(heard))


def _row(parts: Iterable[str]) -> str:
    row = ""
    for part in filter(None, parts):
        row += (" " if part[0] not in "（：，　" else "") + spoken(part) if row else begun(part)
    return row


def as_json(value: Any) -> None:
    """The contract's JSON: UTF-8, Chinese as it is."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def coloured(text: str, colour: str) -> str:
    """`text` in a colour on a terminal, never with NO_COLOR (no-color.org) and never into a file."""
    if os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return text
    return click.style(text, fg=colour)


def width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two, combining marks none, colours none."""
    import unicodedata

    plain = click.unstyle(text)
    wide = sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in plain if not unicodedata.combining(c))
    return wide - sum(unicodedata.category(c) in ("Cf", "Mn") and not unicodedata.combining(c) for c in plain)


def table(columns: Sequence[tuple[str, str]], rows: Iterable[Row], empty: str = "（没有）") -> None:
    """`columns` are (key, title); a cell of None is blank. An empty table is one word."""
    lines = [[_cell(row.get(key), named=key in _NAMES) for key, _ in columns] for row in rows]
    if not lines:
        line(empty)
        return
    titles = [begun(title) for _, title in columns]
    widths = [max(width(cell) for cell in column) for column in zip(titles, *lines, strict=True)]
    click.echo(_aligned([coloured(title, "cyan") for title in titles], widths))
    for cells in lines:
        click.echo(_aligned(cells, widths))


def grid(columns: Sequence[tuple[str, str]], rows: Iterable[Row]) -> None:
    """A ruled table whose cells hold several lines, as wide as the terminal, or `_PAPER` columns in a file."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    ruled = Table(box=box.HORIZONTALS, show_lines=True, header_style="cyan", padding=(0, 1, 0, 0), pad_edge=False)
    for number, (_, title) in enumerate(columns):
        ruled.add_column(begun(title), no_wrap=number == 0, overflow="fold", style="bold" if number == 0 else "")
    for row in rows:
        ruled.add_row(*(Text("" if row[key] is None else begun(str(row[key]))) for key, _ in columns))
    Console(width=None if sys.stdout.isatty() else _PAPER, highlight=False).print(ruled)


def heading(text: str) -> None:
    """A line above a part, with a blank line before it."""
    line()
    line(coloured(text, "cyan"))


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar beside the output for work that takes long, on a terminal only: call what it gives with (done, of).

    Without a call it says that the work goes on.
    """
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(spoken(what), total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (wide - width(cell)) for cell, wide in zip(cells, widths, strict=True)]
    return _GAP.join(padded).rstrip()


def _cell(value: Any, *, named: bool) -> str:
    if value is None:
        return ""
    texts = value if isinstance(value, list | tuple) else [value]
    text = "、".join("" if one is None else " ".join(str(one).split()) for one in texts)
    return text if named else begun(text)
