"""D-03 行政建议书 (domain 3.2): what the bureau saw and suggests; it orders nothing and threatens with nothing."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import DATE, NUMBER, ORDINAL, YOU, soft_basis


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.draft_mark()
    paper.organ()
    paper.title("行政建议书")
    paper.number(NUMBER)
    paper.flush("{{party.name}}：")
    paper.text(f"我局在{{{{advice.source}}}}中了解到，{YOU}{{{{advice.background|trim('。')}}}}。")
    paper.text(f"为帮助{YOU}依法、规范经营，建议：", held=True)
    with paper.each("one in advice.items"):
        paper.text(f"{ORDINAL}、{{{{one|trim('。；')}}}}{{% if loop.last %}}。{{% else %}}；{{% endif %}}")
    paper.text(f"提出上述建议的依据：{soft_basis('advice.basis', '；')}。")
    with paper.when("advice.legal_note"):
        paper.text("法律提示：{{advice.legal_note|trim('。')}}。")
    paper.text(
        f"以上建议供参考，{YOU}可以自主决定是否采纳；如有不同意见，请向我局反映。"
        "{% if advice.reply_by %}是否采纳，请于{{advice.reply_by}}前告知我局。{% endif %}",
        held=True,
    )
    paper.text("联系人：{{officers|map(attribute='name')|join('、')}}　联系电话：{{org.phone}}", held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    return paper
