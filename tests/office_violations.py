"""What breaks each gate of the office's papers, of coercion, of rules and of the plan's records: (matter, answers, code)."""

from __future__ import annotations

import datetime as dt
from typing import Any

D = dt.date
EARLY, DAY, LATER = D(2026, 7, 1), D(2026, 7, 8), D(2026, 7, 20)


def row(name: str, **answers: Any) -> dict[str, Any]:
    return {name: ({"no": 1, **answers},)}


CHIEF = {"approvals": ({"draft": "K7Q4-MD2X", "step": "chief", "decision": "agree"},)}
RANDOM = {"result": "none", "by": ("赵明远", "孙立群")}
START, END = dt.datetime(2026, 7, 8, 15), dt.datetime(2026, 7, 8, 14)

OFFICE_VIOLATIONS: list[tuple[str, dict[str, Any], str]] = [
    ("check", row("random_checks", **RANDOM, task=""), "E-RANDOM"),
    ("check", row("random_checks", result="none", by=("赵明远",)), "E-OFFICER-2"),
    ("check", {"officers.unregistered": ("钱某",)}, "E-CERT-UNKNOWN"),
    ("check", row("random_checks", start=START, end=END), "E-DATE-ORDER"),
    ("check", row("random_checks", start=START, drawn_on=LATER), "E-DATE-ORDER"),
    ("check", row("random_checks", start=START, published_on=EARLY), "E-DATE-ORDER"),
    ("check", row("random_checks", published_on=LATER, published_at=""), "E-RANDOM"),
    ("case", row("confirmations", electronic=True, means="", account=""), "E-ADDRESS"),
    ("case", row("confirmations", proxy="田青", proxy_relation="", proxy_phone=""), "E-ADDRESS"),
    ("case", {**row("services", method="electronic"), "service_plan.electronic": True, "service.electronic_agreed": False},
     "E-SERVICE-ELECTRONIC"),
    ("case", row("services", document="D-13", method="mailed", result="refused", reason=""), "E-SERVICE"),
    ("case", row("services", document="D-13", method="left", reason="拒绝签收", witness=(), proof=""), "E-SERVICE-LEFT"),
    ("case", row("services", document="D-13", method="announced", reason=""), "E-SERVICE"),
    ("case", row("services", on=LATER, received_on=DAY), "E-DATE-ORDER"),
    ("case", {"service.next": "留置", "service.next_document": "D-13", "service.next_why": "拒绝接收"}, "W-SERVICE-NEXT"),
    ("guidance", {**row("rechecks", dt=START), "rectification.asked_on": LATER}, "E-DATE-ORDER"),
    ("report", {"report.disagreeing": ("立案",)}, "E-REPORT-TOTALS"),
    ("case", {**row("agents"), "agents": ({"no": 1, "from": LATER, "to": DAY},)}, "E-DATE-ORDER"),
    ("lead", {**row("responses", kind="accepted"), "lead.informant": ""}, "E-REPLY"),
    ("lead", {**row("responses", kind="result", told=""), "lead.informant": "高小明"}, "E-REPLY"),
    ("lead", row("responses", on=DAY, received_on=LATER), "E-DATE-ORDER"),
    ("affair", row("readings", due=DAY, received_on=LATER), "E-DATE-ORDER"),
    ("affair", row("readings", instruction="请核查", instructed_by="", instructed_on=DAY), "E-READING"),
    ("case", {"self_check.on": DAY, "self_checks": ({"head": "subject", "sound": True},)}, "E-SELF-CHECK"),
    ("case", {"self_checks": ({"head": "subject", "sound": False, "found": ""},)}, "E-SELF-CHECK"),
    ("case", {"credit.published_on": DAY, "secrecy_reviews": ()}, "W-SECRECY"),
    ("rule", {"rule.published_on": DAY, "secrecy_reviews": ()}, "W-SECRECY"),
    ("case", row("secrecy_reviews", content="closed", channel="本局网站"), "E-SECRECY"),
    ("case", {"enforcement.on": DAY, "demand.served_on": EARLY, "demand.until": DAY}, "E-ENFORCE-EARLY"),
    ("case", {"enforcement.on": DAY, "demand.on": EARLY}, "E-ENFORCE-EARLY"),
    ("case", {"penalty.publish": True, "penalty.unshown": "当事人为未成年人"}, "W-PUBLICITY"),
    ("case", {"seals.early": ("罚字1号",)}, "E-DATE-ORDER"),
    ("case", {**row("seals"), "seals.missing": ("罚字1号",), "seals.kept": False}, "W-SEAL"),
    ("case", {"seals.missing": ("罚字1号",), "seals.kept": True}, "E-SEAL"),
    ("case", {"seals.late": ("罚字1号",)}, "E-DATE-ORDER"),
    ("affair", {"yearly.wrong": ("数据年度写四位数字",)}, "E-YEARLY"),
    ("affair", {"yearly.published_on": EARLY, "yearly.ended_on": DAY}, "E-DATE-ORDER"),
    ("case", row("videos", started=START, ended=END), "E-DATE-ORDER"),
    ("case", {"videos.unreadable": ("SP-1",)}, "E-VIDEO"),
    ("case", {"videos.shared": ("SP-1", "SP-2")}, "E-VIDEO"),
    ("rule", {**CHIEF, "legality.on": ""}, "E-RULE-STEP"),
    ("rule", {**CHIEF, "discussions": ()}, "E-RULE-STEP"),
    ("rule", {**CHIEF, "rule.public_must": True, "public.from": ""}, "E-RULE-STEP"),
    ("rule", {**CHIEF, "rule.public_must": True, "rule.competition": ""}, "E-RULE-STEP"),
    ("rule", {**CHIEF, "rule.major": True, "expert.conclusion": ""}, "E-RULE-STEP"),
    ("rule", {"public.days": 10, "public.short_reason": ""}, "E-RULE-PUBLIC"),
    ("rule", {"public.published_on": EARLY, "public.to": DAY}, "E-DATE-ORDER"),
    ("rule", row("comments", reason=""), "E-RULE-PUBLIC"),
    ("rule", row("experts", no_interest=False), "E-EXPERT"),
    ("rule", {"legality.on": EARLY, "legality.in_on": DAY}, "E-DATE-ORDER"),
    ("rule", {"rule.major": True, "legality.workdays": 3}, "W-LEGALITY-SHORT"),
    ("rule", {"rule.valid_until": EARLY, "rule.effective_from": DAY}, "E-RULE-LENGTH"),
    ("rule", {"rule.published_on": EARLY, "decision.on": DAY}, "E-RULE-STEP"),
    ("case", row("keepings", by=("赵明远",)), "E-OFFICER-2"),
    ("case", {"keepings.bare": ("1",)}, "E-KEEPING"),
    ("case", row("keepings", approved_on=LATER, approved_by="郑怀瑾", on=DAY), "E-KEEPING"),
    ("case", row("keepings", decision="returned", decided_on=""), "E-KEEPING"),
    ("case", {"keepings.late": ("1",)}, "E-KEEPING-LATE"),
    ("case", row("seizures", by=("赵明远",)), "E-OFFICER-2"),
    ("case", {"seizures.unlawful": ("旅游法#95",)}, "E-SEIZE-LAW"),
    ("case", {"seizures.bare": ("1",)}, "E-SEIZE"),
    ("case", {"seizures.too_long": ("1",)}, "E-SEIZE-LONG"),
    ("case", row("seizures", urgent=True, reported_on=""), "E-SEIZE"),
    ("case", row("seizures", urgent=False, approved_on=LATER, approved_by="郑怀瑾", on=DAY), "E-SEIZE"),
    ("case", row("seizures", lifted_on=EARLY, on=DAY), "E-DATE-ORDER"),
    ("case", {"case.result": "penalty", "keepings.open": ("1",), "seizures.open": ()}, "E-CLOSE"),
    ("case", row("keepings", contraband=True, decision="returned"), "E-CONTRABAND"),
    ("case", row("seizures", contraband=True, lift_ground="decided"), "E-CONTRABAND"),
    ("lead", {"edu.must": True, "edu.law_points": ""}, "E-FILING"),
    ("lead", {"spot.on": START, "spot.handed_on": EARLY}, "E-DATE-ORDER"),
    ("lead", {"edu.dt": START, "lead.answer_from": LATER}, "E-DATE-ORDER"),
    ("guidance", {**row("talks"), "talks.unannounced": ("1",)}, "W-TALK-NOTICE"),
    ("guidance", {**row("talks"), "talks.moved": ("1",)}, "W-TALK-DAY"),
    ("guidance", {**row("talks"), "talks.overnight": ("1",)}, "E-DATE-ORDER"),
    ("guidance", {**row("talks"), "talks.clues_open": ("1",)}, "W-TALK-CLUE"),
    ("report", {"report.units": ({"unit": "市场管理股", "problems": (), "plans": ("检查",)},)}, "W-REPORT-PARTS"),
    ("rule", {**CHIEF, "letters": ()}, "E-RULE-STEP"),
    ("rule", {**CHIEF, "evaluation.commissioned_on": EARLY, "evaluation.conclusion": "no", "evaluation.on": DAY}, "E-RULE-STEP"),
    ("guidance", {"double.on": DAY, "permits": ()}, "E-DOUBLE"),
    ("guidance", {"claim.on": EARLY, "claim.pushed_on": DAY}, "E-DATE-ORDER"),
    ("guidance", {"claim.on": DAY, "claim.by": ""}, "E-DOUBLE"),
    ("guidance", {"model.recommender": "市场管理股", "model.willing": False}, "E-MODEL"),
    ("guidance", {"model.withdrawn_on": DAY, "model.withdrawn_reason": ""}, "E-MODEL"),
    ("affair", row("demands", replied_on=DAY, reply=""), "E-DEMAND"),
]  # fmt: skip
