"""D-26a, D-26b, D-26c and D-20b (domain 3.2): the steps before a rule or a major decision is signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, LED, SIGN, TIDY, boxes
from tools.templates.tables import Table, cell, centred, head

REVIEW = "{% if rule.major %}合法性审查{% else %}合法性审核{% endif %}"


def _form(title: str) -> tuple[Paper, Table]:
    paper = Paper("sheets")
    paper.organ()
    paper.title(title)
    form = paper.table(20, 30, 20, 30)
    form.line("决策事项", "{{rule.title}}")
    form.pair("承办机构", "{{unit}}", "编号", "{{matter.ref}}")
    return paper, form


def experts() -> Paper:
    """D-26a: who was asked, what each said, what became of it."""
    paper, form = _form("专家论证意见")
    form.line("论证的问题", f"{{{{expert.question|{TIDY}}}}}。")
    form.pair("论证方式", "{{expert.method}}", "论证日期", "{{expert.on}}")
    table = paper.table(8, 16, 16, 24, 36)
    table.row(head("专家意见（专家均声明与决策事项没有直接利害关系）", span=5))
    table.heads("序号", "姓名", "专业", "工作单位", "意见")
    with table.each("e in experts if e.no_interest"):
        table.row(
            centred("{{e.no}}"), centred("{{e.name}}"), cell("{{e.field}}"), cell("{{e.unit}}"), cell("{{e.opinion}}")
        )
    end = paper.table(20, 80)
    end.line("论证结论", f"{{{{expert.conclusion|{TIDY}}}}}。")
    end.line("采纳情况", f"{{{{expert.adopted|{TIDY}}}}}。")
    end.line("专家签名", signed=f"（签名）：{SIGN}、{SIGN}　{BY_HAND}")
    paper.end_with_table()
    return paper


def public() -> Paper:
    """D-26b: how the public was asked, each opinion with what became of it and why."""
    paper, form = _form("公众意见汇总")
    form.line("征求意见渠道", "{{public.channel|join('；')}}")
    form.pair("开始日期", "{{public.from}}", "截止日期", "{{public.to}}")
    with form.when("public.short_reason"):
        form.line("期限说明", f"{{{{public.short_reason|{TIDY}}}}}。")
    form.pair("收到意见", "{{public.count}}件", "反馈日期", "{{public.published_on}}")
    table = paper.table(8, 46, 12, 34)
    table.row(head("意见及采纳情况", span=4))
    table.heads("序号", "意见", "采纳", "理由")
    with table.each("c in (comments or [])"):
        said = "{% if c.adopted %}采纳{% else %}不采纳{% endif %}"
        table.row(centred("{{c.no}}"), cell("{{c.opinion}}"), centred(said), cell("{{c.reason}}"))
    end = paper.table(20, 80)
    end.line("汇总人", signed=f"（签名）：{SIGN}　{BY_HAND}")
    paper.end_with_table()
    return paper


def evaluation() -> Paper:
    """D-26c: what a third party found; signed and sealed by it."""
    paper, form = _form("第三方评估报告")
    form.line("评估单位", "{{evaluation.evaluator}}")
    form.pair("委托日期", "{{evaluation.commissioned_on}}", "报告日期", "{{evaluation.on}}")
    form.line("评估方法", f"{{{{evaluation.method|{TIDY}}}}}。")
    form.line("评估情况", f"{{{{evaluation.findings|{TIDY}}}}}。")
    form.line("评估结论", LED + boxes("evaluation.conclusion", "建议实施", "修改后实施", "不建议实施"))
    form.line("评估单位", signed=f"负责人（签名）：{SIGN}（印章）　{BY_HAND}")
    paper.end_with_table()
    return paper


def legality() -> Paper:
    """D-20b: 合法性审查 of a major decision, 合法性审核 of a 规范性文件: authority, procedure, content."""
    paper, form = _form(REVIEW + "意见书")
    form.pair("收到材料", "{{legality.in_on}}", "审查日期", "{{legality.on}}")
    form.line("权限", f"{{{{legality.authority|{TIDY}}}}}。")
    form.line("程序", f"{{{{legality.procedure|{TIDY}}}}}。")
    form.line("内容", f"{{{{legality.content|{TIDY}}}}}。")
    competition = f"{{% if rule.competition %}}{{{{rule.competition|{TIDY}}}}}。{{% else %}}不适用。{{% endif %}}"
    form.line("公平竞争审查", competition)
    form.line("风险评估", f"{{% if rule.risk %}}{{{{rule.risk|{TIDY}}}}}。{{% else %}}不适用。{{% endif %}}")
    form.line("结论", LED + boxes("legality.conclusion", "合法", "修改后合法", "不合法"))
    form.line("意见", f"{{{{legality.opinion|{TIDY}}}}}。", signed=f"{{{{legality.by}}}}（签名）：{SIGN}　{BY_HAND}")
    form.line("依据", "{% if rule.major %}{{cites.decision}}{% else %}{{cites.normative}}{% endif %}")
    paper.end_with_table()
    return paper


BUILDS: Mapping[str, Callable[[], Paper]] = {
    "expert_opinion": experts,
    "public_opinion": public,
    "evaluation_report": evaluation,
    "legality_review": legality,
}
