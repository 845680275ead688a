"""D-15 教育记录 (domain 3.2): the proof that 行政处罚法 article 33 paragraph 3 was done, signed by hand.

D-15b is that of a lead which is not filed: nobody was punished there either, and nothing was decided on D-13.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tools.templates.layout import Paper
from tools.templates.phrases import ACT, BY_HAND, CHARGE, HARM_REASON, SIGN

LAW_POINTS = "（一）法律规定。{{edu.law_points|trim('。；，：、;, ')}}。"
KEEP = "守法要求。当事人应当增强守法意识，{{edu.keep_compliance|trim('。；，：、;, ')}}。"


def build() -> Paper:
    """The record made at the service of D-13."""
    paper = _headed("案号：{{case.no}}", CHARGE)
    paper.text(f"本机关依法决定对当事人{CHARGE}的行为不予行政处罚，现依法对当事人进行教育，内容如下：", held=True)
    paper.text(LAW_POINTS)
    paper.text(
        "（二）行为后果。{% if harm.level %}危害后果：{{harm.level}}。{% endif %}"
        f"{{% if harm.reason %}}认定理由：{HARM_REASON}。{{% endif %}}"
        "再次违法的，将依法处理。"
    )
    paper.text(f"（三）{KEEP}")
    return _signed(paper)


def unfiled() -> Paper:
    """The record with 不予立案: what the act was, why it goes unpunished, what the law demands from now on."""
    paper = _headed("案源编号：{{matter.ref}}", ACT)
    paper.text(
        f"本机关对当事人{ACT}的行为依法决定不予立案（{{{{filing.ground}}}}），现依据{{{{cites.teach}}}}的规定对当事人进行教育，"
        "内容如下：", held=True
    )  # fmt: skip
    paper.text(LAW_POINTS)
    paper.text("（二）行为后果。本次违法行为已经记录在案，再次违法的，将依法处理。")
    paper.text(f"（三）{KEEP}")
    return _signed(paper)


def _headed(number: str, act: str) -> Paper:
    paper = Paper("sheets")
    paper.organ()
    paper.title("教育记录")
    paper.number(number)
    paper.flush(f"案由：{act}")
    paper.flush("当事人：{{party.name}}")
    paper.flush("教育时间：{{edu.dt}}")
    paper.flush("教育地点：{{edu.place}}")
    paper.flush("教育人：{{edu.by|join('、')}}")
    paper.flush("受教育人：{{edu.to}}")
    return paper


def _signed(paper: Paper) -> Paper:
    with paper.when("edu.statement"):
        paper.text("受教育人意见：{{edu.statement|trim('。；，：、;, ')}}。")
    with paper.otherwise():
        paper.text("受教育人意见（由受教育人填写）：", held=True)
        paper.hand("_" * 52, "_" * 52)
    paper.below()
    paper.hand(
        "以上记录已经本人核对；更正之处由本人签名、捺指印确认。",
        f"受教育人（签名、捺指印）：{SIGN}　{BY_HAND}",
        f"教育人（签名）：{SIGN}、{SIGN}　{BY_HAND}",
        f"拒绝签名的，理由：{SIGN * 3}",
        f"教育人（签名）：{SIGN}、{SIGN}　{BY_HAND}",
    )
    return paper


BUILDS: Mapping[str, Callable[[], Paper]] = {"education_record": build, "education_unfiled": unfiled}
