"""Derived facts of what is named by its hash: 执法视频 (行政处罚法 art 47), the yearly sheet that was published."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from paperwork.facts.registry import Around, answer_of, derives, items_of
from paperwork.model import Facts, Value

_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@derives("videos.unreadable", "校验值不对的录像", "set", "videos")
def _unreadable(facts: Facts, around: Around) -> Value | None:
    """A hash that is given is one; not yet given is no fault."""
    if "videos" not in facts:
        return None
    told = items_of(facts, "videos")
    return tuple(str(v.get("no")) for v in told if v.get("sha256") and not _SHA256.fullmatch(str(v["sha256"])))


@derives("videos.shared", "重复登记的录像", "set", "videos")
def _shared(facts: Facts, around: Around) -> Value | None:
    """Numbers that share a file or a hash with another number."""
    if "videos" not in facts:
        return None
    told = items_of(facts, "videos")
    found: dict[str, None] = {}
    for name in ("file", "sha256"):
        many = Counter(str(v[name]).lower() for v in told if v.get(name))
        found |= dict.fromkeys(str(v.get("no")) for v in told if v.get(name) and many[str(v[name]).lower()] > 1)
    return tuple(found)


@derives("yearly.wrong", "年度数据公开表填写不对的", "set", "yearly.year", "yearly.sha256")
def _wrong_year(facts: Facts, around: Around) -> Value | None:
    """Four digits, and a hash."""
    if "yearly.year" not in facts:
        return None
    wrong = [] if re.fullmatch(r"20\d\d", str(facts["yearly.year"])) else ["数据年度写四位数字，例如2026"]
    wrong += [] if _SHA256.fullmatch(str(facts.get("yearly.sha256", ""))) else ["校验值是64位的数字和字母 a 到 f"]
    return tuple(wrong)


@derives("yearly.ended_on", "数据年度的最后一日", "date", "yearly.year")
def _ended(facts: Facts, around: Around) -> Value | None:
    year = answer_of(facts, "yearly.year", str) or ""
    return dt.date(int(year), 12, 31) if re.fullmatch(r"20\d\d", year) else None
