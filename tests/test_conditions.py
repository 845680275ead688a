"""Conditions: parsed once with advice, answered true, false or unknown; unknown is never guessed away."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperwork.conditions import ConditionError, Situation, all_of, ask, parse, reason
from paperwork.model import Choice, Fact, Facts

_LEVELS = (Choice("none", "无"), Choice("minor", "轻微"), Choice("serious", "严重"))
_KINDS = (Choice("statement", "当事人的陈述"), Choice("record", "勘验笔录、现场笔录"), Choice("documentary", "书证"))
_ITEMS = {
    "no": Fact("talks.no", "序号", "integer"),
    "kind": Fact("talks.kind", "种类", "choice", _KINDS),
    "on": Fact("talks.on", "日期", "date"),
}
DEFS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("level", "后果", "choice", _LEVELS),
        Fact("wished", "建议后果", "choice", _LEVELS),
        Fact("title", "名称", "text"),
        Fact("unit", "机构", "text"),
        Fact("done", "完成", "flag"),
        Fact("raised", "胁迫", "flag", silence=False),
        Fact("merit", "立功", "text", silence=False),
        Fact("filed_on", "立案日期", "date"),
        Fact("closed_on", "结案日期", "date"),
        Fact("seen_at", "检查时间", "datetime"),
        Fact("age", "年龄", "integer"),
        Fact("fine", "罚款", "money"),
        Fact("classes", "情形", "set", _LEVELS),
        Fact("steps", "方式", "set"),
        Fact("statement", "陈述", "text"),
        Fact("talks", "约谈", "list", key=("no",), items=_ITEMS),
    )
}
DAY = dt.date(2026, 7, 8)
AT = dt.datetime(2026, 7, 8, 15, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def holds(text: str, facts: Facts | None = None, **more: Any) -> bool | None:
    return ask(parse(text, DEFS), Situation(facts or {}, DEFS, **more))


# ── parse ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("levle is none", "没有「levle」这项事实，是不是「level」"),
        ("nothing_like_it is none", "没有「nothing_like_it」这项事实"),
        ("level", "看不懂条件「level」"),
        ("", "看不懂条件「」"),
        ("level equals none", "看不懂条件"),
        ("level isnot none", "看不懂条件"),
        ("level is", "is 之后缺少值"),
        ("level is not", "is not 之后缺少值"),
        ("level is sirious", "没有「sirious」这个选项，是不是「serious」"),
        ("level is 轻徽", "没有「轻徽」这个选项，是不是「轻微」"),
        ("level in none, grave", "没有「grave」这个选项"),
        ("level given none", "given 之后不应再写值"),
        ("level empty 无", "empty 之后不应再写值"),
        ("talks count two", "count 之后应写比较和整数"),
        ("talks count >= -1", "count 之后应写比较和整数"),
        ("title has 甲", "has 只用于多选"),
        ("classes is none", "「classes」有多个值"),
        ("talks is 1", "「talks」有多个值"),
        ("filed_on >= soon", "「soon」不是「filed_on」的值（类型 date）"),
        ("filed_on between 2026-01-01", "between 应写成「between 甲 and 乙」"),
        ("filed_on is 2026-02-30", "「2026-02-30」不是「filed_on」的值"),
        ("done is maybe", "「maybe」不是「done」的值（类型 flag）"),
        ("age < fourteen", "「fourteen」不是「age」的值"),
        ("fine >= 1.234", "「1.234」不是「fine」的值"),
        ("level >= minor", "「level」不是日期或者数，不能比较大小"),
        ("title < 甲", "「title」不是日期或者数，不能比较大小"),
        ("filed_on >= age", "「filed_on」和「age」的类型不同，不能比较"),
        ("title is filed_on", "「title」和「filed_on」的类型不同，不能比较"),
        ("fine > age", "「fine」和「age」的类型不同，不能比较"),
        ("title is talks", "「title」和「talks」的类型不同，不能比较"),
    ],
)
def test_a_condition_that_means_nothing_is_refused_with_advice(text: str, says: str) -> None:
    with pytest.raises(ConditionError) as wrong:
        parse(text, DEFS)
    assert says in str(wrong.value)


def test_codes_and_labels_mean_the_same_answer() -> None:
    assert parse("level is 轻微", DEFS).values == parse("level is minor", DEFS).values == ("minor",)
    assert parse("level in 无、轻微", DEFS).values == parse("level in none, minor", DEFS).values == ("none", "minor")
    assert parse("done is 是", DEFS).values == parse("done is yes", DEFS).values == (True,)
    assert parse("classes has 严重", DEFS).values == ("serious",)


def test_a_label_that_holds_a_separator_is_one_answer() -> None:
    assert parse("kind is 勘验笔录、现场笔录", DEFS, "talks").values == ("record",)
    assert parse("kind in 勘验笔录、现场笔录", DEFS, "talks").values == ("record",)
    assert parse("kind in 勘验笔录、现场笔录, 书证", DEFS, "talks").values == ("record", "documentary")


def test_an_answer_is_meant_before_a_fact_of_the_same_name() -> None:
    condition = parse("kind is statement", DEFS, "talks")
    assert (condition.values, condition.other) == (("statement",), "")


def test_a_short_name_means_the_item_at_hand() -> None:
    names = {parse(f"{name} is statement", DEFS, "talks").fact for name in ("kind", "talk.kind")}
    assert names == {"talks.kind"}
    assert parse("closed_on >= talk.on", DEFS, "talks").other == "talks.on"
    with pytest.raises(ConditionError):
        parse("talk.kind is statement", DEFS)


def test_blanks_make_no_difference() -> None:
    assert parse("  level   is   not  none ", DEFS) == parse("level is not none", DEFS)


# ── every operator: true, false, unknown ──────────────────────────────────────────────────────────────

FULL: dict[str, Any] = {
    "level": "minor",
    "wished": "minor",
    "title": "甲公司",
    "unit": "甲公司",
    "done": True,
    "filed_on": DAY,
    "closed_on": dt.date(2026, 9, 1),
    "seen_at": AT,
    "age": 17,
    "fine": 1500000,
    "classes": ("minor",),
    "steps": ("现场检查",),
}


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("level is minor", "level is none"),
        ("level is not none", "level is not minor"),
        ("level in none, minor", "level in none, serious"),
        ("classes has minor", "classes has serious"),
        ("steps has 现场检查", "steps has 抽样"),
        ("age >= 17", "age >= 18"),
        ("age <= 17", "age <= 16"),
        ("age < 18", "age < 17"),
        ("age > 16", "age > 17"),
        ("age between 14 and 17", "age between 14 and 16"),
        ("filed_on between 2026-07-08 and 2026-07-09", "filed_on between 2026-07-09 and 2026-07-10"),
        ("done is yes", "done is no"),
        ("done is not no", "done is not yes"),
        ("fine >= 15000", "fine >= 15000.01"),
        ("fine is 15000元", "fine is 1500000"),
        ("level is wished", "level is not wished"),
        ("title is unit", "title is not unit"),
        ("title is “甲公司”", "title is 'unit'"),
        ("filed_on <= closed_on", "filed_on > closed_on"),
    ],
)
def test_each_operator_is_true_false_and_unknown_in_turn(true: str, false: str) -> None:
    assert holds(true, FULL) is True
    assert holds(false, FULL) is False
    assert holds(true) is holds(false) is None


def test_a_comparison_with_a_fact_that_nobody_gave_is_unknown() -> None:
    assert holds("filed_on <= closed_on", {"filed_on": DAY}) is None
    assert holds("closed_on >= filed_on", {"filed_on": DAY}) is None


def test_greater_and_less_are_not_asked_of_the_answer_none() -> None:
    for text in ("filed_on >= 2026-01-01", "filed_on <= closed_on", "filed_on between 2026-01-01 and 2026-12-31"):
        assert holds(text, {"filed_on": "", "closed_on": DAY}) is None


def test_empty_is_an_answer_and_unanswered_is_unknown() -> None:
    assert holds("title empty", {"title": ""}) is True
    assert holds("classes empty", {"classes": ()}) is True
    assert holds("title empty", {"title": "甲"}) is False
    assert holds("title empty") is None
    assert holds("level is none", {"level": ""}) is False


@pytest.mark.parametrize("facts", [{}, {"title": ""}, {"title": "甲"}])
def test_given_has_two_values(facts: Facts) -> None:
    assert holds("title given", facts) is bool(facts.get("title"))


def test_no_and_nought_are_given() -> None:
    assert holds("done given", {"done": False}) is True
    assert holds("age given", {"age": 0}) is True
    assert holds("classes given", {"classes": ()}) is False


def test_count_has_two_values_and_counts_by_the_key() -> None:
    twice = ({"no": 1, "on": DAY}, {"no": 1, "on": AT.date()}, {"no": 2})
    assert holds("talks count >= 1") is False
    assert holds("talks count is 0") is True
    assert holds("talks count is 2", {"talks": twice}) is True
    assert holds("talks count > 2", {"talks": twice}) is False
    assert holds("steps count is 1", {"steps": ("甲", "甲")}) is True


def test_a_time_held_against_a_day_counts_as_its_day() -> None:
    facts = {"seen_at": AT, "filed_on": DAY}
    for text in (
        "seen_at is 2026-07-08", "seen_at is filed_on", "filed_on is seen_at", "seen_at >= 2026-07-08",
        "seen_at <= filed_on", "filed_on >= seen_at", "seen_at in 2026-07-07, 2026-07-08",
        "seen_at between 2026-07-08 and 2026-07-08",
    ):  # fmt: skip
        assert holds(text, facts) is True, text
    assert holds("seen_at is not filed_on", facts) is False
    assert holds("seen_at > filed_on", facts) is False


def test_what_only_a_party_can_raise_counts_as_no_when_nobody_raised_it() -> None:
    assert holds("raised is yes") is False
    assert holds("raised is no") is True
    assert holds("merit given") is False
    assert holds("merit empty") is True
    assert holds("raised is yes", {"raised": True}) is True


def test_measures_and_refusals_are_asked_of_what_was_decided() -> None:
    assert holds("measure penalty", fired=frozenset({"penalty"})) is True
    assert holds("measure penalty") is False
    assert holds("refused DR-10", refused=frozenset({"DR-10"})) is True
    assert holds("refused DR-10") is False


# ── all must hold ─────────────────────────────────────────────────────────────────────────────────────

_WORDS = {True: "done is yes", False: "done is no", None: "age >= 18"}


@pytest.mark.parametrize(
    ("left", "right", "both"),
    [
        (True, True, True), (True, False, False), (True, None, None),
        (False, True, False), (False, False, False), (False, None, False),
        (None, True, None), (None, False, False), (None, None, None),
    ],
)  # fmt: skip
def test_and_follows_kleene(left: bool | None, right: bool | None, both: bool | None) -> None:
    conditions = [parse(_WORDS[left], DEFS), parse(_WORDS[right], DEFS)]
    assert all_of(conditions, Situation({"done": True}, DEFS))[0] is both


def test_nothing_asked_is_true() -> None:
    assert all_of((), Situation({}, DEFS)) == (True, ())


def test_a_reason_is_plain_json_whatever_the_answer_was() -> None:
    facts: Facts = {**FULL, "talks": ({"no": 1, "on": DAY},)}
    for text in ("talks count >= 1", "filed_on is 2026-07-08", "seen_at given", "classes has minor", "measure penalty"):
        because = reason(parse(text, DEFS), Situation(facts, DEFS))
        assert json.loads(json.dumps([because.value])) == [because.value]
        assert because.condition == text


# ── properties ────────────────────────────────────────────────────────────────────────────────────────

_CODES = st.sampled_from([choice.code for choice in _LEVELS])
_ANSWERS = st.one_of(st.none(), st.just(""), _CODES)
_DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))


def _facts(**answers: Any) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if value is not None}


@given(_ANSWERS, _CODES)
def test_is_not_denies_is(level: str | None, code: str) -> None:
    facts = _facts(level=level)
    yes, no = holds(f"level is {code}", facts), holds(f"level is not {code}", facts)
    assert (yes, no) in ((True, False), (False, True), (None, None))
    assert (yes is None) == (level is None)


@given(_ANSWERS, st.lists(_CODES, min_size=1, max_size=4))
def test_in_is_any_of_is(level: str | None, codes: list[str]) -> None:
    facts = _facts(level=level)
    single = [holds(f"level is {code}", facts) for code in codes]
    assert holds(f"level in {', '.join(codes)}", facts) is (None if None in single else any(single))


@given(st.one_of(st.none(), st.just(""), _DAYS), _DAYS, _DAYS)
def test_between_is_not_before_and_not_after(day: dt.date | str | None, first: dt.date, last: dt.date) -> None:
    facts = _facts(filed_on=day)
    parts = [parse(f"filed_on >= {first}", DEFS), parse(f"filed_on <= {last}", DEFS)]
    both = all_of(parts, Situation(facts, DEFS))[0]
    assert holds(f"filed_on between {first} and {last}", facts) is both


@given(_DAYS, _DAYS)
def test_less_and_greater_are_opposites_and_turn_round(one: dt.date, other: dt.date) -> None:
    facts = {"filed_on": one, "closed_on": other}
    assert holds("filed_on < closed_on", facts) is (not holds("filed_on >= closed_on", facts))
    assert holds("filed_on <= closed_on", facts) is holds("closed_on >= filed_on", facts)
    assert holds("filed_on > closed_on", facts) is holds("closed_on < filed_on", facts)


_TEXTS = (
    "level is minor", "level is not none", "level in none, minor", "done is yes", "age < 18", "age between 14 and 17",
    "filed_on <= closed_on", "classes has serious", "title empty", "level is wished",
)  # fmt: skip
_SITUATIONS = st.fixed_dictionaries(
    {},
    optional={
        "level": _CODES,
        "wished": _CODES,
        "done": st.booleans(),
        "age": st.integers(0, 100),
        "filed_on": _DAYS,
        "closed_on": _DAYS,
        "classes": st.lists(_CODES, unique=True).map(tuple),
        "title": st.sampled_from(["", "甲"]),
    },
)


@given(st.lists(st.sampled_from(_TEXTS), max_size=5), _SITUATIONS, _SITUATIONS)
def test_one_more_answer_never_unsettles_what_was_settled(
    texts: list[str], facts: dict[str, Any], more: dict[str, Any]
) -> None:
    conditions = [parse(text, DEFS) for text in texts]
    before = all_of(conditions, Situation(facts, DEFS))[0]
    after = all_of(conditions, Situation({**more, **facts}, DEFS))[0]
    if before is not None:
        assert after is before


@given(st.permutations(_TEXTS), _SITUATIONS)
def test_the_order_of_conditions_never_matters(texts: list[str], facts: dict[str, Any]) -> None:
    situation = Situation(facts, DEFS)
    asked = all_of([parse(text, DEFS) for text in texts], situation)[0]
    assert asked is all_of([parse(text, DEFS) for text in _TEXTS], situation)[0]


@given(_SITUATIONS)
def test_asking_changes_no_fact(facts: dict[str, Any]) -> None:
    before = dict(facts)
    for text in _TEXTS:
        holds(text, facts)
    assert facts == before
