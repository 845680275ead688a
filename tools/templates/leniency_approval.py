"""D-16 从轻/减轻处罚审批表 (domain 3.2): the circumstances, their proof, the range, and why not more and not less."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.no_penalty_approval import opinions
from tools.templates.phrases import ACT, OFFICER_SIGNS, OFFICERS, PENALTY_CITED, TIDY, VIOLATED_CITED
from tools.templates.tables import FORM, Table, cell, centred, label, opinion


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.draft_mark()
    paper.organ()
    paper.title("{{penalty.depth}}行政处罚审批表")
    form = paper.table(*FORM)
    _case(form)
    _merits(form)
    opinions(form)
    paper.end_with_table()
    return paper


def _case(form: Table) -> None:
    form.row(label("案号"), cell("{{case.no}}", span=3))
    form.row(label("案由"), cell(ACT, span=3))
    form.row(label("当事人"), cell("{{party.name}}", span=3))
    with form.when("party.guardian"):
        form.row(label("监护人"), cell("{{party.guardian}}", span=3))
    form.row(label("立案日期"), centred("{{case.filed_on}}"), label("承办机构"), centred("{{unit}}"))
    form.row(label("承办人"), cell(OFFICERS, span=3))
    form.row(label("违法事实"), cell(f"{{{{fact.narrative|{TIDY}}}}}。", span=3))
    harm = "{{harm.level}}。{% if harm.desc %}{{harm.desc}}。{% endif %}"
    form.row(label("危害后果"), cell(harm, span=3))


def _merits(form: Table) -> None:
    lines = (
        f"{{% for c in circumstances if c.verified %}}{{{{loop.index}}}}.{{{{c.ground}}}}：{{{{c.fact|{TIDY}}}}}。"
        f"证据：{{{{c.proof|{TIDY}}}}}。{{% else %}}见裁量理由。{{% endfor %}}"
    )
    form.row(label("情节及证据"), cell(lines, span=3))
    form.row(label("违反的规定"), cell(VIOLATED_CITED, span=3))
    form.row(label("处罚依据"), cell(PENALTY_CITED, span=3))
    form.row(label("法定幅度"), cell(f"{{{{law.statutory_range|{TIDY}}}}}。", span=3))
    step = "{% if penalty.standard_step %}{{penalty.standard_step}}{% else %}没有裁量基准{% endif %}"
    form.row(label("裁量基准"), cell(step, span=3))
    with form.when("penalty.deviation"):
        form.row(label("偏离基准", "的理由"), cell(f"{{{{penalty.deviation|{TIDY}}}}}。", span=3))
    form.row(label("建议处罚"), cell("{{penalty.depth}}：{{penalty.told}}。", span=3))
    form.row(label("理由"), cell(f"{{{{penalty.reason|{TIDY}}}}}。", span=3))
    form.row(label("不适用不予", "处罚的理由"), cell(f"{{{{penalty.not_excused|{TIDY}}}}}。", span=3))
    hearing = "{% if hearing.required %}应当告知听证权利{% else %}不属于应当告知听证的处罚{% endif %}"
    form.row(label("是否听证"), cell(hearing, span=3))
    form.row(label("承办人意见"), opinion("建议予以{{penalty.depth}}处罚。", signed=OFFICER_SIGNS, span=3))
