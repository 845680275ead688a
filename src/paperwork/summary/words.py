"""Words and numbers of summaries as people read them."""

from __future__ import annotations

from paperwork.office import Office

REASONS = {
    "draft": "送审稿，还没有签发",
    "void": "文号已经作废",
    "replaced": "已被后来的文书替换",
    "condition": "不符合这个指标的条件",
    "unknown": "还没有填写这个指标要看的情况",
    "undated": "没有填写计入哪一期的日期",
    "amount": "没有填写要合计的数，或者起止日期不全",
    "once": "这个案件已经按更早的一项计入办结",
}


def ground_labels(office: Office) -> dict[str, str]:
    """Code of a ground of 不予处罚 → as its first rule calls it: 轻微、及时改正、没有危害后果."""
    labels: dict[str, str] = {}
    for rule in office.catalogue.rules:
        if ground := rule.params.get("ground"):
            labels.setdefault(ground, rule.label.partition("（")[2].removesuffix("）") or rule.label)
    return labels


def number_told(told: str) -> int | float | None:
    """A printed figure as the number that it is: 12, 33.3 of 33.3%; None of — and of nothing."""
    plain = told.removesuffix("%")
    try:
        return float(plain) if "." in plain else int(plain)
    except ValueError:
        return None
