"""Promises of the soft papers and the commitment: D-03, D-04, D-05, D-09, D-11 as they stand under templates/documents/."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from contexts import (
    COMMITMENTS,
    PERFORMER,
    advice,
    commitment,
    drafted_soft,
    recheck,
    recorded,
    talk,
    text_of,
)
from paperwork import catalogue
from paperwork.checking import printable
from paperwork.rendering import MissingFacts, check, render
from paperwork.rendering.package import unpacked
from paperwork.rendering.scan import TAG

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT / "templates" / "documents"
KINDS = ("advice_letter", "talk_notice", "talk_record", "recheck_record", "commitment")
TALKS = ("责任约谈", "指导约谈", "信用修复约谈")


def template(kind: str) -> bytes:
    return (DOCUMENTS / kind / "template.docx").read_bytes()


def made(kind: str, context: dict[str, Any]) -> str:
    return text_of(io.BytesIO(render(template(kind), context)))


def record(kind: str = "责任约谈", **changes: Any) -> str:
    return made("talk_record", recorded(kind, **changes))


def notice(kind: str = "责任约谈", **changes: Any) -> str:
    return made("talk_notice", talk(kind, **changes))


def promise(kind: str, party: dict[str, Any] | None = None, **changes: Any) -> str:
    return made("commitment", commitment(kind, party, **changes))


def refused(kind: str, context: dict[str, Any]) -> set[str]:
    with pytest.raises(MissingFacts) as refusal:
        render(template(kind), context)
    return set(refusal.value.names)


# ── D-05: every sentence, by variant ──

S11_RECORD = """\
行政约谈记录
编号：朔区文旅约记〔2026〕7号
约谈通知书：朔区文旅约字〔2026〕7号
约谈类型：□指导约谈　√责任约谈　□信用修复约谈
约谈时间：2026年8月20日9时32分至10时41分
约谈地点：朔州市朔城区文化和旅游局二楼会议室
约谈机关：朔州市朔城区文化和旅游局
约谈人：赵明远（执法证号：04060200101）、孙立群（执法证号：04060200102）
主持人：冯若谷（职务：分管负责人）　　记录人：周小满
被约谈单位：朔州市朔城区迷雾剧本体验馆　统一社会信用代码：92140602MAXX016755
住所（经营场所）：山西省朔州市朔城区示例街11号
被约谈人：易安然　职务：经营者　证件类型及号码：居民身份证 140602190003030033　联系电话：13800138011
约谈事由：安全出口被道具堵塞的隐患没有消除
约谈依据：《优化营商环境条例》第五十九条第一款、《中华人民共和国安全生产法》第六十九条；《关于在市场监管领域推行包容审慎监管的\
实施方案》（朔区文旅发〔2020〕47号）
记录内容：
约谈人：我们是朔州市朔城区文化和旅游局工作人员赵明远、孙立群，这是我们的执法证件，请你核对。你是否看清？
被约谈人：看清了。
约谈人：今天请你来，是就安全出口被道具堵塞的隐患没有消除进行约谈，目的是帮助你单位发现问题、规范经营。本次约谈属于行政指导，\
不是行政处罚。你可以如实说明情况，也可以提出不同意见；涉及商业秘密或者个人隐私的，请说明，我们依法保密。你是否清楚？
被约谈人：清楚，没有商业秘密要说明。
约谈人：本次约谈不进行录音录像，你是否清楚？
被约谈人：清楚。
约谈人：请介绍你单位的基本情况和主要负责人。
被约谈人：我馆有四个房间，我是经营者，店长是我本人。
约谈人：2026年7月2日，我们在日常检查中了解到，你单位存在以下情况：1.东侧安全出口被两只道具箱堵塞；2.没有开场前检查出口的登记。\
是否属实？
被约谈人：属实。
约谈人：产生上述情况的原因是什么？目前采取了哪些措施？
被约谈人：新剧本道具多，没有库房，只临时挪开过。
约谈人：我局于2026年7月2日向你单位送达《行政建议书》（朔区文旅建字〔2026〕4号），2026年8月3日复查时，安全出口被道具箱堵塞的隐患\
仍未消除（复查记录：朔区文旅复记〔2026〕6号）。请你说明未消除的原因、整改责任人、措施和完成时间。
被约谈人：没有租到库房，由我本人负责，先停用三号房间放道具，9月4日前完成。
约谈人：根据《中华人民共和国消防法》第二十八条，经营者应当保持疏散通道、安全出口畅通。请你单位注意以下要求和风险：密闭空间内发生\
火情时，出口不通会使玩家无法及时离开。
我们建议你单位：一、移走道具箱并另设库房；二、每场开始前检查出口并登记；三、每月组织一次疏散演练。
被约谈人：9月4日前把道具箱全部移走，由我负责，以后每场检查登记。
约谈人：朔州市朔城区文化和旅游局将于2026年9月5日前后了解整改情况。整改完成后，请向我们提交书面报告。
如经查实存在违法行为，我们将依法另行处理；本次约谈不替代行政处罚，也不作为行政处罚。
被约谈人：清楚，完成后交书面报告。
约谈人：你还有什么需要说明或者补充的？
被约谈人：没有补充。
约谈人：请核对以上记录。有遗漏或者差错的，可以补充、更正，并在更正处签名、捺指印。
（以下空白）
核对意见（被约谈人亲笔书写，不得打印）：
____________________________________________________
____________________________________________________
被约谈人（签名、捺指印）：__________　____年__月__日
其他参加人（签名）：__________
约谈人（签名）：__________、__________
主持人（签名）：__________　记录人（签名）：__________
____年__月__日
拒绝签名的，理由：______________________________
约谈人（签名）：__________、__________
见证人（签名）：__________
附：□约谈通知书及回执　□身份证明　□授权委托书
　　□整改方案　□信用承诺书""".splitlines()


def test_the_record_of_s11_says_every_sentence_and_no_other() -> None:
    assert record().splitlines() == S11_RECORD


ONLY_OF = {
    "责任约谈": ("我局于2026年7月2日向你单位送达", "仍未消除", "请你说明未消除的原因、整改责任人、措施和完成时间。"),
    "指导约谈": ("受易安然（经营者）书面委托参加，委托书附后。", "你认为我们与你单位有利害关系、需要回避吗？"),
    "信用修复约谈": (),
}


@pytest.mark.parametrize("kind", TALKS)
def test_a_talk_has_the_questions_of_its_kind_and_none_of_the_others(kind: str) -> None:
    text = record(kind)
    for other, sentences in ONLY_OF.items():
        for sentence in sentences:
            assert (sentence in text) is (other == kind), sentence
    assert [word for word in TALKS if f"√{word}" in text] == [kind]
    assert sum(f"□{word}" in text for word in TALKS) == 2


def test_a_talk_past_midnight_names_both_days() -> None:
    until = {"start": "2026年8月9日23时5分", "end": "2026年8月10日0时20分"}
    assert "约谈时间：2026年8月9日23时5分至2026年8月10日0时20分" in record(**until)
    for day in ("2026年8月9日", "2026年10月9日", "2026年12月31日"):
        assert f"约谈时间：{day}9时0分至10时5分" in record(start=f"{day}9时0分", end=f"{day}10时5分")


def test_an_agent_without_authority_is_not_said_to_have_one() -> None:
    text = record("指导约谈", authorised=False)
    assert "书面委托参加" not in text
    assert "安如故参加约谈时没有提交书面委托。" in text


def test_the_possible_withdrawal_is_asked_only_where_a_violation_may_be_touched() -> None:
    assert "需要回避吗" in record("指导约谈") and "被约谈人：不需要回避。" in record("指导约谈")
    assert "需要回避吗" not in record("指导约谈", violation_clue=False)


def test_recording_is_told_as_it_is() -> None:
    assert "本次约谈进行录音录像，你是否清楚？" in record("指导约谈")
    assert "本次约谈不进行录音录像，你是否清楚？" in record()


def test_a_person_is_not_spoken_to_as_a_unit() -> None:
    context = recorded("指导约谈", is_agent=False)
    context["party"] = dict(PERFORMER)
    text = made("talk_record", context)
    assert "约谈对象：顾小北" in text and "目的是帮助你发现问题" in text and "请介绍你的基本情况。" in text
    assert "单位" not in text.replace("被约谈单位", "")


ANSWERS = {
    "责任约谈": ("a1", "a2", "a2b", "a4", "a5", "a6", "a6b", "a7", "a8", "a9"),
    "指导约谈": ("a1", "a2", "a2b", "a3", "a4", "a5", "a6", "a7", "a8", "a9"),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_all_missing_answers_are_named_at_once_and_none_has_a_default(kind: str) -> None:
    missing = refused("talk_record", recorded(kind, **dict.fromkeys(ANSWERS[kind], "")))
    assert missing == {f"talk.{answer}" for answer in ANSWERS[kind]}


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_is_printed_as_it_was_given_and_where_it_was_asked(kind: str) -> None:
    said = {answer: f"答{number}说的原话" for number, answer in enumerate(ANSWERS[kind])}
    lines = record(kind, **said).splitlines()
    assert [line for line in lines if line.startswith("被约谈人：答")] == [
        f"被约谈人：{words}" for words in said.values()
    ]
    answered = [line for line in lines if line.startswith("被约谈人：") and "证件" not in line]
    assert len(answered) == len(said), "no answer but those that were given"


@pytest.mark.parametrize("flag", ["recording", "violation_clue", "is_agent", "authorised"])
def test_an_unanswered_yes_or_no_is_missing_and_never_a_no(flag: str) -> None:
    assert refused("talk_record", recorded("指导约谈", **{flag: None})) == {f"talk.{flag}"}


def test_whoever_shows_a_card_has_its_number() -> None:
    assert refused("talk_record", recorded(hosts=["赵明远", "周小满"])) == {"officers.cert_no"}
    assert refused("recheck_record", recheck(by=["周小满", "孙立群"])) == {"officers.cert_no"}


@pytest.mark.parametrize("name", ["start", "end", "host", "recorder", "attendee", "issues", "duty_basis", "advice"])
def test_a_record_is_never_made_with_a_gap(name: str) -> None:
    assert refused("talk_record", recorded(**{name: None})) == {f"talk.{name}"}


def test_the_opinion_after_reading_is_left_to_the_hand_and_refusal_lines_are_always_there() -> None:
    for kind in TALKS:
        text = record(kind)
        opinion, _, rest = text.partition("核对意见（被约谈人亲笔书写，不得打印）：\n")[2].partition("\n")
        assert set(opinion) == {"_"}
        assert "拒绝签名的，理由：____" in rest and "见证人（签名）：____" in rest
        assert "以上笔录" not in text and "与我说的相符" not in text


def test_every_page_of_the_record_has_the_signature_line_in_its_footer() -> None:
    word = Document(io.BytesIO(template("talk_record")))
    [section] = word.sections
    assert not section.different_first_page_header_footer
    assert not word.settings.odd_and_even_pages_header_footer
    [paragraph] = section.footer.paragraphs
    assert paragraph.text.startswith("被约谈人（签名）：____________")
    assert [field.get(qn("w:instr")) for field in paragraph._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


# ── D-04 ──


def test_a_responsibility_talk_is_for_the_person_itself() -> None:
    text = notice()
    assert (
        "鉴于安全出口被道具堵塞的隐患没有消除，为消除安全隐患、规范经营，依据《优化营商环境条例》第五十九条第一款、"
        "《中华人民共和国安全生产法》第六十九条、《关于在市场监管领域推行包容审慎监管的实施方案》（朔区文旅发〔2020〕47号），"
        "现邀请你单位经营者易安然于2026年8月20日9时30分到朔州市朔城区文化和旅游局二楼会议室参加责任约谈。"
    ) in text
    assert "请经营者易安然本人参加；因故不能参加的，请于2026年8月19日前说明理由，另行商定时间。" in text
    assert "2026年8月3日复查时，安全出口被道具箱堵塞的隐患仍未消除（复查记录：朔区文旅复记〔2026〕6号）。" in text
    assert "委托" not in text


def test_another_talk_may_be_put_off_or_left_to_an_agent() -> None:
    for kind in TALKS[1:]:
        text = notice(kind)
        assert (
            "因故不能参加的，请提前联系我局另行商定时间，或者书面委托熟悉情况的负责人参加。" in text
            and "□书面委托负责人参加" in text
        )
        assert "本人参加" not in text and "仍未消除" not in text


@pytest.mark.parametrize("kind", TALKS)
def test_the_notice_says_that_it_is_no_penalty_and_where_to_object(kind: str) -> None:
    text = notice(kind)
    assert "本次约谈不属于行政处罚。如有不同意见，请向我局反映。" in text
    assert "行政复议" not in text and "诉讼" not in text


def test_the_slip_is_left_to_the_party() -> None:
    text = notice()
    slip = text.partition("回执（")[2]
    assert "《行政约谈通知书》（朔区文旅约字〔2026〕7号）" in slip
    assert "√" not in slip and "易安然" not in slip
    assert "□按时参加　□不参加" in slip and "□请另行商定时间" in slip


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("责任约谈", {"reply_by", "prior_title", "prior_no", "prior_served_on", "prior_recheck_on", "hazard"}),
        (
            "指导约谈",
            {"reason", "purpose", "when", "where", "invitee", "invitee_role", "hosts", "recording", "contact"},
        ),
    ],
)
def test_a_notice_names_all_that_is_missing_at_once(kind: str, names: set[str]) -> None:
    assert refused("talk_notice", talk(kind, **dict.fromkeys(names))) == {f"talk.{name}" for name in names}


# ── D-03 ──

S11_ADVICE = """\
朔州市朔城区文化和旅游局
行政建议书
朔区文旅建字〔2026〕4号
朔州市朔城区迷雾剧本体验馆：
我局在日常检查中了解到，你单位有一处安全出口被道具箱堵塞，开场时玩家不能从该出口离开。
为帮助你单位依法、规范经营，建议：
一、当日移走安全出口处的道具箱；
二、每场开始前由主持人检查全部出口并登记；
三、在出口处张贴不得堆物的提示。
提出上述建议的依据：《优化营商环境条例》第五十九条第一款、《中华人民共和国消防法》第二十八条；《关于在市场监管领域推行包容审慎\
监管的实施方案》（朔区文旅发〔2020〕47号）。
法律提示：《中华人民共和国消防法》第二十八条规定，任何单位、个人不得占用、堵塞、封闭疏散通道、安全出口。
以上建议供参考，你单位可以自主决定是否采纳；如有不同意见，请向我局反映。是否采纳，请于2026年7月20日前告知我局。
联系人：赵明远、孙立群　联系电话：0349-0000000
朔州市朔城区文化和旅游局（印章）
2026年7月2日""".splitlines()


@pytest.mark.clauses("M-01", "M-04")
def test_the_advice_of_s11_says_every_sentence_and_no_other() -> None:
    assert made("advice_letter", advice()).splitlines() == S11_ADVICE


def test_advice_without_note_and_term_leaves_their_sentences_out() -> None:
    text = made("advice_letter", advice(legal_note="", reply_by="", basis=""))
    assert "法律提示" not in text and "告知我局" not in text
    assert "依据：《优化营商环境条例》第五十九条第一款；《关于" in text


def test_items_are_counted_in_chinese_beyond_ten() -> None:
    text = made("advice_letter", advice(items=[f"第{n}件事" for n in range(1, 24)]))
    for counted in (
        "一、第1件事；",
        "十、第10件事；",
        "十一、第11件事；",
        "十九、第19件事；",
        "二十、第20件事；",
        "二十三、第23件事。",
    ):
        assert f"\n{counted}" in text


# ── the vocabulary guard of soft papers (domain 2.6) ──

EXCEPTED = (
    "本次约谈不属于行政处罚。",
    "属于行政指导，不是行政处罚",
    "依法另行处理；本次约谈不替代行政处罚，也不作为行政处罚。",
)
FORBIDDEN = ("处罚", "罚款", "警告", "责令", "必须", "强制", "查封", "吊销", "决定如下", "通报批评", "后果自负", "否则")


def forbidden_in(text: str) -> list[str]:
    for sentence in EXCEPTED:
        text = text.replace(sentence, "")
    return [word for word in FORBIDDEN if word in text]


def all_text(data: bytes) -> str:
    """Every word of a document as it stands, footers included."""
    word = Document(io.BytesIO(data))
    footers = [part.text for section in word.sections for part in section.footer.paragraphs]
    return "\n".join([text_of(io.BytesIO(data)), *footers])


@pytest.mark.parametrize("kind", ["advice_letter", "talk_notice", "talk_record"])
def test_no_soft_template_orders_or_threatens(kind: str) -> None:
    static = TAG.sub("", all_text(template(kind)))
    assert forbidden_in(static) == []
    assert kind == "advice_letter" or any(sentence in static for sentence in EXCEPTED)


def test_no_soft_paper_of_s11_orders_or_threatens() -> None:
    for kind, context in (
        ("advice_letter", advice()),
        ("advice_letter", drafted_soft(advice())),
        ("talk_notice", talk()),
        ("talk_notice", drafted_soft(talk())),
        ("talk_record", recorded()),
    ):
        assert forbidden_in(all_text(render(template(kind), context))) == [], kind


# ── D-09 ──


def test_the_recheck_says_what_was_asked_found_and_concluded() -> None:
    text = made("recheck_record", recheck())
    for value in (
        "编号：朔区文旅复记〔2026〕6号",
        "2026年8月3日15时0分",
        "《行政建议书》（朔区文旅建字〔2026〕4号）",
        "赵明远（执法证号：04060200101）、孙立群（执法证号：04060200102）",
        "移走安全出口处的道具箱，每场开始前检查出口并登记",
        "东侧安全出口仍被两只道具箱堵塞，没有检查登记",
        "□已整改　□部分整改　√未整改",
        "对经营者进行责任约谈",
    ):
        assert value in text
    assert text.count("复查人（签名）：__________、__________") == 2
    assert "当事人（签名或者盖章）：__________" in text and "见证人（签名）：__________" in text


def test_what_is_not_done_says_how_it_goes_on_and_what_is_done_need_not() -> None:
    done = made("recheck_record", recheck(conclusion="已整改", next=""))
    assert "√已整改　□部分整改　□未整改" in done and "下一步" not in done
    for conclusion in ("部分整改", "未整改"):
        assert refused("recheck_record", recheck(conclusion=conclusion, next="")) == {"recheck.next"}
    assert refused("recheck_record", recheck(conclusion="", evidence="")) == {"recheck.conclusion", "recheck.evidence"}


def test_nobody_is_named_as_present_who_was_not_noted() -> None:
    lines = made("recheck_record", recheck(party_person="")).splitlines()
    assert lines[lines.index("在场人员") + 1] == "__________"


# ── D-11: every sentence, by type ──

HEADS = {
    "主动型": ("承诺类型：√主动型　□整改型（不予行政处罚配套）", "　　　　　□信用修复型　□告知承诺型"),
    "整改型": ("承诺类型：□主动型　√整改型（不予行政处罚配套）", "　　　　　□信用修复型　□告知承诺型"),
    "信用修复型": ("承诺类型：□主动型　□整改型（不予行政处罚配套）", "　　　　　√信用修复型　□告知承诺型"),
    "告知承诺型": ("承诺类型：□主动型　□整改型（不予行政处罚配套）", "　　　　　□信用修复型　√告知承诺型"),
}

S02_LINES = """\
信用承诺书
编号：朔区文旅信诺〔2026〕5号
承诺类型：□主动型　√整改型（不予行政处罚配套）
　　　　　□信用修复型　□告知承诺型
承诺人：朔州市朔城区云谷量贩歌厅
统一社会信用代码：92140602MAXX0055XG
法定代表人（负责人、经营者）：柏舟
住所（经营场所）：山西省朔州市朔城区示例街5号
联系电话：13800138002
致朔州市朔城区文化和旅游局：
为践行诚实守信原则，本单位郑重承诺如下：
本承诺书由承诺人自愿签署，是否签署不影响行政机关依法作出不予行政处罚的决定。
一、提供给行政机关的材料、说明的情况真实、准确、完整、有效。
二、遵守娱乐场所有关法律、法规、规章，依法取得娱乐经营许可证并在经营场所亮证经营，在核准范围内经营。
三、针对三名从业人员没有佩带工作标志的问题，已于2026年8月6日完成整改：为全部从业人员配发工作标志，并在上岗前核对；建立班前检查着装\
和工作标志的制度，防止同类问题再次发生。
四、保障消费者（旅游者、观众）人身财产安全和合法权益，落实未成年人保护、消防安全等要求。
五、主动配合依法开展的监督检查，接受社会监督；按期报送年度报告和法定信息。
六、不以欺骗、贿赂等手段取得许可或者信用修复。
七、违反上述承诺的，愿意接受依法依规作出的信用管理，并承担相应法律责任。
八、本承诺书自签署之日起生效，有效期至承诺事项履行完毕。
公示意见（单独填写）：
　　□同意　□不同意　将本承诺书（隐去联系电话、证件号码等信息）在“信用中国（山西朔州）”网站及朔州市朔城区文化和旅游局官方渠道\
公示，公示期限：一年。
对公开个人姓名：□单独同意　□不同意（按规定去标识化）。
承诺人（盖章）：朔州市朔城区云谷量贩歌厅
法定代表人（负责人、经营者）（签名）：__________
签署日期：____年__月__日
接收人（签名）：__________　接收日期：____年__月__日
注：本承诺书一式三份，承诺人、接收机关、信用信息归集单位各一份。虚假承诺或者违诺的认定，由朔州市朔城区文化和旅游局依程序作出并告知\
承诺人陈述、申辩权利。""".splitlines()

REPAIR = (
    "失信信息：朔区文旅罚字〔2026〕2号（认定单位：朔州市朔城区文化和旅游局，认定日期：2026年5月6日，类别：一般）",
    "已履行义务情况：罚款已于2026年5月18日缴清（证明材料附后）",
    "一、提供给行政机关的材料、说明的情况真实、准确、完整、有效；本次信用修复申请提交的材料真实有效。",
    "七、愿意承担违反承诺的相应责任。本单位知悉：提供虚假材料、信用承诺严重不实或者被失信信息认定单位认定为故意不履行承诺的，"
    "依照《信用修复管理办法》第二十五条，将被记入信用记录，在“信用中国”网站公示三年且不得提前终止公示，原失信信息三年内不得"
    "申请修复。",
    "本承诺书须向社会公开；不同意公开的，不符合《信用修复管理办法》第十四条第三项规定的条件。",
)
CORRECTION = "本承诺书由承诺人自愿签署，是否签署不影响行政机关依法作出不予行政处罚的决定。"


def test_the_commitment_of_s02_says_every_sentence_and_no_other() -> None:
    assert promise("整改型").splitlines() == S02_LINES


@pytest.mark.parametrize("kind", COMMITMENTS)
def test_a_commitment_has_the_sentences_of_its_type_and_none_of_the_others(kind: str) -> None:
    lines = promise(kind).splitlines()
    assert set(HEADS[kind]) <= set(lines)
    assert [sentence in lines for sentence in REPAIR] == [kind == "信用修复型"] * len(REPAIR)
    assert (CORRECTION in lines) is (kind == "整改型")
    assert any(line.startswith("七、违反上述承诺的") for line in lines) is (kind != "信用修复型")
    numbered = [line[:2] for line in lines if re.match("[一二三四五六七八]、", line)]
    assert numbered == ["一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、"]


def test_promises_without_a_past_fault_confess_none() -> None:
    for kind in ("主动型", "告知承诺型"):
        assert "三、建立班前检查着装和工作标志的制度，防止问题发生。" in promise(kind)
        assert "再次" not in promise(kind)


def test_what_is_still_to_be_done_has_its_day() -> None:
    assert "承诺于2026年9月4日前完成整改：" in promise("整改型", done_on="", deadline="2026年9月4日")
    assert refused("commitment", commitment("整改型", done_on="")) == {"commitment.deadline"}
    assert "有效期至2027年8月9日。" in promise("告知承诺型")


def test_a_repair_is_addressed_to_whoever_made_the_record() -> None:
    text = promise("信用修复型", item_org="朔州市文化和旅游局")
    assert "\n致朔州市文化和旅游局：\n" in text
    assert "由朔州市文化和旅游局依程序作出" in text


def test_consent_stands_apart_from_the_promises_and_is_left_to_the_party() -> None:
    for kind in COMMITMENTS:
        promises, _, consent = promise(kind).partition("公示意见（单独填写）：")
        assert "□同意　□不同意" in consent and "√" not in consent
        assert "公示" not in promises.replace("公示三年且不得提前终止公示", "")


@pytest.mark.parametrize(("said", "boxes"), [("同意", "√同意　□不同意"), ("不同意", "□同意　√不同意")])
def test_consent_is_ticked_when_the_party_has_given_or_refused_it(said: str, boxes: str) -> None:
    assert f"{boxes}　将本承诺书" in promise("主动型", publicity=said)


def test_a_persons_name_needs_a_consent_of_its_own() -> None:
    sentence = "对公开个人姓名：□单独同意　□不同意（按规定去标识化）。"
    assert sentence in promise("主动型") and sentence in promise("主动型", PERFORMER)
    assert "对公开个人姓名" not in promise("信用修复型")
    ticked = promise("主动型", PERFORMER, publicity="同意", name_consent="不同意")
    assert "√同意　□不同意　将" in ticked and "对公开个人姓名：□单独同意　√不同意" in ticked


def test_a_person_signs_as_a_person_and_a_unit_with_its_seal() -> None:
    person, unit = promise("主动型", PERFORMER), promise("信用修复型")
    assert "本人郑重承诺" in person and "公民身份号码：140602190005010010（公开件删除）" in person
    assert "承诺人（签名、捺指印）：__________" in person and "监护人（签名）：__________" in person
    assert "盖章" not in person and "统一社会信用代码" not in person and "按期报送法定信息。" in person
    assert "承诺人（盖章）：朔州市雁门假期旅行社有限公司" in unit and "捺指印" not in unit
    assert "年度报告" not in person and "按期报送年度报告和法定信息。" in unit


@pytest.mark.parametrize("kind", COMMITMENTS)
def test_nobody_waives_a_right_or_promises_money(kind: str) -> None:
    text = promise(kind).replace("罚款已于2026年5月18日缴清", "")
    for word in ("放弃", "任何处罚", "罚款", "保证金", "违约金", "不申请行政复议", "不提起", "无条件"):
        assert word not in text
    assert "陈述、申辩权利" in text


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("整改型", {"industry", "issues", "corrections", "self_rules", "sector_duty", "publicity_period"}),
        ("信用修复型", {"item_doc_no", "item_org", "item_on", "item_class", "duties_done"}),
        ("主动型", {"kind"}),
    ],
)
def test_a_commitment_names_all_that_is_missing_at_once(kind: str, names: set[str]) -> None:
    missing = refused("commitment", commitment(kind, **dict.fromkeys(names)))
    assert missing == {f"commitment.{name}" for name in names}


# ── all of them ──


def papers() -> list[tuple[str, dict[str, Any]]]:
    return [
        ("advice_letter", advice()),
        *(("talk_notice", talk(kind)) for kind in TALKS),
        *(("talk_record", recorded(kind)) for kind in TALKS),
        ("recheck_record", recheck()),
        *(("commitment", commitment(kind)) for kind in COMMITMENTS),
        ("commitment", commitment("主动型", PERFORMER)),
    ]


def test_a_draft_differs_from_the_issued_paper_only_in_mark_number_and_date() -> None:
    for kind, context in (("advice_letter", advice()), ("talk_notice", talk())):
        draft, final = made(kind, drafted_soft(context)).splitlines(), made(kind, context).splitlines()
        assert draft[0] == "〔送审稿　审批代码：K7Q4-MD2X〕" and "文号待签发" in draft
        number, date = context["doc"]["number"], context["doc"]["date"]
        changed = [line for line in final if line not in draft]
        assert [line for line in changed if number not in line] == [date] and number in changed
        assert not any("送审稿" in line or "待签发" in line for line in final)


def test_a_matter_of_guidance_has_no_case_number_on_any_paper() -> None:
    for kind, context in papers():
        assert "案号" not in made(kind, context), kind
        assert b"case.no" not in unpacked(template(kind))["word/document.xml"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_sound_and_names_only_what_the_office_knows(kind: str) -> None:
    office = catalogue.load(ROOT)
    assert check(template(kind), printable(office, office.kinds[kind])) == ()
    word = Document(io.BytesIO(template(kind)))
    for paragraph in word.element.body.iter(qn("w:p")):
        runs = [run.text for run in paragraph.r_lst]
        assert sum(len(TAG.findall(text)) for text in runs) == len(TAG.findall("".join(runs)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_what_its_module_makes(kind: str) -> None:
    assert import_module(f"tools.templates.{kind}").build().bytes() == template(kind)


# ── on paper ──


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_every_page_of_a_record_is_to_be_signed_and_the_signatures_never_stand_alone(tmp_path: Path) -> None:
    for lines in range(0, 22, 3):
        context = recorded(a9="又" * 28 * lines + "没有补充了。")
        (tmp_path / f"{lines:02}.docx").write_bytes(render(template("talk_record"), context))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    written = [str(paper) for paper in sorted(tmp_path.glob("*.docx"))]
    subprocess.run([*command, *written], check=True, capture_output=True, timeout=180)
    for paper in sorted(tmp_path.glob("*.pdf"), key=lambda path: path.name):
        pages = ["".join(page.extract_text().split()) for page in PdfReader(paper).pages]
        for number, page in enumerate(pages, start=1):
            assert "被约谈人（签名）：_" in page and f"第{number}页共{len(pages)}页" in page, paper.name
        [signed] = [page for page in pages if "捺指印）：_" in page]
        assert "请核对以上记录" in signed and "见证人（签名）：_" in signed, paper.name
    assert len(list(tmp_path.glob("*.pdf"))) == len(written)
