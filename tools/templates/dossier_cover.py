"""The cover of a dossier as one PDF (domain 3.2: D-35 is the paper one, GB/T 9705)."""

from __future__ import annotations

from tools.templates.layout import Paper
from tools.templates.tables import cell, label

ROWS = (
    ("案卷题名", "{{dossier.title}}"),
    ("案号（编号）", "{{dossier.reference}}"),
    ("当事人", "{{dossier.party}}"),
    ("承办机构", "{{dossier.unit or org.name}}"),
    ("开始日期", "{{dossier.opened_on}}"),
    ("结案日期", "{{dossier.closed_on}}"),
    ("卷内文件", "{{dossier.papers}}件{{dossier.pages}}页"),
    ("保管期限", "{{dossier.retention or '／'}}"),
)


def build() -> Paper:
    """The template."""
    paper = Paper("none")
    for _ in range(2):
        paper.flush("")
    paper.organ()
    paper.title("{{dossier.type}}卷宗")
    for _ in range(2):
        paper.flush("")
    table = paper.table(28, 72)
    for name, value in ROWS:
        table.row(label(name), cell(value))
    paper.end_with_table()
    return paper
