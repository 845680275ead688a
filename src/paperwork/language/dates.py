"""Days and periods, which are told by rule: 2026年7月8日15时10分, 2026年第三季度, 2026年9月, from one to another."""

from __future__ import annotations

import re
from collections.abc import Callable

_QUARTERS, _HALVES = "一二三四", "上下"
_SHAPES: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"(\d{4})年(\d{1,2})月(\d{1,2})日", lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}"),
    (
        r"(\d{4})年(\d{1,2})月(\d{1,2})日(\d{1,2})时(\d{1,2})分",
        lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02} {int(m[4]):02}:{int(m[5]):02}",
    ),
    (r"(\d{4})年(\d{1,2})月", lambda m: f"{m[1]}-{int(m[2]):02}"),
    (rf"(\d{{4}})年第([{_QUARTERS}])季度", lambda m: f"{m[1]}Q{_QUARTERS.index(m[2]) + 1}"),
    (rf"(\d{{4}})年([{_HALVES}])半年", lambda m: f"{m[1]}H{_HALVES.index(m[2]) + 1}"),
    (r"(\d{4})年", lambda m: m[1]),
)


def told(text: str) -> str | None:
    """2026-07-08, 2026-07-08 15:10, or a period as the commands take it (2026Q3); None of anything else."""
    if not text[:4].isdecimal():
        return None
    since, _, until = text.partition("至")
    if until:
        ends = told(since), told(until)
        return f"{ends[0]} to {ends[1]}" if all(ends) else None
    return next((tell(found) for shape, tell in _SHAPES if (found := re.fullmatch(shape, text))), None)
