"""D-40 结案审批表 (domain 12.3): what was decided, served and carried out, and the leave to close."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.no_penalty_approval import opinions
from tools.templates.phrases import ACT, BY_HAND, OFFICER_SIGNS, OFFICERS, SIGN, STROKE, TIDY
from tools.templates.tables import FORM, Table, cell, centred, label, opinion


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.draft_mark()
    paper.organ()
    paper.title("结案审批表")
    form = paper.table(*FORM)
    _case(form)
    _result(form)
    opinions(form)
    with form.when("not approvals"):
        for step in ("部门负责人", "负责人"):
            form.row(label(step, "意见"), opinion("", signed=f"（签名）：{SIGN}　{BY_HAND}", span=3))
    paper.end_with_table()
    return paper


def _case(form: Table) -> None:
    form.row(label("案号"), cell("{{case.no}}", span=3))
    form.row(label("案件名称"), cell("{{case.title}}", span=3))
    form.row(label("案由"), cell(ACT, span=3))
    form.row(label("当事人"), cell("{{party.name}}", span=3))
    form.row(label("立案日期"), centred("{{case.filed_on}}"), label("承办机构"), centred("{{unit}}"))
    form.row(label("承办人"), cell(OFFICERS, span=3))


def _result(form: Table) -> None:
    decision = "{% if decision.number %}{{decision.title}}（{{decision.number}}）{% else %}无{% endif %}"
    form.row(label("处理结果"), centred("{{case.result}}"), label("决定文书"), cell(decision))
    served = "{% if service.on %}{{service.on}}{% else %}—{% endif %}"
    decided = "{% if decision.on %}{{decision.on}}{% else %}—{% endif %}"
    form.row(label("决定日期"), centred(decided), label("送达日期"), centred(served))
    paid = (
        "{% for p in payments %}{{p.on}}缴款{{p.amount}}元（票据号{{p.receipt_no}}）"
        "{% if not loop.last %}；{% endif %}{% endfor %}。"
    )
    execution = (
        f"{{% if case.execution %}}{{{{case.execution}}}}。{{% if payments %}}{paid}{{% endif %}}"
        f"{{% elif payments %}}{paid}{{% else %}}{STROKE}{{% endif %}}"
    )
    form.row(label("执行情况"), cell(execution, span=3))
    goods = f"{{% if closing.goods %}}{{{{closing.goods|{TIDY}}}}}。{{% else %}}无涉案财物。{{% endif %}}"
    form.row(label("财物处理"), cell(goods, span=3))
    told = f"{{% if closing.summary %}}{{{{closing.summary|{TIDY}}}}}。{{% endif %}}"
    form.row(label("承办人意见"), opinion(told, "本案已经办理完毕，建议结案。", signed=OFFICER_SIGNS, span=3))
