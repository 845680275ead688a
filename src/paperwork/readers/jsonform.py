"""Reads a form given as JSON: `{"form": title or id, "matter": …, facts}`, nested or dotted, by name or by label.

A key in Chinese is what the printed form says: 表名, a field's label, a section's title, the head of a column.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from paperwork.model import Fact, Finding, Form, Raw, RawForm, RawItem
from paperwork.wordform.labels import META_LABELS, Names, Slot, identifies_party, leftover, names_of, plain
from paperwork.wordform.unreadable import Unreadable, refused, too_big, unknown_form

MOST_BYTES = 10 * 1024 * 1024
DEEPEST = 20
_META = {*META_LABELS, "form_version"}
FORM_KEYS = ("form", "表名", "表单")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]+、")
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


def read(text: str, forms: Mapping[str, Form], facts: Mapping[str, Fact]) -> tuple[RawForm, ...]:
    """The one form in a JSON text. Raises `Unreadable` (E-JSON, E-FORM-UNKNOWN, E-FILE-SIZE)."""
    content = _parsed(text)
    if not isinstance(content, dict):
        raise refused("E-JSON", "JSON 文件里应当是一张表（一个对象），每张表单独一个文件。", place="$")
    form = _form(next((content.pop(key) for key in FORM_KEYS if key in content), None), forms)
    reader = _Reader(names_of(form, facts), identifies_party(form))
    reader.take(content, "", "$")
    lists = {name: items for name, (items, _) in reader.lists.items()} | reader.lone_items()
    if reader.conflicts:
        raise Unreadable(tuple(reader.conflicts))
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
    lone: dict[str, dict[str, Raw]] = field(default_factory=dict)  # of lists that the printed form asks in pairs
    unknown: list[Raw] = field(default_factory=list)
    conflicts: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._commons = {slot.name: slot for slot in self.names.slots.values() if slot.kind == "common"}
        self._known = {tag for tag, slot in self.names.slots.items() if slot.kind != "meta"} | set(self.names.tables)
        if self.takes_party:
            self._known |= {"party.name"}
        self._titles = {_unnumbered(section.title): section.title for section in self.names.sections.values()}
        tables = self.names.tables.items()
        self._lists = {_unnumbered(title): name for name, table in tables for title in (table.title, table.label)}

    def take(self, content: Mapping[str, Any], prefix: str, path: str, section: str = "") -> None:
        """Every key of an object; `prefix` is the dotted name so far, `section` the title that it stands under."""
        for key, value in content.items():
            if value is None:
                continue
            name, place = f"{prefix}{key}", f"{path}.{key}"
            if not key.isascii():
                self._labelled(key, value, prefix, place, section)
            elif name in self.names.tables:
                self._list(name, value, place)
            elif not self._scalar(name, value, place):
                if isinstance(value, dict) and any(known.startswith(name + ".") for known in self._known):
                    self.take(value, name + ".", place)
                else:
                    self._leave(value, place)

    def _labelled(self, key: str, value: Any, prefix: str, place: str, section: str) -> None:
        """A key as the printed form has it."""
        title = _unnumbered(key)
        slots = [s for s in self.names.at(key) if s.tag.startswith(prefix) and section in ("", s.section)]
        if isinstance(value, dict):
            self.take(value, "", place, self._titles.get(title, ""))
        elif isinstance(value, list | str) and title in self._lists and not slots:
            self._list(self._lists[title], value, place)
        elif len(slots) != 1:
            self._leave(value, place)
        else:
            self._answer(slots[0], value, place)

    def _answer(self, slot: Slot, value: Any, place: str) -> None:
        homes = {"value": self.values, "meta": self.meta, "common": self.common}
        home = homes[slot.kind] if slot.kind in homes else self.lone.setdefault(slot.list, {})
        self._put(home, slot.name, value, place, slot.fact)

    def lone_items(self) -> dict[str, tuple[RawItem, ...]]:
        """The items whose fields were given one by one; a list that was given whole as well is a conflict."""
        for name in self.lone.keys() & self.lists.keys():
            self._conflict(next(iter(self.lone[name].values())).place, f"$.{name}")
        return {name: (item,) for name, item in self.lone.items() if item}

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
        table = self.names.tables[name]
        columns = {short: fact for short, (_, fact) in table.columns.items()}
        item: dict[str, Raw] = {}
        for said, value in entry.items():
            key = said if said in columns else table.heads.get(plain(said), said)
            if key in item:
                self._conflict(f"{place}.{said}", item[key].place)
            elif key not in columns:
                once = self.names.slots.get(f"{name}.{key}")
                if value is not None and once is not None and once.kind == "common":
                    self._put(self.common, key, value, f"{place}.{said}", once.fact)
                else:
                    self._leave(value, f"{place}.{said}")
            elif value is not None and (raw := self._raw(value, f"{place}.{said}", columns[key])) is not None:
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


def _unnumbered(title: str) -> str:
    """「二、当事人」 is called 当事人 by people."""
    return _NUMBERED.sub("", plain(title))


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
