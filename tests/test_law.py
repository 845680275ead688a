"""Promises of `paperwork.law`: every word cited stands on file for the day asked, or an error says what does not."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperwork.errors import OfficeError
from paperwork.law import (
    LawBook,
    LawError,
    NoTextForDay,
    UnknownLaw,
    UnknownProvision,
    by_name,
    chinese_number,
    cite,
    load_law,
    maximum_fine,
    parse,
    resolve,
    text_on,
)
from paperwork.model import Citation, Law

FOLDER = Path(__file__).parent.parent / "templates" / "law"
LAWS = LawBook(FOLDER)
TODAY = dt.date(2026, 11, 23)

citations = st.builds(
    Citation,
    st.sampled_from(["行政处罚法", "旅行社条例", "行政处罚法2017"]),
    st.integers(1, 999),
    st.integers(0, 99),
    st.integers(0, 99),
)


# ── naming ────────────────────────────────────────────────────────────────────────────────────────────


@given(citations)
def test_every_citation_reads_back_as_it_is_written(citation: Citation) -> None:
    assert parse(str(citation)) == citation


@pytest.mark.parametrize(
    "text",
    ["", "行政处罚法", "行政处罚法#", "#57", "行政处罚法#0", "行政处罚法#057", "行政处罚法#57.0", "行政处罚法#57.1.0",
     "行政处罚法#57.1.2.3", "行政处罚法#五十七", "行政处罚法#57-1", "行政处罚法#57.", "行政 处罚法#57",
     "行政处罚法#５７"],
)  # fmt: skip
def test_a_citation_written_otherwise_is_refused_with_the_right_spelling(text: str) -> None:
    with pytest.raises(ValueError, match="行政处罚法#57\\.1\\.2"):
        parse(text)


@pytest.mark.parametrize(
    ("name", "law_id"),
    [
        ("行政处罚法", "行政处罚法"),
        ("《行政处罚法》", "行政处罚法"),
        ("中华人民共和国行政处罚法", "行政处罚法"),
        (" 《中华人民共和国行政处罚法》 ", "行政处罚法"),
        ("2017年修正的《中华人民共和国行政处罚法》", "行政处罚法2017"),
        ("《旅行社条例》", "旅行社条例"),
        ("网吧条例", "互联网上网服务营业场所管理条例"),
        ("未成年人", None),
    ],
)
def test_a_law_is_found_by_every_name_it_bears(name: str, law_id: str | None) -> None:
    assert by_name(LAWS, name) == law_id


def test_of_two_laws_with_one_title_the_one_in_force_is_found() -> None:
    old, new = LAWS["行政处罚法2017"], LAWS["行政处罚法"]
    assert by_name({"甲": old, "乙": new}, "《中华人民共和国行政处罚法》") == "乙"
    assert by_name({"乙": old, "甲": new}, "《中华人民共和国行政处罚法》") == "甲"


# ── the day decides ───────────────────────────────────────────────────────────────────────────────────


def test_the_new_penalty_law_may_be_cited_from_the_day_it_came_into_force() -> None:
    first = dt.date(2021, 7, 15)
    assert text_on(LAWS, "行政处罚法", first) is LAWS["行政处罚法"][0]
    assert text_on(LAWS, "行政处罚法", first - dt.timedelta(1)) is None
    assert text_on(LAWS, "行政处罚法2017", first) is None
    assert text_on(LAWS, "行政处罚法2017", first - dt.timedelta(1)) is LAWS["行政处罚法2017"][0]


def test_for_a_day_without_text_the_law_that_has_one_is_named() -> None:
    with pytest.raises(NoTextForDay, match=r"2020年5月1日.*2021年7月15日起.*“行政处罚法2017”"):
        resolve(LAWS, parse("行政处罚法#33.1"), dt.date(2020, 5, 1))


def test_of_several_texts_the_latest_that_had_begun_is_cited() -> None:
    old = replace(LAWS["旅行社条例"][0], version=dt.date(2017, 3, 1), articles={1: ("旧文",)})
    laws = {"旅行社条例": (old, LAWS["旅行社条例"][0])}
    assert resolve(laws, parse("旅行社条例#1"), dt.date(2020, 11, 28)) == "旧文"
    assert resolve(laws, parse("旅行社条例#1"), dt.date(2020, 11, 29)).startswith("为了加强对旅行社的管理")
    assert resolve(laws, parse("旅行社条例#1"), None).startswith("为了加强对旅行社的管理")


# ── quoting ───────────────────────────────────────────────────────────────────────────────────────────


def test_an_article_a_paragraph_and_an_item_are_quoted_word_for_word() -> None:
    article = resolve(LAWS, parse("行政处罚法#33"), TODAY)
    assert article.split("\n")[0] == (
        "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。初次违法且危害后果轻微并及时改正的，可以不予行政处罚。"
    )
    assert resolve(LAWS, parse("行政处罚法#33.1"), TODAY) == article.split("\n")[0]
    second = "（二）违法行为轻微，依法可以不予行政处罚的，不予行政处罚"
    assert resolve(LAWS, parse("行政处罚法#57.1.2"), TODAY) == second
    assert resolve(LAWS, parse("行政处罚法#57.1.4"), TODAY) == "（四）违法行为涉嫌犯罪的，移送司法机关"


def test_an_item_without_paragraph_is_that_of_the_only_paragraph_with_items() -> None:
    assert resolve(LAWS, parse("行政处罚法#57.0.2"), TODAY) == resolve(LAWS, parse("行政处罚法#57.1.2"), TODAY)
    two = replace(LAWS["行政处罚法"][0], articles={1: ("甲：（一）一；（二）二。", "乙：（一）三。")})
    with pytest.raises(UnknownProvision, match="第几款"):
        resolve({"行政处罚法": (two,)}, parse("行政处罚法#1.0.1"), TODAY)


def test_a_reference_to_an_item_inside_a_sentence_opens_no_item() -> None:
    words = "有下列情形之一的：（一）违反第二条第（二）项、第（三）项的；（二）其他。"
    law = replace(LAWS["行政处罚法"][0], articles={1: (words,)})
    laws = {"行政处罚法": (law,)}
    assert resolve(laws, parse("行政处罚法#1.1.1"), TODAY) == "（一）违反第二条第（二）项、第（三）项的"
    with pytest.raises(UnknownProvision, match="共2项"):
        resolve(laws, parse("行政处罚法#1.1.3"), TODAY)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("行政处法#33", UnknownLaw, "是不是“行政处罚法”"),
        ("中华人民共和国旅游法#9", UnknownLaw, "是不是“旅游法”"),
        ("行政处罚法#87", UnknownProvision, "《中华人民共和国行政处罚法》.*第八十七条"),
        ("行政处罚法#33.4", UnknownProvision, "第三十三条只有3款.*第4款"),
        ("行政处罚法#57.1.5", UnknownProvision, "第五十七条第一款第五项.*共4项"),
        ("行政处罚法#1.0.1", UnknownProvision, "共0项"),
    ],
)
def test_what_does_not_stand_in_the_law_is_named_exactly(text: str, kind: type[LawError], words: str) -> None:
    with pytest.raises(kind, match=words):
        resolve(LAWS, parse(text), TODAY)


# ── printing ──────────────────────────────────────────────────────────────────────────────────────────


def test_provisions_are_printed_as_a_decision_names_them() -> None:
    one_law = cite(LAWS, [parse("行政处罚法#33.1"), parse("行政处罚法#57.1.2")])
    assert one_law == "《中华人民共和国行政处罚法》第三十三条第一款、第五十七条第一款第二项"
    two_laws = map(parse, ["旅行社条例#50.0.2", "行政处罚法#28.1", "行政处罚法#28.1", "旅行社条例#48"])
    assert cite(LAWS, two_laws) == (
        "《旅行社条例》第五十条第二项、《中华人民共和国行政处罚法》第二十八条第一款、《旅行社条例》第四十八条"
    )
    assert cite(LAWS, []) == ""


def test_the_old_law_is_named_as_the_old_law_and_only_for_its_days() -> None:
    old = [parse("行政处罚法2017#27.2")]
    assert cite(LAWS, old, dt.date(2021, 7, 14)) == "2017年修正的《中华人民共和国行政处罚法》第二十七条第二款"
    with pytest.raises(NoTextForDay):
        cite(LAWS, old, dt.date(2021, 7, 15))


def test_a_provision_that_does_not_exist_is_never_printed() -> None:
    with pytest.raises(UnknownProvision):
        cite(LAWS, [parse("行政处罚法#33.1"), parse("行政处罚法#33.9")])


@pytest.mark.parametrize(
    ("n", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (112, "一百一十二"), (306, "三百零六"), (999, "九百九十九")],
)  # fmt: skip
def test_articles_are_numbered_as_statutes_number_them(n: int, text: str) -> None:
    assert chinese_number(n) == text


def test_no_two_articles_share_a_numeral() -> None:
    assert len({chinese_number(n) for n in range(1, 1000)}) == 999
    for n in (0, 1000, -1):
        with pytest.raises(ValueError, match="1至999"):
            chinese_number(n)


# ── fines ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("可以并处15000元以下的罚款", 15000),
        ("五万元以下", 50000),
        ("一万元以上十万元以下", 100000),
        ("处三万元以上三十万元以下罚款，并责令停业整顿", 300000),
        ("违法所得不足10万元或者没有违法所得的，并处10万元以上50万元以下的罚款", 500000),
        ("违法所得不足10万元或者没有违法所得的，处5万元以下罚款", 50000),
        ("违法经营额1万元以上的，并处2千元罚款", 2000),
        ("处二万五千元以下罚款", 25000),
        ("处1.5万元以下的罚款", 15000),
        ("处一千万元以上二千万元以下的罚款", 20_000_000),
        ("罚款500元。", 500),
        ("并处违法所得2倍以上5倍以下的罚款；没有违法所得的，并处1万元以上3万元以下的罚款", None),
        ("处5000万元以下或者上一年度营业额百分之五以下罚款", None),
        ("按照每招用一名未成年人每月处5000元罚款的标准给予处罚", None),
        ("处一万元以上的罚款", None),
        ("处二千元以上二万以下罚款", None),
        ("给予警告；数万元", None),
        ("违法所得5000元以上的", None),
        ("", None),
    ],
)
def test_the_ceiling_of_a_fine_is_read_from_its_words(text: str, yuan: int | None) -> None:
    assert maximum_fine(text) == (None if yuan is None else yuan * 100)


@given(st.integers(1, 99999), st.integers(1, 99999))
def test_a_higher_ceiling_never_reads_as_a_lower_fine(low: int, high: int) -> None:
    low, high = sorted((low, high))
    assert maximum_fine(f"处{low}元以上{high}元以下的罚款") == high * 100


@given(st.integers(1, 999))
def test_words_and_figures_mean_the_same_amount(n: int) -> None:
    assert maximum_fine(f"处{chinese_number(n)}万元以下的罚款") == maximum_fine(f"处{n}万元以下的罚款") == n * 1_000_000


# ── the shelf ─────────────────────────────────────────────────────────────────────────────────────────


EXCERPTS = ("行政处罚法2017", "信用修复管理办法")
"""Of these only the articles that the program cites are on file, word for word; their `source` says so."""


@pytest.mark.parametrize("law_id", [*LAWS])
def test_every_law_on_file_is_whole_and_its_items_run_from_one(law_id: str) -> None:
    for law in LAWS[law_id]:
        if law_id not in EXCERPTS:
            assert list(law.articles) == list(range(1, len(law.articles) + 1))
        for article, paragraphs in law.articles.items():
            for para, words in enumerate(paragraphs, 1):
                marks = re.findall("(?<!第)（([一二三四五六七八九十]+)）(?!项)", words)
                for item, mark in enumerate(marks, 1):
                    assert mark == chinese_number(item)
                    quoted = resolve(LAWS, Citation(law_id, article, para, item), None)
                    assert quoted in words
                    assert quoted.startswith(f"（{mark}）")
                    assert not quoted.endswith(("；", "。"))


def test_laws_that_only_punish_refusal_say_so() -> None:
    refusal = LAWS["旅行社条例"][0].refusal_only
    assert refusal == tuple(map(parse, ["旅行社条例#48", "旅行社条例#49", "旅行社条例#50"]))
    assert all("责令改正；拒不改正的" in resolve(LAWS, citation, TODAY) for citation in refusal)


def test_a_start_is_claimed_only_where_the_closing_article_says_it() -> None:
    for texts in LAWS.values():
        for law in texts:
            if law.since is not None and law.id not in EXCERPTS:  # an excerpt has no closing article
                day = f"{law.since.year}年{law.since.month}月{law.since.day}日起施行"
                assert day in law.articles[max(law.articles)][0]
                assert law.since >= law.version


GOOD = """id = "甲法"
title = "甲法"
cited_as = "《甲法》"
rank = "law"
version = 2020-01-01
source = "试"
[articles]
1 = "一款"
"""


def shelf(folder: Path, **files: str) -> LawBook:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return LawBook(folder)


def test_a_broken_file_hinders_only_its_own_law(tmp_path: Path) -> None:
    book = shelf(tmp_path, 甲法=GOOD, 乙法="id = ")
    assert set(book) == {"甲法", "乙法"} and "乙法" in book
    assert book["甲法"] is book["甲法"]
    with pytest.raises(OfficeError, match="乙法"):
        book["乙法"]


def test_texts_of_one_law_stand_oldest_first(tmp_path: Path) -> None:
    newer = GOOD.replace("2020-01-01", "2023-05-01")
    book = shelf(tmp_path, **{"甲法@2023-05-01": newer, "甲法@2020-01-01": GOOD})
    assert [law.version.year for law in book["甲法"]] == [2020, 2023]
    assert len(book) == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('"甲法"\ntitle', '"乙法"\ntitle', 1, "文件名"),
        ('"law"', '"act"', 4, "rank"),
        ("version = 2020-01-01", "version = 2020-01-01T08:00:00", 5, "类型"),
        ("version = 2020-01-01", "version = 2020-01-01\nuntil = 2019-01-01", 6, "until"),
        ('source = "试"', 'source = "试"\nrefusal_only = ["甲法#2"]', 7, "甲法#2"),
        ('source = "试"', 'sauce = "试"', 6, "sauce"),
        ("1 =", "01 =", 8, "条号"),
        ("一款", "一\\u200b款", 8, "看不见"),
        ("一款", "处二千元以上二万以下罚款", 8, "缺“元”"),
        ("一款", "一款\\n\\n二款", 8, "空行"),
    ],
)
def test_a_mistake_in_a_law_file_is_shown_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    path = tmp_path / "甲法.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(OfficeError) as caught:
        load_law(path)
    assert any(words in problem.what and problem.where == f"{path}:{line}" for problem in caught.value.problems)


def test_a_good_file_is_a_law(tmp_path: Path) -> None:
    shelf(tmp_path, 甲法=GOOD)
    law = load_law(tmp_path / "甲法.toml")
    assert law == Law("甲法", "甲法", "《甲法》", dt.date(2020, 1, 1), None, None, "试", {1: ("一款",)})
    assert law.starts == law.version
