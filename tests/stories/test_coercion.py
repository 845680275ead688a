"""Evidence kept, goods seized and given back, an unlicensed business shut down: only where the statute says so, and in time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.stories import procedure as p
from tests.stories.bureau import Bureau
from tests.stories.cases import changed
from tests.stories.penal import S03, agreed, code_of
from tests.stories.test_s01_file import filed

M = "2026-LA-0001"
Form = dict[str, Any]
CAFE = changed(
    S03, form_id="F-CAFE", submitted_at="2026-07-20T10:00:00+08:00",
    case={**S03["case"], "title": "极昼网络擅自经营互联网上网服务案", "act": "未经许可擅自从事互联网上网服务经营活动", "source": "日常检查",
          "discovered_by": "本机关"},
    unlicensed={"acting": True, "able": False, "willing": False},
    harm={"level": "一般", "classes": [], "reason": "无证经营三个月"},
    law={"violated": [{"law": "互联网上网服务营业场所管理条例", "article": 27}],
         "penalty": [{"law": "互联网上网服务营业场所管理条例", "article": 27, "range": "没收违法所得，并处1万元以上5万元以下的罚款"}],
         "statutory_range": "没收违法所得，并处1万元以上5万元以下的罚款"},
    party={**S03["party"], "licences": []}, correct=None,
    no_penalty={**S03["no_penalty"], "query": {**S03["no_penalty"]["query"], "on": "2026-07-20"}},
)  # fmt: skip


def seized(**answers: Any) -> Form:
    """证据保存和查封扣押表: twenty machines seized with the leave of the chief."""
    row = {
        "no": 1, "mode": "扣押", "reason": "擅自从事互联网上网服务经营活动", "law": "互联网上网服务营业场所管理条例", "article": 27,
        "on": "2026-07-20", "to": "2026-08-18", "place": "山西省朔州市朔城区示例街3号", "by": p.BOTH, "person": "程万里", "urgent": False,
        "approved_by": "郑怀瑾", "approved_on": "2026-07-20",
    }  # fmt: skip
    items = [{"of": 1, "no": 1, "name": "计算机主机", "amount": "20台", "state": "可以运行", "keeper": "本局仓库"}]
    return {"form": "证据保存和查封扣押表", "matter": M, "submitted_at": "2026-07-20T17:00:00+08:00", "officers": p.OFFICERS,
            "seizures": [{**row, **answers}], "seized_items": answers.pop("items", items)}  # fmt: skip


def kept(**answers: Any) -> Form:
    """The same form: the books kept as evidence; nobody has given leave yet."""
    row = {"no": 1, "reason": "账册可能被转移", "on": "2026-07-20", "place": "现场", "by": p.BOTH, "person": "程万里"}
    items = [{"of": 1, "no": 1, "name": "营业账册", "amount": "2本", "state": "完好", "keeper": "本局物证室"}]
    return {"form": "证据保存和查封扣押表", "matter": M, "submitted_at": "2026-07-20T17:30:00+08:00",
            "keepings": [{**row, **answers}], "kept_items": items}  # fmt: skip


def told(bureau: Bureau, form: Form) -> set[str]:
    (outcome,) = bureau.take(form)
    return {f.code for f in outcome.findings if f.severity == "error"}


@pytest.mark.clauses("G-08")
def test_seizure_wants_a_statute_a_term_and_a_list_and_ends_in_time(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-20")
    filed(bureau, CAFE)
    assert told(bureau, seized(law="旅游法", article=95)) == {"E-SEIZE-LAW"}, "that law names no seizure"
    assert told(bureau, seized(to="2026-08-20")) == {"E-SEIZE-LONG"}
    assert told(bureau, {**seized(), "seized_items": []}) == {"E-SEIZE"}
    assert told(bureau, seized(by=["赵明远"], urgent=True)) == {"E-OFFICER-2", "E-SEIZE"}
    filed(bureau, seized(), kept())
    papers = bureau.documents()
    assert (papers["D-19"]["number"], papers["D-19"]["state"]) == ("朔区文旅封字〔2026〕1号", "issued"), "leave was given on paper"
    assert papers["D-19a"]["state"] == "issued" and papers["D-42"]["state"] == "draft", "here it is still to be given"
    agreed(bureau, M, code_of(bureau, "D-42"), "2026-07-20")
    due = bureau.due()
    assert due["作出登记保存物品处理决定（1）"]["due_on"] == "2026-07-29"
    assert due["查封（扣押）期限届满，作出处理决定或者解除（1）"]["due_on"] == "2026-08-18"
    decided = {"decision": "返还", "decision_reason": "已经核对复制", "decided_on": "2026-07-28"}
    later = {**kept(**decided), "kept_items": []}
    filed(bureau.on("2026-07-28"), later)
    agreed(bureau, M, code_of(bureau, "D-42c"), "2026-07-28")
    text = bureau.text(bureau.documents()["D-42c"]["path"])
    assert "朔区文旅存字〔2026〕1号" in text and "解除登记保存，返还当事人。" in text and "1.营业账册，2本。" in text
    assert bureau.due()["作出登记保存物品处理决定（1）"]["met_on"] == "2026-07-28"
    assert told(bureau, p.closing(M, "行政处罚")) >= {"E-CLOSE"}, "what is seized is still to be decided on"
    _kept_longer_and_given_back(bureau)
    assert bureau.audited() == []


def _kept_longer_and_given_back(bureau: Bureau) -> None:
    """D-19b and D-19c of a real seizure: each by the leave of section head and chief, told to the party in writing."""
    row = {"no": 1, "mode": "扣押", "reason": "擅自从事互联网上网服务经营活动"}

    def more(**answers: Any) -> Form:
        return {"form": "证据保存和查封扣押表", "matter": M, "seizures": [{**row, **answers}]}

    assert told(bureau.on("2026-08-14"), more(extended_to="2026-09-18", extension_reason="案情复杂")) == {"E-SEIZE-LONG"}
    filed(bureau, more(extended_to="2026-09-17", extension_reason="案情复杂，尚需鉴定"))
    assert agreed(bureau, M, code_of(bureau, "D-19b"), "2026-08-14") == ["部门负责人", "负责人"]
    text = bureau.text(bureau.documents()["D-19b"]["path"])
    assert "（朔区文旅封字〔2026〕1号）" in text and "决定将扣押期限延长至2026年9月17日" in text
    due = bureau.due()
    assert due["延长的查封（扣押）期限届满，作出处理决定或者解除（1）"]["due_on"] == "2026-09-17"
    ended = {"lift_ground": "已经作出处理决定，不再需要查封、扣押", "lifted_on": "2026-09-10"}
    assert told(bureau.on("2026-09-10"), more(**ended, contraband=True)) == {"E-CONTRABAND"}
    filed(bureau, more(**ended))
    assert agreed(bureau, M, code_of(bureau, "D-19c"), "2026-09-10") == ["部门负责人", "负责人"]
    text = bureau.text(bureau.documents()["D-19c"]["path"])
    assert "决定自2026年9月10日起解除扣押，退还财物" in text and "1.计算机主机，20台" in text
    assert bureau.due()["延长的查封（扣押）期限届满，作出处理决定或者解除（1）"]["met_on"] == "2026-09-10"


@pytest.mark.clauses("G-08")
def test_a_seizure_without_leave_on_paper_waits_for_the_review_and_the_chief(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-20")
    filed(bureau, CAFE)
    filed(bureau, seized(approved_by=None, approved_on=None))
    assert bureau.documents()["D-19"]["state"] == "draft"
    assert agreed(bureau, M, code_of(bureau, "D-19"), "2026-07-20") == ["部门负责人", "法制审核", "负责人"]
    assert bureau.documents()["D-19"]["state"] == "issued"


@pytest.mark.clauses("G-08")
def test_a_business_is_shut_down_by_the_article_that_orders_it(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-20")
    filed(bureau, CAFE)
    assert bureau.explain()["DR-31"]["status"] == "fired"
    agreed(bureau, M, code_of(bureau, "D-19d"), "2026-07-20")
    ban = bureau.documents()["D-19d"]
    text = bureau.text(ban["path"])
    assert ban["number"] == "朔区文旅取字〔2026〕1号"
    assert "依据《互联网上网服务营业场所管理条例》第二十七条的规定，本机关决定：对当事人的上述经营活动予以取缔" in text
    assert bureau.show()["state"] != "decided", "the penalty is still to come"
