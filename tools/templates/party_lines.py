"""Who a decision or a notice is about, as its first lines say it; shared by the papers that are served."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import ID_LABEL, LICENCE_OF_UNIT


def party_lines(paper: Paper) -> None:
    """Person or unit with what identifies it (行政处罚法 art 59 para 1 item 1)."""
    paper.flush("当事人：{{party.name}}")
    with paper.when("party.is_person"):
        paper.flush(f"性别：{{{{party.gender}}}}　出生日期：{{{{party.birth}}}}　{ID_LABEL}：{{{{party.id_no}}}}")
        paper.flush("住址：{{party.address}}")
    with paper.otherwise():
        paper.flush(f"主体资格证照名称：{LICENCE_OF_UNIT}")
        paper.flush("统一社会信用代码：{{party.uscc}}")
        with paper.each("l in party.licences or []"):
            valid = "{% if l.valid_to %}（有效期至{{l.valid_to}}）{% endif %}"
            paper.flush("许可证件名称及编号：{{l.name}} {{l.no}}" + valid)
        paper.flush("住所（经营场所）：{{party.address}}")
        paper.flush(
            "{{party.legal_rep_title}}：{{party.legal_rep}}"
            "{% if party.kind == '个体工商户' %}　公民身份号码：{{party.legal_rep_id_no}}{% endif %}"
        )
    with paper.when("party.guardian"):
        paper.flush("监护人：{{party.guardian}}")
