"""The forms of the way to a decision: lead, filing, inspection, questioning, order, recheck, review, discussion, closing."""

from __future__ import annotations

from typing import Any

OFFICERS = [{"name": "赵明远", "cert_no": "04060200101"}, {"name": "孙立群", "cert_no": "04060200102"}]
BOTH = ["赵明远", "孙立群"]
PLACE = "山西省朔州市朔城区示例街1号"
Form = dict[str, Any]


def lead(matter: str = "", **answers: Any) -> Form:
    """案源登记表 of S01."""
    form: Form = {
        "form": "案源登记表", "submitted_at": "2026-07-08T17:00:00+08:00", "unit": "文化市场综合行政执法大队",
        "case": {"industry": "互联网上网服务营业场所"},
        "lead": {
            "received_on": "2026-07-08", "channel": "双随机", "summary": "双随机抽查发现营业场所入口处未悬挂未成年人禁入标志",
            "attachments": ["双随机抽查记录表"], "suggestion": "核查", "checked_by": BOTH, "checked_on": "2026-07-09",
            "check_result": "情况属实",
        },
    }  # fmt: skip
    form.update(answers)
    return {**form, "matter": matter} if matter else form


def filing(matter: str, proposal: str = "立案", **answers: Any) -> Form:
    """立案审批表 of S01."""
    said = {
        "proposal": proposal, "clue": "双随机抽查发现入口处未悬挂未成年人禁入标志", "evidence": "现场检查笔录、现场照片",
        "suspected": "《互联网上网服务营业场所管理条例》第二十一条第二款、《中华人民共和国未成年人保护法》第五十八条",
        "reason": "有违法事实，属于本机关管辖，依法应当立案", "handlers": BOTH,
    }  # fmt: skip
    return {
        "form": "立案审批表", "matter": matter, "submitted_at": "2026-07-09T17:00:00+08:00", "officers": OFFICERS,
        "case": {"act": "未在营业场所入口处的显著位置悬挂未成年人禁入标志", "source": "双随机", "found_on": "2026-07-08"},
        "filing": {**said, **answers},
    }  # fmt: skip


def inspection(matter: str, **answers: Any) -> Form:
    """现场检查情况表 of S01."""
    row = {
        "no": 1, "start": "2026-07-08 15:10", "end": "2026-07-08 15:50", "place": PLACE, "subject": "朔州市星屿网咖有限公司",
        "person": "田野禾", "role": "法定代表人", "by": BOTH, "recorder": "周小满", "cards_shown": True, "rights_told": True,
        "items": "未成年人禁入标志、实名登记", "found": "营业场所入口处没有未成年人禁入标志，场内当时二十一人上网，均为成年人",
        "video": "ZF-20260708-03", "statement": "标志昨天掉了，马上挂上",
    }  # fmt: skip
    return {"form": "现场检查情况表", "matter": matter, "submitted_at": "2026-07-08T18:00:00+08:00", "officers": OFFICERS,
            "inspections": [{**row, **answers}]}  # fmt: skip


def random_check(matter: str = "", **answers: Any) -> Form:
    """双随机抽查情况表 of S01; without a matter it opens one of its own."""
    row = {
        "no": 1, "task": "SSJ-2026-Q3-014", "matters": ["未成年人保护"], "drawn_on": "2026-07-06", "method": "抽查系统随机抽取",
        "objects": "从31户中抽取3户", "by": BOTH, "approval": "钱承宇2026年7月7日批准", "start": "2026-07-08 15:10",
        "end": "2026-07-08 15:50", "subject": "朔州市星屿网咖有限公司", "place": PLACE, "person": "田野禾",
        "result": "发现问题已责令改正", "next": "作为案源登记",
    }  # fmt: skip
    items = [{"of": 1, "no": 1, "item": "未成年人禁入标志", "basis": "抽查事项清单第3项", "found": "入口处没有悬挂"}]
    form: Form = {"form": "双随机抽查情况表", "submitted_at": "2026-07-08T18:00:00+08:00", "unit": "文化市场综合行政执法大队",
                  "officers": OFFICERS, "random_checks": [{**row, **answers}], "random_items": items}  # fmt: skip
    return {**form, "matter": matter} if matter else form


def party_papers(matter: str, **answers: Any) -> Form:
    """送达地址和委托代理表 of S01: an address without electronic service, an agent with two powers."""
    address = {"no": 1, "address": PLACE, "receiver": "田野禾", "phone": "13800138000", "electronic": False, "on": "2026-07-09"}
    agent = {
        "no": 1, "name": "田青", "id_type": "居民身份证", "id_no": "140602190001010013", "relation": "员工", "phone": "13800138001",
        "extent": "一般代理", "powers": ["代为陈述、申辩", "代为签收文书"], "from": "2026-07-09", "to": "2026-12-31", "on": "2026-07-09",
    }  # fmt: skip
    return {"form": "送达地址和委托代理表", "matter": matter, "submitted_at": "2026-07-09T11:30:00+08:00",
            "confirmations": [{**address, **answers}], "agents": [agent]}  # fmt: skip


def questioning(matter: str, **answers: Any) -> Form:
    """调查询问情况表 of S01."""
    row = {
        "no": 1, "start": "2026-07-09 09:30", "end": "2026-07-09 10:10", "place": "本局二楼询问室", "by": BOTH, "recorder": "周小满",
        "person": "田野禾", "gender": "男", "id_type": "居民身份证", "id_no": "140602190001010013", "role": "法定代表人",
        "phone": "13800138000", "a1": "看清了。", "a2": "清楚。", "a3": "不申请。",
    }  # fmt: skip
    spoken = [("标志什么时候脱落的？", "七月七日晚上打烊时发现掉了。"), ("当时为什么没有悬挂？", "想第二天重新做一块，没有及时挂。")]
    said = [{"questioning": 1, "no": n, "question": q, "answer": a} for n, (q, a) in enumerate(spoken, 1)]
    return {"form": "调查询问情况表", "matter": matter, "submitted_at": "2026-07-09T11:00:00+08:00", "officers": OFFICERS,
            "questionings": [{**row, **answers}], "answers": said}  # fmt: skip


def order(matter: str, **answers: Any) -> Form:
    """责令改正情况表 of S01: ordered on the spot, written up the next day."""
    row = {
        "no": 1, "mode": "立即", "on": "2026-07-08", "act": "未在营业场所入口处的显著位置悬挂未成年人禁入标志",
        "violated": "《中华人民共和国未成年人保护法》第五十八条", "law": "未成年人保护法", "article": 123,
        "items": ["在营业场所入口处的显著位置悬挂未成年人禁入标志"],
    }  # fmt: skip
    return {"form": "责令改正情况表", "matter": matter, "submitted_at": "2026-07-09T09:00:00+08:00", "officers": OFFICERS,
            "orders": [{**row, **answers}]}  # fmt: skip


def recheck(matter: str, **answers: Any) -> Form:
    """整改复查表 of S01."""
    row = {
        "no": 1, "dt": "2026-07-15 10:00", "place": PLACE, "orig_title": "责令改正通知书", "orig_no": "朔区文旅责改字〔2026〕9号",
        "required": "悬挂未成年人禁入标志", "found": "标志已在入口处显著位置悬挂", "conclusion": "已整改", "evidence": "现场照片2张",
        "next": "无", "by": BOTH, "party_person": "田野禾",
    }  # fmt: skip
    return {"form": "整改复查表", "matter": matter, "rechecks": [{**row, **answers}]}


def review(matter: str, draft: str, on: str, decision: str = "同意", **answers: Any) -> Form:
    """法制审核意见表: the answer and the eight heads."""
    heads = {
        "subject": "本机关具有行政处罚主体资格", "jurisdiction": "违法行为发生在本区，属于本机关管辖",
        "facts": "事实清楚，证据确实充分", "nature": "定性准确", "basis": "适用依据正确", "procedure": "程序合法",
        "discretion": "处理适当", "papers": "文书规范",
    }  # fmt: skip
    conclusion = {"同意": "同意", "退回": "补充调查"}.get(decision, "其他")
    row = {"draft": draft, "in_on": on, "certificate": "A20211406020001", **heads, "conclusion": conclusion, **answers}
    said = {"draft": draft, "step": "法制审核", "person": "吴思远", "decision": decision, "opinion": "事实清楚，程序合法", "on": on}
    return {"form": "法制审核意见表", "matter": matter, "approvals": [said], "reviews": [row]}


def discussion(matter: str, on: str, **answers: Any) -> Form:
    """集体讨论情况表."""
    row = {
        "no": 1, "start": f"{on} 15:00", "end": f"{on} 16:10", "place": "本局三楼会议室", "chair": "郑怀瑾（局长）",
        "present": ["郑怀瑾（局长）", "冯若谷（副局长）"], "observers": ["吴思远"], "recorder": "周小满", "reporter": "赵明远",
        "case_report": "案情如案件处理意见书所述", "legal_opinion": "事实清楚，证据充分，程序合法", "dissent": "",
        "views": ["冯若谷：同意承办机构的意见", "钱承宇：同意"], "chair_view": "同意", "conclusion": "一致同意承办机构的处理意见",
    }  # fmt: skip
    return {"form": "集体讨论情况表", "matter": matter, "submitted_at": f"{on}T17:00:00+08:00",
            "discussions": [{**row, **answers}]}  # fmt: skip


def reply(matter: str, on: str, **answers: Any) -> Form:
    """举报答复表: the result."""
    row = {
        "no": 1, "kind": "结果答复", "received_on": "2026-07-08", "matter": "某网吧没有未成年人禁入标志", "told": "经核查没有违法事实",
        "duty": False, "channel": "书面", "on": on,
    }  # fmt: skip
    return {"form": "举报答复表", "matter": matter, "submitted_at": f"{on}T16:00:00+08:00", "responses": [{**row, **answers}]}


def reading(matter: str = "", **answers: Any) -> Form:
    """来文阅批表: a letter of the police; without a matter it opens one of its own."""
    row = {
        "no": 1, "title": "关于移送线索的函", "from_org": "朔州市公安局朔城分局", "received_on": "2026-07-08", "summary": "移送线索",
        "proposal": "建议核查", "readers": ["冯若谷", "郑怀瑾"], "due": "2026-07-13",
    }  # fmt: skip
    form: Form = {"form": "来文阅批表", "unit": "办公室", "submitted_at": "2026-07-08T17:10:00+08:00", "readings": [{**row, **answers}]}
    return {**form, "matter": matter} if matter else form


def seal(matter: str, on: str, document: str, title: str) -> Form:
    """用印登记表: one use."""
    row = {"no": 1, "on": on, "title": title, "document": document, "copies": 3, "user": "赵明远", "approved_by": "郑怀瑾", "straddle": True}
    return {"form": "用印登记表", "matter": matter, "unit": "办公室", "seals": [row]}


def self_check(matter: str, on: str, **answers: Any) -> Form:
    """案卷自查表: ten heads, all sound."""
    heads = ("主体", "事实", "证据", "依据", "程序", "裁量", "文书", "送达", "执行", "归档")
    told = {"conclusion": "符合归档要求", "by": "吴思远", "on": on}
    return {"form": "案卷自查表", "matter": matter, "self_checks": [{"head": h, "sound": True} for h in heads],
            "self_check": told, **answers}  # fmt: skip


def closing(matter: str, result: str, **answers: Any) -> Form:
    """结案情况表 without a day: the approval closes."""
    case = {"result": result, "execution": "无需履行"}
    told = {"summary": "决定书已经送达，当事人没有异议", "goods": ""}
    return {"form": "结案情况表", "matter": matter, "case": {**case, **answers}, "closing": told}
