"""D-20 法制审核意见书 (domain 3.2, 行政处罚法 art 58): eight heads, the conclusion and who reviewed."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import ACT, BY_HAND, LED, SIGN, STROKE, TIDY
from tools.templates.tables import FORM, Table, cell, centred, label, opinion

HEADS = {
    "主体": "subject",
    "管辖": "jurisdiction",
    "事实和证据": "facts",
    "定性": "nature",
    "适用依据": "basis",
    "程序": "procedure",
    "裁量": "discretion",
    "文书": "papers",
}
MINE = "r in (reviews or []) if r.draft == approval.draft"


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("法制审核意见书")
    form = paper.table(*FORM)
    _case(form)
    _heads(form)
    _conclusion(form)
    paper.end_with_table()
    return paper


def one(name: str) -> str:
    """What the reviewer wrote under this head for this draft; boxes for the hand where nothing was typed."""
    by_hand = f"□符合规定　□存在问题：{SIGN}"
    typed = f"{{% if r.{name} %}}{{{{r.{name}|{TIDY}}}}}。{{% else %}}{by_hand}{{% endif %}}"
    return f"{{% for {MINE} %}}{typed}{{% else %}}{by_hand}{{% endfor %}}"


def _case(form: Table) -> None:
    form.row(label("案号"), cell("{{matter.ref}}", span=3))
    form.row(label("案由"), cell(ACT, span=3))
    form.row(label("当事人"), cell("{{party.name}}", span=3))
    form.row(label("送审机构"), centred("{{unit}}"), label("审批代码"), centred("{{approval.draft}}"))
    form.row(label("送审的", "处理建议"), cell("{{measure.label}}", span=3))
    received = f"{{% for {MINE} %}}{{{{r.in_on}}}}{{% else %}}{BY_HAND}{{% endfor %}}"
    form.row(label("收到材料日期"), centred(received), label("审核日期"), centred("{{approval.on}}"))


def _heads(form: Table) -> None:
    for head, name in HEADS.items():
        form.row(label(head), cell(LED + one(name), span=3))
    given = f"{{% if r.governing %}}{{{{r.governing|{TIDY}}}}}。{{% else %}}{STROKE}{{% endif %}}"
    governing = f"{{% for {MINE} %}}{given}{{% else %}}{SIGN}{{% endfor %}}"
    form.row(label("法律竞合"), cell(governing, span=3, high=1))


def _conclusion(form: Table) -> None:
    told = (
        f"{{% for {MINE} %}}{{{{r.conclusion}}}}{{% else %}}{{{{approval.decision}}}}{{% endfor %}}。"
        f"{{% if approval.opinion %}}{{{{approval.opinion|{TIDY}}}}}。{{% endif %}}"
    )
    held = f"{{% for {MINE} if r.certificate %}}法律职业资格证号：{{{{r.certificate}}}}　{{% endfor %}}"
    signed = f"审核人：{{{{approval.person}}}}（签名）：{SIGN}　{{{{approval.on}}}}"
    form.row(label("审核结论", "和意见"), opinion(told, held, signed=signed, span=3))
    form.row(label("说明"), cell("未经法制审核或者审核未通过的，不得作出决定。", span=3))
