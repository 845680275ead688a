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
