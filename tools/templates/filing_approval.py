"""D-10 立案（不予立案）审批表 (domain 3.2): the clue, the first evidence, the proposal and the opinions."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.no_penalty_approval import opinions
from tools.templates.phrases import ACT, LED, OFFICER_SIGNS, OFFICERS, TIDY, boxes, by_hand
from tools.templates.tables import FORM, Table, cell, centred, label, opinion

NOT_FILED = "measure.name == '不予立案'"


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.draft_mark()
    paper.organ()
    paper.title(f"{{% if {NOT_FILED} %}}不予立案审批表{{% else %}}立案审批表{{% endif %}}")
    form = paper.table(*FORM)
    _case(form)
    _proposal(form)
    opinions(form)
    paper.end_with_table()
    return paper


def _case(form: Table) -> None:
    form.row(label("案号", "（案源编号）"), cell("{{matter.ref}}", span=3))
    form.row(label("案由"), cell(f"涉嫌{ACT}", span=3))
    source = "{{case.source or lead.channel}}{% if case.source_ref %}（{{case.source_ref}}）{% endif %}"
    form.row(
        label("案件来源"), cell(source),
        label("发现日期"), centred("{{case.found_on or lead.received_on}}"),
    )  # fmt: skip
    form.row(label("当事人"), cell("{{party.name}}", span=3))
    with form.when("party.is_person"):
        form.row(label("证件号码"), cell(by_hand("party.id_no"), span=3))
    with form.when("not party.is_person"):
        form.row(
            label("统一社会", "信用代码"), centred(by_hand("party.uscc")),
            label("{{party.legal_rep_title or '法定代表人'}}"), centred(by_hand("party.legal_rep")),
        )  # fmt: skip
    form.row(label("住所（住址）"), cell(by_hand("party.address"), span=3))
    form.row(label("联系电话"), centred(by_hand("party.phone")), label("承办机构"), centred("{{unit}}"))


def _proposal(form: Table) -> None:
    form.row(label("线索摘要"), cell(f"{{{{filing.clue|{TIDY}}}}}。", span=3))
    form.row(label("初步证据"), cell(f"{{{{(filing.evidence or '无')|{TIDY}}}}}。", span=3))
    form.row(label("涉嫌违反", "的规定"), cell(f"{{{{(filing.suspected or '无')|{TIDY}}}}}。", span=3))
    with form.when(NOT_FILED):
        form.row(label("不予立案", "理由类别"), cell("{{filing.ground}}", span=3))
    form.row(label("理由"), cell(f"{{{{filing.reason|{TIDY}}}}}。", span=3))
    form.row(label("拟指定承办人"), cell("{{filing.handlers|join('、')}}", span=3))
    form.row(label("执法人员"), cell(OFFICERS, span=3))
    proposal = LED + "建议：" + boxes("filing.proposal", "立案", "不予立案")
    law = f"{{% if not ({NOT_FILED}) %}}依据{{{{measure.procedure}}}}的规定，建议予以立案。{{% endif %}}"
    form.row(label("承办人意见"), opinion(proposal, law, signed=OFFICER_SIGNS, span=3))
