"""D-47 延期（分期）缴纳罚款审批表 (domain 12.3, 行政处罚法 art 66)."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.no_penalty_approval import opinions
from tools.templates.phrases import OFFICER_SIGNS, TIDY, either
from tools.templates.tables import FORM, cell, centred, label, opinion


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.draft_mark()
    paper.organ()
    paper.title("延期（分期）缴纳罚款审批表")
    form = paper.table(*FORM)
    form.row(label("案号"), cell("{{case.no}}", span=3))
    form.row(label("当事人"), cell("{{party.name}}", span=3))
    form.row(label("决定书文号"), cell("{{decision.number}}", span=3))
    form.row(label("罚款金额"), centred("{{penalty.fine}}元"), label("申请日期"), centred("{{deferral.applied_on}}"))
    form.row(label("经济困难", "的情况"), cell(f"{{{{deferral.reason|{TIDY}}}}}。", span=3))
    form.row(label("证明材料"), cell(f"{{{{(deferral.proof or '无')|{TIDY}}}}}。", span=3))
    until = "{% if deferral.until %}，至{{deferral.until}}止{% endif %}"
    plan = f"{{% if deferral.plan %}}{{{{deferral.plan|join('；')}}}}{until}{{% else %}}—{{% endif %}}"
    form.row(label("缴纳计划"), cell(plan, span=3))
    advice = either("deferral.granted", "建议批准", "建议不予批准") + "。依据：{{measure.procedure}}。"
    form.row(label("承办人意见"), opinion(advice, signed=OFFICER_SIGNS, span=3))
    opinions(form)
    paper.end_with_table()
    return paper
