"""D-43 陈述、申辩笔录及复核意见书 (domain 12.3): each claim, what became of it; nothing gets heavier by it."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import ACT, BY_HAND, SIGN, TIDY


def build() -> Paper:
    """The template."""
    paper = Paper("signed", "陈述、申辩人")
    paper.organ()
    paper.title("陈述、申辩笔录及复核意见书")
    paper.number("案号：{{case.no}}")
    paper.flush(f"案由：{ACT}")
    paper.flush("当事人：{{party.name}}")
    paper.flush("陈述、申辩人：{{defence.person}}　方式：{{defence.form}}　日期：{{defence.on}}")
    paper.heading("一、陈述、申辩的事实、理由和证据")
    with paper.each("one in defence.claims"):
        paper.text(f"{{{{loop.index}}}}.{{{{one|{TIDY}}}}}。")
    paper.heading("二、复核意见")
    with paper.each("one in defence.review"):
        paper.text(f"{{{{loop.index}}}}.{{{{one|{TIDY}}}}}。")
    paper.text("复核结论：{{defence.adopted}}。本机关不因当事人陈述、申辩而给予更重的处罚。")
    paper.below()
    paper.hand(
        "更正之处由本人签名、捺指印确认，共更正____处。",
        f"陈述、申辩人核对后签名（捺指印）：{SIGN}　{BY_HAND}",
        f"复核人：{{{{defence.reviewer|join('、')}}}}（签名）：{SIGN}、{SIGN}　{BY_HAND}",
        f"拒绝签名的，理由：{SIGN * 2}",
    )
    return paper
