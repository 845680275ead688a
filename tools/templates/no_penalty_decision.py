"""D-13 不予行政处罚决定书 (domain 3.3.3): one text for six grounds, each with its own elements and no other's."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.party_lines import party_lines
from tools.templates.phrases import (
    ACT,
    CHARGE,
    CORRECTED,
    ESTABLISHED,
    FOUND,
    GUARDIAN_DUTY,
    HARM_REASON,
    INCAPABLE,
    INVESTIGATORS,
    LEFT_TO_CORRECT,
    PENALTY_CITED,
    REMAINING,
    STATED,
    TIDY,
    UNDER_14,
    VIOLATED,
)


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.draft_mark()
    paper.organ()
    paper.title("不予行政处罚决定书")
    paper.number("{% if doc.draft %}文号待签发{% else %}{{doc.number}}{% endif %}")
    party_lines(paper)
    _facts(paper)
    _assessment(paper)
    _decision(paper)
    _end(paper)
    return paper


def _facts(paper: Paper) -> None:
    paper.text(
        f"{{{{case.found_on}}}}，本机关{FOUND}发现当事人涉嫌{ACT}。执法人员{INVESTIGATORS}"
        "{% if investigation.cards_shown %}出示执法证件，{% endif %}依法进行了{{investigation.steps|join('、')}}"
        "{% if investigation.rights_told %}，并告知当事人享有陈述、申辩和申请回避的权利{% endif %}。"
        "本机关于{{case.filed_on}}予以立案（{{case.no}}），现已调查终结。"
    )
    paper.text("经查明：{{fact.narrative|trim('。；，：、;, ')}}。")
    with paper.when(ESTABLISHED):
        paper.text("上述事实，有下列证据证实：", held=True)
    with paper.otherwise():
        paper.text("本案收集了下列证据：", held=True)
    with paper.each("e in evidence"):
        paper.text(
            "{{e.no}}.{{e.name}}{% if e.pages %}{{e.pages}}页{% endif %}，证明{{e.proves|trim('。；，：、;, ')}}"
            "{% if loop.last %}。{% else %}；{% endif %}"
        )
    paper.text("上述证据经{{evidence_confirmed}}，真实、合法，与本案相关联，本机关予以采信。")
    with paper.when("statement"):
        paper.text(STATED)
    with paper.otherwise():
        paper.text("当事人未提出陈述、申辩意见。")


def _assessment(paper: Paper) -> None:
    with paper.when(ESTABLISHED):
        paper.text(
            f"本机关认为，当事人{ACT}的行为，违反了{VIOLATED}的规定。"
            f"依照{PENALTY_CITED}，上述行为的法律责任为{{{{law.statutory_range|trim('。；，：、;, ')}}}}。"
        )
    with paper.when("measure.ground == '33-1前'"):
        paper.text(
            f"经查：（一）违法行为轻微，{{{{no_penalty.gravity_reason|trim('。；，：、;, ')}}}}；（二）{CORRECTED}；"
            f"（三）没有造成危害后果，{HARM_REASON}。"
        )
    with paper.otherwise("measure.ground == '33-1后'"):
        paper.text(
            "经查：（一）经{{no_penalty.query_on}}查询{{no_penalty.query_system}}和本机关案件台账，当事人系初次违法；"
            f"（二）危害后果轻微，{HARM_REASON}；（三）{CORRECTED}。"
        )
    with paper.otherwise("measure.ground == '33-2'"):
        paper.text(
            "经查：当事人提供的{{no_penalty.proof|trim('。；，：、;, ')}}足以证明其没有主观过错，"
            "{{no_penalty.fault_reason|trim('。；，：、;, ')}}；法律、行政法规对此没有另外规定。"
        )
    with paper.otherwise("measure.ground == '57-1-3'"):
        unproven = f"{{{{no_penalty.not_established|{TIDY}}}}}"
        paper.text(f"本机关认为，现有证据不足以证明{unproven}，违法事实不能成立。")
    with paper.otherwise("measure.ground == '30'"):
        paper.text(f"经查：{UNDER_14}。")
    with paper.otherwise("measure.ground == '31'"):
        paper.text(f"经查：{INCAPABLE}。")
    with paper.when("no_penalty.list_item"):
        paper.text("上述情形符合《{{no_penalty.list_name}}》第{{no_penalty.list_item}}项规定的适用条件。")
    _approved(paper)


def _approved(paper: Paper) -> None:
    """Only what took place: a step is named when its approval says 同意."""
    agreed = "a in (approvals or []) if a.decision == '同意' and a.step in ('法制审核', '集体讨论')"
    with paper.each(agreed):
        paper.text("本案已经{% if a.step == '法制审核' %}法制审核{% else %}本机关负责人集体讨论{% endif %}。")


def _decision(paper: Paper) -> None:
    paper.text("综上，依据{{measure.grounds}}的规定，本机关决定：", held=True)
    paper.text(f"对当事人{CHARGE}的行为不予行政处罚。")
    with paper.when("measure.ground in ('30', '31')"):
        paper.text(f"责令监护人{{{{party.guardian}}}}{GUARDIAN_DUTY}。")
    with paper.when(ESTABLISHED):
        paper.text(
            "依照{{cites.education}}的规定，本机关对当事人进行如下教育：{{edu.law_points|trim('。；，：、;, ')}}。"
            "当事人应当增强守法意识，{{edu.keep_compliance|trim('。；，：、;, ')}}。"
        )
    with paper.when(LEFT_TO_CORRECT):
        paper.text(f"当事人应当于{{{{correct.deadline}}}}前改正：{REMAINING}。")


def _end(paper: Paper) -> None:
    paper.text(
        "当事人如不服本决定，可以自收到本决定书之日起六十日内向{{org.reviewing_government}}申请行政复议，"
        "也可以自收到本决定书之日起六个月内依法向{{org.court}}提起行政诉讼。"
        "{% if service_plan.electronic %}行政复议申请书可以通过{{org.review_online}}提交。{% endif %}",
        held=True,
    )
    paper.signature("{{org.name}}（印章）", "{% if doc.draft %}　　年　　月　　日{% else %}{{doc.date}}{% endif %}")
    paper.note("（本决定书一式三份，一份送达当事人，一份归档，一份{{unit}}留存。）")
