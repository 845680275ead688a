"""D-18b 涉嫌犯罪案件移送书 (domain 3.2, 移送规定 arts 5, 6): to the police, with the five attachments."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import ACT, BY_HAND, DATE, NUMBER, SIGN, TIDY


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.draft_mark()
    paper.organ()
    paper.title("涉嫌犯罪案件移送书")
    paper.number(NUMBER)
    paper.flush("{{crime.police}}：")
    paper.text(
        f"我局在查办当事人{{{{party.name}}}}{ACT}一案（{{{{matter.ref}}}}）中，发现当事人涉嫌{{{{crime.charge|{TIDY}}}}}。"
    )
    paper.text(f"经查：{{{{transfer.summary|{TIDY}}}}}。")
    paper.text("依据{{measure.procedure}}和{{cites.rule}}的规定，现将本案移送你单位。请依法审查，并将立案或者不予立案的决定书面通知我局。")
    paper.text("附件：", held=True)
    with paper.each("one in crime.attachments"):
        paper.text(f"{{{{loop.index}}}}.{{{{one|{TIDY}}}}}")
    with paper.when("crime.procuratorate"):
        paper.text("抄送：{{crime.procuratorate}}")
    paper.text("联系人：{{officers|map(attribute='name')|join('、')}}　联系电话：{{org.phone}}", held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    paper.slip(
        f"{NUMBER}涉嫌犯罪案件移送书及所附材料已经收到。",
        f"接收单位（印章）：{SIGN}　接收人（签名）：{SIGN}　{BY_HAND}",
    )
    return paper
