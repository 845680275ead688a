"""D-44b 听证笔录 (domain 12.3): what each side said, how the evidence was examined; signed by all."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import ACT, BY_HAND, SIGN, TIDY


def build() -> Paper:
    """The template."""
    paper = Paper("signed", "当事人（代理人）")
    paper.organ()
    paper.title("听证笔录")
    paper.number("案号：{{case.no}}")
    paper.flush(f"案由：{ACT}")
    paper.flush("当事人：{{party.name}}")
    paper.flush("时间：{{hearing.when}}至{{hearing.end}}　地点：{{hearing.where}}")
    paper.flush("主持人：{{hearing.chair}}　记录人：{{hearing.recorder}}")
    paper.flush("方式：{% if hearing.public %}公开{% else %}不公开{% endif %}　参加人：{{hearing.present|join('、')}}")
    with paper.when("hearing.held"):
        _sides(paper)
    with paper.when("hearing.terminated"):
        paper.text(
            "当事人及其代理人{{hearing.terminated}}，视为放弃听证权利，主持人依照{{cites.ended}}的规定宣布终止听证。"
        )
    paper.below()
    paper.hand(
        "更正之处由本人签名、捺指印确认，共更正____处。",
        f"当事人或者代理人核对无误后签名（盖章）：{SIGN}　{BY_HAND}",
        f"调查人员（签名）：{SIGN}、{SIGN}　{BY_HAND}",
        f"主持人（签名）：{SIGN}　记录人（签名）：{SIGN}　{BY_HAND}",
        f"拒绝签名的，由主持人注明：{SIGN * 2}",
    )
    return paper


def _sides(paper: Paper) -> None:
    paper.heading("一、调查人员提出的事实、证据和处罚建议")
    paper.text(f"{{{{hearing.officers_said|{TIDY}}}}}。")
    paper.heading("二、当事人申辩")
    paper.text(f"{{{{hearing.party_said|{TIDY}}}}}。")
    paper.heading("三、质证")
    paper.text(f"{{{{hearing.examined|{TIDY}}}}}。")
