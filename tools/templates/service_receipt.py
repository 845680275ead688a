"""D-34 送达回证 (domain 3.2): one per served document; what only the hand may write is left blank and marked so."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, SIGN, by_hand
from tools.templates.tables import FORM, cell, centred, label, opinion

MAIL = "邮件号{{s.tracking_no}}。"
MORE = "{% if s.remark %}{{s.remark}}{% endif %}"
REMARK = (
    f"{{% if s.result and s.result != '已送达' %}}{{{{s.result}}}}。{{% if s.tracking_no %}}{MAIL}{{% endif %}}{MORE}"
    f"{{% elif s.tracking_no %}}{MAIL}{MORE}{{% else %}}{by_hand('s.remark')}{{% endif %}}"
)
DAY = f"{{% if s.received_on %}}{{{{s.received_on}}}}{{% else %}}{by_hand('s.on')}{{% endif %}}"
HOUR = "____年__月__日__时__分"


def build() -> Paper:
    """The template."""
    paper = Paper("none")
    paper.organ()
    paper.title("送达回证")
    # Before service nothing is known of it: an empty form is printed then.
    with paper.each("s in services or ['']"):
        form = paper.table(*FORM)
        form.row(label("受送达人"), cell("{{party.name}}", span=3))
        form.row(label("案由"), cell("{% if case.act %}{{case.act}}{% else %}行政指导{% endif %}", span=3))
        form.row(label("文书及件数"), cell("《{{served.title}}》1件", span=3))
        form.row(label("文书文号"), cell("{{served.number}}", span=3))
        form.row(label("案号（编号）"), cell("{{case.no or matter.id}}", span=3))
        form.row(label("送达方式"), centred(by_hand("s.method")), label("送达日期"), centred(DAY))
        form.row(label("送达地点"), cell(by_hand("s.place"), span=3))
        receiver = "{% if s.receiver %}{{s.receiver}}{% if s.relation %}（{{s.relation}}）{% endif %}{% endif %}"
        form.row(label("收件人"), opinion(receiver, signed=f"签名或者盖章：{SIGN}　{HOUR}", span=3))
        form.row(label("代收人"), opinion("代收理由、与受送达人的关系：", signed=f"签名：{SIGN}　{HOUR}", span=3))
        form.row(label("拒收事由"), cell(by_hand("s.reason"), span=3, high=1))
        witness = "{% if s.witness %}{{s.witness|join('、')}}{% endif %}"
        form.row(label("见证人"), opinion(witness, signed=f"签名或者盖章：{SIGN}　{BY_HAND}", span=3))
        by = "{% if s.by %}{{s.by|join('、')}}{% endif %}"
        form.row(label("送达人"), opinion(by, signed=f"签名：{SIGN}、{SIGN}　{BY_HAND}", span=3))
        form.row(label("送达机关"), opinion("{{org.name}}", signed=f"（印章）　{BY_HAND}", span=3))
        form.row(label("备注"), cell(REMARK, span=3, high=1))
        paper.before_table("签名、盖章及其日期由本人手写，不得打印。")
    return paper
