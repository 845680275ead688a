"""How `--help` is laid out and heard: columns measured as a terminal shows Chinese, where click counts characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from paperwork.cli import say
from paperwork.language import english, spoken

_NEVER_FIRST = "，。；：、！？）」》〕…"
_COLUMN, _GAP = 34, 2


class Formatter(click.HelpFormatter):
    """click's, with Chinese as wide as it is."""

    def write_heading(self, heading: str) -> None:
        colon = ":" if english() else "："
        self.write(f"{'':>{self.current_indent}}{spoken(heading)}{colon}\n")

    def write_text(self, text: str) -> None:
        room = self.width - self.current_indent
        for paragraph in spoken(text).split("\n\n"):
            joined = "".join(line.strip() if _wide(line) else f"{line.strip()} " for line in paragraph.splitlines())
            for line in wrapped(joined.strip(), room):
                self.write(f"{'':>{self.current_indent}}{line}\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.write(f"{spoken(prefix or '')}{prog} {named(args)}".rstrip() + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _COLUMN, col_spacing: int = _GAP) -> None:
        rows = [(named(first), spoken(second)) for first, second in rows]
        column = min(max((say.width(first) for first, second in rows), default=0), col_max) + col_spacing
        for first, second in rows:
            lines = list(wrapped(second, max(self.width - self.current_indent - column, 20)))
            self.write(f"{'':>{self.current_indent}}{first}")
            if lines and say.width(first) > column - col_spacing:
                self.write(f"\n{'':>{self.current_indent + column}}")
            else:
                self.write(" " * (column - say.width(first)) if lines else "")
            self.write(f"\n{'':>{self.current_indent + column}}".join(lines) + "\n")


def named(text: str) -> str:
    """A usage line, or an option with its value: what stands for a value is in capitals where that sets it apart."""
    heard = [(word, spoken(word)) for word in text.split(" ")]
    return " ".join(said if said == word or not said.islower() else said.upper() for word, said in heard)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` columns (one more for a mark that may not begin a line). Words of letters stay whole."""
    line = ""
    for piece in _pieces(text):
        if line and say.width(line + piece.rstrip()) > width and piece not in _NEVER_FIRST:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    if line:
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Chinese character by character, everything else word by word with the space behind it."""
    word = ""
    for character in text:
        if say.width(character) == 2:
            if word:
                yield word
            yield character
            word = ""
        else:
            word += character
            if character == " ":
                yield word
                word = ""
    if word:
        yield word


def _wide(line: str) -> bool:
    return say.width(line.strip()[-1:]) == 2
