"""D-09 整改复查记录 (domain 3.2): what was asked for, what was found, signed by two officers and the party."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, LED, SIGN, boxes, carded
from tools.templates.tables import Table, cell, head, label, opinion

PRESENT = f"{{% if recheck.party_person %}}{{{{recheck.party_person}}}}{{% else %}}{SIGN}{{% endif %}}"
"""Who was there for the party: a name, or the line on which that person writes it."""


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("整改复查记录")
    paper.number("编号：{{doc.number}}")
    form = paper.table(2, 4, 2, 4)
    form.row(label("当事人"), cell("{{party.name}}", span=3))
    form.row(label("复查时间"), cell("{{recheck.dt}}"), label("在场人员"), cell(PRESENT))
    form.row(label("复查地点"), cell("{{recheck.place}}", span=3))
    form.row(label("原文书"), cell("《{{recheck.orig_title}}》（{{recheck.orig_no}}）", span=3))
    form.row(label("复查人"), cell(carded("recheck.by"), span=3))
    _findings(form)
    _signatures(form)
    paper.end_with_table()
    return paper


def _findings(form: Table) -> None:
    form.row(head("要求（建议）整改的事项", span=2), head("复查情况", span=2))
    form.row(cell("{{recheck.required}}", span=2), cell("{{recheck.found}}", span=2))
    form.row(label("复查证据"), cell("{{recheck.evidence}}", span=3))
    conclusion = boxes("recheck.conclusion", "已整改", "部分整改", "未整改")
    form.row(label("复查结论"), cell(LED + conclusion, span=3))
    # What is not yet done must say how it goes on; what is done need not.
    with form.when("recheck.next or recheck.conclusion != '已整改'"):
        form.row(label("下一步"), cell("{{recheck.next}}", span=3))


def _signatures(form: Table) -> None:
    form.row(
        label("当事人", "意见"),
        opinion("（由当事人填写）", signed=f"当事人（签名或者盖章）：{SIGN}　{BY_HAND}", span=3),
    )
    form.row(label("复查人"), opinion(signed=f"复查人（签名）：{SIGN}、{SIGN}　{BY_HAND}", span=3))
    form.row(
        label("拒绝签名"),
        opinion(
            f"理由：{SIGN * 2}　见证人（签名）：{SIGN}",
            signed=f"复查人（签名）：{SIGN}、{SIGN}　{BY_HAND}",
            span=3,
        ),
    )
