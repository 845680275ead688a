"""D-48 履行行政处罚决定催告书 (domain 12.3, 行政强制法 art 54)."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import PAYMENT, TIDY, YOU


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.organ()
    paper.title("履行行政处罚决定催告书")
    paper.number("{{doc.number}}")
    paper.flush("{{party.name}}：")
    paper.text(
        f"本机关于{{{{decision.on}}}}作出的《行政处罚决定书》（{{{{decision.number}}}}）已于{{{{service.on}}}}送达{YOU}。"
        f"{YOU}至今未履行{{{{demand.duty|{TIDY}}}}}。"
    )
    amounts = (
        "{% if demand.fine %}罚款{{demand.fine}}元{% endif %}"
        "{% if demand.surcharge %}{% if demand.fine %}、{% endif %}加处罚款{{demand.surcharge}}元{% endif %}"
    )
    paper.text(
        "依据{{cites.demand}}的规定，现予催告，请自收到本催告书之日起十个工作日内履行"
        f"{{% if demand.fine or demand.surcharge %}}：{amounts}，缴款渠道：{PAYMENT}{{% endif %}}。"
    )
    paper.text(f"{YOU}有权进行陈述和申辩。逾期仍未履行的，本机关将依法申请人民法院强制执行。", held=True)
    paper.signature("{{org.name}}（印章）", "{{doc.date}}")
    return paper
