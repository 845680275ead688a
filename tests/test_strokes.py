"""Blanks: struck out where there is nothing, a line where the hand writes, and nowhere else one that may stay empty."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from contexts import drafted, issued, receipt
from paperwork import catalogue, printing
from paperwork.rendering import MissingFacts, check, needs, render, text_of
from paperwork.showing import items_shown

ROOT = Path(__file__).resolve().parent.parent
KNOWN = catalogue.load(ROOT)


def template(*rows: tuple[str, str], line: str = "文书") -> bytes:
    """A line, and a form of two columns."""
    word = Document()
    word.add_paragraph(line)
    table = word.add_table(len(rows), 2)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def blanks(data: bytes) -> list[str]:
    return [p.what for p in check(data, needs(data)) if p.code == "E-TEMPLATE-BLANK"]


@pytest.mark.parametrize(
    "cell",
    ["", "　", "{% if party.phone %}{{party.phone}}{% endif %}", "{% for o in officers %}{{o.name}}{% endfor %}",
     "{% if party.phone %}{{party.phone}}{% else %} {% endif %}"],
)  # fmt: skip
def test_a_cell_that_may_stay_empty_is_a_fault_of_the_template_with_its_row(cell: str) -> None:
    (told,) = blanks(template(("案由", "{{case.act}}"), ("联系电话", cell)))
    assert "联系电话" in told


@pytest.mark.parametrize(
    "cell",
    ["{{party.phone}}", "____", "／", "{% if party.phone == '' %}／{% else %}{{party.phone}}{% endif %}",
     "{% for o in officers %}{{o.name}}{% else %}／{% endfor %}", "电话：{% if party.phone %}{{party.phone}}{% endif %}"],
)  # fmt: skip
def test_a_cell_that_is_always_answered_struck_out_or_marked_for_the_hand_is_none(cell: str) -> None:
    assert blanks(template(("联系电话", cell))) == []


@pytest.mark.parametrize("tag", ["{{party.phone or ''}}", "{{party.phone|default('')}}", "{{'' if a.b else a.c}}"])
def test_a_value_that_may_print_as_nothing_is_a_fault(tag: str) -> None:
    assert len(blanks(template(("甲", "乙"), line=f"电话：{tag}"))) == 1


def test_no_template_of_the_bureau_has_such_a_place() -> None:
    data = {kind.kind: (kind.folder / "template.docx").read_bytes() for kind in KNOWN.kinds.values()}
    assert {kind: found for kind, one in data.items() if (found := blanks(one))} == {}


STRUCK = template(("联系电话", "{% if party.phone == '' %}／{% else %}{{party.phone}}{% endif %}"))


def paper(**party: str) -> dict[str, Any]:
    return {"doc": {"draft": False}, "party": party}


def test_what_is_not_there_is_struck_out_and_what_nobody_answered_makes_no_paper() -> None:
    assert "／" in text_of(render(STRUCK, paper(phone="")))
    assert "139" in text_of(render(STRUCK, paper(phone="139")))
    with pytest.raises(MissingFacts) as missing:
        render(STRUCK, paper())
    assert missing.value.names == ("party.phone",)


@pytest.mark.parametrize(
    "tag", ["{{party.phone}}", "{{party.phone|trim('。')}}", "{% if 1 %}{{party.phone}}{% endif %}"]
)
@pytest.mark.parametrize("draft", [True, False])
def test_an_answer_that_is_nothing_is_never_printed_as_a_blank(tag: str, draft: bool) -> None:
    context = {**paper(phone=""), "doc": {"draft": draft}}
    with pytest.raises(MissingFacts) as missing:
        render(template(("联系电话", tag)), context)
    assert missing.value.names == ("party.phone",)


def test_a_foreign_template_prints_nothing_where_its_data_say_so() -> None:
    assert "联系电话" in text_of(render(template(("联系电话", "{{party.phone}}")), {"party": {"phone": ""}}))


def test_a_draft_leaves_empty_only_what_issuing_gives() -> None:
    data = template(("文号", "{{doc.number}}"), ("案号", "{{case.no}}"))
    context: dict[str, Any] = {"doc": {"draft": True, "number": ""}, "case": {"no": ""}}
    render(data, context)
    with pytest.raises(MissingFacts):
        render(data, {**context, "doc": {"draft": False, "number": "1号"}})


def test_the_context_keeps_what_was_answered_with_nothing() -> None:
    fact = KNOWN.facts["services"]
    assert items_shown(({"place": "", "method": "direct"},), fact)[0]["place"] == ""
    assert "place" not in items_shown(({"method": "direct"},), fact)[0]


def test_a_line_left_to_the_hand_is_no_mistake_of_an_issued_paper() -> None:
    was: dict[str, Any] = {"services": [{"on": "1"}], "party": {"name": "甲"}}
    now: dict[str, Any] = {"services": [{"on": "1", "place": ""}], "party": {"name": "甲", "phone": ""}}
    assert printing.difference(was, now) == []
    assert printing.difference(was, {**now, "party": {"name": "乙"}}) == [("party.name", "甲", "乙")]


def test_the_receipt_of_service_strikes_out_or_leaves_a_line() -> None:
    context = receipt()
    del context["services"][0]["place"]
    context["services"][0]["reason"] = ""
    lines = text_of(render((KNOWN.kinds["service_receipt"].folder / "template.docx").read_bytes(), context)).split("\n")
    assert lines[lines.index("送达地点") + 1] == "____"
    assert lines[lines.index("拒收事由") + 1] == "／"


def test_a_draft_and_its_issued_paper_have_no_blank() -> None:
    data = (KNOWN.kinds["no_penalty_decision"].folder / "template.docx").read_bytes()
    for context in (drafted(), issued()):
        render(data, context)
        with pytest.raises(MissingFacts):
            render(data, {**context, "party": {**context["party"], "address": ""}})
