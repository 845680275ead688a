"""D-37 送达地址确认书 (domain 3.2): what the party is told, its address, and its own choice of electronic service."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, LED, SIGN, boxes

YES = "{% if confirmation.electronic %}√{% else %}□{% endif %}"
NO = "{% if confirmation.electronic %}□{% else %}√{% endif %}"
PROXY = (
    "{% if confirmation.proxy %}{{confirmation.proxy}}（{{confirmation.proxy_relation}}）　"
    "联系电话：{{confirmation.proxy_phone}}{% else %}未指定{% endif %}"
)
MEANS = (
    f"{{% if confirmation.electronic %}}{LED}{boxes('confirmation.means', '传真', '电子邮件', '其他')}　"
    "{{confirmation.account}}{% else %}—{% endif %}"
)


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("送达地址确认书")
    paper.before_table("案号（编号）：{{matter.ref}}")
    paper.before_table("当事人：{{party.name}}")
    _told(paper)
    form = paper.table(22, 78)
    form.line("送达地址", "{{confirmation.address}}　邮政编码：{{confirmation.postcode or '—'}}")
    form.line("收件人", "{{confirmation.receiver}}　联系电话：{{confirmation.phone}}")
    form.line("代收人", PROXY)
    form.line("电子送达", f"{LED}{YES}同意　{NO}不同意电子送达")
    form.line("方式和账号", MEANS)
    said = "本人（单位）已经阅读上述告知事项，确认以上地址和方式准确、有效。"
    form.line("当事人确认", said, signed=f"当事人（签名、盖章）：{SIGN}　{BY_HAND}")
    paper.end_with_table()
    return paper


def _told(paper: Paper) -> None:
    paper.before_table("告知事项：")
    paper.before_table("一、请准确填写送达地址、收件人和联系电话。地址变更的，应当及时书面告知本机关，另行填写确认书。")
    paper.before_table(
        "二、因提供的地址不准确、变更后未告知，或者收件人、代收人拒绝签收，致使文书未能实际接收的，"
        "由此产生的后果由当事人承担，本机关将依法采用其他方式送达。"
    )
    paper.before_table(
        "三、依照{{cites.service}}的规定，当事人同意并签订确认书的，本机关可以采用传真、电子邮件等方式送达；"
        "是否同意，由当事人自主决定。依照{{cites.electronic}}的规定，"
        "电子送达以送达信息到达受送达人特定系统的日期为送达日期，当事人需要纸质文书的，本机关提供。"
    )
