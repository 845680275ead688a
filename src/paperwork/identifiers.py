"""Codes that name people and bodies: made uniform, then checked with a finding that says what is wrong and where.

`normalise_*` accepts what clerks write (full-width, lower case, spaces); `check_*` normalises first and returns
findings without field and place, which the caller knows. A code gets at most one finding: the first thing to mend.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Literal

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from paperwork.model import Finding, printed_date

_DIGITS = "0123456789"
_USCC_ALPHABET = _DIGITS + "ABCDEFGHJKLMNPQRTUWXY"  # GB 32100—2015: without I O S V Z
_LOOKS_LIKE = {"O": "0", "I": "1", "Z": "2", "S": "5"}
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714
# GB/T 2260, first two digits; 10 stands for bodies registered with the State.
_PROVINCES = re.compile("1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")
_DASHES = re.compile("[-‐‑‒–—―−]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{2,3}-?[0-9]{7,8}")
_HOTLINES = frozenset({"12345", "12318"})


def _uniform(text: str) -> str:
    """Half-width capitals without blanks and invisible characters. Nothing else is folded: a ² must stay wrong."""
    kept = (char for char in text if not char.isspace() and unicodedata.category(char) != "Cf")
    return "".join(map(_half_width_capital, kept))


def _half_width_capital(char: str) -> str:
    folded = chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char
    return folded.upper() if folded.isascii() else folded


# ── 统一社会信用代码 ──────────────────────────────────────────────────────────────────────────────────


def normalise_uscc(text: str) -> str:
    """Half-width capitals without blanks and hyphens."""
    return _DASHES.sub("", _uniform(text))


def check_uscc(text: str) -> tuple[Finding, ...]:
    """统一社会信用代码, GB 32100—2015: length, alphabet, region, organisation code (GB 11714), check character.

    The region is that of first registration, so any region of the country passes.
    """
    code = normalise_uscc(text)
    if len(code) != 18:
        message = f"统一社会信用代码应为18位，现为{len(code)}位"
        return (Finding("E-USCC-LENGTH", message, found=code, wanted="18位"),)
    if any(char not in _USCC_ALPHABET for char in code):
        return (_uscc_alphabet(code),)
    if not _PROVINCES.match(code, 2) or not code[2:8].isdigit():
        message = f"统一社会信用代码第3至8位“{code[2:8]}”不是行政区划代码"
        return (Finding("E-USCC-REGION", message, found=code, wanted="第3至8位为6位行政区划代码"),)
    # A slip in the organisation code breaks both checks: then the last character is not what must be mended.
    if code[16] != (right := _organisation_check(code[8:16])):
        message = f"统一社会信用代码第9至17位“{code[8:17]}”（组织机构代码）有误：按前8位计算，第17位应为“{right}”"
        return (Finding("E-USCC-ORG", message, found=code, wanted=f"第17位为“{right}”"),)
    if code[17] != (right := uscc.calc_check_digit(code[:17])):
        message = f"统一社会信用代码校验不符：按前17位计算，末位应为“{right}”，现为“{code[17]}”"
        return (Finding("E-USCC-CHECK", message, found=code, wanted=f"末位为“{right}”"),)
    return ()


def _uscc_alphabet(code: str) -> Finding:
    wrong = [(place, char) for place, char in enumerate(code, 1) if char not in _USCC_ALPHABET]
    shown = "、".join(
        f"第{place}位“{char}”" + (f"（是不是“{_LOOKS_LIKE[char]}”？）" if char in _LOOKS_LIKE else "")
        for place, char in wrong
    )
    message = f"统一社会信用代码只用数字和除I、O、S、V、Z以外的大写字母：{shown}"
    likely = "".join(_LOOKS_LIKE.get(char, char) for char in code)
    sure = all(char in _USCC_ALPHABET for char in likely)
    return Finding("E-USCC-ALPHABET", message, found=code, wanted=f"{likely}？" if sure else "")


def _organisation_check(body: str) -> str:
    total = sum(int(char, 36) * weight for char, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


# ── 公民身份号码 ──────────────────────────────────────────────────────────────────────────────────────


def normalise_id_no(text: str) -> str:
    """Half-width, capital X, without blanks and hyphens."""
    return _DASHES.sub("", _uniform(text))


def check_id_no(text: str, today: dt.date | None = None) -> tuple[Finding, ...]:
    """公民身份号码, GB 11643—1999: length, digits, date of birth (not after `today`, if given), check digit.

    The region is not checked: counties change, and the number keeps that of first registration. Findings never repeat
    the number itself, which must not travel into logs.
    """
    number = normalise_id_no(text)
    if len(number) != 18:
        hint = "（15位旧号码请改填18位）" if len(number) == 15 else ""
        return (Finding("E-ID-LENGTH", f"公民身份号码应为18位，现为{len(number)}位{hint}", wanted="18位"),)
    if not re.fullmatch("[0-9]{17}[0-9X]", number):
        return (Finding("E-ID-FORMAT", "公民身份号码前17位应为数字，末位应为数字或者X", wanted="17位数字加1位数字或X"),)
    born = birth_date(number)
    if born is None:
        day = number[6:14]
        return (Finding("E-ID-DATE", f"公民身份号码第7至14位“{day}”不是日期", found=day, wanted="出生年月日"),)
    if today and born > today:
        message = f"公民身份号码中的出生日期{printed_date(born)}晚于{printed_date(today)}"
        return (Finding("E-ID-DATE", message, found=number[6:14]),)
    if number[17] != (right := ric.calc_check_digit(number)):
        message = f"公民身份号码校验不符：按前17位计算，末位应为“{right}”，现为“{number[17]}”"
        return (Finding("E-ID-CHECK", message, found=number[17], wanted=f"末位为“{right}”"),)
    return ()


def birth_date(text: str) -> dt.date | None:
    """The date of birth in digits 7–14, or None when they are no date."""
    number = normalise_id_no(text)
    if not re.fullmatch("[0-9]{17}[0-9X]", number):
        return None
    try:
        return ric.get_birth_date(number)
    except ValidationError:
        return None


def sex(text: str) -> Literal["男", "女", ""]:
    """By digit 17: odd 男, even 女; "" for what is no number of 18 places."""
    number = normalise_id_no(text)
    if not re.fullmatch("[0-9]{17}[0-9X]", number):
        return ""
    return "男" if int(number[16]) % 2 else "女"


# ── 执法证号, telephone ───────────────────────────────────────────────────────────────────────────────


def normalise_cert(text: str) -> str:
    """Half-width without blanks and hyphens."""
    return _DASHES.sub("", _uniform(text))


def check_cert(text: str) -> tuple[Finding, ...]:
    """执法证号: 11 digits. A warning only: whether the card exists is for the register of officers to say."""
    number = normalise_cert(text)
    if re.fullmatch("[0-9]{11}", number):
        return ()
    message = f"执法证号一般为11位数字，现为“{number}”"
    return (Finding("W-CERT-FORMAT", message, found=number, wanted="11位数字", severity="warning"),)


def normalise_phone(text: str) -> str:
    """13800000000, 0349-1234567: without country code and blanks; brackets round an area code become a hyphen."""
    number = _DASHES.sub("-", _uniform(text))
    number = re.sub(r"\((0[0-9]{2,3})\)-?", r"\1-", number)
    number = re.sub(r"^((\+86|0086)-?)+", "", number)
    bare = number.replace("-", "")
    return bare if _MOBILE.fullmatch(bare) else number


def check_phone(text: str) -> tuple[Finding, ...]:
    """A mobile number, a landline with area code, or the hotlines 12345 and 12318. A warning: number plans change."""
    number = normalise_phone(text)
    if number in _HOTLINES or _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return ()
    message = "电话应为11位手机号码，或者带区号的固定电话（如0349-1234567）"
    return (Finding("W-PHONE-FORMAT", message, wanted="手机号码或者带区号的固定电话", severity="warning"),)
