"""Codes of the catalogue as people call them, for listings. Programs get the codes (`matters`, `shelf`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from paperwork import law
from paperwork.model import Fact
from paperwork.office import Office

EVENTS = {
    "opened": "立项",
    "submitted": "收到表格",
    "corrected": "收到更正",
    "approval": "审批意见",
    "approval_refused": "审批意见表没有计入",
    "served": "送达",
    "educated": "教育",
    "closed": "结案",
    "attention": "提示",
    "passed_over": "提示日已过，未提示",
    "document_drafted": "制作送审稿",
    "document_issued": "签发文书",
    "document_superseded": "送审稿作废",
    "document_replaced": "文书被替换",
    "number_given": "编号",
    "number_void": "文号作废",
}
_OPERATORS = {
    "is": "为",
    "not": "不是",
    "in": "属于",
    "has": "含有",
    "count": "项数",
    "between": "介于",
    "given": "已填写",
    "empty": "未填写",
}
_HEADS = {"measure": "已建议", "refused": "未获批准"}


def told_basis(citations: Iterable[str]) -> list[str]:
    """`行政处罚法#61.1` → `《行政处罚法》第六十一条第一款`."""
    parsed = map(law.parse, citations)
    return [f"《{one.law}》{law.provision(one)}" for one in parsed]


def told_event(kind: str, data: Any) -> str:
    """An event as people call it. An approval form that does not count says why: nobody agreed or refused by it."""
    told = EVENTS.get(kind, kind)
    if kind != "approval_refused":
        return told
    codes = data.get("codes", [])
    return f"{told}（重复）" if codes == ["W-DUPLICATE"] else f"{told}，已退回（{'、'.join(codes)}）"


def step_labels(office: Office) -> dict[str, str]:
    """Code of an approval's step → as people call it."""
    return {choice.code: choice.label for choice in office.catalogue.facts["approvals"].items["step"].choices}


def form_title(office: Office, form: str) -> str:
    """The title of a form by its id; the id where the office has it no more."""
    return office.catalogue.forms[form].title if form in office.catalogue.forms else form


def told_condition(office: Office, text: str) -> str:
    """`unless harm.flag is confirmed` → `除非 严重情形 为 已确认`. What the catalogue does not know stays as it is."""
    words, unless = text.split(), ""
    if words[:1] == ["unless"]:
        words, unless = words[1:], "除非 "
    if not words or words[0] in _HEADS:
        asked = _fact(office, "measure_requested")
        return unless + " ".join(_HEADS.get(word, _label(asked, word)) for word in words)
    fact = _fact(office, words[0])
    rest = " ".join(words[1:]).replace("is not ", "not ").split(" ")
    if rest[0] == "between":
        rest = ["和" if word == "and" else word for word in rest]
    told = [_OPERATORS.get(rest[0], rest[0]), *(_member(fact, word) for word in rest[1:])]
    return f"{unless}{fact.label if fact else words[0]} {' '.join(told)}".rstrip().replace("、 ", "、")


def told_value(office: Office, condition: str, value: Any) -> Any:
    """The value that a condition looked at, choices by label."""
    words = condition.removeprefix("unless ").split()
    fact = _fact(office, words[0]) if words else None
    if isinstance(value, list):
        return [_label(fact, one) if isinstance(one, str) else one for one in value]
    return _label(fact, value) if isinstance(value, str) else value


def _fact(office: Office, name: str) -> Fact | None:
    facts = office.catalogue.facts
    if name in facts:
        return facts[name]
    owner, _, column = name.rpartition(".")
    return facts[owner].items.get(column) if owner in facts else None


def _member(fact: Fact | None, word: str) -> str:
    bare = word.rstrip(",")
    return {"yes": "是", "no": "否"}.get(bare, _label(fact, bare)) + ("、" if bare != word else "")


def _label(fact: Fact | None, code: str) -> str:
    return next((c.label for c in fact.choices if c.code == code), code) if fact else code
