"""Who leaves a case and why: recusals and changes of handlers, in the gates and in the 备考表 of the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from paperwork import dossier
from tests.stories.bureau import Bureau
from tests.stories.cases import S01
from tests.stories.procedure import self_check
from tests.stories.test_s01_file import M, filed
from tests.test_dossier import Press, make

ASKED = {"no": 1, "person": "孙立群", "asked_by": "当事人申请", "asked_on": "2026-07-13", "reason": "与当事人有亲属关系"}
DECIDED = {**ASKED, "granted": True, "decided_by": "郑怀瑾", "decided_on": "2026-07-14"}
AFTERWARDS = [{"name": "赵明远", "cert_no": "04060200101"}, {"name": "周小满", "cert_no": "04060200103"}]
CHANGED = {"no": 1, "from": "孙立群", "to": "周小满", "on": "2026-07-14", "reason": "已决定回避", "decided_by": "钱承宇"}


def personnel(**lists: Any) -> dict[str, Any]:
    return {"form": "人员变动表", "matter": M, **lists}


def index(bureau: Bureau) -> str:
    return bureau.text(bureau.documents()["D-36"]["path"])


def test_a_recusal_and_the_change_that_follows_stand_in_the_closing_sheet_of_the_file(tmp_path: Path) -> None:
    left = Bureau(tmp_path)
    filed(left, S01, personnel(recusals=[ASKED]))
    assert "1.孙立群的回避（当事人申请，2026年7月13日提出，理由：与当事人有亲属关系）尚未决定。" in index(left)
    for wrong, code in (
        (personnel(recusals=[{**DECIDED, "decided_by": "钱承宇"}], officers=AFTERWARDS), "E-RECUSAL"),  # art 43 para 3
        (personnel(recusals=[DECIDED]), "E-RECUSAL"),  # still among the officers
        (personnel(recusals=[{**DECIDED, "decided_by": ""}], officers=AFTERWARDS), "E-RECUSAL"),
        (personnel(handler_changes=[CHANGED]), "E-HANDLER"),
    ):
        (outcome,) = left.take(wrong)
        assert code in {f.code for f in outcome.findings}, (wrong, outcome.findings)
    filed(left, personnel(recusals=[DECIDED], handler_changes=[CHANGED], officers=AFTERWARDS))
    filed(left, self_check(M, "2026-07-16"))
    (decision,) = (d["path"] for d in left.show(M)["documents"] if d["code"] == "D-13" and d["state"] == "draft")
    assert "执法人员赵明远（执法证号：04060200101）、孙立群（执法证号：04060200102）出示执法证件" in left.text(decision)
    text = index(left)
    assert "1.承办人孙立群于2026年7月14日变更为周小满，原因：已决定回避，钱承宇决定。" in text
    assert "2.孙立群的回避（当事人申请，2026年7月13日提出，理由：与当事人有亲属关系），郑怀瑾于2026年7月14日决定回避。" in text
    assert "3.案卷由吴思远于2026年7月16日自查（案卷评查自查表），各项符合要求，结论：符合归档要求。" in text
    assert left.audited() == []
    bound_says_the_same(left)


def bound_says_the_same(left: Bureau) -> None:
    """And it holds the self-check in its place."""
    press = Press()
    made: dossier.Dossier = make(left, press)
    bound = next(text for text in press.given if text.startswith("卷内目录"))
    assert "决定回避" in bound and "自查" in bound
    assert "D-54" in [entry.sheet.code for entry in made.entries]


def test_a_recusal_that_was_declined_is_told_as_such(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    filed(bureau, S01, personnel(recusals=[{**DECIDED, "granted": False, "reason": "处理不公"}]))
    assert "理由：处理不公），郑怀瑾于2026年7月14日决定不予回避。" in index(bureau)
