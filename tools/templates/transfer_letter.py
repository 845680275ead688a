"""D-18 案件移送函 (domain 3.2): what is not ours goes to whom it belongs, with a slip to come back."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, DATE, NUMBER, SIGN, TIDY

GROUND = (
    "{% if transfer.ground == '不属于本机关管辖地域' %}不属于我局管辖地域，依据{{cites.area}}的规定"
    "{% elif transfer.ground == '不属于本机关管辖级别' %}不属于我局管辖级别，依据{{cites.level}}的规定"
    "{% elif transfer.ground == '安全问题应当由有关部门处理' %}应当由你单位处理，依据{{cites.safety}}的规定"
    "{% elif transfer.ground %}不属于我局职责范围，依据{{cites.duty}}的规定{% else %}{{transfer.ground}}{% endif %}"
)


def build() -> Paper:
    """The template."""
    paper = Paper("letter")
    paper.draft_mark()
    paper.letter_head(NUMBER)
    paper.title("案件移送函{% if crime.suspected %}（涉嫌犯罪）{% endif %}")
    paper.flush("{{transfer.to}}：")
    paper.text(
        f"我局在{{{{transfer.source|{TIDY}}}}}中发现{{{{transfer.summary|{TIDY}}}}}。经审查，该事项{GROUND}，现移送你单位处理。"
    )
    with paper.when("crime.suspected"):
        paper.text("该事项涉嫌犯罪，请依法处理；本函同时抄告{{transfer.police}}。")
    paper.text("请签收回执，并将处理结果函告我局。")
    paper.text("附：1.案件材料清单：{{transfer.materials|join('；')}}。")
    goods = "{% if transfer.goods %}{{transfer.goods|join('；')}}{% else %}无{% endif %}"
    paper.text(f"　　2.物品清单：{goods}。")
    paper.text("联系人：{{officers|map(attribute='name')|join('、')}}　联系电话：{{org.phone}}", held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    paper.slip(
        f"{NUMBER}案件移送函及所附材料、物品已经收到。",
        f"接收单位（印章）：{SIGN}　接收人（签名）：{SIGN}　{BY_HAND}",
    )
    return paper
