"""Document numbers: 朔区文旅罚字〔2026〕6号. Printed from a series' pattern, read back, and looked over for gaps.

Giving a number is the ledger's act; here is only its shape (GB/T 9704—2012, 7.2.5; domain rule: gapless per series and
year, beginning at 1 each January).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SLOT = re.compile(r"\{(Y|n)(?::0?([1-5]))?\}")
_NUMBER = re.compile(r"(?P<prefix>[一-龥（）()]{2,20}?)〔(?P<year>[0-9]{4})〕第?(?P<n>[0-9]{1,5})号")
# Only a year in brackets before the running number is re-bracketed: 湘(岳)文执罚网字 keeps its own.
_YEAR = re.compile(r"[〔\[【(（{〈［﹝]([0-9]{4})[〕\]】)）}〉］﹞](?=第?[0-9]+号)")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_BLANKS = re.compile("[\\s\u200b-\u200f\u2060\ufeff]+")


@dataclass(frozen=True, order=True)
class Number:
    """What a document number says. `prefix` names body and series, n counts from 1."""

    prefix: str
    year: int
    n: int


def format_number(pattern: str, year: int, n: int) -> str:
    """`朔区文旅罚字〔{Y}〕{n}号`, 2026, 6 → 朔区文旅罚字〔2026〕6号. `{n:3}` pads with zeros to three places.

    ValueError when the pattern lacks {Y} or {n}, holds another brace, or year and n are out of range.
    """
    if complaint := check_pattern(pattern):
        raise ValueError(complaint)
    if not 1000 <= year <= 9999 or not 1 <= n <= 99999:
        raise ValueError(f"文号的年份应为四位、序号应在1至99999之间：{year}年第{n}号")
    values = {"Y": year, "n": n}
    return _SLOT.sub(lambda slot: f"{values[slot[1]]:0{slot[2] or 1}d}", pattern)


def check_pattern(pattern: str) -> str:
    """What is wrong with a series' pattern, in Chinese; "" when nothing is."""
    names = [slot[1] for slot in _SLOT.finditer(pattern)]
    if sorted(names) != ["Y", "n"]:
        return f"文号格式“{pattern}”应有{{Y}}（年份）和{{n}}（序号）各一个"
    if re.search(r"[{}]", _SLOT.sub("", pattern)):
        return f"文号格式“{pattern}”有多余的花括号"
    return ""


def normalise(text: str) -> str:
    """Half-width digits, no blanks, the year in 〔〕 whatever brackets it was typed in. Differs from `text`: warn."""
    bare = _BLANKS.sub("", text).translate(_HALF_WIDTH)
    return _YEAR.sub(r"〔\1〕", bare)


def parse_number(text: str) -> Number | None:
    """Read a document number as offices write it ([ ], 【】, (2026), 第012号 …); None when it is none.

    Numbers without brackets (豫政简行指2017第001号) are kept as text by the caller.
    """
    found = _NUMBER.fullmatch(normalise(text))
    if not found or not int(found["n"]):
        return None
    return Number(found["prefix"], int(found["year"]), int(found["n"]))


def read_by(pattern: str, text: str) -> tuple[int, int] | None:
    """(year, n) of a number of this series, also as people type it (第012号); None for another's."""
    shape = re.escape(_SLOT.sub(lambda slot: slot[1] * 3, pattern))  # YYY and nnn stand for what the slots hold
    shape = shape.replace("YYY", "(?P<Y>[0-9]{4})").replace("第nnn", "nnn")
    found = re.fullmatch(shape.replace("nnn", "第?0*(?P<n>[1-9][0-9]{0,4})"), normalise(text))
    return (int(found["Y"]), int(found["n"])) if found else None


def gaps(numbers: Iterable[int], start: int = 0) -> tuple[int, ...]:
    """Which n are missing between `start` (the last number given by hand) and the highest one given, ascending."""
    given = set(numbers)
    return tuple(n for n in range(start + 1, max(given, default=start)) if n not in given)
