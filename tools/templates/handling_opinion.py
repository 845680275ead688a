"""D-14 案件处理意见书 (domain 3.2): the officers' reasoned proposal, to punish or not to punish."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import (
    ACT,
    CHARGE,
    CORRECTED,
    CORRECTED_GROUNDS,
    ESTABLISHED,
    FOUND,
    GUARDIAN_DUTY,
    HARM_CLASSES,
    HARM_REASON,
    ID_LABEL,
    INCAPABLE,
    LEFT_TO_CORRECT,
    OFFICER_SIGNS,
    OFFICERS,
    PENALTY_CITED,
    REMAINING,
    STATED,
    TIDY,
    UNDER_14,
    VIOLATED,
)
from tools.templates.tables import Table, cell, centred

NOT_APPLICABLE = "不适用（不予行政处罚）"
WEIGHS = (
    "{% if c.ground == '从重情节' %}从重{% elif c.ground == '其他酌定情节' %}酌定{% else %}从轻或者减轻{% endif %}"
)
PUNISHED = "measure.name == '行政处罚'"


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.draft_mark()
    paper.organ()
    paper.title("案件处理意见书")
    paper.number("案号：{{case.no}}")
    _story(paper)
    _evidence(paper)
    _law(paper)
    _proposal(paper)
    return paper


def _story(paper: Paper) -> None:
    paper.heading("一、当事人")
    with paper.when("party.is_person"):
        paper.text(
            "{{party.name}}，{{party.gender}}，{{party.birth}}出生，"
            f"{ID_LABEL}{{{{party.id_no}}}}，住{{{{party.address}}}}"
            "{% if party.guardian %}，监护人{{party.guardian}}{% endif %}。"
        )
    with paper.otherwise():
        paper.text(
            "{{party.name}}，统一社会信用代码{{party.uscc}}，住所（经营场所）{{party.address}}，"
            "{{party.legal_rep_title}}{{party.legal_rep}}。"
        )
    paper.heading("二、案由")
    paper.text(f"涉嫌{ACT}。")
    paper.heading("三、调查经过")
    paper.text(
        f"{{{{case.found_on}}}}，本机关{FOUND}发现本案线索，{{{{case.filed_on}}}}予以立案，由{{{{unit}}}}"
        f"执法人员{OFFICERS}承办，依法进行了{{{{investigation.steps|join('、')}}}}，现已调查终结。"
    )
    paper.text(f"{{% if statement %}}{STATED}{{% else %}}当事人未提出陈述、申辩意见。{{% endif %}}")
    paper.heading("四、认定的事实")
    paper.text("{{fact.narrative|trim('。；，：、;, ')}}。")
    with paper.when("harm.classes"):
        paper.text(f"严重情形：{HARM_CLASSES}")


def _evidence(paper: Paper) -> None:
    paper.heading("五、证据目录")
    table = paper.table(9, 17, 24, 9, 22, 29)
    table.heads("序号", "证据种类", "证据名称", "页数", "收集日期", "证明事项")
    with table.each("e in evidence"):
        table.row(
            centred("{{e.no}}"),
            centred("{{e.kind}}"),
            cell("{{e.name}}"),
            centred("{{e.pages or '—'}}"),
            centred("{{e.collected_on or '—'}}"),
            cell(f"{{{{e.proves|{TIDY}}}}}"),
        )
    paper.text("上述证据经{{evidence_confirmed}}。")


def _law(paper: Paper) -> None:
    paper.heading("六、案件定性")
    with paper.when(ESTABLISHED):
        paper.text(f"当事人{ACT}的行为，违反了{VIOLATED}的规定。")
    with paper.otherwise():
        paper.text("现有证据不足以证明{{no_penalty.not_established|trim('。；，：、;, ')}}，违法事实不能成立。")
    with paper.when(ESTABLISHED):
        paper.heading("七、裁量情节")
        table = paper.table(42, 28, 18, 22)
        table.heads("情节", "依据", "证据", "适用")
        _circumstances(table)
        _weighed(table)
        paper.heading("八、法定幅度和裁量")
        paper.text(f"法定幅度：依照{PENALTY_CITED}，{{{{law.statutory_range|trim('。；，：、;, ')}}}}。")
    with paper.otherwise():
        paper.heading("七、裁量情节")
        paper.text(f"{NOT_APPLICABLE}。")
        paper.heading("八、法定幅度和裁量")
    with paper.when(PUNISHED):
        step = f"{{% if penalty.standard_step %}}{{{{penalty.standard_step|{TIDY}}}}}{{% else %}}没有{{% endif %}}"
        paper.text(f"裁量基准：{step}。")
        paper.text("裁量幅度：{{penalty.depth}}（从轻是在法定幅度以内，减轻是在法定幅度以下）。")
        with paper.when("penalty.deviation"):
            paper.text(f"偏离裁量基准的理由：{{{{penalty.deviation|{TIDY}}}}}。")
        alike = f"{{% if penalty.comparison %}}{{{{penalty.comparison|{TIDY}}}}}{{% else %}}没有同类案件{{% endif %}}"
        paper.text(f"同类案件比较：{alike}。")
        paper.text("是否听证：{% if hearing.required %}应当告知听证权利{% else %}不属于应当告知听证的处罚{% endif %}。")
    with paper.otherwise():
        paper.text(f"裁量基准：{NOT_APPLICABLE}。")
        paper.text(f"同类案件比较：{NOT_APPLICABLE}。")
        paper.text(f"是否听证：{NOT_APPLICABLE}。")


def _circumstances(table: Table) -> None:
    def row(text: str) -> None:
        table.row(cell(text), cell("{{measure.basis}}"), centred("见证据目录"), centred("不予行政处罚"))

    with table.when("measure.ground == '33-1前'"):
        row("违法行为轻微：{{no_penalty.gravity_reason|trim('。；，：、;, ')}}。")
        row(f"没有造成危害后果：{HARM_REASON}。")
    with table.when("measure.ground == '33-1后'"):
        row("初次违法：经{{no_penalty.query_on}}查询{{no_penalty.query_system}}和本机关案件台账。")
        row(f"危害后果轻微：{HARM_REASON}。")
    with table.when(CORRECTED_GROUNDS):
        row(f"及时改正：{CORRECTED}。")
    with table.when("measure.ground == '33-2'"):
        proven = f"{{{{no_penalty.proof|{TIDY}}}}}足以证明，{{{{no_penalty.fault_reason|{TIDY}}}}}"
        row(f"没有主观过错：{proven}。")
    with table.when("measure.ground == '30'"):
        row(f"不满十四周岁：{UNDER_14}。")
    with table.when("measure.ground == '31'"):
        row(f"不能辨认或者不能控制自己行为：{INCAPABLE}。")


def _weighed(table: Table) -> None:
    """Of a penalty: each circumstance with its proof and which way it weighs."""
    with table.when(PUNISHED):
        table.row(cell("危害后果：{{harm.level}}。"), centred("—"), centred("见证据目录"), centred("—"))
    with table.each("c in (circumstances or []) if measure.name == '行政处罚' and c.verified"):
        table.row(
            cell(f"{{{{c.ground}}}}：{{{{c.fact|{TIDY}}}}}。"),
            cell("{% if c.ground in ('从重情节', '其他酌定情节') %}裁量基准{% else %}{{cites.mitigation}}{% endif %}"),
            cell(f"{{{{c.proof|{TIDY}}}}}"),
            centred(WEIGHS),
        )


def _proposal(paper: Paper) -> None:
    paper.heading("九、处理建议")
    with paper.when(PUNISHED):
        excuse = f"不适用不予行政处罚的理由：{{{{penalty.not_excused|{TIDY}}}}}。"
        paper.text(f"{{{{penalty.reason|{TIDY}}}}}。{excuse}")
        by_law = f"依据{PENALTY_CITED}和{{{{measure.procedure}}}}的规定"
        paper.text(f"{by_law}，建议对当事人作出如下行政处罚：{{{{penalty.told}}}}。", held=True)
    with paper.otherwise():
        _excused(paper)
    paper.hand("", OFFICER_SIGNS)


def _excused(paper: Paper) -> None:
    paper.text(
        f"{{% if measure.ground == '30' %}}{UNDER_14}。{{% elif measure.ground == '31' %}}{INCAPABLE}。{{% endif %}}"
        f"{{{{no_penalty.reason|{TIDY}}}}}。"
        f"依据{{{{measure.grounds}}}}的规定，建议对当事人{CHARGE}的行为不予行政处罚"
        f"{{% if measure.ground in ('30', '31') %}}，责令监护人{{{{party.guardian}}}}{GUARDIAN_DUTY}{{% endif %}}"
        f"{{% if {LEFT_TO_CORRECT} %}}，并于{{{{correct.deadline}}}}前改正："
        f"{REMAINING}{{% endif %}}。",
        held=True,
    )
