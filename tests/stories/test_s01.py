"""S01: from the intake form to the served decision, every sentence of D-13 checked."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import postgres
from tests.stories.bureau import CHIEF, REVIEW, SECTION, Bureau, approvals, served
from tests.stories.cases import S01

M = "2026-LA-0001"
CASE = "朔区文旅立字〔2026〕1号"
D13 = """\
朔州市朔城区文化和旅游局
不予行政处罚决定书
朔区文旅不罚字〔2026〕1号
当事人：朔州市星屿网咖有限公司
统一社会信用代码：91140602MAXX002268
网络文化经营许可证 140602000000（有效期至2027年3月31日）
住所（经营场所）：山西省朔州市朔城区示例街1号
法定代表人：田野禾
2026年7月8日，本机关在双随机抽查中发现当事人涉嫌未在营业场所入口处的显著位置悬挂未成年人禁入标志。
执法人员赵明远（执法证号：04060200101）、孙立群（执法证号：04060200102）出示执法证件，依法进行了现场检查、调查询问，\
并告知当事人享有陈述、申辩和申请回避的权利。
本机关于2026年7月10日予以立案（朔区文旅立字〔2026〕1号），现已调查终结。
经查明：2026年7月8日15时10分，当事人在山西省朔州市朔城区示例街1号，\
营业场所入口处未悬挂未成年人禁入标志，检查时场内无未成年人，当场重新悬挂。
上述事实，有下列证据证实：
1.现场检查笔录2页，证明检查时入口未悬挂标志并当场改正
2.现场照片3页，证明改正前后状况
3.调查询问笔录3页，证明标志脱落经过
4.营业执照及网络文化经营许可证复印件2页，证明主体资格
上述证据经当事人签名（盖章）确认，真实、合法，与本案相关联，本机关予以采信。
当事人未提出陈述、申辩意见。
违反了《互联网上网服务营业场所管理条例》第二十一条第二款“互联网上网服务营业场所经营单位应当在营业场所入口处的显著位置悬挂未成年人禁入标志
《中华人民共和国未成年人保护法》第五十八条
依照《互联网上网服务营业场所管理条例》第三十一条第五项、《中华人民共和国未成年人保护法》第一百二十三条，\
上述行为的法律责任为给予警告，可以并处15000元以下的罚款（前者）；\
责令限期改正，给予警告，没收违法所得，可以并处五万元以下罚款（后者）。
（一）违法行为轻微，标志系脱落后未及时重新悬挂，持续时间不足二日，场内其他位置仍有未成年人禁入提示
（二）当事人已于2026年7月8日按照《责令改正通知书》（朔区文旅责改字〔2026〕9号）的要求改正，本机关于2026年7月15日复查属实
（三）没有造成危害后果，检查时及调取的当日上网登记记录中均无未成年人，未接到相关投诉
本案已经法制审核。
综上，依据《中华人民共和国行政处罚法》第三十三条第一款、第五十七条第一款第二项的规定，本机关决定：
对当事人未在营业场所入口处的显著位置悬挂未成年人禁入标志的行为不予行政处罚。
依照《中华人民共和国行政处罚法》第三十三条第三款的规定，本机关对当事人进行如下教育：\
未成年人禁入标志是防止未成年人进入的第一道措施，经营者应当保持其在入口处显著位置完好，标志脱落、破损的应当立即重新悬挂。
当事人应当增强守法意识，每日营业前检查标志并记录，对难以判明是否是未成年人的，要求其出示身份证件。
当事人如不服本决定，可以自收到本决定书之日起六十日内向朔州市朔城区人民政府申请行政复议，\
也可以自收到本决定书之日起六个月内依法向朔州市朔城区人民法院提起行政诉讼。
朔州市朔城区文化和旅游局（印章）
2026年7月22日
（本决定书一式三份，一份送达当事人，一份归档，一份文化市场综合行政执法大队留存。）"""


def decided(root: Path) -> Bureau:
    """S01 up to the issued decision."""
    bureau = Bureau(root)
    bureau.take(S01)
    bureau.on("2026-07-22").take(approvals(M, bureau.code(), SECTION, REVIEW, CHIEF))
    return bureau


def test_the_intake_makes_drafts_under_one_code_and_uses_no_decision_number(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    (outcome,) = bureau.take(S01)
    assert (outcome.outcome, outcome.id, outcome.case) == ("filed", M, CASE)
    shown = bureau.show()
    assert shown["state"] == "for_approval"
    drafts = {d["code"]: d for d in shown["documents"] if d["state"] == "draft"}
    assert set(drafts) == {"D-12", "D-13", "D-14"}
    assert len({d["draft"] for d in drafts.values()}) == 1
    assert all(d["number"] is None for d in drafts.values())
    folder = tmp_path / "outbox" / "2026" / f"{CASE}_朔州市星屿网咖有限公司"
    forms = sorted(p.name for p in (folder / "送审稿").glob("审批意见表_*.docx"))
    assert len(forms) == 3
    assert (folder / "卷内目录.docx").exists() and (folder / "manifest.json").exists()
    draft = bureau.text(drafts["D-13"]["path"])
    assert bureau.code() in draft and "文号待签发" in draft
    assert bureau.audited() == []


@pytest.mark.clauses("G-03", "C-00", "C-05")
def test_the_approvals_issue_the_decision_and_every_sentence_stands(tmp_path: Path) -> None:
    bureau = decided(tmp_path)
    issued = bureau.documents()
    decision = issued["D-13"]
    assert (decision["state"], decision["number"], decision["dated"]) == (
        "issued", "朔区文旅不罚字〔2026〕1号", "2026-07-22",
    )  # fmt: skip
    text = bureau.text(decision["path"])
    for sentence in D13.splitlines():
        assert sentence in text, sentence
    assert text.index("本案已经法制审核") < text.index("本机关决定：") < text.index("如不服本决定")
    assert bureau.code_printed(text) is None
    operative = text[text.index("本机关决定：") : text.index("依照《中华人民共和国行政处罚法》第三十三条第三款")]
    assert not any(word in operative for word in ("警告", "没收", "罚款", "通报批评"))
    approval = bureau.text(issued["D-12"]["path"])
    for words in ("钱承宇", "吴思远", "郑怀瑾", "2026年7月17日", "2026年7月20日", "2026年7月22日"):
        assert words in approval
    assert issued["D-14"]["dated"] == "2026-07-16"
    assert bureau.audited() == []


@pytest.mark.clauses("C-05", "E-02")
def test_the_service_makes_receipt_and_education_record_and_starts_the_clocks(tmp_path: Path) -> None:
    bureau = decided(tmp_path)
    bureau.on("2026-07-23").take(served(M))
    shown = bureau.show()
    assert shown["state"] == "served"
    documents = {d["code"]: d for d in shown["documents"]}
    assert documents["D-34"]["dated"] == documents["D-15"]["dated"] == "2026-07-23"
    receipt = bureau.text(documents["D-34"]["path"])
    assert "不予行政处罚决定书" in receipt and "朔区文旅不罚字〔2026〕1号" in receipt and "直接" in receipt
    education = bureau.text(documents["D-15"]["path"])
    assert "2026年7月23日10时0分" in education and "田野禾" in education
    due = bureau.due()
    assert due["作出处理决定"]["due_on"] == "2026-10-08"
    assert due["送达决定书"]["due_on"] == "2026-07-31"
    assert due["当事人申请行政复议期限届满"]["due_on"] == "2026-09-21"
    litigation = due["当事人提起行政诉讼期限届满"]
    assert litigation["due_on"] is None and "2027" in litigation["unknown"]
    assert "当事人申请行政复议期限届满" in bureau.on("2026-09-21").due()
    assert "当事人申请行政复议期限届满" not in bureau.on("2026-09-22").due()  # a right that has run out is no duty
    index = bureau.text(documents["D-36"]["path"])
    order = [index.index(title) for title in ("案件处理意见书", "不予行政处罚审批表", "不予行政处罚决定书", "送达回证", "教育记录")]
    assert order == sorted(order)


def test_papers_that_the_program_does_not_make_are_named_as_missing(tmp_path: Path) -> None:
    bureau = decided(tmp_path)
    missing = {m["code"] for m in bureau.show()["missing"] if m["kind"] == "document"}
    assert {"D-39", "D-31", "D-10", "D-38", "D-38b", "D-08", "D-09", "D-40", "D-35"} <= missing
    assert not {"D-12", "D-13", "D-14", "D-20", "D-36"} & missing


def test_explain_prefers_the_stronger_rule(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    explained = bureau.explain()
    assert explained["DR-10"]["status"] == "fired" and explained["DR-10"]["force"] == "must"
    assert explained["DR-11"]["status"] == explained["DR-18"]["status"] == "outranked"
    assert "行政处罚法#33.1" in explained["DR-10"]["basis"]
    assert [a["state"] for a in explained["DR-10"]["approvals"]] == ["open"] * 3


@pytest.mark.clauses("E-02")
def test_closing_on_paper_ends_the_case_and_makes_its_sheet(tmp_path: Path) -> None:
    bureau = decided(tmp_path)
    bureau.on("2026-07-23").take(served(M))
    closing = {"form": "结案情况表", "matter": CASE, "case.closed_on": "2026-07-30", "case.result": "不予行政处罚"}
    (outcome,) = bureau.on("2026-07-30").take(closing)
    assert outcome.outcome == "filed"
    shown = bureau.show()
    assert shown["state"] == "closed"
    closed = {d["code"]: d["dated"] for d in shown["documents"] if d["code"] in ("D-40", "D-35")}
    assert closed == {"D-40": "2026-07-30", "D-35": "2026-07-30"}, "closed on paper: the sheet and the cover follow"
    (late,) = bureau.on("2026-07-31").take({**served(M, "2026-07-24")})
    assert late.outcome == "returned" and [f.code for f in late.findings] == ["E-MATTER-CLOSED"]
    assert bureau.audited() == []


def test_the_same_form_again_makes_nothing_new_and_says_which_matter_it_was(tmp_path: Path) -> None:
    bureau = decided(tmp_path)
    before = bureau.show()["documents"]
    (again,) = bureau.take(S01)
    assert (again.outcome, again.id) == ("duplicate", M)
    assert bureau.show()["documents"] == before
    assert any("重复" in p.read_text(encoding="utf-8-sig") for p in (tmp_path / "inbox" / "回执").glob("*.txt"))


ORDERS = list(itertools.permutations(range(4)))


@pytest.mark.parametrize("order", ORDERS, ids=["".join(map(str, o)) for o in ORDERS])
def test_approvals_and_service_in_any_order_give_the_same_documents(order: tuple[int, ...], tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    code = bureau.code()
    forms = [approvals(M, code, SECTION), approvals(M, code, REVIEW), approvals(M, code, CHIEF), served(M)]
    bureau.on("2026-07-24")
    for place, which in enumerate(order):
        (outcome,) = bureau.take(forms[which])
        assert outcome.outcome == "filed", outcome.findings
        if which == 3 and place < 3:
            assert {"D-34", "D-15"} <= {m["code"] for m in bureau.show()["missing"]}
    documents = bureau.show()["documents"]
    issued = [(d["code"], d["number"], d["dated"]) for d in documents if d["state"] == "issued"]
    # The review's opinion is filed when the review comes; all others in the order of the file.
    assert [entry for entry in issued if entry[0] == "D-20"] == [("D-20", None, "2026-07-20")]
    assert [entry for entry in issued if entry[0] != "D-20"] == [
        ("D-14", None, "2026-07-16"),
        ("D-12", None, "2026-07-22"),
        ("D-13", "朔区文旅不罚字〔2026〕1号", "2026-07-22"),
        ("D-34", None, "2026-07-23"),
        ("D-15", None, "2026-07-23"),
        ("D-36", None, None),
    ]
    assert bureau.audited() == []


def test_the_story_is_the_same_with_the_ledger_on_postgresql(
    tmp_path: Path, postgres_server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERWORK_LEDGER", postgres.ready_for(tmp_path, postgres_server.address))
    bureau = decided(tmp_path)
    bureau.on("2026-07-23").take(served(M))
    papers = bureau.documents()
    assert {"D-12", "D-13", "D-14", "D-15", "D-34"} <= papers.keys()
    assert papers["D-13"]["number"] == "朔区文旅不罚字〔2026〕1号"
    assert bureau.show()["state"] == "served"
    assert bureau.audited() == []
    assert not (tmp_path / ".paperwork" / "ledger.db").exists()
