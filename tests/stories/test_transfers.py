"""S09, S18, S11's fire exit: what is not ours goes where it belongs; a crime goes to the police, and before all else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.stories import procedure as p
from tests.stories.bureau import Bureau
from tests.stories.cases import changed
from tests.stories.penal import S03, agreed, code_of, penalty
from tests.stories.test_s01_file import filed
from tests.stories.test_s11 import ADVICE

M = "2026-LA-0001"
NOT_OURS: dict[str, Any] = {
    "case": {**S03["case"], "title": "幻域互动未经审批运营网络游戏案", "act": "未经审批运营网络游戏", "source": "投诉举报", "industry": "网络游戏"},
    "party": {**S03["party"], "name": "朔州市幻域互动科技有限公司", "uscc": "91140602MAXX00664W", "licences": []},
    "harm": {"level": "一般", "classes": []}, "measure_requested": "移送", "form_id": "F-S09",
}  # fmt: skip
S09 = changed(S03, **NOT_OURS)


def transfer(matter: str, day: str, **answers: Any) -> dict[str, Any]:
    said = {"to": "朔州市新闻出版主管部门", "ground": "不属于本机关职责范围", "source": "投诉举报核查", "summary": "该公司运营的网页游戏没有版号",
            "materials": ["投诉材料3页", "网页截图5页"], "goods": [], "proposed_on": day}  # fmt: skip
    crime = answers.pop("crime", {})
    form = {"form": "移送情况表", "matter": matter, "submitted_at": f"{day}T10:00:00+08:00", "transfer": {**said, **answers}}
    return {**form, "crime": crime} if crime else form


@pytest.mark.clauses("M-02")
def test_s09_what_is_not_our_power_is_handed_over_with_a_letter(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-24")
    filed(bureau, S09)
    assert bureau.explain()["Q1"]["status"] == "fired"
    assert not {"D-13", "D-17b", "D-18"} & set(bureau.documents())
    for wish in ("不予行政处罚", "行政处罚"):
        (outcome,) = bureau.take(changed(S09, measure_requested=wish, form_id="F-S09b", case__separate=True))
        assert "E-COMP" in {f.code for f in outcome.findings}
    (vague,) = bureau.take(transfer(M, "2026-08-24", ground=None))
    assert {f.code for f in vague.findings} == {"E-TRANSFER"}
    filed(bureau, transfer(M, "2026-08-24"))
    assert bureau.due()["移送有权机关（本局自定两个工作日）"]["due_on"] == "2026-08-26"
    agreed(bureau.on("2026-08-25"), M, code_of(bureau, "D-18"), "2026-08-25")
    letter = bureau.documents()["D-18"]
    assert letter["number"] == "朔区文旅移字〔2026〕1号"
    text = bureau.text(letter["path"])
    assert "不属于我局职责范围，依据《中华人民共和国行政处罚法》第十七条的规定，现移送你单位处理" in text
    assert "第二十五条" not in text and "涉嫌犯罪" not in text
    filed(bureau.on("2026-08-26"), {"form": "移送情况表", "matter": M, "transfer": {"handed_on": "2026-08-26", "received_by": "接收人甲"}})
    assert "网页截图5页" in bureau.text(bureau.documents()["D-50"]["path"])
    filed(bureau, p.closing(M, "移送", execution="无需履行"))
    agreed(bureau, M, code_of(bureau, "D-40"), "2026-08-26")
    assert bureau.show()["state"] == "transferred"
    assert bureau.audited() == []


CRIME = {
    "charge": "非法经营罪", "police": "朔州市公安局朔城分局", "procuratorate": "朔州市朔城区人民检察院", "reported_on": "2026-08-26",
    "reported_by": ["赵明远", "孙立群"], "attachments": ["移送书", "调查报告", "涉案物品清单", "检验报告", "其他材料"],
}  # fmt: skip
S18 = changed(
    S03, form_id="F-S18", measure_requested="涉嫌犯罪移送", crime={"suspected": True},
    case={**S03["case"], "title": "宏图印务擅自印刷出版物案", "act": "擅自从事出版物印刷和发行业务", "source": "日常检查", "industry": "营业性演出"},
    party={**S03["party"], "name": "朔州市宏图印务有限公司", "uscc": "91140602MAXX01456X", "licences": []},
    law={"violated": [{"law": "出版管理条例", "article": 61}], "penalty": [{"law": "出版管理条例", "article": 61, "range": "没收，并处违法经营额5倍以上10倍以下的罚款"}],
         "statutory_range": "没收出版物和违法所得，并处违法经营额5倍以上10倍以下的罚款"},
)  # fmt: skip


@pytest.mark.clauses("G-09", "G-11")
def test_s18_a_crime_comes_before_all_else_and_goes_to_the_police(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-26")
    filed(bureau, S18)
    explained = bureau.explain()
    assert explained["Q0"]["status"] == "fired" and explained["DR-30"]["status"] == "outranked"
    (instead,) = bureau.take(changed(S18, measure_requested="行政处罚", form_id="F-S18b", case__separate=True))
    assert {f.code for f in instead.findings if f.severity == "error"} == {"E-CRIME"}
    (alone,) = bureau.take(transfer(M, "2026-08-26", to=None, ground=None, crime={**CRIME, "reported_by": ["赵明远"]}))
    assert {f.code for f in alone.findings} == {"E-CRIME"}
    (bare,) = bureau.take(transfer(M, "2026-08-26", to=None, ground=None, crime={**CRIME, "attachments": ["移送书"]}))
    assert {f.code for f in bare.findings} == {"E-CRIME"}
    filed(bureau, transfer(M, "2026-08-26", to=None, ground=None, summary="印刷一万二千册，经营额二十六万元", crime=CRIME))
    assert bureau.due()["正职负责人决定移送"]["due_on"] == "2026-08-28"
    agreed(bureau.on("2026-08-27"), M, code_of(bureau, "D-18b"), "2026-08-27")
    text = bureau.text(bureau.documents()["D-18b"]["path"])
    assert "发现当事人涉嫌非法经营罪" in text and "5.其他材料" in text and "抄送：朔州市朔城区人民检察院" in text
    assert "《行政执法机关移送涉嫌犯罪案件的规定》第五条、第六条" in text
    assert bureau.due()["向公安机关移送"]["due_on"] == "2026-08-28"
    assert "D-18" not in bureau.documents()
    (fined,) = bureau.take(penalty(M, "2026-08-27"))
    assert fined.outcome == "filed" and "D-17b" not in bureau.documents(), "no penalty beside the transfer"


def test_s18_in_another_bodys_field_the_letter_is_marked_and_the_police_are_told(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-26")
    filed(bureau, changed(S18, case__industry="出版物", form_id="F-S18c"))
    asked = transfer(M, "2026-08-26", to="朔州市出版主管部门", summary="印刷一万二千册，经营额二十六万元")
    (silent,) = bureau.take(asked)
    assert {f.code for f in silent.findings} == {"E-TRANSFER"}
    asked["transfer"]["police"] = "朔州市公安局朔城分局"
    filed(bureau, asked)
    agreed(bureau.on("2026-08-27"), M, code_of(bureau, "D-18"), "2026-08-27")
    text = bureau.text(bureau.documents()["D-18"]["path"])
    assert "案件移送函（涉嫌犯罪）" in text and "抄告朔州市公安局朔城分局" in text
    assert "D-18b" not in bureau.documents()


def test_s11_a_hazard_of_another_body_is_passed_on_and_stops_no_advice(tmp_path: Path) -> None:
    bureau, matter = Bureau(tmp_path, "2026-07-02"), "2026-ZD-0001"
    filed(bureau, ADVICE)
    advice = code_of(bureau, "D-03", matter)
    filed(bureau, transfer(matter, "2026-07-02", to="朔州市朔城区消防救援大队", ground="安全问题应当由有关部门处理", summary="安全出口被遮挡"))
    assert code_of(bureau, "D-03", matter) == advice
    assert bureau.due()["移送安全问题（本局自定一个工作日）"]["due_on"] == "2026-07-03"
    agreed(bureau.on("2026-07-03"), matter, code_of(bureau, "D-18", matter), "2026-07-03")
    text = bureau.text(bureau.documents(matter)["D-18"]["path"])
    assert "依据《中华人民共和国安全生产法》第六十九条的规定，现移送你单位处理" in text
    agreed(bureau, matter, advice, "2026-07-03")
    assert bureau.documents(matter)["D-03"]["state"] == "issued"


# ── leads ─────────────────────────────────────────────────────────────────────────────────────────────

L = "2026-AY-0001"


@pytest.mark.clauses("E-02")
def test_a_lead_that_is_filed_becomes_a_case_that_knows_what_it_knew(tmp_path: Path) -> None:
    from tests.stories.bureau import approvals
    from tests.stories.cases import S01

    bureau = Bureau(tmp_path, "2026-07-09")
    party = {k: v for k, v in S01["party"].items() if k != "licences"}
    filed(bureau, p.lead(party=party), p.inspection(L), p.questioning(L), p.order(L))
    order = bureau.documents(L)["D-08"]["number"]
    filed(bureau, p.filing(L))
    opening = changed(S01, matter=L, case__filed_on=None, party=None, officers=None, correct__order_no=order)
    (early,) = bureau.on("2026-07-16").take(opening)
    assert {f.code for f in early.findings} == {"E-NOT-FILED"}
    steps = (("部门负责人", "钱承宇", "同意", "2026-07-10"), ("负责人", "郑怀瑾", "同意", "2026-07-10"))
    filed(bureau, approvals(L, code_of(bureau, "D-10", L), *steps))
    (outcome,) = bureau.take(opening)
    assert (outcome.outcome, outcome.id) == ("filed", M), outcome.findings
    shown = bureau.show(M)
    assert shown["facts"]["case.lead"] == L and shown["facts"]["case.filed_on"] == "2026-07-10"
    assert shown["party"] == "朔州市星屿网咖有限公司"
    assert bureau.show(L)["state"] == "closed"
    assert bureau.show(L)["events"][-1]["data"] == {"case": "朔区文旅立字〔2026〕1号"}
    kept = {m["code"] for m in shown["missing"] if m["kind"] == "document"}
    assert not {"D-39", "D-10", "D-38", "D-38b", "D-08"} & kept, "they stand in the lead's file"
    assert not {"D-39", "D-10", "D-38", "D-08"} & set(bureau.documents(M)), "and are made once"
    index = bureau.text(bureau.documents(M)["D-36"]["path"])
    assert f"存于{L}" in index and order in index
    (again,) = bureau.take(changed(opening, form_id="F-again", case__channel="线上", case__separate=True))
    assert {f.code for f in again.findings} == {"E-MATTER-CLOSED"}
    assert bureau.audited() == []


def test_a_lead_that_is_not_filed_ends_there_and_keeps_its_number(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-09")
    named = {**p.lead()["lead"], "channel": "投诉举报", "informant": "高小明"}
    filed(bureau, p.lead(party={"kind": "企业", "name": "朔州市星屿网咖有限公司"}, lead=named), p.reading(L))
    assert bureau.due()["阅批件退回（办结）（1）"]["due_on"] == "2026-07-13"
    (bare,) = bureau.take(p.filing(L, "不予立案"))
    assert {f.code for f in bare.findings} == {"E-FILING"}
    filed(bureau, p.filing(L, "不予立案", ground="没有违法事实", reason="标志在检查前已经悬挂"))
    agreed(bureau.on("2026-07-10"), L, code_of(bureau, "D-10", L), "2026-07-10")
    assert bureau.show(L)["state"] == "open", "whoever gave a name is told first"
    assert bureau.due()["答复举报人处理结果（本局自定五个工作日）"]["due_on"] == "2026-07-17"
    (silent,) = bureau.take(p.reply(L, "2026-07-10", told=None))
    assert {f.code for f in silent.findings} == {"E-REPLY"}
    filed(bureau.on("2026-07-13"), p.reply(L, "2026-07-13"))
    shown = bureau.show(L)
    assert shown["state"] == "not_filed" and shown["case"] is None
    papers = bureau.documents(L)
    assert papers["D-39"]["number"] == "朔区文旅线〔2026〕1号"
    assert "高小明：" in bureau.text(papers["D-46"]["path"]) and papers["D-53"]["state"] == "issued"
    index = bureau.text(papers["D-36"]["path"])
    assert "密封件" in index and "高小明" not in index
    text = bureau.text(papers["D-10"]["path"])
    assert "不予立案审批表" in text and "没有违法事实" in text and "√不予立案" in text
    assert bureau.audited() == []


def test_who_is_let_off_before_a_case_is_taught_and_only_then_the_lead_ends(tmp_path: Path) -> None:
    """行政处罚法 art 33 para 3 holds of 不予立案 too: D-15b, after D-10 was approved, and not before."""
    bureau = Bureau(tmp_path, "2026-07-09")
    filed(bureau, p.lead(party={"kind": "企业", "name": "朔州市星屿网咖有限公司"}))
    let_off = p.filing(L, "不予立案", ground="轻微并及时改正，没有造成危害后果", reason="标志当场重新悬挂")
    (untaught,) = bureau.take(let_off)
    assert {f.code for f in untaught.findings} == {"E-FILING"}
    tolerated = p.filing(L, "不予立案", ground="轻微并及时改正，没有造成危害后果", reason="该户在包容期内，予以容错")
    content = {"law_points": "未成年人禁入标志应当保持完好", "keep_compliance": "每日营业前检查标志"}
    (tolerance,) = bureau.take({**tolerated, "edu": content})
    assert {f.code for f in tolerance.findings} == {"E-FILING"} and "包容期" in bureau.notes()
    filed(bureau, {**let_off, "edu": content})
    taught = {"dt": "2026-07-13T10:00:00+08:00", "place": "示例街1号", "by": ["赵明远", "孙立群"], "to": "田野禾"}
    agreed(bureau.on("2026-07-13"), L, code_of(bureau, "D-10", L), "2026-07-13")
    assert bureau.show(L)["state"] == "open" and "D-15b" in {m["code"] for m in bureau.show(L)["missing"]}
    (early,) = bureau.take({"form": "送达情况表", "matter": L, "edu": {**taught, "dt": "2026-07-12T10:00:00+08:00"}})
    assert {f.code for f in early.findings} == {"E-DATE-ORDER"}
    filed(bureau, {"form": "送达情况表", "matter": L, "edu": taught})
    record = bureau.documents(L)["D-15b"]
    text = bureau.text(record["path"])
    assert (record["state"], record["dated"]) == ("issued", "2026-07-13")
    assert "决定不予立案（轻微并及时改正，没有造成危害后果），现依据《中华人民共和国行政处罚法》第三十三条第三款" in text
    assert bureau.show(L)["state"] == "not_filed" and bureau.audited() == []


def test_a_lead_that_is_not_ours_is_handed_over_before_any_case(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-09")
    filed(bureau, p.lead())
    filed(bureau, p.inspection(L), transfer(L, "2026-07-09"))
    agreed(bureau.on("2026-07-10"), L, code_of(bureau, "D-18", L), "2026-07-10")
    assert bureau.show(L)["state"] == "transferred"
