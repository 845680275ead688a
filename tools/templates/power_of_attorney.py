"""D-45 授权委托书 (domain 12.3): the party speaks; the powers are named one by one, the term has two ends."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, LED, ORDINAL, SIGN, boxes, struck

WHO = "{% if party.is_person %}本人{% else %}本单位{% endif %}"


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.title("授权委托书")
    _parties(paper)
    paper.text(
        f"{WHO}委托上列受托人，在{{{{org.name}}}}办理的{{% if case.act %}}涉及“{{{{case.act}}}}”的{{% endif %}}事项"
        "（{{matter.ref}}）中，作为代理人参加陈述、申辩、听证等活动。"
    )
    paper.text(f"委托类型：{LED}{boxes('agent.extent', '一般代理', '特别代理')}　代理权限：")
    with paper.each("power in agent.powers"):
        paper.text(f"（{ORDINAL}）{{{{power|trim('。；')}}}}{{% if loop.last %}}。{{% else %}}；{{% endif %}}")
    paper.text(
        "委托期限：自{{agent.from}}至{{agent.to}}。受托人在上述权限和期限内的代理行为，由委托人承担法律后果。"
        "受托人身份证明复印件附后。",
        held=True,
    )
    by_person = f"委托人（签名、捺指印）：{SIGN}"
    paper.hand(
        f"{{% if party.is_person %}}{by_person}{{% else %}}委托人（盖章）：{{{{party.name}}}}{{% endif %}}",
        f"{{% if not party.is_person %}}{{{{party.legal_rep_title}}}}（签名）：{SIGN}　{{% endif %}}{BY_HAND}",
        f"受托人（签名）：{SIGN}　{BY_HAND}",
    )
    return paper


def _parties(paper: Paper) -> None:
    with paper.when("party.is_person"):
        paper.flush("委托人：{{party.name}}　联系电话：" + struck("party.phone"))
        paper.flush("证件类型及号码：{{party.id_type}} {{party.id_no}}")
    with paper.otherwise():
        paper.flush("委托人：{{party.name}}")
        paper.flush("统一社会信用代码：{{party.uscc}}")
        paper.flush("{{party.legal_rep_title}}：{{party.legal_rep}}　联系电话：" + struck("party.phone"))
    paper.flush("住所（住址）：{{party.address}}")
    paper.flush("受托人：{{agent.name}}　联系电话：{{agent.phone}}")
    paper.flush("证件类型及号码：{{agent.id_type}} {{agent.id_no}}")
    paper.flush("与委托人关系：{{agent.relation}}")
