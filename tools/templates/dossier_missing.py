"""What a dossier still lacks: papers that its outcome wants, and files that could not be bound."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.phrases import or_stroke
from tools.templates.tables import cell, centred


def build() -> Paper:
    """The template."""
    paper = Paper("none")
    paper.title("尚缺材料")
    paper.before_table("案卷：{{dossier.title}}（{{dossier.reference}}）")
    with paper.when("missing"):
        paper.before_table("案卷中应当有而没有的文书：")
        missing = paper.table(15, 35, 50)
        missing.heads("代码", "文书", "说明")
        with missing.each("m in missing"):
            missing.row(centred(or_stroke("m.code")), cell("{{m.name}}"), cell("{{m.why}}"))
    with paper.when("refused"):
        paper.before_table("没有并入的文件：")
        refused = paper.table(50, 50)
        refused.heads("文件", "原因")
        with refused.each("r in refused"):
            refused.row(cell("{{r.path}}"), cell("{{r.why}}"))
    paper.end_with_table()
    return paper
