"""What the 备考表 says of a file by itself: who left it and why, how it was looked over, which recordings it has.

Everything else of 卷内情况说明 is written by hand by whoever binds the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from paperwork.facts import rows_of
from paperwork.model import Fact, Facts, Item, Json, printed_date

Defs = Mapping[str, Fact]


def numbered(facts: Facts, defs: Defs) -> str:
    """All of it as lines of one text, numbered; "" where there is nothing to say."""
    return "\n".join(f"{no}.{note}。" for no, note in enumerate(notes(facts, defs), 1))


def notes(facts: Facts, defs: Defs) -> Iterator[str]:
    """Changes of handlers, recusals (行政处罚法 art 43) and the 案卷自查, each a sentence without its full stop."""
    for item in rows_of(facts.get("handler_changes")):
        decided = f"，{item['decided_by']}决定" if item.get("decided_by") else ""
        changed = f"承办人{item.get('from')}于{_day(item, 'on')}变更为{item.get('to')}"
        yield f"{changed}，原因：{_bare(item, 'reason')}{decided}"
    for item in rows_of(facts.get("recusals")):
        yield _recusal(item, defs)
    if facts.get("self_check.on"):
        yield from _self_check(facts)


def _recusal(item: Item, defs: Defs) -> str:
    asked_by = defs["recusals"].items["asked_by"]
    labels = {choice.code: choice.label for choice in asked_by.choices}
    how = labels.get(str(item.get("asked_by")), "")
    asked = f"{item.get('person')}的回避（{how}，{_day(item, 'asked_on')}提出，理由：{_bare(item, 'reason')}）"
    if item.get("granted") is None:
        return f"{asked}尚未决定"
    decided = "回避" if item["granted"] is True else "不予回避"
    return f"{asked}，{item.get('decided_by')}于{_day(item, 'decided_on')}决定{decided}"


def _self_check(facts: Facts) -> Iterator[str]:
    day = facts.get("self_check.on")
    on = f"于{printed_date(day)}" if isinstance(day, dt.date) else ""
    wrong = sum(item.get("sound") is False for item in rows_of(facts.get("self_checks")))
    found = f"{wrong}项有问题并已记明" if wrong else "各项符合要求"
    conclusion = str(facts.get("self_check.conclusion", "")).rstrip("。")
    yield f"案卷由{facts.get('self_check.by', '')}{on}自查（案卷评查自查表），{found}，结论：{conclusion}"


def recordings(facts: Facts) -> Iterator[Json]:
    """The 执法视频 of the matter: number, paper, device, from when to when, where it is kept, hash."""
    for item in rows_of(facts.get("videos")):
        digest = str(item.get("sha256", "")).lower()
        yield {
            "no": str(item.get("no", "")),
            "of": str(item.get("of", "")),
            "device": str(item.get("device", "")),
            "time": _span(item.get("started"), item.get("ended")),
            "file": str(item.get("file", "")),
            "sha256": " ".join(digest[at : at + 16] for at in range(0, len(digest), 16)),
        }


def _span(started: object, ended: object) -> str:
    """2026年7月8日15:10至15:50; the day again only where it is another."""
    if not isinstance(started, dt.datetime) or not isinstance(ended, dt.datetime):
        return ""
    day = "" if started.date() == ended.date() else printed_date(ended)
    return f"{printed_date(started)}{started:%H:%M}至{day}{ended:%H:%M}"


def _day(item: Item, name: str) -> str:
    value = item.get(name)
    return printed_date(value) if isinstance(value, dt.date) else "（日期未填）"


def _bare(item: Item, name: str) -> str:
    return str(item.get(name, "")).strip().rstrip("。；，")
