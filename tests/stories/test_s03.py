"""S03: two minors in a 网吧: no way out of a penalty; noticed, heard, decided, served, paid, closed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from contexts import text_of
from paperwork.model import Recipe
from paperwork.rendering import render
from tests.stories import procedure as p
from tests.stories.bureau import Bureau
from tests.stories.penal import S03, agreed, code_of, penalty, service
from tests.stories.test_s01_file import filed

M = "2026-LA-0001"


def until_noticed(root: Path, **answers: Any) -> Bureau:
    """The proposal approved and the notice served."""
    bureau = Bureau(root, "2026-08-24")
    filed(bureau, S03)
    filed(bureau.on("2026-08-28"), penalty(M, "2026-08-28", **answers))
    agreed(bureau.on("2026-08-31"), M, code_of(bureau, "D-17b"), "2026-08-31")
    filed(bureau, service(M, "D-17b", "2026-08-31"))
    return bureau


def until_decided(root: Path, **answers: Any) -> Bureau:
    bureau = until_noticed(root, **answers)
    agreed(bureau.on("2026-09-14"), M, code_of(bureau, "D-17"), "2026-09-14")
    return bureau


@pytest.mark.clauses("G-09", "G-12", "E-01", "W-08b")
def test_minors_that_came_in_leave_no_way_out_of_a_penalty(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-24")
    filed(bureau, S03)
    explained = bureau.explain()
    assert explained["DR-30"]["status"] == "fired"
    assert explained["DR-10"]["status"] == explained["DR-11"]["status"] == "unmet"
    assert not {"D-13", "D-17b"} & set(bureau.documents())
    assert {"D-17b", "D-17", "D-21", "D-43"} - {m["code"] for m in explained["missing"]} <= {"D-43", "D-21"}


@pytest.mark.clauses("E-02")
def test_notice_period_decision_service_payment_and_closing(tmp_path: Path) -> None:
    bureau = until_noticed(tmp_path)
    papers = bureau.documents()
    assert (papers["D-17b"]["number"], papers["D-17b"]["dated"]) == ("朔区文旅罚告字〔2026〕1号", "2026-08-31")
    assert {"D-14", "D-16", "D-20"} <= {c for c, d in papers.items() if d["state"] == "issued"}
    notice = bureau.text(papers["D-17b"]["path"])
    assert "1.警告；2.罚款人民币8000.00元（大写：捌仟元整）；3.没收违法所得人民币30.00元（大写：叁拾元整）" in notice
    assert "《中华人民共和国行政处罚法》第四十四条、第四十五条" in notice and "享有陈述和申辩的权利" in notice
    assert bureau.show()["state"] == "for_approval" and "D-17" in papers  # a notice decides nothing
    assert bureau.due()["作出处理决定"]["due_on"] == "2026-10-16", "the ninetieth day is a Sunday"
    code = code_of(bureau, "D-17")
    from tests.stories.bureau import approvals

    (early,) = bureau.on("2026-09-07").take(approvals(M, code, ("负责人", "郑怀瑾", "同意", "2026-09-07")))
    assert {f.code for f in early.findings} == {"E-NOTICE-EARLY"}
    agreed(bureau.on("2026-09-14"), M, code, "2026-09-14")
    decision = bureau.documents()["D-17"]
    assert (decision["number"], decision["dated"]) == ("朔区文旅罚字〔2026〕1号", "2026-09-14")
    text = bureau.text(decision["path"])
    for sentence in (
        "本机关于2026年8月31日向当事人送达《行政处罚事先告知书》（朔区文旅罚告字〔2026〕1号）",
        "当事人在规定的期限内未提出陈述、申辩意见", "主动消除或者减轻危害后果（次日安装人脸核验设备并通知监护人）",
        "本案已经法制审核。本案已经本机关负责人集体讨论。", "十五日内", "每日按罚款数额的百分之三加处罚款", "不停止执行",
        "六十日内向朔州市朔城区人民政府申请行政复议", "信息将依法公示",
        "依照《中华人民共和国行政处罚法》第二十八条第一款的规定，责令当事人改正",
    ):  # fmt: skip
        assert sentence in text, sentence
    filed(bureau.on("2026-09-16"), service(M, "D-17", "2026-09-16"))
    assert bureau.show()["state"] == "served"
    due = bureau.due()
    assert due["送达决定书"]["due_on"] == "2026-09-22"
    assert due["当事人缴纳罚没款"]["due_on"] == "2026-10-08"
    (unpaid,) = bureau.on("2026-09-28").take(p.closing(M, "行政处罚", execution="已缴款"))
    assert "E-CLOSE" in {f.code for f in unpaid.findings}
    filed(bureau, {"form": "缴款情况表", "matter": M, "payments": [{"no": 1, "on": "2026-09-28", "amount": "8030", "receipt_no": "00123"}]})
    filed(bureau, p.closing(M, "行政处罚", execution="已缴款"))
    agreed(bureau.on("2026-09-29"), M, code_of(bureau, "D-40"), "2026-09-29")
    assert bureau.show()["state"] == "closed"
    sheet = bureau.text(bureau.documents()["D-40"]["path"])
    assert "2026年9月28日缴款8030.00元（票据号00123）" in sheet and "朔区文旅罚字〔2026〕1号" in sheet
    assert bureau.audited() == []


def test_what_the_party_said_is_answered_and_makes_nothing_heavier(tmp_path: Path) -> None:
    bureau = until_noticed(tmp_path)
    said = {
        "form": "陈述申辩情况表", "matter": M, "statement": "罚款过重", "statement_review": "罚款在法定幅度以内，不予采纳",
        "defences": [{"no": 1, "on": "2026-09-02", "form": "书面", "person": "程万里", "claims": ["罚款过重"],
                      "review": ["不成立：在法定幅度以内"], "adopted": "不采纳", "reviewer": ["赵明远"]}],
    }  # fmt: skip
    filed(bureau.on("2026-09-02"), said)
    record = bureau.documents()["D-43"]
    assert record["state"] == "issued" and "不成立：在法定幅度以内" in bureau.text(record["path"])
    (heavier,) = bureau.take(penalty(M, "2026-09-02", fine="9000"))
    assert {f.code for f in heavier.findings} == {"E-NOTICE"}
    filed(bureau, penalty(M, "2026-09-02", fine="6000"))
    agreed(bureau.on("2026-09-14"), M, code_of(bureau, "D-17"), "2026-09-14")
    text = bureau.text(bureau.documents()["D-17"]["path"])
    assert "罚款人民币6000.00元（大写：陆仟元整）" in text and "当事人提出陈述、申辩：罚款过重。经复核，罚款在法定幅度以内，不予采纳" in text


def test_a_party_that_waives_its_rights_may_be_decided_on_at_once(tmp_path: Path) -> None:
    bureau = until_noticed(tmp_path)
    filed(bureau.on("2026-09-01"), {"form": "行政处罚建议表", "matter": M, "notice": {"waived_on": "2026-09-01"}})
    agreed(bureau, M, code_of(bureau, "D-17"), "2026-09-01")
    assert "当事人于2026年9月1日书面表示放弃上述权利" in bureau.text(bureau.documents()["D-17"]["path"])


def test_a_heavy_penalty_offers_a_hearing_and_waits_for_it(tmp_path: Path) -> None:
    bureau = until_noticed(tmp_path, fine="25000", kinds=["警告", "罚款", "没收违法所得"])
    notice = bureau.text(bureau.documents()["D-17b"]["path"])
    assert "行政处罚听证告知书" in notice and "要求举行听证的权利" in notice
    asked = {"no": 1, "requested_on": "2026-09-03", "notified_on": "2026-09-04", "when": "2026-09-16 09:00", "where": "本局三楼", "chair": "冯若谷",
             "recorder": "周小满", "public": True}  # fmt: skip

    def hearing(**more: Any) -> dict[str, Any]:
        return {"form": "听证情况表", "matter": M, "hearings": [{**asked, **more}]}

    for wrong, code in ((hearing(chair="赵明远"), "E-HEARING"), (hearing(when="2026-09-10 09:00"), "E-HEARING")):
        (outcome,) = bureau.on("2026-09-04").take(wrong)
        assert {f.code for f in outcome.findings} == {code}
    filed(bureau, hearing())
    assert bureau.documents()["D-44"]["number"] == "朔区文旅听字〔2026〕1号"
    assert "D-17" not in {d["code"] for d in bureau.show()["documents"] if d["state"] == "draft"}, "a hearing that was asked for comes first"
    held = {"held": True, "end": "2026-09-16 10:30", "present": ["程万里", "赵明远", "孙立群"], "officers_said": "陈述了事实、证据和处罚建议",
            "party_said": "请求从轻", "examined": "对现场检查笔录无异议", "opinion": "事实清楚，建议维持拟处罚意见"}  # fmt: skip
    filed(bureau.on("2026-09-17"), {"form": "听证情况表", "matter": M, "hearings": [{"no": 1, "requested_on": "2026-09-03", **held}]})
    assert {"D-44b", "D-44c"} <= set(bureau.documents())
    steps = agreed(bureau.on("2026-09-18"), M, code_of(bureau, "D-17"), "2026-09-18")
    assert steps == ["法制审核", "集体讨论", "负责人"], "after a hearing the review is asked again (art 58)"
    text = bureau.text(bureau.documents()["D-17"]["path"])
    assert "当事人于2026年9月3日要求听证，本机关于2026年9月16日9时0分公开举行听证。当事人在听证中提出：请求从轻。" in text
    assert "也未要求听证" not in text and "建议维持" not in text, "what took place is not denied, what is internal not told"
    assert "未提出陈述、申辩意见。" in text and "根据听证笔录，依照《中华人民共和国行政处罚法》第六十五条的规定" in text
    assert bureau.audited() == []
    _each_end_of_a_hearing_is_told_as_it_was(bureau)


def _each_end_of_a_hearing_is_told_as_it_was(bureau: Bureau) -> None:
    """The same decision with other ends of what the party asked for."""
    (hearing,) = recipe_of(bureau, "D-17").context["hearings"]
    asked = {k: hearing[k] for k in ("no", "requested_on", "notified_on", "when", "public")}
    absent = {**asked, "held": False, "terminated": "无正当理由拒不出席"}
    left = {**asked, "held": True, "party_said": "请求从轻", "terminated": "未经许可中途退出"}
    ended = "视为放弃听证权利，本机关依照《中华人民共和国行政处罚法》第六十四条第六项的规定终止听证。"
    for rows, told, never in (
        ([], "未提出陈述、申辩意见，也未要求听证。", "举行听证"),
        ([{**asked, "withdrawn_on": "2026年9月8日"}], "又于2026年9月8日撤回听证要求，本机关未举行听证。", "公开举行"),
        ([absent], f"通知当事人定于2026年9月16日9时0分举行听证。当事人及其代理人无正当理由拒不出席，{ended}", "公开举行"),
        ([left], f"公开举行听证。当事人在听证中提出：请求从轻。当事人及其代理人未经许可中途退出，{ended}", "听证结束后"),
    ):
        text = again(bureau, "D-17", hearings=rows)
        assert told in text and never not in text, text
        assert not rows or "未要求听证" not in text
    said = {"statement": "罚款过重", "statement_review": "不予采纳"}
    assert "经复核，不予采纳。\n当事人在规定的期限内未要求听证。" in again(bureau, "D-17", hearings=[], **said)
    assert "未提出" not in again(bureau, "D-17", defences=[{"on": "2026年9月2日", "claims": ["过重"], "review": ["不成立"]}])
    record = again(bureau, "D-44b", hearing={**absent, "end": "2026年9月16日9时30分", "where": "本局三楼", "chair": "冯若谷", "recorder": "周小满",
                                             "present": ["赵明远"]})  # fmt: skip
    assert "宣布终止听证" in record and "质证" not in record


def recipe_of(bureau: Bureau, code: str) -> Recipe:
    """What the standing paper of this code was made of."""
    with bureau.open() as office:
        matter = office.ledger.matter(office.ledger.find(M) or "")
        assert matter is not None
        return next(d.recipe for d in matter.documents if d.code == code and d.state == "issued")


def again(bureau: Bureau, code: str, **changes: Any) -> str:
    """The standing paper of this code as it would read with other facts."""
    with bureau.open() as office:
        kind = next(k for k in office.catalogue.kinds.values() if k.code == code)
        made = render((kind.folder / "template.docx").read_bytes(), {**recipe_of(bureau, code).context, **changes})
    return text_of(io.BytesIO(made))


def test_money_may_come_later_with_leave_and_is_demanded_when_it_does_not(tmp_path: Path) -> None:
    bureau = until_decided(tmp_path)
    filed(bureau.on("2026-09-16"), service(M, "D-17", "2026-09-16"))
    later = {"applied_on": "2026-09-20", "reason": "经营困难", "proof": "银行流水", "granted": True,
             "plan": ["2026年10月31日前缴纳4000元", "2026年11月30日前缴纳4030元"], "until": "2026-11-30"}  # fmt: skip
    filed(bureau.on("2026-09-21"), {"form": "缴款情况表", "matter": M, "deferral": later})
    agreed(bureau, M, code_of(bureau, "D-47b"), "2026-09-21")
    assert "批准按下列计划缴纳" in bureau.text(bureau.documents()["D-47b"]["path"])
    demand = {"on": "2026-12-01", "duty": "缴纳罚款8000元的义务", "fine": "8000", "surcharge": "240"}
    filed(bureau.on("2026-12-01"), {"form": "缴款情况表", "matter": M, "demand": demand})
    text = bureau.text(bureau.documents()["D-48"]["path"])
    assert "十个工作日内履行：罚款8000.00元、加处罚款240.00元" in text and "有权进行陈述和申辩" in text
    assert bureau.audited() == []
