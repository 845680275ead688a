"""D-11b1 信用修复受理通知书 (domain/06 §6.4): the application is accepted, and by when it will be decided."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import NO_FEE, REPAIR_ITEM, YOU


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.organ()
    paper.title("信用修复受理通知书")
    paper.number("{{doc.number}}")
    paper.flush("{{party.name}}：")
    paper.text(f"{YOU}通过“信用中国”网站提出的信用修复申请（{REPAIR_ITEM}），本机关于{{{{repair.pushed_on}}}}收到。")
    paper.text(
        "经审查，申请材料齐全，已达到最短公示期限，本机关于{{repair.accepted_on}}予以受理，将自受理之日起七个工作日内作出决定"
        "{% if repair.complex %}；本申请情况复杂，决定期限延长十个工作日{% endif %}。"
    )
    paper.text(NO_FEE, held=True)
    paper.text("联系电话：{{org.phone}}", held=True)
    paper.signature("{{org.name}}（印章）", "{{doc.date}}")
    return paper
