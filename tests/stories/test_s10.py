"""S10 from its first day to its last: nobody can judge yet; set, advised, watched, checked when a trigger says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories import procedure as p
from tests.stories.bureau import approvals
from tests.stories.test_observation import PARTY, M, complaint, observed
from tests.stories.test_s01_file import filed
from tests.stories.test_s11 import ADVICE

G = "2026-ZD-0001"
ADVISED = {
    **ADVICE, "submitted_at": "2026-07-02",
    "party": {**PARTY, "legal_rep": "星野平", "legal_rep_title": "法定代表人", "address": "山西省朔州市朔城区示例街10号",
              "phone": "13800138010"},
    "advices": [{"no": 1, "source": "上门辅导", "background": "营地夜间照明不足，篝火点没有隔离",
                 "items": ["在道路转弯处增设照明", "在篝火点周围设置隔离带"], "proposed_on": "2026-07-02"}],
}  # fmt: skip


@pytest.mark.clauses("G-06", "M-05")
def test_from_what_nobody_can_judge_yet_to_the_end_of_the_observation(tmp_path: Path) -> None:
    bureau = observed(tmp_path)
    assert bureau.explain(M)["DR-02"]["fired"] and bureau.documents(M)["D-22"]["rule"] == "DR-02"
    filed(bureau.on("2026-07-02"), ADVISED)  # the risks are told of by an advice, in a matter of guidance
    bureau.on("2026-07-03").take(approvals(G, bureau.code(G), ("部门负责人", "钱承宇", "同意", "2026-07-03")))
    assert bureau.documents(G)["D-03"]["state"] == "issued"
    for no, on in enumerate(("2026-08-10", "2026-08-20", "2026-09-05"), 1):
        filed(bureau.on(on), complaint(no, on))
    assert bureau.explain(M)["DR-03"]["fired"] and bureau.due()["包容期、观察期中期评估"]["due_on"] == "2026-09-30"
    bureau.take(approvals(M, bureau.code(M), ("部门负责人", "钱承宇", "同意", "2026-09-05")))
    checked = p.random_check(
        M, task="CF-2026-001", matters=["夜间安全"], drawn_on="2026-09-05", method="触发核查", objects="该营地",
        approval="钱承宇2026年9月5日批准", start="2026-09-07 20:00", end="2026-09-07 21:00", subject=PARTY["name"],
        result="未发现问题", next="无",
    )  # fmt: skip
    filed(bureau.on("2026-09-08"), {**checked, "submitted_at": "2026-09-08T09:00:00+08:00"})
    bureau.on("2026-12-02").work()
    filed(bureau.on("2026-12-30"), {
        "form": "包容期观察期评估表", "matter": M, "case": {"closed_on": "2026-12-30"},
        "observation": {"conclusion": "期满正常结束", "conclusion_note": "风险可控，按一般单位监管"},
    })  # fmt: skip
    issued = [d["code"] for d in bureau.show(M)["documents"] if d["state"] == "issued" and d["code"] != "D-36"]
    assert sorted(issued) == ["D-02g", "D-22", "D-22c", "D-24", "D-31"]
    assert bureau.show(M)["state"] == "closed" and bureau.show(M)["case"] is None
    assert not [d for d in bureau.show(M)["documents"] if d["code"] in ("D-10", "D-13", "D-17")], "nothing is judged"
    assert bureau.audited() == []
