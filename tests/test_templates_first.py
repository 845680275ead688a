"""Promises of the first documents: D-12, D-13, D-14, D-15, D-34, D-36 as they stand under templates/documents/."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from contexts import APPROVALS, GROUNDS, MEASURES, drafted, index, issued, receipt, text_of
from paperwork import catalogue
from paperwork.checking import printable
from paperwork.rendering import MissingFacts, check, render
from paperwork.rendering.package import unpacked
from paperwork.rendering.scan import TAG

SHIPPED = catalogue.load(Path(__file__).resolve().parent.parent)
DOCUMENTS = Path(__file__).resolve().parent.parent / "templates" / "documents"
KINDS = (
    "no_penalty_decision",
    "no_penalty_approval",
    "handling_opinion",
    "education_record",
    "service_receipt",
    "file_index",
)
OF_A_CASE = KINDS[:4]


def template(kind: str) -> bytes:
    return (DOCUMENTS / kind / "template.docx").read_bytes()


def made(kind: str, context: dict[str, Any]) -> str:
    """The text of the rendered document, a paragraph a line."""
    return text_of(io.BytesIO(render(template(kind), context)))


def decision(ground: str = "33-1前", **groups: Any) -> str:
    context = issued(ground)
    for name, change in groups.items():
        context[name] = {**context[name], **change} if isinstance(change, dict) else change
    return made("no_penalty_decision", context)


# ── D-13: every sentence of S01 ──

S01_LINES = """\
朔州市朔城区文化和旅游局
不予行政处罚决定书
朔区文旅不罚字〔2026〕3号
当事人：朔州市星屿网咖有限公司
主体资格证照名称：营业执照
统一社会信用代码：91140602MAXX002268
许可证件名称及编号：网络文化经营许可证 140602000000（有效期至2027年3月31日）
住所（经营场所）：山西省朔州市朔城区示例街1号
法定代表人：田野禾
2026年7月8日，本机关在双随机抽查中发现当事人涉嫌未在营业场所入口处的显著位置悬挂未成年人禁入标志。执法人员赵明远（执法证号：\
04060200101）、孙立群（执法证号：04060200102）出示执法证件，依法进行了现场检查、调查询问，并告知当事人享有陈述、申辩和申请回避\
的权利。本机关于2026年7月10日予以立案（朔区文旅立字〔2026〕7号），现已调查终结。
经查明：2026年7月8日15时10分，当事人在山西省朔州市朔城区示例街1号，营业场所入口处未悬挂未成年人禁入标志，检查时场内无未成年人，\
当场重新悬挂。
上述事实，有下列证据证实：
1.现场检查笔录2页，证明检查时入口未悬挂标志并当场改正；
2.现场照片3页，证明改正前后状况；
3.调查询问笔录3页，证明标志脱落经过；
4.营业执照及网络文化经营许可证复印件2页，证明主体资格。
上述证据经当事人签名（盖章）确认，真实、合法，与本案相关联，本机关予以采信。
当事人未提出陈述、申辩意见。
本机关认为，当事人未在营业场所入口处的显著位置悬挂未成年人禁入标志的行为，违反了《互联网上网服务营业场所管理条例》第二十一条\
第二款“互联网上网服务营业场所经营单位应当在营业场所入口处的显著位置悬挂未成年人禁入标志”、《中华人民共和国未成年人保护法》\
第五十八条“学校、幼儿园周边不得设置营业性娱乐场所、酒吧、互联网上网服务营业场所等不适宜未成年人活动的场所。营业性歌舞娱乐场所、\
酒吧、互联网上网服务营业场所等不适宜未成年人活动场所的经营者，不得允许未成年人进入；游艺娱乐场所设置的电子游戏设备，除国家法定\
节假日外，不得向未成年人提供。经营者应当在显著位置设置未成年人禁入、限入标志；对难以判明是否是未成年人的，应当要求其出示身份\
证件”的规定。依照《互联网上网服务营业场所管理条例》第三十一条第五项、《中华人民共和国未成年人保护法》第一百二十三条，上述行为\
的法律责任为给予警告，可以并处15000元以下的罚款（前者）；责令限期改正，给予警告，没收违法所得，可以并处五万元以下罚款（后者）。
经查：（一）违法行为轻微，标志系脱落后未及时重新悬挂，持续时间不足二日，场内其他位置仍有未成年人禁入提示；（二）当事人已于\
2026年7月8日按照《责令改正通知书》（朔区文旅责改字〔2026〕9号）的要求改正，本机关于2026年7月15日复查属实；（三）没有造成危害后果，\
检查时及调取的当日上网登记记录中均无未成年人，未接到相关投诉。
本案已经法制审核。
综上，依据《中华人民共和国行政处罚法》第三十三条第一款、《中华人民共和国行政处罚法》第五十七条第一款第二项的规定，本机关决定：
对当事人未在营业场所入口处的显著位置悬挂未成年人禁入标志的行为不予行政处罚。
依照《中华人民共和国行政处罚法》第三十三条第三款的规定，本机关对当事人进行如下教育：未成年人禁入标志是防止未成年人进入的第一道\
措施，经营者应当保持其在入口处显著位置完好，标志脱落、破损的应当立即重新悬挂。当事人应当增强守法意识，每日营业前检查标志并记录，\
对难以判明是否是未成年人的，要求其出示身份证件。
当事人如不服本决定，可以自收到本决定书之日起六十日内向朔州市朔城区人民政府申请行政复议，也可以自收到本决定书之日起六个月内依法\
向朔州市朔城区人民法院提起行政诉讼。
朔州市朔城区文化和旅游局（印章）
2026年7月22日
（本决定书一式三份，一份送达当事人，一份归档，一份文化市场综合行政执法大队留存。）""".splitlines()


def test_the_decision_of_s01_says_every_sentence_and_no_other() -> None:
    assert decision().splitlines() == S01_LINES


# ── D-13: one ground and no other ──

ELEMENTS = {
    "33-1前": ("（一）违法行为轻微，", "（三）没有造成危害后果，"),
    "33-1后": ("当事人系初次违法", "（二）危害后果轻微，顾客误认一起，已当场说明并得到谅解"),
    "33-2": ("足以证明其没有主观过错", "法律、行政法规对此没有另外规定"),
    "57-1-3": ("现有证据不足以证明当事人在检查当日营业期间未悬挂标志，违法事实不能成立。",),
    "30": ("实施上述行为时不满十四周岁", "责令监护人顾知秋加以管教。"),
    "31": (
        "系精神病人或者智力残疾人，在不能辨认或者不能控制自己行为时实施了上述行为，有鉴定意见证实。",
        "责令监护人顾知秋严加看管和治疗。",
    ),
}


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_ground_has_its_own_elements_and_articles_and_none_of_the_others(ground: str) -> None:
    text = decision(ground)
    for other, elements in ELEMENTS.items():
        for element in elements:
            assert (element in text) is (other == ground), (other, element)
    [grounds] = re.findall("综上，依据(.*)的规定，本机关决定：", text)
    assert grounds == "、".join(filter(None, MEASURES[ground]))
    cited = set(re.findall("行政处罚法》(第[一二三四五六七八九十]+条(?:第.款)?(?:第.项)?)", text))
    education = set() if ground == "57-1-3" else {"第三十三条第三款"}
    own = {part.split("》")[1] for part in MEASURES[ground] if part}
    assert cited == own | education


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_operative_part_holds_no_penalty(ground: str) -> None:
    operative = decision(ground).split("本机关决定：")[1]
    for word in ("警告", "没收", "罚款", "公示", "通报批评", "停业"):
        assert word not in operative
    assert "不予行政处罚。" in operative.split("依照")[0]


def test_a_charge_not_proven_is_no_violation_and_needs_no_education() -> None:
    text = decision("57-1-3")
    for word in ("违反了", "进行如下教育", "法律责任为", "上述事实，有下列证据证实"):
        assert word not in text and word in decision()
    assert "对当事人涉嫌未在营业场所入口处的显著位置悬挂未成年人禁入标志的行为不予行政处罚。" in text


@pytest.mark.parametrize("ground", GROUNDS)
def test_what_remains_is_ordered_only_where_the_ground_allows_a_remainder(ground: str) -> None:
    text = decision(ground, correct={"remaining": ["甲", "乙"], "deadline": "2026年8月7日"})
    assert ("当事人应当于2026年8月7日前改正：甲；乙。" in text) is (ground in ("33-2", "30", "31"))


def test_correction_by_oneself_names_no_order() -> None:
    text = decision(correct={"how": "自行"})
    assert "已于2026年7月8日自行改正，" in text and "责令改正通知书" not in text


def test_a_list_item_is_named_only_when_one_is_relied_on() -> None:
    listed = {"list_name": "首次轻微违法免罚清单", "list_item": "7"}
    sentence = "上述情形符合《首次轻微违法免罚清单》第7项规定的适用条件。"
    assert sentence in decision(no_penalty=listed)
    assert "适用条件" not in decision()


def test_a_statement_stands_with_its_review() -> None:
    text = decision(statement="标志是前一晚脱落的。", statement_review="经核对监控，予以采纳")
    assert "当事人提出陈述、申辩：标志是前一晚脱落的。经复核，经核对监控，予以采纳。" in text
    assert "未提出" not in text


def test_electronic_service_adds_the_internet_channel_of_review() -> None:
    sentence = "行政复议申请书可以通过掌上复议小程序提交。"
    assert sentence in decision(service_plan={"electronic": True})
    assert sentence not in decision()


@pytest.mark.parametrize(
    ("source", "phrase"),
    [
        ("日常检查", "在日常检查中"),
        ("双随机", "在双随机抽查中"),
        ("投诉举报", "根据投诉举报"),
        ("移送", "根据移送的案件线索"),
        ("交办", "根据交办的案件线索"),
        ("网络巡查", "在网络巡查中"),
        ("自行申报", "根据当事人的自行申报"),
        ("触发事件", "在触发事件核查中"),
    ],
)
def test_every_source_has_its_phrase(source: str, phrase: str) -> None:
    assert f"本机关{phrase}发现当事人涉嫌" in decision(case={"source": source})


def test_an_individual_business_shows_the_operators_number() -> None:
    party = {
        "kind": "个体工商户",
        "legal_rep": "柏舟",
        "legal_rep_title": "经营者",
        "legal_rep_id_no": "140602190005010010",
    }
    assert "经营者：柏舟　公民身份号码：140602190005010010" in decision(party=party).splitlines()


def test_a_person_shows_a_persons_fields() -> None:
    lines = decision("30").splitlines()
    assert "性别：男　出生日期：2013年5月1日　公民身份号码：140602190005010010" in lines
    assert {"住址：山西省朔州市朔城区示例街2号", "监护人：顾知秋"} <= set(lines)
    assert not any("统一社会信用代码" in line for line in lines)


def test_only_an_agreed_review_is_named() -> None:
    collective = {"step": "集体讨论", "person": "", "decision": "同意", "opinion": "", "on": "2026年7月21日"}
    assert "本案已经法制审核。\n本案已经本机关负责人集体讨论。" in decision(approvals=[*APPROVALS, collective])
    returned = [{**one, "decision": "退回"} for one in APPROVALS]
    assert "法制审核" not in decision(approvals=returned)
    assert "法制审核" not in made("no_penalty_decision", drafted())


@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("org", "court"),
        ("org", "reviewing_government"),
        ("party", "address"),
        ("correct", "done_on"),
        ("edu", "law_points"),
    ],
)
def test_a_decision_is_never_made_with_a_gap(group: str, name: str) -> None:
    context = issued()
    del context[group][name]
    with pytest.raises(MissingFacts) as refusal:
        render(template("no_penalty_decision"), context)
    assert refusal.value.names == (f"{group}.{name}",)


# ── draft and issued ──


def test_a_draft_differs_from_the_issued_paper_only_in_mark_number_review_and_date() -> None:
    draft, final = made("no_penalty_decision", drafted()).splitlines(), decision().splitlines()
    assert draft[0] == "〔送审稿　审批代码：K7Q4-MD2X〕"
    assert "文号待签发" in draft and "朔区文旅不罚字〔2026〕3号" not in draft
    assert [line for line in final if line not in draft] == [
        "朔区文旅不罚字〔2026〕3号",
        "本案已经法制审核。",
        "2026年7月22日",
    ]
    assert not any("送审稿" in line or "待签发" in line for line in final)


@pytest.mark.parametrize("kind", ["no_penalty_decision", "no_penalty_approval", "handling_opinion"])
def test_the_draft_mark_leaves_the_layout_alone(kind: str) -> None:
    word = Document(io.BytesIO(render(template(kind), drafted())))
    mark = word.paragraphs[0]
    assert "K7Q4-MD2X" in mark.text
    assert mark._p.pPr.find(qn("w:framePr")) is not None  # LibreOffice does not look for it in a style
    assert "K7Q4-MD2X" not in made(kind, issued())


def test_the_approval_form_has_a_row_per_step_blank_in_a_draft_and_filled_when_issued() -> None:
    draft, final = made("no_penalty_approval", drafted()), made("no_penalty_approval", issued())
    for one in APPROVALS:
        assert f"{one['step']}\n意见" in draft and f"{one['step']}\n意见" in final
        assert one["person"] not in draft and one["on"] not in draft
        assert f"{one['person']}（签名）：__________　{one['on']}" in final
    assert f"同意。{APPROVALS[1]['opinion']}。" in final
    assert draft.count("____年__月__日") == 4 and final.count("____年__月__日") == 1


def test_the_approval_form_holds_what_the_chief_must_weigh() -> None:
    text = made("no_penalty_approval", drafted())
    context = drafted()
    for value in (
        context["law"]["statutory_range"],
        context["harm"]["reason"],
        context["measure"]["grounds"],
        context["no_penalty"]["reason"],
        "2026年7月9日查询国家企业信用信息公示系统（山西）：无行政处罚记录。",
        "朔区文旅责改字〔2026〕9号",
    ):
        assert value in text


def test_the_approver_sees_when_the_form_asked_for_something_else() -> None:
    context = drafted()
    assert "不一致" not in made("no_penalty_approval", context)
    context["measure"] |= {"differs": True, "requested": "行政处罚"}
    assert "表单拟采取行政处罚，与规则得出的不予行政处罚（示例）不一致，请审查。" in made(
        "no_penalty_approval", context
    )


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_handling_opinion_weighs_its_ground_and_leaves_penalty_questions_out(ground: str) -> None:
    text = made("handling_opinion", drafted(ground))
    for question in ("裁量基准", "同类案件比较", "是否听证"):
        assert f"{question}：不适用（不予行政处罚）。" in text
    circumstances = {
        "33-1前": "违法行为轻微：", "33-1后": "初次违法：", "33-2": "没有主观过错：",
        "57-1-3": "违法事实不能成立。", "30": "不满十四周岁：", "31": "不能辨认或者不能控制自己行为：",
    }  # fmt: skip
    assert {other for other, words in circumstances.items() if words in text} == {ground}
    assert "承办人（签名）：" in text.splitlines()[-1]


@pytest.mark.parametrize("kind", OF_A_CASE)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_paper_of_a_case_can_be_made_on_every_ground(kind: str, ground: str) -> None:
    for context in (drafted(ground), issued(ground)):
        assert made(kind, context)


def test_the_education_record_says_what_was_taught_and_by_whom() -> None:
    text = made("education_record", issued())
    context = issued()["edu"]
    for value in (
        context["dt"],
        context["place"],
        "赵明远、孙立群",
        "田野禾",
        context["law_points"],
        context["keep_compliance"],
    ):
        assert value in text
    assert text.index("（以下空白）") < text.index("受教育人（签名、捺指印）") < text.index("拒绝签名的，理由")


# ── what the reviewer looks for in every paper of a case ──

GRAVE = ["公共安全", "未成年人权益"]
CLEARED_REASON = "经核对身份证件，场内均为成年人"
CONFIRMERS = ["赵明远", "孙立群", "钱承宇"]


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        ({"cleared_reason": f"{CLEARED_REASON}。"}, f"；已排除，理由：{CLEARED_REASON}。"),
        ({"confirmed_by": CONFIRMERS}, "；已确认（确认人：赵明远、孙立群、钱承宇）。"),
        (
            {"confirmed_by": CONFIRMERS, "cleared_reason": CLEARED_REASON},
            f"；已确认（确认人：赵明远、孙立群、钱承宇）；另记排除理由：{CLEARED_REASON}。",
        ),
        ({}, "。"),
    ],
)
@pytest.mark.parametrize("kind", ["no_penalty_approval", "handling_opinion"])
def test_a_grave_class_once_ticked_stands_before_the_approver(kind: str, harm: dict[str, Any], sentence: str) -> None:
    context = drafted()
    context["harm"] |= {"classes": GRAVE, **harm}
    text = made(kind, context)
    between = "\n" if kind == "no_penalty_approval" else "："
    assert f"严重情形{between}曾提出：公共安全、未成年人权益{sentence}" in text.replace("。\n", "。\n\n")


@pytest.mark.parametrize("kind", ["no_penalty_approval", "handling_opinion"])
def test_a_grave_class_that_nobody_ticked_is_not_mentioned(kind: str) -> None:
    empty, absent = drafted(), drafted()
    del absent["harm"]["classes"]
    assert "严重情形" not in made(kind, empty) and made(kind, absent) == made(kind, empty)


@pytest.mark.parametrize("ground", GROUNDS)
def test_what_was_not_proven_is_called_suspected_wherever_it_is_decided_on(ground: str) -> None:
    act = issued()["case"]["act"]
    suspected = "涉嫌" if ground == "57-1-3" else ""
    context = drafted(ground)
    assert f"建议对当事人{suspected}{act}的行为不予行政处罚" in made("no_penalty_approval", context)
    assert f"案由\n{suspected}{act}\n" in made("no_penalty_approval", context)
    assert f"建议对当事人{suspected}{act}的行为不予行政处罚" in made("handling_opinion", context)
    assert f"\n对当事人{suspected}{act}的行为不予行政处罚。" in made("no_penalty_decision", context)
    record = made("education_record", context)
    assert f"\n案由：{suspected}{act}\n" in record
    assert f"决定对当事人{suspected}{act}的行为不予行政处罚" in record


@pytest.mark.parametrize(
    ("ground", "elements"),
    [
        ("30", "当事人出生于2013年5月1日，实施上述行为时不满十四周岁"),
        (
            "31",
            "当事人系精神病人或者智力残疾人，在不能辨认或者不能控制自己行为时实施了上述行为，有鉴定意见证实",
        ),
    ],
)
def test_age_and_incapacity_stand_by_their_own_facts_and_not_by_a_reason(ground: str, elements: str) -> None:
    context = drafted(ground)
    context["no_penalty"]["reason"] = "违法行为轻微并及时改正"
    assert f"\n经查：{elements}。\n" in made("no_penalty_decision", context)
    assert "违法行为轻微并及时改正" not in made("no_penalty_decision", context)
    assert f"\n{elements}。违法行为轻微并及时改正。\n" in made("no_penalty_approval", context)
    opinion = made("handling_opinion", context)
    assert f"\n{elements}。违法行为轻微并及时改正。依据" in opinion
    assert opinion.count(elements) == 2 and opinion.count("违法行为轻微并及时改正") == 1


def test_an_expert_opinion_among_the_evidence_is_named() -> None:
    context = drafted("31")
    for name in ("甲鉴定意见书", "乙鉴定意见书"):
        context["evidence"].append({**context["evidence"][0], "kind": "鉴定意见", "name": name})
    for kind in OF_A_CASE[:3]:
        assert "有鉴定意见（甲鉴定意见书、乙鉴定意见书）证实。" in made(kind, context)


def test_the_education_record_names_the_consequence_as_far_as_it_is_known() -> None:
    reason = issued()["harm"]["reason"]
    for harm, sentences in (
        ({"level": "轻微", "reason": reason}, f"危害后果：轻微。认定理由：{reason}。"),
        ({"level": "无"}, "危害后果：无。"),
        ({}, ""),
    ):
        text = made("education_record", {**issued(), "harm": harm})
        assert f"（二）行为后果。{sentences}再次违法的，将依法处理。" in text.splitlines()


def ending(context: dict[str, Any], tail: str) -> dict[str, Any]:
    """The same case, every sentence that somebody typed with this at its end."""
    typed = {
        "case": ("act",),
        "fact": ("summary", "narrative"),
        "law": ("statutory_range",),
        "harm": ("desc", "reason", "cleared_reason"),
        "no_penalty": ("reason", "gravity_reason", "fault_reason", "not_established", "proof", "query_result"),
        "edu": ("law_points", "keep_compliance", "statement"),
    }
    for group, names in typed.items():
        for name in names:
            if context[group].get(name):
                context[group][name] = context[group][name].rstrip("。") + tail
    for name in ("statement", "statement_review"):
        context[name] += tail
    context["correct"]["remaining"] = [one + tail for one in context["correct"]["remaining"]]
    for group, name in (("evidence", "proves"), ("approvals", "opinion")):
        context[group] = [{**one, name: one[name] and one[name] + tail} for one in context[group]]
    return context


@pytest.mark.parametrize("tail", ["。", "；", "，", "：", "。。", "；。", "。 "])
@pytest.mark.parametrize("ground", GROUNDS)
def test_a_fact_may_end_with_any_mark_and_the_papers_read_the_same(ground: str, tail: str) -> None:
    def context() -> dict[str, Any]:
        case = issued(ground) | {"statement": "标志是前一晚脱落的", "statement_review": "经核对监控，予以采纳"}
        case["harm"] |= {"classes": GRAVE, "cleared_reason": CLEARED_REASON, "desc": "无人进入"}
        case["edu"]["statement"] = "今后每日检查"
        return case

    for kind in OF_A_CASE:
        text = made(kind, ending(context(), tail))
        assert text == made(kind, context()), kind
        assert not re.search("[。；，：、]{2}", text), kind


# ── D-34 and D-36 ──


def test_the_receipt_prints_what_is_known_and_leaves_the_hand_its_lines() -> None:
    text = made("service_receipt", receipt())
    for value in (
        "《不予行政处罚决定书》1件",
        "朔区文旅不罚字〔2026〕3号",
        "直接",
        "2026年7月23日",
        "田野禾（法定代表人）",
        "赵明远、孙立群",
    ):
        assert value in text
    assert text.count("签名或者盖章：__________") == 2
    assert "签名、盖章及其日期由本人手写，不得打印。" in text


def test_a_receipt_before_service_is_a_form_to_be_filled() -> None:
    blank = made("service_receipt", {**receipt(), "services": []})
    assert "《不予行政处罚决定书》1件" in blank
    assert "2026年7月23日" not in blank and "田野禾" not in blank


def test_a_receipt_of_two_services_has_a_form_for_each() -> None:
    context = receipt()
    context["services"].append(
        {**context["services"][0], "method": "留置", "witness": ["何见证"], "on": "2026年7月24日"}
    )
    word = Document(io.BytesIO(render(template("service_receipt"), context)))
    assert len(word.tables) == 2
    assert "何见证" in text_of(io.BytesIO(render(template("service_receipt"), context)))


def test_the_index_lists_every_paper_and_leaves_the_page_to_the_hand() -> None:
    context = index()
    word = Document(io.BytesIO(render(template("file_index"), context)))
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert rows[0] == ["顺序号", "文号", "责任者", "题名", "日期", "页号", "备注"]
    keys = ("no", "number", "organ", "title", "date", "page", "remark")
    open_ = {"page": "____"}  # for the hand; else what is not there is struck out
    expected = [[row[key] or open_.get(key, "／") for key in keys] for row in context["index"]["rows"]]
    assert rows[1:] == expected
    assert "备考表" in text_of(io.BytesIO(render(template("file_index"), context)))


# ── the templates themselves ──


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_sound_and_every_tag_stands_in_one_run(kind: str) -> None:
    data = template(kind)
    assert check(data, printable(SHIPPED, SHIPPED.kinds[kind])) == ()
    word = Document(io.BytesIO(data))
    for paragraph in word.element.body.iter(qn("w:p")):
        runs = [run.text for run in paragraph.r_lst]
        assert sum(len(TAG.findall(text)) for text in runs) == len(TAG.findall("".join(runs)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_that_of_the_standard(kind: str) -> None:
    """GB/T 9704—2012, 5.1 and 5.2.1: A4; 37 and 28 mm above and left, 156 × 225 mm of text."""
    [section] = Document(io.BytesIO(template(kind))).sections
    for found, wanted in (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.left_margin, 28),
        (section.page_width - section.left_margin - section.right_margin, 156),
        (section.page_height - section.top_margin - section.bottom_margin, 225),
    ):
        assert abs(found - Mm(wanted)) < Mm(0.2)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:linePitch")) == "580"


@pytest.mark.parametrize("kind", KINDS)
def test_no_row_is_of_fixed_height_and_no_person_or_program_is_named(kind: str) -> None:
    parts = unpacked(template(kind))
    assert not re.search(rb'<w:trHeight [^>]*"exact"', parts["word/document.xml"])
    assert b"python-docx" not in b"".join(parts.values())


def test_lists_repeat_their_heads() -> None:
    for kind in ("handling_opinion", "file_index"):
        assert b"<w:tblHeader/>" in unpacked(template(kind))["word/document.xml"]


# ── on paper ──


def as_pdf(folder: Path) -> list[Path]:
    """Every .docx of the folder, printed by LibreOffice."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    papers = [str(paper) for paper in sorted(folder.glob("*.docx"))]
    subprocess.run([*command, *papers], check=True, capture_output=True, timeout=180)
    converted = sorted(folder.glob("*.pdf"))
    assert len(converted) == len(papers)
    return converted


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_signature_never_stands_alone_on_a_page(tmp_path: Path) -> None:
    for lines in range(22):  # every place of the signature on its page
        context = issued()
        context["fact"]["narrative"] += "又" * 28 * lines
        (tmp_path / f"{lines:02}.docx").write_bytes(render(template("no_penalty_decision"), context))
    for paper in as_pdf(tmp_path):
        pages = ["".join(page.extract_text().split()) for page in PdfReader(paper).pages]
        [signed] = [page for page in pages if "（印章）" in page]
        assert "提起行政诉讼。" in signed and "2026年7月22日" in signed and "留存。）" in signed, paper.name


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_note_of_the_file_stands_whole_on_one_page(tmp_path: Path) -> None:
    context = index()
    [row] = context["index"]["rows"][:1]
    for rows in range(1, 21):  # every place of the note on its page
        context["index"]["rows"] = [{**row, "organ": "", "no": str(number)} for number in range(rows)]
        (tmp_path / f"{rows:02}.docx").write_bytes(render(template("file_index"), context))
    pushed = 0
    for paper in as_pdf(tmp_path):
        pages = ["".join(page.extract_text().split()) for page in PdfReader(paper).pages]
        [note] = [page for page in pages if "备考表" in page]
        assert "卷内情况说明" in note and "立卷人" in note and "立卷时间" in note, paper.name
        pushed += note.startswith("备考表")
    assert 0 < pushed < 20  # the note did come to the foot of a page
