"""D-06, D-06b, D-28, D-29, D-32, D-33 (domain 3.2): told twice, recommended, shown, asked for, agreed on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tools.templates.layout import Paper
from tools.templates.no_penalty_approval import opinions
from tools.templates.phrases import BY_HAND, DATE, LED, ORDINAL, PENALTY_CITED, SIGN, TIDY, either
from tools.templates.tables import cell, centred

HANDED = f"（签名）：{SIGN}　{BY_HAND}"
OFFICE = "{% if org.office %}{{org.office}}{% else %}{{org.name}}{% endif %}"
PROMISE = "本人（单位）已知悉上述告知内容，承诺在取得许可前不从事相关经营活动。"


def told() -> Paper:
    """D-06: which of what an applicant wants to do needs a permit first, and its promise."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("双告知书")
    paper.before_table("申请人：{{party.name}}")
    paper.before_table("你（单位）申请登记的经营范围中，下列项目须经许可后方可经营。未取得许可，请勿从事相关经营活动。")
    table = paper.table(8, 24, 22, 24, 22)
    table.heads("序号", "经营项目", "须取得的许可", "审批部门", "依据")
    with table.each("i in permits"):
        table.row(
            centred("{{i.no}}"), cell("{{i.scope}}"), cell("{{i.permit}}"), cell("{{i.dept}}"), cell("{{i.basis}}")
        )
    end = paper.table(20, 80)
    once = f"{{% if loop.first %}}{PROMISE}{{% endif %}}"
    promised = f"{{% for i in permits if i.promised %}}{once}{{% else %}}未作承诺。{{% endfor %}}"
    end.line("申请人承诺", promised, signed=f"{{{{double.signed_by}}}}（签名）：{SIGN}　{BY_HAND}")
    end.line("告知机关", "{{org.name}}　{{double.on}}　联系电话：{{org.phone}}")
    paper.end_with_table()
    return paper


def claimed() -> Paper:
    """D-06b: a registration that was pushed to the bureau is taken up."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("双告知认领回执")
    form = paper.table(20, 30, 20, 30)
    form.line("市场主体", "{{party.name}}（统一社会信用代码：{{party.uscc}}）")
    form.pair("推送日期", "{{claim.pushed_on}}", "认领日期", "{{claim.on}}")
    form.pair("认领机构", "{{unit}}", "认领人", "{{claim.by}}")
    form.line("跟进措施", f"{{{{claim.follow_up|{TIDY}}}}}。")
    form.line("认领人", signed=HANDED)
    paper.end_with_table()
    return paper


def model() -> Paper:
    """D-28: recommended or rated, of the unit's own will and free of charge."""
    paper = Paper("sheets")
    paper.draft_mark()
    paper.organ()
    paper.title("示范推荐（评价）表")
    form = paper.table(20, 30, 20, 30)
    form.line("单位名称", "{{party.name}}")
    form.line("统一社会信用代码", "{{party.uscc}}")
    form.pair("推荐单位", "{{model.recommender}}", "评价期间", "{{model.period}}")
    form.line("参加意愿", LED + either("model.willing", "√自愿参加", "不是自愿参加") + "；推荐、评价不收取任何费用。")
    form.line("主要事迹", f"{{{{model.deeds|{TIDY}}}}}。")
    table = paper.table(10, 40, 15, 35)
    table.heads("序号", "评分项目", "得分", "依据")
    with table.each("s in scores"):
        table.row(centred("{{s.no}}"), cell("{{s.item}}"), centred("{{s.score}}"), cell("{{s.evidence}}"))
    end = paper.table(20, 30, 20, 30)
    end.line("总分", "{{model.total}}分")
    end.line(
        "查询结果", f"{{{{model.record_on}}}}查询{{{{model.record_system}}}}：{{{{model.record_result|{TIDY}}}}}。"
    )
    opinions(end)
    shown = "公示期间：{{model.shown_from}}至{{model.shown_to}}。"
    objected = f"{{% if model.objections %}}异议及处理：{{{{model.objections|{TIDY}}}}}。{{% endif %}}"
    end.line("公示情况", shown + objected)
    paper.end_with_table()
    return paper


def shown() -> Paper:
    """D-29: what was shown of a penalty, by which class and for how long; no numbers of persons, no telephone."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("行政处罚信用信息公示表")
    form = paper.table(20, 30, 20, 30)
    form.line("行政相对人", "{{party.name}}")
    form.pair("相对人类别", "{{party.kind}}", "统一社会信用代码", "{{party.uscc or '—'}}")
    form.pair("决定书文号", "{{decision.number}}", "决定日期", "{{decision.on}}")
    form.line("违法行为", "{{case.act}}")
    form.line("处罚依据", f"{{% if law.penalty == '' %}}／{{% else %}}{PENALTY_CITED}{{% endif %}}")
    form.line("处罚类别", "{{penalty.kinds|join('、')}}")
    form.line("处罚内容", "{{penalty.told}}")
    form.pair("信息分类", "{{credit.class}}", "公示日期", "{{credit.published_on}}")
    form.line("公示渠道", "{{credit.site}}")
    ends = "{% if credit.least_until %}最短至{{credit.least_until}}（届满后可以申请修复），{% endif %}"
    form.line("公示期限", ends + "最长至{{credit.most_until}}")
    form.line("公示机关", "{{org.name}}")
    form.line("经办人", signed=HANDED)
    paper.end_with_table()
    return paper


def demand() -> Paper:
    """D-32: what a business asked for, and what it was told."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("企业诉求登记表")
    form = paper.table(20, 30, 20, 30)
    form.line("单位名称", "{{party.name}}")
    form.pair("收到日期", "{{demand.received_on}}", "渠道", "{{demand.channel}}")
    form.pair("联系人", "{{demand.contact}}", "类别", "{{demand.category}}")
    form.line("诉求内容", f"{{{{demand.content|{TIDY}}}}}。")
    form.pair("承办机构", "{{demand.handler}}", "承诺答复", "{{demand.promised_on}}")
    form.line("办理情况", f"{{% if demand.handling %}}{{{{demand.handling|{TIDY}}}}}。{{% else %}}—{{% endif %}}")
    form.line("答复", f"{{{{demand.reply|{TIDY}}}}}。", "答复日期：{{demand.replied_on}}")
    content = "{% if demand.satisfied %}√满意　□不满意{% elif demand.satisfied == false %}□满意　√不满意"
    form.line("回访", LED + content + "{% else %}□满意　□不满意{% endif %}")
    form.line("经办人", signed=HANDED)
    paper.end_with_table()
    return paper


def minutes() -> Paper:
    """D-33: 纪要, with its mark and labels (GB/T 9704 10.3); what was agreed has a unit and a day."""
    paper = Paper("dashes")
    paper.draft_mark()
    paper.paragraph("Mark", "会议纪要")
    paper.paragraph("MarkNumber", "{% if doc.draft %}编号待签发{% else %}{{doc.number}}{% endif %}\t" + DATE)
    paper.paragraph("AfterLine", "")
    paper.title("{{minutes.title}}纪要")
    paper.text(
        "{{minutes.time}}，{{minutes.chair}}在{{minutes.place}}主持召开{{minutes.title}}。现将会议议定事项纪要如下："
    )
    with paper.each("t in topics"):
        paper.text(
            f"{ORDINAL}、关于{{{{t.topic|{TIDY}}}}}。{{{{t.agreed|{TIDY}}}}}。"
            "责任单位：{{t.unit}}；完成时限：{{t.due}}。"
        )
    paper.labelled("出席：", "{{minutes.present|join('、')}}")
    with paper.when("minutes.excused"):
        paper.labelled("请假：", "{{minutes.excused|join('、')}}")
    with paper.when("minutes.observers"):
        paper.labelled("列席：", "{{minutes.observers|join('、')}}")
    paper.text("记录：{{minutes.recorder}}", held=True)
    paper.text("分送：{{minutes.sent_to|join('、')}}。")
    paper.paragraph("Imprint", f"{OFFICE}\t{DATE}印发")
    paper.end_with_table()  # a frame needs a paragraph to hang on
    return paper


BUILDS: Mapping[str, Callable[[], Paper]] = {
    "double_notice": told,
    "double_claim": claimed,
    "model_sheet": model,
    "credit_sheet": shown,
    "demand_sheet": demand,
    "meeting_minutes": minutes,
}
