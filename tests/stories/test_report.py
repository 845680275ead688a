"""Flow (h), and the quarter of the sample cases: counted, told, frozen, corrected afterwards."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa
from docx import Document as Word
from python_calamine import CalamineWorkbook

from paperwork import catalogue, spans, summary
from paperwork.cli import summing
from paperwork.ledger import Ledger
from paperwork.summary import board
from paperwork.summary import frozen as frozen_records
from paperwork.summary.reckoning import compared, reckon, share
from played import Terminal
from tests import samples
from tests.stories import test_s11
from tests.stories.bureau import CHIEF, REVIEW, SECTION, Bureau, approvals, served
from tests.stories.cases import S01, S02, changed

Q3 = spans.parse("2026Q3")
REPORT = "2026-BG-0001"
TOLD: dict[str, Any] = {
    "form": "工作情况报送表",
    "submitted_by": "赵明远",
    "report": {
        "period": "2026年第三季度",
        "unit": "全局",
        "units": [
            {"unit": "文化市场综合行政执法大队", "leadership": "召开工作例会三次", "soft": "约谈后跟踪整改到位",
             "problems": ["部分经营者对新规定不熟悉"], "plans": ["开展送法上门"]}
        ],
    },
}  # fmt: skip
SIGNED = (
    ("部门负责人", "钱承宇", "同意", "2026-10-08"),
    ("分管负责人", "冯若谷", "同意", "2026-10-08"),
    ("负责人", "郑怀瑾", "同意", "2026-10-09"),
)


def decided(bureau: Bureau, form: dict[str, Any], matter: str, days: tuple[str, str, str]) -> None:
    """A case to its decision not to punish."""
    (outcome,) = bureau.take(form)
    assert outcome.outcome == "filed", outcome.findings
    steps = [(*step[:3], day) for step, day in zip((SECTION, REVIEW, CHIEF), days, strict=True)]
    (approved,) = bureau.take(approvals(matter, bureau.code(matter), *steps))
    assert approved.outcome == "filed", approved.findings


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """S11 with its talk, S01 decided and served, S02 still waiting for its approvals."""
    root = tmp_path_factory.mktemp("quarter")
    bureau = test_s11.until_planned(root)
    bureau.on("2026-08-20").take(test_s11.HELD)
    bureau.on("2026-09-05").take(test_s11.DONE)
    decided(bureau.on("2026-09-06"), S01, "2026-LA-0001", ("2026-07-17", "2026-07-20", "2026-07-22"))
    bureau.take(served("2026-LA-0001"), S02)
    return root


@pytest.fixture
def quarter(played: Path, tmp_path: Path) -> Bureau:
    import shutil

    shutil.copytree(played, tmp_path / "office")
    return Bureau(tmp_path / "office", "2026-10-08")


def figures(bureau: Bureau, period: spans.Span = Q3, fresh: bool = False) -> dict[str, Any]:
    with bureau.open() as office:
        told = (summary.fresh if fresh else summary.report)(office, period)
        entry = summary.entry(told)
    return {**entry, **{row["id"]: row["value"] for row in entry["figures"]}}


def frozen(bureau: Bureau) -> dict[str, Any]:
    """The quarter's report approved, with the office's number."""
    figures(bureau)
    form = {**approvals(REPORT, bureau.code(REPORT), *SIGNED), "doc_no": "朔区文旅发〔2026〕58号"}
    (outcome,) = bureau.on("2026-10-09").take(form)
    assert outcome.outcome == "filed", outcome.findings
    return figures(bureau)


def recounted(root: Path) -> Counter[str]:
    """The quarter counted in another way: from the papers that lie in the folders and the forms that came in."""
    found: Counter[str] = Counter()
    for manifest in root.glob("outbox/2026/**/manifest.json"):
        matter = json.loads(manifest.read_text("utf-8"))
        for document in matter["documents"]:
            if document["state"] == "issued" and document["dated"] and "2026-07-01" <= document["dated"] <= "2026-09-30":
                found[document["code"]] += 1
    originals = [json.loads(p.read_text("utf-8")) for p in root.glob("outbox/2026/**/原件/*.json")]
    for form in originals:
        found["filed"] += "filed_on" in form.get("case", {})
        for recheck in form.get("rechecks", []):
            found[recheck["conclusion"]] += 1
        found["held"] += sum(talk.get("held") is True for talk in form.get("talks", []))
    return found


def test_a_quarter_that_is_not_over_is_drafted_but_never_signed(quarter: Bureau) -> None:
    matter = figures(quarter, spans.parse("2026Q4"))["id"]
    facts = quarter.show(matter)["facts"]
    assert facts["report.title"] == "2026年第四季度（截至2026年10月8日）"
    assert all("previous" not in row for row in facts["report.figures"]), "a part is held against no whole quarter"
    form = {**approvals(matter, quarter.code(matter), *SIGNED), "doc_no": "朔区文旅发〔2026〕58号"}
    (outcome,) = quarter.on("2026-10-09").take(form)
    assert (outcome.outcome, {f.code for f in outcome.findings}) == ("returned", {"E-REPORT-PERIOD"})
    assert "2026年12月31日" in outcome.findings[0].message or "2026-12-31" in outcome.findings[0].message


@pytest.mark.clauses("O-03", "G-10", "M-05")
def test_every_number_of_the_quarter_is_what_the_papers_and_forms_say(quarter: Bureau) -> None:
    told, again = figures(quarter), recounted(quarter.root)
    assert told["R-10"] == again["D-13"] == 1
    assert told["R-07"] == again["D-03"] == 1
    assert told["R-08"] == again["D-05"] == again["held"] == 1
    assert told["R-16e"] == again["已整改"] == 1
    assert told["R-16f"] == again["未整改"] == 1
    assert told["R-16g"] == again["D-09"] == 2
    assert told["R-03"] == again["filed"] == 2
    assert told["R-17c"] == again["D-11"] == 0
    assert told["R-03b"] == told["R-13"] + told["R-10"] + told["R-03w"] + told["R-14"] + told["R-03c"] == 1
    assert told["R-12"] == 100.0


def test_the_prose_and_the_tables_of_the_draft_say_the_same_numbers(quarter: Bureau) -> None:
    told = figures(quarter)
    text = quarter.text(quarter.documents(REPORT)["D-27"]["path"])
    said = re.search(r"提出行政建议(\d+)件，行政约谈(\d+)家次.*?立案(\d+)件；办结(\d+)件.*?不予行政处罚(\d+)件", text)
    assert said is not None
    assert [int(n) for n in said.groups()] == [told[f] for f in ("R-07", "R-08", "R-03", "R-03b", "R-10")]
    lines = text.split("\n")
    total = lines.index("合计")
    assert lines[total + 1 : total + 9] == [*(str(told[f]) for f in ("R-06", "R-07", "R-08", "R-17c", "R-03", "R-10", "R-13", "R-03b"))]


@pytest.mark.clauses("W-03", "W-07")
def test_what_nothing_feeds_is_not_nought(quarter: Bureau) -> None:
    told = figures(quarter)
    assert told["R-36"] is None
    text = quarter.text(quarter.documents(REPORT)["D-27"]["path"])
    assert "行政诉讼0" not in text and "行政诉讼" in text.split("尚未在本系统登记")[0]


@pytest.mark.clauses("M-01", "M-03", "M-04", "O-01", "O-03", "W-02", "W-04", "W-05", "W-08", "W-08b")
def test_the_departments_tell_and_the_report_is_theirs(quarter: Bureau) -> None:
    (outcome,) = quarter.take(TOLD)
    assert (outcome.outcome, outcome.id) == ("filed", REPORT), outcome.findings
    figures(quarter)
    text = quarter.text(quarter.documents(REPORT)["D-27"]["path"])
    for words in ("召开工作例会三次", "约谈后跟踪整改到位", "部分经营者对新规定不熟悉", "开展送法上门"):
        assert words in text
    twice = {**TOLD, "report": {**TOLD["report"], "period": "2026Q3"}}
    assert [o.outcome for o in quarter.take(twice)] == ["duplicate"]


def test_typical_cases_name_nobody(quarter: Bureau) -> None:
    figures(quarter)
    text = quarter.text(quarter.documents(REPORT)["D-27"]["path"])
    assert "案例一" in text and "某互联网上网服务营业场所经营者" in text
    for name in (S01["party"]["name"], S01["party"]["legal_rep"], S01["party"]["uscc"], S01["party"]["address"]):
        assert name not in text


def test_counting_again_with_nothing_new_makes_nothing(quarter: Bureau) -> None:
    figures(quarter)
    before = quarter.show(REPORT)
    figures(quarter.on("2026-10-20"))
    assert quarter.show(REPORT)["documents"] == before["documents"]
    assert len(quarter.show(REPORT)["forms"]) == len(before["forms"])


def test_approved_without_the_office_s_number_it_stays_a_draft(quarter: Bureau) -> None:
    figures(quarter)
    form = approvals(REPORT, quarter.code(REPORT), *SIGNED)
    quarter.on("2026-10-09").take(form)
    assert quarter.documents(REPORT)["D-27"]["state"] == "draft"
    assert any(m["name"] == "approvals.doc_no" for m in quarter.explain(REPORT)["missing"])
    last = approvals(REPORT, quarter.code(REPORT), SIGNED[-1])
    quarter.take({**last, "doc_no": "朔区文旅发〔2026〕58号"})
    paper = quarter.documents(REPORT)["D-27"]
    assert (paper["state"], paper["number"], paper["dated"]) == ("issued", "朔区文旅发〔2026〕58号", "2026-10-09")
    assert "朔区文旅发〔2026〕58号" in quarter.text(paper["path"]) and "签发人：郑怀瑾" in quarter.text(paper["path"])
    assert quarter.audited() == []


def test_a_number_that_is_none_or_taken_goes_back(quarter: Bureau) -> None:
    figures(quarter)
    for number, code in (("五十八号", "E-NUMBER-FORM"), ("朔区文旅不罚字〔2026〕1号", "E-NUMBER-TAKEN")):
        form = {**approvals(REPORT, quarter.code(REPORT), *SIGNED), "doc_no": number}
        (outcome,) = quarter.on("2026-10-09").take(form)
        assert (outcome.outcome, {f.code for f in outcome.findings}) == ("returned", {code})
    assert quarter.documents(REPORT)["D-27"]["state"] == "draft"


def test_a_number_is_looked_at_when_it_comes_and_may_be_mended_until_it_is_printed(quarter: Bureau) -> None:
    figures(quarter)
    first = approvals(REPORT, quarter.code(REPORT), SIGNED[0])  # two steps are open, no paper is issued yet
    for number, code in (
        ("朔区文旅不罚字〔2026〕1号", "E-NUMBER-TAKEN"), ("朔区文旅不罚字〔2026〕9号", "E-NUMBER-SERIES")
    ):  # fmt: skip
        (outcome,) = quarter.take({**first, "doc_no": number})
        assert (outcome.outcome, {f.code for f in outcome.findings}) == ("returned", {code})
    assert quarter.take({**first, "doc_no": "朔区文旅发〔2026〕85号"})[0].outcome == "filed"
    assert quarter.take({**first, "doc_no": "朔区文旅发〔2026〕58号"})[0].outcome == "filed", "a slip of the pen is mended"
    quarter.on("2026-10-09").take(approvals(REPORT, quarter.code(REPORT), *SIGNED[1:]))
    assert quarter.documents(REPORT)["D-27"]["number"] == "朔区文旅发〔2026〕58号"
    (late,) = quarter.take({**first, "draft": quarter.documents(REPORT)["D-27"]["draft"], "doc_no": "朔区文旅发〔2026〕59号"})
    assert (late.outcome, {f.code for f in late.findings}) == ("returned", {"E-APPROVAL-DRAFT"})


def decided_late(bureau: Bureau) -> None:
    """S02, which the quarter's report has not counted, is decided with days of the quarter."""
    steps = [(*step[:3], day) for step, day in zip((SECTION, REVIEW, CHIEF), ("2026-08-17", "2026-08-18", "2026-08-19"), strict=True)]
    (outcome,) = bureau.take(approvals("2026-LA-0002", bureau.code("2026-LA-0002"), *steps))
    assert outcome.outcome == "filed", outcome.findings


def test_a_draft_whose_figures_are_old_is_told_and_not_signed(quarter: Bureau) -> None:
    figures(quarter)
    decided_late(quarter)
    (told,) = quarter.take(TOLD)  # drafted anew, with what was counted before
    assert told.outcome == "filed"
    assert [(f.code, f.severity) for f in told.findings] == [("W-REPORT-STALE", "warning")]
    assert [d["outdated"] for d in quarter.status()["drafts"] if d["code"] == "D-27"] == ["2026-10-08"]
    form = {**approvals(REPORT, quarter.code(REPORT), *SIGNED), "doc_no": "朔区文旅发〔2026〕58号"}
    (outcome,) = quarter.on("2026-10-09").take(form)
    assert (outcome.outcome, {f.code for f in outcome.findings}) == ("returned", {"E-REPORT-STALE"})
    assert "paperwork report 2026Q3 重新统计" in outcome.findings[0].message
    (back,) = quarter.take(approvals(REPORT, quarter.code(REPORT), ("部门负责人", "钱承宇", "退回", "2026-10-09")))
    assert back.outcome == "filed", "to send it back needs no figures"
    assert figures(quarter)["R-10"] == 2
    assert quarter.take({**form, "draft": quarter.code(REPORT)})[0].outcome == "filed"


def test_a_narrative_from_nowhere_or_after_the_signature_goes_back(quarter: Bureau) -> None:
    def of(unit: str, whole: str = "全局") -> dict[str, Any]:
        units = [{**TOLD["report"]["units"][0], "unit": unit}]
        return {**TOLD, "report": {**TOLD["report"], "unit": whole, "units": units}}

    (outcome,) = quarter.take(of("文化市场执法大队"))
    (finding,) = outcome.findings
    assert (finding.code, finding.field, finding.wanted) == ("E-UNIT-UNKNOWN", "report.units.unit", "文化市场综合行政执法大队")
    assert {f.field for f in quarter.take(of("文化市场综合行政执法大队", "办公室"))[0].findings} == {"report.unit"}
    settings = quarter.root / "templates" / "bureau.toml"
    settings.write_text(settings.read_text("utf-8").replace("units = []", 'units = ["办公室"]'), "utf-8")
    assert quarter.take(of("办公室"))[0].outcome == "filed"
    frozen(quarter)
    (late,) = quarter.take(TOLD)
    assert (late.outcome, {f.code for f in late.findings}) == ("returned", {"E-ISSUED"})
    assert "朔区文旅发〔2026〕58号已经签发" in late.findings[0].message and "下一个报告期" in late.findings[0].message


def test_a_signed_report_is_frozen_and_a_later_case_is_an_adjustment_of_the_next(quarter: Bureau) -> None:
    signed = frozen(quarter)
    assert (signed["frozen"], signed["R-10"], signed["number"]) == (True, 1, "朔区文旅发〔2026〕58号")
    decided_late(quarter.on("2026-10-20"))
    still = figures(quarter)
    assert (still["R-10"], still["sha256"], still["as_of"]) == (1, signed["sha256"], signed["as_of"])
    anew = figures(quarter, fresh=True)
    assert (anew["frozen"], anew["R-10"]) == (False, 2)
    assert {"period": "2026Q3", "id": "R-10", "name": "不予行政处罚", "was": 1, "now": 2, "difference": 1} in anew["adjustments"]
    following = figures(quarter.on("2027-01-08"), spans.parse("2026Q4"))
    assert {(a["period"], a["id"], a["difference"]) for a in following["adjustments"]} >= {("2026Q3", "R-10", 1)}
    text = quarter.text(quarter.documents("2027-BG-0001")["D-27"]["path"])
    assert "不予行政处罚原报1，现为2，调整+1" in text


def test_a_recount_beside_the_frozen_report_says_that_it_is_none(
    quarter: Bureau, capsys: pytest.CaptureFixture[str]
) -> None:
    frozen(quarter)
    decided_late(quarter.on("2026-10-20"))
    terminal = Terminal(quarter.root, capsys, "2026-10-20")
    assert terminal("report", "2026Q3") == 0
    assert "已冻结　朔区文旅发〔2026〕58号" in terminal.out.splitlines()[0] and "调整" not in terminal.out
    assert terminal("report", "2026Q3", "--fresh") == 0
    first, *lines = terminal.out.splitlines()
    assert "数据截至 2026-10-20" in first and "朔区文旅发〔2026〕58号已经签发冻结，不受影响" in first
    (adjusted,) = [line.split() for line in lines[lines.index("调整") :] if "  不予行政处罚  " in line]
    assert adjusted == ["2026Q3", "不予行政处罚", "1", "2", "+1"]
    for period, why in (("2026Q2", "没有账册"), ("2027Q1", "还没有开始")):
        for command in (["report", period], ["report", period, "--fresh"], ["bundle", period, "-o", str(quarter.root)]):
            assert terminal(*command) == 2 and why in terminal.err, command
    assert terminal("report", "2026Q4", "--fresh") == 0
    assert "尚未签发" in terminal.out.splitlines()[0] and "还没有结束" in terminal.out.splitlines()[1]


def test_a_void_decision_counts_no_longer(quarter: Bureau) -> None:
    from paperwork import desk

    with quarter.open() as office:
        desk.void(office, "朔区文旅不罚字〔2026〕1号", "当事人名称有误")
    assert figures(quarter)["R-10"] == 0
    with quarter.open() as office:
        listed = summary.why(office, Q3, "", "R-10")
    assert "文号已经作废" in [row["why"] for row in listed["excluded"]]


def test_why_lists_what_counts_what_does_not_and_what_went_back(quarter: Bureau) -> None:
    quarter.on("2026-09-20").take(changed(S01, party__uscc="91140602MAXX001113"))
    with quarter.open() as office:
        no_penalty = summary.why(office, Q3, "", "R-10")
        rate = summary.why(office, Q3, "", "不予行政处罚占办结案件")
    assert [row["case"] for row in no_penalty["counted"]] == ["朔区文旅立字〔2026〕1号"]
    assert [(row["case"], row["why"]) for row in no_penalty["excluded"]] == [
        ("朔区文旅立字〔2026〕2号", "送审稿，还没有签发")
    ]
    assert len(no_penalty["returned"]) == 1
    assert {row["figure"] for row in rate["counted"]} == {"R-10"}


def test_why_of_a_signed_report_lists_what_was_signed_and_beside_it_what_changed(quarter: Bureau) -> None:
    frozen(quarter)
    decided_late(quarter.on("2026-10-20"))
    with quarter.open() as office:
        signed, today = (summary.why(office, Q3, "", "R-10", fresh) for fresh in (False, True))
        nothing = summary.why(office, Q3, "", "R-27")
    assert [row["case"] for row in signed["counted"]] == ["朔区文旅立字〔2026〕1号"] and signed["counted"][0]["party"]
    assert [row["case"] for row in signed["added"]] == ["朔区文旅立字〔2026〕2号"] and not signed["removed"]
    assert (len(today["counted"]), today["added"], today["number"]) == (2, [], None)
    assert nothing["lacks"]


def test_a_signed_report_that_was_altered_is_not_handed_on(
    quarter: Bureau, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    frozen(quarter)
    terminal = Terminal(quarter.root, capsys, "2026-10-20")
    assert terminal("report", "2026Q3", "-o", str(tmp_path / "a")) == 0
    paper = quarter.root / quarter.documents(REPORT)["D-27"]["path"]
    paper.chmod(0o644)
    paper.write_bytes(paper.read_bytes() + b" ")
    assert terminal("report", "2026Q3", "-o", str(tmp_path / "b")) == 3 and "没有抄出" in terminal.err


def test_why_is_read_in_a_terminal(quarter: Bureau, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(quarter.root, capsys, "2026-10-08")
    assert terminal("report", "2026Q3", "--why", "R-16") == 0
    lines = [line.split() for line in terminal.out.splitlines()]
    assert lines[3][0] == "指标" and [line[0] for line in lines[4:8]] == ["R-16a", "R-16n"] * 2  # which side a row is of
    assert terminal("report", "2026Q3", "--why", "r-10") == 0 and terminal.out.startswith("R-10 不予行政处罚")
    assert terminal("report", "2026Q3", "--why", "不予行政处罚决定") == 2
    assert terminal("report", "2026Q3", "--why", "约谈") == 2 and "R-08b 责任约谈" in terminal.err
    assert terminal("report", "2026Q3", "--why", "R-10", "--unit", "没有这个股") == 2 and "没有这个股" in terminal.err
    assert terminal("bundle", "2026Q3", "--unit", "没有这个股", "-o", str(quarter.root)) == 2


def test_money_is_told_in_yuan() -> None:
    assert summing._amount({"figure": "R-13m", "amount": 250050}, ["R-13m"]) == "2500.5元"
    assert summing._amount({"figure": "R-13m", "amount": 100000}, ["R-13m"]) == "1000元"
    assert summing._amount({"figure": "R-05b", "amount": 100000}, ["R-13m"]) == "100000"


_SMALL = ("alembic_version", "sqlite_master", "series", "meta")


def test_no_question_of_a_form_or_a_report_reads_a_whole_table(quarter: Bureau) -> None:
    """What SQLite means to do is asked of every statement: a search by no more than the bureau is a search of all."""
    asked: dict[str, None] = {}
    with quarter.open() as office:
        summary.ensure(office)  # counts all matters, once

    def watch(connection: Any, _record: object) -> None:
        connection.set_trace_callback(lambda statement: asked.setdefault(statement))

    sa.event.listen(sa.Engine, "connect", watch)
    try:
        agreed = approvals("2026-LA-0002", quarter.code("2026-LA-0002"), (*SECTION[:3], "2026-09-28"))
        done = quarter.take(agreed, changed(S01, party__uscc="91140602MAXX001113"))
        figures(quarter)
        with quarter.open() as office:
            summary.why(office, Q3, "", "R-10")
    finally:
        sa.event.remove(sa.Engine, "connect", watch)
    assert [outcome.outcome for outcome in done] == ["filed", "returned"]
    ways: dict[str, list[str]] = {}
    with sqlite3.connect(quarter.root / ".paperwork" / "ledger.db") as ledger:
        for statement in asked:
            if re.match("SELECT|UPDATE|DELETE", statement) and not re.search(rf"FROM ({'|'.join(_SMALL)})", statement):
                ways[statement] = [row[3] for row in ledger.execute(f"EXPLAIN QUERY PLAN {statement}")]
    whole = re.compile(r"^SCAN|^SEARCH \w+$|(INDEX (?!drops_unfinished)\w+|PRIMARY KEY) \(bureau=\?\)")
    assert len(ways) > 60
    assert {statement: way for statement, way in ways.items() if any(map(whole.search, way))} == {}


def test_the_rows_are_what_counting_anew_finds(quarter: Bureau) -> None:
    frozen(quarter)
    with quarter.open() as office:
        def all_rows() -> list[object]:
            with office.ledger.figures() as look:
                return [*look.listed(summary.EVER), *look.undated([*office.catalogue.figures])]

        before = all_rows()
        assert len(before) > 8
        summary.rebuild(office)
        assert all_rows() == before


def test_counting_anew_goes_on_where_it_was_broken_off(quarter: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    from paperwork.summary import rebuilding

    monkeypatch.setattr(rebuilding, "_PAGE", 1)
    monkeypatch.setattr(board, "_PAGES", 1)
    with quarter.open() as office:
        summary.ensure(office)
    path = quarter.root / "templates" / "figures.toml"
    path.write_text(path.read_text("utf-8") + "\n# anders\n", "utf-8")
    counted: list[str] = []
    told: list[tuple[int, int]] = []
    whole = Ledger.whole
    monkeypatch.setattr(Ledger, "whole", lambda self, ids: whole(self, counted.extend(ids) or ids))
    with quarter.open() as office:
        assert not summary.ensure(office, most=1)
        assert "正在把以前的案件重新计数" in board.page(office)
        assert summary.ensure(office, lambda done, of: told.append((done, of)))
        assert "正在把以前的案件重新计数" not in board.page(office)
        of = office.ledger.how_many()
    assert sorted(set(counted)) == sorted(counted) and len(counted) == of >= 3, counted
    assert told == [(done, of) for done in range(3, of + 1)]


def test_an_edited_figure_counts_what_was_there_before_it(quarter: Bureau) -> None:
    figures(quarter)
    path = quarter.root / "templates" / "figures.toml"
    more = '\n[[figure]]\nid = "X-1"\nkey = "complaints"\nname = "投诉立案"\nunit = "件"\n[[figure.source]]\nmatters = ["case"]\nwhen = ["case.source is complaint"]\ndated = "case.filed_on"\n'
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    assert figures(quarter)["X-1"] == 1


def test_one_unit_or_another(quarter: Bureau) -> None:
    from paperwork.errors import UsageError

    with quarter.open() as office:
        told = summary.entry(summary.report(office, Q3, "文化市场综合行政执法大队"))
        assert {row["id"]: row["value"] for row in told["figures"]}["R-10"] == 1
        with pytest.raises(UsageError, match="没有"):
            summary.report(office, Q3, "没有这个股")


def test_a_comparison_follows_the_size_of_its_base(quarter: Bureau) -> None:
    known = catalogue.load(quarter.root)
    from paperwork.ledger import Tally

    def of(count: int, filed: int = 0) -> summary.Reckoned:
        cells = (Tally("R-10", "2026-07", "", "", "", count, count), Tally("R-13", "2026-07", "", "", "", filed, filed))
        return summary.Reckoned(known, Q3, "", cells, {})

    assert compared(of(3), None, "R-10", "同比") == ""
    assert compared(of(3), of(0), "R-10", "同比") == "上年同期为0"
    assert compared(of(3), of(5), "R-10", "环比") == "环比减少2件"
    assert compared(of(18), of(16), "R-10", "同比") == "同比增长12.5%"
    assert compared(of(1, 2), of(1, 1), "R-12", "同比") == "同比下降16.7个百分点"
    assert compared(of(0), of(1), "R-12", "同比") == ""
    assert str(share(1, 8)) == "12.5" and str(share(1, 16)) == "6.3" and share(0, 0) is None


def test_a_quarter_before_the_ledger_is_nothing_to_compare_with(quarter: Bureau) -> None:
    figures(quarter)
    facts = quarter.show(REPORT)["facts"]
    assert all("previous" not in row and "yoy" not in row for row in facts["report.figures"])
    with quarter.open() as office, office.ledger.figures() as look:
        assert reckon(look, office.catalogue, Q3.last_year).count("R-10") == 0
    figures(quarter.on("2027-01-08"), spans.parse("2026Q4"))
    later = {row["id"]: row for row in quarter.show("2027-BG-0001")["facts"]["report.figures"]}
    assert (later["R-10"]["value"], later["R-10"]["previous"], later["R-10"]["qoq"]) == ("0", "1", "环比减少1件")


def test_money_of_which_every_number_is_missing_is_no_nought(quarter: Bureau) -> None:
    with quarter.open() as office, office.ledger.figures() as look:
        now = reckon(look, office.catalogue, Q3)
        assert ("R-10m" in now.unmeasured, now.told("R-10m")) == (True, "—")
        known = frozen_records._figure(now, "R-10m")
    assert known["value"] is None and "没有填写" in known["lacks"]


def test_a_rate_of_nought_is_told_in_the_charts_with_its_decimal() -> None:
    with zipfile.ZipFile(samples.ROOT / "templates" / "documents" / "work_report" / "template.docx") as word:
        charts = [word.read(f"word/charts/chart{n}.xml").decode() for n in range(1, 7)]
    told = [re.findall(r'<c:dLbls><c:numFmt formatCode="([^"]*)"', chart)[0] for chart in charts]
    assert told == ["0;;;", "0;;;", "0", "0.0", "0.0", "0"]


@pytest.mark.parametrize("text, code, label", [
    ("2026年第三季度", "2026Q3", "2026年第三季度"), ("2026h1", "2026H1", "2026年上半年"), ("2026年9月", "2026-09", "2026年9月"),
    ("２０２６", "2026", "2026年"), ("2026-07-01..2026-07-09", "2026-07-01..2026-07-09", "2026年7月1日至2026年7月9日"),
])  # fmt: skip
def test_a_period_is_read_as_people_write_it(text: str, code: str, label: str) -> None:
    span = spans.parse(text)
    assert (span.code, span.label) == (code, label)
    assert spans.parse(span.label.split("至")[0] if ".." not in code else code).code == code


def test_periods_before() -> None:
    assert [spans.parse(p).previous.code for p in ("2026Q1", "2026H2", "2026-01", "2026")] == ["2025Q4", "2026H1", "2025-12", "2025"]
    assert spans.parse("2024-02-29..2024-03-01").last_year.code == "2023-02-28..2023-03-01"
    for wrong in ("2026Q5", "2026-13", "第三季度", "2026-07-09..2026-07-01"):
        with pytest.raises(ValueError, match="不是报告期"):
            spans.parse(wrong)


# ── charts and workbook ───────────────────────────────────────────────────────────────────────────────


def charts_of(data: bytes) -> dict[str, dict[str, list[float | None]]]:
    """Every native chart of a Word file: series → its values, as Word shows them and as its workbook holds them."""
    found: dict[str, dict[str, list[float | None]]] = {}
    c = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(n for n in archive.namelist() if n.startswith("word/charts/chart")):
            tree = ElementTree.fromstring(archive.read(name))
            shown: dict[str, list[float | None]] = {}
            for series in tree.iter(f"{c}ser"):
                points = {int(p.get("idx", "")): float(p.findtext(f"{c}v") or "") for p in series.findall(f"{c}val//{c}pt")}
                count = series.find(f"{c}val//{c}ptCount")
                assert count is not None
                shown[series.findtext(f"{c}tx//{c}v") or ""] = [points.get(n) for n in range(int(count.get("val", "")))]
            book = archive.read(f"word/embeddings/{Path(name).stem}.xlsx")
            (_, *heads), *rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
            held = {str(h): [None if r[n] == "" else float(str(r[n])) for r in rows] for n, h in enumerate(heads, 1)}
            assert held == shown, name
            found[Path(name).stem] = shown
    return found


def sheets_of(path: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_prose_tables_charts_and_workbook_say_the_same_numbers(quarter: Bureau) -> None:
    told = figures(quarter)
    paper = quarter.root / quarter.documents(REPORT)["D-27"]["path"]
    charts = charts_of(paper.read_bytes())
    assert sum(v or 0 for v in charts["chart1"]["行政建议"]) == told["R-07"]
    assert sum(v or 0 for v in charts["chart1"]["不予处罚"]) == told["R-10"]
    assert sum(v or 0 for v in charts["chart2"]["数量"]) == sum(told[f] for f in ("R-06", "R-07", "R-08", "R-17c", "R-10", "R-13"))
    assert [sum(v or 0 for v in charts["chart3"][s]) for s in ("立案", "办结")] == [told["R-03"], told["R-03b"]]
    assert charts["chart4"]["不予行政处罚占办结案件（%）"][0] == 100.0
    (path,) = paper.parents[1].glob("附表/*.xlsx")
    sheets = sheets_of(path)
    written = {row[0]: row[3] for row in sheets["指标"][2:]}
    for row in told["figures"]:
        assert written[row["id"]] == (row["value"] if row["value"] is not None else ""), row
    assert sheets["分月"][-1][0] == "合计" and sheets["分月"][-1][2] == told["R-07"]
    links = {row[0] for row in sheets["指标"][2:] if row[10] == "查看"}
    assert links == {name for name in sheets if name.startswith("R-")}  # what counted nothing has no empty sheet
    for figure, heads in (("R-10", 2), ("R-03", 2), ("R-16e", 2), ("R-07", 2)):
        assert sum(row[-1] for row in sheets[figure][heads:]) == told[figure], figure
    assert [row[1] for row in sheets["R-10"][2:]] == ["朔区文旅立字〔2026〕1号"]
    assert any("送审稿" in row[-1] for row in sheets["没有计入"][1:])
    with zipfile.ZipFile(path) as archive:
        drawn = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/charts/chart")]
    assert len(drawn) == 6
    (industries,) = [chart for chart in drawn if "分行业" in chart]
    assert 'grouping val="clustered"' in industries  # cases filed and cases concluded are no parts of one sum
    assert all('<c:max val="100"/>' in chart for chart in drawn if "（%）" in chart)
    for row in sheets["时限"][1:]:
        told_of = next(f for f in told["figures"] if f["name"] == row[0])
        assert (row[1], row[2], row[4]) == (told_of["denominator"], told_of["numerator"], told_of["value"] if told_of["value"] is not None else "")
    assert list(charts["chart5"]["按期率（%）"]) == [row[4] if row[4] != "" else None for row in sheets["时限"][1:]]
    assert quarter.audited() == []


def test_table_six_of_the_annex_says_what_the_figures_say(quarter: Bureau) -> None:
    told = {row["name"]: row for row in figures(quarter)["figures"]}
    document = Word(str(quarter.root / quarter.documents(REPORT)["D-27"]["path"]))
    (table,) = [t for t in document.tables if [c.text for c in t.rows[0].cells] == ["指标", "单位", "本期", "上年同期", "上期"]]
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows[1:]}
    assert len(rows) > 5 and "涉及四新主体" in rows
    for name, (unit, value, *_) in rows.items():
        known = told[name]
        assert unit == (known["unit"] or "%")
        assert value == ("—" if known["value"] is None else str(known["value"])), name
    assert not any(told[name]["lacks"] for name in rows)  # what nobody registers has no row, and is no nought


def test_a_report_is_the_same_file_each_time(quarter: Bureau, tmp_path: Path) -> None:
    from paperwork import delivery

    figures(quarter)
    with quarter.open() as office:
        matter = office.ledger.matter(REPORT)
        assert matter is not None
        document = next(d for d in matter.documents if d.code == "D-27")
        assert delivery.render(office, document) == (quarter.root / document.path).read_bytes()


def test_the_register_has_a_row_for_every_issued_paper(quarter: Bureau, tmp_path: Path) -> None:
    from paperwork.summary import exporting

    with quarter.open() as office:
        (tmp_path / "台账.xlsx").write_bytes(exporting.ledger(office))
    rows = sheets_of(tmp_path / "台账.xlsx")["逐件"][1:]
    papers = [d for m in ("2026-LA-0001", "2026-LA-0002", "2026-ZD-0001") for d in quarter.show(m)["documents"]]
    issued = [d for d in papers if d["state"] == "issued" and d["code"] and d["dated"]]
    assert sorted((r[8], r[13]) for r in rows) == sorted((d["title"], d["number"] or "") for d in issued)
    (decision,) = [r for r in rows if r[8] == "不予行政处罚决定书"]
    assert decision[1] == "朔区文旅立字〔2026〕1号" and "第三十三条第一款" in decision[9]
    assert (decision[6], decision[7], decision[12]) == ("线下", "双随机", "赵明远、孙立群")
    assert decision[11].startswith("已整改 2026-07-")
