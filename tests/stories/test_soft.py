"""Soft measures without a case: S14 from the reminder to the letter, publicity records, warnings to a class of units."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.stories.bureau import Bureau, approvals

M = "2026-ZD-0001"
S14: dict[str, Any] = {
    "form": "证照台账", "submitted_by": "赵明远",
    "party": {"kind": "企业", "name": "朔州市中正检验检测有限公司", "uscc": "91140602MAXX01122D"},
    "licences": [{
        "name": "检验检测机构资质认定证书", "no": "210512340001", "category": "检验检测机构资质认定证书",
        "issuer": "山西省市场监督管理局", "valid_to": "2027-01-31",
    }],
}  # fmt: skip
SECTION = ("部门负责人", "钱承宇", "同意", "2026-11-03")


def rules(bureau: Bureau) -> set[str]:
    return {d["rule"] for d in bureau.show(M)["documents"] if d["code"] != "D-36"}


@pytest.mark.clauses("B-05")
def test_s14_is_reminded_before_the_day_and_advised_after_it(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-01")
    bureau.take(S14)
    bureau.on("2026-07-31").work()
    reminder = bureau.documents(M)["D-02e"]
    text = bureau.text(reminder["path"])
    assert "应当在有效期届满三个月前（2026年10月31日前）向资质认定部门提出申请" in text
    assert "由市场监督管理部门管理，我局只作提示" in text
    bureau.on("2026-11-02").work()
    advice = bureau.documents(M)["D-03c"]
    assert (advice["state"], advice["rule"]) == ("draft", "DR-21b")
    bureau.on("2026-11-03").work()
    assert bureau.documents(M)["D-03c"]["draft"] == advice["draft"]  # a draft does not fall with the day
    bureau.take(approvals(M, bureau.code(M), SECTION))
    issued = bureau.documents(M)["D-03c"]
    assert (issued["state"], issued["number"]) == ("issued", "朔区文旅建字〔2026〕1号")
    assert "申请延续的期限（2026年10月31日）已过" in bureau.text(issued["path"])
    assert rules(bureau) == {"DR-20", "DR-21b"}  # no enforcement
    assert bureau.audited() == []


def test_after_it_has_run_out_the_competent_body_is_told_by_letter_and_no_case_is_transferred(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-11-02")
    bureau.take(S14)
    bureau.on("2027-02-01").work()
    letter = bureau.documents(M)["D-07b"]
    assert letter["state"] == "draft"
    assert bureau.documents(M)["D-03c"]["state"] == "superseded"  # nobody advises any more to renew
    steps = (("部门负责人", "钱承宇", "同意", "2027-02-01"), ("分管负责人", "冯若谷", "同意", "2027-02-01"))
    bureau.take(approvals(M, bureau.code(M), *steps))
    text = bureau.text(bureau.documents(M)["D-07b"]["path"])
    assert "朔州市朔城区市场监督管理局：" in text
    assert "有效期已于2027年1月31日届满" in text
    assert "移送" not in text


def test_what_was_filed_in_time_is_neither_advised_nor_told(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-10-20")
    filed = copy.deepcopy(S14)
    filed["licences"][0]["renewal_filed_on"] = "2026-10-20"
    bureau.take(filed)
    bureau.on("2026-11-02").work()
    bureau.on("2027-02-01").work()
    assert set(bureau.documents(M)) == {"D-36"}
    assert bureau.due()["检验检测机构资质认定证书（210512340001）：申请延续"]["met_on"] == "2026-10-20"


PUBLICITY: dict[str, Any] = {
    "form": "宣传培训记录表", "unit": "文化市场综合行政执法大队",
    "publicity": [{
        "no": "1", "name": "暑期文化市场法规宣传", "kind": "集中宣传", "on": "2026-07-10", "place": "朔城区文化广场",
        "audience": "网吧、歌厅经营者", "count": 46, "laws": ["未成年人保护法第五十八条", "娱乐场所管理条例"],
        "proof": ["签到表", "照片6张"], "recorder": "周小满",
    }],
}  # fmt: skip


@pytest.mark.clauses("G-02", "K-01", "A-02", "W-05", "W-10")
def test_publicity_leaves_a_record_and_needs_no_party(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-12")
    (outcome,) = bureau.take(PUBLICITY)
    assert outcome.outcome == "filed", outcome.findings
    record = bureau.documents(M)["D-01"]
    assert (record["dated"], record["occurrence"]) == ("2026-07-10", "1")
    assert "46人" in bureau.text(record["path"])
    assert bureau.show(M)["party"] == ""
    assert "_暑期文化市场法规宣传/" in record["path"]
    second = copy.deepcopy(PUBLICITY)
    second["publicity"][0] |= {"no": "2", "on": "2026-07-12"}
    bureau.take({**second, "matter": M})
    assert [d["occurrence"] for d in bureau.show(M)["documents"] if d["code"] == "D-01"] == ["1", "2"]
    assert bureau.audited() == []


WARNING: dict[str, Any] = {
    "form": "风险预警表", "unit": "文化市场综合行政执法大队",
    "warnings": [{
        "no": "1", "topic": "暑期网吧接纳未成年人", "sector": "互联网上网服务营业场所", "season": "2026年暑期",
        "risk": "未成年人结伴进入、借用他人证件上网", "advice": ["入口处查验证件", "悬挂未成年人禁入标志"],
        "recipients": ["朔州市星屿网咖有限公司", "朔州市极昼网络科技有限公司"], "many": False,
    }],
}  # fmt: skip


@pytest.mark.clauses("K-05")
def test_a_warning_to_many_goes_up_to_the_deputy_and_is_never_called_a_penalty(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-01")
    many = copy.deepcopy(WARNING)
    many["warnings"][0]["many"] = True
    bureau.take(many)
    assert [a["step"] for a in bureau.explain(M)["DR-22"]["approvals"]] == ["section_head", "deputy"]
    bureau.take(WARNING)  # few: its own matter
    other = "2026-ZD-0002"
    bureau.on("2026-11-03").take(approvals(other, bureau.code(other), SECTION))
    letter = bureau.documents(other)["D-03b"]
    text = bureau.text(letter["path"])
    assert letter["state"] == "issued"
    assert "朔州市星屿网咖有限公司、朔州市极昼网络科技有限公司：" in text
    assert "警告" not in text
    assert "不表示收函单位存在上述情况" in text


def test_a_warning_that_threatens_goes_back(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-01")
    threat = copy.deepcopy(WARNING)
    threat["warnings"][0]["advice"] = ["不查验证件的一律罚款"]
    (outcome,) = bureau.take(threat)
    assert {f.code for f in outcome.findings} == {"E-SOFT-WORDS"}
