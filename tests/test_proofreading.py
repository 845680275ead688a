"""Proof-reading points out what is odd in the words of a form, keeps quiet otherwise, and changes nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from paperwork import proofreading
from paperwork.facts import fold
from paperwork.model import Facts, Finding
from tests.samples import S01, S02, shipped, submitted
from tests.stories import cases, penal
from tests.stories.bureau import Bureau
from tests.stories.cases import changed

NAME = "朔州市星屿网咖有限公司"
CASE: Facts = {
    "party.name": NAME,
    "case.filed_on": dt.date(2026, 7, 10),
    "correct.rechecked_on": dt.date(2026, 7, 15),
    "penalty.fine": 800000,
    "law.violated": ({"law": "互联网上网服务营业场所管理条例", "article": 21, "para": 2},),
    "law.penalty": ({"law": "互联网上网服务营业场所管理条例", "article": 31, "item": 5},),
}


def read(words: str, name: str = "fact.summary", facts: Facts = CASE) -> list[Finding]:
    given: Facts = {name: words}
    return list(proofreading.findings(shipped(), {**facts, **given}, given))


def told(words: str, name: str = "fact.summary") -> list[tuple[str, str, str]]:
    return [(f.code.removeprefix("W-PROOF-"), f.found, f.wanted) for f in read(words, name)]


@pytest.mark.parametrize(("words", "found"), [
    ("朔州市星屿网吧有限公司入口处未悬挂标志", ("NAME", "朔州市星屿网吧有限公司", NAME)),
    ("朔州市星屿网咖有限责任公司入口处", ("NAME", "朔州市星屿网咖有限责任公司", NAME)),
    (f"{NAME}入口处未悬挂标志，由朔州市朔城区文化和旅游局检查", None),
    ("罚款人民币8000.00元（大写：捌仟元整）", None),
    ("罚款人民币8000.00元（大写：捌万元整）", ("AMOUNT", "捌万元整", "捌仟元整")),
    ("建议罚款6000元", ("AMOUNT", "6000元", "8000.00元")),
    ("建议罚款0.8万元", None),
    ("可以并处罚款15000元以下", None),
    ("2026年2月30日检查", ("DATE", "2026年2月30日", "")),
    ("2026年7月9日立案", ("DATE", "2026年7月9日", "2026年7月10日")),
    ("2026年7月10日经批准立案，2026年7月15日复查", None),
    ("违反《互联网上网服务营业场所管理条例》第二十一条第二款", None),
    ("违反《互联网上网服务营业场所管理条例》第二十二条", ("ARTICLE", "《互联网上网服务营业场所管理条例》第二十二条", "第二十一条、第三十一条")),
    ("依据《互联网上网服务营业场所管理条例》第八十一条", ("ARTICLE", "《互联网上网服务营业场所管理条例》第八十一条", "")),
    ("依据《未收录的办法》第八十一条", None),
    ("其它情况见帐册", ("WORD", "帐册", "账")),
    ("由工商局登记", ("ORGAN", "工商局", "市场监督管理局")),
    ("招牌写着“工商局监制”，《工商局通知》一份", None),
    ("朔城区文化和旅游局会同市场监督管理局", None),
    ("朔城区旅游局", ("ORGAN", "旅游局", "文化和旅游局")),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_what_is_odd_is_found_and_what_is_right_is_left_alone(words: str, found: tuple[str, str, str] | None) -> None:
    assert (found in told(words)) if found else told(words) == []


def test_a_company_limited_written_out_differently_is_pointed_out() -> None:
    """Nearer than chance, and not the same: 朔州市星屿网咖公司."""
    assert [f.code for f in read("朔州市星屿网咖公司入口处")] == ["W-PROOF-NAME"]


def test_what_somebody_said_is_recorded_as_said() -> None:
    assert told("工商局的人来查过帐册", "statement") == []
    assert told("工商局的人来查过帐册", "fact.summary") != []


def test_everything_is_a_warning_with_its_place() -> None:
    (found,) = read("建议罚款6000元", "penalty.reason")
    assert (found.severity, found.field, found.place) == ("warning", "penalty.reason", "「裁量理由」一栏")
    facts: Facts = {"evidence": ({"no": 1, "kind": "documentary", "name": "帐册", "proves": "甲"},)}
    (found,) = proofreading.findings(shipped(), facts, facts)
    assert (found.place, found.field) == ("「证据」第1行「证据名称」", "evidence.name")


def test_a_changed_amount_is_held_against_what_was_written_before() -> None:
    before: Facts = {**CASE, "penalty.reason": "建议罚款8000元"}
    assert list(proofreading.findings(shipped(), before, {"penalty.fine": 800000})) == []
    now = {**before, "penalty.fine": 600000}
    (found,) = proofreading.findings(shipped(), now, {"penalty.fine": 600000})
    assert (found.code, found.field, found.wanted) == ("W-PROOF-AMOUNT", "penalty.reason", "6000.00元")


SAMPLES = {"S01": S01, "S02": S02, "S03": penal.S03, "S02 story": cases.S02}


@pytest.mark.parametrize("form", SAMPLES.values(), ids=list(SAMPLES))
def test_a_sound_form_raises_nothing(form: dict[str, Any]) -> None:
    known = fold([submitted(form)], shipped().facts)
    assert list(proofreading.findings(shipped(), known, known)) == []


def test_the_form_is_taken_and_its_words_are_printed_as_they_were_written(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-16")
    summary = "朔州市星屿网吧有限公司营业场所入口处未悬挂未成年人禁入标志，当场重新悬挂。"
    (outcome,) = bureau.take(changed(cases.S01, fact__summary=summary))
    assert outcome.outcome == "filed"
    assert [f.found for f in outcome.findings if f.code == "W-PROOF-NAME"] == ["朔州市星屿网吧有限公司"]
    assert "朔州市星屿网吧有限公司" in bureau.text(bureau.documents()["D-13"]["path"])
