"""D-23 分类监管规则（标准） (domain 3.2): a published 公文; what it never covers is fixed text."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import DATE, OWN_POLICY, TIDY

OFFICE = "{% if org.office %}{{org.office}}{% else %}{{org.name}}{% endif %}"
LEVEL = "（{{'一二三四五六七八九十'[loop.index0] if loop.index0 < 10 else loop.index}}）"


def build() -> Paper:
    """The template."""
    paper = Paper("official")
    paper.draft_mark()
    paper.paragraph("Mark", "{{org.name}}文件")
    number = "{% if doc.draft %}文号待办公室编号{% else %}{{doc.number}}{% endif %}"
    paper.paragraph("MarkNumber", number)
    paper.paragraph("AfterLine", "")
    paper.title("{{rule.title}}")
    _purpose(paper)
    _body(paper)
    _end(paper)
    return paper


def _purpose(paper: Paper) -> None:
    paper.text(f"{{{{rule.reason|{TIDY}}}}}。依据《优化营商环境条例》和{OWN_POLICY}，制定本规则。")
    paper.heading("一、适用范围")
    paper.text(f"本规则适用于{{{{rule.sector}}}}领域：{{{{rule.scope|{TIDY}}}}}。")
    paper.heading("二、分类")
    with paper.each("one in rule.classes"):
        paper.text(f"{LEVEL}{{{{one|{TIDY}}}}}。")


def _body(paper: Paper) -> None:
    paper.heading("三、监管方式和要求")
    with paper.each("i in rule_items"):
        paper.text(f"{LEVEL}{{{{i.matter|{TIDY}}}}}。要求：{{{{i.requirement|{TIDY}}}}}。")
        paper.text(f"监管方式：{{{{i.method|{TIDY}}}}}。依据：{{{{i.basis|{TIDY}}}}}。")
    paper.heading("四、底线事项")
    paper.text("涉及安全、未成年人、禁止内容及其他严重情形的，不适用包容审慎的监管方式，依法查处。")
    paper.text("本规则不设定行政处罚、行政许可和收费。")


def _end(paper: Paper) -> None:
    paper.heading("五、实施与有效期")
    paper.text("本规则自{{rule.effective_from}}起施行，有效期至{{rule.valid_until}}。", held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    paper.note("（此件公开发布）")
    paper.paragraph("Imprint", f"{OFFICE}\t{DATE}印发")
    paper.end_with_table()  # a frame needs a paragraph to hang on
