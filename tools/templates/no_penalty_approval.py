"""D-12 不予行政处罚审批表 (domain 3.2): a form; opinions stand in a draft as blanks, in the issued paper as given."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import (
    BY_HAND,
    CHARGE,
    CORRECTED,
    CORRECTED_GROUNDS,
    ESTABLISHED,
    GUARDIAN_DUTY,
    HARM_CLASSES,
    HARM_REASON,
    INCAPABLE,
    LEFT_TO_CORRECT,
    OFFICER_SIGNS,
    OFFICERS,
    PENALTY_CITED,
    REMAINING,
    SIGN,
    TIDY,
    UNDER_14,
    VIOLATED_CITED,
    struck,
)
from tools.templates.tables import FORM, Table, cell, centred, label, opinion


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.draft_mark()
    paper.organ()
    paper.title("不予行政处罚审批表")
    form = paper.table(*FORM)
    _case(form)
    _merits(form)
    _proposal(form)
    opinions(form)
    paper.end_with_table()
    return paper


def _case(form: Table) -> None:
    form.row(label("案号"), cell("{{case.no}}", span=3))
    form.row(label("案件名称"), cell("{{case.title}}", span=3))
    form.row(label("案由"), cell(CHARGE, span=3))
    source = "{{case.source}}{% if case.source_ref %}（{{case.source_ref}}）{% endif %}"
    form.row(label("案件来源"), cell(source, span=3))
    form.row(label("发现日期"), centred("{{case.found_on}}"), label("立案日期"), centred("{{case.filed_on}}"))
    form.row(label("当事人"), cell("{{party.name}}", span=3))
    with form.when("party.is_person"):
        form.row(label("性别"), centred("{{party.gender}}"), label("出生日期"), centred("{{party.birth}}"))
        form.row(label("证件号码"), cell("{{party.id_no}}", span=3))
    with form.when("not party.is_person"):
        representative = (label("{{party.legal_rep_title}}"), centred(struck("party.legal_rep")))
        form.row(label("统一社会", "信用代码"), centred("{{party.uscc}}"), *representative)
    with form.when("party.guardian"):
        form.row(label("监护人"), cell("{{party.guardian}}", span=3))
    form.row(label("住所（住址）"), cell("{{party.address}}", span=3))
    form.row(label("联系电话"), centred(struck("party.phone")), label("承办机构"), centred("{{unit}}"))
    form.row(label("承办人"), cell(OFFICERS, span=3))


def _merits(form: Table) -> None:
    form.row(label("违法事实"), cell("{{fact.narrative|trim('。；，：、;, ')}}。", span=3))
    evidence = (
        "{% for e in evidence %}{{e.no}}.{{e.kind}}：{{e.name}}{% if e.pages %}{{e.pages}}页{% endif %}，"
        "证明{{e.proves|trim('。；，：、;, ')}}{% if loop.last %}。{% else %}；{% endif %}"
        "{% else %}{{evidence.name}}{% endfor %}"
    )
    form.row(label("证据"), cell(evidence, span=3))
    form.row(label("{% if measure.ground == '57-1-3' %}涉嫌{% endif %}违反的规定"), cell(VIOLATED_CITED, span=3))
    form.row(label("处罚依据"), cell(PENALTY_CITED, span=3))
    form.row(label("法定幅度"), cell(f"{{{{law.statutory_range|{TIDY}}}}}。", span=3))
    harm = (
        "{{harm.level}}。{% if harm.desc %}{{harm.desc|trim('。；，：、;, ')}}。{% endif %}"
        f"{{% if harm.reason %}}{HARM_REASON}。{{% endif %}}"
    )
    form.row(label("危害后果"), cell(harm, span=3))
    with form.when("harm.classes"):
        form.row(label("严重情形"), cell(HARM_CLASSES, span=3))
    with form.when(CORRECTED_GROUNDS):
        form.row(label("改正情况"), cell(f"{CORRECTED}。", span=3))
    with form.when(LEFT_TO_CORRECT):
        left = f"应当于{{{{correct.deadline}}}}前改正：{REMAINING}。"
        form.row(label("改正情况"), cell(left, span=3))
    with form.when("no_penalty.query_on"):
        query = (
            f"{{{{no_penalty.query_on}}}}查询{{{{no_penalty.query_system}}}}：{{{{no_penalty.query_result|{TIDY}}}}}。"
        )
        form.row(label("初次违法查询"), cell(query, span=3))
    with form.when("no_penalty.list_item"):
        form.row(label("免罚清单"), cell("《{{no_penalty.list_name}}》第{{no_penalty.list_item}}项", span=3))
    review = (
        "{% if statement %}{{statement|trim('。；，：、;, ')}}。复核意见：{{statement_review|trim('。；，：、;, ')}}。"
        "{% else %}未提出陈述、申辩意见。{% endif %}"
    )
    form.row(label("陈述、申辩"), cell(review, span=3))


def _proposal(form: Table) -> None:
    form.row(label("不予处罚依据"), cell("{{measure.grounds}}", span=3))
    elements = (
        f"{{% if measure.ground == '30' %}}{UNDER_14}。{{% elif measure.ground == '31' %}}{INCAPABLE}。{{% endif %}}"
    )
    form.row(label("不予处罚理由"), cell(elements + f"{{{{no_penalty.reason|{TIDY}}}}}。", span=3))
    with form.when(ESTABLISHED):
        education = "{{edu.law_points|trim('。；，：、;, ')}}。{{edu.keep_compliance|trim('。；，：、;, ')}}。"
        form.row(label("教育内容"), cell(education, span=3))
    with form.when("measure.differs"):
        form.row(
            label("原拟措施"),
            cell("表单拟采取{{measure.requested}}，与规则得出的{{measure.label}}不一致，请审查。", span=3),
        )
    proposal = f"建议对当事人{CHARGE}的行为不予行政处罚。"
    guardian = (
        f"{{% if measure.ground in ('30', '31') %}}建议责令监护人{{{{party.guardian}}}}{GUARDIAN_DUTY}。{{% endif %}}"
    )
    form.row(label("承办人意见"), opinion(proposal + guardian, signed=OFFICER_SIGNS, span=3))


def opinions(form: Table) -> None:
    """The steps of the approval, a row each: blank in a draft, as given in the issued paper. They stand on one page:
    the last of them alone on a sheet would approve nothing."""
    opined = f"{{% if a.opinion %}}{{{{a.opinion|{TIDY}}}}}。{{% endif %}}"
    given = f"{{% if a.decision %}}{{{{a.decision}}}}。{opined}{{% endif %}}"
    signed = (
        f"{{% if a.person %}}{{{{a.person}}}}{{% endif %}}（签名）：{SIGN}　"
        f"{{% if a.on %}}{{{{a.on}}}}{{% else %}}{BY_HAND}{{% endif %}}"
    )
    with form.each("a in approvals"):
        form.row(label("{{a.step}}", "意见"), opinion(given, signed=signed, span=3), held=True)
