"""Reading a filled Word form: our reader against python-docx, the same file, the same answers.

The form is the plain kind: a label in one cell, the answer in the next, typed without content controls, because that
is the kind that python-docx reads by itself. Our reader does more on the way (labels in other words, ticked boxes,
merged cells, what it could not place); python-docx only collects the cells.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

import docx
from measuring import Result, faster, ratio

from paperwork.model import Fact, Field, Form, Section
from paperwork.readers import read

GOAL = 8.0
SECTIONS, FIELDS = 4, 11
TITLE = "速度测量表"


def results() -> list[Result]:
    """One ratio: 44 answers in four tables."""
    form, facts = _form()
    data = _filled(form, facts)
    expected = {fact.label: f"{fact.label}的内容，共两句。这是第二句。" for fact in facts.values()}
    labels = {name: fact.label for name, fact in facts.items()}

    def ours() -> Mapping[str, str]:
        (found,) = read("form.docx", data, {form.id: form}, facts)
        return {labels[name]: str(raw.value) for name, raw in found.values.items()}

    def theirs() -> Mapping[str, str]:
        rows = (row.cells for table in docx.Document(io.BytesIO(data)).tables for row in table.rows)
        return {label.text: answer.text for label, answer in rows}

    for way in (ours, theirs):
        if way() != expected:
            raise SystemExit(f"{way.__name__}: the answers differ, so there is nothing to compare")
    return [faster(f"read a Word form of {len(facts)} answers", ratio(ours, theirs), GOAL, "python-docx, cell by cell")]


def _form() -> tuple[Form, dict[str, Fact]]:
    numbers = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子"][:FIELDS]
    facts = {f"s{s}.f{n}": Fact(f"s{s}.f{n}", f"第{s}组{sign}项", "text")
             for s in range(1, SECTIONS + 1) for n, sign in enumerate(numbers)}  # fmt: skip
    sections = [
        Section(f"第{s}组", "sets", tuple(Field(name, fact.label) for name, fact in facts.items() if name[1] == str(s)))
        for s in range(1, SECTIONS + 1)
    ]
    return Form("speed", TITLE, 1, "case", "inbox", ("docx",), tuple(sections)), facts


def _filled(form: Form, facts: Mapping[str, Fact]) -> bytes:
    document = docx.Document()
    document.add_heading(form.title, 0)
    for section in form.sections:
        document.add_heading(section.title, 1)
        table = document.add_table(rows=0, cols=2, style="Table Grid")
        for field in section.fields:
            label, answer = table.add_row().cells
            label.text, answer.text = field.label, f"{field.label}的内容，共两句。这是第二句。"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
