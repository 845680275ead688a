"""Words and numbers of summaries as people read them."""

from __future__ import annotations

from paperwork import law
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


def circumstance_labels(office: Office) -> dict[str, str]:
    """Code of a circumstance of 从轻、减轻 → its label."""
    return {c.code: c.label for c in office.catalogue.facts["circumstances"].items["ground"].choices}


def ground_basis(office: Office) -> dict[str, str]:
    """Code of a ground → the provision of the newest rule that rests on it: 《…》第三十三条第一款."""
    found: dict[str, str] = {}
    for rule in office.catalogue.rules:
        if rule.until is None and (ground := rule.params.get("ground")):
            found.setdefault(ground, law.cite(office.catalogue.laws, rule.basis or rule.procedure))
    return found


def circumstance_basis(office: Office) -> dict[str, str]:
    """Code of a circumstance → the provision of the newest rule of mitigation that asks for it."""
    found: dict[str, str] = {}
    for rule in office.catalogue.rules:
        for condition in rule.when if rule.measure == "mitigation" and rule.until is None else ():
            if condition.fact.endswith("circumstances.ground"):
                told = law.cite(office.catalogue.laws, rule.basis)
                found.update({str(code): found.get(str(code), told) for code in condition.values})
    return found


def number_told(told: str) -> int | float | None:
    """A printed figure as the number that it is: 12, 33.3 of 33.3%; None of — and of nothing."""
    plain = told.removesuffix("%")
    try:
        return float(plain) if "." in plain else int(plain)
    except ValueError:
        return None


def yuan_of(fen: int) -> int | float:
    """Money in 元, as a sheet holds it."""
    return fen // 100 if fen % 100 == 0 else fen / 100
