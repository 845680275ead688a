"""layout.toml: the families of documents and how each is laid out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from paperwork.catalogue.sheets import Table, meant
from paperwork.model import Family, Lettering, PageNumbers

_SIDES = ("top", "bottom", "left", "right")
_LEVELS = ("一、", "（一）", "1.", "（1）")


def read_families(table: Table) -> Mapping[str, Family]:
    """layout.toml → the families by name."""
    return {name: _family(entry, name) for name, entry in table.named()}


def _family(table: Table, name: str) -> Family:
    family = Family(
        id=name,
        label=table.text("label"),
        paper=_paper(table),
        margins=_margins(table.mapping("margins")),
        give=table.number("give", 1),
        lines=table.integer("lines", 0),
        characters=table.integer("characters", 0),
        title=_lettering(table.mapping("title")),
        body=_lettering(table.mapping("body")),
        table=_lettering(table.mapping("table")),
        headings=_headings(table.mapping("headings")),
        numbers=table.one_of("numbers", get_args(PageNumbers), "any"),
        red=table.one_of("red", ("none", "head"), "none"),
        texts=table.words("texts"),
        seam=table.text("seam", ""),
        notes=table.words("notes"),
    )
    table.close()
    return family


def _paper(table: Table) -> tuple[float, float]:
    sides = _sizes(table, "paper")
    if len(sides) != 2:
        table.wrong("P-VALUE", "paper" if "paper" in table.data else "", "「paper」应当是宽和高", "A4 写 [210, 297]")
        return 210, 297
    return sides[0], sides[1]


def _margins(table: Table) -> Mapping[str, float]:
    margins = {}
    for side in _SIDES:
        if side not in table.data:
            table.wrong("P-KEY-MISSING", "", f"缺少「{side}」", "写明上下左右：top、bottom、left、right（毫米）")
        margins[side] = table.number(side, 1)
    table.close()
    return margins


def _lettering(table: Table) -> Lettering:
    lettering = Lettering(table.words("fonts", True), _sizes(table, "sizes"))
    table.close()
    return lettering


def _sizes(table: Table, key: str) -> tuple[float, ...]:
    good = []
    for index, value in enumerate(table.array(key)):
        if type(value) in (int, float) and value > 0:
            good.append(float(value))
        else:
            what = f"「{key}」的第{index + 1}项类型不对"
            table.report.add("P-TYPE", table.where(key, index), what, "应当是大于 0 的数")
    return tuple(good)


def _headings(table: Table) -> Mapping[str, tuple[str, ...]]:
    """By level of number (一、 （一） 1. （1）), or by the words with which such a heading begins (案例)."""
    for level in table.data:
        if level not in _LEVELS and not re.fullmatch(r"[\u4e00-\u9fff]{2,}", level):
            table.wrong("P-VALUE", level, f"没有「{level}」这一级序号", meant(level, _LEVELS))
    return {level: table.words(level) for level in table.data}
