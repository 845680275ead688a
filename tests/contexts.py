"""Contexts as documents see them: S01 complete (domain/09 §9.0), and what changes from ground to ground; the soft
papers of S11, S12 and S02.

All people and entities are fictional.
"""

from __future__ import annotations

import copy
from typing import Any

from docx import Document
from docx.table import Table

GROUNDS = ("33-1前", "33-1后", "33-2", "57-1-3", "30", "31")

PENALTY_LAW = "《中华人民共和国行政处罚法》"

MEASURES: dict[str, tuple[str, str]] = {
    "33-1前": (f"{PENALTY_LAW}第三十三条第一款", f"{PENALTY_LAW}第五十七条第一款第二项"),
    "33-1后": (f"{PENALTY_LAW}第三十三条第一款", f"{PENALTY_LAW}第五十七条第一款第二项"),
    "33-2": (f"{PENALTY_LAW}第三十三条第二款", ""),
    "57-1-3": (f"{PENALTY_LAW}第五十七条第一款第三项", ""),
    "30": (f"{PENALTY_LAW}第三十条", ""),
    "31": (f"{PENALTY_LAW}第三十一条", ""),
}

NET_CAFE_21_2 = "互联网上网服务营业场所经营单位应当在营业场所入口处的显著位置悬挂未成年人禁入标志。"
MINORS_58 = (
    "学校、幼儿园周边不得设置营业性娱乐场所、酒吧、互联网上网服务营业场所等不适宜未成年人活动的场所。营业性歌舞娱乐场所、"
    "酒吧、互联网上网服务营业场所等不适宜未成年人活动场所的经营者，不得允许未成年人进入；游艺娱乐场所设置的电子游戏设备，除"
    "国家法定节假日外，不得向未成年人提供。经营者应当在显著位置设置未成年人禁入、限入标志；对难以判明是否是未成年人的，应当"
    "要求其出示身份证件。"
)

_S01: dict[str, Any] = {
    "unit": "文化市场综合行政执法大队",
    "org": {
        "name": "朔州市朔城区文化和旅游局",
        "address": "山西省朔州市朔城区",
        "phone": "0349-0000000",
        "reviewing_government": "朔州市朔城区人民政府",
        "court": "朔州市朔城区人民法院",
        "review_online": "掌上复议小程序",
        "office": "朔州市朔城区文化和旅游局办公室",
        "policy_title": "关于在市场监管领域推行包容审慎监管的实施方案",
        "policy_number": "朔区文旅发〔2020〕47号",
    },
    "matter": {"id": "2026-LA-0007", "case": "朔区文旅立字〔2026〕7号"},
    "case": {
        "no": "朔区文旅立字〔2026〕7号",
        "title": "朔州市星屿网咖有限公司未悬挂未成年人禁入标志案",
        "act": "未在营业场所入口处的显著位置悬挂未成年人禁入标志",
        "source": "双随机",
        "source_ref": "SSJ-2026-Q3-014",
        "industry": "互联网上网服务营业场所",
        "channel": "线下",
        "found_on": "2026年7月8日",
        "discovered_on": "2026年7月8日",
        "discovered_by": "本机关",
        "filed_on": "2026年7月10日",
        "act_began_on": "2026年7月7日",
        "act_ended_on": "2026年7月8日",
    },
    "party": {
        "is_person": False,
        "kind": "企业",
        "name": "朔州市星屿网咖有限公司",
        "uscc": "91140602MAXX002268",
        "legal_rep": "田野禾",
        "legal_rep_title": "法定代表人",
        "address": "山西省朔州市朔城区示例街1号",
        "phone": "13800138000",
        "licences": [
            {
                "name": "网络文化经营许可证",
                "no": "140602000000",
                "valid_to": "2027年3月31日",
                "issuer": "朔城区行政审批服务管理局",
            }
        ],
    },
    "officers": [
        {"name": "赵明远", "cert_no": "04060200101"},
        {"name": "孙立群", "cert_no": "04060200102"},
    ],
    "fact": {
        "summary": "营业场所入口处未悬挂未成年人禁入标志，检查时场内无未成年人，当场重新悬挂。",
        "place": "山西省朔州市朔城区示例街1号",
        "time": "2026年7月8日15时10分",
        "narrative": "2026年7月8日15时10分，当事人在山西省朔州市朔城区示例街1号，营业场所入口处未悬挂未成年人禁入标志，"
        "检查时场内无未成年人，当场重新悬挂。",
    },
    "law": {
        "violated": [
            {"citation": "《互联网上网服务营业场所管理条例》第二十一条第二款", "text": NET_CAFE_21_2},
            {"citation": "《中华人民共和国未成年人保护法》第五十八条", "text": MINORS_58},
        ],
        "penalty": [
            {
                "citation": "《互联网上网服务营业场所管理条例》第三十一条第五项",
                "text": "（五）未悬挂《网络文化经营许可证》或者未成年人禁入标志的。",
                "range": "给予警告，可以并处15000元以下的罚款",
            },
            {
                "citation": "《中华人民共和国未成年人保护法》第一百二十三条",
                "text": "相关经营者违反本法第五十八条……",
                "range": "责令限期改正，给予警告，没收违法所得，可以并处五万元以下罚款",
            },
        ],
        "statutory_range": "给予警告，可以并处15000元以下的罚款（前者）；责令限期改正，给予警告，没收违法所得，"
        "可以并处五万元以下罚款（后者）",
        "violated_cited": "《互联网上网服务营业场所管理条例》第二十一条第二款、"
        "《中华人民共和国未成年人保护法》第五十八条",
    },
    "evidence": [
        {
            "no": "1",
            "kind": "勘验笔录、现场笔录",
            "name": "现场检查笔录",
            "pages": "2",
            "collected_on": "2026年7月8日",
            "proves": "检查时入口未悬挂标志并当场改正",
        },
        {
            "no": "2",
            "kind": "视听资料",
            "name": "现场照片",
            "pages": "3",
            "collected_on": "2026年7月8日",
            "proves": "改正前后状况",
        },
        {
            "no": "3",
            "kind": "当事人的陈述",
            "name": "调查询问笔录",
            "pages": "3",
            "collected_on": "2026年7月9日",
            "proves": "标志脱落经过",
        },
        {
            "no": "4",
            "kind": "书证",
            "name": "营业执照及网络文化经营许可证复印件",
            "pages": "2",
            "collected_on": "2026年7月9日",
            "proves": "主体资格",
        },
    ],
    "evidence_confirmed": "当事人签名（盖章）确认",
    "harm": {
        "level": "无",
        "classes": [],
        "desc": "",
        "reason": "检查时及调取的当日上网登记记录中均无未成年人，未接到相关投诉",
    },
    "correct": {
        "required_on": "2026年7月8日",
        "mode": "立即",
        "how": "按责令改正通知书",
        "order_no": "朔区文旅责改字〔2026〕9号",
        "order_served_on": "2026年7月9日",
        "done_on": "2026年7月8日",
        "rechecked_on": "2026年7月15日",
        "rechecked_by": ["赵明远", "孙立群"],
        "remaining": [],
    },
    "no_penalty": {
        "gravity": "轻微",
        "reason": "违法行为轻微，当场改正并经复查属实，没有造成危害后果",
        "gravity_reason": "标志系脱落后未及时重新悬挂，持续时间不足二日，场内其他位置仍有未成年人禁入提示",
        "first_offence": True,
        "query_system": "国家企业信用信息公示系统（山西）",
        "query_on": "2026年7月9日",
        "query_result": "无行政处罚记录",
    },
    "statement": "",
    "investigation": {"steps": ["现场检查", "调查询问"], "cards_shown": True, "rights_told": True},
    "service_plan": {"electronic": False},
    "edu": {
        "law_points": "未成年人禁入标志是防止未成年人进入的第一道措施，经营者应当保持其在入口处显著位置完好，"
        "标志脱落、破损的应当立即重新悬挂",
        "keep_compliance": "每日营业前检查标志并记录，对难以判明是否是未成年人的，要求其出示身份证件",
        "dt": "2026年7月23日10时00分",
        "place": "山西省朔州市朔城区示例街1号",
        "by": ["赵明远", "孙立群"],
        "to": "田野禾",
    },
    "cites": {"education": f"{PENALTY_LAW}第三十三条第三款"},
}

_OPINION = (
    "同一行为同时违反行政法规和法律，罚款幅度以未成年人保护法第一百二十三条为高；三项要件均有证据，同意不予行政处罚"
)
APPROVALS = [
    {"step": "部门负责人", "person": "钱承宇", "decision": "同意", "opinion": "", "on": "2026年7月17日"},
    {"step": "法制审核", "person": "吴思远", "decision": "同意", "opinion": _OPINION, "on": "2026年7月20日"},
    {"step": "负责人", "person": "郑清和", "decision": "同意", "opinion": "", "on": "2026年7月22日"},
]

_VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "33-1前": {},
    "33-1后": {"harm": {"reason": "顾客误认一起，已当场说明并得到谅解"}},
    "33-2": {
        "no_penalty": {
            "proof": "供货单位的批准文件和查验记录",
            "fault_reason": "当事人已经尽到查验义务，无从知道批准文件系伪造",
        },
        "correct": {"remaining": ["撤下未经批准的节目", "更换入口处标志"], "deadline": "2026年8月7日"},
    },
    "57-1-3": {"no_penalty": {"not_established": "当事人在检查当日营业期间未悬挂标志"}},
    "30": {"party": {"birth": "2013年5月1日"}},
    "31": {
        "party": {"birth": "1900年5月1日"},
        "no_penalty": {"reason": "鉴定意见认定其实施行为时没有辨认能力"},
    },
}
_PERSON = {
    "is_person": True,
    "kind": "自然人",
    "name": "顾小北",
    "gender": "男",
    "birth": "1900年5月1日",
    "id_type": "居民身份证",
    "id_no": "140602190005010010",
    "guardian": "顾知秋",
    "address": "山西省朔州市朔城区示例街2号",
    "phone": "13800138001",
}


def drafted(ground: str = "33-1前", title: str = "不予行政处罚决定书") -> dict[str, Any]:
    """A draft of S01 on this ground; grounds 30 and 31 have a natural person as party."""
    context = copy.deepcopy(_S01)
    basis, procedure = MEASURES[ground]
    context["measure"] = {
        "rule": "DR-10",
        "name": "不予行政处罚",
        "label": "不予行政处罚（示例）",
        "ground": ground,
        "basis": basis,
        "procedure": procedure,
        "grounds": "、".join(filter(None, (basis, procedure))),
    }
    if ground in ("30", "31"):
        context["party"] = dict(_PERSON)
    for group, changes in _VARIANTS[ground].items():
        context[group] |= changes
    context["approvals"] = [
        {"step": one["step"], "person": "", "decision": "", "opinion": "", "on": ""} for one in APPROVALS
    ]
    context["doc"] = {"title": title, "code": "K7Q4-MD2X", "draft": True, "number": "", "date": "", "copies": "3"}
    return context


def issued(ground: str = "33-1前", title: str = "不予行政处罚决定书") -> dict[str, Any]:
    """The same paper issued: number, date and approvals besides."""
    context = drafted(ground, title)
    context["doc"] |= {"draft": False, "number": "朔区文旅不罚字〔2026〕3号", "date": "2026年7月22日"}
    context["approvals"] = copy.deepcopy(APPROVALS)
    return context


def receipt() -> dict[str, Any]:
    """D-34 of S01's decision."""
    context = issued(title="送达回证")
    context["served"] = {
        "title": "不予行政处罚决定书",
        "number": "朔区文旅不罚字〔2026〕3号",
        "date": "2026年7月22日",
        "code": "D-13",
    }
    context["services"] = [
        {
            "document": "不予行政处罚决定书",
            "method": "直接",
            "on": "2026年7月23日",
            "place": "山西省朔州市朔城区示例街1号",
            "receiver": "田野禾",
            "relation": "法定代表人",
            "by": ["赵明远", "孙立群"],
        }
    ]
    return context


def index() -> dict[str, Any]:
    """D-36 of S01 with a few papers."""
    organ = _S01["org"]["name"]
    rows = [
        {"no": "1", "number": "", "organ": organ, "title": "案源登记表", "date": "2026年7月8日"},
        {
            "no": "2",
            "number": "朔区文旅立字〔2026〕7号",
            "organ": organ,
            "title": "立案审批表",
            "date": "2026年7月10日",
        },
        {
            "no": "3",
            "number": "朔区文旅不罚字〔2026〕3号",
            "organ": organ,
            "title": "不予行政处罚决定书",
            "date": "2026年7月22日",
        },
    ]
    return {
        "doc": {"title": "卷内目录"},
        "org": {"name": organ},
        "index": {
            "title": _S01["case"]["title"],
            "party": _S01["party"]["name"],
            "case_no": _S01["case"]["no"],
            "rows": [{**row, "page": "", "remark": ""} for row in rows],
        },
    }


# ── soft papers: advice, talks, rechecks, commitments ──

CLUB: dict[str, Any] = {
    "is_person": False,
    "kind": "个体工商户",
    "name": "朔州市朔城区迷雾剧本体验馆",
    "uscc": "92140602MAXX016755",
    "legal_rep": "易安然",
    "legal_rep_title": "经营者",
    "address": "山西省朔州市朔城区示例街11号",
    "phone": "13800138011",
}
AGENCY: dict[str, Any] = {
    "is_person": False,
    "kind": "企业",
    "name": "朔州市雁门假期旅行社有限公司",
    "uscc": "91140602MAXX00998D",
    "legal_rep": "关山月",
    "legal_rep_title": "法定代表人",
    "address": "山西省朔州市朔城区示例街12号",
    "phone": "13800138012",
}
KARAOKE: dict[str, Any] = {
    "is_person": False,
    "kind": "个体工商户",
    "name": "朔州市朔城区云谷量贩歌厅",
    "uscc": "92140602MAXX0055XG",
    "legal_rep": "柏舟",
    "legal_rep_title": "经营者",
    "legal_rep_id_no": "140602190005010010",
    "address": "山西省朔州市朔城区示例街5号",
    "phone": "13800138002",
}
PERFORMER = _PERSON

_ADVICE: dict[str, Any] = {
    "no": "1",
    "source": "日常检查",
    "background": "有一处安全出口被道具箱堵塞，开场时玩家不能从该出口离开",
    "items": ["当日移走安全出口处的道具箱", "每场开始前由主持人检查全部出口并登记", "在出口处张贴不得堆物的提示"],
    "basis": "《中华人民共和国消防法》第二十八条",
    "legal_note": "《中华人民共和国消防法》第二十八条规定，任何单位、个人不得占用、堵塞、封闭疏散通道、安全出口",
    "reply_by": "2026年7月20日",
    "proposed_on": "2026年7月2日",
}

_S11_TALK: dict[str, Any] = {
    "no": "1",
    "kind": "责任约谈",
    "reason": "安全出口被道具堵塞的隐患没有消除",
    "purpose": "消除安全隐患、规范经营",
    "sector_basis": "《中华人民共和国安全生产法》第六十九条",
    "when": "2026年8月20日9时30分",
    "where": "朔州市朔城区文化和旅游局二楼会议室",
    "invitee": "易安然",
    "invitee_role": "经营者",
    "hosts": ["赵明远", "孙立群"],
    "materials": "营业执照复印件、现场照片",
    "contact": "赵明远，0349-0000000",
    "reply_by": "2026年8月19日",
    "violation_clue": False,
    "recording": False,
    "prior_title": "行政建议书",
    "prior_no": "朔区文旅建字〔2026〕4号",
    "prior_served_on": "2026年7月2日",
    "prior_recheck_on": "2026年8月3日",
    "prior_recheck_no": "朔区文旅复记〔2026〕6号",
    "hazard": "安全出口被道具箱堵塞的隐患",
}
_S11_HELD: dict[str, Any] = {
    "held": True,
    "start": "2026年8月20日9时32分",
    "end": "2026年8月20日10时41分",
    "host": "冯若谷",
    "host_title": "分管负责人",
    "recorder": "周小满",
    "attendee": "易安然",
    "attendee_title": "经营者",
    "attendee_id_type": "居民身份证",
    "attendee_id_no": "140602190003030033",
    "attendee_phone": "13800138011",
    "is_agent": False,
    "found_on": "2026年7月2日",
    "source": "日常检查",
    "issues": ["东侧安全出口被两只道具箱堵塞", "没有开场前检查出口的登记"],
    "duty": "保持疏散通道、安全出口畅通",
    "duty_basis": "《中华人民共和国消防法》第二十八条",
    "risk_notes": "密闭空间内发生火情时，出口不通会使玩家无法及时离开",
    "advice": ["移走道具箱并另设库房", "每场开始前检查出口并登记", "每月组织一次疏散演练"],
    "follow_up_on": "2026年9月5日",
    "a1": "看清了。",
    "a2": "清楚，没有商业秘密要说明。",
    "a2b": "清楚。",
    "a4": "我馆有四个房间，我是经营者，店长是我本人。",
    "a5": "属实。",
    "a6": "新剧本道具多，没有库房，只临时挪开过。",
    "a6b": "没有租到库房，由我本人负责，先停用三号房间放道具，9月4日前完成。",
    "a7": "9月4日前把道具箱全部移走，由我负责，以后每场检查登记。",
    "a8": "清楚，完成后交书面报告。",
    "a9": "没有补充。",
}
_GUIDANCE: dict[str, Any] = {
    "no": "2",
    "kind": "指导约谈",
    "reason": "网上售票页面的场次信息与现场不一致",
    "purpose": "规范票务信息",
    "sector_basis": "",
    "where": "山西省朔州市朔城区示例街11号",
    "invitee_role": "主要负责人",
    "violation_clue": True,
    "recording": True,
    "is_agent": True,
    "authorised": True,
    "attendee": "安如故",
    "attendee_title": "店长",
    "others": "何见证（所在园区管理处）",
    "a3": "不需要回避。",
}
_RESPONSIBILITY_ONLY = ("reply_by", "a6b", *(name for name in _S11_TALK if name.startswith("prior_")), "hazard")

_RECHECK: dict[str, Any] = {
    "no": "1",
    "dt": "2026年8月3日15时0分",
    "place": "山西省朔州市朔城区示例街11号",
    "orig_title": "行政建议书",
    "orig_no": "朔区文旅建字〔2026〕4号",
    "required": "移走安全出口处的道具箱，每场开始前检查出口并登记",
    "found": "东侧安全出口仍被两只道具箱堵塞，没有检查登记",
    "conclusion": "未整改",
    "evidence": "现场照片4张",
    "next": "对经营者进行责任约谈",
    "by": ["赵明远", "孙立群"],
    "party_person": "易安然",
}

_COMMITMENT: dict[str, Any] = {
    "no": "1",
    "kind": "主动型",
    "industry": "娱乐场所",
    "licences": "娱乐经营许可证",
    "self_rules": "班前检查着装和工作标志的制度",
    "sector_duty": "消防安全",
    "publicity_period": "一年",
    "prepared_on": "2026年8月10日",
}
COMMITMENTS: dict[str, dict[str, Any]] = {
    "主动型": {},
    "告知承诺型": {"valid_to": "2027年8月9日"},
    "整改型": {
        "issues": "三名从业人员没有佩带工作标志的问题",
        "done_on": "2026年8月6日",
        "corrections": "为全部从业人员配发工作标志，并在上岗前核对",
    },
    "信用修复型": {
        "industry": "旅行社",
        "licences": "旅行社业务经营许可证",
        "issues": "未与旅游者签订书面合同的问题",
        "done_on": "2026年5月18日",
        "corrections": "全部团队启用电子合同",
        "self_rules": "合同逐团核对制度",
        "sector_duty": "旅游安全",
        "item_doc_no": "朔区文旅罚字〔2026〕2号",
        "item_org": "朔州市朔城区文化和旅游局",
        "item_on": "2026年5月6日",
        "item_class": "一般",
        "duties_done": "罚款已于2026年5月18日缴清",
        "prepared_on": "2026年9月22日",
    },
}


def soft(title: str, number: str, date: str, party: dict[str, Any]) -> dict[str, Any]:
    """What every paper of a guidance matter has; there is no 案号."""
    return {
        "org": dict(_S01["org"]),
        "matter": {"id": "2026-ZD-0007", "case": "", "ref": ""},
        "case": {"no": ""},
        "party": dict(party),
        "officers": copy.deepcopy(_S01["officers"]),
        "doc": {"title": title, "code": "K7Q4-MD2X", "draft": False, "number": number, "date": date},
    }


def drafted_soft(context: dict[str, Any]) -> dict[str, Any]:
    """The same paper before its approval."""
    return {**context, "doc": {**context["doc"], "draft": True, "number": "", "date": ""}}


def advice(**changes: Any) -> dict[str, Any]:
    """D-03 of S11."""
    context = soft("行政建议书", "朔区文旅建字〔2026〕4号", "2026年7月2日", CLUB)
    return {**context, "advice": given(_ADVICE, changes)}


def talk(kind: str = "责任约谈", /, **changes: Any) -> dict[str, Any]:
    """D-04 and D-05: S11's 责任约谈; an ordinary 指导约谈 with an agent; S12's 信用修复约谈 with the head in person."""
    item = {**_S11_TALK, **_S11_HELD}
    if kind != "责任约谈":
        item = {name: value for name, value in item.items() if name not in _RESPONSIBILITY_ONLY} | _GUIDANCE
    if kind == "信用修复约谈":
        item |= {"kind": kind, "is_agent": False, "violation_clue": False, "invitee_role": "法定代表人"}
    number, date = "朔区文旅约字〔2026〕7号", "2026年8月17日"
    context = soft("行政约谈通知书", number, date, AGENCY if kind == "信用修复约谈" else CLUB)
    return {**context, "talk": given(item, changes)}


def recorded(kind: str = "责任约谈", /, **changes: Any) -> dict[str, Any]:
    """The same talk as its record sees it."""
    context = {**talk(kind, **changes), "refs": {"notice_number": "朔区文旅约字〔2026〕7号"}}
    return {**context, "doc": {**context["doc"], "title": "行政约谈记录", "number": "朔区文旅约记〔2026〕7号"}}


def recheck(**changes: Any) -> dict[str, Any]:
    """D-09 of S11, of 2026-08-03: not cleared."""
    context = soft("整改复查记录", "朔区文旅复记〔2026〕6号", "2026年8月3日", CLUB)
    return {**context, "recheck": given(_RECHECK, changes)}


def commitment(kind: str, party: dict[str, Any] | None = None, /, **changes: Any) -> dict[str, Any]:
    """D-11: S02's 整改型, S12's 信用修复型, and the two others of the same 歌厅."""
    whose = party or (AGENCY if kind == "信用修复型" else KARAOKE)
    context = soft("信用承诺书", "朔区文旅信诺〔2026〕5号", "2026年8月10日", whose)
    return {**context, "commitment": given({**_COMMITMENT, "kind": kind, **COMMITMENTS[kind]}, changes)}


def given(item: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """An item as a context holds it: what is empty or None is not there."""
    return copy.deepcopy({name: value for name, value in {**item, **changes}.items() if value not in ("", None)})


def text_of(document: Any) -> str:
    """Paragraphs and cells in order, one a line."""
    word = Document(document)
    lines: list[str] = []
    for block in word.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                seen = dict.fromkeys(cell._tc for cell in row.cells)
                lines += [paragraph.text for tc in seen for paragraph in _paragraphs(tc)]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _paragraphs(tc: Any) -> list[Any]:
    return list(tc.p_lst)
