"""Promises of `paperwork.numbering`: what is printed reads back, what is typed otherwise reads the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperwork.numbering import Number, check_pattern, format_number, gaps, normalise, parse_number, read_by

PREFIXES = ["朔区文旅发", "朔区文旅罚字", "朔区文旅不罚字", "朔区文旅信诺", "湘(岳)文执罚网字", "（定）文综罚字"]
numbers = st.builds(Number, st.sampled_from(PREFIXES), st.integers(1000, 9999), st.integers(1, 99999))


@given(numbers, st.sampled_from(["〔{Y}〕{n}号", "〔{Y}〕第{n}号", "〔{Y}〕第{n:3}号", "〔{Y}〕{n:04}号"]))
def test_every_number_reads_back_as_it_was_given(number: Number, shape: str) -> None:
    assert parse_number(format_number(number.prefix + shape, number.year, number.n)) == number


@given(numbers, st.sampled_from(["[]", "【】", "()", "（）", "［］", "〔〕"]), st.sampled_from(["", " ", "\u3000"]))
def test_brackets_and_blanks_as_typed_do_not_matter(number: Number, brackets: str, blank: str) -> None:
    typed = f"{number.prefix}{blank}{brackets[0]}{number.year}{brackets[1]}{blank}{number.n}{blank}号"
    assert parse_number(typed) == number
    assert normalise(typed) == format_number(number.prefix + "〔{Y}〕{n}号", number.year, number.n)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(定)文综罚字〔2024〕8号", Number("(定)文综罚字", 2024, 8)),
        ("湘(岳)文执罚网字〔2021〕第012号", Number("湘(岳)文执罚网字", 2021, 12)),
        ("朔区文旅罚字〔２０２６〕６号", Number("朔区文旅罚字", 2026, 6)),
        ("豫政简行指2017第001号", None),
        ("朔区文旅罚字〔26〕6号", None),
        ("朔区文旅罚字〔2026〕0号", None),
        ("朔区文旅罚字〔2026〕6", None),
        ("〔2026〕6号", None),
        ("罚〔2026〕6号", None),
        ("朔区文旅罚字〔2026〕123456号", None),
        ("朔区文旅罚字〔2026〕6号\n朔区文旅罚字〔2026〕7号", None),
        ("", None),
    ],
)
def test_real_numbers_are_read_and_others_are_not(text: str, number: Number | None) -> None:
    assert parse_number(text) == number


def test_brackets_that_hold_no_year_stay_as_they_are() -> None:
    assert normalise("湘(岳)文执罚网字[2021]第012号") == "湘(岳)文执罚网字〔2021〕第012号"


def test_a_number_is_printed_with_arabic_digits_and_no_padding_unless_the_pattern_pads() -> None:
    assert format_number("朔区文旅罚字〔{Y}〕{n}号", 2026, 6) == "朔区文旅罚字〔2026〕6号"
    assert format_number("湘(岳)文执罚网字〔{Y}〕第{n:3}号", 2021, 12) == "湘(岳)文执罚网字〔2021〕第012号"


@pytest.mark.parametrize(
    "pattern", ["", "罚〔{Y}〕号", "罚{n}号", "罚〔{Y}〕{n}{n}号", "罚〔{Y}〕{n}号{}", "罚〔{Y}〕{n!r}号"]
)
def test_a_pattern_that_cannot_number_is_refused(pattern: str) -> None:
    assert pattern in check_pattern(pattern) and check_pattern(pattern)
    with pytest.raises(ValueError, match="文号格式"):
        format_number(pattern, 2026, 1)


@pytest.mark.parametrize(("year", "n"), [(26, 1), (2026, 0), (2026, -1), (2026, 100000)])
def test_a_number_out_of_range_is_refused(year: int, n: int) -> None:
    with pytest.raises(ValueError, match="文号"):
        format_number("罚〔{Y}〕{n}号", year, n)


@given(st.integers(0, 50), st.integers(0, 200))
def test_a_series_without_holes_has_no_gaps(start: int, count: int) -> None:
    assert gaps(range(start + 1, start + count + 1), start) == ()


@given(st.integers(2, 200), st.sets(st.integers(1, 199)))
def test_exactly_the_missing_numbers_are_gaps(last: int, taken: set[int]) -> None:
    taken = {n for n in taken if n < last}
    given_out = [n for n in range(1, last + 1) if n not in taken]
    assert gaps(reversed(given_out)) == tuple(sorted(taken))


def test_what_was_numbered_by_hand_is_no_gap() -> None:
    assert gaps([8, 10], start=7) == (9,)
    assert gaps([8, 10]) == (1, 2, 3, 4, 5, 6, 7, 9)
    assert gaps([]) == ()


@pytest.mark.parametrize(("text", "read"), [
    ("朔区文旅建字〔2026〕12号", (2026, 12)), ("朔区文旅建字[2026] 第012号", (2026, 12)), ("朔区文旅建字〔2026〕0号", None),
    ("朔区文旅建字〔2026〕号", None), ("朔区文旅罚字〔2026〕12号", None), ("〔2026〕12号", None), ("行政建议书", None),
])  # fmt: skip
def test_a_number_is_read_by_the_pattern_of_its_own_series_only(text: str, read: tuple[int, int] | None) -> None:
    assert read_by("朔区文旅建字〔{Y}〕{n}号", text) == read
    assert read_by("朔区文旅建字〔{Y}〕第{n:3}号", text) == read
