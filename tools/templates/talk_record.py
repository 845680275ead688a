"""D-05 行政约谈记录 (domain 3.3.1): question and answer, every page signed.

Answers are what was said and typed in; none has a default. The opinion after reading is written by hand, and so is
a refusal: its lines are always there, because a refusal happens after printing.
"""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import (
    BY_HAND,
    ORDINAL,
    PRIOR_STEP,
    SIGN,
    TALK_HOSTS,
    YOU,
    boxes,
    either,
    listed,
    soft_basis,
)

# The day is said once when the talk ended on the day on which it began.
_DAY = "{% set day = 9 if talk.end[8] == '日' else 10 if talk.end[9] == '日' else 11 %}"
UNTIL = (
    _DAY + "{% if talk.end and talk.start and talk.end[:day] == talk.start[:day] %}{{talk.end[day:]}}"
    "{% else %}{{talk.end}}{% endif %}"
)
AGENT = (
    "受{{party.legal_rep}}（{{party.legal_rep_title}}）书面委托参加，委托书附后。",
    "{{talk.attendee}}参加约谈时没有提交书面委托。",
)


def build() -> Paper:
    """The template."""
    paper = Paper("signed")
    paper.title("行政约谈记录")
    _head(paper)
    _opening(paper)
    _situation(paper)
    _advice(paper)
    _end(paper)
    return paper


def _head(paper: Paper) -> None:
    paper.flush("编号：{{doc.number}}")
    with paper.when("talk.told_by"):
        paper.flush("约谈通知：{{talk.told_by}}")
    with paper.otherwise():
        paper.flush("约谈通知书：{{refs.notice_number}}")
    paper.flush(f"约谈类型：{boxes('talk.kind', '指导约谈', '责任约谈', '信用修复约谈')}")
    paper.flush(f"约谈时间：{{{{talk.start}}}}至{UNTIL}")
    paper.flush("约谈地点：{{talk.where}}")
    paper.flush("约谈机关：{{org.name}}")
    paper.flush(f"约谈人：{TALK_HOSTS}")
    paper.flush("主持人：{{talk.host}}（职务：{{talk.host_title}}）　　记录人：{{talk.recorder}}")
    with paper.when("party.is_person"):
        paper.flush("约谈对象：{{party.name}}")
        paper.flush("住址：{{party.address}}")
    with paper.otherwise():
        paper.flush("被约谈单位：{{party.name}}　统一社会信用代码：{{party.uscc}}")
        paper.flush("住所（经营场所）：{{party.address}}")
    paper.flush(
        "被约谈人：{{talk.attendee}}　职务：{{talk.attendee_title}}　"
        "证件类型及号码：{{talk.attendee_id_type}} {{talk.attendee_id_no}}　联系电话：{{talk.attendee_phone}}"
    )
    with paper.when("talk.kind != '责任约谈' and talk.is_agent != false"):
        paper.flush(either("talk.is_agent", either("talk.authorised", *AGENT), ""))
    with paper.when("talk.others"):
        paper.flush("其他参加人：{{talk.others}}")
    paper.flush("约谈事由：{{talk.reason|trim('。')}}")
    paper.flush(f"约谈依据：{soft_basis('talk.sector_basis', '；')}")


def _asked(paper: Paper, question: str, answer: str) -> None:
    """A question stays on the page where its answer begins."""
    paper.text(f"约谈人：{question}", held=True)
    _answered(paper, answer)


def _answered(paper: Paper, answer: str) -> None:
    paper.text(f"被约谈人：{{{{talk.{answer}}}}}")


def _opening(paper: Paper) -> None:
    paper.paragraph("Held", "记录内容：")
    names = "{{talk.hosts|join('、')}}"
    _asked(paper, f"我们是{{{{org.name}}}}工作人员{names}，这是我们的执法证件，请你核对。你是否看清？", "a1")
    _asked(
        paper,
        f"今天请你来，是就{{{{talk.reason|trim('。')}}}}进行约谈，目的是帮助{YOU}发现问题、规范经营。"
        "本次约谈属于行政指导，不是行政处罚。你可以如实说明情况，也可以提出不同意见；涉及商业秘密或者个人隐私的，请说明，"
        "我们依法保密。你是否清楚？",
        "a2",
    )
    _asked(paper, f"本次约谈{either('talk.recording', '进行', '不进行')}录音录像，你是否清楚？", "a2b")
    with paper.when("talk.violation_clue != false"):
        # Whether there is a clue must be said: who might have to withdraw is not left out because nobody looked.
        asked = either("talk.violation_clue", "约谈人：", "")
        paper.text(f"{asked}你认为我们与{YOU}有利害关系、需要回避吗？", held=True)
        _answered(paper, "a3")


def _situation(paper: Paper) -> None:
    _asked(
        paper,
        "请介绍{% if party.is_person %}你的基本情况{% else %}你单位的基本情况和主要负责人{% endif %}。",
        "a4",
    )
    _asked(
        paper,
        f"{{{{talk.found_on}}}}，我们在{{{{talk.source}}}}中了解到，{YOU}存在以下情况："
        f"{listed('talk.issues', '{{loop.index}}.')}是否属实？",
        "a5",
    )
    _asked(paper, "产生上述情况的原因是什么？目前采取了哪些措施？", "a6")
    with paper.when("talk.kind == '责任约谈'"):
        _asked(paper, f"{PRIOR_STEP}请你说明未消除的原因、整改责任人、措施和完成时间。", "a6b")


def _advice(paper: Paper) -> None:
    paper.text(
        "约谈人：根据{{talk.duty_basis}}，经营者应当{{talk.duty|trim('。')}}。"
        f"请{YOU}注意以下要求和风险：{{{{talk.risk_notes|trim('。')}}}}。",
        held=True,
    )
    paper.text(f"我们建议{YOU}：{listed('talk.advice', ORDINAL + '、')}", held=True)
    _answered(paper, "a7")
    paper.text(
        "约谈人：{{org.name}}将于{{talk.follow_up_on}}前后了解整改情况。整改完成后，请向我们提交书面报告。", held=True
    )
    paper.text("如经查实存在违法行为，我们将依法另行处理；本次约谈不替代行政处罚，也不作为行政处罚。", held=True)
    _answered(paper, "a8")
    _asked(paper, "你还有什么需要说明或者补充的？", "a9")


def _end(paper: Paper) -> None:
    paper.text("约谈人：请核对以上记录。有遗漏或者差错的，可以补充、更正，并在更正处签名、捺指印。", held=True)
    paper.below()
    paper.hand(
        "核对意见（被约谈人亲笔书写，不得打印）：",
        "_" * 52,
        "_" * 52,
        f"被约谈人（签名、捺指印）：{SIGN}　{BY_HAND}",
        f"其他参加人（签名）：{SIGN}",
        f"约谈人（签名）：{SIGN}、{SIGN}",
        f"主持人（签名）：{SIGN}　记录人（签名）：{SIGN}",
        BY_HAND,
        f"拒绝签名的，理由：{SIGN * 3}",
        f"约谈人（签名）：{SIGN}、{SIGN}",
        f"见证人（签名）：{SIGN}",
        "附：□约谈通知书及回执　□身份证明　□授权委托书",
        "　　□整改方案　□信用承诺书",
    )
