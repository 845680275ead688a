"""S11: advice, a recheck that finds nothing done, the responsibility talk, the promise, the recheck that finds it done."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.stories.bureau import Bureau, approvals

M = "2026-ZD-0001"
PARTY = {
    "kind": "个体工商户", "name": "朔州市朔城区迷雾剧本体验馆", "uscc": "92140602MAXX016755", "legal_rep": "易安然",
    "legal_rep_title": "经营者", "address": "山西省朔州市朔城区示例街11号", "phone": "13800138011",
}  # fmt: skip
OFFICERS = [{"name": "赵明远", "cert_no": "04060200101"}, {"name": "孙立群", "cert_no": "04060200102"}]
HEAD = {"unit": "文化市场综合行政执法大队", "party": PARTY, "officers": OFFICERS, "submitted_by": "赵明远"}

ADVICE: dict[str, Any] = {
    "form": "行政建议表", **HEAD, "submitted_at": "2026-07-02",
    "advices": [{
        "no": 1, "source": "日常检查", "background": "二层安全出口被道具柜部分遮挡，疏散指示标志被海报覆盖",
        "items": ["移走遮挡安全出口的道具柜", "清除覆盖疏散指示标志的海报"], "proposed_on": "2026-07-02",
    }],
}  # fmt: skip
NOT_DONE: dict[str, Any] = {
    "form": "整改复查表", "matter": M,
    "rechecks": [{
        "no": 1, "dt": "2026-08-03 10:00", "place": "山西省朔州市朔城区示例街11号", "orig_title": "行政建议书",
        "orig_no": "朔区文旅建字〔2026〕1号", "required": "移走道具柜，清除海报", "found": "道具柜仍在原处，海报未清除",
        "conclusion": "未整改", "evidence": "现场照片4张", "next": "责任约谈", "by": ["赵明远", "孙立群"],
    }],
}  # fmt: skip
PLAN: dict[str, Any] = {
    "form": "约谈情况表", "matter": M, **HEAD, "submitted_at": "2026-08-14",
    "talks": [{
        "no": 1, "kind": "责任约谈", "reason": "安全出口被遮挡的情况未及时消除", "purpose": "督促消除隐患、规范经营",
        "when": "2026-08-20 09:30", "where": "朔州市朔城区文化和旅游局二楼会议室", "invitee": "易安然",
        "invitee_role": "经营者", "hosts": ["赵明远", "孙立群"], "contact": "赵明远，0349-0000000",
        "reply_by": "2026-08-19", "violation_clue": False, "recording": True, "prior_title": "行政建议书",
        "prior_no": "朔区文旅建字〔2026〕1号", "prior_served_on": "2026-07-03", "prior_recheck_on": "2026-08-03",
        "prior_recheck_no": "朔区文旅复记〔2026〕1号", "hazard": "二层安全出口被道具柜遮挡",
    }],
}  # fmt: skip
HELD: dict[str, Any] = {
    "form": "约谈情况表", "matter": M,
    "talks": [{
        "no": 1, "kind": "责任约谈", "reason": "安全出口被遮挡的情况未及时消除", "held": True,
        "start": "2026-08-20 09:30", "end": "2026-08-20 10:20", "host": "冯若谷", "host_title": "副局长",
        "recorder": "周小满", "attendee": "易安然", "attendee_title": "经营者", "attendee_id_type": "居民身份证",
        "attendee_id_no": "140602190001010013", "attendee_phone": "13800138011", "is_agent": False,
        "found_on": "2026-07-02", "source": "日常检查", "issues": ["二层安全出口被道具柜遮挡", "疏散指示标志被海报覆盖"],
        "duty_basis": "《中华人民共和国安全生产法》第四条第一款", "duty": "加强安全生产管理，改善安全生产条件",
        "risk_notes": "安全出口被遮挡会妨碍紧急疏散", "advice": ["当日移走道具柜", "清除海报", "每日营业前检查疏散通道"],
        "follow_up_on": "2026-09-05", "a1": "看清了。", "a2": "清楚。", "a2b": "清楚，同意录音录像。",
        "a4": "本店经营剧本娱乐，员工六人，由我负责。", "a5": "属实。", "a6": "场景布置时没有注意，还没有移走。",
        "a6b": "忙于排新剧本，没有安排人手；由我本人负责，9月4日前完成。", "a7": "9月4日前移走道具柜、清除海报，由我负责。",
        "a8": "清楚。", "a9": "没有。",
    }],
}  # fmt: skip
DONE = copy.deepcopy(NOT_DONE)
DONE["rechecks"][0].update(
    no=2, dt="2026-09-05 10:00", found="道具柜已移走，海报已清除", conclusion="已整改", next="无",
    orig_title="行政约谈记录", orig_no="朔区文旅约记〔2026〕1号",
)  # fmt: skip


LATER = {"follow_up_on": "2026-09-20"}  # when the second talk is looked after


def changed(form: dict[str, Any], **answers: Any) -> dict[str, Any]:
    """The form with answers of its talk changed."""
    copied = copy.deepcopy(form)
    copied["talks"][0].update(answers)
    return copied


def served_soft(document: str, day: str) -> dict[str, Any]:
    """The service of a letter at the shop."""
    return {"form": "送达情况表", "matter": M, "services": [
        {"document": document, "method": "直接", "on": day, "receiver": "易安然", "relation": "经营者",
         "by": ["赵明远", "孙立群"]}
    ]}  # fmt: skip


def standing(bureau: Bureau, code: str) -> list[tuple[str, str | None, str]]:
    documents = bureau.show(M)["documents"]
    return [(d["occurrence"], d["number"], d["state"]) for d in documents if d["code"] == code]


def until_planned(root: Path) -> Bureau:
    """The advice issued, the recheck not done, the notice of the talk issued."""
    bureau = Bureau(root, "2026-07-02")
    (outcome,) = bureau.take(ADVICE)
    assert (outcome.outcome, outcome.id, outcome.case) == ("filed", M, ""), outcome.findings
    assert {f.code for f in outcome.findings} == {"W-SAFETY"}, "the fire brigade is told at the first discovery (D-18)"
    bureau.on("2026-07-03").take(approvals(M, bureau.code(M), ("部门负责人", "钱承宇", "同意", "2026-07-03")))
    bureau.on("2026-08-03").take(NOT_DONE)
    (planned,) = bureau.on("2026-08-14").take(PLAN)
    assert planned.outcome == "filed", planned.findings
    steps = (("部门负责人", "钱承宇", "同意", "2026-08-17"), ("分管负责人", "冯若谷", "同意", "2026-08-17"))
    bureau.on("2026-08-17").take(approvals(M, bureau.code(M), *steps))
    return bureau


@pytest.mark.clauses("G-02", "A-00", "A-05", "B-00", "B-01", "B-02", "B-03")
def test_from_the_advice_to_the_recheck_done(tmp_path: Path) -> None:
    bureau = until_planned(tmp_path)
    assert standing(bureau, "D-03") == [("1", "朔区文旅建字〔2026〕1号", "issued")]
    assert standing(bureau, "D-04") == [("1", "朔区文旅约字〔2026〕1号", "issued")]
    (held,) = bureau.on("2026-08-20").take(HELD)
    assert held.outcome == "filed", held.findings
    bureau.on("2026-09-05").take(DONE)
    documents = {(d["code"], d["occurrence"]): d for d in bureau.show(M)["documents"] if d["state"] == "issued"}
    assert documents["D-05", "1"]["number"] == "朔区文旅约记〔2026〕1号"
    assert documents["D-05", "1"]["dated"] == "2026-08-20"
    assert documents["D-09", "1"]["number"] == "朔区文旅复记〔2026〕1号"
    assert documents["D-09", "2"]["number"] == "朔区文旅复记〔2026〕2号"
    record = bureau.text(documents["D-05", "1"]["path"])
    for words in ("责任约谈", "9月4日前移走道具柜", "本次约谈不替代行政处罚，也不作为行政处罚", "核对意见"):
        assert words in record, words
    folder = Path(documents["D-05", "1"]["path"]).parent
    assert folder.as_posix() == "outbox/2026/行政指导/2026-ZD-0001_朔州市朔城区迷雾剧本体验馆"
    assert bureau.show(M)["case"] is None
    assert bureau.audited() == []


def test_two_talks_in_one_matter_are_two_notices_and_two_records(tmp_path: Path) -> None:
    bureau = until_planned(tmp_path)
    bureau.on("2026-08-20").take(HELD)
    second = changed(PLAN, no=2, when="2026-09-10 09:30", reason="整改后又出现遮挡")
    (outcome,) = bureau.on("2026-09-07").take(second)
    assert outcome.outcome == "filed", outcome.findings
    steps = (("部门负责人", "钱承宇", "同意", "2026-09-07"), ("分管负责人", "冯若谷", "同意", "2026-09-07"))
    bureau.take(approvals(M, bureau.code(M), *steps))
    assert standing(bureau, "D-04") == [
        ("1", "朔区文旅约字〔2026〕1号", "issued"), ("2", "朔区文旅约字〔2026〕2号", "issued")
    ]  # fmt: skip
    assert bureau.audited() == []


def test_each_record_names_the_notice_of_its_own_talk(tmp_path: Path) -> None:
    bureau = until_planned(tmp_path)
    bureau.on("2026-08-20").take(HELD)
    second = {"no": 2, "when": "2026-09-10 09:30", "reason": "整改后又出现遮挡"}
    bureau.on("2026-09-07").take(changed(PLAN, **second))
    again = changed(HELD, no=2, reason="整改后又出现遮挡", start="2026-09-10 09:30", end="2026-09-10 10:20", **LATER)
    (held,) = bureau.on("2026-09-10").take(again)
    assert held.outcome == "filed", held.findings
    assert [o for o, _, _ in standing(bureau, "D-05")] == ["1"]  # no record before its notice is approved
    assert "W-TALK-NOTICE" in {f.code for f in held.findings}, "told with the record, not only at the approval"
    steps = (("部门负责人", "钱承宇", "同意", "2026-09-07"), ("分管负责人", "冯若谷", "同意", "2026-09-07"))
    bureau.take(approvals(M, bureau.code(M), *steps))  # entered late: notice and record get their numbers together
    records = {d["occurrence"]: bureau.text(d["path"]) for d in bureau.show(M)["documents"] if d["code"] == "D-05"}
    assert "约谈通知书：朔区文旅约字〔2026〕1号" in records["1"]
    assert "约谈通知书：朔区文旅约字〔2026〕2号" in records["2"]
    assert bureau.audited() == []


def test_the_notice_of_each_talk_has_a_receipt_of_its_own(tmp_path: Path) -> None:
    bureau = until_planned(tmp_path)
    bureau.on("2026-08-18").take(served_soft("朔区文旅约字〔2026〕1号", "2026-08-18"))
    bureau.on("2026-09-07").take(changed(PLAN, no=2, when="2026-09-10 09:30", reason="整改后又出现遮挡"))
    steps = (("部门负责人", "钱承宇", "同意", "2026-09-07"), ("分管负责人", "冯若谷", "同意", "2026-09-07"))
    bureau.take(approvals(M, bureau.code(M), *steps))
    bureau.on("2026-09-08").take(served_soft("朔区文旅约字〔2026〕2号", "2026-09-08"))
    assert [o for o, _, _ in standing(bureau, "D-34")] == ["D-04.1", "D-04.2"]
    assert bureau.show(M)["events"] and bureau.audited() == []


def test_a_responsibility_talk_is_held_with_nobody_but_the_operator(tmp_path: Path) -> None:
    bureau = until_planned(tmp_path)
    for authorised in (True, False):
        agent = changed(HELD, is_agent=True, authorised=authorised, attendee="店员甲", attendee_title="店员")
        (outcome,) = bureau.on("2026-08-20").take(agent)
        assert outcome.outcome == "returned"
        assert {f.code for f in outcome.findings if f.severity == "error"} == {"E-TALK-PERSON"}
    assert standing(bureau, "D-05") == []


def test_a_refusal_to_come_is_recorded_and_punishes_nobody(tmp_path: Path) -> None:
    bureau = until_planned(tmp_path)
    refused: dict[str, Any] = {"form": "约谈情况表", "matter": M, "talks": [
        {"no": 1, "kind": "责任约谈", "reason": "安全出口被遮挡的情况未及时消除", "held": False,
         "refusal": "8月20日电话答复不参加，未说明理由，赵明远、孙立群在场"}
    ]}  # fmt: skip
    (outcome,) = bureau.on("2026-08-20").take(refused)
    assert outcome.outcome == "filed", outcome.findings
    assert standing(bureau, "D-05") == []
    assert {m["measure"] for m in bureau.explain(M).values() if isinstance(m, dict) and m["fired"]} == {"advice", "talk"}
    (told,) = [f for f in outcome.findings if f.code == "W-TALK-REFUSED"]
    assert told.severity == "warning" and "不产生处罚" in told.message and "DR-03" in told.message
    slip = max((bureau.root / "inbox" / "回执").glob("*.txt"), key=lambda path: path.stat().st_mtime_ns).read_text("utf-8-sig")
    assert "触发事件表" in slip and "触发式监管" in slip


def test_what_a_refusal_left_behind_is_checked_by_leave_of_the_section_head(tmp_path: Path) -> None:
    bureau = until_planned(tmp_path)
    talk = {"no": 1, "kind": "责任约谈", "reason": "安全出口被遮挡的情况未及时消除", "held": False, "refusal": "电话答复不参加"}
    event = {"no": "1", "kind": "约谈未到场，隐患未消除", "on": "2026-08-20", "source": "行政约谈", "content": "安全出口仍被遮挡",
             "decision": "现场检查"}  # fmt: skip
    forms = {"form": "约谈情况表", "matter": M, "talks": [talk]}, {"form": "触发事件表", "matter": M, "triggers": [event]}
    _, outcome = bureau.on("2026-08-20").take(*forms)
    assert (outcome.outcome, [f.code for f in outcome.findings]) == ("filed", []), outcome.findings
    assert bureau.explain(M)["DR-03"]["fired"] and bureau.show(M)["state"] == "for_approval"
    bureau.take(approvals(M, bureau.code(M), ("部门负责人", "钱承宇", "同意", "2026-08-20")))
    text = bureau.text(bureau.documents(M)["D-24"]["path"])
    assert "约谈未到场，隐患未消除" in text and "√现场检查" in text
    assert bureau.audited() == []


def test_what_waits_for_approval_is_seen_beside_what_is_issued(tmp_path: Path) -> None:
    from paperwork import views

    bureau = until_planned(tmp_path)
    bureau.on("2026-09-07").take(changed(PLAN, no=2, when="2026-09-10 09:30", reason="整改后又出现遮挡"))
    with bureau.open() as office:
        (row,) = [row for row in views.case_entries(office) if row["id"] == M]
        assert (row["state"], office.ledger.open_drafts()) == ("for_approval", {M: ["行政约谈通知书"]})
    with bureau.open() as office:
        matter = office.ledger.matter(M)
        assert matter is not None
        steps = {m["occurrence"]: m["approvals"] for m in views.explain(office, matter)["measures"] if m["rule"] == "DR-24"}
    assert {o: {a["state"] for a in told} for o, told in steps.items()} == {"1": {"agreed"}, "2": {"open"}}


def test_a_notice_approved_after_its_talk_goes_back_and_the_talk_says_how_it_was_announced(tmp_path: Path) -> None:
    bureau = until_planned(tmp_path)
    bureau.on("2026-09-07").take(changed(PLAN, no=2, when="2026-09-10 09:30", reason="整改后又出现遮挡"))
    steps = [("部门负责人", "钱承宇", "同意", "2026-09-09"), ("分管负责人", "冯若谷", "同意", "2026-09-11")]
    code = bureau.code(M)
    (late,) = bureau.on("2026-09-11").take(approvals(M, code, *steps))
    (finding,) = late.findings
    assert (finding.code, finding.field, finding.place) == ("E-DATE-ORDER", "approvals.on", "「审批意见」第2行")
    assert "另填一个序号" in finding.message and "其他通知方式" in finding.message
    held = changed(HELD, no=2, reason="整改后又出现遮挡", start="2026-09-10 09:30", end="2026-09-10 10:20", **LATER)
    bureau.take(held)
    assert standing(bureau, "D-05") == []  # nobody has said yet how it was announced
    told = {"no": 2, "told_by": "2026年9月7日电话通知", "kind": "责任约谈", "reason": "整改后又出现遮挡"}
    (said,) = bureau.take({"form": "约谈情况表", "matter": M, "talks": [told]})
    assert said.outcome == "filed", said.findings
    assert standing(bureau, "D-04") == [("1", "朔区文旅约字〔2026〕1号", "issued"), ("2", None, "superseded")]
    (record,) = [d for d in bureau.show(M)["documents"] if d["code"] == "D-05"]
    text = bureau.text(record["path"])
    assert "约谈通知：2026年9月7日电话通知" in text and "约谈通知书" not in text.partition("约谈类型")[0]
    assert bureau.audited() == []


def test_a_record_is_never_filled_in_beforehand(tmp_path: Path) -> None:
    bureau = until_planned(tmp_path)
    (outcome,) = bureau.on("2026-08-20").take(changed(HELD, a5=None))
    assert outcome.outcome == "returned"
    assert any("属实" in f.message for f in outcome.findings)


def test_a_late_record_is_dated_as_the_form_says(tmp_path: Path) -> None:
    bureau = until_planned(tmp_path)
    bureau.on("2026-09-20").take(HELD)
    documents = {d["code"]: d for d in bureau.show(M)["documents"]}
    assert documents["D-05"]["dated"] == "2026-08-20"
    assert bureau.audited() == []
