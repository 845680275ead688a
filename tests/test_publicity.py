"""Credit publicity: what passes the gate, what is masked, and that nothing personal ever leaves (domain/06)."""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
import unicodedata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docx import Document as Word
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from paperwork import publicity, spans
from paperwork.facts import Around, complete
from paperwork.model import Document, History, Recipe
from paperwork.publicity import Mask, export, leaks, permits
from paperwork.publicity.masking import HIDDEN
from tests.played import Terminal
from tests.samples import shipped
from tests.stories.bureau import Bureau, approvals
from tests.stories.cases import S02
from tests.stories.penal import agreed, code_of
from tests.stories.test_s01_file import filed
from tests.stories.test_s03 import M, until_decided

ID, PHONE, CHILD = "140602190001010013", "13800138000", "顾小北"
OTHER = "白小南"  # a child of whom no answer of the matter knows
REVIEW: dict[str, Any] = {
    "no": 1, "document": "行政处罚决定信息", "content": "主动公开", "masked": True, "channel": "信用中国", "opinion": "不涉密，可以公开",
    "examiner": "周小满", "approver": "郑怀瑾", "on": "2026-08-12",
}  # fmt: skip
KIND = """
code = "D-17x"
title = "行政处罚决定书"
for = []
if = ["penalty.kinds given"]
per = "matter"
after = "none"
number = "建"
dated = "correct.rechecked_on"
decides = true
clauses = []
retention = "30年"
"""
FORM = """
title = "处罚决定情况表"
version = 1
opens = ""
place = "inbox"
formats = ["json"]
clauses = []
[[section]]
title = "处罚"
mode = "sets"
fields = [ { fact = "penalty.kinds" }, { fact = "penalty.fine" }, { fact = "penalty.gains" } ]
"""


def penal(root: Path) -> Bureau:
    """An office in which a penalty is issued as soon as it is reported: the way to it is another room's story."""
    bureau = Bureau(root, "2026-08-14")
    templates = root / "templates"
    for folder, name, text in (("documents", "kind", KIND), ("forms", "form", FORM)):
        (templates / folder / "penalty_test").mkdir()
        (templates / folder / "penalty_test" / f"{name}.toml").write_text(text, "utf-8")
    word = Word()
    word.add_paragraph("{{party.name}}{{doc.number}}")
    word.save(str(templates / "documents" / "penalty_test" / "template.docx"))
    penalties = templates / "policy" / "penalty.toml"
    gate = r'\[\[gate\]\]\ncode = "E-NP-PENALTY"\n(?:(?!\[\[).*\n)*'
    penalties.write_text(re.sub(gate, "", penalties.read_text("utf-8")), "utf-8")
    credit = templates / "credit.toml"
    credit.write_text(credit.read_text("utf-8").replace('"D-17", "D-17s"', '"D-17x"'), "utf-8")
    return bureau


def punished(bureau: Bureau, case: dict[str, Any], reviewed: bool = True, **penalty: Any) -> str:
    """The case, its penalty, and the review before it is published."""
    (outcome,) = bureau.take(case)
    assert outcome.outcome == "filed", outcome.findings
    (outcome,) = bureau.take({"form": "处罚决定情况表", "matter": outcome.id, "penalty": penalty})
    assert outcome.outcome == "filed", outcome.findings
    if reviewed:
        filed(bureau, {"form": "保密审查表", "matter": outcome.id, "secrecy_reviews": [REVIEW]})
    return outcome.id


def company(**party: Any) -> dict[str, Any]:
    case = copy.deepcopy(S02)
    case["party"] |= {"kind": "企业", "name": "朔州市极昼网络科技有限公司", "uscc": "91140602MAXX001112",
                      "legal_rep": "程万里", "legal_rep_title": "法定代表人", **party}  # fmt: skip
    return case


def told(bureau: Bureau, period: str = "2026Q3") -> dict[str, dict[str, Any]]:
    """Matter → what `publish --json` says of it; the files are made."""
    with bureau.open() as office:
        found, _ = publicity.publish(office, spans.parse(period))
        return {one.matter.id: publicity.entry(one, office) for one in found}


def rows(bureau: Bureau, name: str) -> list[list[str]]:
    """The rows of a file, below its headings."""
    (path,) = (bureau.root / "outbox").rglob(name)
    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()[3:]]


# ── the gate ──


@pytest.mark.parametrize(("penalty", "of_class", "shown"), [
    ({"kinds": ["警告"]}, "minor", False),
    ({"kinds": ["没收非法财物"]}, "ordinary", True),
    ({"kinds": ["警告", "吊销许可证件"]}, "serious", True),
    ({"kinds": ["罚款"], "fine": "2000"}, None, False),
])  # fmt: skip
@pytest.mark.clauses("K-07")
def test_a_penalty_is_shown_by_its_class_and_collected_in_any_case(
    tmp_path: Path, penalty: dict[str, Any], of_class: str | None, shown: bool
) -> None:
    bureau = penal(tmp_path)
    matter = punished(bureau, company(), **penalty)
    entry = told(bureau)[matter]
    assert (entry["class"], entry["shown"], entry["collected"]) == (of_class, shown, True)
    assert bool(entry["reason"]) is not shown
    assert len(rows(bureau, export.COLLECTED)) == 1
    assert len(rows(bureau, export.SHOWN)) == int(shown)


def test_an_amount_without_a_confirmed_limit_waits_for_a_person(tmp_path: Path) -> None:
    bureau = penal(tmp_path)
    matter = punished(bureau, company(), kinds=["罚款"], fine="2000")
    assert told(bureau)[matter]["reason"] == "分类没有确定，先由本局认定"
    bureau.take({"form": "信用公示情况表", "matter": matter, "credit": {"class_given": "一般"}})
    entry = told(bureau)[matter]
    assert (entry["class"], entry["shown"]) == ("ordinary", True)
    assert (entry["until_least"], entry["until_most"]) == ("2026-11-12", "2027-08-12")


def test_what_is_no_penalty_is_never_exported(tmp_path: Path) -> None:
    bureau = penal(tmp_path)
    bureau.take(S02)
    assert told(bureau) == {}
    assert rows(bureau, export.COLLECTED) == rows(bureau, export.SHOWN) == []


def test_another_period_holds_nothing(tmp_path: Path) -> None:
    bureau = penal(tmp_path)
    punished(bureau, company(), kinds=["没收非法财物"])
    assert told(bureau, "2026Q2") == {}


def test_a_row_is_the_mapping_of_the_file_and_amounts_are_ten_thousands(tmp_path: Path) -> None:
    bureau = penal(tmp_path)
    punished(bureau, company(), kinds=["没收非法财物", "罚款"], fine="2000", gains="32000")
    told(bureau)
    columns = [column.code for column in shipped().credit.columns]
    (row,) = rows(bureau, export.SHOWN)
    record = dict(zip(columns, row, strict=False))
    assert record["CF_XDR_MC"] == "朔州市极昼网络科技有限公司"
    assert record["CF_XDR_LB"] == "法人及非法人组织"
    assert (record["CF_NR_FK"], record["CF_NR_WFFF"], record["CF_JDRQ"]) == ("0.2", "3.2", "2026-08-12")
    assert record["CF_FRDB"] == "程某某"
    assert "第四十九条" in record["CF_YJ"] and record["CF_NR"] == "罚款2000.00元；没收非法财物"


@pytest.mark.clauses("K-07")
def test_the_real_decision_of_s03_is_a_row_of_the_mapping(tmp_path: Path) -> None:
    """D-17 from proposal, notice and approvals: every column of the file, in the order of credit.toml."""
    bureau = until_decided(tmp_path)
    publicity = {"form": "信用公示情况表", "matter": M}
    filed(bureau.on("2026-09-16"), {**publicity, "credit": {"class_given": "一般"}})
    assert "保密审查表" in told(bureau)[M]["reason"] and rows(bureau, export.SHOWN) == []
    filed(bureau.on("2026-09-17"), {"form": "保密审查表", "matter": M, "secrecy_reviews": [{**REVIEW, "on": "2026-09-17"}]})
    assert "信用公示情况表" in told(bureau)[M]["reason"], "its text speaks of a minor: somebody words it anew"
    assert rows(bureau, export.SHOWN) == [] and HIDDEN in rows(bureau, export.COLLECTED)[0]
    filed(bureau.on("2026-09-18"), {**publicity, "credit": {"public_text": "当事人接纳未成年人进入营业场所"}})
    assert told(bureau)[M]["shown"] is True
    (row,) = rows(bureau, export.SHOWN)
    record = dict(zip([column.code for column in shipped().credit.columns], row, strict=True))
    assert {code: record[code] for code in ("CF_XDR_MC", "CF_XDR_LB", "CF_XDR_SHXYM", "CF_FRDB", "CF_WSH")} == {
        "CF_XDR_MC": "朔州市极昼网络科技有限公司", "CF_XDR_LB": "法人及非法人组织", "CF_XDR_SHXYM": "91140602MAXX001112",
        "CF_FRDB": "程某某", "CF_WSH": "朔区文旅罚字〔2026〕1号",
    }  # fmt: skip
    assert record["CF_NR"] == "警告；罚款8000.00元；没收违法所得30.00元"
    assert (record["CF_NR_FK"], record["CF_NR_WFFF"]) == ("0.8", "0.003")
    assert (record["CF_JDRQ"], record["CF_GSJZQ"]) == ("2026-09-14", "2027-09-14")
    assert "第三十一条第二项" in record["CF_YJ"] and "第一百二十三条" in record["CF_YJ"]
    _examined_shown_and_withdrawn(bureau)


def _examined_shown_and_withdrawn(bureau: Bureau) -> None:
    """D-55 before anything is shown, D-29 when it is, D-29b by the chief's leave when the decision falls."""
    shown = {"form": "信用公示情况表", "matter": M, "credit": {"published_on": "2026-09-18", "site": "“信用中国（山西朔州）”网站"}}
    assert "行政处罚决定信息" in bureau.text(bureau.documents()["D-55"]["path"])
    (seen,) = bureau.take(shown)
    assert (seen.outcome, [f.code for f in seen.findings]) == ("filed", [])
    sheet = bureau.documents()["D-29"]
    text = bureau.text(sheet["path"])
    assert sheet["state"] == "issued" and "朔区文旅罚字〔2026〕1号" in text and "最短至2026年12月14日" in text
    assert "13800138003" not in text and "程万里" not in text
    fallen = {"revoked_on": "2026-09-21", "why": "行政复议决定撤销", "withdrawn_on": "2026-09-21"}
    filed(bureau.on("2026-09-21"), {**shown, "credit": fallen})
    assert bureau.documents()["D-29b"]["state"] == "draft", "it is explained to the public by the chief's leave"
    agreed(bureau, M, code_of(bureau, "D-29b"), "2026-09-21")
    assert "第四十八条第二款" in bureau.text(bureau.documents()["D-29b"]["path"])
    assert bureau.audited() == []


def test_permits_of_this_organ_are_reported_and_those_of_others_are_not(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-30")
    ours = {"name": "营业性演出许可证", "no": "140602120001", "issuer": "朔州市朔城区文化和旅游局", "valid_from": "2026-09-01", "valid_to": "2028-08-31"}
    theirs = {**ours, "no": "140602160001", "name": "娱乐经营许可证", "issuer": "朔城区行政审批服务管理局"}
    old = {**ours, "no": "140602120000", "valid_from": "2024-09-01", "valid_to": "2026-12-31"}
    party = {"kind": "企业", "name": "朔州市极昼网络科技有限公司", "uscc": "91140602MAXX001112"}
    filed(bureau, {"form": "证照台账", "unit": "文化市场综合行政执法大队", "party": party, "licences": [ours, theirs, old]})
    told(bureau)
    (row,) = rows(bureau, permits.FILE)
    record = dict(zip([column.code for column in shipped().credit.permits], row, strict=True))
    assert (record["XK_XKBH"], record["XK_JDRQ"], record["XK_YXQZI"]) == ("140602120001", "2026-09-01", "2028-08-31")
    assert (record["XK_XDR_MC"], record["XK_XKJG"], record["XK_XKLB"]) == ("朔州市极昼网络科技有限公司", "朔州市朔城区文化和旅游局", "普通")
    told(bureau, "2026Q2")
    assert not [p for p in (tmp_path / "outbox").rglob(permits.FILE) if "2026Q2" in str(p)]


# ── time ──


@pytest.mark.clauses("K-07")
def test_the_clocks_of_publicity_run_in_working_days(tmp_path: Path) -> None:
    bureau = penal(tmp_path)
    matter = punished(bureau, company(), kinds=["没收非法财物"])
    assert bureau.due()["公示行政处罚信息"]["due_on"] == "2026-08-21"  # seven working days from Wednesday 08-12
    shown = {"published_on": "2026-08-13", "site": "“信用中国（山西朔州）”网站"}
    (outcome,) = bureau.take({"form": "信用公示情况表", "matter": matter, "credit": shown})
    assert outcome.outcome == "filed", outcome.findings
    revoked = {"revoked_on": "2026-08-14", "why": "行政复议决定撤销"}
    bureau.on("2026-08-17").take({"form": "信用公示情况表", "matter": matter, "credit": revoked})
    assert bureau.due()["撤回行政处罚信息并公开说明理由"]["due_on"] == "2026-08-19"
    assert told(bureau)[matter]["shown"] is False  # withdrawn from the next file on
    (outcome,) = bureau.take({"form": "信用公示情况表", "matter": matter, "credit": {"withdrawn_on": "2026-08-17"}})
    code = next(d["draft"] for d in bureau.show(matter)["documents"] if d["code"] == "D-29b" and d["state"] == "draft")
    bureau.take(approvals(matter, code, ("负责人", "郑怀瑾", "同意", "2026-08-17")))
    text = bureau.text(bureau.documents(matter)["D-29b"]["path"])
    assert "因行政复议决定撤销" in text and "第四十八条第二款" in text
    assert bureau.audited() == []


def test_nothing_is_shown_before_its_review_and_the_rest_is_exported(tmp_path: Path) -> None:
    bureau = penal(tmp_path)
    matter = punished(bureau, company(), reviewed=False, kinds=["没收非法财物"])
    assert told(bureau)[matter]["shown"] is False and "第十七条" in told(bureau)[matter]["reason"]
    assert (len(rows(bureau, export.SHOWN)), len(rows(bureau, export.COLLECTED))) == (0, 1)
    asked = {**REVIEW, "content": "依申请公开"}
    filed(bureau, {"form": "保密审查表", "matter": matter, "secrecy_reviews": [asked]})
    assert told(bureau)[matter]["shown"] is False, "what is told on request alone is not shown"


def test_what_may_not_be_shown_cannot_be_reported_as_shown(tmp_path: Path) -> None:
    bureau = penal(tmp_path)
    matter = punished(bureau, company(), kinds=["警告"])
    (outcome,) = bureau.take({"form": "信用公示情况表", "matter": matter, "credit": {"published_on": "2026-08-13"}})
    assert {f.code for f in outcome.findings if f.severity == "error"} == {"E-PUBLICITY"}


def test_the_command_tells_what_it_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bureau = penal(tmp_path)
    matter = punished(bureau, company(), kinds=["没收非法财物"])
    terminal = Terminal(tmp_path, capsys, "2026-08-14")
    (entry,) = terminal.json("publish", "2026Q3", "-o", str(tmp_path / "出"))
    assert set(entry) == {
        "id", "case", "number", "party", "decided_on", "class", "collected", "shown", "reason", "until_least", "until_most",
    }  # fmt: skip
    assert entry["id"] == matter
    assert {p.name for p in (tmp_path / "出").iterdir()} == {export.COLLECTED, export.SHOWN}
    assert terminal("publish", "2026Q3") == 0
    assert "对外公示，至2027-08-12" in terminal.out
    assert bureau.audited() == []


# ── the mask ──

PERSON: dict[str, Any] = {
    "party.kind": "person", "party.name": CHILD, "party.id_type": "居民身份证", "party.id_no": ID, "party.phone": PHONE,
    "party.birth": dt.date(1900, 1, 1), "case.act": "", "fact.summary": "",
}  # fmt: skip


def masked(**facts: Any) -> Mask:
    known = shipped()
    return Mask(known.credit.masks["published"], known.facts, {**PERSON, **facts})


@pytest.mark.parametrize("said", [
    f"当事人{CHILD}（身份证{ID}，电话{PHONE}）", "电话１３８ ００１３ ８０００", "身份证 140602 19000101 0013",
    "140602-19000101-001X", "座机0349-2281234", "+86 138-0013-8000", f"{CHILD[0]} {CHILD[1]} {CHILD[2]}",
])  # fmt: skip
def test_what_stands_inside_a_text_is_hidden_however_it_is_written(said: str) -> None:
    shown = masked().shown("fact.summary", said)
    assert leaks(shown, {ID: "id", PHONE: "contact", CHILD: "name"}) == ""


def test_numbers_that_are_nobodys_stay() -> None:
    said = "违反第四十九条，2026年8月5日罚款2000元，证照编号140602160005，代码91140602MAXX001112"
    assert masked().shown("fact.summary", said) == said


def test_what_is_not_hidden_stays_as_it_was_typed() -> None:
    said = "当事人（经营者）称：电话１３８ ００１３ ８０００，无其他；罚款２０００元"
    assert masked().shown("fact.summary", said) == f"当事人（经营者）称：电话{HIDDEN}，无其他；罚款２０００元"


def test_witnesses_are_masked_in_what_is_published() -> None:
    services = ({"no": 1, "witness": ("贺见微",)},)
    assert masked(services=services).shown("fact.summary", "贺见微在场见证") == "贺某某在场见证"


def test_the_served_copy_is_not_masked_at_all() -> None:
    known = shipped()
    mask = Mask(known.credit.masks["served"], known.facts, PERSON)
    assert mask.shown("fact.summary", f"{CHILD}，{ID}，{PHONE}") == f"{CHILD}，{ID}，{PHONE}"


TEXT = st.text(st.sampled_from("当事人在店内营业0123456789X年月日 -，。"), max_size=12)
SECRETS = st.lists(
    st.sampled_from([ID, PHONE, CHILD, " ".join(ID), "-".join(PHONE), "１３８００１３８０００", "0349-2281234",
                     f"{OTHER}，12岁", f"{OTHER}在某校就读", f"未成年人{OTHER}", f"学生 {OTHER}", f"１３周岁的{OTHER}"]), max_size=4
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TEXT, SECRETS), min_size=2, max_size=2), st.sampled_from(["person", "company"]))
def test_no_number_no_telephone_and_no_minors_name_reaches_a_published_file(
    said: list[tuple[str, list[str]]], kind: str
) -> None:
    """Whatever clerks have written into the texts of a case: the whole row of the file is held against the secrets."""
    known = shipped()
    texts = ["，".join([before, *inside]) for before, inside in said]
    answers = {**PERSON, "party.kind": kind, "case.act": texts[0].replace("未成年人", "学生"), "fact.summary": texts[1],
               "case.act_began_on": dt.date(1915, 1, 1)}  # fmt: skip
    if kind == "company":
        answers |= {"party.name": "朔州市极昼网络科技有限公司", "party.uscc": "91140602MAXX001112", "party.guardian": CHILD}
    facts = complete(answers, Around(known, History("")))
    decision = Document("2026-LA-0001", "x", "D-17x", "行政处罚决定书", "", 1, "issued", Recipe("x", "", "", "", {}),
                        number="朔区文旅罚字〔2026〕1号", dated=dt.date(2026, 8, 5))  # fmt: skip
    entry = export.Entry(SimpleNamespace(id="2026-LA-0001"), decision, facts, True, "", young=kind == "person")  # type: ignore[arg-type]
    office = SimpleNamespace(catalogue=known)
    row = export._row(office, known.credit.columns, entry)  # type: ignore[arg-type]
    bare = re.sub(r"[^0-9A-Z\u4e00-\u9fff]", "", unicodedata.normalize("NFKC", "".join(row)).upper())
    for secret in (ID, PHONE, CHILD, OTHER):
        assert secret not in bare


def test_a_minor_is_in_no_file_at_all(tmp_path: Path) -> None:
    bureau = penal(tmp_path)
    case = copy.deepcopy(S02)
    case["party"] = {"kind": "自然人", "name": CHILD, "gender": "男", "birth": "2009-05-01", "id_type": "护照",
                     "id_no": "E00000000", "address": "示例街1号", "phone": PHONE, "guardian": "顾某"}  # fmt: skip
    matter = punished(bureau, case, kinds=["没收非法财物"])
    entry = told(bureau)[matter]
    assert (entry["shown"], entry["collected"], entry["party"]) == (False, False, "")
    assert rows(bureau, export.COLLECTED) == rows(bureau, export.SHOWN) == []
