"""D-22, D-22b, D-22c, D-24 and D-25 (domain 3.2): setting and ending 包容期、观察期, a trigger's response, 重点监管."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tools.templates.layout import Paper
from tools.templates.no_penalty_approval import opinions
from tools.templates.phrases import BY_HAND, LED, NUMBER, SIGN, STROKE, TIDY, boxes, either
from tools.templates.tables import FORM, Table, cell, centred, label, opinion

EXCLUDED = "涉及安全、未成年人、禁止内容及其他严重情形的，不适用。"
"""The fixed text of D-22 (domain 3.2): what no tolerance covers."""

HANDLED = f"承办人（签名）：{SIGN}　{BY_HAND}"


def _begin(title: str, draft: bool = True, number: str = "编号：" + NUMBER) -> tuple[Paper, Table]:
    paper = Paper("sheets")
    if draft:
        paper.draft_mark()
    paper.organ()
    paper.title(title)
    if number:
        paper.number(number)
    return paper, paper.table(*FORM)


def _party(form: Table, field: str = "{{observation.field}}") -> None:
    form.row(label("单位"), cell("{{party.name}}", span=3))
    form.row(label("统一社会", "信用代码"), centred("{{party.uscc}}"), label("承办机构"), centred("{{unit}}"))
    form.row(label("领域（业态）"), cell(field, span=3))


def _listed(name: str) -> str:
    ends = "{% if loop.last %}。{% else %}；{% endif %}"
    return f"{{% for one in {name} %}}{{{{loop.index}}}}.{{{{one|{TIDY}}}}}{ends}{{% else %}}{STROKE}{{% endfor %}}"


def approval() -> Paper:
    """D-22."""
    paper, form = _begin("{{observation.kind}}设定审批表")
    _party(form)
    form.row(label("前景判断"), cell("{{observation.outlook}}", span=3))
    form.row(label("四新认定和", "判断理由"), cell(f"{{{{observation.reason|{TIDY}}}}}。", span=3))
    form.row(label("风险点"), cell(_listed("observation.risks"), span=3))
    form.row(label("允许的范围"), cell(f"{{{{observation.permitted|{TIDY}}}}}。", span=3))
    form.row(label("不适用的事项"), cell(EXCLUDED, span=3))
    form.row(label("开始日期"), centred("{{observation.start}}"), label("届满日期"), centred("{{observation.end}}"))
    form.row(label("中期评估"), cell("{{observation.mid_due}}前", span=3))
    form.row(label("触发条件"), cell("投诉举报达到标准，或者有媒体舆情、移送交办、监测、证照信用变化、事故等情形的，"
                                 "按触发式监管处置。", span=3))  # fmt: skip
    form.row(label("指导和服务", "安排"), cell(_listed("observation.plan"), span=3))
    proposal = "依据{{measure.basis}}，建议自{{observation.start}}起至{{observation.end}}止设定{{observation.kind}}。"
    form.row(label("承办人意见"), opinion(proposal, signed=HANDLED, span=3))
    opinions(form)
    paper.end_with_table()
    return paper


def ended() -> Paper:
    """D-22b: severe harm ends it at once; what follows is enforcement."""
    paper, form = _begin("{{observation.kind}}终止登记表", draft=False, number="")
    _party(form)
    form.row(label("原定期限"), cell("{{observation.start}}至{{observation.end}}", span=3))
    form.row(label("终止日期"), centred("{{doc.date}}"), label("登记方式"), centred("系统登记"))
    form.row(label("终止原因"), cell("当事人在下列事项中的严重情形已经确认：{{party.harm_in|join('、')}}。", span=3))
    form.row(label("后续处理"), cell(f"不再适用{{{{observation.kind}}}}，依法查处。{EXCLUDED}", span=3))
    form.row(label("承办人"), opinion("", signed=HANDLED, span=3))
    paper.end_with_table()
    return paper


def concluded() -> Paper:
    """D-22c: what halfway and the end were found to be, and what follows; the closing conclusion that D-22 asks for."""
    paper, form = _begin("{{observation.kind}}评估结论登记表", draft=False, number="")
    _party(form)
    form.row(label("期限"), cell("{{observation.start}}至{{observation.end}}", span=3))
    halfway = (
        "{% if observation.mid_checked_on %}{{observation.mid_checked_on}}"
        f"{{% if observation.mid_result %}}：{{{{observation.mid_result|{TIDY}}}}}。{{% endif %}}"
        f"{{% else %}}{STROKE}{{% endif %}}"
    )
    form.row(label("中期评估"), cell(halfway, span=3))
    events = "{% if triggers %}{{triggers|length}}件{% else %}无{% endif %}"
    form.row(label("结束日期"), centred("{{doc.date}}"), label("触发事件"), centred(events))
    conclusion = LED + boxes("observation.conclusion", "期满正常结束", "转入分类规则", "转依法查处", by_hand=True)
    form.row(label("结论"), cell(conclusion, span=3))
    note = f"{{{{observation.conclusion_note|{TIDY}}}}}。{{% else %}}{STROKE}{{% endif %}}"
    form.row(label("结论说明"), cell("{% if observation.conclusion_note %}" + note, span=3))
    form.row(label("承办人"), opinion("", signed=f"（签名）：{SIGN}、{SIGN}　{BY_HAND}", span=3))
    form.row(label("部门负责人", "意见"), opinion("", signed=f"（签名）：{SIGN}　{BY_HAND}", span=3))
    paper.end_with_table()
    return paper


def trigger() -> Paper:
    """D-24: also where nothing is observed, a hazard that a refused talk left behind."""
    paper, form = _begin("触发事件处置单", number="")
    industry = "{% if case.industry %}{{case.industry}}{% else %}—{% endif %}"
    _party(form, f"{{% if observation.field %}}{{{{observation.field}}}}{{% else %}}{industry}{{% endif %}}")
    form.row(label("事件类别"), centred("{{hit.kind}}"), label("日期"), centred("{{hit.on}}"))
    form.row(label("来源"), cell("{{hit.source}}", span=3))
    form.row(label("内容"), cell(f"{{{{hit.content|{TIDY}}}}}。", span=3))
    form.row(label("达到的标准"), cell("{{hit.reason}}。", span=3))
    form.row(label("处置依据"), cell("{{measure.basis}}", span=3))
    ways = LED + boxes("hit.decision", "电话核实", "书面核查", "现场检查", "移送", by_hand=True)
    form.row(label("处置方式"), opinion(ways, signed=HANDLED, span=3))
    opinions(form)
    form.row(label("处置结果"), opinion("", signed=f"承办人（签名）：{SIGN}、{SIGN}　{BY_HAND}", span=3))
    paper.end_with_table()
    return paper


def supervision() -> Paper:
    """D-25."""
    paper, form = _begin("重点监管审批表")
    _party(form)
    form.row(label("前景判断"), centred("{{observation.outlook}}"), label("风险等级"), centred("{{risk.level}}"))
    form.row(label("风险事实", "及证据"), cell(_listed("risk.factors"), span=3))
    grounds = either("risk.public_safety", "直接涉及公共安全和人民群众生命健康。", "不涉及公共安全和人民群众生命健康。")
    form.row(label("适用条件"), cell(grounds, span=3))
    form.row(label("监管措施"), cell(_listed("risk.measures"), span=3))
    form.row(label("检查频次"), cell("{{risk.frequency}}（不高于公布的上限）", span=3))
    form.row(label("开始日期"), centred("{{observation.start}}"), label("复核日期"), centred("{{risk.review_on}}"))
    form.row(label("退出条件"), cell(f"{{{{risk.exit_when|{TIDY}}}}}。", span=3))
    form.row(label("承办人意见"), opinion("依据{{measure.basis}}，建议列入重点监管。", signed=HANDLED, span=3))
    opinions(form)
    paper.end_with_table()
    return paper


BUILDS: Mapping[str, Callable[[], Paper]] = {
    "observation_approval": approval,
    "observation_end": ended,
    "observation_conclusion": concluded,
    "trigger_response": trigger,
    "key_supervision": supervision,
}
