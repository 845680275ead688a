"""D-50 涉案物品（材料）移交清单 (domain 12.3): goods and papers, signed by both sides."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.paragraphs import BELOW
from tools.templates.phrases import BY_HAND, SIGN
from tools.templates.tables import cell, centred, label, opinion

TO = "{% if crime.police and transfer.letter == false %}{{crime.police}}{% else %}{{transfer.to}}{% endif %}"


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("涉案物品（材料）移交清单")
    paper.before_table("案号（编号）：{{matter.ref}}")
    paper.before_table(f"接收单位：{TO}")
    table = paper.table(14, 60, 26)
    table.heads("序号", "名称、数量", "备注")
    with table.each("m in transfer.materials"):
        table.row(centred("{{loop.index}}"), cell("{{m}}"), centred("材料"))
    with table.each("g in (transfer.goods or [])"):
        table.row(centred("物{{loop.index}}"), cell("{{g}}"), centred("物品"))
    table.row(centred(BELOW, span=3))
    ends = paper.table(20, 80)
    given = f"移交人（签名）：{SIGN}、{SIGN}　{{{{transfer.handed_on}}}}"
    ends.row(label("移交单位"), opinion("{{org.name}}（印章）", signed=given))
    received = "{% if transfer.received_by %}接收人：{{transfer.received_by}}{% endif %}"
    ends.row(label("接收单位"), opinion(received, signed=f"接收人（签名）：{SIGN}（印章）　{BY_HAND}"))
    paper.end_with_table()
    return paper
