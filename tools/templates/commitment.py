"""D-11 信用承诺书 (domain 3.3.2): the party speaks. Promises and consent to publicity stand apart.

The party waives no right and promises no money; whether it agrees is its own to tick unless it has already said so.
"""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, ID_LABEL, LED, SIGN, boxes, struck

REPAIR = "commitment.kind == '信用修复型'"
ABOUT_ISSUES = "commitment.issues or commitment.kind in ('整改型', '信用修复型')"
ME = "{% if party.is_person %}本人{% else %}本单位{% endif %}"
ADDRESSEE = f"{{% if {REPAIR} %}}{{{{commitment.item_org}}}}{{% else %}}{{{{org.name}}}}{{% endif %}}"
IN_BUSINESS = "party.kind in ('企业', '个体工商户', '农民专业合作社')"


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.title("信用承诺书")
    paper.number("编号：{{doc.number}}")
    _head(paper)
    _promises(paper)
    _last_promises(paper)
    _publicity(paper)
    _end(paper)
    return paper


def _head(paper: Paper) -> None:
    paper.flush("承诺类型：" + boxes("commitment.kind", "主动型", "整改型") + "（不予行政处罚配套）")
    paper.flush("　" * 5 + boxes("commitment.kind", "信用修复型", "告知承诺型"))
    paper.flush("承诺人：{{party.name}}")
    with paper.when("party.is_person"):
        paper.flush(f"{ID_LABEL}：{{{{party.id_no}}}}（公开件删除）")
        with paper.when("party.guardian"):
            paper.flush("监护人：{{party.guardian}}")
    with paper.otherwise():
        paper.flush("统一社会信用代码：{{party.uscc}}")
        paper.flush("法定代表人（负责人、经营者）：{{party.legal_rep}}")
    paper.flush("{% if party.is_person %}住址{% else %}住所（经营场所）{% endif %}：{{party.address}}")
    paper.flush("联系电话：" + struck("party.phone"))
    with paper.when(REPAIR):
        paper.flush(
            "失信信息：{{commitment.item_doc_no}}（认定单位：{{commitment.item_org}}，"
            "认定日期：{{commitment.item_on}}，类别：{{commitment.item_class}}）"
        )
        paper.flush("已履行义务情况：{{commitment.duties_done|trim('。')}}（证明材料附后）")


def _promises(paper: Paper) -> None:
    paper.flush(f"致{ADDRESSEE}：")
    paper.text(f"为践行诚实守信原则，{ME}郑重承诺如下：", held=True)
    with paper.when("commitment.kind == '整改型'"):
        paper.text("本承诺书由承诺人自愿签署，是否签署不影响行政机关依法作出不予行政处罚的决定。")
    paper.text(
        "一、提供给行政机关的材料、说明的情况真实、准确、完整、有效"
        f"{{% if {REPAIR} %}}；本次信用修复申请提交的材料真实有效{{% endif %}}。"
    )
    paper.text(
        "二、遵守{{commitment.industry}}有关法律、法规、规章，{% if commitment.licences %}"
        "依法取得{{commitment.licences}}并在经营场所亮证经营，{% endif %}在核准范围内经营。"
    )
    with paper.when(ABOUT_ISSUES):
        paper.text(
            "三、针对{{commitment.issues|trim('。')}}，{% if commitment.done_on %}已于{{commitment.done_on}}完成整改"
            "{% else %}承诺于{{commitment.deadline}}前完成整改{% endif %}：{{commitment.corrections|trim('。')}}；"
            "建立{{commitment.self_rules|trim('。')}}，防止同类问题再次发生。"
        )
    with paper.otherwise():
        paper.text("三、建立{{commitment.self_rules|trim('。')}}，防止问题发生。")
    paper.text(
        "四、保障消费者（旅游者、观众）人身财产安全和合法权益，落实未成年人保护、{{commitment.sector_duty|trim('。')}}等要求。"
    )


def _last_promises(paper: Paper) -> None:
    paper.text(
        "五、主动配合依法开展的监督检查，接受社会监督；"
        f"{{% if {IN_BUSINESS} %}}按期报送年度报告和法定信息。{{% else %}}按期报送法定信息。{{% endif %}}"
    )
    paper.text("六、不以欺骗、贿赂等手段取得许可或者信用修复。")
    with paper.when(REPAIR):
        paper.text(
            f"七、愿意承担违反承诺的相应责任。{ME}知悉：提供虚假材料、信用承诺严重不实或者被失信信息认定单位认定为"
            "故意不履行承诺的，依照《信用修复管理办法》第二十五条，将被记入信用记录，在“信用中国”网站公示三年且不得提前"
            "终止公示，原失信信息三年内不得申请修复。"
        )
    with paper.otherwise():
        paper.text("七、违反上述承诺的，愿意接受依法依规作出的信用管理，并承担相应法律责任。")
    paper.text(
        "八、本承诺书自签署之日起生效，有效期至{% if commitment.valid_to %}{{commitment.valid_to}}"
        "{% else %}承诺事项履行完毕{% endif %}。"
    )


def _publicity(paper: Paper) -> None:
    paper.text("公示意见（单独填写）：", held=True)
    with paper.when(REPAIR):
        paper.text(
            "本承诺书须向社会公开；不同意公开的，不符合《信用修复管理办法》第十四条第三项规定的条件。",
            held=True,
        )
    agreed = boxes("commitment.publicity", "同意", "不同意", by_hand=True)
    consent = (
        f"{LED * 2}{agreed}　将本承诺书（隐去联系电话、证件号码等信息）在“信用中国（山西朔州）”网站及"
        "{{org.name}}官方渠道公示，公示期限：{{commitment.publicity_period}}。"
    )
    # Whatever stands last before the signatures stays with them.
    with paper.when("party.kind in ('自然人', '个体工商户')"):
        named = boxes("commitment.name_consent", "单独同意", "不同意", by_hand=True)
        paper.flush(consent)
        paper.text(f"对公开个人姓名：{named}（按规定去标识化）。", held=True)
    with paper.otherwise():
        paper.paragraph("Hand", consent)


def _end(paper: Paper) -> None:
    with paper.when("party.is_person"):
        paper.paragraph("Hand", f"承诺人（签名、捺指印）：{SIGN}")
        with paper.when("party.guardian"):
            paper.paragraph("Hand", f"监护人（签名）：{SIGN}")
    with paper.otherwise():
        paper.paragraph("Hand", "承诺人（盖章）：{{party.name}}")
        paper.paragraph("Hand", f"法定代表人（负责人、经营者）（签名）：{SIGN}")
    paper.paragraph("Hand", f"签署日期：{BY_HAND}")
    paper.paragraph("Hand", f"接收人（签名）：{SIGN}　接收日期：{BY_HAND}")
    paper.note(
        "注：本承诺书一式三份，承诺人、接收机关、信用信息归集单位各一份。虚假承诺或者违诺的认定，"
        f"由{ADDRESSEE}依程序作出并告知承诺人陈述、申辩权利。"
    )
