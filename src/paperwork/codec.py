"""Facts to JSON and back without loss, and the one canonical form in which JSON is kept and hashed.

A date is `{"$d": "2026-07-08"}`, a time `{"$t": "2026-07-08T15:10:00+08:00"}`; a set is an array of strings, a list
of items an array of objects. An array never holds dates, so an object in an array is always an item.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import cast

from paperwork.model import Facts, Item, Json, Scalar, Value


def dump(facts: Facts) -> Json:
    """Facts → JSON. TypeError for anything that is no `Value` (None and floats among them)."""
    return {name: _value_out(value) for name, value in facts.items()}


def load(json_: Json) -> Facts:
    """JSON of `dump` → facts, equal to those dumped; a time keeps its offset, not the name of its zone."""
    return {name: _value_in(value) for name, value in json_.items()}


def canonical(json_: Json) -> str:
    """Keys sorted, no spaces, Chinese as it is: equal JSON, equal text. NaN and infinities are refused."""
    return json.dumps(json_, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha(json_: Json) -> str:
    """SHA-256 (hex) of the canonical text in UTF-8."""
    return hashlib.sha256(canonical(json_).encode()).hexdigest()


def _value_out(value: Value) -> Json:
    if isinstance(value, tuple) and not all(isinstance(part, str) for part in value):
        return [{name: _scalar_out(scalar) for name, scalar in cast(Item, item).items()} for item in value]
    return _scalar_out(cast(Scalar, value))


def _scalar_out(value: Scalar) -> Json:
    if isinstance(value, dt.datetime):  # before date: a datetime is a date too
        return {"$t": value.isoformat()}
    if isinstance(value, dt.date):
        return {"$d": value.isoformat()}
    if isinstance(value, tuple) and all(isinstance(part, str) for part in value):
        return list(value)
    if isinstance(value, str | int):  # bool among the ints
        return value
    raise TypeError(f"not an answer: {value!r}")


def _value_in(json_: Json) -> Value:
    if isinstance(json_, list) and any(isinstance(part, dict) for part in json_):
        return tuple({name: _scalar_in(scalar) for name, scalar in item.items()} for item in json_)
    return _scalar_in(json_)


def _scalar_in(json_: Json) -> Scalar:
    if isinstance(json_, list):
        return tuple(json_)
    if isinstance(json_, dict):
        if "$t" in json_:
            return dt.datetime.fromisoformat(json_["$t"])
        return dt.date.fromisoformat(json_["$d"])
    return cast(Scalar, json_)
