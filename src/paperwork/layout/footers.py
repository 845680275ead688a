"""Page numbers (GB/T 9704—2012, 7.5; none on the first page of a 信函, 10.1), and 第 页 共 页 of records and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperwork.layout.reading import Paper, Paragraph, number_of, problem
from paperwork.model import Family, Problem
from paperwork.wordform.words import Element, W

_FOOTER = "页脚"
_SONG = ("宋体", "SimSun", "Times New Roman")


def footer_problems(paper: Paper, family: Family) -> Iterator[Problem]:
    """Whether pages are numbered as the family wants."""
    main = _line(paper, "default")
    if family.numbers in ("dashes", "letter"):
        yield from _dashes(paper, main, family.numbers == "letter")
    elif family.numbers == "sheets":
        if main is None or not {"PAGE", "NUMPAGES"} <= _fields(main.element):
            yield problem("PAGENO", _FOOTER, "没有「第×页　共×页」", "在页脚插入页码域（PAGE）和总页数域（NUMPAGES）")
        elif not re.search(r"第.*页.*共.*页", main.text):
            yield problem("PAGENO", _FOOTER, f"页码写作「{main.text.strip()}」", "应当写作「第1页　共1页」")
    elif family.numbers == "none" and main is not None and "PAGE" in _fields(main.element):
        yield problem("PAGENO", _FOOTER, "这一族文书不编页码", "删去页脚的页码")


def _dashes(paper: Paper, main: Paragraph | None, letter: bool) -> Iterator[Problem]:
    odd_and_even = paper.settings is not None and paper.settings.find(f"{W}evenAndOddHeaders") is not None
    even = _line(paper, "even") if odd_and_even else None
    if main is None or "PAGE" not in _fields(main.element):
        yield problem("PAGENO", _FOOTER, "没有页码", "在页脚插入页码，写作「— 1 —」")
        return
    if even is None or "PAGE" not in _fields(even.element):
        advice = "在页面设置里勾选「奇偶页不同」，双页的页码居左、空一字"
        yield problem("PAGENO", _FOOTER, "单页和双页的页码在同一侧", advice)
    apart = paper.sections[-1].find(f"{W}titlePg") is not None
    first = _line(paper, "first") if apart else None
    numbered = not apart or (first is not None and "PAGE" in _fields(first.element))
    if letter and numbered:
        yield problem("PAGENO", _FOOTER, "信函的首页印了页码", "在页面设置里勾选「首页不同」，首页的页脚不放页码")
    elif not letter and apart and first is None:
        yield problem("PAGENO", _FOOTER, "首页没有页码", "取消「首页不同」")
    for line, side, word in ((main, "right", "单页"), (even, "left", "双页"), (first, "right", "首页")):
        if line is not None and "PAGE" in _fields(line.element):
            yield from _one(line, side, word)


def _one(line: Paragraph, side: str, word: str) -> Iterator[Problem]:
    if not re.fullmatch(r"\s*[—–-]\s.*\s[—–-]\s*", line.text) or "—" not in line.text:
        yield problem("PAGENO", _FOOTER, f"{word}页码写作「{line.text.strip()}」", "数字左右各一条一字线：— 1 —")
    if line.side != side:
        yield problem("PAGENO", _FOOTER, f"{word}页码没有居{'右' if side == 'right' else '左'}", "单页居右、双页居左")
    else:
        indent = line.said("ind")
        found = [number_of(indent, name) for name in (side, f"{side}Chars")] if indent is not None else []
        if not any(found):
            yield problem("PAGENO", _FOOTER, f"{word}页码没有空一字", "单页右空一字、双页左空一字")
    for run in line.runs:
        if run.size != 14:
            yield problem("PAGENO", _FOOTER, f"页码的字号是 {run.size:g} 磅", "应为4号（14 磅）")
            break
        if run.font not in _SONG:
            yield problem("PAGENO", _FOOTER, f"页码用了{run.font or '没有写明的字体'}", "应为宋体")
            break


def _line(paper: Paper, kind: str) -> Paragraph | None:
    """The paragraph of a footer that holds the page number, else its first with text."""
    footer = paper.footer(kind)
    lines = paper.paragraphs_of(footer) if footer is not None else []
    numbered = (p for p in lines if "PAGE" in _fields(p.element))
    return next(numbered, None) or next((p for p in lines if p.text.strip()), None)


def _fields(element: Element) -> set[str]:
    codes = [e.text or "" for e in element.iter(f"{W}instrText")]
    codes += [e.get(f"{W}instr", "") for e in element.iter(f"{W}fldSimple")]
    return {code.split()[0].upper() for code in codes if code.split()}
