"""No dead ends on the way of a case: what is found after the notice, another district, a crime on a lead, a voided decision."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

from paperwork import desk
from tests.stories import procedure as p
from tests.stories.bureau import Bureau
from tests.stories.cases import changed
from tests.stories.penal import S03, agreed, code_of, penalty, service
from tests.stories.test_s01_file import filed
from tests.stories.test_transfers import CRIME, L, transfer

M = "2026-LA-0001"


@functools.cache
def _noticed() -> Path:
    """S03 with its 事先告知书 issued and served. Never to be written in."""
    root = Path(tempfile.mkdtemp(prefix="noticed-")) / "office"
    bureau = Bureau(root, "2026-08-24")
    filed(bureau, S03)
    filed(bureau.on("2026-08-28"), penalty(M, "2026-08-28"))
    agreed(bureau.on("2026-08-31"), M, code_of(bureau, "D-17b"), "2026-08-31")
    filed(bureau, service(M, "D-17b", "2026-08-31"))
    return root


def noticed(tmp_path: Path) -> Bureau:
    shutil.copytree(_noticed(), tmp_path / "office")
    return Bureau(tmp_path / "office", "2026-09-01")


def standing(bureau: Bureau) -> dict[str, str]:
    """Code → state of the papers that count: neither superseded nor void."""
    return {d["code"]: d["state"] for d in bureau.show(M)["documents"] if d["state"] in ("draft", "issued")}


def missing(bureau: Bureau, matter: str = M) -> set[str]:
    return {m["code"] for m in bureau.show(matter)["missing"] if m["kind"] == "document"}


def anew(**answers: Any) -> dict[str, Any]:
    """The intake once more, as a supplement of the case."""
    return {"form": "案件登记表", **changed(S03, matter=M, form_id="F-anew", submitted_at="2026-09-01T10:00:00+08:00", **answers)}


@pytest.mark.clauses("G-09", "G-11")
def test_a_crime_found_after_the_notice_goes_to_the_police_and_the_notice_stays(tmp_path: Path) -> None:
    bureau = noticed(tmp_path)
    filed(bureau, anew(crime={"suspected": True}, measure_requested="涉嫌犯罪移送"))
    filed(bureau, transfer(M, "2026-09-01", to=None, ground=None, crime={**CRIME, "reported_on": "2026-09-01"}))
    assert "D-17" not in missing(bureau) and "D-18b" in missing(bureau)
    agreed(bureau.on("2026-09-02"), M, code_of(bureau, "D-18b"), "2026-09-02")
    papers = standing(bureau)
    assert (papers["D-18b"], papers["D-17b"]) == ("issued", "issued") and "D-17" not in papers
    assert bureau.due()["向公安机关移送"]["due_on"] == "2026-09-03" and bureau.audited() == []


def test_a_party_that_ended_after_the_notice_ends_the_case(tmp_path: Path) -> None:
    bureau = noticed(tmp_path)
    filed(bureau, anew(party={**S03["party"], "ended": True}, measure_requested="撤销案件"))
    agreed(bureau, M, code_of(bureau, "D-41"), "2026-09-01")
    assert bureau.documents()["D-41"]["state"] == "issued" and "D-17" not in missing(bureau)


def defence(**answers: Any) -> dict[str, Any]:
    row = {"no": 1, "on": "2026-09-01", "form": "书面", "person": "程万里", "claims": ["已核验身份证"], "review": ["成立"],
           "adopted": "采纳", "reviewer": ["赵明远", "孙立群"]}  # fmt: skip
    told = {"statement": "当事人陈述已核验身份证", "statement_review": "经复核，予以采纳"}
    return {"form": "陈述申辩情况表", "matter": M, "submitted_at": "2026-09-01T10:00:00+08:00", "defences": [row], **told, **answers}


def test_a_defence_that_is_accepted_ends_without_a_penalty(tmp_path: Path) -> None:
    """行政处罚法 arts 45, 57: what was told in the notice is not imposed, and the file says why."""
    bureau = noticed(tmp_path)
    (still,) = bureau.take(defence(penalty={"kinds": "无"}))
    assert (still.outcome, {f.code for f in still.findings}) == ("filed", {"W-PENALTY-NONE"}), still.findings
    assert "D-17" not in standing(bureau)
    reasons = {"ground": "33-2", "reason": "当事人没有主观过错", "no_fault": True, "proof": "身份核验系统日志",
               "fault_reason": "当事人逐人核验，被成年人身份证欺骗"}  # fmt: skip
    taught = {"law_points": "不得接纳未成年人", "keep_compliance": "逐人核验身份"}
    filed(bureau, defence(penalty={"kinds": "无"}, no_penalty=reasons, measure_requested="不予行政处罚", edu=taught))
    assert "D-17" not in missing(bureau)
    agreed(bureau.on("2026-09-02"), M, code_of(bureau, "D-13"), "2026-09-02")
    papers = standing(bureau)
    assert papers["D-13"] == "issued" and {"D-17", "D-17b"} & set(papers) == {"D-17b"}
    assert bureau.audited() == []


@pytest.mark.clauses("M-02")
def test_a_case_of_another_district_is_handed_over_and_nothing_else_is_drafted(tmp_path: Path) -> None:
    bureau = noticed(tmp_path)
    filed(bureau, transfer(M, "2026-09-01", to="朔州市平鲁区文化和旅游局", ground="不属于本机关管辖地域"))
    assert bureau.explain()["Q1"]["status"] == "fired" and "D-17" not in missing(bureau)
    agreed(bureau, M, code_of(bureau, "D-18"), "2026-09-01")
    assert "送达决定书" not in bureau.due(), "a letter to another organ is no decision to be served"
    assert "不属于我局管辖地域，依据" in bureau.text(bureau.documents()["D-18"]["path"])
    assert "D-17" not in standing(bureau) and bureau.audited() == []


def test_a_lead_passed_on_at_once_needs_no_inspection(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-09")
    filed(bureau, p.lead(), transfer(L, "2026-07-09"))
    agreed(bureau, L, code_of(bureau, "D-18", L), "2026-07-09")
    assert "联系人：__________" in bureau.text(bureau.documents(L)["D-18"]["path"])
    assert bureau.show(L)["state"] == "transferred"


@pytest.mark.clauses("G-09", "G-11")
def test_a_crime_on_a_lead_goes_to_the_police_without_a_case(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-09")
    crime = {**CRIME, "reported_on": "2026-07-09"}
    filed(bureau, p.lead(), transfer(L, "2026-07-09", to=None, ground=None, crime=crime))
    assert bureau.due()["正职负责人决定移送"]["due_on"] == "2026-07-10"
    agreed(bureau.on("2026-07-10"), L, code_of(bureau, "D-18b", L), "2026-07-10")
    assert "涉嫌非法经营罪" in bureau.text(bureau.documents(L)["D-18b"]["path"])
    assert bureau.due()["向公安机关移送"]["due_on"] == "2026-07-11" and bureau.show(L)["state"] == "decided"
    filed(bureau, {"form": "移送情况表", "matter": L, "transfer": {"handed_on": "2026-07-10", "received_by": "高见"}})
    assert bureau.show(L)["state"] == "transferred" and "D-50" in bureau.documents(L)
    assert bureau.audited() == []


@pytest.mark.clauses("K-07")
def test_a_published_decision_made_void_is_withdrawn_from_the_public(tmp_path: Path) -> None:
    bureau = noticed(tmp_path)
    agreed(bureau.on("2026-09-14"), M, code_of(bureau, "D-17"), "2026-09-14")
    shown = {"published_on": "2026-09-16", "site": "“信用中国（山西朔州）”网站"}
    filed(bureau.on("2026-09-16"), {"form": "信用公示情况表", "matter": M, "credit": {"class_given": "一般", **shown}})
    with bureau.on("2026-09-21").open() as office:
        desk.void(office, bureau.documents()["D-17"]["number"], "行政复议决定撤销")
    assert bureau.due()["撤回行政处罚信息并公开说明理由"]["due_on"] == "2026-09-24"
    agreed(bureau, M, code_of(bureau, "D-29b"), "2026-09-21")
    assert "因行政复议决定撤销" in bureau.text(bureau.documents()["D-29b"]["path"])
    filed(bureau.on("2026-09-22"), {"form": "信用公示情况表", "matter": M, "credit": {"withdrawn_on": "2026-09-22"}})
    assert bureau.due()["撤回行政处罚信息并公开说明理由"]["met_on"] == "2026-09-22" and bureau.audited() == []
