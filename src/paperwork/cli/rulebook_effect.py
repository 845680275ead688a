"""What an edited rule or template would do to open matters, told to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from paperwork.cli import say

_STATUS = {
    "fired": "成立",
    "unmet": "不成立",
    "unknown": "待定",
    "outranked": "未轮到",
    "refused": "未获批准",
    None: "（没有这条规则）",
}


def tell(entries: Sequence[Mapping[str, Any]]) -> None:
    """One part for each matter that is touched."""
    if not entries:
        say.line("对在办事项没有影响")
        return
    for entry in entries:
        say.heading(f"{entry['case'] or entry['id']}　{entry['party']}")
        for line in _lines(entry):
            say.line(f"    {line}")
    say.line()
    say.line(f"有{len(entries)}件在办事项受影响。这里只是预告：什么都没有制作；下一份表到来时才按现在的规则办理。")


_MOST = 12  # examples shown; one edited law changes as many as cite it


def tell_changes(changes: Sequence[Mapping[str, Any]]) -> None:
    """The lines that examples print otherwise than at the last check that found nothing wrong."""
    if changes:
        say.heading(f"有{len(changes)}个样例印出来的文字与上一次检查时不同")
    for one in changes[:_MOST]:
        say.line(f"    {one['example']}")
        for mark, colour, lines in (("－", "red", one["was"]), ("＋", "green", one["now"])):
            for line in lines:
                say.verbatim(say.coloured(f"      {mark} {line}", colour))
    if len(changes) > _MOST:
        say.line(f"    另有{len(changes) - _MOST}个，用 paperwork check --effect --json 看全部")


def _lines(entry: Mapping[str, Any]) -> list[str]:
    changed = [
        f"规则 {one['rule']}{_named(one['label'])}：{_STATUS[one['was']]} → {_STATUS[one['now']]}"
        for one in entry["measures"]
    ]
    fallen = [f"作废送审稿：{one['code']}《{one['title']}》（审批代码 {one['draft']}）" for one in entry["superseded"]]
    made = [
        f"{'制作送审稿' if one['state'] == 'draft' else '制作文书'}：{one['code']}《{one['title']}》"
        for one in entry["made"]
    ]
    stopped = [f"会通不过：{one['message']}（{one['code']}）" for one in entry["findings"]]
    shown = [f"已签发的《{one}》与现在的规则不一致，不会改动，只作提示" for one in entry["attention"]]
    return [
        *changed,
        *fallen,
        *made,
        *stopped,
        *shown,
        *([f"无法判断：{entry['trouble']}"] if entry["trouble"] else []),
    ]


def _named(label: str) -> str:
    return f"「{label}」" if label else ""
