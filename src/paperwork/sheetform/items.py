"""A list inside one cell: each item on a line of its own, its parts in order between bars.

    赵明远｜04060200101
    孙立群｜04060200102

A part left empty is not answered; 无 for a part is its answer 无, and 无 for the whole cell is the empty list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from paperwork.model import Raw, RawItem
from paperwork.sheetform.columns import Column

BAR = "｜"
_BARS = re.compile(r"[|｜¦丨\t]")
NONE = "无"


def read(text: str, column: Column) -> tuple[tuple[RawItem, ...], tuple[Raw, ...]]:
    """The items of a cell, and the parts that are one too many."""
    if text.strip() in (NONE, "（无）", "(无)"):
        return (), ()
    items: list[RawItem] = []
    strays: list[Raw] = []
    for number, line in enumerate((line for line in text.splitlines() if line.strip(" \u3000|｜")), 1):
        said = [part.strip().strip("\u3000") for part in _BARS.split(line)]
        where = f"「{column.label}」第{number}行"
        items.append(
            {
                part.name: Raw(value, f"{where}「{part.label}」")
                for part, value in zip(column.parts, said, strict=False)
                if value
            }
        )
        strays += [Raw(more, where) for more in said[len(column.parts) :] if more]
    return tuple(items), tuple(strays)


def written(rows: tuple[Mapping[str, str], ...], column: Column) -> str:
    """The cell for these items, each short field name → text."""
    return "\n".join(_lines(rows, column)) if rows else NONE


def _lines(rows: tuple[Mapping[str, str], ...], column: Column) -> Iterator[str]:
    for row in rows:
        yield BAR.join(row.get(part.name, "") for part in column.parts).rstrip(BAR)


def shape(column: Column) -> str:
    """How a line of the cell is written: 姓名｜执法证号."""
    return BAR.join(f"{part.label}{'' if part.required else '（可空）'}" for part in column.parts)
