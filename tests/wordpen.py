"""A pen for Word forms: fills a blank the way a person does in Word, by clicking on its controls.

`fill(blank, values, lists)` writes, ticks, chooses and adds rows; what a person could not do fails the test
(AssertionError): an answer for which the form has no control, an entry that the drop-down does not offer, a change to
a locked control. `edit` changes the raw XML of a part, for what people and other programs do behind Word's back.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
DOCUMENT = "word/document.xml"
_YES_NO = {True: "是", False: "否"}
Answer = str | bool | Sequence[str]
Element = Any


def fill(
    data: bytes,
    values: Mapping[str, Answer] | None = None,
    lists: Mapping[str, Sequence[Mapping[str, Answer]]] | None = None,
) -> bytes:
    """The blank with these answers in it.

    `values`: tag → answer, for facts (`party.name`), for the head of the form (`matter`, `party`, `submitted_by`,
    `submitted_at`, `corrects`) and for what is asked once above a table (`approvals.draft`). A str is written, or
    chosen in a drop-down by its label; an ISO date goes through the date picker and then reads 2026年7月8日. A bool
    ticks 是 or 否. A list ticks these boxes by label; an empty one ticks 无.

    `lists`: list name → rows from the top, each short field name → answer as above. A row too many is made by copying
    the last one; an empty list ticks the list's box 无. A list asked in pairs takes one row and has no such box.
    """
    return edit(data, lambda root: _fill(root, values or {}, lists or {}))


def edit(data: bytes, change: Callable[[Element], None], part: str = DOCUMENT) -> bytes:
    """The file with one XML part changed in place by `change`, everything else as it was."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == part:
                root = etree.fromstring(content)
                change(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(member, content)
    return out.getvalue()


def rewrite(data: bytes, change: Callable[[str], str], part: str = DOCUMENT) -> bytes:
    """The file with the text of one part changed."""
    return replace_parts(data, {part: change(text(data, part)).encode()})


def replace_parts(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The file with these parts laid in, replaced, or (None) taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename not in parts:
                new.writestr(member, old.read(member))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def text(data: bytes, part: str = DOCUMENT) -> str:
    """One part as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part).decode()


def controls(root: Element, tag: str) -> list[Element]:
    """The content controls with this tag, in document order."""
    return [sdt for sdt in root.iter(W + "sdt") if _tag(sdt) == tag]


def tags(data: bytes) -> list[str]:
    """The tags of all content controls, in document order."""
    return [_tag(sdt) for sdt in etree.fromstring(text(data).encode()).iter(W + "sdt")]


def beside(data: bytes, tag: str, words: str) -> bytes:
    """Types `words` into the cell of a control, behind the control and not in it."""

    def change(root: Element) -> None:
        paragraph = _above(controls(root, tag)[0], W + "p")
        paragraph.append(_run(words))

    return edit(data, change)


def row_of(root: Element, tag: str) -> Element:
    """The table row in which the control stands."""
    return _above(controls(root, tag)[0], W + "tr")


def without_controls(data: bytes) -> bytes:
    """The same text and tables without any content control and without document properties: a form copied by hand."""

    def unwrap(root: Element) -> None:
        for sdt in list(root.iter(W + "sdt")):
            parent, at = sdt.getparent(), sdt.getparent().index(sdt)
            kept = [] if sdt.find(f"{W}sdtPr/{W}showingPlcHdr") is not None else list(sdt.find(W + "sdtContent"))
            parent.remove(sdt)
            for n, child in enumerate(kept):
                parent.insert(at + n, child)

    return replace_parts(edit(data, unwrap), {"docProps/custom.xml": None, "word/footer1.xml": b"<w:ftr xmlns:w='x'/>"})


# ── the hand ──────────────────────────────────────────────────────────────────────────────────────────


def _fill(root: Element, values: Mapping[str, Answer], lists: Mapping[str, Sequence[Mapping[str, Answer]]]) -> None:
    for tag, answer in values.items():
        _answer(list(root.iter(W + "sdt")), tag, answer)
    for name, rows in lists.items():
        if not rows:
            _tick(controls(root, f"{name}!none"), f"{name}!none")
        for number, row in enumerate(rows):
            line = _row(root, name, number)
            for field, answer in row.items():
                own = next((_tag(s) for s in line.iter(W + "sdt") if _field(_tag(s), name) == field), "")
                assert own, f"the form has no control for {field} of {name}"
                _answer(list(line.iter(W + "sdt")), own.partition("=")[0].removesuffix("!none"), answer)


def _row(root: Element, name: str, number: int) -> Element:
    rows = list(dict.fromkeys(_above(s, W + "tr") for s in root.iter(W + "sdt") if _field(_tag(s), name)))
    assert rows, f"the form has no rows for {name}"
    if len({tuple(_field(_tag(s), name) for s in row.iter(W + "sdt")) for row in rows}) > 1:  # label and answer in pairs
        assert number == 0, f"the form has room for one of {name}"
        return _above(rows[0], W + "tbl")
    if number < len(rows):
        return rows[number]
    fresh = copy.deepcopy(rows[-1])
    _wipe(fresh)
    rows[-1].addnext(fresh)
    return fresh


def _wipe(row: Element) -> None:
    for sdt in row.iter(W + "sdt"):
        if sdt.find(f"{W}sdtPr/{W14}checkbox") is not None:
            _set_box(sdt, False)
        else:
            _write(sdt, "")


def _answer(sdts: list[Element], tag: str, answer: Answer) -> None:
    if isinstance(answer, str):
        own = [sdt for sdt in sdts if _tag(sdt) == tag]
        assert own, f"the form has no control for {tag}"
        _enter(own[0], answer)
        return
    boxes = [sdt for sdt in sdts if _tag(sdt).startswith((f"{tag}=", f"{tag}!"))]
    assert boxes, f"the form has no boxes for {tag}"
    labels = [_YES_NO[answer]] if isinstance(answer, bool) else list(answer) or ["无"]
    for label in labels:
        _tick([box for box in boxes if _alias(box) == label], f"{tag} {label}")


def _enter(sdt: Element, answer: str) -> None:
    properties = sdt.find(W + "sdtPr")
    assert properties.find(W + "lock") is None, f"{_tag(sdt)} is locked"
    menu, date = properties.find(W + "dropDownList"), properties.find(W + "date")
    if menu is not None:
        offered = [item.get(W + "displayText") for item in menu]
        assert answer in offered, f"{_tag(sdt)} offers {offered}, not {answer}"
    if date is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", answer):
        day = dt.date.fromisoformat(answer)
        date.set(W + "fullDate", f"{day}T00:00:00Z")
        answer = f"{day.year}年{day.month}月{day.day}日"
    _write(sdt, answer)


def _write(sdt: Element, answer: str) -> None:
    prompt = sdt.find(f"{W}sdtPr/{W}showingPlcHdr")
    if prompt is not None:
        sdt.find(W + "sdtPr").remove(prompt)
    content = sdt.find(W + "sdtContent")
    for child in list(content):
        content.remove(child)
    content.append(_run(answer))


def _run(words: str) -> Element:
    run = etree.Element(W + "r")
    for n, line in enumerate(words.split("\n")):
        if n:
            etree.SubElement(run, W + "br")
        piece = etree.SubElement(run, W + "t")
        piece.text = line
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _tick(boxes: list[Element], what: str) -> None:
    assert boxes, f"the form has no box {what}"
    _set_box(boxes[0], True)


def _set_box(sdt: Element, on: bool) -> None:
    sdt.find(f"{W}sdtPr/{W14}checkbox/{W14}checked").set(W14 + "val", str(int(on)))
    next(sdt.iter(W + "t")).text = "☑" if on else "☐"


def _field(tag: str, name: str) -> str:
    match = re.match(re.escape(name) + r"\[\d+\]\.([^=!]+)", tag)
    return match[1] if match else ""


def _tag(sdt: Element) -> str:
    return _property(sdt, "tag")


def _alias(sdt: Element) -> str:
    return _property(sdt, "alias")


def _property(sdt: Element, name: str) -> str:
    found = sdt.find(f"{W}sdtPr/{W}{name}")
    return "" if found is None else str(found.get(W + "val"))


def _above(element: Element, tag: str) -> Element:
    return next(parent for parent in _parents(element) if parent.tag == tag)


def _parents(element: Element) -> Iterator[Element]:
    while element is not None:
        yield element
        element = element.getparent()


# ── a form typed from scratch ─────────────────────────────────────────────────────────────────────────

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def typed(*blocks: str | Sequence[Sequence[str]]) -> bytes:
    """A Word file without any control: a str is a paragraph, rows of strings are a table. `<…` is taken as XML."""
    body = "".join(_paragraph(block) if isinstance(block, str) else _table(block) for block in blocks)
    document = f"<w:document {_SPACE}><w:body>{body}</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(DOCUMENT, document)
    return out.getvalue()


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = "".join(f"<w:tr>{''.join(_cell(cell) for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{lines}</w:tbl>"


def _cell(words: str) -> str:
    return words if words.startswith("<w:tc>") else f"<w:tc>{_paragraph(words)}</w:tc>"


def _paragraph(words: str) -> str:
    if words.startswith("<w:p>"):
        return words
    content = words if words.startswith("<") else etree.tostring(_run(words)).decode()
    return f"<w:p>{content}</w:p>"
