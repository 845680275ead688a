"""Credit commitments in their types: S02 after a correction, S06 on one's own, S12 for repair; voluntary, without waivers."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.stories.bureau import Bureau
from tests.stories.cases import S02
from tests.stories.test_s11 import ADVICE, HEAD

CASE, M = "2026-LA-0001", "2026-ZD-0001"
CORRECTION: dict[str, Any] = {
    "no": 1, "kind": "整改型", "industry": "娱乐场所", "licences": "娱乐经营许可证", "issues": "从业人员未统一着装并佩带工作标志",
    "done_on": "2026-08-05", "corrections": "全体从业人员统一着装、佩带工作标志", "self_rules": "岗前着装检查制度",
    "sector_duty": "消费者投诉处理", "publicity_period": "六个月", "prepared_on": "2026-08-10",
}  # fmt: skip
SHOW = {"kind": "企业", "name": "山西云上鼓韵演艺有限公司", "uscc": "91140602MAXX00330C", "legal_rep": "何其乐",
        "legal_rep_title": "法定代表人", "address": "山西省朔州市朔城区示例街6号", "phone": "13800138006"}  # fmt: skip
TRAVEL = {"kind": "企业", "name": "朔州市雁门假期旅行社有限公司", "uscc": "91140602MAXX00998D", "legal_rep": "关山月",
          "legal_rep_title": "法定代表人", "address": "山西省朔州市朔城区示例街12号", "phone": "13800138012"}  # fmt: skip
REPAIR: dict[str, Any] = {
    "no": 1, "kind": "信用修复型", "industry": "旅行社", "licences": "旅行社业务经营许可证", "issues": "未与旅游者签订书面合同",
    "done_on": "2026-05-18", "corrections": "与每名旅游者签订书面合同", "self_rules": "合同复核制度", "sector_duty": "旅游者安全",
    "publicity": "同意", "publicity_period": "一年", "item_doc_no": "朔区文旅罚字〔2026〕4号",
    "item_org": "朔州市朔城区文化和旅游局", "item_on": "2026-05-06", "item_class": "一般",
    "duties_done": "罚款已于2026年5月18日缴清", "prepared_on": "2026-09-22",
}  # fmt: skip


def promise(matter: str, item: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"form": "信用承诺情况表", "matter": matter, "commitments": [{**item, **changes}]}


def guidance(bureau: Bureau, party: dict[str, str]) -> None:
    """An advice to this party: a matter that a promise can join."""
    advice = {**copy.deepcopy(ADVICE), **HEAD, "party": party}
    (outcome,) = bureau.take(advice)
    assert outcome.outcome == "filed", outcome.findings


def letter(bureau: Bureau, matter: str) -> str:
    (path,) = [d["path"] for d in bureau.show(matter)["documents"] if d["code"] == "D-11"]
    return bureau.text(path)


def test_s02_promises_beside_its_case_and_nothing_hangs_on_it(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    bureau.take(S02)
    code = bureau.code(CASE)
    (outcome,) = bureau.take(promise(CASE, CORRECTION))
    assert outcome.outcome == "filed", outcome.findings
    assert [(d["code"], d["number"]) for d in outcome.documents] == [("D-11", "朔区文旅信诺〔2026〕1号")]
    text = letter(bureau, CASE)
    for words in ("√整改型", "是否签署不影响行政机关依法作出不予行政处罚的决定", "已于2026年8月5日完成整改", "□同意　□不同意"):
        assert words in text, words
    assert bureau.code(CASE) == code  # the drafts of the decision stand as they stood
    assert bureau.audited() == []


def test_consent_to_publicity_stands_apart_from_the_promises(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    bureau.take(S02, promise(CASE, CORRECTION, publicity="不同意"))
    text = letter(bureau, CASE)
    promises, _, consent = text.partition("公示意见（单独填写）：")
    assert "公示" not in promises.partition("郑重承诺如下：")[2]
    assert "□同意　√不同意" in consent
    assert "对公开个人姓名：□单独同意　□不同意" in consent  # an operator's own name is asked about apart (art 25)


def test_s06_promises_of_its_own_accord_without_any_violation_named(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    guidance(bureau, SHOW)
    own = {k: v for k, v in CORRECTION.items() if k not in ("issues", "done_on", "corrections")}
    (outcome,) = bureau.take(promise(M, own, kind="主动型", industry="营业性演出", licences="营业性演出许可证"))
    assert outcome.outcome == "filed", outcome.findings
    text = letter(bureau, M)
    assert "√主动型" in text and "三、建立岗前着装检查制度，防止问题发生。" in text
    assert "不予行政处罚的决定" not in text and "失信信息：" not in text
    assert "对公开个人姓名" not in text  # a company has no name of a person to publish


def test_a_commitment_for_licensing_by_promise_has_its_own_type(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    guidance(bureau, SHOW)
    own = {k: v for k, v in CORRECTION.items() if k not in ("issues", "done_on", "corrections")}
    (outcome,) = bureau.take(promise(M, own, kind="告知承诺型"))
    assert outcome.outcome == "filed", outcome.findings
    assert "√告知承诺型" in letter(bureau, M)


def test_s12_promises_both_things_that_repair_asks_for(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-22").numbered_by_hand("罚", 4)
    guidance(bureau, TRAVEL)
    (outcome,) = bureau.take(promise(M, REPAIR, truthful=True, liable=True))
    assert outcome.outcome == "filed", outcome.findings
    text = letter(bureau, M)
    for words in (
        "失信信息：朔区文旅罚字〔2026〕4号（认定单位：朔州市朔城区文化和旅游局，认定日期：2026年5月6日，类别：一般）",
        "已履行义务情况：罚款已于2026年5月18日缴清（证明材料附后）",
        "本次信用修复申请提交的材料真实有效",
        "愿意承担违反承诺的相应责任",
        "不同意公开的，不符合《信用修复管理办法》第十四条第三项规定的条件",
    ):
        assert words in text, words


@pytest.mark.parametrize("changes", [
    {"truthful": False, "liable": True}, {"truthful": True, "liable": False}, {"duties_done": None}, {"item_doc_no": None},
])  # fmt: skip
def test_a_repair_commitment_without_what_art_14_asks_comes_back(tmp_path: Path, changes: dict[str, Any]) -> None:
    bureau = Bureau(tmp_path, "2026-09-22").numbered_by_hand("罚", 4)
    guidance(bureau, TRAVEL)
    (outcome,) = bureau.take(promise(M, REPAIR, **changes))
    assert outcome.outcome == "returned"
    assert {f.code for f in outcome.findings if f.severity == "error"} == {"E-COMMIT"}
    assert "D-11" not in bureau.documents(M)


def test_a_refused_publicity_is_said_and_never_passed_over(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-22").numbered_by_hand("罚", 4)
    guidance(bureau, TRAVEL)
    (outcome,) = bureau.take(promise(M, REPAIR, publicity="不同意"))
    assert outcome.outcome == "filed"
    assert [f.code for f in outcome.findings] == ["W-COMMIT-PUBLIC"]
    assert "□同意　√不同意" in letter(bureau, M)


@pytest.mark.parametrize(("field", "words"), [
    ("corrections", "统一着装，并自愿放弃陈述、申辩的权利"),
    ("self_rules", "岗前检查制度，再次违反的愿意接受任何处罚"),
    ("self_rules", "如有违反甘愿受罚，向文旅局支付违约金5000元"),
    ("sector_duty", "投诉处理，不申请行政复议、不提起行政诉讼"),
    ("issues", "未佩带工作标志，自愿缴纳保证金五千元"),
])  # fmt: skip
def test_a_commitment_that_waives_a_right_or_promises_money_comes_back(tmp_path: Path, field: str, words: str) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    bureau.take(S02)
    (outcome,) = bureau.take(promise(CASE, CORRECTION, **{field: words}))
    assert outcome.outcome == "returned"
    (finding,) = outcome.findings
    assert (finding.code, finding.field) == ("E-COMMIT", f"commitments.{field}")
    assert "不得放弃" in finding.message and finding.found.strip("…") in words


def test_consent_to_publicity_inside_the_promises_comes_back(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    bureau.take(S02)
    (outcome,) = bureau.take(promise(CASE, CORRECTION, self_rules="岗前着装检查制度，并同意将本承诺书向社会公示"))
    (finding,) = outcome.findings
    assert (finding.code, finding.field) == ("E-COMMIT", "commitments.self_rules") and "单独" in finding.message
    assert bureau.take(promise(CASE, CORRECTION, self_rules="收费标准公示制度、意见公开答复制度"))[0].outcome == "filed"


@pytest.mark.parametrize("field", ["self_rules", "sector_duty"])
def test_none_where_a_promise_belongs_is_told_at_its_cell_and_never_the_offices_fault(tmp_path: Path, field: str) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    bureau.take(S02)
    (outcome,) = bureau.take(promise(CASE, CORRECTION, **{field: "无"}))
    assert (outcome.outcome, [(f.code, f.field) for f in outcome.findings]) == (
        "returned", [("E-DOC-FACT", f"commitments.{field}")]
    )  # fmt: skip
