"""Word's content controls (w:sdt, ECMA-376 part 1, 17.5.2), as XML text to stand inside a paragraph.

Tags are how a reader finds a value whatever happens to the layout: `party.name`, `evidence[2].kind` for the third row
of a list, `talks[1].kind` for the one item of a list asked in pairs, `harm.classes=minors` for one box of a group,
`harm.classes!none` and `evidence!none` for the box 无.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from paperwork.model import Choice, Fact

NONE = "无"
YES_NO = (Choice("yes", "是"), Choice("no", "否"))
TYPE_HERE, PICK_ONE, PICK_DAY = "点击填写", "请选择", "选择日期"
TICKED, UNTICKED = "☑", "☐"
_LONGEST_NAME = 64  # Word refuses a longer tag or title
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_JINJA = re.compile(r"\{[{%#]")
_DAY = re.compile(r"(\d{4})(?:年|-|/)(\d{1,2})(?:月|-|/)(\d{1,2})日?")


@dataclass(frozen=True)
class Answer:
    """One place for an answer: its tag, its label, its fact (None = plain text), what already stands there."""

    tag: str
    label: str
    fact: Fact | None = None
    text: str = ""
    locked: bool = False  # given with the blank: people add to the row but do not change this


def control(answer: Answer) -> str:
    """The content control, or the group of boxes, for one answer."""
    fact = answer.fact
    if fact is None or _JINJA.search(answer.text):
        return _plain(answer)
    if fact.type == "flag":
        return _boxes(answer, YES_NO, none=False)
    if fact.type == "set" and fact.choices:
        return _boxes(answer, fact.choices, none=NONE not in {choice.label for choice in fact.choices})
    if fact.type == "choice":
        return _dropdown(answer, fact.choices)
    return _date(answer) if fact.type == "date" else _plain(answer)


def box(tag: str, label: str, ticked: bool) -> str:
    """One check box with its label beside it."""
    state = (
        f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/>'
        '<w14:checkedState w14:val="2611" w14:font="Segoe UI Symbol"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="Segoe UI Symbol"/></w14:checkbox>'
    )
    fonts = '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="Segoe UI Symbol"/>'
    mark = f"<w:r><w:rPr>{fonts}</w:rPr><w:t>{TICKED if ticked else UNTICKED}</w:t></w:r>"
    return _sdt(tag, label, state, mark) + run(label)


def run(text: str, properties: str = "") -> str:
    """One run. Line breaks stay inside it, so that a Jinja tag is never torn apart."""
    lines = _NOT_XML.sub("", text).split("\n")
    body = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{body}</w:r>"


def names(text: str) -> tuple[str, ...]:
    """The single answers in a text such as 甲、乙."""
    return tuple(part for part in re.split(r"[、,，;；\n]\s*", text.strip()) if part)


def _plain(answer: Answer) -> str:
    # not <w:text/>: LibreOffice 7.4 writes the content of such a control several times over when it saves
    return _filled(answer, "", TYPE_HERE)


def _dropdown(answer: Answer, choices: Iterable[Choice]) -> str:
    entries = [f'<w:listItem w:value="{PICK_ONE}"/>']  # Word takes an entry without display text for the prompt
    label = answer.text
    for choice in choices:
        entries.append(f"<w:listItem w:displayText={quoteattr(choice.label)} w:value={quoteattr(choice.code)}/>")
        label = choice.label if answer.text == choice.code else label
    shown = Answer(answer.tag, answer.label, answer.fact, label, answer.locked)
    return _filled(shown, f"<w:dropDownList>{''.join(entries)}</w:dropDownList>", PICK_ONE)


def _date(answer: Answer) -> str:
    kind = (
        f'<w:date{_full_date(answer.text)}><w:dateFormat w:val="yyyy年M月d日"/><w:lid w:val="zh-CN"/>'
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    )
    return _filled(answer, kind, PICK_DAY)


def _full_date(text: str) -> str:
    match = _DAY.fullmatch(text.strip())
    try:
        day = dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        day = None
    return f' w:fullDate="{day.isoformat()}T00:00:00Z"' if day else ""


def _boxes(answer: Answer, choices: tuple[Choice, ...], *, none: bool) -> str:
    given = names(answer.text)
    boxes = [box(f"{answer.tag}={c.code}", c.label, c.code in given or c.label in given) for c in choices]
    if none:
        boxes.append(box(f"{answer.tag}!none", NONE, NONE in given))
    return run("  ").join(boxes)


def _filled(answer: Answer, kind: str, prompt: str) -> str:
    if answer.text:
        return _sdt(answer.tag, answer.label, kind, run(answer.text), lock=answer.locked)
    # the grey twice: LibreOffice forgets the style of a prompt
    shown = run(prompt, '<w:rStyle w:val="PlaceholderText"/><w:color w:val="7F7F7F"/>')
    return _sdt(answer.tag, answer.label, "<w:showingPlcHdr/>" + kind, shown)


def _sdt(tag: str, label: str, kind: str, content: str, *, lock: bool = False) -> str:
    head = f"<w:alias w:val={quoteattr(label[:_LONGEST_NAME])}/><w:tag w:val={quoteattr(tag[:_LONGEST_NAME])}/>"
    held = '<w:lock w:val="sdtContentLocked"/>' if lock else ""
    # every id is 0 here; `docx.build` counts them through at the end
    properties = f'<w:sdtPr>{head}<w:id w:val="0"/>{held}{kind}</w:sdtPr>'
    return f"<w:sdt>{properties}<w:sdtContent>{content}</w:sdtContent></w:sdt>"
