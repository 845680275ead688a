"""What people see: tables whose columns hold Chinese, colours where somebody looks, JSON for programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

Row = Mapping[str, Any]
_GAP = "  "
_PAPER = 150


def line(text: str = "") -> None:
    """One line to the reader."""
    click.echo(text)


def note(text: str) -> None:
    """One line beside the output: errors and advice."""
    click.echo(text, err=True)


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
    lines = [[_cell(row.get(key)) for key, _ in columns] for row in rows]
    if not lines:
        line(empty)
        return
    titles = [title for _, title in columns]
    widths = [max(width(cell) for cell in column) for column in zip(titles, *lines, strict=True)]
    line(_aligned([coloured(title, "cyan") for title in titles], widths))
    for cells in lines:
        line(_aligned(cells, widths))


def grid(columns: Sequence[tuple[str, str]], rows: Iterable[Row]) -> None:
    """A ruled table whose cells hold several lines, as wide as the terminal, or `_PAPER` columns in a file."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    ruled = Table(box=box.HORIZONTALS, show_lines=True, header_style="cyan", padding=(0, 1, 0, 0), pad_edge=False)
    for number, (_, title) in enumerate(columns):
        ruled.add_column(title, no_wrap=number == 0, overflow="fold", style="bold" if number == 0 else "")
    for row in rows:
        ruled.add_row(*(Text("" if row[key] is None else str(row[key])) for key, _ in columns))
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
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (wide - width(cell)) for cell, wide in zip(cells, widths, strict=True)]
    return _GAP.join(padded).rstrip()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "、".join(_cell(v) for v in value)
    return " ".join(str(value).split())
