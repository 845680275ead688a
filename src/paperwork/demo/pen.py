"""Fills the Word blank of a form from the same answers as JSON, the way a clerk would write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from paperwork import blanks
from paperwork.blanks import Prefilled
from paperwork.model import Catalogue, Form, printed_date

_ISO = re.compile(r"\d{4}-\d\d-\d\d(T|$)")
_META = ("matter", "party", "submitted_by", "submitted_at", "corrects", "draft")


def filled(catalogue: Catalogue, content: Mapping[str, Any]) -> bytes:
    """The filled Word form of `content` (`{"form": title or id, …}`, nested). StopIteration for an unknown form."""
    form = next(f for f in catalogue.forms.values() if content["form"] in (f.id, f.title))
    return blanks.build("docx", form, catalogue.facts, answers(form, content))


def answers(form: Form, content: Mapping[str, Any]) -> Prefilled:
    """What stands in the blank: an absent answer stays blank, an empty one is 无."""
    values: dict[str, str] = {}
    items: dict[str, tuple[Mapping[str, str], ...]] = {}
    for section in form.sections:
        for field in section.fields:
            if (value := _look(content, field.fact)) is not None:
                values[field.fact] = _written(value)
        if section.list and (rows := _look(content, section.list)) is not None:
            items[section.list] = tuple({name: _written(v) for name, v in row.items()} for row in rows)
    meta = {name: _written(content[name]) for name in _META if isinstance(content.get(name), str)}
    if "submitted_at" in meta:
        meta["submitted_at"] = meta["submitted_at"].partition("日")[0] + "日"  # the form asks for the day only
    return Prefilled(values, items, meta)


def _look(content: Mapping[str, Any], name: str) -> Any:
    at: Any = content
    for part in name.split("."):
        at = at.get(part) if isinstance(at, Mapping) else None
    return at


def _written(value: Any) -> str:
    """As people write it: 是, 2026年7月8日15时10分, 甲、乙, 无."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(part) for part in value) or "无"
    return _day(value) or "无" if isinstance(value, str) else str(value)


def _day(text: str) -> str:
    """A date or time in Chinese; anything else, also a day that there is not, as it stands."""
    if not _ISO.match(text):  # Python takes a number of 18 digits for a time too
        return text
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    day = printed_date(moment.date())
    return day if len(text) == len("2026-07-08") else f"{day}{moment.hour}时{moment.minute}分"
