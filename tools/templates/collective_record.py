"""D-21 集体讨论记录 (domain 3.2, 行政处罚法 art 57.2): each view as it was said, the chair last, all sign."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import ACT, BY_HAND, SIGN, TIDY


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("{% if case.act %}重大案件{% endif %}集体讨论记录")
    with paper.when("case.act"):
        paper.number("案号：{{case.no}}")
        paper.flush(f"案由：{ACT}")
        paper.flush("当事人：{{party.name}}")
    with paper.otherwise():
        paper.number("编号：{{matter.ref}}")
        paper.flush("议题：审议《{{rule.title}}》")
    paper.flush("时间：{{discussion.start}}至{{discussion.end}}")
    paper.flush("地点：{{discussion.place}}")
    paper.flush("主持人：{{discussion.chair}}")
    paper.flush("出席：{{discussion.present|join('、')}}")
    with paper.when("discussion.observers"):
        paper.flush("列席：{{discussion.observers|join('、')}}")
    paper.flush("汇报人：{{discussion.reporter}}　记录人：{{discussion.recorder}}")
    paper.heading("一、{% if case.act %}案情{% else %}议题{% endif %}汇报")
    paper.text(f"{{{{discussion.case_report|{TIDY}}}}}。")
    paper.heading("二、{% if case.act %}法制审核{% else %}合法性审查（审核）{% endif %}意见")
    paper.text(f"{{{{discussion.legal_opinion|{TIDY}}}}}。")
    paper.heading("三、讨论发言")
    with paper.each("one in discussion.views"):
        paper.text(f"{{{{one|{TIDY}}}}}。")
    paper.text(f"主持人（最后发言）：{{{{discussion.chair_view|{TIDY}}}}}。")
    paper.heading("四、不同意见")
    dissent = f"{{{{discussion.dissent|{TIDY}}}}}。"
    paper.text(f"{{% if discussion.dissent %}}{dissent}{{% else %}}没有不同意见。{{% endif %}}")
    paper.heading("五、讨论结论")
    paper.text(f"{{{{discussion.conclusion|{TIDY}}}}}。")
    paper.below()
    paper.paragraph("Hand", "更正之处由本人签名、捺指印确认，共更正____处。")
    paper.paragraph("Hand", f"主持人（签名）：{SIGN}　{BY_HAND}")
    with paper.each("one in discussion.present"):
        paper.paragraph("Hand", f"出席人员{{{{one}}}}（签名）：{SIGN}")
    paper.hand(f"记录人（签名）：{SIGN}　{BY_HAND}")
    return paper
