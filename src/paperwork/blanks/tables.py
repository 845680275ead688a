"""The tables of a blank: label beside value, and lists with a header row. Sizes in twips (1/20 pt)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from paperwork.blanks.controls import NONE, YES_NO, Answer, box, control, run
from paperwork.blanks.questions import Question

WIDTH = 9638  # A4 less two margins of 20 mm
_LABEL, _VALUE = 2100, 2719  # twice each makes WIDTH; a label of eight characters and its star fit
_HIGH, _LOW = 510, 300  # least heights of a row with answers and of one with a note
_SHORT = {"date", "datetime", "flag", "integer", "money"}
_SHORT_TEXT = 20  # characters of an example that fits half a line
_BRIEF = (  # how labels end whose answers are a few words, where a form asks so much that it must be dense
    "人", "人员", "职务", "类型", "名称", "编号", "文号", "号码", "电话", "地点", "期限", "行业", "单位",
)  # fmt: skip
_SAID = "答："  # what somebody said takes whole sentences
_NOTE = "以下"  # a help that begins so speaks of all that follows: it stands above its question, not under the label
_WEIGHT = {"integer": 12, "date": 15, "datetime": 16, "money": 12}
_TEXT, _LEAST, _MOST = 20, 11, 22
_CROWDED = 14  # what every column weighs about in a list of _CROWDED_FROM and more
_CROWDED_FROM = 8
_SMALL_FROM = 6  # columns from which a list is set smaller


def pairs(questions: Sequence[Question], *, dense: bool = False) -> str:
    """Label and value side by side; two short ones share a row.

    A help that begins with 以下 becomes a line of its own above its question. `dense`: a text counts as short also when
    its label says that a few words answer it (主持人, 文书文号).
    """
    rows, waiting = [], list(questions)
    while waiting:
        first = waiting.pop(0)
        if first.hint.startswith(_NOTE):
            rows.append(_note(first.hint))
            first = replace(first, hint="")
        if is_short(first, dense) and waiting and is_short(waiting[0], dense) and not waiting[0].hint.startswith(_NOTE):
            second = waiting.pop(0)
            rows.append(_row(_label(first) + _value(first, 1) + _label(second) + _value(second, 1)))
        else:
            rows.append(_row(_label(first) + _value(first, 3)))
    return _table([_LABEL, _VALUE] * 2, rows)


def listing(name: str, columns: Sequence[Question], rows: Sequence[Sequence[Answer]], none: bool | None) -> str:
    """A box 无 above a header row, and the rows of answers. `none`: the box is ticked; None: there is no box."""
    widths = widths_of(columns)
    small = len(columns) >= _SMALL_FROM
    away = box(f"{name}!none", NONE, bool(none)) + run(
        "（确无内容的，只勾选此框，下表留空）", '<w:rStyle w:val="Hint"/>'
    )
    # Word repeats rows on the next page only from the first row on, so this one is a header too
    top = "" if none is None else _row(_cell(_paragraph(away), WIDTH, span=len(columns)), header=True)
    heads = "".join(_cell(_caption(q), width, shaded=True) for q, width in zip(columns, widths, strict=True))
    lines = [
        _row("".join(_cell(_paragraph(control(a), small), w) for a, w in zip(row, widths, strict=True))) for row in rows
    ]
    return _table(widths, [top, _row(heads, header=True), *lines])


def _note(words: str) -> str:
    line = _paragraph(run(words, '<w:rStyle w:val="Hint"/>'), small=True, stays=True)
    return _row(_cell(line, WIDTH, span=4), low=True)


def is_short(question: Question, dense: bool) -> bool:
    """Whether half a line is enough for the answer."""
    fact, text = question.answer.fact, question.answer.text
    if len(text) > _SHORT_TEXT and "{{" not in text:
        return False
    if fact is None or fact.type in _SHORT:
        return True
    if fact.type == "choice":
        return max((len(choice.label) for choice in fact.choices), default=0) <= _SHORT_TEXT
    brief = bool(fact.personal) or (question.sized and 0 < len(question.example) <= _SHORT_TEXT)
    label = question.answer.label
    if dense and not fact.choices and label.endswith(_BRIEF) and not label.startswith(_SAID):
        return True
    return fact.type == "text" and brief


def widths_of(columns: Sequence[Question]) -> list[int]:
    """Of the columns of a list, in twips: together WIDTH."""
    weights = [_weight(question) for question in columns]
    if len(columns) >= _CROWDED_FROM:
        weights = [min(max(weight, _CROWDED), _CROWDED + 1) for weight in weights]
    widths = [WIDTH * weight // sum(weights) for weight in weights]
    widths[-1] += WIDTH - sum(widths)
    return widths


def _weight(question: Question) -> int:
    """About the digits that fit on a line: two for each character of the longest choice, and its box."""
    fact = question.answer.fact
    if fact is None:
        return _TEXT
    if fact.type in {"choice", "flag", "set"} and (fact.choices or fact.type == "flag"):
        longest = max(len(choice.label) for choice in fact.choices or YES_NO)
        return min(_MOST, max(_LEAST, 5 + 2 * longest))
    return _WEIGHT.get(fact.type, _TEXT)


def _caption(question: Question) -> str:
    star = run("＊", '<w:rStyle w:val="Required"/>') if question.required else ""
    return _paragraph(run(question.answer.label, "<w:b/>") + star, centred=True) + _hint(question)


def _label(question: Question) -> str:
    return _cell(_caption(question), _LABEL, shaded=True)


def _hint(question: Question) -> str:
    example = question.example
    if not example and not question.hint and question.answer.fact and question.answer.fact.type == "datetime":
        example = "2026年7月8日15时10分"
    parts = [question.hint, f"例：{example}" if example else ""]
    lines = [_paragraph(run(part), centred=True, style="HintText") for part in parts if part]
    return "".join(lines)


def _value(question: Question, span: int) -> str:
    return _cell(_paragraph(control(question.answer)), _VALUE if span == 1 else WIDTH - _LABEL, span=span)


def _paragraph(
    content: str, small: bool = False, *, centred: bool = False, stays: bool = False, style: str = ""
) -> str:
    name = style or ("SmallCell" if small else "Cell")
    place = '<w:jc w:val="center"/>' if centred else ""
    keep = "<w:keepNext/>" if stays else ""  # on the page of what comes next
    return f'<w:p><w:pPr><w:pStyle w:val="{name}"/>{keep}{place}</w:pPr>{content}</w:p>'


def _cell(content: str, width: int, *, span: int = 1, shaded: bool = False) -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    fill = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' if shaded else ""
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f'<w:tc><w:tcPr>{size}{wide}{fill}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


def _row(cells: str, *, header: bool = False, low: bool = False) -> str:
    again = "<w:tblHeader/>" if header else ""
    height = f'<w:trHeight w:val="{_LOW if low else _HIGH}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{again}</w:trPr>{cells}</w:tr>"


def _table(widths: Sequence[int], rows: Sequence[str]) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="404040"/>'
        for side, size in (("top", 8), ("left", 8), ("bottom", 8), ("right", 8), ("insideH", 4), ("insideV", 4))
    )
    margins = '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
