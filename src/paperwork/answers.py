"""One answer as people write it → one typed value: dates in four spellings, labels, ticks, full-width digits.

无 and an empty answer are the answer 无 (`""`, or `()` for a set; where 无 is a choice of its own, that choice; of a
yes or no, no). What is not answered at all never comes here.
"""

from __future__ import annotations

import datetime as dt
import difflib
import functools
import re
import unicodedata
from collections.abc import Callable
from zoneinfo import ZoneInfo

import cn2an

from paperwork import identifiers, numbering, spans
from paperwork.model import Fact, Finding, Scalar

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_YEAR, LAST_YEAR = 1850, 2150  # beyond, a date is a slip of the pen, and counting from it goes astray
EMPTY = ("", "无", "（无）", "(无)")
_YES = {"是", "有", "yes", "true", "1", "√", "✓", "☑", "■"}
_NO = {"否", "无", "没有", "不是", "no", "false", "0", "×"}
_DAY = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s*星期.)?$")
_CLOCK = re.compile(
    r"^(?P<day>.+?)[\sT]*(?P<h>\d{1,2})\s*[:时]\s*(?P<m>\d{1,2})(?:\s*[:分]\s*(?P<s>\d{1,2})?秒?)?\s*分?$"
)
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_PARTS = re.compile(r"[、，,;；\n/]+")
_FREE_PARTS = re.compile(r"[、；;\n]+")  # in free text a comma belongs to the sentence


class Unreadable(ValueError):
    """An answer that cannot be read as what the field wants."""

    def __init__(self, code: str, message: str, wanted: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.wanted = wanted


def read_answer(value: object, fact: Fact) -> tuple[Scalar, tuple[Finding, ...]]:
    """The typed value, and what an identifier's rules say of it. Raises Unreadable with a Chinese sentence."""
    if fact.type == "set":
        return _set(value, fact), ()
    if isinstance(value, tuple):
        if len(value) > 1:
            raise Unreadable("E-CHOICE", f"「{fact.label}」只能有一个答案，这里有{len(value)}个")
        value = value[0] if value else ""
    if isinstance(value, bool) and fact.type != "flag":
        raise Unreadable("E-TYPE", f"「{fact.label}」不是是否题")
    text = _clean(str(value), fact) if not isinstance(value, bool) else "是" if value else "否"
    if text in EMPTY and not (fact.type == "flag" and text):
        return next((c.code for c in fact.choices if c.label in EMPTY), ""), ()
    read = _READ[fact.type](text, fact)
    return _checked(read, fact) if fact.check and isinstance(read, str) else (read, ())


def read_moment(text: str) -> dt.datetime:
    """A moment in any of the spellings, ISO 8601 with zone among them; a bare day is its midnight. Asia/Shanghai."""
    text = unicodedata.normalize("NFKC", text).strip()
    try:
        moment = dt.datetime.fromisoformat(text)
        read_day(moment.date().isoformat())  # a year of our time, also after the shift of zones
        return moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)
    except Unreadable:
        raise
    except ValueError:
        pass
    clock = _CLOCK.match(text)
    try:
        day = read_day(clock["day"] if clock else text)
        time = dt.time(int(clock["h"]), int(clock["m"]), int(clock["s"] or 0)) if clock else dt.time()
    except ValueError as wrong:
        raise Unreadable("E-DATE", f"「{text}」不是存在的时间", "例如 2026年7月8日15时10分") from wrong
    return dt.datetime.combine(day, time, ZONE)


@functools.lru_cache(maxsize=1024)
def read_day(text: str) -> dt.date:
    """2026-07-08, 2026/7/8, 2026.7.8, 2026年7月8日, 二〇二六年七月八日, full-width digits too. Raises Unreadable."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _DAY.match(plain) or _DAY.match(_western(plain)) or _DAY.match(plain.split("T")[0])
    if not found:
        raise Unreadable("E-DATE", f"看不懂日期「{text}」", "例如 2026年7月8日")
    try:
        day = dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise Unreadable("E-DATE", f"「{text}」不是存在的日期", "例如 2026年7月8日") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable("E-DATE", f"「{text}」的年份不对", "例如 2026年7月8日")
    return day


def _western(text: str) -> str:
    """二〇二六年七月二十八日 → 2026年7月28日: the year digit by digit, month and day as numbers."""
    parts = re.match("^([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]+)月([一二三四五六七八九十]+)日$", text)
    if not parts or not {parts[2], parts[3]} <= _NUMERALS.keys():
        return text
    return f"{parts[1].translate(_DIGITS)}年{_NUMERALS[parts[2]]}月{_NUMERALS[parts[3]]}日"


_NUMERALS = {
    tens + ones: 10 * n + m
    for n, tens in enumerate(("", "十", "二十", "三十"))
    for m, ones in enumerate(("", *"一二三四五六七八九"))
    if n or m
}


# ── by type ───────────────────────────────────────────────────────────────────────────────────────────


_NEVER = ("Cc", "Cs", "Cn", "Co")  # control, half, unassigned, private use: another font draws something else, or a box
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the direction of writing: what is printed would not read as what is stored."""


def _clean(text: str, fact: Fact) -> str:
    """Without outer blanks; characters that a Word file cannot hold are named, never dropped."""
    bad = [c for c in text if (unicodedata.category(c) in _NEVER and c not in "\n\t\r") or c in TURNING]
    if bad:
        named = "、".join(f"U+{ord(c):04X}" for c in dict.fromkeys(bad))
        raise Unreadable("E-CHARACTER", f"「{fact.label}」含有文书中不能出现的字符 {named}，请删去后重新输入")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip().strip("\u3000")


def _text(text: str, fact: Fact) -> str:
    bare = text.strip("。；，、：！ ")
    twice = next((words for words in fact.avoid if bare.startswith(words) or bare.endswith(words)), "")
    if twice:
        raise Unreadable("E-WORDING", f"「{fact.label}」的开头或者结尾不要写「{twice}」，文书里已经印有这几个字")
    return numbering.normalise(text) if fact.number else text


def _flag(text: str, fact: Fact) -> bool:
    word = unicodedata.normalize("NFKC", text).lower().strip("()")
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable("E-CHOICE", f"「{text}」应为「是」或者「否」", "是、否")


def _date(text: str, fact: Fact) -> dt.date:
    return read_day(text)


def _datetime(text: str, fact: Fact) -> dt.datetime:
    moment = read_moment(text)
    if not re.search(r"[T:时]", unicodedata.normalize("NFKC", text)):
        raise Unreadable("E-DATE", f"「{text}」缺少几时几分", "例如 2026年7月8日15时10分")
    return moment


def _integer(text: str, fact: Fact) -> int:
    plain = re.sub(r"^第|[条款项页份号]$", "", unicodedata.normalize("NFKC", text).strip())
    if re.fullmatch(r"\d{1,9}(\.0)?", plain):
        return int(float(plain))
    try:
        number = cn2an.cn2an(plain, "normal")
    except (ValueError, LookupError):  # 一亿一 looks up a unit that it does not have
        number = -1
    if number < 0 or number != int(number):
        raise Unreadable("E-NUMBER", f"「{text}」不是整数", "例如 3")
    return int(number)


def _money(text: str, fact: Fact) -> int:
    plain = unicodedata.normalize("NFKC", text).removesuffix("元").strip()
    if not re.fullmatch(r"(\d{1,13}|\d{1,3}(,\d{3}){1,4})(\.\d{1,2})?", plain):
        raise Unreadable("E-NUMBER", f"「{text}」不是以元为单位的金额", "例如 15000.00")
    plain = plain.replace(",", "")
    yuan, _, fen = plain.partition(".")
    return int(yuan) * 100 + int((fen + "00")[:2])


def _choice(text: str, fact: Fact) -> str:
    plain = _folded(text)
    for choice in fact.choices:
        if plain in (_folded(choice.code), _folded(choice.label)):
            return choice.code
    labels = [c.label for c in fact.choices]
    near = difflib.get_close_matches(text, labels, 1)
    hint = f"，是不是「{near[0]}」" if near else ""
    raise Unreadable("E-CHOICE", f"没有「{text}」这个选项{hint}", "、".join(labels))


def _folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()


def _set(value: object, fact: Fact) -> tuple[str, ...]:
    if isinstance(value, bool):
        raise Unreadable("E-TYPE", f"「{fact.label}」不是是否题")
    given = [str(v) for v in value] if isinstance(value, tuple) else _whole_or_parts(str(value), fact)
    cleaned = [_clean(part, fact) for part in given]
    words = [word for word in cleaned if word not in EMPTY]
    if words and any(word and word in EMPTY for word in cleaned):
        raise Unreadable("E-CHOICE", f"「{fact.label}」既填了「无」，又填了「{'、'.join(words)}」，请只保留一种")
    if fact.choices:  # in the order of the question, however they were written
        chosen = {_choice(word, fact) for word in words}
        return tuple(choice.code for choice in fact.choices if choice.code in chosen)
    return tuple(dict.fromkeys(words))


def _whole_or_parts(text: str, fact: Fact) -> list[str]:
    """A label may hold the very marks that part labels (群众利益、消费者合法权益): the longest labels go first."""
    found: list[str] = []
    for label in sorted((c.label for c in fact.choices if _PARTS.search(c.label)), key=len, reverse=True):
        if label in text:
            found.append(label)
            text = text.replace(label, "")
    parts = (_PARTS if fact.choices else _FREE_PARTS).split(text)
    return found + [part for part in parts if part.strip()]


_READ: dict[str, Callable[[str, Fact], Scalar]] = {
    "text": _text,
    "flag": _flag,
    "date": _date,
    "datetime": _datetime,
    "integer": _integer,
    "money": _money,
    "choice": _choice,
}


def draft_code(text: str) -> str:
    """An approval code as it is printed, however it was copied: c6u5mwyb, Ｃ６Ｕ５ — ＭＷＹＢ → C6U5-MWYB."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())
    return f"{plain[:4]}-{plain[4:]}" if len(plain) == 8 else text


def period(text: str) -> str:
    """A report's period in its canonical form (2026Q3), however people wrote it. Raises Unreadable."""
    try:
        return spans.parse(text).code
    except ValueError as wrong:
        raise Unreadable("E-PERIOD", str(wrong), "例如 2026年第三季度") from None


def _checked(text: str, fact: Fact) -> tuple[Scalar, tuple[Finding, ...]]:
    normalise, check = _RULES[fact.check]
    plain = normalise(text)
    return plain, check(plain)


_RULES: dict[str, tuple[Callable[[str], str], Callable[[str], tuple[Finding, ...]]]] = {
    "uscc": (identifiers.normalise_uscc, identifiers.check_uscc),
    "id_no": (identifiers.normalise_id_no, identifiers.check_id_no),
    "cert": (identifiers.normalise_cert, identifiers.check_cert),
    "draft": (draft_code, lambda code: ()),
    "period": (period, lambda code: ()),
    "phone": (identifiers.normalise_phone, identifiers.check_phone),
}
