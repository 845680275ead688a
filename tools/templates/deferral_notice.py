"""D-47b 延期（分期）缴纳罚款批准（不予批准）通知书 (domain 12.3)."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import DATE, NUMBER, TIDY, YOU


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.draft_mark()
    paper.organ()
    paper.title("{% if not deferral.granted %}不予批准{% endif %}延期（分期）缴纳罚款通知书")
    paper.number(NUMBER)
    paper.flush("{{party.name}}：")
    paper.text(
        f"{YOU}于{{{{deferral.applied_on}}}}就《行政处罚决定书》（{{{{decision.number}}}}）"
        "提出的延期（分期）缴纳罚款申请，本机关已经收到。"
    )
    with paper.when("deferral.granted"):
        paper.text("经审查，依据{{measure.procedure}}的规定，批准按下列计划缴纳：", held=True)
        with paper.each("one in deferral.plan"):
            paper.text(f"{{{{loop.index}}}}.{{{{one|{TIDY}}}}}{{% if loop.last %}}。{{% else %}}；{{% endif %}}")
        late = "逾期不缴纳的，本机关将依法加处罚款，并依法申请人民法院强制执行。"
        paper.text(f"缴纳截止日期为{{{{deferral.until}}}}。{late}", held=True)
    with paper.otherwise():
        paper.text("经审查，申请理由不属于{{measure.procedure}}规定的情形，本机关不予批准。")
        paper.text(f"请{YOU}按照决定书载明的期限缴纳罚款。", held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    return paper
