"""A file that cannot be read at all: what the clerk is told instead of a form."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from paperwork.model import Finding, Form


class Unreadable(Exception):
    """Raised by the readers. Carries the findings that go back with the file; there is no RawForm."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("；".join(finding.message for finding in findings))
        self.findings = findings


def refused(code: str, message: str, *, place: str = "", found: str = "", wanted: str = "") -> Unreadable:
    """One finding as an exception, to be raised."""
    return Unreadable((Finding(code, message, place=place, found=found, wanted=wanted),))


def damaged(why: str = "") -> Unreadable:
    """The file is torn."""
    return refused("E-FILE-DAMAGED", f"文件已损坏，无法打开{f'（{why}）' if why else ''}。请重新保存后再放入。")


def too_big(why: str) -> Unreadable:
    """The file is larger, or unpacks to more, than any form is."""
    return refused("E-FILE-SIZE", f"文件超出允许的大小：{why}。")


def unknown_form(seen: str, forms: Mapping[str, Form], place: str = "") -> Unreadable:
    """No form of the office bears the title or id `seen` ("" = none was found)."""
    by_hand = {name: form for name, form in forms.items() if form.place != "program"}
    titles = [form.title for form in by_hand.values()]
    known = "、".join(f"《{title}》" for title in titles)
    near = difflib.get_close_matches(seen, [*titles, *by_hand], n=1, cutoff=0.5) if seen else []
    guess = f"是否为「{near[0]}」？" if near else ""
    what = f"没有名为「{seen[:40]}」的表单。" if seen else "认不出这是哪一种表单：没有找到表单的标题。"
    return refused("E-FORM-UNKNOWN", f"{what}{guess}可用的表单：{known}。", place=place, found=seen[:40], wanted=known)
