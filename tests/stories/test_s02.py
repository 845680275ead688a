"""S02: a first offence with minor harm: discretion, its reasons, and what happens when it is not the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.bureau import Bureau, approvals
from tests.stories.cases import S02, changed

M = "2026-LA-0001"


@pytest.mark.clauses("G-03", "C-00")
def test_a_first_offence_with_reasons_is_not_punished(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    (outcome,) = bureau.take(S02)
    assert outcome.outcome == "filed", outcome.findings
    explained = bureau.explain()
    assert explained["DR-10"]["status"] == "unmet"  # harm is minor, not none
    assert (explained["DR-11"]["status"], explained["DR-11"]["force"]) == ("fired", "may")
    bureau.on("2026-08-20").take(
        approvals(
            M, bureau.code(),
            ("部门负责人", "钱承宇", "同意", "2026-08-17"),
            ("法制审核", "吴思远", "同意", "2026-08-18"),
            ("负责人", "郑怀瑾", "同意", "2026-08-20"),
        )
    )  # fmt: skip
    text = bureau.text(bureau.documents()["D-13"]["path"])
    assert "（一）经2026年8月6日查询国家企业信用信息公示系统（山西）和本机关案件台账，当事人系初次违法" in text
    assert "（二）危害后果轻微，仅有一起投诉，已经和解，没有造成损失" in text
    assert "（三）当事人已于2026年8月5日按照《责令改正通知书》（朔区文旅责改字〔2026〕11号）的要求改正" in text
    assert "违法行为轻微，" not in text and "没有造成危害后果" not in text  # the elements of the other ground
    assert "经营者：柏舟" in text and "公民身份号码：140602190001010013" in text
    assert "根据投诉举报" in text
    assert bureau.audited() == []


def test_an_earlier_offence_leads_to_the_ordinary_procedure(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    (outcome,) = bureau.take(changed(S02, no_penalty__first_offence=False, no_penalty__ground=None))
    assert outcome.outcome == "filed", outcome.findings
    explained = bureau.explain()
    assert explained["DR-11"]["status"] == "unmet"
    assert explained["DR-18"]["status"] == "fired"
    assert explained["DR-19"]["status"] != "fired"
    assert "D-13" not in bureau.documents()
    assert "D-17" in {m["code"] for m in explained["missing"]}
    (slip,) = (tmp_path / "inbox" / "回执").glob("*.txt")
    assert "D-17 行政处罚决定书（待审批）" in slip.read_text(encoding="utf-8-sig")


def test_our_own_ledger_contradicts_a_claimed_first_offence(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    test_a_first_offence_with_reasons_is_not_punished(tmp_path)
    again = changed(
        S02, case__act_began_on="2026-10-12", case__found_on="2026-10-12", case__discovered_on="2026-10-12",
        case__filed_on="2026-10-13", fact__time="2026-10-12T20:30:00+08:00", submitted_at="2026-10-20T10:00:00+08:00",
        correct__required_on="2026-10-12", correct__deadline="2026-10-15", correct__done_on="2026-10-14",
        correct__order_served_on="2026-10-12", correct__rechecked_on="2026-10-19", no_penalty__query__on="2026-10-13",
    )  # fmt: skip
    (outcome,) = bureau.on("2026-10-20").take(again)
    assert outcome.outcome == "filed", outcome.findings
    explained = bureau.explain("2026-LA-0002")
    assert explained["DR-11"]["status"] == "unmet" and explained["DR-18"]["status"] == "fired"


def test_discretion_waits_for_the_handlers_reasons(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    bureau.take(changed(S02, no_penalty__reason=None))
    explained = bureau.explain()
    assert explained["DR-11"]["status"] == "unknown"
    assert explained["DR-18"]["status"] == "outranked"
    assert {"no_penalty.reason"} <= {m["name"] for m in explained["missing"]}
    assert not [d for d in bureau.show()["documents"] if d["state"] == "draft"]
    answer = {"form": "案件登记表", "matter": M, "no_penalty.reason": "初次违法，危害后果轻微，已在期限内改正"}
    (outcome,) = bureau.take(answer)
    assert outcome.outcome == "filed", outcome.findings
    assert bureau.explain()["DR-11"]["status"] == "fired" and "D-13" in bureau.documents()


def test_something_else_proposed_with_reasons_lets_the_ladder_go_on(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    bureau.take(changed(S02, measure_requested="行政处罚", no_penalty__reason="曾口头提醒仍不改正，建议警告"))
    explained = bureau.explain()
    assert explained["DR-11"]["status"] == "unmet" and explained["DR-18"]["status"] == "fired"


# ── flow (j): an act of 2021, decided now ─────────────────────────────────────────────────────────────

OLD = {
    "case__act_began_on": "2021-06-10", "case__found_on": "2023-05-08", "case__discovered_on": "2023-05-08",
    "case__filed_on": "2026-08-05", "fact__time": "2023-05-08T20:30:00+08:00",
    "correct__required_on": "2023-05-08", "correct__deadline": "2023-05-12", "correct__order_served_on": "2023-05-08",
    "correct__done_on": "2023-05-10", "correct__rechecked_on": "2023-05-15",
}  # fmt: skip


@pytest.mark.clauses("Z-02")
def test_an_act_of_2021_is_judged_by_the_law_of_2017(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    (outcome,) = bureau.take(changed(S02, **OLD, harm__level="无", no_penalty__ground="33-1前"))
    assert outcome.outcome == "filed", outcome.findings
    explained = bureau.explain()
    assert explained["DR-10-2017"]["status"] == "fired" and "DR-10" not in explained
    assert "行政处罚法2017#27.2" in explained["DR-10-2017"]["basis"]
    text = bureau.text(bureau.documents()["D-13"]["path"])
    assert "依据2017年修正的《中华人民共和国行政处罚法》第二十七条第二款" in text
    assert "第三十三条第一款" not in text


@pytest.mark.clauses("Z-02")
def test_a_newer_lighter_rule_judges_the_old_act_too(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    (outcome,) = bureau.take(changed(S02, **OLD))
    assert outcome.outcome == "filed", outcome.findings
    explained = bureau.explain()
    assert explained["DR-10-2017"]["status"] == "unmet"
    assert explained["DR-11"]["status"] == "fired"
    text = bureau.text(bureau.documents()["D-13"]["path"])
    assert "《中华人民共和国行政处罚法》第三十七条、第三十三条第一款、第五十七条第一款第二项" in text


def test_a_text_of_the_law_cannot_be_cited_for_an_act_before_it(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    (outcome,) = bureau.take(changed(S02, **{**OLD, "case__act_began_on": "2020-11-28"}))
    assert outcome.outcome == "returned"
    assert "E-LAW-DATE" in {f.code for f in outcome.findings}
    assert "娱乐场所管理条例" in bureau.notes() and "2020年11月28日" in bureau.notes()


def test_a_difference_between_form_and_policy_is_shown_to_clerk_and_approver(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    (outcome,) = bureau.take(changed(S02, measure_requested="行政处罚", harm__level="无", no_penalty__ground="33-1前"))
    assert (outcome.outcome, {f.code for f in outcome.findings}) == ("filed", {"W-MEASURE"})
    assert bureau.explain()["DR-10"]["status"] == "fired"  # must, whatever was asked for
    assert "表单拟采取行政处罚，与规则得出的不予行政处罚（轻微、及时改正、没有危害后果）不一致" in bureau.text(
        bureau.documents()["D-12"]["path"]
    )
    (slip,) = (tmp_path / "inbox" / "回执").glob("*.txt")
    assert "两者不同；由审批人决定" in slip.read_text(encoding="utf-8-sig")


def test_a_ground_that_the_policy_does_not_share_is_shown(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    (outcome,) = bureau.take(changed(S02, harm__level="无"))
    assert {f.code for f in outcome.findings} == {"W-GROUND"}
    assert "表单拟采取不予行政处罚（33-1后）" in bureau.text(bureau.documents()["D-12"]["path"])
