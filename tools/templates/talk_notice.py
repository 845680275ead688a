"""D-04 行政约谈通知书 (domain 3.2): an invitation, with a slip to answer it. A 责任约谈 is held in person."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import (
    BY_HAND,
    DATE,
    LED,
    NUMBER,
    PRIOR_STEP,
    SIGN,
    YOU,
    either,
    soft_basis,
)
from tools.templates.tables import CellText, head, opinion

RESPONSIBILITY = "talk.kind == '责任约谈'"
ROLE = "{% if talk.invitee_role != '其他人员' %}{{talk.invitee_role}}{% endif %}"
BASIS = soft_basis("talk.sector_basis", "、")


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.draft_mark()
    paper.organ()
    paper.title("行政约谈通知书")
    paper.number(NUMBER)
    paper.flush("{{party.name}}：")
    _invitation(paper)
    _slip(paper)
    return paper


def _invitation(paper: Paper) -> None:
    with paper.when(RESPONSIBILITY):
        paper.text(PRIOR_STEP)
    paper.text(
        "鉴于{{talk.reason|trim('。')}}，为{{talk.purpose|trim('。')}}，"
        f"依据{BASIS}，现邀请{YOU}{ROLE}{{{{talk.invitee}}}}于{{{{talk.when}}}}到{{{{talk.where}}}}参加{{{{talk.kind}}}}。"
    )
    with paper.when(RESPONSIBILITY):
        paper.text(
            f"请{ROLE}{{{{talk.invitee}}}}本人参加；因故不能参加的，请于{{{{talk.reply_by}}}}前说明理由，另行商定时间。"
        )
    with paper.otherwise():
        paper.text("因故不能参加的，请提前联系我局另行商定时间，或者书面委托熟悉情况的负责人参加。")
    paper.text("约谈人：{{talk.hosts|join('、')}}。")
    with paper.when("talk.materials"):
        paper.text("请携带：{{talk.materials|trim('。')}}。")
    paper.text(
        f"本次约谈{either('talk.recording', '进行', '不进行')}录音录像。本次约谈不属于行政处罚。"
        "如有不同意见，请向我局反映。",
        held=True,
    )
    paper.text("联系人和电话：{{talk.contact}}", held=True)
    paper.signature("{{org.name}}（印章）", DATE)


def _slip(paper: Paper) -> None:
    """Nothing on it is filled but what it answers: whether to come is the party's to say."""
    paper.note("— " * 19)
    paper.before_table("回执（请填写后交回{{org.name}}）")
    form = paper.table(1, 4)
    form.row(head("通知书"), _together(f"《行政约谈通知书》（{NUMBER}）"))
    form.row(head("被约谈单位（个人）"), _together("{{party.name}}"))
    form.row(head("收到日期"), _together(BY_HAND))
    form.row(
        head("是否参加"),
        _together(
            f"{LED}□按时参加{{% if {RESPONSIBILITY} %}}{{% else %}}　□书面委托负责人参加{{% endif %}}　□不参加",
            f"{LED}□请另行商定时间，建议时间：{SIGN * 2}",
            f"{LED}理由：{SIGN * 3}",
        ),
    )
    form.row(head("参加人"), _together(f"姓名：{SIGN}　职务：{SIGN}　联系电话：{SIGN}"))
    form.row(head("签名或者盖章"), opinion("", signed=f"{SIGN}　{BY_HAND}"))
    paper.end_with_table()


def _together(*texts: str) -> CellText:
    """A cell that stays with the row below: the slip is one piece."""
    return CellText(tuple(("CellHeld", text) for text in texts))
