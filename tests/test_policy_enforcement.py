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

PUNISHED = {"measure_requested": "penalty", "no_penalty.gravity": "moderate"}
RECUSAL = {"no": 1, "person": "周小满", "asked_by": "party", "asked_on": D(2026, 7, 10), "reason": "甲", "granted": True,
           "decided_by": "郑怀瑾", "decided_on": D(2026, 7, 11)}  # fmt: skip
CHANGE = {"no": 1, "from": "孙立群", "to": "周小满", "on": D(2026, 7, 12), "reason": "调离", "decided_by": "钱承宇"}
OWING = {**PUNISHED, "penalty.kinds": ("fine",), "penalty.fine": 800000, "service.on": D(2026, 9, 16), "demand.on": D(2026, 10, 17)}
REPEATED = {**PUNISHED, "record.fined": 0, "record.suspended": 0, "record.queried_on": D(2026, 7, 16), "record.system": "甲系统"}
FLOOR = {
    "penalty.kinds": ("fine",),
    "law.penalty": ({"law": "营业性演出管理条例", "article": 50, "range": "并处5000元以上1万元以下的罚款"},),
}
MERIT = {"no": 1, "ground": "32-4", "fact": "甲", "verified": True}
KEPT = {"no": 1, "on": D(2026, 7, 8), "by": BOTH}
HEAVIER = {"no": 2, "ground": "heavier", "fact": "乙", "verified": True}
DEFENCE = {"no": 1, "on": D(2026, 9, 2), "claims": ("甲",), "review": ("不成立",), "reviewer": ("赵明远",)}
HEARING = {"no": 1, "held": True, "when": T(2026, 9, 16, 9), "where": "三楼", "chair": "冯若谷", "notified_on": D(2026, 9, 3)}
FINED = {
    **PUNISHED, "case.result": "penalty", "penalty.kinds": ("fine",), "penalty.fine": 100000,
    "decision.on": D(2026, 9, 14), "service.on": D(2026, 9, 16), "decision.result": "penalty",
}  # fmt: skip
SPOT = {"spot.on": T(2026, 8, 20, 15), "penalty.kinds": ("warning",)}

LETTER = {"transfer.to": "甲局", "transfer.ground": "duty", "transfer.materials": ("乙",)}
REPORTED = {
    "crime.charge": "非法经营罪", "crime.police": "甲分局", "crime.reported_on": D(2026, 8, 26), "crime.reported_by": BOTH,
    "crime.attachments": ("移送书", "调查报告", "清单", "其他"),
}  # fmt: skip

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
    # ── penalties ──
    ("case", {"crime.suspected": True, "measure_requested": "penalty"}, "E-CRIME", "measure_requested"),
    ("case", {"penalty.kinds": ("warning",)}, "E-NP-PENALTY", "penalty.kinds"),
    ("case", {**PUNISHED, "penalty.kinds": ()}, "W-PENALTY-NONE", "penalty.kinds"),
    ("case", {**PUNISHED, "penalty.kinds": ("fine",)}, "E-PENALTY", "penalty.fine"),
    ("case", {**PUNISHED, "penalty.kinds": ("fine",), "penalty.fine": 0}, "E-PENALTY", "penalty.fine"),
    ("case", {**PUNISHED, "penalty.kinds": ("confiscate_gains",)}, "E-PENALTY", "penalty.gains"),
    ("case", {**PUNISHED, "penalty.kinds": ("suspend_business",)}, "E-PENALTY", "penalty.suspension"),
    ("case", {**PUNISHED, "penalty.kinds": ("fine",), "penalty.fine": 5000001}, "E-RANGE", "penalty.fine"),
    ("case", {**PUNISHED, **FLOOR, "penalty.fine": 400000, "penalty.depth": "lighter"}, "E-RANGE", "penalty.depth"),
    ("case", {**PUNISHED, "penalty.kinds": ("warning",), "penalty.depth": "reduced"}, "E-REDUCE", "penalty.depth"),
    ("case", {**PUNISHED, **FLOOR, "penalty.kinds": ("warning",), "penalty.depth": "lighter"}, "E-RANGE", "penalty.depth"),
    ("case", {**PUNISHED, **FLOOR, "penalty.kinds": ("fine",), "penalty.fine": 400000, "penalty.depth": "reduced", "circumstances": ()},
     "E-MITIGATE", "circumstances"),
    ("case", {"hearings": ({**HEARING, "held": False},)}, "E-HEARING", "hearings"),
    ("case", {"hearings": ({**HEARING, "terminated": "absent"},)}, "E-HEARING", "hearings.held"),
    ("lead", {"inspections": (INSPECTION,), "recusals": ({**RECUSAL, "person": "赵明远"},), "officers": ({"name": "孙立群", "cert_no": "04060200102"},
              {"name": "周小满", "cert_no": "04060200103"})}, "W-RECUSAL", "recusals"),
    ("case", {**PUNISHED, "penalty.kinds": ("warning",), "penalty.depth": "ordinary", "circumstances": (MERIT, HEAVIER),
              "penalty.standard_step": "一般", "penalty.reason": ""}, "E-MIXED", "penalty.reason"),
    ("case", {**PUNISHED, "penalty.kinds": ("warning",), "penalty.depth": "ordinary", "circumstances": (MERIT,)}, "E-MITIGATE",
     "penalty.depth"),
    ("case", {**PUNISHED, "penalty.depth": "heavier"}, "E-STANDARD", "penalty.standard_step"),
    ("case", {**PUNISHED, "notice.covers": False}, "E-NOTICE", "penalty.kinds"),
    ("case", {"notice.waived_on": D(2026, 7, 1), "notice.served_on": D(2026, 7, 20)}, "E-DATE-ORDER", "notice.waived_on"),
    ("case", {"defences": ({**DEFENCE, "reviewer": ()},)}, "E-DEFENCE", "defences.reviewer"),
    ("case", {"notice.on": D(2026, 9, 3), "defences": (DEFENCE,)}, "E-DATE-ORDER", "defences.on"),
    ("case", {"hearings": ({**HEARING, "where": ""},)}, "E-HEARING", "hearings.where"),
    ("case", {"hearings": ({**HEARING, "chair": "赵明远"},)}, "E-HEARING", "hearings"),
    ("case", {"hearings": ({**HEARING, "notified_on": D(2026, 9, 10)},)}, "E-HEARING", "hearings"),
    ("case", {"case.result": "penalty"}, "E-CLOSE", "case.result"),
    ("case", {**FINED, "case.execution": "paid"}, "E-CLOSE", "case.execution"),
    ("case", {"deferral.granted": True}, "E-DEFER", "deferral.plan"),
    ("lead", {**SPOT, "penalty.kinds": ("revoke",)}, "E-SPOT", "penalty.kinds"),
    ("lead", {**SPOT, "officers": ()}, "E-OFFICER-2", "officers"),
    ("lead", {**SPOT, "law.violated": ()}, "E-LAW", "law.violated"),
    ("lead", {**SPOT, "spot.collected": True}, "E-SPOT", "spot.receipt_no"),
    ("case", {"no_penalty.list_name": "某清单", "no_penalty.list_item": 1}, "E-LIST", "no_penalty.list_item"),
    # ── repeated, doubtful ──
    ("case", {**REPEATED, "case.industry": "娱乐场所", "record.fined": 3, "penalty.kinds": ("warning",)}, "W-REPEATED", "penalty.kinds"),
    ("case", {**REPEATED, "case.industry": "娱乐场所", "record.suspended": 2, "penalty.kinds": ("warning",)}, "W-REPEATED", "penalty.kinds"),
    ("case", {**REPEATED, "case.industry": "营业性演出", "record.fined": 2, "penalty.kinds": ("warning",), "penalty.depth": "ordinary"},
     "W-REPEATED", "penalty.depth"),
    ("case", {"record.fined": 1}, "E-RECORD", "record.queried_on"),
    ("case", {**REPEATED, "record.queried_on": D(2026, 7, 1)}, "E-DATE-ORDER", "record.queried_on"),
    ("case", {"case.act_began_on": D(2026, 5, 1)}, "W-GRAVITY", "no_penalty.gravity"),
    ("case", {**PUNISHED, "no_penalty.no_fault": True, "no_penalty.proof": ""}, "E-NO-FAULT", "no_penalty.proof"),
    ("case", {**PUNISHED, "harm.classes": ("minors",), "harm.confirmed_by": ("赵明远", "孙立群", "钱承宇"), "harm.level": "none"}, "E-HARM",
     "harm.level"),
    # ── people, money ──
    ("case", {"recusals": ({**RECUSAL, "decided_by": ""},)}, "E-RECUSAL", "recusals.decided_by"),
    ("case", {"recusals": ({**RECUSAL, "decided_on": D(2026, 7, 9)},)}, "E-DATE-ORDER", "recusals.decided_on"),
    ("case", {"recusals": ({**RECUSAL, "decided_by": "钱承宇"},)}, "E-RECUSAL", "recusals"),
    ("case", {"recusals": ({**RECUSAL, "person": "孙立群"},)}, "E-RECUSAL", "officers"),
    ("case", {"handler_changes": (CHANGE,)}, "E-HANDLER", "officers"),
    ("case", {**OWING, "demand.surcharge": 216001}, "W-SURCHARGE", "demand.surcharge"),
    ("case", {**OWING, "demand.on": D(2026, 9, 30)}, "E-DATE-ORDER", "demand.on"),
    ("case", {**OWING, "enforcement.on": D(2026, 9, 30), "remedies.over_on": D(2026, 9, 30), "demand.served_on": D(2026, 9, 1)},
     "E-DATE-ORDER", "enforcement.on"),
    ("case", {**OWING, "enforcement.on": D(2026, 11, 2)}, "E-ENFORCE-EARLY", "enforcement.on"),
    ("case", {**OWING, "enforcement.on": D(2026, 11, 2), "demand.served_on": D(2026, 10, 19), "demand.until": D(2026, 11, 2)},
     "E-ENFORCE-EARLY", "enforcement.on"),
    ("case", {"keepings": ({**KEPT, "contraband": True},), "kept_items": ({"of": 1, "no": 1},)}, "W-CONTRABAND", "keepings"),
    # ── transfers ──
    ("case", {"case.industry": "网络游戏", "measure_requested": "reminder"}, "W-TRANSFER", "transfer.to"),
    ("lead", {"transfer.to": "甲局", "transfer.materials": ("乙",)}, "E-TRANSFER", "transfer.ground"),
    ("case", {**LETTER, "crime.suspected": True, "measure_requested": "transfer_crime", "case.industry": "出版物"},
     "E-TRANSFER", "transfer.police"),
    ("case", {**REPORTED, "crime.reported_by": ("赵明远",)}, "E-CRIME", "crime.reported_by"),
    ("case", {**REPORTED, "crime.attachments": ("移送书",)}, "E-CRIME", "crime.attachments"),
    ("lead", {"transfer.handed_on": D(2026, 8, 1), "decision.on": D(2026, 8, 2)}, "E-DATE-ORDER", "transfer.handed_on"),
    ("case", {"case.result": "transfer"}, "E-CLOSE", "transfer.handed_on"),
]  # fmt: skip


def asked(matter: str, changes: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f.code, f.field) for f in policy.gates(shipped(), policy.Question(matter, facts(changes=changes)))]


# Who is no officer of the register breaks two gates at once, a grave act that is excused another.
TOGETHER = [
    ("case", {"harm.classes": ("minors",), "harm.confirmed_by": ("赵明远", "孙立群", "钱承宇"), "no_penalty.no_fault": True}, "W-STRICT",
     "harm.confirmed_by"),
    ("case", {"approvals": (OWN,), "officers": HANDLER}, "E-APPROVAL-OWN", "approvals"),
    ("case", {**FINED, "notice.over_on": D(2026, 9, 14)}, "E-NOTICE-EARLY", "notice.waived_on"),
]


def test_who_handles_a_case_and_approves_it_is_told() -> None:
    for matter, changes, code, field in TOGETHER:
        assert (code, field) in asked(matter, changes)


@pytest.mark.parametrize(("matter", "changes", "code", "field"), VIOLATIONS)
def test_each_gate_of_the_procedure_is_broken_alone(matter: str, changes: dict[str, Any], code: str, field: str) -> None:
    assert asked(matter, changes) == [(code, field)]


RIGHT: list[dict[str, Any]] = [
    {"inspections": (INSPECTION,), "questionings": (QUESTIONING,), "orders": (ORDER,), "discussions": (DISCUSSION,)},
    {"filing.proposal": "file", "filing.handlers": BOTH},
    {"approvals": (OWN,)},
    {"hearings": (HEARING,), "defences": (DEFENCE,)},
    {**PUNISHED, "penalty.kinds": ("fine",), "penalty.fine": 800000, "circumstances": (MERIT,), "penalty.depth": "lighter"},
    {**SPOT, **PUNISHED},
    {"recusals": (RECUSAL,), "handler_changes": ({**CHANGE, "from": "周小满", "to": "孙立群", "on": D(2026, 7, 8)},)},
    {**OWING, "demand.surcharge": 216000},
    {"no_penalty.list_name": "大英县文化市场不予处罚事项清单", "no_penalty.list_item": 1},
]


@pytest.mark.parametrize("changes", RIGHT, ids=lambda value: "、".join(value))
def test_what_was_done_properly_breaks_none(changes: dict[str, Any]) -> None:
    assert asked("case", changes) == asked("lead", changes) == []
