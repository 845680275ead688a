"""D-41 撤案审批表 (domain 12.3): time-barred, or the party is gone; nothing is decided against anybody."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.no_penalty_approval import opinions
from tools.templates.phrases import ACT, OFFICER_SIGNS, OFFICERS, TIDY
from tools.templates.tables import FORM, cell, centred, label, opinion


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.draft_mark()
    paper.organ()
    paper.title("撤销案件审批表")
    form = paper.table(*FORM)
    form.row(label("案号"), cell("{{case.no}}", span=3))
    form.row(label("案由"), cell(f"涉嫌{ACT}", span=3))
    form.row(label("当事人"), cell("{{party.name}}", span=3))
    form.row(label("立案日期"), centred("{{case.filed_on}}"), label("承办机构"), centred("{{unit}}"))
    form.row(label("承办人"), cell(OFFICERS, span=3))
    form.row(label("查明的事实"), cell(f"{{{{fact.narrative|{TIDY}}}}}。", span=3))
    form.row(label("违法行为日"), centred("{{act.date}}"), label("被发现之日"), centred("{{case.discovered_on}}"))
    law = "{% if measure.grounds %}（依据{{measure.grounds}}）{% endif %}"
    form.row(label("撤案理由"), cell("{{measure.label}}" + law + "。", span=3))
    form.row(label("承办人意见"), opinion("建议撤销本案。", signed=OFFICER_SIGNS, span=3))
    opinions(form)
    paper.end_with_table()
    return paper
