"""D-29b 行政处罚信息撤回说明 (行政处罚法 art 48 para 2): withdrawn, and why; no personal data of anybody."""

from __future__ import annotations

from tools.templates.layout import Paper


def build() -> Paper:
    """The template."""
    paper = Paper("dashes")
    paper.draft_mark()
    paper.organ()
    paper.title("行政处罚信息撤回说明")
    paper.text(
        "本机关在{{credit.site}}公示的行政处罚信息（案号：{{case.no}}），因{{credit.why|trim('。')}}，"
        "该行政处罚决定已于{{credit.revoked_on}}依法变更、撤销、确认违法或者确认无效。"
    )
    paper.text(
        "依照{{cites.withdrawal}}的规定，本机关已于{{credit.withdrawn_on}}撤回上述信息。特此公开说明。", held=True
    )
    paper.signature("{{org.name}}（印章）", "{{doc.date}}")
    return paper
