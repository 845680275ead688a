"""Derived facts of 执法视频: hashes that are none, and one recording under two numbers (行政处罚法 art 47)."""

from __future__ import annotations

import re
from collections import Counter

from paperwork.facts.registry import Around, derives, items_of
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
