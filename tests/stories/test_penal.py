"""S02 to its end, S04, S06, S16 and the penalty on the spot: what the law allows, demands and forbids."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.stories.bureau import Bureau
from tests.stories.cases import S02, changed
from tests.stories.penal import S03, agreed, code_of, penalty, service
from tests.stories.procedure import OFFICERS
from tests.stories.test_s01_file import filed

M = "2026-LA-0001"


def codes(outcome: Any) -> set[str]:
    return {f.code for f in outcome.findings if f.severity == "error"}


def to_the_decision(bureau: Bureau, form: dict[str, Any], receiver: str = "当事人") -> str:
    """From the proposal to the decision, with the notice served between; the text of the decision."""
    filed(bureau.on("2026-08-28"), form)
    agreed(bureau.on("2026-08-31"), M, code_of(bureau, "D-17b"), "2026-08-31")
    filed(bureau, service(M, "D-17b", "2026-08-31", receiver))
    agreed(bureau.on("2026-09-14"), M, code_of(bureau, "D-17"), "2026-09-14")
    return bureau.text(bureau.documents()["D-17"]["path"])


WARNING = {"kinds": ["警告"], "fine": None, "gains": None, "depth": "一般", "circumstances": [], "correction": None, "publish": False}


def test_s02_a_second_offence_is_warned(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    filed(bureau, changed(S02, no_penalty__first_offence=False, no_penalty__ground=None, measure_requested="行政处罚"))
    text = to_the_decision(bureau, penalty(M, "2026-08-28", **WARNING))
    assert "本机关决定对当事人作出如下行政处罚：\n警告。" in text
    assert "罚款" not in text.split("作出如下行政处罚：")[1].split("申请行政复议")[0]
    papers = bureau.documents()
    assert "D-16" not in papers and papers["D-14"]["state"] == "issued"
    filed(bureau.on("2026-09-15"), service(M, "D-17", "2026-09-15", "柏舟"))
    assert "当事人缴纳罚没款" not in bureau.due()
    with bureau.open() as office:
        past = office.ledger.history("U:92140602MAXX0055XG", "").past
    assert [(one.measure, one.decided_on.isoformat()) for one in past] == [("penalty", "2026-09-14")]
    assert bureau.audited() == []


S04 = changed(
    S03, form_id="F-S04", measure_requested="行政处罚",
    case={"title": "远行者户外俱乐部未经许可经营旅行社业务案", "act": "未经许可经营旅行社业务", "source": "网络巡查", "industry": "旅行社",
          "channel": "线上", "found_on": "2026-07-01", "discovered_on": "2026-07-01", "discovered_by": "本机关", "filed_on": "2026-07-06",
          "act_began_on": "2026-05-01", "act_ended_on": "2026-06-28"},
    party={"kind": "个体工商户", "name": "朔州市朔城区远行者户外俱乐部", "uscc": "92140602MAXX008834", "legal_rep": "霍然", "legal_rep_title": "经营者",
           "legal_rep_id_no": "140602190001010013", "address": "山西省朔州市朔城区示例街4号", "phone": "13800138004"},
    fact={"summary": "通过网络群组织收费包价旅游六次，收取款项32000元。", "place": "山西省朔州市朔城区示例街4号", "time": "2026-07-02T10:00:00+08:00"},
    law={"violated": [{"law": "旅游法", "article": 28}],
         "penalty": [{"law": "旅游法", "article": 95, "para": 1, "range": "责令改正，没收违法所得，并处一万元以上十万元以下罚款"},
                     {"law": "旅行社条例", "article": 46, "range": "责令改正，没收违法所得，并处10万元以上50万元以下的罚款"}],
         "statutory_range": "责令改正，没收违法所得，并处一万元以上十万元以下罚款（旅游法）；并处10万元以上50万元以下的罚款（旅行社条例，下位法）"},
    harm={"level": "一般", "classes": [], "reason": "没有投诉"},
    correct={"done_on": "2026-07-10", "how": "自行", "rechecked_on": "2026-07-20", "rechecked_by": ["赵明远", "孙立群"], "remaining": []},
    unlicensed={"acting": True, "able": True, "willing": False},
)  # fmt: skip


@pytest.mark.clauses("G-08", "G-10")
def test_s04_business_without_a_licence_is_punished_not_shut_down(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-24")
    filed(bureau, S04)
    explained = bureau.explain()
    assert (explained["DR-18"]["status"], explained["DR-31"]["status"]) == ("fired", "unmet"), "旅游法 art 95 names no 取缔"
    said = {"kinds": ["罚款", "没收违法所得"], "fine": "15000", "gains": "32000", "depth": "一般", "circumstances": []}
    (low,) = bureau.on("2026-08-28").take(penalty(M, "2026-08-28", **{**said, "fine": "8000"}))
    assert codes(low) == {"E-RANGE"}, "below the lowest of the floors it is 减轻"
    (high,) = bureau.take(penalty(M, "2026-08-28", **{**said, "fine": "600000"}))
    assert codes(high) == {"E-RANGE"}
    text = to_the_decision(bureau, penalty(M, "2026-08-28", **said))
    assert "没收违法所得人民币32000.00元（大写：叁万贰仟元整）" in text and "取缔" not in text
    assert "行政处罚听证告知书" in bureau.text(bureau.documents()["D-17b"]["path"]), "above the threshold a hearing is offered"


S06 = changed(
    S03, form_id="F-S06", measure_requested="行政处罚",
    case={"title": "云上鼓韵变更演出时间未重新报批案", "act": "变更演出时间、地点未重新报批", "source": "自行申报", "industry": "营业性演出",
          "found_on": "2026-08-01", "discovered_on": "2026-08-01", "discovered_by": "本机关", "filed_on": "2026-08-03",
          "act_began_on": "2026-07-30", "act_ended_on": "2026-07-30"},
    party={"kind": "企业", "name": "山西云上鼓韵演艺有限公司", "uscc": "91140602MAXX00330C", "legal_rep": "温如言", "legal_rep_title": "法定代表人",
           "address": "山西省朔州市朔城区示例街6号", "phone": "13800138006"},
    fact={"summary": "将演出由七月二十八日改为七月三十日并更换场地，未重新报批，八月一日主动说明。", "place": "山西省朔州市朔城区示例街6号",
          "time": "2026-08-02T10:00:00+08:00"},
    law={"violated": [{"law": "营业性演出管理条例", "article": 16, "para": 3}],
         "penalty": [{"law": "营业性演出管理条例", "article": 44, "para": 2, "range": "责令改正，给予警告，可以并处3万元以下的罚款"}],
         "statutory_range": "责令改正，给予警告，可以并处3万元以下的罚款"},
    harm={"level": "轻微", "classes": [], "reason": "少数观众退票，已全部办理"},
    correct={"done_on": "2026-08-04", "how": "自行", "rechecked_on": "2026-08-06", "rechecked_by": ["赵明远", "孙立群"], "remaining": []},
    no_penalty={"gravity": "一般", "reason": "时间、地点同时变更，影响观众", "first_offence": False},
)  # fmt: skip
CONFESSED = [{"no": 1, "ground": "主动供述行政机关尚未掌握的违法行为", "fact": "在本机关知悉前两日书面说明", "proof": "情况说明及收文登记", "verified": True}]


@pytest.mark.clauses("C-00", "C-04")
def test_s06_who_confesses_first_must_be_treated_more_mildly(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-24")
    filed(bureau, S06)
    said = {"kinds": ["警告"], "fine": None, "gains": None, "circumstances": CONFESSED, "publish": False}
    (ordinary,) = bureau.on("2026-08-28").take(penalty(M, "2026-08-28", **{**said, "depth": "一般"}))
    assert codes(ordinary) == {"E-MITIGATE"}
    (reduced,) = bureau.take(penalty(M, "2026-08-28", **{**said, "depth": "减轻"}))
    assert codes(reduced) == {"E-REDUCE"}, "what only may be fined has no floor to go below"
    text = to_the_decision(bureau, penalty(M, "2026-08-28", **{**said, "depth": "从轻"}))
    assert bureau.explain()["DR-15"]["status"] == "fired"
    assert "行政处罚法#32.1.3" in bureau.explain()["DR-15"]["basis"]
    assert "主动供述行政机关尚未掌握的违法行为（在本机关知悉前两日书面说明）" in text
    assert "依照《中华人民共和国行政处罚法》第三十二条第三项的规定，本机关予以从轻处罚" in text
    assert "加处罚款" not in text, "a bare warning asks for no money"


def test_s06_where_it_is_minor_and_harmless_the_way_without_penalty_comes_first(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-24")
    filed(bureau, changed(
        S06, harm={"level": "无", "classes": [], "reason": "没有观众受影响"}, measure_requested="不予行政处罚",
        no_penalty={"gravity": "轻微", "gravity_reason": "仅变更一场演出", "reason": "轻微并及时改正", "first_offence": False},
        edu={"law_points": "变更演出应当重新报批", "keep_compliance": "演出变更前先行报批"},
    ))  # fmt: skip
    assert bureau.explain()["DR-10"]["status"] == "fired" and "D-13" in bureau.documents()
    (both,) = bureau.on("2026-08-28").take(penalty(M, "2026-08-28", kinds=["警告"], fine=None, gains=None, circumstances=CONFESSED))
    assert codes(both) == {"E-NP-PENALTY"}, "不予处罚 and 警告 exclude each other"


S16 = changed(
    S06, form_id="F-S16",
    case={"title": "个体演员未备案案", "act": "领取营业执照后未在规定期限内备案", "source": "日常检查", "industry": "营业性演出",
          "found_on": "2026-04-10", "discovered_on": "2026-04-10", "discovered_by": "本机关", "filed_on": "2026-08-03",
          "act_began_on": "2026-03-24", "act_ended_on": "2026-04-10"},
    party={"kind": "自然人", "name": "顾小北", "gender": "男", "birth": "2008-06-01", "id_type": "护照", "id_no": "E00000000", "guardian": "顾知秋",
           "address": "山西省朔州市朔城区示例街16号", "phone": "13800138016"},
    fact={"summary": "取得营业执照后未在二十日内备案，期间从事营业性演出。", "place": "山西省朔州市朔城区示例街16号", "time": "2026-04-10T10:00:00+08:00"},
    law={"violated": [{"law": "营业性演出管理条例", "article": 9, "para": 2}],
         "penalty": [{"law": "营业性演出管理条例", "article": 50, "para": 2, "range": "责令改正，给予警告，并处5000元以上1万元以下的罚款"}],
         "statutory_range": "责令改正，给予警告，并处5000元以上1万元以下的罚款"},
)  # fmt: skip


def test_s16_a_young_party_is_treated_more_mildly_and_its_guardian_is_named(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-24")
    filed(bureau, S16)
    assert bureau.explain()["DR-17"]["status"] == "fired"
    said = {"kinds": ["警告", "罚款"], "gains": None, "circumstances": [], "publish": False}
    (ordinary,) = bureau.on("2026-08-28").take(penalty(M, "2026-08-28", **{**said, "fine": "6000", "depth": "一般"}))
    assert codes(ordinary) == {"E-MITIGATE"}
    (lighter,) = bureau.take(penalty(M, "2026-08-28", **{**said, "fine": "2000", "depth": "从轻"}))
    assert codes(lighter) == {"E-RANGE"}, "below the floor it is 减轻"
    (ticked,) = bureau.take(penalty(M, "2026-08-28", **{**said, "fine": "2000", "depth": "减轻", "publish": True}))
    assert ticked.outcome == "filed" and "W-PUBLICITY" in {f.code for f in ticked.findings}, "nothing of a minor is shown"
    steps = agreed(bureau.on("2026-08-31"), M, code_of(bureau, "D-17b"), "2026-08-31")
    assert "集体讨论" in steps
    text = bureau.text(bureau.documents()["D-17b"]["path"])
    assert "顾小北" in text and "监护人：顾知秋" in text
    assert "当事人出生于2008年6月1日，实施上述行为时已满十四周岁不满十八周岁。" in text
    assert "依照《中华人民共和国行政处罚法》第三十条的规定，本机关认为应当予以减轻处罚" in text
    filed(bureau, service(M, "D-17b", "2026-08-31", "顾小北"))
    agreed(bureau.on("2026-09-14"), M, code_of(bureau, "D-17"), "2026-09-14")
    decision = bureau.text(bureau.documents()["D-17"]["path"])
    assert "第三十条的规定，本机关予以减轻处罚" in decision and "公示" not in decision
    assert not any("顾小北" in path.name for path in (tmp_path / "outbox").rglob("*"))
    without = changed(S16, party__guardian=None, form_id="F-S16b", case__separate=True)
    (outcome,) = bureau.take(without)
    assert codes(outcome) == {"E-PARTY"}


# ── on the spot ───────────────────────────────────────────────────────────────────────────────────────

SPOT: dict[str, Any] = {
    "form": "当场处罚表", "submitted_at": "2026-08-20T17:00:00+08:00", "unit": "文化市场综合行政执法大队",
    "case": {"industry": "娱乐场所", "act": "营业期间从业人员未佩带工作标志", "act_began_on": "2026-08-20"}, "party": {k: v for k, v in S02["party"].items() if k != "licences"},
    "officers": OFFICERS, "law": {k: S02["law"][k] for k in ("violated", "penalty")},
    "spot": {"on": "2026-08-20 15:30", "told": "拟给予警告的事实、理由和依据", "said": "", "reported_on": "2026-08-21"},
    "fact": {"place": "山西省朔州市朔城区示例街5号"}, "penalty": {"kinds": ["警告"]}, "service_plan": {"electronic": False},
}  # fmt: skip


def test_a_penalty_on_the_spot_needs_no_case_and_sends_to_reconsideration_first(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-21")
    (outcome,) = bureau.take(SPOT)
    assert (outcome.outcome, outcome.id, outcome.case) == ("filed", "2026-AY-0001", ""), outcome.findings
    (decision,) = [d for d in bureau.show("2026-AY-0001")["documents"] if d["code"] == "D-17s"]
    assert (decision["number"], decision["dated"]) == ("朔区文旅当罚字〔2026〕1号", "2026-08-20")
    text = bureau.text(decision["path"])
    assert "应当先自收到本决定书之日起六十日内向朔州市朔城区人民政府申请行政复议" in text
    assert "十五日内依法向朔州市朔城区人民法院提起行政诉讼" in text and "也可以" not in text
    assert "第五十一条、第五十二条" in text and "经营者：柏舟" in text
    assert bureau.show("2026-AY-0001")["state"] == "closed", "reported, and nothing to be paid"
    assert bureau.audited() == []


@pytest.mark.parametrize(
    ("kind", "fine", "allowed"),
    [("个体工商户", "200", True), ("个体工商户", "200.01", False), ("企业", "3000", True), ("企业", "3000.01", False)],
)
def test_the_limits_of_the_penalty_on_the_spot(kind: str, fine: str, allowed: bool, tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-21")
    party = {**SPOT["party"], "kind": kind, **({"uscc": "91140602MAXX002268"} if kind == "企业" else {})}
    (outcome,) = bureau.take({**SPOT, "party": party, "penalty": {"kinds": ["警告", "罚款"], "fine": fine}})
    assert (outcome.outcome == "filed") is allowed, outcome.findings
    assert allowed or codes(outcome) == {"E-SPOT"}
