"""Contexts as documents see them: S01 complete (domain/09 §9.0), and what changes from ground to ground.

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
