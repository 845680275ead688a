"""D-11b2 信用修复补正告知书 (domain/06 §6.4): once, with everything that is lacking."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import NO_FEE, ORDINAL, REPAIR_ITEM, YOU


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.organ()
    paper.title("信用修复补正告知书")
    paper.number("{{doc.number}}")
    paper.flush("{{party.name}}：")
    paper.text(f"{YOU}通过“信用中国”网站提出的信用修复申请（{REPAIR_ITEM}），本机关于{{{{repair.pushed_on}}}}收到。")
    paper.text("经审查，申请材料不齐全，现一次性告知需要补正的全部材料：", held=True)
    with paper.each("one in repair.lacking"):
        paper.text(f"{ORDINAL}、{{{{one|trim('。；')}}}}{{% if loop.last %}}。{{% else %}}；{{% endif %}}")
    paper.text("请补正以后通过“信用中国”网站重新提交。材料齐全的，本机关自收到之日起三个工作日内受理。", held=True)
    paper.text(NO_FEE, held=True)
    paper.text("联系电话：{{org.phone}}", held=True)
    paper.signature("{{org.name}}（印章）", "{{doc.date}}")
    return paper
