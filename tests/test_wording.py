"""What answers must not say, and when: words, patterns, conditions of the matter and of the item that speaks (0079)."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from paperwork import catalogue
from paperwork.errors import OfficeError
from paperwork.model import Finding, History, Submission
from paperwork.planning.sight import Sight
from paperwork.planning.wording import unfit
from tests.samples import ROOT, shipped


def told(form: str, **answers: Any) -> list[Finding]:
    """What the guard says of a form that carries these answers alone."""
    said = Submission("d1", 0, form, "", answers, frozenset(), None, "", "k")
    return list(unfit(Sight(shipped(), {}, "", dt.date(2026, 9, 30), None, History(""), shipped().forms[form], said)))


def reported(**parts: Any) -> list[tuple[str, str]]:
    found = told("report_narrative", **{"report.units": ({"unit": "市场管理股", **parts},)})
    assert {f.severity for f in found} <= {"warning"}
    return [(f.code, f.field.rpartition(".")[2]) for f in found]


@pytest.mark.parametrize("number", ["13800138000", "0349-2020000", "03492020000", "140602190001010013", "14060219000101001X"])
def test_what_a_unit_reports_holds_no_telephone_and_no_identity_number(number: str) -> None:
    assert reported(soft=f"约谈易安然（{number}）一次") == [("W-REPORT-PERSONAL", "soft")]
    (finding,) = told("report_narrative", **{"report.units": ({"unit": "甲", "problems": (f"联系{number}",)},)})
    assert number in finding.message and "第1行" in finding.place


@pytest.mark.parametrize("text", ["罚款1380013元", "第20260930号", "覆盖138001380001人次", "91140602MAXX002268", "2026年9月30日"])
def test_other_numbers_are_no_personal_data(text: str) -> None:
    assert reported(soft=text) == []


@pytest.mark.parametrize("phrase", ["以上妥否，请批示", "当否，请审示", "现请示如下", "请予批准"])
def test_a_report_asks_for_nothing(phrase: str) -> None:
    assert reported(plans=(phrase,)) == [("W-REPORT-ASKING", "plans")]
    assert reported(contact=phrase, phone="13800138000") == [], "the contact has columns of its own"


def recheck(conclusion: str, following: str) -> list[str]:
    return [f.code for f in told("recheck", rechecks=({"no": 1, "conclusion": conclusion, "next": following},))]


def test_what_is_done_needs_no_further_talk() -> None:
    assert recheck("done", "责任约谈") == ["E-RECHECK"]
    assert recheck("done", "无") == recheck("not_done", "责任约谈") == recheck("partial", "继续整改") == []
    rows = ({"no": 1, "conclusion": "not_done", "next": "责任约谈"}, {"no": 2, "conclusion": "done", "next": "再次约谈"})
    (finding,) = told("recheck", rechecks=rows)
    assert "第2行" in finding.place, "each item is asked by its own answers"


def test_a_hazard_of_another_body_is_told_until_it_was_passed_on() -> None:
    advice = {"advices": ({"no": 1, "background": "二层安全出口被遮挡", "items": ("移走道具柜",)},)}
    (hint,) = told("advice", **advice)
    assert (hint.code, hint.severity) == ("W-SAFETY", "warning") and "D-18" in hint.message
    assert told("advice", **advice, **{"transfer.to": "朔城区消防救援大队"}) == []
    assert told("advice", advices=({"no": 1, "background": "菜单没有明码标价", "items": ("标明价格",)},)) == []


ORDERS_AND_THREATS = [
    "请务必于九月一日前整改到位，否则后果自负", "立即停止营业，直至整改完成", "逾期不改的，我局将从严查处", "不整改将列入失信名单",
    "你单位不得继续经营", "我局将依法追究责任", "你单位必须于三日内移走道具柜", "依照《消防法》第二十八条规定，你单位不得继续使用二层",
    "按规定，逾期不改的，本机关将依法查处", "拒不配合的，纳入信用黑名单", "请在周五前整改，否则将移送追究", "一切责任自行承担后果",
]  # fmt: skip
PROPOSALS = [
    "移走遮挡安全出口的道具柜", "在出口处张贴不得堆物的提示", "《中华人民共和国消防法》第二十八条规定，任何单位、个人不得占用、堵塞安全出口",
    "建议立即停止使用二层的临时电线", "逾期未报送年度报告的，可能影响正常经营", "建议建立未成年人不得入内的登记制度", "取得许可并非必须的条件",
    "工作人员已告知经营者不得遮挡疏散标志", "请于9月1日前书面回复", "遇雷雨可以暂停演出", "否则可能在紧急情况下影响疏散", "经营者已立即停止播放",
    "依照《旅游法》第九十五条规定，未经许可经营的，将承担相应责任", "核实情况以后，请自行对照整改", "逾期未延续的，许可证到期失效",
]  # fmt: skip


def soft(found: list[Finding]) -> list[Finding]:
    return [f for f in found if f.code == "E-SOFT-WORDS"]


@pytest.mark.parametrize("text", ORDERS_AND_THREATS)
def test_a_soft_letter_neither_orders_nor_threatens(text: str) -> None:
    assert soft(told("advice", advices=({"no": 1, "items": (text,)},)))
    (finding,) = soft(told("warning", warnings=({"no": 1, "risk": f"经检查发现隐患。{text}"},)))
    assert "{" not in finding.message


@pytest.mark.parametrize("text", PROPOSALS)
def test_a_soft_letter_proposes_explains_and_quotes_the_law(text: str) -> None:
    assert soft(told("advice", advices=({"no": 1, "items": ("核对证照", text)},))) == []
    assert soft(told("warning", warnings=({"no": 1, "risk": text},))) == []


def test_a_pattern_with_a_group_names_the_group_alone() -> None:
    (finding,) = told("advice", advices=({"no": 1, "items": ("台账每月检查，逾期不改的，我局将从严查处",)},))
    assert "每月检查" not in finding.message and "我局将从严查处" in finding.message


def test_a_pattern_that_is_none_is_told_with_its_place(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates", ignore=shutil.ignore_patterns("examples"))
    path = tmp_path / "templates" / "policy" / "wording.toml"
    text = path.read_text("utf-8")
    assert text.count("'(?<![0-9])1[3-9][0-9]{9}(?![0-9])'") == 1
    path.write_text(text.replace("'(?<![0-9])1[3-9][0-9]{9}(?![0-9])'", "'1[3-9'"), "utf-8")
    with pytest.raises(OfficeError) as raised:
        catalogue.load(tmp_path)
    (problem,) = raised.value.problems
    assert problem.code == "P-VALUE" and "1[3-9" in problem.what and "wording.toml:" in problem.where
