"""Approvals: 退回, 不同意, re-approval, stale codes, wrong hands, wrong places. An approval counts for its code only."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.bureau import CHIEF, REVIEW, SECTION, Bureau, approvals
from tests.stories.cases import S01, changed

M = "2026-LA-0001"


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path)
    made.take(S01)
    return made.on("2026-07-22")


def states(bureau: Bureau, code: str) -> list[tuple[int, str]]:
    return [(d["version"], d["state"]) for d in bureau.show()["documents"] if d["code"] == code]


def test_a_returned_draft_falls_and_all_steps_begin_again_under_a_new_code(bureau: Bureau) -> None:
    first = bureau.code()
    bureau.take(approvals(M, first, SECTION, ("法制审核", "吴思远", "退回", "2026-07-20")))
    second = bureau.code()
    assert second != first
    assert states(bureau, "D-13") == [(1, "superseded"), (2, "draft")]
    assert [a["state"] for a in bureau.explain()["DR-10"]["approvals"]] == ["open"] * 3
    bureau.take(approvals(M, second, *(_on(step, "2026-07-21") for step in (SECTION, REVIEW, CHIEF))))
    assert bureau.documents()["D-13"]["number"] == "朔区文旅不罚字〔2026〕1号"
    kept = sorted((bureau.root / bureau.documents()["D-13"]["path"]).parent.glob("送审稿/D-13_*.docx"))
    assert len(kept) == 2  # both drafts are kept
    assert bureau.audited() == []


def _on(step: tuple[str, str, str, str], day: str) -> tuple[str, str, str, str]:
    return (*step[:3], day)


def test_an_approval_of_a_fallen_draft_goes_back(bureau: Bureau) -> None:
    first = bureau.code()
    bureau.take(approvals(M, first, ("部门负责人", "钱承宇", "退回", "2026-07-17")))
    (stale,) = bureau.take(approvals(M, first, CHIEF))
    assert stale.outcome == "returned" and [f.code for f in stale.findings] == ["E-APPROVAL-DRAFT"]
    assert bureau.code() in stale.findings[0].message
    assert not [d for d in bureau.show()["documents"] if d["number"]]


def test_a_review_that_did_not_pass_blocks_the_decision(bureau: Bureau) -> None:
    first = bureau.code()
    bureau.take(approvals(M, first, ("法制审核", "吴思远", "退回", "2026-07-20")))
    (blocked,) = bureau.take(approvals(M, first, CHIEF))
    assert [f.code for f in blocked.findings] == ["E-REVIEW-BLOCK"]


def test_a_refused_measure_is_refused_and_the_ladder_goes_on_below(bureau: Bureau) -> None:
    bureau.take(approvals(M, bureau.code(), SECTION, REVIEW, ("负责人", "郑怀瑾", "不同意", "2026-07-22")))
    explained = bureau.explain()
    assert explained["DR-10"]["status"] == "refused"
    assert explained["DR-11"]["status"] == "fired"  # below it, and its conditions hold
    bureau.take(approvals(M, bureau.code(), SECTION, REVIEW, ("负责人", "郑怀瑾", "不同意", "2026-07-22")))
    explained = bureau.explain()
    assert explained["DR-11"]["status"] == "refused"
    assert explained["DR-18"]["status"] == "fired"
    assert {s for _, s in states(bureau, "D-13")} == {"superseded"}
    assert bureau.audited() == []


def test_a_corrected_case_may_be_proposed_again_after_a_refusal(bureau: Bureau) -> None:
    first = bureau.show()["forms"][0]["drop"]
    bureau.take(approvals(M, bureau.code(), ("负责人", "郑怀瑾", "不同意", "2026-07-22")))
    assert bureau.explain()["DR-10"]["status"] == "refused"
    better = changed(S01, corrects=first, no_penalty__gravity_reason="补充：现场另有两处禁入提示，有照片为证")
    (outcome,) = bureau.take(better)
    assert outcome.outcome == "filed", outcome.findings
    assert bureau.explain()["DR-10"]["status"] == "fired"


def test_an_approval_in_the_open_inbox_goes_back(bureau: Bureau) -> None:
    form = approvals(M, bureau.code(), SECTION)
    target = bureau.drop(form)
    target.rename(bureau.root / "inbox" / target.name)
    (outcome,) = bureau.work()
    assert [f.code for f in outcome.findings] == ["E-APPROVAL-PLACE"]


def test_a_code_that_no_draft_bears_goes_back_with_the_right_one(bureau: Bureau) -> None:
    (outcome,) = bureau.take(approvals(M, "AAAA-2222", SECTION))
    assert [f.code for f in outcome.findings] == ["E-APPROVAL-DRAFT"]
    assert outcome.findings[0].wanted == bureau.code()


def test_only_who_holds_the_step_may_approve_it(bureau: Bureau) -> None:
    (outcome,) = bureau.take(approvals(M, bureau.code(), ("负责人", "赵明远", "同意", "2026-07-22")))
    assert [f.code for f in outcome.findings] == ["E-APPROVAL-ROLE"]


@pytest.mark.parametrize(
    ("items", "why"),
    [
        ([("部门负责人", "钱承宇", "同意", "2026-07-09")], "早于立案日期"),
        ([("部门负责人", "钱承宇", "同意", "2026-07-15")], "早于送审的表的填表日期"),
        ([("部门负责人", "钱承宇", "同意", "2026-07-23")], "晚于今天"),
        ([("部门负责人", "钱承宇", "同意", "2026-07-20"), ("负责人", "郑怀瑾", "同意", "2026-07-18")], "早于「部门负责人」"),
    ],
)
def test_dates_of_approvals_are_held_against_each_other(
    bureau: Bureau, items: list[tuple[str, str, str, str]], why: str
) -> None:
    (outcome,) = bureau.take(approvals(M, bureau.code(), *items))
    assert {f.code for f in outcome.findings} == {"E-DATE-ORDER"}
    assert any(why in f.message for f in outcome.findings)


def test_a_different_answer_for_the_same_step_needs_a_correction(bureau: Bureau) -> None:
    code = bureau.code()
    bureau.take(approvals(M, code, SECTION))
    (second,) = bureau.take(approvals(M, code, ("部门负责人", "钱承宇", "同意", "2026-07-18")))
    assert second.outcome == "returned" and {f.code for f in second.findings} == {"E-ALREADY"}
    drop = bureau.show()["forms"][-1]["drop"]
    fixed = {**approvals(M, code, ("部门负责人", "钱承宇", "同意", "2026-07-18")), "corrects": drop}
    (third,) = bureau.take(fixed)
    assert third.outcome == "filed", third.findings
    approved = {a["step"]: a["on"] for a in bureau.explain()["DR-10"]["approvals"]}
    assert approved["section_head"] == "2026-07-18"


def test_the_slip_of_an_approval_says_what_was_recorded_and_who_is_open(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    (outcome,) = bureau.on("2026-07-17").take(approvals("2026-LA-0001", bureau.code(), SECTION))
    assert outcome.outcome == "filed"
    slips = "".join(p.read_text("utf-8") for p in (tmp_path / "inbox" / "回执").glob("*.txt"))
    assert "审批进度：" in slips
    assert "：部门负责人 同意（2026-07-17，钱承宇）、法制审核 待审、负责人 待审" in slips
