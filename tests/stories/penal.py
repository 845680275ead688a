"""Cases that end with a penalty: S03, S04, S06, S16 (domain/09), as forms. All people and businesses are fictional."""

from __future__ import annotations

from typing import Any

from tests.stories.bureau import Bureau, approvals
from tests.stories.cases import S01, changed
from tests.stories.procedure import BOTH

Form = dict[str, Any]
UNIT = ("部门负责人", "钱承宇"), ("法制审核", "吴思远"), ("分管负责人", "冯若谷"), ("集体讨论", "郑怀瑾"), ("负责人", "郑怀瑾")

S03 = changed(
    S01, submitted_at="2026-08-24T10:00:00+08:00", measure_requested="行政处罚", form_id="F-20260824-0001",
    case={
        "title": "朔州市极昼网络科技有限公司接纳未成年人进入营业场所案", "act": "接纳未成年人进入营业场所", "source": "移送",
        "industry": "互联网上网服务营业场所", "channel": "线下", "found_on": "2026-07-16", "discovered_on": "2026-07-16",
        "discovered_by": "公安", "filed_on": "2026-07-20", "act_began_on": "2026-07-15", "act_ended_on": "2026-07-15",
    },
    party={
        "kind": "企业", "name": "朔州市极昼网络科技有限公司", "uscc": "91140602MAXX001112", "legal_rep": "程万里",
        "legal_rep_title": "法定代表人", "address": "山西省朔州市朔城区示例街3号", "phone": "13800138003",
        "licences": [{"name": "网络文化经营许可证", "no": "140602000003", "valid_to": "2027-05-31"}],
    },
    fact={"summary": "两名未成年人（十五岁、十六岁）使用成年人身份证上网三小时，收取上网费30元。", "place": "山西省朔州市朔城区示例街3号",
          "time": "2026-07-17T16:00:00+08:00"},
    law={
        "violated": [{"law": "互联网上网服务营业场所管理条例", "article": 21, "para": 1}, {"law": "未成年人保护法", "article": 58}],
        "penalty": [
            {"law": "互联网上网服务营业场所管理条例", "article": 31, "item": 2, "range": "给予警告，可以并处15000元以下的罚款"},
            {"law": "未成年人保护法", "article": 123, "range": "责令限期改正，给予警告，没收违法所得，可以并处五万元以下罚款"},
        ],
        "statutory_range": "给予警告，可以并处15000元以下的罚款（前者）；责令限期改正，给予警告，没收违法所得，可以并处五万元以下罚款（后者）",
    },
    evidence=[{"no": 1, "kind": "勘验笔录、现场笔录", "name": "现场检查笔录", "pages": 2, "collected_on": "2026-07-17", "proves": "两名未成年人上网"}],
    harm={"level": "一般", "classes": ["未成年人权益"], "desc": "两名未成年人进入", "reason": "未成年人上网三小时",
          "confirmed_by": ["赵明远", "孙立群", "钱承宇"]},
    correct={"required_on": "2026-07-17", "mode": "立即", "how": "自行", "done_on": "2026-07-18", "rechecked_on": "2026-07-24",
             "rechecked_by": BOTH, "remaining": []},
    no_penalty={"gravity": "一般", "reason": "涉及未成年人权益，不属于轻微", "first_offence": True,
                "query": {"system": "国家企业信用信息公示系统（山西）", "on": "2026-07-21", "result": "无行政处罚记录"}},
    edu=None,
)  # fmt: skip


def penalty(matter: str, day: str, **answers: Any) -> Form:
    """行政处罚建议表 of S03: lighter, for what was done to lessen the harm."""
    said: Form = {
        "kinds": ["警告", "罚款", "没收违法所得"], "fine": "8000", "gains": "30", "depth": "从轻", "standard_step": "接纳两名未成年人，一般情节",
        "comparison": "", "reason": "主动安装人脸核验设备，减轻危害后果", "not_excused": "涉及未成年人权益，不是轻微违法行为", "complex": False,
        "correction": "不得允许未成年人进入营业场所", "publish": True,
    }  # fmt: skip
    rows = [{"no": 1, "ground": "主动消除或者减轻危害后果", "fact": "次日安装人脸核验设备并通知监护人", "proof": "采购发票、现场照片", "verified": True}]
    circumstances = answers.pop("circumstances", rows)
    return {"form": "行政处罚建议表", "matter": matter, "submitted_at": f"{day}T15:00:00+08:00",
            "circumstances": circumstances, "penalty": {**said, **answers}}  # fmt: skip


def service(matter: str, document: str, day: str, receiver: str = "程万里") -> Form:
    row = {"document": document, "method": "直接", "on": day, "receiver": receiver, "relation": "法定代表人", "by": BOTH}
    return {"form": "送达情况表", "matter": matter, "services": [row]}


def agreed(bureau: Bureau, matter: str, code: str, day: str) -> list[str]:
    """Every step that the drafts of this code ask for agrees on the day; the steps that were asked."""
    entries = [m for m in bureau.explain(matter).values() if isinstance(m, dict) and m.get("fired")]
    wanted = max((m for m in entries if _of(bureau, matter, code) == m["rule"]), key=lambda m: len(m["approvals"]))
    labels = dict(zip(("section_head", "legal_review", "deputy", "collective", "chief"), UNIT, strict=True))
    steps = [labels[a["step"]] for a in wanted["approvals"]]
    for outcome in bureau.take(approvals(matter, code, *((step, person, "同意", day) for step, person in steps))):
        assert outcome.outcome == "filed", outcome.findings
    return [step for step, _ in steps]


def _of(bureau: Bureau, matter: str, code: str) -> str:
    return next(str(d["rule"]) for d in bureau.show(matter)["documents"] if d["draft"] == code)


def code_of(bureau: Bureau, document: str, matter: str = "2026-LA-0001") -> str:
    """The code of the open draft of this document."""
    return next(str(d["draft"]) for d in bureau.show(matter)["documents"] if d["code"] == document and d["state"] == "draft")
