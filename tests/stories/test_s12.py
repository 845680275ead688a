"""S12: a travel agency asks for credit repair; its clocks, what bars it, and what a false statement costs (domain/06 §6.4)."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.stories.bureau import Bureau, approvals
from tests.stories.test_commitments import REPAIR, TRAVEL

M = "2026-XF-0001"
APPLIED: dict[str, Any] = {
    "form": "信用修复情况表", "unit": "文化市场综合行政执法大队", "submitted_by": "赵明远", "party": TRAVEL,
    "repair": {
        "item_doc_no": "朔区文旅罚字〔2026〕4号", "item_org": "朔州市朔城区文化和旅游局", "item_on": "2026-05-06",
        "item_class": "一般", "pushed_on": "2026-09-21", "duties_done_on": "2026-05-18",
        "duties": "罚款已于2026年5月18日缴清", "complete": True, "earlier_false_on": "",
    },
}  # fmt: skip
PROMISE: dict[str, Any] = {"form": "信用承诺情况表", "matter": M, "commitments": [REPAIR]}
ACCEPTED = {"form": "信用修复情况表", "matter": M, "repair": {"accepted_on": "2026-09-24"}}


def applied(**changes: Any) -> dict[str, Any]:
    form = copy.deepcopy(APPLIED)
    form["repair"].update(changes)
    return form


def take(bureau: Bureau, form: dict[str, Any]) -> None:
    (outcome,) = bureau.take(form)
    assert outcome.outcome == "filed", outcome.findings


def agreed(bureau: Bureau, day: str, *steps: str) -> None:
    people = {"部门负责人": "钱承宇", "负责人": "郑怀瑾"}
    take(bureau, approvals(M, bureau.code(M), *((step, people[step], "同意", day) for step in steps)))


def decision(bureau: Bureau) -> str:
    (path,) = [d["path"] for d in bureau.show(M)["documents"] if d["code"] == "D-11b" and d["state"] == "issued"]
    return bureau.text(path)


def due(bureau: Bureau) -> dict[str, str]:
    return {what: row["due_on"] for what, row in bureau.due().items()}


@pytest.mark.clauses("B-04")
def test_from_the_application_to_the_repair(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-21").numbered_by_hand("罚", 4)
    take(bureau, APPLIED)
    assert due(bureau) == {"受理信用修复申请或者一次性告知补正": "2026-09-24"}
    assert bureau.show(M)["case"] is None
    take(bureau.on("2026-09-22"), PROMISE)
    take(bureau.on("2026-09-24"), ACCEPTED)
    assert due(bureau)["作出信用修复决定"] == "2026-10-12"
    assert "予以受理" in bureau.text(bureau.documents(M)["D-11b1"]["path"])
    assert bureau.explain(M)["XF-5"]["fired"]
    agreed(bureau.on("2026-10-09"), "2026-10-09", "部门负责人", "负责人")
    text = decision(bureau)
    for words in (
        "依据《信用修复管理办法》第十四条的规定，本机关决定：",
        "准予信用修复，终止公示该失信信息",
        "有关义务已于2026年5月18日履行完毕（罚款已于2026年5月18日缴清）",
    ):
        assert words in text
    assert "申请行政复议" not in text  # what is granted is not contested
    folder = Path(bureau.documents(M)["D-11b"]["path"]).parent
    assert folder.as_posix() == "outbox/2026/信用修复/2026-XF-0001_朔州市雁门假期旅行社有限公司"
    assert bureau.audited() == []


def test_a_complex_application_has_ten_working_days_more(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-24").numbered_by_hand("罚", 4)
    take(bureau, applied(accepted_on="2026-09-24", complex=True))
    assert due(bureau)["作出信用修复决定（情况复杂，已延长十个工作日）"] == "2026-10-26"
    assert "决定期限延长十个工作日" in bureau.text(bureau.documents(M)["D-11b1"]["path"])


def test_an_application_before_the_least_term_is_declined(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-30").numbered_by_hand("罚", 4)
    take(bureau, applied(pushed_on="2026-07-30"))
    assert bureau.explain(M)["XF-1"]["fired"]
    agreed(bureau, "2026-07-30", "部门负责人")
    text = decision(bureau)
    assert "至2026年8月6日届满，申请时尚未达到" in text and "不予受理" in text
    assert "可以通过“信用中国”网站提出" in text and "朔州市朔城区人民政府" in text
    (outcome,) = bureau.take({**ACCEPTED, "repair": {"accepted_on": "2026-07-30"}})
    assert {f.code for f in outcome.findings} == {"E-REPAIR"}


@pytest.mark.parametrize(("day", "rule"), [("2026-08-05", "XF-1"), ("2026-08-06", "")])
def test_the_day_on_which_the_term_ends_is_enough(tmp_path: Path, day: str, rule: str) -> None:
    bureau = Bureau(tmp_path, day).numbered_by_hand("罚", 4)
    take(bureau, applied(pushed_on=day))
    assert [r for r, m in bureau.explain(M).items() if isinstance(m, dict) and m["fired"]] == ([rule] if rule else [])


def test_a_serious_item_waits_a_year(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-21").numbered_by_hand("罚", 4)
    take(bureau, applied(item_class="严重"))
    assert bureau.explain(M)["XF-1"]["fired"]


def test_what_is_lacking_is_told_once_and_in_full(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-22").numbered_by_hand("罚", 4)
    take(bureau, applied(complete=False))
    asked = {"supplement_on": "2026-09-22"}
    (outcome,) = bureau.take({**ACCEPTED, "repair": asked})
    assert {f.code for f in outcome.findings} == {"E-REPAIR"}  # not what is lacking
    take(bureau, {**ACCEPTED, "repair": {**asked, "lacking": ["缴款凭证复印件", "信用承诺书"]}})
    text = bureau.text(bureau.documents(M)["D-11b2"]["path"])
    assert "一、缴款凭证复印件；" in text and "二、信用承诺书。" in text and "不收取任何费用" in text
    assert bureau.due()["受理信用修复申请或者一次性告知补正"]["met_on"] == "2026-09-22"


def test_unpaid_duties_refuse_the_repair(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-24").numbered_by_hand("罚", 4)
    take(bureau, applied(duties_done_on="", accepted_on="2026-09-24"))
    agreed(bureau.on("2026-09-28"), "2026-09-28", "部门负责人", "负责人")
    assert "义务尚未履行完毕" in decision(bureau)


def test_without_a_public_promise_there_is_no_repair(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-24").numbered_by_hand("罚", 4)
    take(bureau, applied(accepted_on="2026-09-24"))
    (missing,) = [m for m in bureau.explain(M)["missing"] if m["kind"] == "fact"]
    assert missing["name"] == "commitments"  # nobody has said it yet: neither granted nor refused
    take(bureau, {**PROMISE, "commitments": [{**REPAIR, "publicity": "不同意"}]})
    agreed(bureau.on("2026-09-28"), "2026-09-28", "部门负责人", "负责人")
    assert "没有公开作出" in decision(bureau)


def test_a_falsehood_bars_repair_for_three_years(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-24").numbered_by_hand("罚", 4)
    take(bureau, applied(accepted_on="2026-09-24"))
    take(bureau, PROMISE)
    agreed(bureau.on("2026-10-09"), "2026-10-09", "部门负责人", "负责人")
    found = {"false_found_on": "2026-11-02", "false_fact": "缴款凭证系伪造"}
    take(bureau.on("2026-11-02"), {**ACCEPTED, "repair": found})
    agreed(bureau.on("2026-11-05"), "2026-11-05", "部门负责人", "负责人")
    text = bureau.text([d["path"] for d in bureau.show(M)["documents"] if d["code"] == "D-11b"][-1])
    assert "缴款凭证系伪造" in text and "公示三年" in text and "至2029年11月2日不得申请信用修复" in text
    take(bureau.on("2026-12-01"), applied(pushed_on="2026-12-01", item_doc_no="朔区文旅罚字〔2026〕3号"))
    explained = bureau.explain("2026-XF-0002")
    assert explained["XF-2"]["fired"], "what the bureau found in one application it knows in the next, whatever the form says"


def test_an_application_within_the_three_years_is_declined(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-21").numbered_by_hand("罚", 4)
    take(bureau, applied(earlier_false_on="2024-03-01"))
    assert bureau.explain(M)["XF-2"]["fired"]
    agreed(bureau, "2026-09-21", "部门负责人")
    assert "申请时尚在三年内" in decision(bureau)


@pytest.mark.clauses("B-04")
def test_a_talk_for_repair_is_optional_and_stands_in_the_same_matter(tmp_path: Path) -> None:
    from tests.stories.test_s11 import HEAD, PLAN

    bureau = Bureau(tmp_path, "2026-09-22").numbered_by_hand("罚", 4)
    take(bureau, APPLIED)
    talk = {k: v for k, v in PLAN["talks"][0].items() if not k.startswith("prior") and k not in ("hazard", "reply_by")}
    talk |= {"kind": "信用修复约谈", "invitee": "关山月", "invitee_role": "法定代表人", "when": "2026-09-28 09:30",
             "reason": "说明信用修复的条件和承诺的后果"}  # fmt: skip
    take(bureau, {"form": "约谈情况表", "matter": M, "officers": HEAD["officers"], "talks": [talk]})
    assert bureau.explain(M)["DR-25"]["fired"]
    assert bureau.documents(M)["D-04"]["state"] == "draft"
