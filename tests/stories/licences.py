"""Rows of 证照台账 as stories use them: S15's song hall, S14's institute, and as many made-up shops as wanted."""

from __future__ import annotations

from typing import Any

S15 = {
    "form": "证照台账",
    "submitted_by": "赵明远",
    "party": {"kind": "企业", "name": "朔州市朔城区鼓楼影音娱乐有限公司", "uscc": "91140602MAXX01237K"},
    "licences": [
        {
            "name": "娱乐经营许可证",
            "no": "140602000000",
            "category": "许可证件",
            "issuer": "朔城区行政审批服务管理局",
            "valid_to": "2026-12-20",
        }
    ],
}


def row(**changes: Any) -> dict[str, Any]:
    """S15's row with another licence's answers."""
    (licence,) = S15["licences"]  # type: ignore[misc]
    return {**S15, "licences": [{**licence, **changes}]}  # type: ignore[dict-item]


def shop(number: int, **changes: Any) -> dict[str, Any]:
    """A made-up shop with one licence, whose codes have valid check digits."""
    code = credit_code(number)
    party = {"kind": "企业", "name": f"朔州市朔城区样例{number:03d}号歌厅", "uscc": code}
    return {**row(**{"no": f"140602{number:06d}", **changes}), "party": party}


def credit_code(number: int) -> str:
    """91140602 MAXX + four digits with both check digits (GB 11714, GB 32100—2015)."""
    body = f"MAXX{number % 10000:04d}"
    weights, letters = (3, 7, 9, 10, 5, 8, 4, 2), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rest = 11 - sum(letters.index(c) * w for c, w in zip(body, weights, strict=True)) % 11
    first = f"91140602{body}{'X' if rest == 10 else 0 if rest == 11 else rest}"
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(first))
    return first + alphabet[(31 - total % 31) % 31]
