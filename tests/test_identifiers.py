"""Promises of `paperwork.identifiers`: no slip of one character passes, and the finding says what to mend."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from paperwork.identifiers import (
    birth_date,
    check_cert,
    check_id_no,
    check_phone,
    check_uscc,
    normalise_id_no,
    normalise_phone,
    normalise_uscc,
    sex,
)
from paperwork.model import Finding

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SAMPLES = [
    "91140602MAXX002268", "92140602MAXX0055XG", "91140602MAXX001112", "92140602MAXX008834", "91140602MAXX00330C",
    "91140602MAXX00445J", "91140602MAXX00664W", "91140602MAXX007793", "92140602MAXX016755", "91140602MAXX00998D",
    "91140602MAXX01122D", "91140602MAXX01237K", "91140602MAXX01456X", "91350100M000100Y43",
]  # fmt: skip
PERSON = "140602190001010013"


def only(findings: tuple[Finding, ...]) -> Finding:
    (finding,) = findings
    return finding


def wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


# ── 统一社会信用代码 ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", SAMPLES)
def test_a_right_code_passes_in_every_spelling(code: str) -> None:
    for spelling in (code, code.lower(), wide(code), wide(code.lower()), f" {code[:4]} {code[4:]}-\u200b"):
        assert normalise_uscc(spelling) == code
        assert check_uscc(spelling) == ()


def test_a_wrong_check_character_is_named_with_the_right_one() -> None:
    finding = only(check_uscc("91140602MAXX001113"))
    assert (finding.code, finding.wanted, finding.severity) == ("E-USCC-CHECK", "末位为“2”", "error")
    assert "末位应为“2”" in finding.message


def test_the_letter_o_is_taken_for_a_zero() -> None:
    finding = only(check_uscc("91140602MAXX0O2268"))
    assert finding.code == "E-USCC-ALPHABET"
    assert "第14位“O”（是不是“0”？）" in finding.message
    assert finding.wanted == "91140602MAXX002268？"


@pytest.mark.parametrize(
    ("code", "finding"),
    [
        ("", "E-USCC-LENGTH"),
        ("91140602MAXX00226", "E-USCC-LENGTH"),
        ("91140602MAXX0022688", "E-USCC-LENGTH"),
        ("9114O602MAXX00I268", "E-USCC-ALPHABET"),
        ("9114060２MAXX00二268", "E-USCC-ALPHABET"),
        ("91990602MAXX002268", "E-USCC-REGION"),
        ("9114A602MAXX002268", "E-USCC-REGION"),
        ("91140602MAXX012268", "E-USCC-ORG"),
        ("91140602MAXX002278", "E-USCC-ORG"),
        ("9114060²MAXX002268", "E-USCC-ALPHABET"),
    ],
)
def test_every_other_defect_has_its_own_code(code: str, finding: str) -> None:
    assert only(check_uscc(code)).code == finding


@given(st.sampled_from(SAMPLES), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_never_passes_as_a_code(code: str, place: int, char: str) -> None:
    assume(code[place] != char)
    assert check_uscc(code[:place] + char + code[place + 1 :])


@given(st.text(max_size=24))
def test_any_text_gets_at_most_one_finding_and_passes_only_if_the_standard_says_so(text: str) -> None:
    findings = check_uscc(text)
    assert len(findings) <= 1
    assert findings or uscc.is_valid(normalise_uscc(text))


# ── 公民身份号码 ──────────────────────────────────────────────────────────────────────────────────────


def test_a_person_of_1900_passes_and_is_read() -> None:
    assert check_id_no(PERSON) == ()
    assert birth_date(PERSON) == dt.date(1900, 1, 1)
    assert sex(PERSON) == "男"
    assert sex("14060219000101002" + ric.calc_check_digit("140602190001010020")) == "女"


@given(st.dates(dt.date(1900, 1, 1), dt.date(1900, 12, 31)), st.integers(0, 999))
def test_every_rightly_made_number_passes_and_gives_its_date_back(born: dt.date, order: int) -> None:
    body = f"140602{born:%Y%m%d}{order:03d}"
    number = body + ric.calc_check_digit(body + "0")
    assert check_id_no(number, dt.date(2026, 1, 1)) == ()
    assert check_id_no(wide(number).lower()) == ()
    assert birth_date(number) == born


@given(st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_digit_never_passes_as_a_person(place: int, char: str) -> None:
    assume(PERSON[place] != char)
    assert check_id_no(PERSON[:place] + char + PERSON[place + 1 :])


@given(st.integers(0, 16))
def test_two_neighbours_swapped_never_pass_as_a_person(place: int) -> None:
    swapped = PERSON[:place] + PERSON[place + 1] + PERSON[place] + PERSON[place + 2 :]
    assume(swapped != PERSON)
    assert check_id_no(swapped)


@pytest.mark.parametrize(
    ("number", "finding"),
    [
        ("140602000101001", "E-ID-LENGTH"),
        ("14060219000101001A", "E-ID-FORMAT"),
        ("1406021900X1010013", "E-ID-FORMAT"),
        ("140602190002300010", "E-ID-DATE"),
        ("140602000001010010", "E-ID-DATE"),
        ("140602190001010014", "E-ID-CHECK"),
    ],
)
def test_every_defect_of_a_number_has_its_own_code(number: str, finding: str) -> None:
    assert only(check_id_no(number)).code == finding


def test_nobody_is_born_after_today() -> None:
    assert only(check_id_no(PERSON, dt.date(1899, 12, 31))).code == "E-ID-DATE"
    assert check_id_no(PERSON, dt.date(1900, 1, 1)) == ()


@given(st.text("0123456789X", min_size=12, max_size=19))
def test_a_finding_never_repeats_the_whole_number(number: str) -> None:
    for finding in check_id_no(number):
        assert normalise_id_no(number) not in finding.message + finding.found + finding.wanted


def test_nothing_is_read_from_what_is_no_number() -> None:
    assert birth_date("无") is None
    assert birth_date("140602190002300010") is None
    assert sex("") == ""


# ── 执法证号, telephone ───────────────────────────────────────────────────────────────────────────────


def test_an_odd_card_number_is_a_warning() -> None:
    assert check_cert("04000121012") == ()
    assert check_cert("０４０００１２１０１２ ") == ()
    finding = only(check_cert("0400012101"))
    assert (finding.code, finding.severity) == ("W-CERT-FORMAT", "warning")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13800000000", "13800000000"),
        ("+86 138-0000-0000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("0349-1234567", "0349-1234567"),
        ("（0349）1234567", "0349-1234567"),
        ("0349—1234567", "0349-1234567"),
        ("03491234567", "03491234567"),
        ("12345", "12345"),
    ],
)
def test_a_telephone_number_passes_as_people_write_it(text: str, number: str) -> None:
    assert normalise_phone(text) == number
    assert check_phone(text) == ()


@pytest.mark.parametrize("text", ["", "1234567", "12800000000", "138000000000", "无"])
def test_what_nobody_can_dial_is_a_warning(text: str) -> None:
    finding = only(check_phone(text))
    assert (finding.code, finding.severity) == ("W-PHONE-FORMAT", "warning")


@given(st.text(max_size=20))
def test_making_uniform_twice_changes_nothing_more(text: str) -> None:
    for normalise in (normalise_uscc, normalise_id_no, normalise_phone):
        assert normalise(normalise(text)) == normalise(text)
