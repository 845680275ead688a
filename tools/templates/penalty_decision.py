"""D-17 行政处罚决定书 (domain 3.2): the six items of 行政处罚法 art 59, how to pay, what follows, where to complain."""

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
    PAYMENT,
    PENALTY_CITED,
    STATED,
    TIDY,
    VIOLATED,
    YOUNG,
    found_out,
    remedies,
)

FINED = "'罚款' in penalty.kinds"
MONEY = f"{FINED} or '没收违法所得' in penalty.kinds"


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.draft_mark()
    paper.organ()
    paper.title("行政处罚决定书")
    paper.number(NUMBER)
    party_lines(paper)
    _facts(paper)
    _assessment(paper)
    _decision(paper)
    _end(paper)
    return paper


def _facts(paper: Paper) -> None:
    paper.text(found_out())
    paper.text(f"经查明：{{{{fact.narrative|{TIDY}}}}}。")
    paper.text("上述事实，有下列证据证实：", held=True)
    with paper.each("e in evidence"):
        paper.text(EVIDENCE_LINE)
    paper.text("上述证据经{{evidence_confirmed}}，真实、合法，与本案相关联，本机关予以采信。")
    paper.text(
        "本机关于{{notice.served_on}}向当事人送达"
        "《行政处罚{% if hearing.required %}听证{% else %}事先{% endif %}告知书》"
        "（{{notice.number}}），告知拟作出的行政处罚内容及事实、理由、依据，"
        "以及依法享有的陈述、申辩"
        "{% if hearing.required %}、要求听证{% endif %}的权利。"
    )
    _said(paper)
    _heard(paper)


def _said(paper: Paper) -> None:
    """What became of the rights that were told; nothing is denied that took place."""
    with paper.when("statement"):
        paper.text(STATED)
    with paper.otherwise("defences"), paper.each("d in defences"):
        claims = f"{{{{d.claims|join('；')|{TIDY}}}}}"
        paper.text(f"当事人于{{{{d.on}}}}提出陈述、申辩：{claims}。经复核，{{{{d.review|join('；')|{TIDY}}}}}。")
    with paper.otherwise("not notice.waived_on"):
        unheard = "{% if hearing.required and not hearings %}，也未要求听证{% endif %}"
        paper.text(f"当事人在规定的期限内未提出陈述、申辩意见{unheard}。")
    with paper.when("notice.waived_on"):
        paper.text(
            "当事人于{{notice.waived_on}}书面表示放弃"
            "{% if statement or defences or hearings %}陈述、申辩{% if hearing.required %}和要求听证{% endif %}的权利"
            "{% else %}上述权利{% endif %}。"
        )
    with paper.otherwise("hearing.required and not hearings and (statement or defences)"):
        paper.text("当事人在规定的期限内未要求听证。")


def _heard(paper: Paper) -> None:
    """Each hearing that was asked for, with its end: taken back, terminated, held (行政处罚法 arts 64, 65)."""
    with paper.each("h in hearings or []"):
        with paper.when("h.withdrawn_on"):
            paper.text("当事人于{{h.requested_on}}要求听证，又于{{h.withdrawn_on}}撤回听证要求，本机关未举行听证。")
        with paper.otherwise("h.terminated and not h.held"):
            paper.text(
                "当事人于{{h.requested_on}}要求听证，本机关于{{h.notified_on}}通知当事人定于{{h.when}}举行听证。"
                "当事人及其代理人{{h.terminated}}，视为放弃听证权利，本机关依照{{cites.ended}}的规定终止听证。"
            )
        with paper.otherwise("h.held"):
            openly = "{% if h.public %}公开{% else %}不公开{% endif %}"
            paper.text(
                f"当事人于{{{{h.requested_on}}}}要求听证，本机关于{{{{h.when}}}}{openly}举行听证。"
                f"{{% if h.party_said %}}当事人在听证中提出：{{{{h.party_said|{TIDY}}}}}。{{% endif %}}"
                "{% if h.terminated %}当事人及其代理人{{h.terminated}}，视为放弃听证权利，"
                "本机关依照{{cites.ended}}的规定终止听证。"
                "{% else %}听证结束后，本机关根据听证笔录，依照{{cites.heard}}的规定作出本决定。{% endif %}"
            )


def _assessment(paper: Paper) -> None:
    paper.text(
        f"本机关认为，当事人{ACT}的行为，违反了{VIOLATED}的规定。依照{PENALTY_CITED}，"
        f"上述行为的法律责任为{{{{law.statutory_range|{TIDY}}}}}。"
    )
    with paper.when("circumstances|selectattr('verified')|list"):
        paper.text(f"本案有下列情节：{CIRCUMSTANCES}。")
    with paper.when("mitigation.young"):
        paper.text(f"{YOUNG}。")
    with paper.when("penalty.standard_step"):
        paper.text(f"对照裁量基准，本案属于{{{{penalty.standard_step|{TIDY}}}}}。")
    paper.text(f"{LIGHTENED}本机关予以{{{{penalty.depth}}}}处罚，理由：{{{{penalty.reason|{TIDY}}}}}。")
    with paper.when("case.reviewed or case.discussed"):
        paper.text(
            "{% if case.reviewed %}本案已经法制审核。{% endif %}"
            "{% if case.discussed %}本案已经本机关负责人集体讨论。{% endif %}"
        )


def _decision(paper: Paper) -> None:
    by_law = f"依据{PENALTY_CITED}和{{{{measure.procedure}}}}的规定"
    paper.text(f"综上，{by_law}，本机关决定对当事人作出如下行政处罚：", held=True)
    paper.text("{{penalty.told}}。")
    with paper.when("penalty.correction"):
        paper.text(f"依照{{{{cites.correction}}}}的规定，责令当事人改正：{{{{penalty.correction|{TIDY}}}}}。")
    with paper.when(MONEY):
        late = (
            "到期不缴纳罚款的，依照{{cites.surcharge}}的规定，"
            "每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款数额。确有经济困难，需要延期或者分期缴纳的，"
            "可以依照{{cites.deferral}}的规定向本机关提出申请。"
        )
        paper.text(
            f"当事人应当自收到本决定书之日起十五日内，通过{PAYMENT}缴纳。{{% if {FINED} %}}{late}{{% endif %}}"
        )
    with paper.otherwise():
        paper.text("本决定自送达之日起履行。")


def _end(paper: Paper) -> None:
    paper.text(
        "申请行政复议或者提起行政诉讼的，行政处罚不停止执行，法律另有规定的除外"
        f"{{% if {FINED} %}}；行政复议或者行政诉讼期间，加处罚款的数额不予计算{{% endif %}}。"
    )
    with paper.when("penalty.shown"):
        paper.text("本行政处罚决定的信息将依法公示。")
    paper.text(f"当事人{remedies('本决定书')}", held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    paper.note("（本决定书一式三份，一份送达当事人，一份归档，一份{{unit}}留存。）")
