"""D-11b 信用修复决定书 (domain/06 §6.4): declined, refused, granted, or a falsehood on record, each with its ground."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import DATE, NUMBER, REPAIR_ITEM, YOU

RECEIVED = f"{YOU}通过“信用中国”网站提出信用修复申请（{REPAIR_ITEM}），本机关于{{{{repair.pushed_on}}}}收到。"
GROUNDS = {
    "early": (
        "经审查，该失信信息的最短公示期限自{{repair.item_on}}起计算，至{{repair.eligible_on}}届满，申请时尚未达到。",
        "不予受理。最短公示期限届满以后，可以再次申请。",
    ),
    "barred": (
        f"经查询，{YOU}于{{{{repair.known_false_on}}}}因申请信用修复时不诚实守信被记入信用记录，申请时尚在三年内。",
        "不予受理。",
    ),
    "duties": ("经审核，失信行为涉及的义务尚未履行完毕。", "不予信用修复。义务履行完毕以后，可以再次申请。"),
    "commitment": (
        f"经审核，{YOU}没有公开作出包括所提交材料真实有效、愿意承担违反承诺的相应责任的信用承诺。",
        "不予信用修复。公开作出信用承诺以后，可以再次申请。",
    ),
    "granted": (
        "经审核，该失信信息已达到最短公示期限，有关义务已于{{repair.duties_done_on}}履行完毕（{{repair.duties|trim('。')}}），"
        f"{YOU}已公开作出信用承诺。",
        "准予信用修复，终止公示该失信信息，停止共享和使用，依据该信息采取的管理措施同时解除。",
    ),
}
FALSEHOOD = (
    f"经查明，{YOU}在申请信用修复时有下列情形：{{{{repair.false_fact|trim('。')}}}}。",
    "将上述情形记入信用记录，纳入全国信用信息共享平台，在“信用中国”网站公示三年，不得提前终止公示；"
    "原失信信息至{{repair.barred_until}}不得申请信用修复。",
)
REMEDY = (
    f"{YOU}对本决定有异议的，可以通过“信用中国”网站提出；也可以自收到本决定书之日起六十日内向"
    "{{org.reviewing_government}}申请行政复议，或者自收到本决定书之日起六个月内依法向{{org.court}}提起行政诉讼。"
)


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.draft_mark()
    paper.organ()
    paper.title("信用修复决定书")
    paper.number(NUMBER)
    paper.flush("{{party.name}}（统一社会信用代码：{{party.uscc}}）：")
    with paper.when("measure.outcome == 'false'"):
        _decided(paper, *FALSEHOOD)
    for outcome, (ground, decision) in GROUNDS.items():
        with paper.when(f"measure.outcome == '{outcome}'"):
            paper.text(RECEIVED)
            _decided(paper, ground, decision)
    with paper.when("measure.outcome != 'granted'"):
        paper.text(REMEDY, held=True)
    paper.signature("{{org.name}}（印章）", DATE)
    return paper


def _decided(paper: Paper, ground: str, decision: str) -> None:
    paper.text(ground)
    paper.text("依据{{measure.grounds}}的规定，本机关决定：", held=True)
    paper.text(decision)
