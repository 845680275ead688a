"""包容期、观察期 (S10): set after approval, halfway and end watched, complaints counted, severe harm ends it (flow d)."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.stories.bureau import Bureau, approvals
from tests.stories.cases import S01

M = "2026-GC-0001"
PARTY = {"kind": "企业", "name": "朔州市塞上星野露营管理有限公司", "uscc": "91140602MAXX007793"}
S10: dict[str, Any] = {
    "form": "包容期观察期申报表", "submitted_by": "赵明远", "submitted_at": "2026-06-25",
    "unit": "文化市场综合行政执法大队", "party": PARTY, "new_economy": {"flag": True}, "harm": {"classes": []},
    "observation": {
        "kind": "观察期", "outlook": "一时看不准", "field": "露营观星", "start": "2026-07-01", "end": "2027-01-01",
        "reason": "以露营和观星结合经营，没有对应的许可类别", "risks": ["夜间交通", "用火"],
        "permitted": "营地住宿、观星讲解", "plan": ["开业前送达行政提示", "每月上门辅导一次"],
    },
}  # fmt: skip
AGREED = (
    ("部门负责人", "钱承宇", "同意", "2026-06-26"),
    ("法制审核", "吴思远", "同意", "2026-06-29"),
    ("分管负责人", "冯若谷", "同意", "2026-06-30"),
)


def complaint(no: int, on: str, **more: Any) -> dict[str, Any]:
    item = {"no": str(no), "kind": "投诉举报", "on": on, "source": "12345", "content": "夜间噪声", **more}
    return {"form": "触发事件表", "matter": M, "triggers": [item]}


def observed(root: Path) -> Bureau:
    """S10 with its observation approved."""
    bureau = Bureau(root, "2026-06-25")
    (opened,) = bureau.take(S10)
    assert opened.id == M, opened.findings
    bureau.on("2026-06-30").take(approvals(M, bureau.code(M), *AGREED))
    return bureau


def drafts(bureau: Bureau, code: str) -> list[str]:
    return [d["occurrence"] for d in bureau.show(M)["documents"] if d["code"] == code and d["state"] == "draft"]


@pytest.mark.clauses("M-05", "G-01", "G-05", "G-06")
def test_an_observation_is_proposed_approved_and_numbered(tmp_path: Path) -> None:
    bureau = observed(tmp_path)
    paper = bureau.documents(M)["D-22"]
    assert (paper["state"], paper["number"], paper["rule"]) == ("issued", "朔区文旅观字〔2026〕1号", "DR-02")
    text = bureau.text(paper["path"])
    assert "观察期设定审批表" in text
    assert "涉及安全、未成年人、禁止内容及其他严重情形的，不适用。" in text
    assert "2026年9月30日前" in text  # halfway is the 1st of October, a holiday
    assert bureau.audited() == []


@pytest.mark.clauses("W-09")
def test_halfway_and_end_fall_due_and_the_end_waits_for_its_calendar(tmp_path: Path) -> None:
    bureau = observed(tmp_path)
    due = bureau.due()
    assert due["包容期、观察期中期评估"]["due_on"] == "2026-09-30"
    assert due["包容期、观察期届满评估"]["due_on"] is None
    assert "2027年" in due["包容期、观察期届满评估"]["unknown"]


def test_the_party_is_reminded_thirty_days_before_the_end_of_what_was_set(tmp_path: Path) -> None:
    bureau = observed(tmp_path)
    bureau.on("2026-12-01").work()
    assert "D-02g" not in bureau.documents(M)
    for day in ("2026-12-02", "2026-12-03"):
        bureau.on(day).work()
    (letter,) = [d for d in bureau.show(M)["documents"] if d["code"] == "D-02g"]
    assert letter["occurrence"] == "observation@2027-01-01/T-30"
    assert "包容期（观察期）届满前的自查和情况报告，请于2027年1月1日前办理" in bureau.text(letter["path"])


def test_what_was_never_set_is_not_reminded_of(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-06-25")
    bureau.take(S10)
    bureau.on("2026-12-02").work()
    assert "D-02g" not in bureau.documents(M)


@pytest.mark.clauses("G-06")
def test_the_third_complaint_within_thirty_days_sets_supervision_off(tmp_path: Path) -> None:
    bureau = observed(tmp_path)
    days = ("2026-08-10", "2026-08-20", "2026-09-05")
    for no, on in enumerate(days, 1):
        assert drafts(bureau, "D-24") == []
        bureau.on(on).take(complaint(no, on))
    assert drafts(bureau, "D-24") == ["3"]
    explained = bureau.explain(M)["DR-03"]
    assert (explained["fired"], explained["occurrence"]) == (True, "3")
    bureau.take(approvals(M, bureau.code(M), ("部门负责人", "钱承宇", "同意", "2026-09-05")))
    assert "30日内投诉举报3件" in bureau.text(bureau.documents(M)["D-24"]["path"])
    bureau.on("2026-09-06").take(complaint(4, "2026-09-06"))  # a fourth alone begins a new count
    assert drafts(bureau, "D-24") == []


@pytest.mark.parametrize(
    ("days", "hit"),
    [
        (("2026-08-01", "2026-08-15", "2026-08-30"), ["3"]),  # the thirtieth day counts
        (("2026-08-01", "2026-08-15", "2026-08-31"), []),
        (("2026-08-01", "2026-08-15", "2026-08-31", "2026-09-10"), ["4"]),
        (("2026-08-30", "2026-08-15", "2026-08-01"), ["3"]),  # told in another order
    ],
)
def test_complaints_are_counted_over_thirty_days(days: tuple[str, ...], hit: list[str], tmp_path: Path) -> None:
    bureau = observed(tmp_path).on("2026-09-20")
    rows = [row for no, on in enumerate(days, 1) for row in complaint(no, on)["triggers"]]
    bureau.take({**complaint(1, days[0]), "triggers": rows})
    assert drafts(bureau, "D-24") == hit


def test_one_grave_complaint_or_an_accident_is_enough(tmp_path: Path) -> None:
    bureau = observed(tmp_path).on("2026-08-12")
    bureau.take(complaint(1, "2026-08-10", grave=True), complaint(2, "2026-08-11", kind="事故"))
    assert drafts(bureau, "D-24") == ["1", "2"]


def harmful_case(party: dict[str, Any], confirmed: bool) -> dict[str, Any]:
    form = copy.deepcopy(S01)
    form["party"] |= party
    form["case"]["title"] = f"{party['name']}案"
    form["harm"] |= {"level": "严重", "classes": ["人身健康和生命财产安全"]}
    if confirmed:
        form["harm"]["confirmed_by"] = ["赵明远", "孙立群", "钱承宇"]
    return form


@pytest.mark.clauses("G-01", "G-12", "E-01")
def test_severe_harm_in_any_matter_of_the_party_ends_the_observation_at_once(tmp_path: Path) -> None:
    bureau = observed(tmp_path).on("2026-07-16")
    bureau.drop(harmful_case(PARTY, confirmed=True))
    outcomes = bureau.work()  # the case is registered, and in the same run the observation is asked again
    assert [o.id for o in outcomes] == ["2026-LA-0001", M]
    ended = bureau.documents(M)["D-22b"]
    assert (ended["state"], ended["dated"]) == ("issued", "2026-07-16")
    text = bureau.text(ended["path"])
    assert "2026-LA-0001" in text
    assert "依法查处" in text
    assert bureau.explain(M)["DR-02"]["fired"] is False
    assert "严重情形：办结包容期、观察期，转依法查处" in bureau.due()
    assert bureau.audited() == []


def test_harm_that_is_only_raised_ends_nothing_but_nothing_new_is_set(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-16")
    (case,) = bureau.take(harmful_case(PARTY, confirmed=False))
    assert case.outcome == "filed", case.findings
    bureau.take({**S10, "submitted_at": "2026-07-16"})
    explained = bureau.explain(M)
    assert explained["DR-02"]["fired"] is False
    assert "D-22b" not in bureau.documents(M)


def test_another_partys_harm_changes_nothing(tmp_path: Path) -> None:
    bureau = observed(tmp_path).on("2026-07-16")
    bureau.take(harmful_case({"name": "朔州市星屿网咖有限公司", "uscc": "91140602MAXX002268"}, confirmed=True))
    assert "D-22b" not in bureau.documents(M)


def test_over_six_months_the_chief_decides_too_and_over_twelve_nobody(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-06-25")
    longer = copy.deepcopy(S10)
    longer["observation"]["end"] = "2027-03-01"
    bureau.take(longer)
    assert [a["step"] for a in bureau.explain(M)["DR-02"]["approvals"]] == [
        "section_head", "legal_review", "deputy", "chief",
    ]  # fmt: skip
    longer["observation"]["end"] = "2027-08-01"
    (outcome,) = bureau.take(longer)
    assert "E-OBSERVATION-LENGTH" in {f.code for f in outcome.findings}


def test_unanswered_harm_leaves_the_rule_unknown_and_says_what_lacks(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-06-25")
    bureau.take({key: value for key, value in S10.items() if key != "harm"})
    explained = bureau.explain(M)
    assert explained["DR-02"]["status"] == "unknown"
    assert "harm.classes" in {m["name"] for m in explained["missing"]}


def test_the_conclusion_closes_it(tmp_path: Path) -> None:
    bureau = observed(tmp_path).on("2026-12-30")
    form = {"form": "包容期观察期评估表", "matter": M, "case": {"closed_on": "2026-12-30"}}
    bureau.take({**form, "observation": {"conclusion": "期满正常结束", "conclusion_note": "风险可控"}})
    assert bureau.show(M)["state"] == "closed"


@pytest.mark.clauses("G-07", "G-14")
def test_key_supervision_is_only_for_public_safety_and_health(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-01")
    form: dict[str, Any] = {
        "form": "重点监管申报表", "unit": "文化市场综合行政执法大队", "party": PARTY,
        "observation": {"kind": "重点监管", "outlook": "潜在风险大、可能造成严重后果", "field": "高空索道", "start": "2026-07-01"},
        "risk": {
            "level": "高", "public_safety": False, "factors": ["设备未经检测（现场照片）"], "measures": ["每月检查一次"],
            "frequency": "每月一次", "review_on": "2026-12-31", "exit_when": "连续三次检查合格",
        },
    }  # fmt: skip
    (refused,) = bureau.take(form)
    assert {f.code for f in refused.findings} == {"E-KEY-SUPERVISION"}
    form["risk"] |= {"public_safety": True}
    bureau.take(form)
    steps = (("部门负责人", "钱承宇", "同意", "2026-07-02"), ("分管负责人", "冯若谷", "同意", "2026-07-03"))
    bureau.on("2026-07-03").take(approvals(M, bureau.code(M), *steps))
    paper = bureau.documents(M)["D-25"]
    assert (paper["state"], paper["dated"]) == ("issued", "2026-07-03")
    assert bureau.due()["重点监管复核"]["due_on"] == "2026-12-31"
