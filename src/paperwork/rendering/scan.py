"""The tags of a template as they stand in Word's paragraphs, before docxtpl reads them.

docxtpl joins a tag that Word has split over runs. A tag that starts inside a tracked change, hyperlink or content
control and ends outside it cannot be joined: docxtpl then loses the rest of the document without a word. Such tags,
tags left open, and tags in full-width characters are found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from paperwork.model import Problem
from paperwork.rendering.package import Tree
from paperwork.rendering.wording import W, shortened

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
BRACE = re.compile(r"(?=[{｛][{｛%％#＃]|[}｝%％#＃][}｝])..", re.DOTALL)
WIDE = "｛｝％＃"
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|[‘’][^‘’]*[‘’]|[“”][^“”]*[“”]")
WIDE_MARKS = re.compile("[（），。：；＝｜【】＋－／＞＜！．]")

REVISIONS = tuple(
    W + name for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "sectPrChange")
)
_HOLDERS = {
    "ins": "修订（插入）",
    "del": "修订（删除）",
    "moveFrom": "修订（移动）",
    "moveTo": "修订（移动）",
    "hyperlink": "超链接",
    "smartTag": "智能标记",
    "sdt": "内容控件",
    "fldSimple": "域",
}
_CUTS = {"bookmarkStart": "书签", "bookmarkEnd": "书签", "commentRangeStart": "批注", "commentRangeEnd": "批注"}


@dataclass
class Spelling:
    """A paragraph's text, what holds each character, and what stands between characters."""

    text: str = ""
    holders: list[tuple[int, str]] = field(default_factory=list)
    cuts: list[tuple[int, str]] = field(default_factory=list)

    def read(self, element: Tree, holder: tuple[int, str] = (0, "")) -> None:
        for child in element:
            name = str(child.tag).removeprefix(W)
            if name == "r":
                self._run(child, holder)
            elif name in _CUTS:
                if child.get(f"{W}name") != "_GoBack":
                    self.cuts.append((len(self.text), _CUTS[name]))
            elif name in _HOLDERS:
                self.read(child, (id(child), _HOLDERS[name]))
            elif name == "sdtContent":
                self.read(child, holder)

    def _run(self, run: Tree, holder: tuple[int, str]) -> None:
        for piece in run:
            text = {f"{W}t": piece.text or "", f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}.get(piece.tag, "")
            self.text += text
            self.holders += [holder] * len(text)

    def breakers(self, start: int, end: int) -> list[str]:
        """What breaks the tag from `start` to `end`: the holders it crosses, the marks within it."""
        held = dict.fromkeys(self.holders[start:end])
        across = [name for _, name in held if name] if len(held) > 1 else []
        return across + [name for at, name in self.cuts if start < at < end]


def paragraph_problems(tree: Tree, part: str) -> Iterator[Problem]:
    """The problems of all tags in one part, and of changes that nobody has accepted."""
    if next(tree.iter(*REVISIONS), None) is not None:
        what = "模板中有未接受的修订"
        yield Problem("E-TEMPLATE-REVISION", part, what, "请在 Word 中接受或者拒绝全部修订，并关闭修订")
    for paragraph in tree.iter(f"{W}p"):
        spelling = Spelling()
        spelling.read(paragraph)
        if BRACE.search(spelling.text):
            yield from _broken(spelling, part)
            yield from _unfinished(spelling.text, part)
            yield from _full_width(spelling.text, part)


def _broken(spelling: Spelling, part: str) -> Iterator[Problem]:
    for tag in TAG.finditer(spelling.text):
        breakers = "、".join(dict.fromkeys(spelling.breakers(*tag.span())))
        if breakers:
            what = f"标记 {shortened(tag[0])} 被{breakers}拆开"
            advice = f"请去掉标记中的{breakers}，把标记重新输入一遍"
            yield Problem("E-TEMPLATE-BROKEN", _where(part, spelling.text, tag.start()), what, advice)


def _unfinished(text: str, part: str) -> Iterator[Problem]:
    # Blank out whole tags, so that what is left over keeps its place.
    rest = TAG.sub(lambda tag: " " * len(tag[0]), text)
    for loose in LOOSE.finditer(rest):
        what = f"标记没有写完整：{shortened(text, loose.start(), 30)}"
        advice = "标记以 {{ 或者 {% 开始，以 }} 或者 %} 结束，并且在同一段落之内"
        yield Problem("E-TEMPLATE-TAG", _where(part, text, loose.start()), what, advice)


def _full_width(text: str, part: str) -> Iterator[Problem]:
    for brace in BRACE.finditer(text):
        if set(brace[0]) & set(WIDE):
            what = f"标记用了全角的括号：{brace[0]}"
            yield Problem("E-TEMPLATE-FULLWIDTH", _where(part, text, brace.start()), what, "请改用英文半角的 { } %")
    for tag in TAG.finditer(text):
        marks = WIDE_MARKS.findall(QUOTED.sub("", tag[0])) if not tag[0].startswith("{#") else []
        if marks:
            what = f"标记 {shortened(tag[0])} 中有全角标点 {'、'.join(dict.fromkeys(marks))}"
            yield Problem("E-TEMPLATE-FULLWIDTH", _where(part, text, tag.start()), what, "标记里的标点请用英文半角")


def _where(part: str, text: str, at: int) -> str:
    return f"{part}：「{shortened(text, at)}」"
