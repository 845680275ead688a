"""D-17b 行政处罚事先告知书（听证告知书） (domain 3.2): what is intended, why, and what the party may say to it."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.party_lines import party_lines
from tools.templates.phrases import (
    ACT,
    CIRCUMSTANCES,
    DATE,
    EVIDENCE_LINE,
    LIGHTENED,
    NUMBER,
    PENALTY_CITED,
    TIDY,
    VIOLATED,
    YOUNG,
    found_out,
)


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.draft_mark()
    paper.organ()
    paper.title("{% if hearing.required %}行政处罚听证告知书{% else %}行政处罚事先告知书{% endif %}")
    paper.number(NUMBER)
    party_lines(paper)
    paper.text(found_out())
    paper.text(f"经查明：{{{{fact.narrative|{TIDY}}}}}。")
    paper.text("上述事实，有下列证据证实：", held=True)
    with paper.each("e in evidence"):
        paper.text(EVIDENCE_LINE)
    _intended(paper)
    _rights(paper)
    paper.text("联系人：{{officers|map(attribute='name')|join('、')}}　联系电话：{{org.phone}}", held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    paper.note("（本告知书一式二份，一份送达当事人，一份归档。）")
    return paper


def _intended(paper: Paper) -> None:
    paper.text(
        f"本机关认为，当事人{ACT}的行为，违反了{VIOLATED}的规定。依照{PENALTY_CITED}，"
        f"上述行为的法律责任为{{{{law.statutory_range|{TIDY}}}}}。"
    )
    with paper.when("circumstances|selectattr('verified')|list"):
        paper.text(f"本案有下列情节：{CIRCUMSTANCES}。")
    with paper.when("mitigation.young"):
        paper.text(f"{YOUNG}。")
    paper.text(f"{LIGHTENED}本机关认为应当予以{{{{penalty.depth}}}}处罚，理由：{{{{penalty.reason|{TIDY}}}}}。")
    paper.text("依据上述规定，本机关拟对当事人作出如下行政处罚：{{penalty.told}}。")


def _rights(paper: Paper) -> None:
    paper.text(
        "依照{{cites.rights}}的规定，当事人对上述拟作出的行政处罚享有陈述和申辩的权利，可以自收到本告知书之日起五个工作日内"
        "向本机关提出；逾期未提出的，视为放弃陈述和申辩权利。本机关不因当事人陈述、申辩而给予更重的处罚。"
    )
    with paper.when("hearing.required"):
        paper.text(
            "依照{{cites.hearing}}的规定，当事人有要求举行听证的权利，可以自收到本告知书之日起五个工作日内向本机关提出；"
            "当事人不承担听证的费用。逾期未提出的，视为放弃听证权利。"
        )
