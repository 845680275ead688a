"""A form as a blank fillable PDF: A4 upright, the questions of the Word form with a field for every answer."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportlab.lib.textsplit import wordSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from paperwork.blanks.controls import NONE, YES_NO, Answer, names
from paperwork.blanks.prefilled import EMPTY, Prefilled
from paperwork.blanks.questions import Asked, Listed, Question, identification, parts
from paperwork.blanks.tables import WIDTH, is_short, widths_of
from paperwork.model import Fact, Form
from paperwork.pdfform import Kind, Spot, with_fields

FONT = "STSong-Light"
_A4 = (595.28, 841.89)
_LEFT, _TOP, _BOTTOM = 56.7, 790.0, 56.0
_WIDE = WIDTH / 20
_LABEL, _VALUE = 105.0, _WIDE / 2 - 105.0
_BODY, _SMALL, _HEAD, _TITLE = 10.5, 8.0, 12.0, 18.0
_LINES = 3  # lines of room for an answer in sentences
_ROOM = 2  # times as many rows as in Word, where rows can be added
_ROW = 24.0
_HANGS = "，。；：、！？）」》”＊"


def build(form: Form, facts: Mapping[str, Fact], prefilled: Prefilled = EMPTY) -> bytes:
    """The blank of `form`; the same bytes for the same arguments. Errors as of the Word blank."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    paper = _Paper(form)
    paper.title()
    paper.part(identification(form, prefilled))
    for section in form.sections:
        asked = list(parts(section, facts, prefilled))
        paper.heading(section.title, 6 * _ROW if isinstance(asked[0], Listed) else 3 * _ROW)
        for part in asked:
            paper.part(part)
    return with_fields(paper.drawn(), paper.spots, form.id, form.version)


@dataclass
class _Paper:
    """Pages being drawn from the top down. `y` is the lower edge of what stands so far."""

    form: Form
    spots: list[Spot] = field(default_factory=list)
    page: int = 0
    y: float = _TOP

    def __post_init__(self) -> None:
        self._data = io.BytesIO()
        self.canvas = Canvas(self._data, pagesize=_A4, invariant=1, pageCompression=1)
        self.canvas.setTitle(self.form.title)

    def drawn(self) -> bytes:
        self._foot()
        self.canvas.save()
        return self._data.getvalue()

    # ── words ──

    def title(self) -> None:
        self._said(self.form.title, _LEFT + _WIDE / 2, self.y - _TITLE, _TITLE, centred=True)
        self.y -= _TITLE + 12
        for line in _split(self.form.intro, _BODY, _WIDE):
            self._said(line, _LEFT, self.y - _BODY, _BODY)
            self.y -= _BODY + 5
        self.y -= 4

    def heading(self, text: str, below: float) -> None:
        """`below`: height of what must stand on the same page."""
        self._room(_HEAD + 14 + below)
        self._said(text, _LEFT, self.y - _HEAD - 8, _HEAD)
        self.y -= _HEAD + 14

    def _said(self, text: str, x: float, y: float, size: float, *, centred: bool = False) -> None:
        self.canvas.setFont(FONT, size)
        (self.canvas.drawCentredString if centred else self.canvas.drawString)(x, y, text)

    # ── parts ──

    def part(self, part: Asked | Listed) -> None:
        self._listing(part) if isinstance(part, Listed) else self._pairs(part)
        self.y -= 6

    def _pairs(self, asked: Asked) -> None:
        waiting = list(asked.questions)
        while waiting:
            row = [waiting.pop(0)]
            if is_short(row[0], asked.dense) and waiting and is_short(waiting[0], asked.dense):
                row.append(waiting.pop(0))
            wide = _VALUE if len(row) == 2 else _WIDE - _LABEL
            high = max(max(_label_height(q, _LABEL), self._height(q, wide, len(row) == 2)) for q in row)
            self._room(high)
            x = _LEFT
            for question in row:
                self._label(question, (x, self.y - high, _LABEL, high))
                self._value(question, (x + _LABEL, self.y - high, wide, high), len(row) == 2)
                x += _LABEL + wide
            self.y -= high

    def _listing(self, listed: Listed) -> None:
        widths = [wide / 20 for wide in widths_of(listed.columns)]
        head = max(_label_height(q, wide) for q, wide in zip(listed.columns, widths, strict=True))
        rows = [*listed.rows, *_more(listed)]
        self._room(head + 3 * _ROW)
        if listed.none is not None:
            cell = (_LEFT, self.y - _ROW, _WIDE, _ROW)
            self._frame(cell)
            away = f"{NONE}（确无内容的，只勾选此框，下表留空）"
            self._boxes([(f"{listed.name}!none", away, bool(listed.none))], cell)
            self.y -= _ROW
        self._heads(listed, widths, head)
        for row in rows:
            if self._room(_ROW):
                self._heads(listed, widths, head)
            x = _LEFT
            for question, answer, wide in zip(listed.columns, row, widths, strict=True):
                self._frame((x, self.y - _ROW, wide, _ROW))
                self._field(answer, question, (x, self.y - _ROW, wide, _ROW), in_list=True)
                x += wide
            self.y -= _ROW

    def _heads(self, listed: Listed, widths: Sequence[float], high: float) -> None:
        x = _LEFT
        for question, wide in zip(listed.columns, widths, strict=True):
            self._label(question, (x, self.y - high, wide, high))
            x += wide
        self.y -= high

    # ── cells ──

    def _label(self, question: Question, cell: tuple[float, float, float, float]) -> None:
        x, y, wide, high = cell
        self._frame(cell, shaded=True)
        lines = [(line, _BODY) for line in _label_lines(question, wide)]
        lines += [(line, _SMALL) for line in _hint_lines(question, wide)]
        top = y + high - (high - sum(size + 3 for _, size in lines)) / 2
        for line, size in lines:
            top -= size + 1
            self.canvas.setFillGray(0 if size == _BODY else 0.45)
            self._said(line, x + wide / 2, top, size, centred=True)
            top -= 2
        self.canvas.setFillGray(0)

    def _value(self, question: Question, cell: tuple[float, float, float, float], half: bool) -> None:
        self._frame(cell)
        boxes = list(_boxes_of(question.answer))
        if boxes:
            self._boxes(boxes, cell)
        else:
            lines = not half and _in_sentences(question.answer)
            self._field(question.answer, question, cell, in_list=False, lines=lines)

    def _boxes(self, boxes: Sequence[tuple[str, str, bool]], cell: tuple[float, float, float, float]) -> None:
        x, y, wide, high = cell
        for tag, label, ticked, left, down in _flow(boxes, wide):
            top = y + high - 6 - down * 16
            at = (x + left, top - 11, x + left + 11, top)
            self.canvas.rect(at[0], at[1], 11, 11)
            self.spots.append(Spot(self.page, at, tag, "box", label, "yes" if ticked else ""))
            self._said(label, x + left + 14, top - 9.5, _BODY)

    def _field(
        self, answer: Answer, question: Question, cell: tuple[float, float, float, float], *, in_list: bool,
        lines: bool = False,
    ) -> None:  # fmt: skip
        x, y, wide, high = cell
        fact = answer.fact
        choices: tuple[str, ...] = ()
        if fact is not None and (fact.type == "choice" or (in_list and fact.type == "flag")):
            choices = tuple(choice.label for choice in fact.choices or YES_NO)
        kind: Kind = "choice" if choices else "lines" if lines else "text"
        label = question.answer.label + (f"：{question.hint}" if question.hint else "")
        text = next((c.label for c in fact.choices if answer.text == c.code), answer.text) if fact else answer.text
        box = (x + 2, y + 2, x + wide - 2, y + high - 2)
        self.spots.append(
            Spot(self.page, box, answer.tag, kind, label, text, choices, answer.locked, question.required)
        )  # fmt: skip

    def _height(self, question: Question, wide: float, half: bool) -> float:
        boxes = list(_boxes_of(question.answer))
        if boxes:
            return 8 + 16 * (1 + max(down for *_, down in _flow(boxes, wide)))
        return _ROW if half or not _in_sentences(question.answer) else _LINES * 15 + 6

    def _frame(self, cell: tuple[float, float, float, float], *, shaded: bool = False) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.setStrokeGray(0.25)
        self.canvas.setFillGray(0.95)
        self.canvas.rect(*cell, fill=int(shaded))
        self.canvas.setFillGray(0)

    # ── pages ──

    def _room(self, high: float) -> bool:
        """Begin a new page when there is no room for this on the old one."""
        if self.y - high >= _BOTTOM:
            return False
        self._foot()
        self.canvas.showPage()
        self.page += 1
        self.y = _TOP
        return True

    def _foot(self) -> None:
        self.canvas.setFillGray(0.45)
        self._said(f"表单：{self.form.id} 第{self.form.version}版", _LEFT, 34, 9)
        self._said(f"第 {self.page + 1} 页", _LEFT + _WIDE - 36, 34, 9)
        self.canvas.setFillGray(0)


def _more(listed: Listed) -> Iterator[list[Answer]]:
    """Empty rows beyond those of the Word form, where a row can be added; none where exactly these are asked."""
    count = len(listed.rows)
    for n in range(count, count * _ROOM if listed.none is not None else count):
        tags = [answer.tag.replace(f"[{count - 1}]", f"[{n}]") for answer in listed.rows[-1]]
        yield [Answer(tag, a.label, a.fact) for tag, a in zip(tags, listed.rows[-1], strict=True)]


def _boxes_of(answer: Answer) -> Iterator[tuple[str, str, bool]]:
    """(tag, label, ticked) of the boxes that ask for this answer."""
    fact = answer.fact
    if fact is None or fact.type not in ("flag", "set") or (fact.type == "set" and not fact.choices):
        return
    given = names(answer.text)
    for choice in YES_NO if fact.type == "flag" else fact.choices:
        yield f"{answer.tag}={choice.code}", choice.label, choice.code in given or choice.label in given
    if fact.type == "set" and NONE not in {choice.label for choice in fact.choices}:
        yield f"{answer.tag}!none", NONE, NONE in given


def _flow(boxes: Sequence[tuple[str, str, bool]], wide: float) -> Iterator[tuple[str, str, bool, float, int]]:
    """Boxes with their labels on as many lines as they need: … and how far from the left, on which line."""
    left, down = 6.0, 0
    for tag, label, ticked in boxes:
        need = 14 + pdfmetrics.stringWidth(label, FONT, _BODY) + 12
        if left > 6.0 and left + need > wide:
            left, down = 6.0, down + 1
        yield tag, label, ticked, left, down
        left += need


def _in_sentences(answer: Answer) -> bool:
    fact = answer.fact
    if fact is None or fact.choices or fact.check or fact.personal:
        return False
    return fact.type in ("text", "set")


def _label_lines(question: Question, wide: float) -> list[str]:
    star = "＊" if question.required else ""
    return _split(question.answer.label + star, _BODY, wide - 14)


def _hint_lines(question: Question, wide: float) -> list[str]:
    example = question.example
    if not example and question.answer.fact and question.answer.fact.type in ("date", "datetime"):
        example = "2026年7月8日" + ("15时10分" if question.answer.fact.type == "datetime" else "")
    said = [question.hint, f"例：{example}" if example else ""]
    return [line for part in said if part for line in _split(part, _SMALL, wide - 14)]


def _split(text: str, size: float, wide: float) -> list[str]:
    """Lines of Chinese: broken anywhere, but no line begins with what belongs to the word before it."""
    lines: list[str] = []
    for part in (part for part in text.split("\n") if part):
        for n, (_, line) in enumerate(wordSplit(part, [wide], FONT, size)):
            rest = line.lstrip(_HANGS)
            if n:
                lines[-1] += line[: len(line) - len(rest)]
            lines += [rest] if rest or not n else []
    return lines


def _label_height(question: Question, wide: float) -> float:
    lines = len(_label_lines(question, wide)) * (_BODY + 3) + len(_hint_lines(question, wide)) * (_SMALL + 3)
    return max(_ROW, lines + 6)
