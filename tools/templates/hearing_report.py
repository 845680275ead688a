"""D-44c 听证报告 (domain 12.3): facts, what was disputed, and the opinion of who presided."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import ACT, BY_HAND, SIGN, TIDY


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("听证报告")
    paper.number("案号：{{case.no}}")
    paper.flush(f"案由：{ACT}")
    paper.flush("当事人：{{party.name}}")
    paper.flush("听证时间：{{hearing.when}}")
    paper.flush("主持人：{{hearing.chair}}　参加人：{{hearing.present|join('、')}}")
    paper.heading("一、双方意见")
    paper.text(f"调查人员：{{{{hearing.officers_said|{TIDY}}}}}。")
    paper.text(f"当事人：{{{{hearing.party_said|{TIDY}}}}}。")
    paper.heading("二、质证和争议")
    paper.text(f"{{{{hearing.examined|{TIDY}}}}}。")
    paper.heading("三、听证意见")
    paper.text(f"{{{{hearing.opinion|{TIDY}}}}}。", held=True)
    paper.hand("", f"主持人（签名）：{SIGN}　{BY_HAND}")
    return paper
