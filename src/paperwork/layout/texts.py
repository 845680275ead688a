"""The letters: title, body, headings, tables, colour (GB/T 9704—2012, 5.2.2, 5.2.4, 7.3.1, 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paperwork.layout.reading import MAIN, Paper, Paragraph, Run, problem
from paperwork.model import Family, Lettering, Problem
from paperwork.wordform.words import W

_SIZES = {22: "2号", 16: "3号", 14: "4号", 12: "小四", 10.5: "五号", 9: "小五", 18: "小二", 15: "小三", 26: "1号"}
_BLACK = ("", "AUTO", "000000")
_RED = re.compile(r"(?i)[C-F][0-9A-F]0[0-9A-F]0[0-9A-F]")
_LEVELS = {
    "一、": re.compile(r"[一二三四五六七八九十]+、"),
    "（一）": re.compile(r"（[一二三四五六七八九十]+）"),
    "1.": re.compile(r"[0-9]+[.．]"),
    "（1）": re.compile(r"（[0-9]+）"),
}
# What people write instead, and what the standard writes (7.3.3).
_WRONG = (
    (re.compile(r"[一二三四五六七八九十]+[.．]"), "一、"),
    (re.compile(r"\([一二三四五六七八九十]+\)"), "（一）"),
    (re.compile(r"（[一二三四五六七八九十]+）、"), "（一）"),
    (re.compile(r"[0-9]+、"), "1."),
    (re.compile(r"\([0-9]+\)"), "（1）"),
)
_MARK = tuple(half / 2 for half in range(44, 145))  # points of the mark of a red head
_TITLE_TAG = re.compile(r"\{\{\w+\.title\}\}")
_A_HEADING = 30  # characters: what is longer, or ends as a sentence, is text that begins with a number


def text_problems(paper: Paper, family: Family, title: str) -> Iterator[Problem]:
    """Every paragraph that is set otherwise than its family wants, once for each thing that is wrong with it."""
    yield from _title(paper, family, title)
    near_table = _near_tables(paper)
    for paragraph in paper.paragraphs:
        if paragraph.is_framed or paragraph.is_tag:
            continue
        yield from _numbered(paragraph)
        small = paragraph.in_table or paragraph.element in near_table
        if small or (family.notes and paragraph.text.strip().startswith(family.notes)):
            yield from _lettered(paragraph, (family.table, family.body, family.title), family)
        else:
            yield from _body(paragraph, family)
    yield from _colours(paper, family)
    yield from _rows(paper)
    whole = re.sub(r"\s", "", "".join(p.text for p in paper.paragraphs))
    for text in family.texts:
        if text not in whole:
            yield problem("TEXT", MAIN, f"没有「{text}」", f"{family.label}应当写有「{text}」")


# ── title ──


def _title(paper: Paper, family: Family, title: str) -> Iterator[Problem]:
    """The document's title stands alone and in the family's title letters; it may be worded otherwise by the facts."""
    wanted = re.sub(r"\s", "", title)
    outside = [p for p in paper.paragraphs if not p.in_table and not p.is_framed]
    found = [p for p in outside if _is_title(p, wanted)]
    if not found and not any(_looks_like_one(p, family) for p in outside):
        yield problem("TITLE", MAIN, f"没有单独成段的标题「{title}」", "标题独占一段，写文书的名称或者 {{ doc.title }}")
    for paragraph in found[:1]:
        if paragraph.side != "center":
            yield problem("TITLE", paragraph.where, "标题没有居中", "标题居中")
        yield from _lettered(paragraph, (family.title,), family, "标题")


def _is_title(paragraph: Paragraph, wanted: str) -> bool:
    """The paper's own name, or the title of what it is about (`{{rule.title}}`)."""
    text = re.sub(r"\s", "", paragraph.text)
    return text == wanted or bool(_TITLE_TAG.fullmatch(text)) or (paragraph.bare == wanted != "")


def _looks_like_one(paragraph: Paragraph, family: Family) -> bool:
    """Words of its own, in the middle, in title letters: the organ's name above is only a tag."""
    sizes = {run.size for run in paragraph.runs}
    return bool(paragraph.bare and sizes) and paragraph.side == "center" and sizes <= set(family.title.sizes)


# ── letters ──


def _body(paragraph: Paragraph, family: Family) -> Iterator[Problem]:
    if paragraph.side == "center":
        sizes = (*family.title.sizes, *(_MARK if _is_mark(paragraph, family) else ()))
        yield from _lettered(paragraph, (Lettering(family.title.fonts, sizes), family.body), family)
        return
    level = _level_of(paragraph, family)
    heading = Lettering(family.headings.get(level, ()), family.body.sizes)
    if level and _stands_alone(paragraph):
        yield from _lettered(paragraph, (heading,), family, f"小标题「{level}」")
    else:  # a sentence may begin with its heading
        yield from _lettered(paragraph, (family.body, heading), family)


def _level_of(paragraph: Paragraph, family: Family) -> str:
    """The level whose number or words the paragraph begins with; "" for none that the family speaks of."""
    text = paragraph.text.strip()
    for level in family.headings:
        pattern = _LEVELS.get(level)
        if pattern.match(text) if pattern else text.startswith(level):
            return level
    return ""


def _stands_alone(paragraph: Paragraph) -> bool:
    """A heading in a paragraph of its own, and no text that begins with a number."""
    text = paragraph.text.strip()
    return len(text) <= _A_HEADING and not text.endswith(("。", "；", "：", "，")) and "{" not in text


def _lettered(
    paragraph: Paragraph, allowed: Sequence[Lettering], family: Family, what: str = "文字"
) -> Iterator[Problem]:
    """Font, size and boldness of every run: one problem for each that is not among the allowed ones."""
    told: set[str] = set()
    for run in paragraph.runs:
        if any(run.font in one.fonts and run.size in one.sizes for one in allowed):
            pass
        elif any(run.size in one.sizes for one in allowed):
            fonts = next(one.fonts for one in allowed if run.size in one.sizes)
            if "FONT" not in told:
                yield problem("FONT", paragraph.where, f"{what}用了{_font(run)}", f"应为{fonts[0]}")
            told.add("FONT")
        elif "SIZE" not in told:
            told.add("SIZE")
            sizes = "、".join(_size(size) for one in allowed for size in one.sizes)
            yield problem("SIZE", paragraph.where, f"{what}的字号是{_size(run.size)}", f"应为{sizes}")
        if run.bold and "BOLD" not in told:
            told.add("BOLD")
            yield problem("BOLD", paragraph.where, f"{what}加粗", "不用加粗；需要突出的用黑体")


def _is_mark(paragraph: Paragraph, family: Family) -> bool:
    """The organ's mark of a red head: as large as its name leaves room for (7.2.4)."""
    return family.red == "head" and all(_RED.fullmatch(run.colour) for run in paragraph.runs)


def _font(run: Run) -> str:
    if run.font.endswith(("EastAsia", "Asia")) and run.font[:5] in ("major", "minor"):
        return "主题字体，换一台电脑就变"
    return run.font or "没有写明的字体"


def _size(points: float) -> str:
    return f"{_SIZES[points]}（{points:g} 磅）" if points in _SIZES else f"{points:g} 磅"


# ── numbering, colour, rows ──


def _numbered(paragraph: Paragraph) -> Iterator[Problem]:
    text = paragraph.text.strip()
    for pattern, right in _WRONG:
        found = pattern.match(text)
        if found:
            yield problem("NUMBERING", paragraph.where, f"序号写作「{found[0]}」", f"应当写作「{right}」一类")
            return


def _colours(paper: Paper, family: Family) -> Iterator[Problem]:
    """Black, but for a red head; a family with a red head has one."""
    red_seen, body_seen = False, False
    for paragraph in paper.paragraphs:
        for run in paragraph.runs:
            if run.colour in _BLACK:
                continue
            red = bool(_RED.fullmatch(run.colour))
            if family.red == "head" and red and not body_seen:
                red_seen = True
            else:
                yield problem("COLOUR", paragraph.where, f"文字用了颜色 {run.colour}", "除版头以外用黑色")
                break
        body_seen = body_seen or (len(paragraph.bare) > 40 and not paragraph.in_table)
    if family.red == "head" and not red_seen:
        yield problem("COLOUR", MAIN, "没有红色的版头", "发文机关标志用红色小标宋，居中")


def _rows(paper: Paper) -> Iterator[Problem]:
    """A row of fixed height cuts off what does not fit, without a word."""
    for height in paper.document.iter(f"{W}trHeight"):
        if height.get(f"{W}hRule") == "exact":
            row = height.getparent().getparent()
            paragraph = next((p for p in paper.paragraphs if p.element in list(row.iter(f"{W}p"))), None)
            where = paragraph.where if paragraph else MAIN
            yield problem("ROW", where, "表格的行高是固定值，写不下的字会被切掉", "行高改为「最小值」")


def _near_tables(paper: Paper) -> set[object]:
    """Paragraphs that lead into a table, back to the title or a sentence: they may be as small as the table's text."""
    found: set[object] = set()
    waiting: list[object] = []
    behind = False  # the last thing with words was a table: what follows may be a note to it
    for block in paper.blocks:
        if block.tag == f"{W}tbl":
            found.update(waiting)
            waiting, behind = [], True
            continue
        paragraph = Paragraph(paper, block, False)
        if behind and not paragraph.is_tag:
            found.add(block)
            behind = False
        text = paragraph.text.strip()
        waiting = [] if len(text) > 60 or text.endswith("。") else [*waiting, block]
    return found
