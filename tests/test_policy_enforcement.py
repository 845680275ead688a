"""The gates of the way to a decision: each is broken by one slip, and says so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from paperwork import policy
from tests.samples import shipped
from tests.test_policy import facts

D = dt.date
T = dt.datetime
BOTH = ("赵明远", "孙立群")
INSPECTION = {"no": 1, "start": T(2026, 7, 8, 15, 10), "end": T(2026, 7, 8, 16), "by": BOTH, "cards_shown": True, "rights_told": True}
QUESTIONING = {"no": 1, "start": T(2026, 7, 9, 9), "end": T(2026, 7, 9, 10), "by": BOTH}
ORDER = {"no": 1, "mode": "at_once", "on": D(2026, 7, 8), "act": "甲", "items": ("乙",), "law": "未成年人保护法", "article": 123}
DISCUSSION = {"no": 1, "start": T(2026, 7, 9, 9), "end": T(2026, 7, 9, 10), "present": BOTH, "views": ("甲：同意", "乙：同意")}
OWN = {"step": "section_head", "person": "钱承宇", "draft": "K7Q4-MD2X"}
HANDLER = ({"name": "钱承宇", "cert_no": "04060200101"}, {"name": "孙立群", "cert_no": "04060200102"})

# type of matter, facts that are laid over, the finding's code and field
VIOLATIONS: list[tuple[str, dict[str, Any], str, str]] = [
    ("case", {"filing.proposal": "file", "filing.handlers": ("赵明远",)}, "E-OFFICER-2", "filing.handlers"),
    ("lead", {"filing.proposal": "not_file", "filing.handlers": BOTH}, "E-FILING", "filing.ground"),
    ("lead", {"officers": ({"name": "钱某", "cert_no": "04060299999"},)}, "E-CERT-UNKNOWN", "officers"),
    ("case", {"inspections": ({**INSPECTION, "cards_shown": False},)}, "E-PROCEDURE", "inspections.cards_shown"),
    ("case", {"inspections": ({**INSPECTION, "rights_told": False},)}, "E-PROCEDURE", "inspections.rights_told"),
    ("lead", {"inspections": ({**INSPECTION, "by": ("赵明远",)},)}, "E-OFFICER-2", "inspections.by"),
    ("lead", {"inspections": ({**INSPECTION, "end": T(2026, 7, 8, 15)},)}, "E-DATE-ORDER", "inspections.end"),
    ("case", {"questionings": ({**QUESTIONING, "by": ("赵明远",)},)}, "E-OFFICER-2", "questionings.by"),
    ("case", {"questionings": ({**QUESTIONING, "end": T(2026, 7, 9, 8)},)}, "E-DATE-ORDER", "questionings.end"),
    ("case", {"orders": ({**ORDER, "mode": "by_deadline"},)}, "E-ORDER", "orders.deadline"),
    ("case", {"orders": ({**ORDER, "mode": "by_deadline", "deadline": D(2026, 7, 7)},)}, "E-ORDER", "orders.deadline"),
    ("lead", {"orders": ({**ORDER, "law": ""},)}, "E-ORDER", "orders.law"),
    ("case", {"correct.order_known": False}, "W-ORDER-NO", "correct.order_no"),
    ("case", {"discussions": ({**DISCUSSION, "present": ("甲",)},)}, "E-COLLECTIVE", "discussions.present"),
    ("case", {"discussions": ({**DISCUSSION, "end": T(2026, 7, 9, 8)},)}, "E-DATE-ORDER", "discussions.end"),
]  # fmt: skip


def asked(matter: str, changes: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f.code, f.field) for f in policy.gates(shipped(), policy.Question(matter, facts(changes=changes)))]


# Who is no officer of the register breaks two gates at once.
TOGETHER = [("case", {"approvals": (OWN,), "officers": HANDLER}, "E-APPROVAL-OWN", "approvals")]


def test_who_handles_a_case_and_approves_it_is_told() -> None:
    ((matter, changes, code, field),) = TOGETHER
    assert (code, field) in asked(matter, changes)


@pytest.mark.parametrize(("matter", "changes", "code", "field"), VIOLATIONS)
def test_each_gate_of_the_procedure_is_broken_alone(matter: str, changes: dict[str, Any], code: str, field: str) -> None:
    assert asked(matter, changes) == [(code, field)]


RIGHT: list[dict[str, Any]] = [
    {"inspections": (INSPECTION,), "questionings": (QUESTIONING,), "orders": (ORDER,), "discussions": (DISCUSSION,)},
    {"filing.proposal": "file", "filing.handlers": BOTH},
    {"approvals": (OWN,)},
]


@pytest.mark.parametrize("changes", RIGHT, ids=lambda value: "、".join(value))
def test_what_was_done_properly_breaks_none(changes: dict[str, Any]) -> None:
    assert asked("case", changes) == asked("lead", changes) == []
