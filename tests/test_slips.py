"""The notes beside what goes back: where it belongs, and what must be mended apart from what is only a reminder."""

from __future__ import annotations

from dataclasses import replace

from paperwork import slips
from paperwork.model import Finding, Outcome
from tests.factories import a_drop

WRONG = Finding("E-DATE", "日期不对", "case.found_on", "「发现日期」")
HINT = Finding("W-SAFETY", "请核对安全生产", severity="warning")


def told(place: str, *findings: Finding) -> str:
    drop = replace(a_drop(), place=place)  # type: ignore[arg-type]
    return slips.refused(drop, Outcome(drop.name, 0, "returned", findings=findings))


def test_a_reminder_is_no_numbered_fault() -> None:
    lines = told("inbox", HINT, WRONG).splitlines()
    assert "1. 日期不对" in lines and "2. 请核对安全生产" not in lines
    apart = lines.index("提醒（请核对，属实的不用改）：")
    assert lines.index("1. 日期不对") < apart < lines.index("1. 请核对安全生产")
    assert "提醒" not in told("inbox", WRONG)


def test_the_note_sends_the_form_where_it_belongs_and_not_back_where_it_was_wrong() -> None:
    misplaced = Finding("E-APPROVAL-PLACE", "《审批意见表》应当放入「inbox/审批」文件夹", place="收件文件夹")
    strange = Finding("E-FORM-PLACE", "《案件登记表》应当放入「inbox」文件夹", place="审批文件夹")
    assert "，放入 inbox/审批：" in told("inbox", misplaced)
    assert "，放入 inbox/审批：" in told("approvals", WRONG)
    assert "，放入 inbox：" in told("inbox", WRONG)
    assert "，放入 inbox：" in told("approvals", strange)


def test_a_sheet_that_goes_back_whole_speaks_of_no_rows_that_were_filed() -> None:
    bad = Outcome("表.xlsx", 7, "returned", findings=(WRONG,))
    note = slips.rows_refused(a_drop(), [bad])
    assert "把它直接放入 inbox。" in note and "已登记的行" not in note
    assert "已登记的行列在工作表" in slips.rows_refused(a_drop(), [bad, Outcome("表.xlsx", 8, "filed")])
