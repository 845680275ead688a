"""D-17s 当场行政处罚决定书 (domain 3.2, 行政处罚法 art 52): fixed form, numbered; reconsideration comes first."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.party_lines import party_lines
from tools.templates.phrases import ACT, BY_HAND, OFFICERS, PAYMENT, PENALTY_CITED, SIGN, TIDY, VIOLATED_CITED

COLLECTED = "spot.collected"


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.organ()
    paper.title("当场行政处罚决定书")
    paper.number("{{doc.number}}")
    party_lines(paper)
    paper.text(
        f"{{{{spot.on}}}}，执法人员{OFFICERS}出示执法证件后查明，当事人{ACT}，地点：{{{{fact.place}}}}。"
        f"上述行为违反了{VIOLATED_CITED}的规定，违法事实确凿。"
    )
    paper.text(
        f"执法人员当场告知当事人：{{{{spot.told|{TIDY}}}}}，以及依法享有陈述、申辩的权利。"
        f"{{% if spot.said %}}当事人陈述、申辩：{{{{spot.said|{TIDY}}}}}。"
        "{% else %}当事人未提出陈述、申辩。{% endif %}"
    )
    by_law = f"依据{PENALTY_CITED}和{{{{measure.procedure}}}}的规定"
    paper.text(f"{by_law}，当场对当事人作出如下行政处罚：{{{{penalty.told}}}}。")
    with paper.when("'罚款' in penalty.kinds"):
        _payment(paper)
    paper.text(
        "当事人如不服本决定，应当先自收到本决定书之日起六十日内向{{org.reviewing_government}}申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内依法向{{org.court}}提起行政诉讼。"
        "{% if service_plan.electronic %}行政复议申请书可以通过{{org.review_online}}提交。{% endif %}",
        held=True,
    )
    paper.signature("{{org.name}}（印章）", "{{doc.date}}")
    paper.hand(
        f"执法人员（签名）：{SIGN}、{SIGN}　{BY_HAND}",
        f"当事人（签名、签收）：{SIGN}　{BY_HAND}　拒绝签收的，注明：{SIGN}",
        "报本机关备案日期：{% if spot.reported_on %}{{spot.reported_on}}{% else %}" + BY_HAND + "{% endif %}",
    )
    return paper


def _payment(paper: Paper) -> None:
    with paper.when(COLLECTED):
        ticket = "已出具专用票据（票据号：{{spot.receipt_no}}）"
        paper.text(f"罚款依照{{{{cites.collect}}}}的规定当场收缴（理由：{{{{spot.collect_ground}}}}），{ticket}。")
    with paper.otherwise():
        paper.text(
            f"当事人应当自收到本决定书之日起十五日内，通过{PAYMENT}缴纳罚款。到期不缴纳的，每日按罚款数额的百分之三加处罚款，"
            "加处罚款的数额不超过罚款数额。"
        )
