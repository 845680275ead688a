"""Forms of as many parties as a test wants: all fictional, all with valid check digits."""

from __future__ import annotations

import copy
from typing import Any

from stdnum.cn import uscc

from tests.stories.test_s11 import ADVICE

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714


def code(number: int) -> str:
    """The credit code of the n-th fictional shop (GB 32100)."""
    body = f"MAXX{number:04d}"
    check = 11 - sum(_LETTERS.index(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11
    base = f"92140602{body}{'X' if check == 10 else '0' if check == 11 else check}"
    return base + str(uscc.calc_check_digit(base))


def advice(number: int) -> dict[str, Any]:
    """The n-th shop is advised: a matter of its own, two papers and a draft with its approval form."""
    form = copy.deepcopy(ADVICE)
    form["party"] |= {"uscc": code(number), "name": f"朔州市朔城区第{number}号体验馆"}
    return form
