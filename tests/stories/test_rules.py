"""A rule for a sector: drafted, argued, shown to the public, reviewed, discussed; signed only then, and published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.stories import procedure as p
from tests.stories.bureau import Bureau, approvals
from tests.stories.test_s01_file import filed

R = "2026-GZ-0001"
Form = dict[str, Any]
RULE: Form = {
    "form": "规则拟制表", "submitted_at": "2026-07-20T10:00:00+08:00", "unit": "文化市场综合行政执法大队",
    "rule": {
        "title": "朔城区剧本娱乐经营场所分类监管规则（试行）", "sector": "剧本娱乐", "scope": "朔城区内的剧本杀、密室逃脱等经营场所",
        "classes": ["记录良好的，以行政指导和服务为主", "有风险隐患记录的，重点监管"], "reason": "为规范和促进剧本娱乐健康发展",
        "normative": True, "major": True, "effective_from": "2026-11-01", "valid_until": "2028-10-31",
    },
    "rule_items": [{"no": 1, "matter": "内容自审", "requirement": "上架剧本逐部自审并留存记录", "method": "提供自审要点",
                    "basis": "《优化营商环境条例》第五十五条"}],
}  # fmt: skip
STEPS: Form = {
    "form": "决策程序情况表", "matter": R, "submitted_at": "2026-09-18T17:00:00+08:00",
    "expert": {"question": "必要性、可行性", "method": "论证会", "on": "2026-08-20", "conclusion": "必要、可行", "adopted": "全部采纳"},
    "experts": [
        {"no": n, "name": name, "field": "行政法", "unit": "示例大学", "no_interest": True, "opinion": "同意"}
        for n, name in enumerate(("高见", "卓识"), 1)
    ],
    "public": {"channel": ["区政府网站"], "from": "2026-08-01", "to": "2026-09-01", "count": 1, "published_on": "2026-09-07"},
    "comments": [{"no": 1, "opinion": "缩短保存期限", "adopted": True, "reason": "减轻负担"}],
    "evaluation": {"evaluator": "示例评估有限公司", "commissioned_on": "2026-08-03", "on": "2026-08-28", "method": "访谈",
                   "findings": "普遍支持", "conclusion": "建议实施"},
    "rule": {"risk": "风险可控", "competition": "没有排除、限制竞争的内容"},
    "legality": {"in_on": "2026-09-08", "on": "2026-09-18", "authority": "属于职权范围", "procedure": "已经征求意见",
                 "content": "符合规定", "conclusion": "合法", "opinion": "同意", "by": "吴思远"},
}  # fmt: skip
LETTER: Form = {
    "form": "发文稿纸表", "matter": R, "submitted_at": "2026-09-18T09:00:00+08:00",
    "letters": [{"no": 1, "title": "关于印发剧本娱乐分类监管规则的通知", "to": "各有关单位", "secrecy": "无", "urgency": "平件", "copies": 20,
                 "drafter": "赵明远", "drafted_on": "2026-09-18", "checker": "钱承宇", "cosigners": [], "signatory": "郑怀瑾"}],
}  # fmt: skip
UNTIL_CHIEF = (
    ("部门负责人", "钱承宇"), ("法制审核", "吴思远"), ("分管负责人", "冯若谷"), ("集体讨论", "郑怀瑾"),
)  # fmt: skip


def codes(form: Form, bureau: Bureau) -> set[str]:
    (outcome,) = bureau.take(form)
    return {f.code for f in outcome.findings if f.severity == "error"}


@pytest.mark.clauses("G-04", "G-05", "G-13")
def test_a_rule_is_signed_only_when_its_steps_were_taken(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-18")
    fining = {**RULE, "rule_items": [{**RULE["rule_items"][0], "requirement": "违者处以罚款"}]}
    assert codes(fining, bureau) == {"E-RULE-WORDS"}, "a rule of the bureau sets no penalty of its own"
    filed(bureau, RULE)
    assert bureau.documents(R)["D-23"]["state"] == "draft"
    missing = {m["code"] for m in bureau.show(R)["missing"] if m["kind"] == "document"}
    assert missing == {"D-26a", "D-26b", "D-20b", "D-21", "D-23", "D-51"}
    code = bureau.code(R)
    filed(bureau, approvals(R, code, *((step, who, "同意", "2026-09-18") for step, who in UNTIL_CHIEF)))
    signed = approvals(R, code, ("负责人", "郑怀瑾", "同意", "2026-09-18"))
    signed["approvals"][-1]["doc_no"] = "朔区文旅发〔2026〕21号"
    assert codes(signed, bureau) == {"E-RULE-STEP"}
    short = {**STEPS, "public": {**STEPS["public"], "to": "2026-08-15"}}
    partial = {**STEPS, "experts": [{**STEPS["experts"][0], "no_interest": False}]}
    assert codes(short, bureau) == {"E-RULE-PUBLIC"} and codes(partial, bureau) == {"E-EXPERT"}
    spoken = p.discussion(R, "2026-09-18", case_report="起草和征求意见情况", legal_opinion="合法")
    filed(bureau, STEPS, spoken, LETTER, signed)
    papers = bureau.documents(R)
    assert (papers["D-23"]["number"], papers["D-23"]["state"]) == ("朔区文旅发〔2026〕21号", "issued")
    assert {"D-26a", "D-26b", "D-26c", "D-20b", "D-21", "D-51"} <= set(papers) and "D-20" not in papers
    assert "议题：审议《朔城区剧本娱乐" in bureau.text(papers["D-21"]["path"])
    assert bureau.show(R)["missing"] == []
    shown = {"submitted_at": "2026-09-18T18:00:00+08:00", "rule": {"published_on": "2026-09-18", "published_at": "区政府网站"}}
    (unseen,) = bureau.take({"form": "决策程序情况表", "matter": R, **shown})
    assert [f.code for f in unseen.findings] == ["W-SECRECY"] and unseen.outcome == "filed"
    due = bureau.due()
    assert (due["公布规则"]["due_on"], due["公布规则"]["met_on"]) == ("2026-10-22", "2026-09-18")
    assert due["公开征求意见期限届满"]["met_on"] == "2026-09-07"
    assert bureau.audited() == []
