"""D-31 双随机抽查记录表 (domain 3.2, 优化营商环境条例 art 54): the draw, the findings, publication."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, LED, SIGN, TIDY, boxes, carded
from tools.templates.tables import Table, cell, centred, head

RESULTS = ("未发现问题", "发现问题已责令改正", "发现问题待后续处理", "不配合检查", "通过登记场所无法联系", "已停业")
PUBLISHED = (
    "{% if random_check.published_on %}{{random_check.published_on}}在{{random_check.published_at}}公开"
    f"{{% else %}}抽查结果应当及时向社会公开。公开日期：{BY_HAND}{{% endif %}}"
)


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("双随机抽查记录表")
    form = paper.table(18, 32, 18, 32)
    _draw(form)
    _inspected(form)
    items = paper.table(8, 30, 30, 32)
    items.row(head("检查事项与情况", span=4))
    items.heads("序号", "检查内容", "依据", "检查发现")
    with items.each("i in random_items if i.of == random_check.no"):
        items.row(centred("{{i.no}}"), cell("{{i.item}}"), cell("{{i.basis}}"), cell("{{i.found}}"))
    _result(paper.table(18, 32, 18, 32))
    paper.end_with_table()
    return paper


def _draw(form: Table) -> None:
    form.section("任务和抽取")
    form.pair("任务编号", "{{random_check.task}}", "抽取日期", "{{random_check.drawn_on}}")
    form.line("抽查事项", "{{random_check.matters|join('；')}}")
    form.line("抽取方式", "{{random_check.method}}")
    form.line("抽取对象", "{{random_check.objects}}")
    form.line("检查人员", carded("random_check.by"))
    form.line("检查审批", "{{random_check.approval}}")


def _inspected(form: Table) -> None:
    form.section("被检查单位")
    code = "{% if party.uscc %}（统一社会信用代码：{{party.uscc}}）{% endif %}"
    form.line("名称", "{{random_check.subject}}" + code)
    form.line("检查地点", "{{random_check.place}}")
    form.line("检查时间", "{{random_check.start}}至{{random_check.end}}")
    form.pair("现场负责人", "{{random_check.person or '—'}}", "视频编号", "{{random_check.video or '无'}}")


def _result(form: Table) -> None:
    first, second = boxes("random_check.result", *RESULTS[:3]), boxes("random_check.result", *RESULTS[3:])
    form.line("检查结果", LED + first, LED + second)
    form.line(
        "后续处理", f"{{% if random_check.next %}}{{{{random_check.next|{TIDY}}}}}。{{% else %}}无。{{% endif %}}"
    )
    form.line("被检查单位", "以上记录已经核对。", signed=f"现场负责人（签名）：{SIGN}　{BY_HAND}")
    form.line("检查人员", signed=f"（签名）：{SIGN}、{SIGN}　{BY_HAND}")
    form.line("公开情况", PUBLISHED)
