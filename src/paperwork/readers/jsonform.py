"""Reads a form given as JSON: `{"form": title or id, "matter": …, facts}`, nested or dotted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from paperwork.model import Fact, Finding, Form, Raw, RawForm, RawItem
from paperwork.wordform.labels import META_LABELS, Names, identifies_party, leftover, names_of, plain
from paperwork.wordform.unreadable import Unreadable, refused, too_big, unknown_form

MOST_BYTES = 10 * 1024 * 1024
DEEPEST = 20
_META = {*META_LABELS, "form_version"}
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


def read(text: str, forms: Mapping[str, Form], facts: Mapping[str, Fact]) -> tuple[RawForm, ...]:
    """The one form in a JSON text. Raises `Unreadable` (E-JSON, E-FORM-UNKNOWN, E-FILE-SIZE)."""
    content = _parsed(text)
    if not isinstance(content, dict):
        raise refused("E-JSON", "JSON 文件里应当是一张表（一个对象），每张表单独一个文件。", place="$")
    form = _form(content.pop("form", None), forms)
    reader = _Reader(names_of(form, facts), identifies_party(form))
    reader.take(content, "", "$")
    if reader.conflicts:
        raise Unreadable(tuple(reader.conflicts))
    lists = {name: items for name, (items, _) in reader.lists.items()}
    return (RawForm(form.id, 0, reader.meta, reader.values, lists, reader.common, tuple(reader.unknown)),)


@dataclass
class _Reader:
    """One object being sorted into answers, lists and leftovers."""

    names: Names
    takes_party: bool
    meta: dict[str, Raw] = field(default_factory=dict)
    values: dict[str, Raw] = field(default_factory=dict)
    common: dict[str, Raw] = field(default_factory=dict)
    lists: dict[str, tuple[tuple[RawItem, ...], Any]] = field(default_factory=dict)
    unknown: list[Raw] = field(default_factory=list)
    conflicts: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._commons = {slot.name: slot for slot in self.names.slots.values() if slot.kind == "common"}
        self._known = {tag for tag, slot in self.names.slots.items() if slot.kind != "meta"} | set(self.names.tables)
        if self.takes_party:
            self._known |= {"party.name"}

    def take(self, content: Mapping[str, Any], prefix: str, path: str) -> None:
        """Every key of an object; `prefix` is the dotted name so far."""
        for key, value in content.items():
            if value is None:
                continue
            name, place = f"{prefix}{key}", f"{path}.{key}"
            if name in self.names.tables:
                self._list(name, value, place)
            elif not self._scalar(name, value, place):
                if isinstance(value, dict) and any(known.startswith(name + ".") for known in self._known):
                    self.take(value, name + ".", place)
                else:
                    self._leave(value, place)

    def _scalar(self, name: str, value: Any, place: str) -> bool:
        slot = self.names.slots.get(name)
        if slot is not None and slot.kind == "value":
            self._put(self.values, name, value, place, slot.fact)
        elif name in self._commons or (slot is not None and slot.kind == "common"):
            found = self._commons[name] if slot is None or slot.kind != "common" else slot
            self._put(self.common, found.name, value, place, found.fact)
        elif name in _META:
            self._put(self.meta, name, value, place, None)
        elif self.takes_party and (name == "party.name" or (name == "party" and not isinstance(value, dict))):
            self._put(self.meta, "party", value, place, None)
        else:
            return False
        return True

    def _put(self, home: dict[str, Raw], name: str, value: Any, place: str, fact: Fact | None) -> None:
        raw = self._raw(value, place, fact)
        if raw is None:
            return
        if name in home and home[name].value != raw.value:
            self._conflict(place, home[name].place)
        home.setdefault(name, raw)

    def _raw(self, value: Any, place: str, fact: Fact | None) -> Raw | None:
        if isinstance(value, str | bool | int | float):
            return Raw(value, place)
        if isinstance(value, list) and fact is not None and fact.type == "set":
            return Raw(tuple(self._members(value, place)), place)
        self._leave(value, place)
        return None

    def _members(self, values: list[Any], place: str) -> Iterator[str]:
        for n, value in enumerate(values):
            if isinstance(value, str):
                yield value
            elif isinstance(value, int | float) and not isinstance(value, bool):
                yield str(value)
            else:
                self._leave(value, f"{place}[{n}]")

    def _list(self, name: str, value: Any, place: str) -> None:
        if isinstance(value, str) and plain(value) in {"", "无"}:
            value = []
        if not isinstance(value, list):
            self._leave(value, place)
            return
        if name in self.lists:
            if self.lists[name][1] != value:
                self._conflict(place, f"$.{name}")
            return
        items = (self._item(name, entry, f"{place}[{n}]") for n, entry in enumerate(value))
        kept = tuple(item for item in items if item is not None)
        if kept or not value:  # a list of nothing but strange entries was not answered with 无
            self.lists[name] = (kept, value)

    def _item(self, name: str, entry: Any, place: str) -> RawItem | None:
        if not isinstance(entry, dict):
            self._leave(entry, place)
            return None
        columns = {short: fact for short, (_, fact) in self.names.tables[name].columns.items()}
        item: dict[str, Raw] = {}
        for key, value in entry.items():
            if key not in columns:
                once = self.names.slots.get(f"{name}.{key}")
                if value is not None and once is not None and once.kind == "common":
                    self._put(self.common, key, value, f"{place}.{key}", once.fact)
                else:
                    self._leave(value, f"{place}.{key}")
            elif value is not None and (raw := self._raw(value, f"{place}.{key}", columns[key])) is not None:
                item[key] = raw
        return item or None

    def _leave(self, value: Any, place: str) -> None:
        if value is None:
            return
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        self.unknown.append(leftover(place.removeprefix("$."), text, place))

    def _conflict(self, place: str, other: str) -> None:
        message = f"同一项内容写了两次，而且不同（{other}）。请只保留一处。"
        self.conflicts.append(Finding("E-JSON", message, place=place))


def _form(named: Any, forms: Mapping[str, Form]) -> Form:
    if isinstance(named, str) and named.strip():
        if named.strip() in forms:
            return forms[named.strip()]
        for form in forms.values():
            if plain(form.title) == plain(named):
                return form
    raise unknown_form(named.strip() if isinstance(named, str) else "", forms, "$.form")


def _parsed(text: str) -> Any:
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise too_big(f"JSON 文件最大 {MOST_BYTES // 1024 // 1024} MB")
    _shallow(text)
    try:
        content = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite)
    except json.JSONDecodeError as error:
        where = f"第{error.lineno}行第{error.colno}个字符"
        raise refused("E-JSON", f"不是正确的 JSON：{where}附近有误。", place=where) from error
    except (ValueError, RecursionError) as error:
        raise refused("E-JSON", "不是正确的 JSON：有数字过长。") from error
    if "\\u" in text and re.search("[\ud800-\udfff]", json.dumps(content, ensure_ascii=False)):
        raise refused("E-JSON", "不是正确的 JSON：\\u 转义不成一个字符。")
    return content


def _shallow(text: str) -> None:
    depth = 0
    for token in _TOKENS.finditer(text):
        char = token[0]
        depth += (char in "[{") - (char in "]}") if len(char) == 1 else 0
        if depth > DEEPEST:
            raise too_big(f"JSON 嵌套超过 {DEEPEST} 层")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        names = [key for key, _ in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        raise refused("E-JSON", f"「{twice[:40]}」写了两次。请只保留一处。", found=twice[:40])
    return content


def _no_number(name: str) -> Any:
    raise refused("E-JSON", f"不是正确的 JSON：{name} 不是数。", found=name)


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        _no_number(digits[:40])
    return number
