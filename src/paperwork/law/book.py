"""The shelf of statutes: `templates/law/*.toml` → `Law`, each file parsed when its law is first asked for.

A file is called `<id>.toml`, or `<id>@<version>.toml` when a law has several texts, so that ids are known without
reading. What is wrong in a file is an `OfficeError` that names file and line.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from paperwork.errors import OfficeError
from paperwork.law.citing import parse
from paperwork.model import Law, Problem

_WANTED = {"id": str, "title": str, "cited_as": str, "rank": str, "version": dt.date, "source": str, "articles": dict}
_MARKS = ("refusal_only", "bans", "seizes")
_ALLOWED = {**_WANTED, "since": dt.date, "until": dt.date, **dict.fromkeys(_MARKS, list), "aliases": list}
_RANKS = ("law", "regulation", "local", "rule")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_NO_YUAN = re.compile(r"[\d一二三四五六七八九十百千]万以[上下]")


class LawBook(Mapping[str, tuple[Law, ...]]):
    """Law id → its texts, oldest first, over one folder. Listing ids reads no file; a law is parsed once."""

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, list[Path]] = {}
        self._texts: dict[str, tuple[Law, ...]] = {}
        for path in sorted(folder.glob("*.toml")):
            self._files.setdefault(path.stem.partition("@")[0], []).append(path)

    def __getitem__(self, law_id: str) -> tuple[Law, ...]:
        if law_id not in self._texts:
            texts = [load_law(path) for path in self._files[law_id]]
            self._texts[law_id] = tuple(sorted(texts, key=lambda text: text.starts))
        return self._texts[law_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, law_id: object) -> bool:
        # Mapping's own test would parse the file.
        return law_id in self._files


def load_law(path: Path) -> Law:
    """Read one text. OfficeError with every problem: keys, types, dates, invisible characters, amounts without 元."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _error([Problem("E-LAW-FILE", str(path), f"法律文件无法读取：{error}")]) from error
    complaints = _complaints(path, data)
    if complaints:
        raise _error([Problem("E-LAW-FILE", f"{path}:{_line(text, key)}", what) for key, what in complaints])
    return Law(
        id=data["id"],
        title=data["title"],
        cited_as=data["cited_as"],
        version=data["version"],
        since=data.get("since"),
        until=data.get("until"),
        source=data["source"],
        articles={int(number): tuple(words.split("\n")) for number, words in data["articles"].items()},
        rank=data["rank"],
        **{mark: tuple(map(parse, data.get(mark, ()))) for mark in _MARKS},
        aliases=tuple(data.get("aliases", ())),
    )


def _error(problems: list[Problem]) -> OfficeError:
    first = f"{problems[0].where}：{problems[0].what}"
    return OfficeError(f"法律库有误。{first}", problems=problems, advice="改正 templates/law/ 下的文件后再运行 check。")


def _line(text: str, key: str) -> int:
    found = re.search(rf"(?m)^\s*{re.escape(key)}\s*=", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _complaints(path: Path, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(key, what is wrong with it): all at once."""
    wrong = [(key, f"缺少“{key}”") for key in _WANTED if key not in data]
    wrong += [(key, f"不认识“{key}”") for key in data if key not in _ALLOWED]
    wrong += [(k, f"“{k}”的类型不对") for k, kind in _ALLOWED.items() if k in data and type(data[k]) is not kind]
    if wrong:
        return wrong
    law_id, at, version = path.stem.partition("@")
    if data["id"] != law_id:
        wrong.append(("id", f"id“{data['id']}”与文件名“{law_id}”不一致"))
    if at and version != str(data["version"]):
        wrong.append(("version", f"version {data['version']}与文件名“@{version}”不一致"))
    if data["rank"] not in _RANKS:
        wrong.append(("rank", f"rank应为{'、'.join(_RANKS)}之一"))
    if "until" in data and data["until"] < data.get("since", data["version"]):
        wrong.append(("until", "until早于开始可以引用的日期"))
    for mark in _MARKS:
        for reference in data.get(mark, ()):
            wrong += _reference_complaints(mark, reference, data)
    for number, words in data["articles"].items():
        wrong += [(number, what) for what in _article_complaints(number, words)]
    return wrong


def _reference_complaints(mark: str, reference: str, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    try:
        citation = parse(reference)
    except ValueError as error:
        return [(mark, str(error))]
    if citation.law != data["id"] or str(citation.article) not in data["articles"]:
        return [(mark, f"本文件没有“{reference}”")]
    return []


def _article_complaints(number: str, words: object) -> list[str]:
    if not number.isascii() or not number.isdigit() or str(int(number)) != number or not 1 <= int(number) <= 999:
        return [f"条号“{number}”应为1至999的整数"]
    if not isinstance(words, str) or not all(line.strip() for line in words.split("\n")):
        return [f"第{number}条应为文字，一款一行，没有空行"]
    wrong = []
    if _INVISIBLE.search(words):
        wrong.append(f"第{number}条有看不见的字符")
    if missing := _NO_YUAN.search(words):
        wrong.append(f"第{number}条“{missing[0]}”缺“元”")
    return wrong
