"""The page: paper, margins, lines and characters (GB/T 9704—2012, 5.1, 5.2)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from paperwork.layout.reading import MAIN, Paper, Paragraph, number_of, problem
from paperwork.model import Family, Problem
from paperwork.wordform.words import Element, W

_MM = 56.6929  # twips in a millimetre
_SIDES = {"top": "上", "bottom": "下", "left": "左", "right": "右"}
_A_HAIR = 0.02  # points: what rounding to twips may cost


def page_problems(paper: Paper, family: Family) -> Iterator[Problem]:
    """Every section's paper and margins; where they are right, lines and characters of the text."""
    wrong = [p for section in paper.sections for p in (*_paper(section, family), *_margins(section, family))]
    yield from wrong
    if paper.sections and not wrong:
        yield from _lines(paper, family)
        yield from _characters(paper, family)


def _paper(section: Element, family: Family) -> Iterator[Problem]:
    size = section.find(f"{W}pgSz")
    sides = [number_of(size, side) or 0 for side in ("w", "h")] if size is not None else [0, 0]
    for told, wanted in zip(sides, family.paper, strict=True):
        if abs(told / _MM - wanted) > 1:
            shown = f"{sides[0] / _MM:.0f}×{sides[1] / _MM:.0f}" if size is not None else "没有写明"
            width, height = family.paper
            yield problem("PAGE", MAIN, f"纸张是 {shown} 毫米", f"应为 {width:g}×{height:g} 毫米")
            return


def _margins(section: Element, family: Family) -> Iterator[Problem]:
    margins = section.find(f"{W}pgMar")
    for side, word in _SIDES.items():
        told = (number_of(margins, side) or 0) / _MM if margins is not None else 0
        if side == "left" and margins is not None:
            told += (number_of(margins, "gutter") or 0) / _MM
        wanted = family.margins[side]
        if abs(abs(told) - wanted) > family.give + 0.05:
            yield problem(
                "PAGE", MAIN, f"{word}边距是 {told:.1f} 毫米", f"应为 {wanted:g} 毫米，可差 {family.give:g} 毫米"
            )


# ── lines and characters ──


def _text_of(paper: Paper, family: Family) -> list[Paragraph]:
    """Body text as the standard means it: not in tables or frames, of the body's size."""
    return [
        p
        for p in paper.paragraphs
        if not (p.in_table or p.is_framed or p.is_tag) and any(run.size in family.body.sizes for run in p.runs)
    ]


def _lines(paper: Paper, family: Family) -> Iterator[Problem]:
    """As many lines on a page as the family wants: by the exact pitch of the paragraphs, or by the grid."""
    if not family.lines:
        return
    height = _inside(paper.sections[-1], "h", "top", "bottom")
    most, least = height / family.lines, height / (family.lines + 1)
    advice = f"每页 {family.lines} 行，行距设为固定值 {math.floor(most * 10) / 10:g} 磅"
    seen = set()
    for paragraph in _text_of(paper, family):
        pitch = _pitch(paper, paragraph)
        if pitch not in seen and not least < pitch <= most + _A_HAIR:
            seen.add(pitch)
            told = f"行距是 {pitch:g} 磅，每页 {height / pitch:.1f} 行" if pitch else "行距随字体变动，没有对齐到网格"
            yield problem("GRID", paragraph.where, told, advice)


def _pitch(paper: Paper, paragraph: Paragraph) -> float:
    """Points from line to line; 0 where the font alone decides."""
    value, rule = paragraph.pitch
    grid = paper.sections[-1].find(f"{W}docGrid")
    kind = grid.get(f"{W}type", "") if grid is not None else ""
    cell = (number_of(grid, "linePitch") or 0) / 20 if grid is not None and kind in ("lines", "linesAndChars") else 0
    if rule == "exact":
        return value
    on_grid = cell if paragraph.snaps else 0.0
    return max(on_grid, value) if rule == "atLeast" else on_grid * max(1.0, value)


def _characters(paper: Paper, family: Family) -> Iterator[Problem]:
    if not family.characters:
        return
    section = paper.sections[-1]
    width = _inside(section, "w", "left", "right")
    grid = section.find(f"{W}docGrid")
    spread = None
    if grid is not None and grid.get(f"{W}type") == "linesAndChars":
        spread = (number_of(grid, "charSpace") or 0) / 4096
    seen = set()
    for paragraph in _text_of(paper, family):
        run = next(run for run in paragraph.runs if run.size in family.body.sizes)
        cell = run.size + (spread if spread is not None else run.closer)
        count = math.floor(width / cell + _A_HAIR)
        if cell not in seen and count != family.characters:
            seen.add(cell)
            pace = width / family.characters - run.size
            how = f"{'紧缩' if pace < 0 else '加宽'} {abs(pace) + 0.04:.2f} 磅"
            advice = f"每行 {family.characters} 字，字符间距设为{how}"
            yield problem("GRID", paragraph.where, f"每行排 {count} 字", advice)


def _inside(section: Element, side: str, *margins: str) -> float:
    """Points between two margins."""
    size, edges = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    whole = (number_of(size, side) or 0) if size is not None else 0
    taken = sum(abs(number_of(edges, margin) or 0) for margin in margins) if edges is not None else 0
    return (whole - taken) / 20


