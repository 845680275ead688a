"""D-35 卷宗封面 (domain 3.2): what the archive wants to know of a file; counts are written when it is bound."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import SIGN, by_hand
from tools.templates.tables import cell, centred, label

KEPT = "{% if archive.retention %}{{archive.retention}}{% else %}{{doc.retention}}{% endif %}"


def build() -> Paper:
    """The template."""
    paper = Paper("none")
    paper.organ()
    paper.title("行政执法案卷")
    top = paper.table(1, 1, 1)
    top.row(label("全宗号"), label("目录号"), label("案卷号"))
    top.row(*(centred(by_hand(f"archive.{name}")) for name in ("fonds", "catalogue", "no")))
    paper.before_table("")
    form = paper.table(24, 26, 24, 26)
    form.row(label("案件名称"), cell("{{case.title}}", span=3, high=3))
    form.row(label("当事人"), cell("{{party.name}}", span=3, high=2))
    form.row(label("案号"), cell("{{case.no}}", span=3))
    form.row(label("立案日期"), centred("{{case.filed_on}}"), label("结案日期"), centred("{{closing.on}}"))
    form.row(label("处理结果"), cell("{{case.result}}", span=3))
    form.row(label("承办机构"), cell("{{unit}}", span=3))
    form.row(label("承办人"), cell("{{officers|map(attribute='name')|join('、')}}", span=3))
    form.row(label("保管期限"), centred(KEPT), label("密级"), centred(by_hand("archive.secrecy")))
    form.row(label("件数"), centred(f"共{SIGN}件"), label("页数"), centred(f"共{SIGN}页"))
    form.row(label("归档日期"), cell("____年__月__日", span=3))
    paper.before_table("件数、页数和归档日期由立卷人装订后手写。")
    return paper
