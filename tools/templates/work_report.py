"""D-27 工作总结报告 (domain 3.3.4): an upward 公文. Every number comes from the figures; a figure that nothing feeds is
left out of the sentences and stands as — in the tables; what people tell comes from the departments' forms."""

from __future__ import annotations

from dataclasses import replace

from tools.templates.charts import Chart
from tools.templates.layout import Paper
from tools.templates.phrases import DATE, TIDY
from tools.templates.tables import cell, centred

WHO = "{% if report.unit != '全局' %}{{report.unit}}{% else %}全局{% endif %}"
OFFICE = "{% if org.office %}{{org.office}}{% else %}{{org.name}}{% endif %}"
NONE = "本期没有登记有关数据，各机构没有报送有关情况。"
COLUMNS = ("hint", "advice", "talk", "commitment", "filed", "no_penalty", "penalty", "concluded")
HEADS = ("行政提示", "行政建议", "行政约谈", "信用承诺", "立案", "不予处罚", "行政处罚", "办结")


def moved(figure: str) -> str:
    """Compared with last year and with the period before, where that is possible."""
    return (
        f"{{% if figure.{figure}_yoy %}}，{{{{figure.{figure}_yoy}}}}{{% endif %}}"
        f"{{% if figure.{figure}_qoq %}}，{{{{figure.{figure}_qoq}}}}{{% endif %}}"
    )


def part(figure: str, before: str, unit: str = "件", mark: str = "，") -> str:
    """A clause with one figure; nothing where nothing feeds it."""
    return f"{{% if figure.{figure} %}}{before}{{{{figure.{figure}}}}}{unit}{mark}{{% endif %}}"


def some(figure: str, before: str, unit: str = "件", mark: str = "，") -> str:
    """The same, and nothing of a nought either: what did not happen needs no sentence of its own."""
    return happened(figure, f"{before}{{{{figure.{figure}}}}}{unit}{mark}")


def happened(figure: str, told: str) -> str:
    """`told` where the figure is more than a nought."""
    return f"{{% if figure.{figure} and figure.{figure} != '0' %}}{told}{{% endif %}}"


def build() -> Paper:
    """The template."""
    paper = Paper("official")
    paper.draft_mark()
    _head(paper)
    _general(paper)
    _doings(paper)
    _analysis(paper)
    _stories(paper)
    _narrative(paper, "五、存在问题", "problems")
    _narrative(paper, "六、下一步工作安排", "plans")
    paper.text("特此报告。")
    paper.text("附件：1.包容审慎监管工作统计表", held=True)
    paper.text("　　　2.不予行政处罚案件清单", held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    paper.note(f"（联系人：{OFFICE}，联系电话：{{{{org.phone}}}}）")
    _statistics(paper)
    _cases(paper)
    paper.paragraph("Imprint", f"{OFFICE}\t{DATE}印发")
    paper.end_with_table()  # a frame needs a paragraph to hang on
    return paper


def _head(paper: Paper) -> None:
    paper.paragraph("Mark", "{{org.name}}文件")
    number = "{% if doc.draft %}文号待办公室编号{% else %}{{doc.number}}{% endif %}"
    signer = "{% for a in approvals %}{% if loop.last %}{{a.person}}{% endif %}{% endfor %}"
    paper.paragraph("MarkNumber", f"{number}\t签发人：{signer}")
    paper.paragraph("AfterLine", "")
    paper.title("{{org.name}}关于")
    paper.title("{{report.title}}{% if report.unit != '全局' %}{{report.unit}}{% endif %}包容审慎监管")
    paper.title("工作情况的报告")
    paper.flush("{{org.reviewing_government}}：")
    paper.text(
        "按照《优化营商环境条例》《山西省优化营商环境条例》{% if org.policy_title %}和《{{org.policy_title}}》"
        "{% if org.policy_number %}（{{org.policy_number}}）{% endif %}{% endif %}要求，现将{{report.title}}"
        "（{{report.since}}至{{report.until}}）工作情况报告如下。"
    )


def _general(paper: Paper) -> None:
    paper.heading("一、总体情况")
    paper.text(
        f"{{{{report.title}}}}，{WHO}{part('hint', '发出行政提示')}{part('advice', '提出行政建议')}"
        f"{part('talk', '行政约谈', '家次')}{part('commitment', '收到信用承诺书', '份')}"
        f"立案{{{{figure.filed}}}}件{moved('filed')}；办结{{{{figure.concluded}}}}件{moved('concluded')}，"
        "其中行政处罚{{figure.penalty}}件、不予行政处罚{{figure.no_penalty}}件、撤销案件{{figure.withdrawn}}件、"
        "移送{{figure.transferred}}件"
        "{% if figure.transferred_crime %}（其中涉嫌犯罪{{figure.transferred_crime}}件）{% endif %}"
        "、责令改正后结案{{figure.closed_after_correction}}件。"
        "{% if figure.no_penalty_rate %}不予行政处罚占办结案件的{{figure.no_penalty_rate}}"
        f"{moved('no_penalty_rate')}。{{% endif %}}"
        "上述数据按决定日期、约谈日期等事项发生的日期统计，截至{{report.as_of}}。"
    )
    with paper.when("report.not_kept"):
        paper.text("{{report.not_kept|join('、')}}尚未在本系统登记，不作统计。")
    with paper.when("report.adjustments"):
        paper.text(
            "以前各期上报后发生变化的数据作如下调整："
            "{% for a in report.adjustments %}{{a.period}}{{a.name}}原报{{a.was}}，现为{{a.now}}，调整{{a.difference}}"
            "{% if not loop.last %}；{% endif %}{% endfor %}。"
        )


def _doings(paper: Paper) -> None:
    paper.heading("二、主要做法")
    _doing(paper, "（一）加强组织领导。", "leadership", part("meeting", "形成会议纪要", "份", "。"), "meeting")
    _doing(paper, "（二）做实行政指导。", "guidance", _guidance(), "advice")
    shown = "figure.observation or figure.trigger"
    _doing(paper, "（三）探索包容期、观察期和触发式监管。", "observation", _watched(), "", shown)
    _doing(paper, "（四）推行柔性监管。", "soft", _soft(), "talk")
    grounds = (
        "不予行政处罚{{figure.no_penalty}}件"
        "{% if report.grounds %}，其中{% for g in report.grounds %}因{{g.ground}}的{{g.value}}件"
        "{% if not loop.last %}，{% endif %}{% endfor %}{% endif %}"
        + some("spared", "，免予罚款", "元（按法定最低罚款额估算）", "")
        + "。"
        + some("mitigated", "从轻、减轻处罚", "件。", "")
        + "{% if figure.soft_rate %}不予、从轻、减轻占办结案件的{{figure.soft_rate}}。{% endif %}"
    )
    _doing(paper, "（五）规范不予和从轻、减轻处罚。", "penalty", grounds, "no_penalty")
    bottom = (
        "行政处罚{{figure.penalty}}件"
        + some("penalty_grave", "，其中有严重情形的", "件", "")
        + some("fined", "，罚款", "元", "")
        + some("transferred", "，移送", "件", "")
        + "。"
        + happened("visited", "制作检查笔录的检查{{figure.visited}}家次，出动执法人员{{figure.officers_out}}人次。")
    )
    _doing(paper, "（六）守牢安全底线。", "bottom_line", bottom, "penalty")
    _doing(paper, "（七）强化信用监管。", "credit", _credit(), "", "figure.commitment or figure.publicity")
    told = (
        "开展宣传培训{{figure.campaign}}场次，覆盖{{figure.audience}}人次。"
        + some("media", "新媒体宣传", "条。", "")
    )
    _doing(paper, "（八）营造舆论氛围。", "publicity", told, "campaign")


def _guidance() -> str:
    return (
        part("hint", "发出行政提示", mark="；")
        + f"提出行政建议{{{{figure.advice}}}}件{moved('advice')}。"
        + "{% if figure.hint_rate %}提示后按期办理率{{figure.hint_rate}}。{% endif %}"
        + "{% if figure.advice_rate %}经复查的行政建议采纳率{{figure.advice_rate}}。{% endif %}"
        + some("warning", "发出风险预警", "件。", "")
    )


def _watched() -> str:
    return (
        part("new_economy", "涉及四新主体", "户。", "")
        + part("observation", "新设包容期、观察期", "户。", "")
        + part("observed", "期末在册包容期、观察期", "户。", "")
        + some("observation_rules", "结束后转分类规则", "户。", "")
        + some("observation_enforced", "结束后转依法查处", "户。", "")
        + part("trigger", "触发核查", "次。", "")
        + "{% if figure.trigger_average %}平均{{figure.trigger_average}}天作出处置。{% endif %}"
        + some("key", "新列重点监管", "户。", "")
        + some("inspection", "双随机抽查", "户次。", "")
    )


def _soft() -> str:
    return (
        "行政约谈{{figure.talk}}家次"
        "{% if figure.talk_responsibility %}（其中责任约谈{{figure.talk_responsibility}}家次）{% endif %}"
        f"{moved('talk')}{{% if figure.talk_rate %}}，到场率{{{{figure.talk_rate}}}}{{% endif %}}。"
        "{% if figure.mending_rate %}应整改到期{{figure.mending_due}}件，已整改{{figure.mending_done}}件，"
        "整改率{{figure.mending_rate}}。{% endif %}"
        "{% if figure.mended_average %}平均{{figure.mended_average}}天完成整改。{% endif %}"
        "{% if figure.recheck_rate %}整改复查{{figure.recheck}}件，其中已整改{{figure.recheck_done}}件。{% endif %}"
    )


def _credit() -> str:
    repaired = (
        "收到信用修复申请{{figure.repair_asked}}件，受理{{figure.repair_accepted}}件，准予{{figure.repair_granted}}件。"
    )
    return (
        part("commitment", "收到信用承诺书", "份。", "")
        + part("publicity", "公示处罚信息", "条。", "")
        + some("publicity_withdrawn", "撤回公示", "条。", "")
        + happened("repair_asked", repaired)
        + "{% if figure.repair_average %}信用修复平均{{figure.repair_average}}个工作日办结。{% endif %}"
    )


def _doing(paper: Paper, title: str, told: str, figures: str, figure: str, shown: str = "") -> None:
    """One way of working: its figures, then what the departments tell of it, else a word that there is nothing."""
    paper.paragraph("Level2", title)
    counted = shown or (f"figure.{figure}" if figure else "")
    if counted:
        with paper.when(counted):
            paper.text(figures)
    paper.tag(f"for u in (report.units or []) if u.{told}")
    paper.text(f"{{{{u.unit}}}}：{{{{u.{told}|{TIDY}}}}}。")
    paper.tag("else")
    if counted:
        paper.tag(f"if not ({counted})")
    paper.text(NONE)
    if counted:
        paper.tag("endif")
    paper.tag("endfor")


def _analysis(paper: Paper) -> None:
    paper.heading("三、数据分析")
    paper.text(
        "分月、分行业情况见表1、表2，不予、从轻、减轻处罚的理由见表3，各项指标与上年同期、上期的比较见附件1（表4），"
        "时限执行情况见表5，四新主体和包容期、观察期见表6。表中「—」为尚未在本系统登记的事项，或者没有可以计算的数。"
    )
    for number, name, listed, first in (
        ("1", "各项措施分月情况", "months", "month"),
        ("2", "各项措施分行业情况", "industries", "industry"),
    ):
        paper.paragraph("Before", f"表{number}　{name}（件、家次、份）")
        table = paper.table(18, *(10 for _ in COLUMNS))
        table.heads("月份" if first == "month" else "行业", *HEADS)
        with table.each(f"r in report.{listed}"):
            table.row(centred(f"{{{{r.{first}}}}}"), *(centred(f"{{{{r.{key}}}}}") for key in COLUMNS))
    _leniency(paper)
    paper.paragraph("Before", "表5　时限执行情况（期限在本期届满的，件）")
    table = paper.table(46, 13, 13, 13, 15)
    table.heads("事项", "到期", "按期", "超期", "按期率")
    with table.when("report.timeliness"), table.each("r in report.timeliness"):
        table.row(cell("{{r.name}}"), *(centred(f"{{{{r.{key}}}}}") for key in ("due", "kept", "late", "rate")))
    paper.paragraph("Before", "表6　四新主体和包容期、观察期")
    table = paper.table(46, 12, 14, 14, 14)
    table.heads("指标", "单位", "本期", "上年同期", "上期")
    with table.when("report.observations"), table.each("r in report.observations"):
        told = (centred(f"{{{{r.{key}}}}}") for key in ("unit", "value", "last_year", "previous"))
        table.row(cell("{{r.name}}"), *told)
    paper.end_with_table()
    _charts(paper)
    paper.paragraph("Before", "数据来源：本局账册，截至{{report.as_of}}。")


def _leniency(paper: Paper) -> None:
    with paper.when("report.leniency"):
        paper.paragraph("Before", "表3　不予、从轻、减轻处罚的理由和依据（件）")
    table = paper.table(20, 34, 34, 10)
    with table.when("report.leniency"):
        table.heads("类别", "理由", "依据", "件数")
    with table.when("report.leniency"), table.each("g in report.leniency"):
        table.row(centred("{{g.kind}}"), cell("{{g.ground}}"), cell("{{g.basis}}"), centred("{{g.value}}"))
    with table.when("not report.leniency"):
        table.row(cell("表3　本期没有不予、从轻、减轻处罚案件。", span=4))


def _charts(paper: Paper) -> None:
    shown = {key: head for key, head in zip(COLUMNS, HEADS, strict=True) if key not in ("filed", "concluded")}
    monthly = Chart("columns", "report.months/month", shown, told_by="report.structure/value")
    paper.chart("图1　各项措施分月情况（件、家次、份）", monthly)
    paper.chart("图2　各项措施的构成", Chart("ring", "report.structure/measure", {"value": "数量"}))
    cases = {"filed": "立案", "concluded": "办结"}
    paper.chart("图3　分行业立案和办结（件）", Chart("bars", "report.industries/industry", cases))
    ratio = {"no_penalty_rate": "不予行政处罚占办结案件（%）"}
    paper.chart("图4　不予行政处罚占办结案件的比率（%）", Chart("line", "report.months/month", ratio))
    rate = {"rate": "按期率（%）"}
    kept = Chart("bars", "report.timeliness/name", rate, told_by="report.timeliness/kept")
    paper.chart("图5　时限执行情况（%）", kept)
    households = {"households": "户数"}
    paper.chart("图6　四新主体和包容期、观察期（户）", Chart("bars", "report.observations/name", households))


def _stories(paper: Paper) -> None:
    paper.heading("四、典型案例")
    with paper.when("report.stories"), paper.each("s in report.stories"):
        paper.paragraph("Level2", "案例{{s.no}}　{{s.title}}")
        paper.text("{{s.text}}（当事人名称已作隐去处理）")
    with paper.when("not report.stories"):
        paper.text("本期没有可以介绍的典型案例。")


def _narrative(paper: Paper, title: str, told: str) -> None:
    paper.heading(title)
    paper.tag(f"for u in (report.units or []) if u.{told}")
    paper.text(f"{{{{u.unit}}}}：{{{{u.{told}|join('；')|{TIDY}}}}}。")
    paper.tag("else")
    paper.text("各机构没有报送。")
    paper.tag("endfor")


def _statistics(paper: Paper) -> None:
    paper.paragraph("Attachment", "附件1")
    paper.paragraph("DocumentTitle", "包容审慎监管工作统计表")
    paper.paragraph("Before", "表4　{{report.title}}各项指标比较（数据截至{{report.as_of}}）")
    table = paper.table(21, 42, 15, 22, 26, 20, 17, 17)
    table.heads("编号", "指标", "单位", "本期", "上年同期", "上期", "同比", "环比")
    with table.each("f in report.figures if f.shown"):
        table.row(
            centred("{{f.id}}"),
            replace(cell("{{f.name}}"), whole=True),
            centred("{{f.unit}}"),
            *(
                centred(f"{{% if f.{key} %}}{{{{f.{key}}}}}{{% else %}}—{{% endif %}}")
                for key in ("value", "last_year", "previous", "change_yoy", "change_qoq")
            ),
        )
    paper.paragraph(
        "Before",
        "比率按分子、分母重新计算，保留一位小数，因四舍五入，各项之和可能与合计略有出入。「—」为尚未登记或者没有可比数据。",
    )
    paper.paragraph("Before", "数据校验值：{{report.sha256}}")


def _cases(paper: Paper) -> None:
    paper.paragraph("Attachment", "附件2")
    paper.paragraph("DocumentTitle", "不予行政处罚案件清单")
    table = paper.table(12, 40, 25, 34, 25)
    table.heads("序号", "案号、文号", "行业", "理由", "日期")
    with table.when("report.cases"), table.each("c in report.cases"):
        table.row(
            centred("{{c.no}}"),
            cell("{{c.case}}", "{% if c.doc_no %}{{c.doc_no}}{% endif %}"),
            cell("{{c.industry}}"),
            cell("{{c.ground}}"),
            centred("{{c.on}}"),
        )
    with table.when("not report.cases"):
        table.row(cell("本期没有不予行政处罚案件。", span=5))
