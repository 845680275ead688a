"""D-44 听证通知书 (domain 12.3, 行政处罚法 art 64): when, where, who presides, what the party may do."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import DATE, NUMBER, YOU


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.organ()
    paper.title("听证通知书")
    paper.number(NUMBER)
    paper.flush("{{party.name}}：")
    paper.text(
        f"{YOU}于{{{{hearing.requested_on}}}}提出的听证要求，本机关予以受理。"
        "定于{{hearing.when}}在{{hearing.where}}"
        "{% if hearing.public %}公开{% else %}不公开{% endif %}举行听证，"
        "主持人{{hearing.chair}}，记录人{{hearing.recorder}}。"
    )
    paper.text(
        f"{YOU}可以亲自参加，也可以委托一至二人代理；认为主持人与本案有直接利害关系的，有权申请回避；"
        "无正当理由拒不出席或者未经许可中途退出的，视为放弃听证权利。"
    )
    paper.text("联系电话：{{org.phone}}", held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    return paper
