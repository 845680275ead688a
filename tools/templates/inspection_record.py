"""D-38 现场检查（勘验）笔录 (domain 3.2): what was seen, where the cards were shown; every page signed."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, SIGN, TIDY, carded, either

WHO = "{{inspection.person}}{% if inspection.role %}（{{inspection.role}}）{% endif %}"


def build() -> Paper:
    """The template."""
    paper = Paper("signed", "当事人（现场负责人）")
    paper.organ()
    paper.title("现场检查（勘验）笔录")
    paper.number("{{matter.ref}}")
    paper.flush("检查时间：{{inspection.start}}至{{inspection.end}}")
    paper.flush("检查地点：{{inspection.place}}")
    paper.flush("被检查单位（人）：{{inspection.subject}}")
    paper.flush(f"现场负责人：{WHO}")
    paper.flush(f"检查人：{carded('inspection.by')}")
    paper.flush("记录人：{{inspection.recorder}}")
    with paper.when("inspection.video"):
        paper.flush("执法记录仪视频编号：{{inspection.video}}")
    _body(paper)
    _hands(paper)
    return paper


def _body(paper: Paper) -> None:
    shown = either("inspection.cards_shown", "出示执法证件，说明来意", "未出示执法证件")
    rights = "告知其享有陈述、申辩和申请回避的权利，并有如实回答询问、协助检查的义务"
    told = either("inspection.rights_told", rights, "未告知权利义务")
    paper.text(f"检查人向现场负责人{shown}，{told}。")
    paper.text(f"检查事项：{{{{inspection.items|{TIDY}}}}}。")
    paper.text(f"检查情况：{{{{inspection.found|{TIDY}}}}}。")
    paper.text(f"现场负责人意见：{{{{inspection.statement|{TIDY}}}}}。")
    paper.below()


def _hands(paper: Paper) -> None:
    paper.hand(
        "以上笔录已经核对（由当事人亲笔写明是否属实；更正之处签名、捺指印确认）：",
        "_" * 52,
        f"当事人（现场负责人）（签名或者盖章）：{SIGN}　{BY_HAND}",
        f"检查人（签名）：{SIGN}、{SIGN}　记录人（签名）：{SIGN}　{BY_HAND}",
        f"拒绝签名的，理由：{SIGN * 2}　见证人（签名）：{SIGN}",
    )
