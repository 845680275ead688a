"""D-36 卷内目录 with its 备考表 (domain 3.2): a living paper; page numbers are written when the file is bound."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, LINE, SIGN, or_stroke
from tools.templates.tables import FORM, cell, centred, label

PAGE = f"{{% if r.page %}}{{{{r.page}}}}{{% else %}}{LINE}{{% endif %}}"
"""The page where it begins: written by hand until the file is bound."""


def build() -> Paper:
    """The template."""
    paper = Paper("sheets")
    paper.title("卷内目录")
    paper.before_table("案件名称：{{index.title}}")
    paper.before_table("当事人：" + or_stroke("index.party"))
    paper.before_table(
        "案号（编号）：{{index.case_no}}"
        "{% if index.rows and index.rows[0].page %}{% else %}　　页号由立卷人装订后手写{% endif %}"
    )
    table = paper.table(14, 24, 21, 25, 23, 11, 11)
    table.heads("顺序号", "文号", "责任者", "题名", "日期", "页号", "备注")
    with table.each("r in index.rows"):
        table.row(
            centred("{{r.no}}"),
            centred(or_stroke("r.number")),
            centred(or_stroke("r.organ")),
            cell("{{r.title}}"),
            centred(or_stroke("r.date")),
            centred(PAGE),
            centred(or_stroke("r.remark")),
        )
    with paper.when("index.videos"):
        paper.before_table("执法视频清单（原文件由本局保存，不装订）")
        videos = paper.table(17, 17, 18, 20, 22, 32)
        videos.heads("编号", "对应文书", "设备", "起止时间", "存放位置", "校验值（SHA-256）")
        with videos.each("v in index.videos"):
            videos.row(
                centred("{{v.no}}"),
                centred(or_stroke("v.of")),
                centred(or_stroke("v.device")),
                centred(or_stroke("v.time")),
                cell(or_stroke("v.file")),
                cell(or_stroke("v.sha256")),
            )
    paper.title("备考表")
    notes = paper.table(*FORM)
    told = "{% if index.notes %}{{index.notes}}{% endif %}"
    notes.row(label("卷内情况说明"), cell(told, SIGN, span=3, high=6), held=True)
    notes.row(label("立卷人", "（签名）"), centred(SIGN), label("检查人", "（签名）"), centred(SIGN), held=True)
    notes.row(label("立卷时间"), cell(BY_HAND, span=3), held=True)
    paper.end_with_table()
    return paper
