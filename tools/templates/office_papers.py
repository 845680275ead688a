"""D-46, D-51, D-53, D-54, D-55 (domain 12.3): what the office writes around a case, each from one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, LED, SIGN, TIDY, boxes, either
from tools.templates.tables import cell, centred

HANDED = f"（签名）：{SIGN}　{BY_HAND}"
REMEDY = (
    "如认为本机关未依法履行法定职责，依照{{cites.first}}的规定，应当先自知道之日起六十日内向"
    "{{org.reviewing_government}}申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内依法向"
    "{{org.court}}提起行政诉讼。"
)


def reply() -> Paper:
    """D-46: to whoever gave a name; nothing of the party that need not be said; for the sealed annex."""
    paper = Paper("dashes")
    paper.organ()
    paper.title("举报答复")
    paper.number("{{doc.number}}")
    paper.flush("{{lead.informant}}：")
    paper.text(f"你于{{{{response.received_on}}}}反映的{{{{response.matter|{TIDY}}}}}，本机关已经收悉。")
    with paper.when("response.kind == '受理告知'"):
        paper.text("经审查，该事项属于本机关职责范围，本机关予以受理，将依法调查处理，并将处理结果告知你。")
    with paper.otherwise("response.kind == '不予受理告知'"):
        paper.text(f"经审查，本机关不予受理，理由：{{{{response.told|{TIDY}}}}}。")
    with paper.otherwise():
        paper.text(f"本机关已调查处理，结果如下：{{{{response.told|{TIDY}}}}}。")
    with paper.when("response.duty"):
        paper.text(REMEDY)
    paper.text("本机关依法为举报人保密。感谢你对文化和旅游市场管理工作的支持。", held=True)
    paper.text("联系电话：{{org.phone}}", held=True)
    paper.signature("{{org.name}}（印章）", "{{doc.date}}")
    paper.note("（本件存密封件，不入正卷）")
    return paper


def dispatch() -> Paper:
    """D-51: the sheet on which a letter or a rule of the bureau is signed by hand."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("发文稿纸")
    paper.before_table("编号：{{matter.ref}}　　发文字号：" + "_" * 24)
    form = paper.table(20, 30, 20, 30)
    form.line("标题", "{{letter.title}}")
    form.line("主送", "{{letter.to}}")
    form.line("抄送", "{{letter.copied or '无'}}")
    form.pair("密级", "{{letter.secrecy}}", "紧急程度", "{{letter.urgency}}")
    form.pair("拟稿机构", "{{unit}}", "印制份数", "{{letter.copies}}份")
    form.line("拟稿", f"{{{{letter.drafter}}}}（签名）：{SIGN}　{{{{letter.drafted_on}}}}")
    form.line("核稿", signed=f"{{{{letter.checker}}}}{HANDED}")
    cosigned = "{% if letter.cosigners %}{{letter.cosigners|join('、')}}{% else %}无会签{% endif %}"
    form.line("会签", cosigned, signed=HANDED)
    form.line("签发", signed=f"{{{{letter.signatory}}}}{HANDED}")
    form.line("校对、印制", signed=HANDED)
    paper.end_with_table()
    return paper


def reading() -> Paper:
    """D-53: what came in, what is proposed, who reads it; the instruction is written by hand."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("阅批单")
    paper.before_table("编号：{{matter.ref}}")
    form = paper.table(20, 30, 20, 30)
    form.line("来文标题", "{{reading.title}}")
    form.pair("来文单位", "{{reading.from_org}}", "来文文号", "{{reading.from_doc_no or '—'}}")
    form.pair("收文日期", "{{reading.received_on}}", "要求退回", "{{reading.due}}")
    form.line("内容摘要", f"{{{{reading.summary|{TIDY}}}}}。")
    form.line("拟办意见", f"{{{{reading.proposal|{TIDY}}}}}。", signed=HANDED)
    form.line("批示", high=6)
    table = paper.table(10, 30, 30, 30)
    table.heads("序号", "阅批人员", "签名", "阅批日期")
    with table.each("one in reading.readers"):
        table.row(centred("{{loop.index}}"), centred("{{one}}"), centred(SIGN), centred(BY_HAND))
    end = paper.table(20, 80)
    end.line("办理情况", high=3)
    paper.end_with_table()
    return paper


def self_check() -> Paper:
    """D-54: ten heads, before a file is bound."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("案卷评查自查表")
    form = paper.table(20, 30, 20, 30)
    form.line("案卷名称", "{{case.title or case.act}}")
    form.pair("案号", "{{case.no}}", "当事人", "{{party.name}}")
    table = paper.table(10, 18, 20, 52)
    table.heads("序号", "自查项目", "符合要求", "问题及整改")
    with table.each("s in self_checks"):
        sound = LED + either("s.sound", "√是　□否", "□是　√否")
        table.row(centred("{{loop.index}}"), centred("{{s.head}}"), centred(sound), cell("{{s.found or '无'}}"))
    end = paper.table(20, 80)
    end.line("自查结论", f"{{{{self_check.conclusion|{TIDY}}}}}。")
    end.line("自查人", signed=f"{{{{self_check.by}}}}（签名）：{SIGN}　{{{{self_check.on}}}}")
    end.line("立卷人", signed=HANDED)
    paper.end_with_table()
    return paper


def secrecy() -> Paper:
    """D-55: before anything is published (政府信息公开条例 art 17)."""
    paper = Paper("sheets")
    paper.organ()
    paper.title("信息公开保密审查表")
    form = paper.table(20, 30, 20, 30)
    form.line("拟公开信息", "{{secrecy_review.document}}")
    form.pair("承办机构", "{{unit}}", "编号", "{{matter.ref}}")
    form.line("内容类别", LED + boxes("secrecy_review.content", "主动公开", "依申请公开", "不予公开"))
    masked = either("secrecy_review.masked", "√已经隐去　□没有需要隐去的内容", "□已经隐去　√没有需要隐去的内容")
    form.line("个人信息和商业秘密", LED + masked)
    form.line("公开渠道", "{{secrecy_review.channel}}")
    form.line("审查依据", "{{cites.review}}")
    opinion = f"{{{{secrecy_review.opinion|{TIDY}}}}}。"
    form.line("审查意见", opinion, signed=f"{{{{secrecy_review.examiner}}}}{HANDED}")
    form.line("批准", signed=f"{{{{secrecy_review.approver}}}}{HANDED}")
    paper.end_with_table()
    return paper


BUILDS: Mapping[str, Callable[[], Paper]] = {
    "informant_reply": reply,
    "dispatch_sheet": dispatch,
    "reading_sheet": reading,
    "self_check_sheet": self_check,
    "secrecy_review_sheet": secrecy,
}
