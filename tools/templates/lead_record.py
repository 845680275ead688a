"""D-39 案源登记表 (domain 12.3): the start of every matter; the informant is not named here."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, LED, SIGN, TIDY, boxes, by_hand
from tools.templates.tables import FORM, Table, cell, centred, label, opinion

FROM = (
    "{% if lead.from_org %}{{lead.from_org}}{% if lead.from_doc_no %}（{{lead.from_doc_no}}）{% endif %}"
    "{% else %}{{lead.from_doc_no}}{% endif %}"
)


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("案源登记表")
    paper.number("编号：{{doc.number}}")
    form = paper.table(*FORM)
    _head(form)
    _party(form)
    _handling(form)
    paper.end_with_table()
    return paper


def _head(form: Table) -> None:
    form.row(label("接收日期"), centred("{{lead.received_on}}"), label("承办机构"), centred("{{unit}}"))
    channels = ("日常检查", "双随机", "投诉举报", "移送", "交办", "网络巡查", "来文")
    form.row(label("案源渠道"), cell(LED + boxes("lead.channel", *channels), span=3))
    with form.when("lead.from_org or lead.from_doc_no"):
        form.row(label("来文（移送）", "单位及文号"), cell(FROM, span=3))
    with form.when("lead.informant"):
        form.row(label("举报人"), cell("实名举报，举报人情况另行密封。", span=3))


def _party(form: Table) -> None:
    with form.when("party.name"):
        form.row(label("当事人"), cell("{{party.name}}", span=3))
        with form.when("party.is_person and party.id_no"):
            form.row(label("证件号码"), cell("{{party.id_no}}", span=3))
        with form.when("not party.is_person and party.uscc"):
            form.row(
                label("统一社会", "信用代码"), centred("{{party.uscc}}"),
                label("法定代表人", "（负责人）"), centred(by_hand("party.legal_rep")),
            )  # fmt: skip
        form.row(
            label("住所（住址）"), cell(by_hand("party.address")), label("联系电话"), centred(by_hand("party.phone"))
        )
    with form.when("not party.name"):
        form.row(label("当事人"), cell("登记时不明。", span=3))


def _handling(form: Table) -> None:
    form.row(label("案源内容"), cell(f"{{{{lead.summary|{TIDY}}}}}。", span=3))
    listed = "{% if lead.attachments %}{{lead.attachments|join('；')}}{% else %}无{% endif %}"
    form.row(label("附件"), cell(listed, span=3))
    suggestion = boxes("lead.suggestion", "核查", "转办", "移送", "存档")
    form.row(label("处理建议"), opinion(LED + suggestion, signed=f"登记人（签名）：{SIGN}　{BY_HAND}", span=3))
    checked = (
        f"{{% if lead.check_result %}}{{{{lead.check_result|{TIDY}}}}}。"
        "{% if lead.checked_by %}（核查人：{{lead.checked_by|join('、')}}"
        "{% if lead.checked_on %}，{{lead.checked_on}}{% endif %}）{% endif %}{% endif %}"
    )
    form.row(label("核查情况"), opinion(checked, signed=f"核查人（签名）：{SIGN}、{SIGN}　{BY_HAND}", span=3))
    form.row(label("部门负责人", "意见"), opinion("", signed=f"（签名）：{SIGN}　{BY_HAND}", span=3))
