"""What a penal clause allows at most and demands at least, read from its words: 15000元以下的罚款 → 1500000 fen."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}
_AMOUNT = re.compile(r"([0-9.,零〇一两二三四五六七八九十百千万亿]+)元(以[上下])?")
_FLOOR = re.compile(r"([0-9.,零〇一两二三四五六七八九十百千万亿]+)(?:元|(?<=万))以上")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
# Of a threshold (违法所得不足一万元的，… / 5000元以上的，…) the law says what the act was worth, not what it costs.
_THRESHOLD_BEFORE = re.compile(r"(不足|不满|不到|超过|达到|满)$")
_THRESHOLD_AFTER = re.compile(r"的?[，；。]|的$|以[上下]的[，；。]")
_OPEN = re.compile(r"倍|百分之|%|每[^，；。]*元|[0-9零〇一两二三四五六七八九十百千]万以[上下]")


def maximum_fine(text: str) -> int | None:
    """The highest fixed fine in a penal sentence, in fen; None when there is none or it is open.

    Open: multiples and percentages (违法所得5倍以下), so much for each (每招用一名每月处5000元), a floor without
    ceiling (一万元以上的罚款), an amount whose 元 was lost. Thresholds such as 违法所得不足一万元的 are not fines.
    """
    words = re.sub(r"\s", "", text)
    if _OPEN.search(words):
        return None
    fines: list[int] = []
    for found in _AMOUNT.finditer(words):
        value = _fen(found[1])
        rest = words[found.end() :]
        if value is None or _is_threshold(words[: found.start()], found[2] or "", rest):
            continue
        if found[2] == "以上" and rest.startswith(("罚款", "的罚款")):
            return None
        fines.append(value)
    return max(fines, default=None)


def minimum_fine(text: str) -> int | None:
    """The highest floor of the fixed fines that must be imposed, in fen: 处一万元以上五万元以下的罚款 → 1000000.

    None when there is no floor: a fine that only may be imposed (可以并处) has none, and a threshold is no fine.
    """
    words = re.sub(r"\s", "", text).translate(_FULL_WIDTH)
    floors = []
    for found in _FLOOR.finditer(words):
        before, value = words[: found.start()], _fen(found[1])
        if value is None or "可以" in re.split("[，。；]", before)[-1]:
            continue
        if not _is_threshold(before, "以上", words[found.end() :]):
            floors.append(value)
    return max(floors, default=None)


def _is_threshold(before: str, bound: str, rest: str) -> bool:
    if _THRESHOLD_BEFORE.search(before):
        return True
    # 罚款5000元。 and 处罚款五百元， name the fine before the amount.
    if before.endswith(("罚款", "罚款人民币")):
        return False
    return bool(_THRESHOLD_AFTER.match(rest)) and (bound != "以下" or rest.startswith("的"))


def _fen(numeral: str) -> int | None:
    """15000 · 1.5万 · 二十五万 · 2千 → fen; None for what is no number."""
    total = section = Decimal(0)
    digits = ""
    for char in numeral.replace(",", ""):
        if char.isascii():
            digits += char
        elif char in _DIGITS:
            digits = str(_DIGITS[char])
        elif char in _UNITS:
            section += _decimal(digits or "1") * _UNITS[char]
            digits = ""
        else:
            total = (total + section + _decimal(digits)) * _GREAT[char]
            section, digits = Decimal(0), ""
    value = (total + section + _decimal(digits)) * 100
    return int(value) if value > 0 and value == value.to_integral_value() else None


def _decimal(digits: str) -> Decimal:
    return Decimal(digits) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits) else Decimal(0)
