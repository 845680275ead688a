"""One TOML file of the office, read key by key: every key asked for is checked, what nobody asked for is named.

Readers go on after a mistake (with a blank of the right type) so that all mistakes of all files are told at once.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar

from paperwork.catalogue.lines import Lines
from paperwork.catalogue.lines import Path as Place
from paperwork.model import Problem

T = TypeVar("T")
L = TypeVar("L", bound=str)

_TYPES: Mapping[type, str] = {
    str: "文字（写在引号里）",
    bool: "true 或者 false",
    int: "整数",
    dt.date: "日期（如 2026-01-01，不加引号）",
    list: "数组（写在方括号里）",
    dict: "一个表",
}


class Report:
    """All mistakes found so far."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, code: str, where: str, what: str, advice: str = "") -> None:
        """Note one mistake; `where` is file:line, `what` and `advice` are Chinese."""
        problem = Problem(code, where, what, advice)
        if problem not in self.problems:
            self.problems.append(problem)


def near(word: str, among: Iterable[str]) -> str:
    """是不是「x」？ for the nearest of `among`; "" when none is near."""
    known = [name for name in among if name]
    short = word.rpartition(".")[2]
    # A full name where a short one is wanted, or the reverse, is nearer than any spelling.
    same = [name for name in known if name.rpartition(".")[2] == short] if short not in known else [short]
    found = same if len(same) == 1 else _likest(word, known)
    return f"是不是「{found[0]}」？" if found else ""


def _likest(word: str, known: Sequence[str]) -> list[str]:
    """The likest of all; of equally like ones that which begins alike longest: DR-1O is DR-1x and not DR-21."""
    close = difflib.get_close_matches(word, known, 5, 0.55)
    ratio = {one: difflib.SequenceMatcher(None, word, one).ratio() for one in close}
    best = [one for one in close if ratio[one] == max(ratio.values())]
    return sorted(best, key=lambda one: _alike(word, one), reverse=True)[:1]


def _alike(word: str, other: str) -> int:
    """How many letters two words begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))


def meant(word: str, among: Iterable[str]) -> str:
    """The nearest of `among`, or, when nothing is near and the choice is small, all of them."""
    known = [name for name in dict.fromkeys(among) if name]
    listed = f"可以写：{'、'.join(known)}" if 0 < len(known) <= 12 else ""
    return near(word, known) or listed


class Sheet:
    """A parsed file: its name relative to the office, its text and data."""

    def __init__(self, name: str, text: str, data: Mapping[str, Any]) -> None:
        self.name = name
        self.data = data
        self._text = text

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text)

    def where(self, path: Place = ()) -> str:
        """templates/policy/measures.toml:12"""
        return f"{self.name}:{self._lines.line(path)}"


def read_sheet(path: Path, root: Path, report: Report) -> Sheet | None:
    """Read and parse `path`. None, with a problem, for a file that is missing, not UTF-8 or not TOML."""
    name = path.relative_to(root).as_posix()
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        report.add("P-FILE-MISSING", name, f"缺少文件「{path.name}」", "可以用 paperwork init 另建一处，复制过来")
        return None
    except OSError as error:
        report.add("P-FILE-UNREADABLE", name, f"文件读不出来：{error.strerror}", "请检查权限，或者是否被占用")
        return None
    try:
        # Editors on Windows put a byte order mark in front and end lines with CR LF.
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        return Sheet(name, text, tomllib.loads(text))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        report.add("P-ENCODING", f"{name}:{line}", "文件不是 UTF-8 编码", "请用编辑器另存为 UTF-8 编码")
    except tomllib.TOMLDecodeError as error:
        report.add("P-TOML", f"{name}:{_line_of(error, text)}", f"TOML 语法有误：{error}", _syntax_advice(error))
    return None


def _line_of(error: tomllib.TOMLDecodeError, text: str) -> int:
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else text.rstrip("\n").count("\n") + 1


def _syntax_advice(error: tomllib.TOMLDecodeError) -> str:
    if "Cannot declare" in str(error) or "Cannot overwrite" in str(error):
        return "同一个名称写了两次，请删去一处"
    return "文字要写在英文引号里；表名和键名含有中文的也要加英文引号"


class Table:
    """A table of a sheet. Getters without a default demand their key; `close` names the keys nobody asked for."""

    def __init__(self, sheet: Sheet, report: Report, path: Place = (), data: Mapping[str, Any] | None = None) -> None:
        self.sheet, self.report, self.path = sheet, report, path
        self.data: Mapping[str, Any] = sheet.data if data is None else data
        self._asked: dict[str, None] = {}  # in order, so that advice is always the same

    def where(self, *path: str | int) -> str:
        """file:line of a key (and an element of its array), or of the table itself."""
        return self.sheet.where((*self.path, *path))

    def wrong(self, code: str, key: str | int, what: str, advice: str = "") -> None:
        """Note a mistake at `key` ("" = at the table)."""
        self.report.add(code, self.where(*([key] if key != "" else [])), what, advice)

    def _take(self, key: str, kind: type[T], must: bool) -> T | None:
        self._asked[key] = None
        if key not in self.data:
            if must:
                # The line of a table that has the key under a wrong name shows both.
                self.wrong("P-KEY-MISSING", "", f"缺少「{key}」", f"请补写 {key} = …，类型是{_TYPES[kind]}")
            return None
        value = self.data[key]
        # type() and not isinstance: in Python true is an int and a datetime is a date.
        if type(value) is not kind:
            self.wrong("P-TYPE", key, f"「{key}」的类型不对", f"应当是{_TYPES[kind]}")
            return None
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A string; without a default it must be there and not be blank."""
        value = self._take(key, str, default is None)
        if value is not None and default is None and not value.strip():
            self.wrong("P-VALUE", key, f"「{key}」不能为空")
        return (default or "") if value is None else value

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        value = self._take(key, bool, False)
        return default if value is None else value

    def integer(self, key: str, default: int | None = None, least: int = 0) -> int:
        """An integer not below `least`."""
        value = self._take(key, int, default is None)
        if value is not None and value < least:
            self.wrong("P-VALUE", key, f"「{key}」不能小于{least}")
        return (default or 0) if value is None else value

    def number(self, key: str, default: float) -> float:
        """A number above 0, whole or not."""
        self._asked[key] = None
        value = self.data.get(key, default)
        if type(value) not in (int, float) or value <= 0:
            self.wrong("P-TYPE", key, f"「{key}」的类型不对", "应当是大于 0 的数")
            return default
        return float(value)

    def day(self, key: str) -> dt.date | None:
        """A date, or None."""
        return self._take(key, dt.date, False)

    def must_day(self, key: str) -> dt.date:
        """A date that must be there."""
        return self._take(key, dt.date, True) or dt.date.min

    def span(self) -> tuple[dt.date | None, dt.date | None]:
        """`since` and `until`, in that order."""
        since, until = self.day("since"), self.day("until")
        if since and until and until < since:
            self.wrong("P-DATES", "until", f"until {until} 早于 since {since}", "请核对起止日期")
        return since, until

    def one_of(self, key: str, allowed: Sequence[L], default: L | None = None) -> L:
        """A string out of `allowed`."""
        value = self._take(key, str, default is None)
        for known in allowed:
            if value == known:
                return known
        if value is not None:
            self.wrong("P-VALUE", key, f"「{key}」不能写「{value}」", meant(value, allowed))
        return allowed[0] if default is None else default

    def words(self, key: str, must: bool = False) -> tuple[str, ...]:
        """An array of strings, none blank, none twice."""
        return tuple(word for _, word in self.placed_words(key, must))

    def placed_words(self, key: str, must: bool = False) -> list[tuple[int, str]]:
        """The same with the index of each in the file, for `where(key, index)`."""
        good: list[tuple[int, str]] = []
        for index, word in enumerate(self._take(key, list, must) or []):
            if not isinstance(word, str) or not word.strip():
                what = f"「{key}」的第{index + 1}项类型不对"
                self.report.add("P-TYPE", self.where(key, index), what, f"应当是{_TYPES[str]}，不能为空")
            elif any(word == known for _, known in good):
                self.report.add("P-DUPLICATE", self.where(key, index), f"「{key}」中「{word}」写了两次", "请删去一处")
            else:
                good.append((index, word))
        return good

    def mapping(self, key: str) -> Table:
        """A table below this one; empty when absent."""
        value = self._take(key, dict, False)
        return Table(self.sheet, self.report, (*self.path, key), value or {})

    def tables(self, key: str, must: bool = False) -> list[Table]:
        """An array of tables, `[[key]]` or `key = [{…}]`."""
        rows: list[Table] = []
        for index, value in enumerate(self._take(key, list, must) or []):
            if isinstance(value, dict):
                rows.append(Table(self.sheet, self.report, (*self.path, key, index), value))
            else:
                where = self.where(key, index)
                self.report.add("P-TYPE", where, f"「{key}」的第{index + 1}项类型不对", "应当写成 { … = … }")
        return rows

    def array(self, key: str) -> list[Any]:
        """An array whose elements the reader checks itself."""
        return self._take(key, list, False) or []

    def named(self) -> list[tuple[str, Table]]:
        """Every key of this table as a table of its own (`[case]`, `[lead]` of matters.toml)."""
        good = []
        for key, value in self.data.items():
            self._asked[key] = None
            if isinstance(value, dict):
                good.append((key, Table(self.sheet, self.report, (*self.path, key), value)))
            else:
                self.wrong("P-TYPE", key, f"「{key}」的类型不对", f"应当是{_TYPES[dict]}，写成 [{key}]")
        return good

    def know(self, key: str) -> None:
        """The reader handles `key` by itself."""
        self._asked[key] = None

    def close(self) -> None:
        """Name every key that no reader knows."""
        for key in self.data:
            if key not in self._asked:
                missing = [name for name in self._asked if name not in self.data]
                advice = near(key, missing) or meant(key, self._asked)
                self.wrong("P-KEY-UNKNOWN", key, f"不认识「{key}」", advice)


def unique(tables: Iterable[Table], key: str, what: str) -> None:
    """A problem for every table whose text at `key` an earlier table has already."""
    seen: dict[str, Table] = {}
    for table in tables:
        value = table.data.get(key)
        if not isinstance(value, str) or not value:
            continue
        if value in seen:
            first = seen[value].where(key)
            table.wrong("P-DUPLICATE", key, f"{what}「{value}」重复，{first} 已有", "请删去一处或者改正")
        seen.setdefault(value, table)
