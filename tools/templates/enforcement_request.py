"""D-49 强制执行申请书 (domain 12.3, 行政强制法 arts 53, 55)."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import SIGN, TIDY, struck


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.organ()
    paper.title("强制执行申请书")
    paper.flush("申请人：{{org.name}}　地址：{{org.address}}　联系电话：{{org.phone}}")
    paper.flush("被申请人：{{party.name}}　住所（住址）：{{party.address}}　联系电话：" + struck("party.phone"))
    paper.text(f"申请事项：对《行政处罚决定书》（{{{{decision.number}}}}）确定的{{{{demand.duty|{TIDY}}}}}予以强制执行。")
    paper.text(
        "事实和理由：申请人于{{decision.on}}对被申请人作出上述决定，{{service.on}}送达。被申请人在法定期限内不申请行政复议或者"
        "提起行政诉讼，又不履行决定。申请人于{{demand.on}}催告（{{refs.demand_number}}），被申请人仍未履行。"
        "依据{{cites.apply}}的规定，申请人民法院强制执行。"
    )
    paper.text(f"当事人意见及催告情况：{{{{enforcement.opinion|{TIDY}}}}}。")
    paper.text(f"申请执行标的情况：{{{{enforcement.object|{TIDY}}}}}。")
    paper.text("附：{{enforcement.attachments|join('；')}}。", held=True)
    paper.paragraph("FlushHeld", "此致")
    paper.paragraph("FlushHeld", "{{org.court}}")
    paper.text(f"行政机关负责人（签名）：{SIGN}", held=True)
    paper.signature("{{org.name}}（印章）", "{{doc.date}}")
    return paper
