"""D-38b 调查询问笔录 (domain 3.2): question and answer as they were spoken; no answer is ever printed beforehand."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, SIGN, TIDY, carded

PERSON = (
    "被询问人：{{questioning.person}}　{% if questioning.gender %}性别：{{questioning.gender}}　{% endif %}"
    "职务（身份）：{{questioning.role}}"
)


def build() -> Paper:
    """The template."""
    paper = Paper("signed", "被询问人")
    paper.organ()
    paper.title("调查询问笔录")
    paper.number("{{matter.ref}}")
    paper.flush("询问时间：{{questioning.start}}至{{questioning.end}}")
    paper.flush("询问地点：{{questioning.place}}")
    paper.flush(f"询问人：{carded('questioning.by')}　记录人：{{{{questioning.recorder}}}}")
    paper.flush(PERSON)
    paper.flush("证件类型及号码：{{questioning.id_type}} {{questioning.id_no}}　联系电话：{{questioning.phone}}")
    with paper.when("questioning.address"):
        paper.flush("住址：{{questioning.address}}")
    _opening(paper)
    paper.each_held("a in answers if a.questioning == questioning.no", "问：{{a.question}}", "答：{{a.answer}}")
    paper.below()
    paper.hand(
        "以上笔录已经核对（由被询问人亲笔写明是否属实；更正之处签名、捺指印确认）：",
        "_" * 52,
        f"被询问人（签名、捺指印）：{SIGN}　{BY_HAND}",
        f"询问人（签名）：{SIGN}、{SIGN}　记录人（签名）：{SIGN}　{BY_HAND}",
        f"拒绝签名的，理由：{SIGN * 2}　询问人（签名）：{SIGN}、{SIGN}",
    )
    return paper


def _opening(paper: Paper) -> None:
    paper.text(
        "问：我们是{{org.name}}执法人员{{questioning.by|join('、')}}，这是我们的执法证件，请你核对。你是否看清？"
    )
    paper.text("答：{{questioning.a1}}")
    paper.text(
        "问：现依法向你调查询问有关情况。你应当如实回答询问，并协助调查；你享有陈述、申辩的权利。你是否清楚？"
    )
    paper.text("答：{{questioning.a2}}")
    paper.text("问：你认为我们与本案有直接利害关系或者有其他关系可能影响公正执法的，有权申请回避。你是否申请回避？")
    paper.text(f"答：{{{{questioning.a3|{TIDY}}}}}。")
