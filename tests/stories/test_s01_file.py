"""S01 with all its papers: from the lead to the cover of the file, each made by the program."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from paperwork.summary import registers
from tests.stories import procedure as p
from tests.stories.bureau import CHIEF, REVIEW, SECTION, Bureau, approvals, served
from tests.stories.cases import S01

M = "2026-LA-0001"
PAPERS = (
    "D-39", "D-31", "D-10", "D-38", "D-38b", "D-37", "D-45", "D-08", "D-09", "D-14", "D-20", "D-12", "D-13", "D-34", "D-15", "D-40", "D-54", "D-35", "D-36",
)  # fmt: skip


def filed(bureau: Bureau, *forms: dict[str, Any]) -> None:
    for outcome in bureau.take(*forms):
        assert outcome.outcome == "filed", outcome.findings


def until_decided(root: Path) -> Bureau:
    """The case with every paper up to its decision and service."""
    bureau = Bureau(root).numbered_by_hand("责改", 8)
    filed(bureau, S01, p.lead(M), p.random_check(M), p.inspection(M), p.questioning(M), p.party_papers(M), p.order(M), p.recheck(M))
    decision = bureau.code()
    filed(bureau, p.filing(M))
    codes = {d["code"]: d["draft"] for d in bureau.show()["documents"] if d["state"] == "draft"}
    assert codes["D-13"] == decision != codes["D-10"], "the leave to file is another matter than the decision"
    steps = (("部门负责人", "钱承宇", "同意", "2026-07-10"), ("负责人", "郑怀瑾", "同意", "2026-07-10"))
    filed(bureau, approvals(M, codes["D-10"], *steps))
    bureau.on("2026-07-22")
    filed(bureau, approvals(M, decision, SECTION), p.review(M, decision, "2026-07-20"), approvals(M, decision, CHIEF))
    filed(bureau.on("2026-07-23"), served(M))
    return bureau


@pytest.mark.clauses("G-13", "B-01", "B-03", "W-03")
def test_every_paper_of_the_file_is_made_and_nothing_is_left_to_the_hand(tmp_path: Path) -> None:
    bureau = until_decided(tmp_path)
    (some,) = bureau.on("2026-07-30").take(p.self_check(M, "2026-07-30", self_checks=[{"head": "主体", "sound": True}]))
    assert {f.code for f in some.findings} == {"E-SELF-CHECK"}
    decision = bureau.documents()["D-13"]["number"]
    (early,) = bureau.take(p.seal(M, "2026-07-21", decision, "不予行政处罚决定书"))
    assert {f.code for f in early.findings} == {"E-DATE-ORDER"}, "nothing is sealed before it is issued"
    filed(bureau, p.seal(M, "2026-07-22", decision, "不予行政处罚决定书"))
    filed(bureau, p.self_check(M, "2026-07-30"), p.closing(M, "不予行政处罚"))
    assert bureau.show()["state"] == "served"
    steps = (("部门负责人", "钱承宇", "同意", "2026-07-30"), ("负责人", "郑怀瑾", "同意", "2026-07-31"))
    filed(bureau.on("2026-07-31"), approvals(M, bureau.code(), *steps))
    shown = bureau.show()
    assert shown["state"] == "closed"
    standing = {d["code"]: d for d in shown["documents"] if d["state"] == "issued"}
    assert set(standing) == set(PAPERS)
    assert {m["code"] for m in shown["missing"] if m["kind"] == "document"} == set()
    assert (standing["D-08"]["number"], standing["D-08"]["dated"]) == ("朔区文旅责改字〔2026〕9号", "2026-07-09")
    assert (standing["D-39"]["number"], standing["D-39"]["dated"]) == ("朔区文旅线〔2026〕1号", "2026-07-08")
    assert standing["D-10"]["dated"] == "2026-07-10"
    assert standing["D-20"]["dated"] == "2026-07-20"
    assert standing["D-40"]["dated"] == standing["D-35"]["dated"] == "2026-07-31"
    registers_of(bureau, decision)
    (late,) = bureau.take(p.recheck(M, no=2))
    assert [f.code for f in late.findings] == ["E-MATTER-CLOSED"]
    assert bureau.audited() == []


def registers_of(bureau: Bureau, decision: str) -> None:
    """The seal's register, the hand-over list and the year's figures know the closed case."""
    with bureau.open() as office:
        made = {what: make(office, 2026) for what, (_, make) in registers.EXPORTS.items()}
        assert len(sheet(registers.EXPORTS["seals"][1](office, 2025))) == 2, "of that year there is nothing but heads"
    (use,) = sheet(made["seals"])[2:]
    assert (use[1], use[3], use[7], use[8]) == (dt.date(2026, 7, 22), decision, "是", "朔区文旅立字〔2026〕1号")
    file = sheet(made["archive"])[2]
    assert (file[4], file[6], file[8]) == ("朔区文旅立字〔2026〕1号", "朔州市星屿网咖有限公司", dt.date(2026, 7, 31))
    assert file[12] == dt.date(2026, 7, 30), "the day of its 案卷自查"
    year = {row[1]: row[3] for row in sheet(made["enforcement"])}
    assert (year["不予行政处罚"], year["行政处罚"], year["取缔"]) == ("1", "0", "0")


def sheet(data: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def test_each_paper_says_what_its_form_said(tmp_path: Path) -> None:
    bureau = until_decided(tmp_path)
    papers = bureau.documents()
    said = {
        "D-39": ("朔区文旅线〔2026〕1号", "√双随机", "双随机抽查发现", "√核查", "情况属实"),
        "D-10": ("立案审批表", "√立案", "《中华人民共和国行政处罚法》第五十四条第二款", "钱承宇", "郑怀瑾"),
        "D-31": ("SSJ-2026-Q3-014", "√发现问题已责令改正", "入口处没有悬挂", "公开日期：____年"),
        "D-37": ("田野禾　联系电话：13800138000", "□同意　√不同意电子送达"),
        "D-45": ("受托人：田青", "（二）代为签收文书。", "委托人（盖章）：朔州市星屿网咖有限公司"),
        "D-38": ("赵明远（执法证号：04060200101）", "出示执法证件", "没有未成年人禁入标志", "标志昨天掉了"),
        "D-38b": ("问：标志什么时候脱落的？", "答：七月七日晚上打烊时发现掉了。", "答：不申请。"),
        "D-08": (
            "依据《中华人民共和国未成年人保护法》第一百二十三条的规定，责令你单位立即改正：",
            "六十日内向朔州市朔城区人民政府申请行政复议", "六个月内依法向朔州市朔城区人民法院提起行政诉讼",
        ),
        "D-20": ("本机关具有行政处罚主体资格", "A20211406020001", "同意。事实清楚，程序合法。", "吴思远"),
    }  # fmt: skip
    for code, sentences in said.items():
        text = bureau.text(papers[code]["path"])
        for sentence in sentences:
            assert sentence in text, (code, sentence)
        assert bureau.code_printed(text) is None or code == "D-20"
    published = bureau.due()["公开双随机抽查结果（1）"]
    assert (published["due_on"], published["basis"]) == ("2026-08-05", ["政府信息公开条例#26", "优化营商环境条例#54.1"])
    index = bureau.text(papers["D-36"]["path"])
    order = [index.index(title) for title in ("案源登记表", "立案（不予立案）审批表", "现场检查", "责令改正通知书", "整改复查记录", "案件处理意见书")]
    assert order == sorted(order)


def test_a_review_that_sends_back_leaves_its_opinion_in_the_file(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    filed(bureau, S01)
    first = bureau.code()
    filed(bureau.on("2026-07-20"), approvals(M, first, SECTION), p.review(M, first, "2026-07-20", "退回"))
    second = bureau.code()
    assert second != first
    filed(bureau.on("2026-07-22"), approvals(M, second, SECTION, REVIEW, CHIEF))
    opinions = [(d["occurrence"], d["dated"]) for d in bureau.show()["documents"] if d["code"] == "D-20"]
    assert opinions == [("", "2026-07-20"), ("2", "2026-07-20")]
    returned = bureau.text(next(d["path"] for d in bureau.show()["documents"] if d["code"] == "D-20" and not d["occurrence"]))
    assert "补充调查。" in returned and first in returned
    assert bureau.audited() == []


def test_an_order_within_a_period_waits_for_its_approvals_and_one_at_once_does_not(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    filed(bureau, S01, p.order(M))
    assert bureau.documents()["D-08"]["state"] == "issued"
    later = p.order(M, no=2, mode="限期", on="2026-07-16", deadline="2026-07-26")
    filed(bureau, {**later, "submitted_at": "2026-07-16T09:00:00+08:00"})
    (draft,) = [d for d in bureau.show()["documents"] if d["code"] == "D-08" and d["state"] == "draft"]
    steps = (("部门负责人", "钱承宇", "同意", "2026-07-16"), ("分管负责人", "冯若谷", "同意", "2026-07-16"))
    filed(bureau, approvals(M, draft["draft"], *steps))
    orders = [(d["occurrence"], d["number"], d["state"]) for d in bureau.show()["documents"] if d["code"] == "D-08"]
    assert orders == [("1", "朔区文旅责改字〔2026〕1号", "issued"), ("2", "朔区文旅责改字〔2026〕2号", "issued")]
    text = bureau.text(next(d["path"] for d in bureau.show()["documents"] if d["occurrence"] == "2" and d["code"] == "D-08"))
    assert "于2026年7月26日前改正" in text
    assert bureau.explain()["DR-10"]["status"] == "fired", "an order closes nothing"
    assert bureau.audited() == []


def test_what_a_record_cannot_be_without_comes_back(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    filed(bureau, S01)
    electronic = {"form": "送达情况表", "matter": M, "services": [{"document": "D-13", "method": "电子", "on": "2026-07-16", "by": p.BOTH}]}
    wrong = [
        (p.inspection(M, by=["赵明远"]), "E-OFFICER-2"), (p.inspection(M, cards_shown=False), "E-PROCEDURE"),
        (p.questioning(M, by=["赵明远"]), "E-OFFICER-2"), (p.inspection(M, end="2026-07-08 15:00"), "E-DATE-ORDER"),
        (p.order(M, mode="限期"), "E-ORDER"), (p.order(M, law="未成年人保护法", article=500), "E-LAW"),
        (p.discussion(M, "2026-07-16", present=["郑怀瑾（局长）"]), "E-COLLECTIVE"), (p.inspection(M, by=["赵明远", "张三"]), "E-PERSON"),
        (p.random_check(M, approval=None), "E-RANDOM"), (p.random_check(M, by=["赵明远"]), "E-OFFICER-2"),
        (p.random_check(M, published_on="2026-07-09"), "E-RANDOM"), (p.party_papers(M, electronic=True), "E-ADDRESS"),
        (electronic, "E-SERVICE"),
        ({**p.questioning(M), "questionings": [{k: v for k, v in p.questioning(M)["questionings"][0].items() if k != "a2"}]}, "E-REQUIRED"),
    ]  # fmt: skip
    for form, code in wrong:
        (outcome,) = bureau.take(form)
        assert outcome.outcome == "returned" and code in {f.code for f in outcome.findings}, (code, outcome.findings)
    assert {d["code"] for d in bureau.show()["documents"]} == {"", "D-12", "D-13", "D-14", "D-36"} - {""}
    assert bureau.audited() == []


def test_an_order_number_that_is_none_of_this_case_is_told(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    filed(bureau, S01, p.order(M))  # it is number 1, the intake says 12
    (outcome,) = bureau.take(p.recheck(M, orig_no="朔区文旅责改字〔2026〕1号"))
    assert (outcome.outcome, {f.code for f in outcome.findings}) == ("filed", {"W-ORDER-NO"})


def test_who_handles_a_case_does_not_approve_it(tmp_path: Path) -> None:
    people = tmp_path / "templates" / "people.toml"
    bureau = Bureau(tmp_path)
    people.write_text(people.read_text("utf-8") + '\n[[role]]\nstep = "section_head"\nperson = "赵明远"\nsince = 2021-01-01\n', "utf-8")
    filed(bureau, S01)
    (outcome,) = bureau.on("2026-07-17").take(approvals(M, bureau.code(), ("部门负责人", "赵明远", "同意", "2026-07-17")))
    assert (outcome.outcome, {f.code for f in outcome.findings}) == ("returned", {"E-APPROVAL-OWN"})
