"""The final text of a piece of a Word document: insertions kept, deletions gone, prompts known as prompts.

Elements after ECMA-376 part 1, 17 (WordprocessingML); check boxes after Microsoft's w14 extension.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

Element = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
PROMPTS = {
    "点击填写", "请选择", "选择日期", "点击选择日期", "选择一项。", "选择一项", "单击或点击此处输入文字。",
    "单击此处输入文字。", "单击或点击以输入日期。", "单击此处输入日期。", "单击或点按此处输入文字。",
    "单击或点按一下以输入日期。", "Click or tap here to enter text.", "Click here to enter text.", "Choose an item.",
    "Click or tap to enter a date.", "Click here to enter a date.",
}  # fmt: skip
_GONE = {W + tag for tag in ("del", "moveFrom", "drawing", "pict", "object", "instrText", "delText", "rt")}
_GONE.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent")  # text boxes, shapes
_PROPERTIES = ("pPr", "rPr", "tcPr", "trPr", "tblPr", "tblGrid", "sdtPr", "sectPr", "proofErr")
_SILENT = _GONE | {W + tag for tag in _PROPERTIES}  # nothing that is read stands in these
_P, _R, _T, _SDT, _TBL, _CONTENT, _PPR = (W + tag for tag in ("p", "r", "t", "sdt", "tbl", "sdtContent", "pPr"))
_DELETED, _STYLE = f"{W}rPr/{W}del", f"{W}rPr/{W}rStyle"
_SAID = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_SYMBOLS = {  # character of a symbol font → what it shows
    ("wingdings", 0xFE): "☑", ("wingdings", 0xFD): "☒", ("wingdings", 0xFC): "✓", ("wingdings", 0xA8): "□",
    ("wingdings", 0x6F): "□", ("wingdings", 0x6E): "■", ("wingdings 2", 0x52): "☑", ("wingdings 2", 0x50): "✓",
    ("wingdings 2", 0x54): "☒", ("wingdings 2", 0xA3): "□", ("wingdings 2", 0x2A): "□",
}  # fmt: skip


@dataclass(eq=False)
class Control:
    """A content control as it was met."""

    tag: str = ""
    is_box: bool = False
    is_ticked: bool = False
    locked: bool = False
    flagged: bool = False  # Word says: what stands here is the prompt
    styled: bool = False  # and it looks like one
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands in it."""
        return "".join(self.parts)

    @property
    def is_prompt(self) -> bool:
        """Nobody has answered. WPS leaves the flag when people type, LibreOffice forgets it: the words decide too."""
        return not self.is_box and (self.text.strip() in PROMPTS or (self.flagged and self.styled))


@dataclass(frozen=True)
class Bit:
    """A stretch of text and the control it stands in."""

    text: str
    control: Control | None


@dataclass(frozen=True)
class Words:
    """The final text of a cell or paragraph."""

    bits: tuple[Bit, ...]
    controls: tuple[Control, ...]
    at: Element = field(default=None, compare=False, repr=False)  # the cell or paragraph they stand in

    @cached_property
    def text(self) -> str:
        """All text but prompts."""
        return "".join(b.text for b in self.bits if not (b.control and b.control.is_prompt)).strip()

    @cached_property
    def inside(self) -> str:
        """Text in controls for values, without prompts."""
        filled = (b.text for b in self.bits if b.control and not b.control.is_box and not b.control.is_prompt)
        return "".join(filled).strip()

    @cached_property
    def outside(self) -> str:
        """Text typed beside the controls."""
        return "".join(b.text for b in self.bits if not b.control or b.control.is_box).strip()

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The tags met, in order, each once."""
        return tuple(dict.fromkeys(control.tag for control in self.controls if control.tag))

    def learned(self) -> Words:
        """These words, when all that is asked of them has been found out: before they are kept."""
        _ = self.text, self.tags, self.inside, self.outside
        return self

    def standing(self, at: Element) -> Words:
        """The same words in another place, with all that is known of them already."""
        same = object.__new__(Words)
        vars(same).update(vars(self), at=at)
        return same

    def of(self, tag: str) -> Words:
        """Only what stands in the controls of this answer, boxes with the label beside them."""
        own = {id(control) for control in self.controls if base(control.tag) == tag}
        keep, boxed = [], False
        for bit in self.bits:
            mine = bit.control is not None and id(bit.control) in own
            boxed = (bit.control.is_box and mine) if bit.control else boxed
            if mine or (bit.control is None and boxed):
                keep.append(bit)
        return Words(tuple(keep), tuple(c for c in self.controls if id(c) in own), self.at)


@lru_cache(maxsize=8192)
def base(tag: str) -> str:
    """`harm.classes` of the box tags `harm.classes=minors` and `harm.classes!none`."""
    return tag.partition("=")[0].removesuffix("!none")


def words(element: Element, around: Element | None = None) -> Words:
    """The words of a cell or paragraph. `around`: a control that holds the whole cell."""
    bits: list[Bit] = []
    controls: list[Control] = []
    outer = None
    if around is not None:
        outer = _control(around)
        controls.append(outer)
    if element.tag == W + "p":
        _paragraph(element, outer, bits, controls)
    else:
        _walk(element, outer, bits, controls)
    return Words(tuple(bits), tuple(controls), element)


def _walk(element: Element, control: Control | None, bits: list[Bit], controls: list[Control]) -> None:
    for child in element:
        tag = child.tag
        if tag in _SILENT or not isinstance(tag, str):
            continue
        if tag == _P:
            _paragraph(child, control, bits, controls)
        elif tag == _R:
            _run(child, control, bits)
        elif tag == _SDT:
            inner = _control(child)
            controls.append(inner)
            for content in child.iterchildren(_CONTENT):
                _walk(content, inner if inner.tag or inner.is_box or control is None else control, bits, controls)
        elif tag != _TBL:  # a table in a cell is no part of the answer
            _walk(child, control, bits, controls)


def _paragraph(element: Element, control: Control | None, bits: list[Bit], controls: list[Control]) -> None:
    _walk(element, control, bits, controls)
    properties = element.find(_PPR)
    if properties is None or properties.find(_DELETED) is None:  # else the next one follows on
        _say("\n", control, bits)


def _run(run: Element, control: Control | None, bits: list[Bit]) -> None:
    if control is not None and not control.styled:
        look = run.find(_STYLE)
        control.styled = look is not None and "placeholder" in str(look.get(W + "val", "")).lower()
    for child in run:
        tag = child.tag
        if tag == _T:
            _say(child.text or "", control, bits)
        elif tag in _SAID:
            _say(_SAID[tag], control, bits)
        elif tag == W + "sym":
            _say(_symbol(child), control, bits)
        elif tag == W + "fldChar":
            _say(_old_box(child), control, bits)
        elif tag == W + "ruby":
            for part in child.iterchildren(W + "rubyBase"):
                _walk(part, control, bits, [])


def _say(text: str, control: Control | None, bits: list[Bit]) -> None:
    if not text:
        return
    if control is not None:
        if control.is_box:
            if control.parts:
                return  # the state speaks, not the character, and only once
            text = "☑" if control.is_ticked or any(mark in text for mark in "☑☒√✓✔■●") else "☐"
        control.parts.append(text)
    bits.append(Bit(text, control))


def _control(sdt: Element) -> Control:
    properties = sdt.find(W + "sdtPr")
    if properties is None:
        return Control()
    tag, lock = properties.find(W + "tag"), properties.find(W + "lock")
    control = Control(tag="" if tag is None else str(tag.get(W + "val", "")))
    control.locked = lock is not None and "contentlocked" in str(lock.get(W + "val", "")).lower()
    control.flagged = _on(properties.find(W + "showingPlcHdr"), W)
    box = properties.find(W14 + "checkbox")
    if box is not None:
        control.is_box = True
        control.is_ticked = _on(box.find(W14 + "checked"), W14)
    return control


def _on(element: Element | None, space: str) -> bool:
    return element is not None and str(element.get(space + "val", "1")).lower() in {"1", "true", "on"}


def _symbol(element: Element) -> str:
    try:
        code = int(str(element.get(W + "char", "0")), 16) & 0xFF
    except ValueError:
        return ""
    return _SYMBOLS.get((str(element.get(W + "font", "")).lower(), code), "")


def _old_box(element: Element) -> str:
    """The check box of Word's older form fields (17.16.7)."""
    box = element.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return ""
    state = box.find(W + "checked")
    return "☑" if _on(box.find(W + "default") if state is None else state, W) else "☐"


def blocks(element: Element) -> Iterator[Element]:
    """The paragraphs and tables of a body, through controls and tracked insertions, without deletions."""
    for child in element:
        if child.tag in {W + "p", W + "tbl"}:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _GONE and child.tag != W + "sectPr":
            yield from blocks(child)
