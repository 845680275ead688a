"""Facts survive the ledger, and equal facts have equal text."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperwork import codec

SAFE = st.text(st.characters(exclude_categories=["Cs"]))
TIMES = st.datetimes(timezones=st.timezones(), min_value=dt.datetime(1900, 1, 1), allow_imaginary=False)
PLAIN = SAFE | st.booleans() | st.integers() | st.dates()
SCALARS = PLAIN | st.datetimes() | st.lists(SAFE).map(tuple)
ITEMS = st.lists(st.dictionaries(SAFE, SCALARS), min_size=1).map(tuple)
FACTS = st.dictionaries(SAFE, SCALARS | ITEMS)


def typed(value: Any) -> Any:
    """The value with its types, since True equals 1 and a date may equal a datetime's text."""
    if isinstance(value, dict):
        return {name: typed(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return tuple(typed(part) for part in value)
    return type(value), value


@given(FACTS)
def test_facts_come_back_as_they_went_through_text(facts: Any) -> None:
    back = codec.load(json.loads(codec.canonical(codec.dump(facts))))
    assert typed(dict(back)) == typed(facts)


@given(TIMES)
def test_a_time_keeps_its_moment_and_its_wall_clock(time: dt.datetime) -> None:
    back = codec.load(json.loads(codec.canonical(codec.dump({"t": time}))))["t"]
    assert isinstance(back, dt.datetime)
    assert back.utcoffset() == time.utcoffset()
    assert back.replace(tzinfo=None) == time.replace(tzinfo=None, fold=0)


@given(FACTS)
def test_the_order_of_answers_changes_neither_text_nor_hash(facts: Any) -> None:
    turned = dict(reversed(list(facts.items())))
    assert codec.sha(codec.dump(turned)) == codec.sha(codec.dump(facts))


def test_a_list_field_named_like_a_tag_is_no_date() -> None:
    facts = {"list": ({"$d": "2026-07-08"},)}
    assert codec.load(codec.dump(facts)) == facts


def test_chinese_stays_readable_and_keys_are_sorted() -> None:
    assert codec.canonical({"b": [1, True], "a": "网咖"}) == '{"a":"网咖","b":[1,true]}'


@pytest.mark.parametrize("wrong", [None, 1.5, object(), ("a", 1), ({"a": None},)])
def test_what_is_no_answer_is_refused(wrong: Any) -> None:
    with pytest.raises((TypeError, AttributeError)):
        codec.dump({"fact": wrong})


def test_what_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError):
        codec.canonical({"a": float("nan")})
