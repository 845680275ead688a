"""D-19 and D-42 (domain 3.2, 12.3): evidence kept, goods sealed or seized and given back, a business shut down."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tools.templates.layout import Paper
from tools.templates.party_lines import party_lines
from tools.templates.phrases import ACT, BY_HAND, DATE, NUMBER, SIGN, TIDY, YOU, remedies
from tools.templates.tables import cell, centred

COPIES = "（本{0}一式二份，一份交当事人，一份归档。）"
BY = "执法人员：{{{{{0}.by|join('、')}}}}　联系电话：{{{{org.phone}}}}"
RIGHTS = "{you}依法享有陈述、申辩的权利。"


def _paper(title: str) -> Paper:
    paper = Paper("dashes")
    paper.draft_mark()
    paper.organ()
    paper.title(title)
    paper.number(NUMBER)
    return paper


def _signed(paper: Paper, copies: str) -> Paper:
    paper.signature("{{org.name}}（印章）", DATE)
    paper.hand(f"当事人（签名、盖章）：{SIGN}　{BY_HAND}", f"执法人员（签名）：{SIGN}、{SIGN}")
    paper.note(COPIES.format(copies))
    return paper


# ── D-42 ──────────────────────────────────────────────────────────────────────────────────────────────


def keeping() -> Paper:
    """D-42: what the evidence is kept for, by whose leave, and what nobody may do meanwhile."""
    paper = _paper("先行登记保存证据通知书")
    paper.flush("{{party.name}}：")
    leave = (
        "{% if keeping.approved_on %}经本机关负责人{{keeping.approved_by}}于{{keeping.approved_on}}批准"
        "{% else %}经本机关负责人批准{% endif %}"
    )
    paper.text(
        f"因{{{{keeping.reason|{TIDY}}}}}，证据可能灭失或者以后难以取得，依据{{{{measure.procedure}}}}的规定，{leave}，"
        f"自{{{{keeping.on}}}}起对{YOU}在{{{{keeping.place}}}}的下列物品（清单附后）予以先行登记保存，"
        "本机关将在七个工作日内作出处理决定。在此期间，不得销毁或者转移。"
    )
    paper.text(f"{YOU}依法享有陈述、申辩的权利。", held=True)
    paper.text(BY.format("keeping"), held=True)
    return _signed(paper, "通知书")


def kept_list() -> Paper:
    """D-42b: one line for each thing."""
    return _list("登记保存物品清单", "keeping", "kept_items")


def seized_list() -> Paper:
    """D-19a: one line for each thing (行政强制法 art 24 para 3)."""
    return _list("查封（扣押）清单", "seizure", "seized_items")


def _list(title: str, one: str, items: str) -> Paper:
    paper = Paper("sheets")
    paper.draft_mark()
    paper.organ()
    paper.title(title)
    paper.before_table("编号：{{matter.ref}}　　当事人：{{party.name}}")
    paper.before_table(f"日期：{{{{{one}.on}}}}")
    table = paper.table(8, 24, 16, 12, 16, 24)
    table.heads("序号", "名称", "规格（型号）", "数量", "状况", "保管地点、保管人")
    with table.each(f"i in {items} if i.of == {one}.no"):
        table.row(
            centred("{{i.no}}"), cell("{{i.name}}"), cell("{{i.spec or '—'}}"), centred("{{i.amount}}"),
            cell("{{i.state}}"), cell("{{i.keeper}}"),
        )  # fmt: skip
    end = paper.table(20, 80)
    end.line("当事人", "以上物品已经当场清点，核对无误。", signed=f"{{{{{one}.person}}}}（签名）：{SIGN}　{BY_HAND}")
    end.line("执法人员", f"{{{{{one}.by|join('、')}}}}", signed=f"（签名）：{SIGN}、{SIGN}　{BY_HAND}")
    end.line("见证人", signed=f"（签名）：{SIGN}　{BY_HAND}")
    end.line("说明", "本清单一式二份，由当事人和本机关分别保存。（以下空白）")
    paper.end_with_table()
    return paper


def kept_decision() -> Paper:
    """D-42c: what becomes of the things, within seven workdays."""
    paper = _paper("登记保存物品处理决定书")
    paper.flush("{{party.name}}：")
    paper.text(
        f"本机关于{{{{keeping.on}}}}对{YOU}的物品予以先行登记保存{{% if refs.notice_number %}}"
        "（{{refs.notice_number}}）{% endif %}。"
        f"{{{{keeping.decision_reason|{TIDY}}}}}，依据{{{{measure.procedure}}}}的规定，本机关决定对登记保存的物品作如下处理："
    )
    paper.text(
        "{% if keeping.decision == '返还' %}解除登记保存，返还当事人。"
        "{% elif keeping.decision == '查封扣押' %}解除登记保存，依法查封（扣押），查封（扣押）决定书另行送达。"
        "{% elif keeping.decision == '收缴（违禁品、非法出版物）' %}依照规定收缴，不予返还，处理情况记录备查。"
        "{% elif keeping.decision == '移送' %}移送有权机关处理，移交清单随案移送。"
        "{% elif keeping.decision == '送检' %}送交检验（检测、鉴定），期间继续保管，费用由本机关承担。"
        "{% elif keeping.decision %}予以没收，没收决定在行政处罚决定书中作出。"
        "{% else %}{{keeping.decision}}{% endif %}"
    )
    with paper.each("i in kept_items if i.of == keeping.no"):
        paper.text("{{i.no}}.{{i.name}}，{{i.amount}}{% if loop.last %}。{% else %}；{% endif %}")
    paper.text(remedies("本决定"), held=True)
    return _signed(paper, "决定书")


# ── D-19 ──────────────────────────────────────────────────────────────────────────────────────────────


def seizure() -> Paper:
    """D-19: the five items of 行政强制法 art 24 para 2; the list lies beside it."""
    paper = _paper("{{seizure.mode}}决定书")
    party_lines(paper)
    leave = (
        "{% if seizure.urgent %}因情况紧急，当场实施，并已于{{seizure.reported_on}}向本机关负责人报告、补办批准手续"
        "{% else %}经本机关负责人批准{% endif %}"
    )
    paper.text(
        f"因{{{{seizure.reason|{TIDY}}}}}，依据{{{{seizure.citation}}}}和{{{{measure.procedure}}}}的规定，{leave}，本机关决定："
    )
    paper.text(
        "对当事人在{{seizure.place}}的场所、设施或者财物（名称、数量等见清单）予以{{seizure.mode}}，"
        "期限自{{seizure.on}}至{{seizure.to}}。"
    )
    with paper.when("seizure.examined"):
        paper.text(f"检测、检验、技术鉴定的期间：{{{{seizure.examined|{TIDY}}}}}，不计入上述期限，费用由本机关承担。")
    paper.text(
        "{{seizure.mode}}期间，本机关妥善保管{{seizure.mode}}的场所、设施或者财物，保管费用由本机关承担；"
        "当事人不得擅自启封、转移、变卖或者损毁。"
    )
    paper.text("当事人依法享有陈述、申辩的权利。" + remedies("本决定"))
    paper.text(BY.format("seizure"), held=True)
    return _signed(paper, "决定书")


def extension() -> Paper:
    """D-19b: told in writing, with the reason (行政强制法 art 25 para 2)."""
    paper = _paper("延长{{seizure.mode}}期限决定书")
    paper.flush("{{party.name}}：")
    paper.text(
        f"本机关于{{{{seizure.on}}}}对{YOU}的场所、设施或者财物予以{{{{seizure.mode}}}}"
        "{% if refs.decision_number %}（{{refs.decision_number}}）{% endif %}，期限至{{seizure.to}}。"
        f"因{{{{seizure.extension_reason|{TIDY}}}}}，依据{{{{measure.procedure}}}}的规定，经本机关负责人批准，"
        "决定将{{seizure.mode}}期限延长至{{seizure.extended_to}}。"
    )
    paper.text(remedies("本决定"), held=True)
    return _signed(paper, "决定书")


FORFEITED = "违禁品、非法出版物依照规定收缴或者移送"  # a choice of seizures.lift_ground


def lifted() -> Paper:
    """D-19c: the ground of 行政强制法 art 28, and the things given back at once."""
    paper = _paper("解除{{seizure.mode}}决定书")
    paper.flush("{{party.name}}：")
    paper.text(
        f"本机关于{{{{seizure.on}}}}对{YOU}的场所、设施或者财物予以{{{{seizure.mode}}}}"
        "{% if refs.decision_number %}（{{refs.decision_number}}）{% endif %}。"
        f"因{{% if seizure.lift_ground == '{FORFEITED}' %}}其中有违禁品、非法出版物"
        "{% else %}{{seizure.lift_ground}}{% endif %}，"
        "依据{{measure.procedure}}的规定，本机关决定自{{seizure.lifted_on}}起解除{{seizure.mode}}，"
        f"{{% if seizure.lift_ground == '{FORFEITED}' %}}下列物品依照规定收缴或者移送，不予退还："
        f"{{% else %}}退还财物。请{YOU}凭本决定书和清单办理启封（领取）手续：{{% endif %}}"
    )
    with paper.each("i in seized_items if i.of == seizure.no"):
        paper.text("{{i.no}}.{{i.name}}，{{i.amount}}{% if loop.last %}。{% else %}；{% endif %}")
    paper.text(remedies("本决定"), held=True)
    return _signed(paper, "决定书")


def ban() -> Paper:
    """The decision by which an unlicensed business is shut down, only where the statute orders it (domain 2, DR-31)."""
    paper = _paper("取缔决定书")
    party_lines(paper)
    paper.text(f"经查明，当事人{ACT}：{{{{fact.summary|{TIDY}}}}}。上述事实，有下列证据证实：")
    with paper.each("e in evidence"):
        proves = f"证明{{{{e.proves|{TIDY}}}}}"
        paper.text(f"{{{{e.no}}}}.{{{{e.name}}}}，{proves}{{% if loop.last %}}。{{% else %}}；{{% endif %}}")
    paper.text(
        "当事人未经许可擅自从事经营活动，依据{{law.bans_cited}}的规定，本机关决定：对当事人的上述经营活动予以取缔，"
        "当事人自收到本决定书之日起立即停止全部经营活动。对上述违法行为应当给予的行政处罚，另行依法作出。"
    )
    paper.text("当事人依法享有陈述、申辩的权利。" + remedies("本决定"), held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    paper.note("（本决定书一式三份，一份送达当事人，一份归档，一份{{unit}}留存。）")
    return paper


BUILDS: Mapping[str, Callable[[], Paper]] = {
    "keeping_notice": keeping,
    "keeping_list": kept_list,
    "keeping_decision": kept_decision,
    "seizure_decision": seizure,
    "seizure_list": seized_list,
    "seizure_extension": extension,
    "seizure_lifted": lifted,
    "ban_decision": ban,
}
