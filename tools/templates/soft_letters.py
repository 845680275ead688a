"""D-01, D-03b, D-03c and D-07b (domain 3.2): a record of publicity, and three letters that ask for nothing by force."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, DATE, NUMBER, ORDINAL, OWN_POLICY, SIGN, TIDY, YOU
from tools.templates.tables import FORM, cell, centred, label

_FREE = "以上建议供参考，可以自主决定是否采纳；如有不同意见，请向我局反映。"


def _letter(title: str, to: str) -> Paper:
    paper = Paper("dashes")
    paper.draft_mark()
    paper.organ()
    paper.title(title)
    paper.number(NUMBER)
    paper.flush(to)
    return paper


def renewal() -> Paper:
    """D-03c: the day to apply for renewal is past, and nothing was seen to be filed."""
    paper = _letter("行政建议书", "{{party.name}}：")
    paper.text(
        f"我局在核对证照台账时了解到，{YOU}{{{{window.subject}}}}（编号：{{{{window.no}}}}）有效期至{{{{window.until}}}}，"
        "申请延续的期限（{{window.last_day}}）已过，尚未看到延续申请。"
    )
    paper.text(f"为帮助{YOU}依法、规范经营，建议：", held=True)
    paper.text("一、尽快向{{window.issuer}}咨询，说明情况，办理延续或者重新申请；")
    paper.text("二、有效期届满前没有办妥的，妥善安排届满以后的经营活动。")
    paper.text(f"提出上述建议的依据：《优化营商环境条例》第五十九条第一款、{OWN_POLICY}。")
    paper.text(_FREE + "已经办理的，请告知我局。", held=True)
    paper.text("联系电话：{{org.phone}}", held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    return paper


def notify() -> Paper:
    """D-07b: to the body whose business it is; no transfer of a case."""
    paper = Paper("letter")
    paper.draft_mark()
    paper.letter_head(NUMBER)
    paper.title("告知函")
    paper.flush("{{window.tell}}：")
    paper.text(
        "我局在工作中了解到，{{party.name}}（统一社会信用代码：{{party.uscc}}）的{{window.subject}}"
        "（编号：{{window.no}}）有效期已于{{window.until}}届满，我局没有看到延续的情况。"
    )
    paper.text("该事项由你局管理。现将有关情况告知你局，请依职责处理。我局已经向该单位作过提示和建议。")
    paper.text("联系电话：{{org.phone}}", held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    return paper


def warning() -> Paper:
    """D-03b: to a class of units, before anything has happened; never called 警告."""
    paper = _letter("风险预警（劝告）函", "{{warning.recipients|join('、')}}：")
    season = "{% if warning.season %}{{warning.season}}，{% endif %}"
    paper.text(f"{season}{{{{warning.sector}}}}容易发生下列情况：{{{{warning.risk|{TIDY}}}}}。")
    paper.text("为帮助各单位防范风险、依法经营，建议：", held=True)
    with paper.each("one in warning.advice"):
        paper.text(f"{ORDINAL}、{{{{one|trim('。；')}}}}{{% if loop.last %}}。{{% else %}}；{{% endif %}}")
    paper.text("本函是对一类单位的提醒和劝告，不表示收函单位存在上述情况。" + _FREE, held=True)
    paper.text("联系电话：{{org.phone}}", held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    return paper


def publicity() -> Paper:
    """D-01: what was told to whom, by numbers and never by names."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("宣传（培训）记录")
    form = paper.table(*FORM)
    form.row(label("活动名称"), cell("{{publicity.name}}", span=3))
    form.row(label("时间"), centred("{{publicity.on}}"), label("形式"), centred("{{publicity.kind}}"))
    with form.when("publicity.place"):
        form.row(label("地点"), cell("{{publicity.place}}", span=3))
    form.row(label("主办单位"), cell("{{unit}}", span=3))
    form.row(label("对象"), centred("{{publicity.audience}}"), label("人数"), centred("{{publicity.count}}人"))
    form.row(label("宣传内容", "及法规"), cell("{{publicity.laws|join('；')}}。", span=3))
    with form.when("publicity.materials"):
        form.row(label("发放材料"), cell("{{publicity.materials|join('；')}}。", span=3))
    with form.when("publicity.channel"):
        form.row(label("渠道"), cell("{{publicity.channel}}", span=3))
    with form.when("publicity.reach"):
        form.row(label("效果"), cell(f"{{{{publicity.reach|{TIDY}}}}}。", span=3))
    form.row(label("附件"), cell("{{publicity.proof|join('；')}}。", span=3))
    form.row(label("记录人"), cell(f"{{{{publicity.recorder}}}}（签名）：{SIGN}　{BY_HAND}", span=3))
    paper.end_with_table()
    return paper


BUILDS: Mapping[str, Callable[[], Paper]] = {
    "renewal_advice": renewal,
    "notify_letter": notify,
    "warning_letter": warning,
    "publicity_record": publicity,
}
