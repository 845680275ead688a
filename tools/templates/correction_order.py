"""D-08 责令改正通知书 (domain 3.2): the order by the article that gives it, its period and its remedies."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import DATE, NUMBER, TIDY, YOU, remedies

BASIS = "{% if order.citation %}{{order.citation}}{% else %}{{cites.general}}{% endif %}"
HOW = (
    "{% if order.mode == '立即' %}立即改正{% elif order.mode == '限期' %}于{{order.deadline}}前改正"
    "{% else %}{{order.mode}}{% endif %}"
)


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.draft_mark()
    paper.organ()
    paper.title("责令改正通知书")
    paper.number(NUMBER)
    paper.flush("{{party.name}}：")
    paper.text(
        f"经查，{YOU}{{{{order.act|{TIDY}}}}}，违反了{{{{order.violated|{TIDY}}}}}的规定。"
        f"依据{BASIS}的规定，责令{YOU}{HOW}："
    )
    with paper.each("one in order.items"):
        paper.text(f"{{{{loop.index}}}}.{{{{one|{TIDY}}}}}{{% if loop.last %}}。{{% else %}}；{{% endif %}}")
    with paper.when("order.mode == '立即'"):
        paper.text("上述要求已于{{order.on}}当场向你方宣布。")
    paper.text(
        "改正情况请书面报告本机关。"
        "{% if order.recheck_on %}本机关将于{{order.recheck_on}}前后复查。{% endif %}"
        "逾期未改正的，本机关将依法处理。"
    )
    paper.text("联系人：{{officers|map(attribute='name')|join('、')}}　联系电话：{{org.phone}}")
    paper.text(remedies("本通知书"), held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    paper.note("（本通知书一式二份，一份送达当事人，一份归档。）")
    return paper
