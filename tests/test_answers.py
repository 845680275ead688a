"""One answer as people write it, read as one value; what cannot be read is said, never guessed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from paperwork.answers import ZONE, Unreadable, read_answer, read_day, read_moment
from paperwork.model import Choice, Fact, FactType, Scalar

_ONES = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789-/.:,", "０１２３４５６７８９－／．：，")


def fact(type_: FactType, *labels: str, **more: Any) -> Fact:
    return Fact("x", "某栏", type_, tuple(Choice(f"c{n}", label) for n, label in enumerate(labels)), **more)


def value(given_: object, asked: Fact) -> Scalar:
    read, findings = read_answer(given_, asked)
    assert findings == ()
    return read


def refused(given_: object, asked: Fact) -> Unreadable:
    with pytest.raises(Unreadable) as wrong:
        read_answer(given_, asked)
    assert str(wrong.value)
    return wrong.value


# ── dates ─────────────────────────────────────────────────────────────────────────────────────────────


def numeral(n: int) -> str:
    """1–99 in words: 十, 十二, 二十, 三十一."""
    tens, ones = divmod(n, 10)
    return ("" if not tens else "十" if tens == 1 else _ONES[tens] + "十") + (_ONES[ones] if ones else "")


def in_words(day: dt.date, zero: str = "〇") -> str:
    year = "".join(_ONES[int(digit)] for digit in str(day.year)).replace("〇", zero)
    return f"{year}年{numeral(day.month)}月{numeral(day.day)}日"


SPELLINGS = [
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}/{d.month:02d}/{d.day:02d}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month:02d}月{d.day:02d}日",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    lambda d: f"{d.year}年{d.month}月{d.day}日 星期{'一二三四五六日'[d.weekday()]}",
    lambda d: d.isoformat().translate(WIDE),
    lambda d: f"{d.year}年{d.month}月{d.day}日".translate(WIDE),
    in_words,
    lambda d: in_words(d, "○"),
    lambda d: in_words(d, "零"),
    lambda d: f"  {d.isoformat()}\n",
    lambda d: f"{d.isoformat()}T00:00:00",
]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.sampled_from(SPELLINGS))
def test_every_date_is_read_back_in_every_spelling(day: dt.date, spell: Any) -> None:
    assert value(spell(day), fact("date")) == day


def test_every_day_of_a_leap_year_is_read_back_in_words() -> None:
    days = [dt.date(2024, 1, 1) + dt.timedelta(n) for n in range(366)]
    assert [read_day(in_words(day)) for day in days] == days


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30", "2026年13月1日", "2026/0/5", "2026-07-00", "0000-01-01", "二〇二六年二月三十日",
        "二〇二六年十三月一日",
        "二〇二六年十十月一日", "二〇二六年七月二三十日", "二〇二六年七月",
        "2026-07", "2026", "26-07-08", "七月八日", "今天",
        "8/7/2026", "2026-07-08-09", "二零二六", "20260708", "2026年7月8日至9日",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    wrong = refused(text, fact("date"))
    assert (wrong.code, wrong.wanted) == ("E-DATE", "例如 2026年7月8日")
    assert text in str(wrong)


AT = dt.datetime(2026, 7, 8, 15, 10, tzinfo=ZONE)


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-08T15:10:00+08:00", "2026-07-08T07:10:00Z", "2026-07-08T15:10", "2026-07-08 15:10", "2026/7/8 15:10",
        "2026年7月8日15时10分", "2026年7月8日 15:10", "2026年7月8日15：10",
        "2026年7月8日 15时10分0秒", "2026.7.8 15:10:00",
        "２０２６年７月８日１５时１０分", "二〇二六年七月八日15时10分",
    ],
)  # fmt: skip
def test_a_moment_is_read_in_every_spelling(text: str) -> None:
    assert value(text, fact("datetime")) == AT


@pytest.mark.parametrize(
    "text",
    ["2026-07-08", "2026年7月8日", "2026-07-08 25:10", "2026-07-08 15:61", "2026-02-30 15:10", "下午三点", "15:10"],
)
def test_a_moment_without_its_hour_or_that_never_was_is_refused(text: str) -> None:
    assert refused(text, fact("datetime")).code == "E-DATE"


def test_a_day_alone_is_its_midnight_where_only_a_day_is_needed() -> None:
    assert read_moment("2026年7月8日") == dt.datetime(2026, 7, 8, tzinfo=ZONE)


@given(st.text(max_size=20))
def test_no_text_at_all_breaks_the_reading_of_dates(text: str) -> None:
    for read in (read_day, read_moment):
        try:
            read(text)
        except Unreadable as wrong:
            assert wrong.code == "E-DATE"


# ── choices and sets ──────────────────────────────────────────────────────────────────────────────────

LEVEL = fact("choice", "无", "轻微", "一般（影响小）")


@pytest.mark.parametrize("text", ["轻微", "c1", " 轻 微 ", "C1", "轻微\n"])
def test_a_choice_is_known_by_label_or_code_with_blanks(text: str) -> None:
    assert value(text, LEVEL) == "c1"


def test_brackets_of_either_width_are_the_same_choice() -> None:
    assert value("一般(影响小)", LEVEL) == value("一般（影响小）", LEVEL) == "c2"


def test_an_unknown_choice_is_refused_with_what_was_probably_meant() -> None:
    wrong = refused("一般（影响小", LEVEL)
    assert "是不是「一般（影响小）」" in str(wrong)
    assert wrong.wanted == "无、轻微、一般（影响小）"
    assert refused("别的", LEVEL).code == "E-CHOICE"
    assert refused(("轻微", "无"), LEVEL).code == "E-CHOICE"


@pytest.mark.parametrize("text", ["", "无", "（无）", "(无)", " 无 "])
def test_where_none_is_a_choice_the_empty_answer_is_that_choice(text: str) -> None:
    assert value(text, LEVEL) == "c0"
    assert value(text, fact("choice", "甲", "乙")) == ""
    assert value(text, fact("text")) == ""
    assert value(text, fact("date")) == ""
    assert value(text, fact("set", "甲", "乙")) == ()
    assert value(text, fact("set")) == ()


CLASSES = fact("set", "公共安全", "群众利益、消费者合法权益", "未成年人权益")


@pytest.mark.parametrize(
    "given_",
    [
        ("公共安全", "群众利益、消费者合法权益"),
        ("群众利益、消费者合法权益", "公共安全"),
        ("c1", "c0"),
        ("c1", "公共安全", "c1", ""),
        "公共安全、群众利益、消费者合法权益",
        "群众利益、消费者合法权益、公共安全",
        "群众利益、消费者合法权益，公共安全",
        "c0,c1",
        "c1; c0",
        "公共安全\n群众利益、消费者合法权益",
    ],
)
def test_a_set_is_the_same_however_it_is_written(given_: object) -> None:
    assert value(given_, CLASSES) == ("c0", "c1")


@given(st.permutations(range(8)))
def test_a_set_stands_in_the_order_of_the_question(order: list[int]) -> None:
    labels = tuple(f"选项{n}" for n in range(8))
    assert value(tuple(labels[n] for n in order), fact("set", *labels)) == tuple(f"c{n}" for n in range(8))


def test_every_member_of_a_set_must_be_known() -> None:
    assert refused("公共安全、消费者合法权益", CLASSES).code == "E-CHOICE"
    assert refused(("公共安全", "别的"), CLASSES).code == "E-CHOICE"
    assert refused(True, CLASSES).code == "E-TYPE"


@pytest.mark.parametrize("given_", ["无、公共安全", ("公共安全", "无")])
def test_none_and_something_contradict_each_other(given_: object) -> None:
    assert "无" in str(refused(given_, CLASSES))


def test_free_words_are_parted_at_enumeration_marks_and_keep_their_order() -> None:
    assert value("调查询问、现场检查；抽样", fact("set")) == ("调查询问", "现场检查", "抽样")
    assert value(("孙立群", " 赵明远 ", "孙立群"), fact("set")) == ("孙立群", "赵明远")
    assert value("更换标志，并拍照", fact("set")) == ("更换标志，并拍照",)


@pytest.mark.parametrize("given_", [True, "是", "有", "yes", "YES", "True", "1", 1, "√", "✓", "☑", "■", "１", " 是 "])
def test_yes_in_every_spelling(given_: object) -> None:
    assert value(given_, fact("flag")) is True


@pytest.mark.parametrize("given_", [False, "否", "无", "没有", "不是", "no", "FALSE", "0", 0, "×", "（无）", "０"])
def test_no_in_every_spelling(given_: object) -> None:
    assert value(given_, fact("flag")) is False


def test_a_yes_or_no_question_takes_no_other_word_and_a_blank_answer_is_neither() -> None:
    for text in ("可能", "是否", "2", "不", "□"):
        assert refused(text, fact("flag")).code == "E-CHOICE"
    assert value("", fact("flag")) == ""


# ── numbers and words ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given_", "number"),
    [
        (21, 21), (21.0, 21), ("21", 21), ("２１", 21), ("第二十一条", 21), ("第21条", 21), ("三页", 3), ("2份", 2),
        ("一百二十三", 123), ("第五项", 5), ("0", 0),
    ],
)  # fmt: skip
def test_a_whole_number_is_read_in_figures_and_words(given_: object, number: int) -> None:
    assert value(given_, fact("integer")) == number


@pytest.mark.parametrize(
    "given_", ["3.5", 3.5, "一点五", "负一", "-1", "二十一条之一", "约3", "1e3", "十百", "一亿一", "99999999999"]
)
def test_what_is_no_whole_number_is_refused(given_: object) -> None:
    assert refused(given_, fact("integer")).code == "E-NUMBER"


@given(st.text(alphabet="第条款项页点负零〇一二三四五六七八九十百千万亿0123456789.-, ", max_size=8).filter(str.strip))
def test_no_numeral_at_all_breaks_the_reading_of_numbers(text: str) -> None:
    for asked in (fact("integer"), fact("money")):
        try:
            read = value(text, asked)
        except Unreadable as wrong:
            assert wrong.code == "E-NUMBER"
        else:
            assert isinstance(read, int)
            assert read >= 0


@given(st.integers(0, 999_999_999_99))
def test_an_amount_is_read_to_the_fen(fen: int) -> None:
    yuan, rest = divmod(fen, 100)
    plain = f"{yuan}.{rest:02d}"
    for text in (plain, f"{yuan:,}.{rest:02d}", f"{plain}元", plain.translate(WIDE)):
        assert value(text, fact("money")) == fen


@pytest.mark.parametrize("given_", ["15000", "15,000", "15,000.00", "15000元", 15000, 15000.0, "１５０００", "15000.0"])
def test_an_amount_in_every_spelling(given_: object) -> None:
    assert value(given_, fact("money")) == 1500000


@pytest.mark.parametrize(
    "given_", ["1,5", "1.234", "1.5万元", "约15000元", "-5", "15，00", "12,34,567", "一万五千元", "."]
)
def test_an_amount_that_could_mean_two_things_is_refused(given_: object) -> None:
    assert refused(given_, fact("money")).code == "E-NUMBER"


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1f", "\x7f", "\ufffe", "\uffff", "\ud800", "\u202e", "\u2066"])
def test_a_character_that_no_document_may_hold_is_named(char: str) -> None:
    for asked in (fact("text"), fact("set"), fact("choice", "甲")):
        wrong = refused(f"甲{char}乙", asked)
        assert wrong.code == "E-CHARACTER"
        assert f"U+{ord(char):04X}" in str(wrong)
        assert "某栏" in str(wrong)


def test_text_keeps_its_lines_and_loses_only_outer_blanks() -> None:
    assert value("\u3000 第一行\r\n第二行\r第三行 \t", fact("text")) == "第一行\n第二行\n第三行"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Cf", "Co"]), min_size=1))
def test_text_is_never_changed_inside(text: str) -> None:
    assume(text.strip() not in ("", "无", "（无）", "(无)"))
    assert value(text, fact("text")) == text.strip()


def test_a_yes_is_no_word_and_no_date() -> None:
    for type_ in ("text", "date", "integer", "choice", "money"):
        assert refused(True, fact(type_)).code == "E-TYPE"  # type: ignore[arg-type]


def test_a_document_number_gets_its_brackets() -> None:
    assert value("朔区文旅责改字[2026] 9号", fact("text", number=True)) == "朔区文旅责改字〔2026〕9号"


def test_an_identifier_is_normalised_and_what_its_rules_say_is_handed_on() -> None:
    read, findings = read_answer(" 91140602 maxx002268", fact("text", check="uscc"))
    assert (read, findings) == ("91140602MAXX002268", ())
    assert [f.code for f in read_answer("91140602MAXX001113", fact("text", check="uscc"))[1]] == ["E-USCC-CHECK"]
    assert [f.code for f in read_answer("91140602MAXX0O2268", fact("text", check="uscc"))[1]] == ["E-USCC-ALPHABET"]
    assert [f.code for f in read_answer("0406020010", fact("text", check="cert"))[1]] == ["W-CERT-FORMAT"]
    assert [f.code for f in read_answer("123", fact("text", check="id_no"))[1]] == ["E-ID-LENGTH"]
    assert read_answer("138-0013-8000", fact("text", check="phone")) == ("13800138000", ())
    assert read_answer("无", fact("text", check="uscc")) == ("", ())
