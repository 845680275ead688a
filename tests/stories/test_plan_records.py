"""What the plan asks for beside cases: told twice, recommended, asked for and answered, agreed on in a meeting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.stories.bureau import Bureau
from tests.stories.cases import S01
from tests.stories.penal import agreed, code_of
from tests.stories.test_s01_file import filed

Form = dict[str, Any]
PARTY = {k: S01["party"][k] for k in ("kind", "name", "uscc", "phone")}
DEMAND = {
    "no": 1, "received_on": "2026-07-16", "channel": "走访座谈", "contact": "田野禾", "category": "行政审批", "content": "简化演出变更的报批",
    "handler": "市场管理股", "promised_on": "2026-07-22",
}  # fmt: skip
MEETING: Form = {
    "form": "联席会议表", "unit": "办公室", "submitted_at": "2026-07-16T10:00:00+08:00",
    "minutes": {"title": "包容审慎监管工作联席会议", "time": "2026-07-15 15:00", "place": "本局三楼会议室", "chair": "郑怀瑾",
                "present": ["冯若谷", "钱承宇"], "recorder": "周小满", "sent_to": ["各成员单位"]},
    "topics": [{"no": 1, "topic": "暑期联合检查", "agreed": "每月联合检查一次", "unit": "执法大队", "due": "2026-08-31"}],
}  # fmt: skip
MODEL: Form = {
    "form": "示范推荐表", "unit": "市场管理股", "submitted_at": "2026-07-16T10:00:00+08:00",
    "party": {**PARTY, "address": S01["party"]["address"]},
    "model": {
        "recommender": "市场管理股", "willing": True, "deeds": "没有违法记录", "total": 96, "period": "2026年上半年",
        "record_system": "国家企业信用信息公示系统（山西）", "record_on": "2026-07-16", "record_result": "没有记录",
        "shown_from": "2026-07-20", "shown_to": "2026-07-27",
    },
    "scores": [{"no": 1, "item": "依法经营", "score": 96, "evidence": "查询记录"}],
}  # fmt: skip


def affair(form: str, matter: str = "", **answers: Any) -> Form:
    told: Form = {"form": form, "unit": "市场管理股", "submitted_at": "2026-07-16T11:00:00+08:00", **answers}
    return {**told, "matter": matter} if matter else told


@pytest.mark.clauses("W-06", "W-07", "O-01")
def test_what_was_asked_is_answered_and_what_was_agreed_is_done_in_time(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-16")
    filed(bureau, affair("企业诉求表", party=PARTY, demands=[DEMAND]), MEETING)
    due = bureau.due()
    assert due["答复企业诉求（本局自定五个工作日）（1）"]["due_on"] == "2026-07-23"
    assert due["完成联席会议议定事项（1）"]["due_on"] == "2026-08-31"
    assert "D-32" not in bureau.documents("2026-ZH-0001"), "the sheet is made with its answer"
    agreed(bureau, "2026-ZH-0002", code_of(bureau, "D-33", "2026-ZH-0002"), "2026-07-16")
    minutes = bureau.documents("2026-ZH-0002")["D-33"]
    assert minutes["number"] == "朔区文旅纪要〔2026〕1号"
    assert "一、关于暑期联合检查。每月联合检查一次。" in bureau.text(minutes["path"])
    said = {"no": 1, "reply": "可以网上报批", "handling": "已经会商", "replied_on": "2026-07-20", "satisfied": True}
    (bare,) = bureau.on("2026-07-20").take(affair("企业诉求表", "2026-ZH-0001", demands=[{**said, "reply": None}]))
    assert {f.code for f in bare.findings} == {"E-DEMAND"}
    filed(bureau, affair("企业诉求表", "2026-ZH-0001", demands=[said]))
    assert "可以网上报批。" in bureau.text(bureau.documents("2026-ZH-0001")["D-32"]["path"])
    assert bureau.due()["答复企业诉求（本局自定五个工作日）（1）"]["met_on"] == "2026-07-20"
    assert bureau.audited() == []


@pytest.mark.clauses("A-03", "K-06")
def test_a_permit_is_named_before_and_a_model_is_one_of_its_own_will(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-16")
    permit = {"no": 1, "scope": "上网服务", "permit": "网络文化经营许可证", "dept": "行政审批局", "basis": "网吧条例第十一条", "promised": True}
    told = affair("双告知登记表", party=PARTY, double={"on": "2026-07-16", "signed_by": "田野禾"}, permits=[permit])
    filed(bureau, {**told, "claim": {"pushed_on": "2026-07-15"}})
    assert "承诺在取得许可前不从事相关经营活动" in bureau.text(bureau.documents("2026-ZD-0001")["D-06"]["path"])
    assert bureau.due()["认领推送的登记信息（本局自定五个工作日）"]["due_on"] == "2026-07-22"
    claimed = affair("双告知登记表", "2026-ZD-0001", party=PARTY, claim={"on": "2026-07-16", "by": "周小满"})
    (bare,) = bureau.take(claimed)
    assert {f.code for f in bare.findings} == {"E-DOUBLE"} and "D-06b" not in bureau.documents("2026-ZD-0001")
    claimed["claim"]["follow_up"] = "七日内上门指导办证"
    filed(bureau, claimed)
    assert "七日内上门指导办证" in bureau.text(bureau.documents("2026-ZD-0001")["D-06b"]["path"])
    assert bureau.due()["认领推送的登记信息（本局自定五个工作日）"]["met_on"] == "2026-07-16"
    (forced,) = bureau.take({**MODEL, "model": {**MODEL["model"], "willing": False}})
    assert {f.code for f in forced.findings} == {"E-MODEL"}
    filed(bureau, MODEL)
    agreed(bureau, "2026-ZD-0002", code_of(bureau, "D-28", "2026-ZD-0002"), "2026-07-16")
    assert "推荐、评价不收取任何费用" in bureau.text(bureau.documents("2026-ZD-0002")["D-28"]["path"])
    assert bureau.audited() == []
