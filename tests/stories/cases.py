"""The sample cases of the stories, as intake forms. All people and businesses are fictional."""

from __future__ import annotations

import copy
from typing import Any

from samples import S01

S02: dict[str, Any] = {
    "form": "案件登记表",
    "submitted_at": "2026-08-14T10:00:00+08:00",
    "submitted_by": "孙立群",
    "unit": "文化市场综合行政执法大队",
    "measure_requested": "不予行政处罚",
    "case": {
        "title": "朔州市朔城区云谷量贩歌厅从业人员未佩带工作标志案",
        "act": "营业期间从业人员未统一着装并佩带工作标志",
        "source": "投诉举报",
        "industry": "娱乐场所",
        "found_on": "2026-08-03",
        "discovered_on": "2026-08-03",
        "discovered_by": "投诉举报",
        "filed_on": "2026-08-05",
        "act_began_on": "2026-08-03",
    },
    "party": {
        "kind": "个体工商户",
        "name": "朔州市朔城区云谷量贩歌厅",
        "uscc": "92140602MAXX0055XG",
        "legal_rep": "柏舟",
        "legal_rep_title": "经营者",
        "legal_rep_id_no": "140602190001010013",
        "address": "山西省朔州市朔城区示例街5号",
        "phone": "13800138001",
        "licences": [{"name": "娱乐经营许可证", "no": "140602160005", "valid_to": "2027-12-31"}],
    },
    "officers": [{"name": "赵明远", "cert_no": "04060200101"}, {"name": "孙立群", "cert_no": "04060200102"}],
    "crime": {"suspected": False},
    "violation": {"established": True},
    "fact": {
        "summary": "三名从业人员在营业期间未佩带工作标志，一名消费者因难以辨认人员身份投诉，已当场说明并和解。",
        "place": "山西省朔州市朔城区示例街5号",
        "time": "2026-08-03T20:30:00+08:00",
    },
    "law": {
        "violated": [{"law": "娱乐场所管理条例", "article": 27}],
        "penalty": [{"law": "娱乐场所管理条例", "article": 49, "item": 3, "range": "责令改正，给予警告"}],
        "statutory_range": "责令改正，给予警告",
    },
    "evidence": [
        {"no": 1, "kind": "勘验笔录、现场笔录", "name": "现场检查笔录", "pages": 2, "proves": "三名从业人员未佩带工作标志"},
    ],
    "evidence_confirmed": "当事人签名（盖章）确认",
    "harm": {"level": "轻微", "classes": [], "reason": "仅有一起投诉，已经和解，没有造成损失"},
    "correct": {
        "required_on": "2026-08-03",
        "mode": "限期",
        "deadline": "2026-08-06",
        "how": "按责令改正通知书",
        "order_no": "朔区文旅责改字〔2026〕11号",
        "order_served_on": "2026-08-03",
        "done_on": "2026-08-05",
        "rechecked_on": "2026-08-12",
        "rechecked_by": ["赵明远", "孙立群"],
        "remaining": [],
    },
    "no_penalty": {
        "ground": "33-1后",
        "gravity": "轻微",
        "gravity_reason": "三名从业人员未佩带工作标志，时间短",
        "reason": "初次违法，危害后果轻微，已在期限内改正",
        "first_offence": True,
        "query": {"system": "国家企业信用信息公示系统（山西）", "on": "2026-08-06", "result": "无行政处罚记录"},
    },
    "statement": "",
    "investigation": {"steps": ["现场检查"], "cards_shown": True, "rights_told": True},
    "service_plan": {"electronic": False},
    "edu": {
        "law_points": "从业人员统一着装并佩带工作标志，便于消费者辨认和监督",
        "keep_compliance": "每班营业前检查着装和工作标志",
    },
    "new_economy": {"flag": False},
}  # fmt: skip


__all__ = ["S01", "S02", "changed"]


def changed(form: dict[str, Any], **answers: Any) -> dict[str, Any]:
    """A copy of the form with answers changed: `case__filed_on="2026-07-11"`; None takes the answer away."""
    copied = copy.deepcopy(form)
    for name, value in answers.items():
        *groups, last = name.split("__")
        at = copied
        for group in groups:
            at = at.setdefault(group, {})
        if value is None:
            at.pop(last, None)
        else:
            at[last] = value
    return copied
