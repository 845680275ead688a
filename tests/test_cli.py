"""The command line keeps its contract (DESIGN §6): names, JSON keys, exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from docx import Document
from rich.cells import cell_len

from paperwork import cli, status
from paperwork.cli import say
from paperwork.cli.run import COMMANDS
from paperwork.cli.run import root as commands
from paperwork.demo import sample
from paperwork.office import Office
from tests.played import CASE, WAITING, Terminal, played, third_case, written

SOURCE = Path(cli.__file__).resolve().parents[2]

DOCUMENT = {
    "code", "kind", "title", "occurrence", "number", "dated", "version", "state", "rule", "replaces", "path", "sha256",
}  # fmt: skip
SUBMISSION = {"file", "row", "outcome", "id", "case", "documents", "findings"}
FINDING = {"code", "severity", "field", "place", "found", "wanted", "message"}
PROBLEM = {"code", "where", "what", "advice"}


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(played(tmp_path), capsys)


def keys(entries: Any) -> set[str]:
    """The keys that every entry has; no entry has others."""
    assert entries, "nothing to look at"
    first = set(entries[0])
    assert all(set(entry) == first for entry in entries)
    return first


def template(path: Path, *lines: str) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def everything_in(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# ── the contract's JSON ──


def test_cases_lists_every_matter_and_looks_for_text(terminal: Terminal) -> None:
    rows = terminal.json("cases")
    contract = {"id", "type", "case", "party", "unit", "state", "opened_on", "folder", "attention"}
    assert keys(rows) - {"waiting"} == contract
    states = {r["id"]: r["state"] for r in rows}
    assert states == {CASE: "served", WAITING: "for_approval", "2026-ZD-0001": "decided", "2026-BG-0001": "for_approval"}
    assert [r["id"] for r in terminal.json("cases", "云谷")] == [WAITING]
    assert terminal.json("cases", "没有这个人") == []


def test_show_tells_the_whole_matter(terminal: Terminal) -> None:
    entry = terminal.json("show", CASE)
    assert set(entry) == {
        "id", "type", "case", "party", "state", "facts", "missing", "documents", "forms", "events",
    }  # fmt: skip
    assert keys(entry["documents"]) - {"draft"} == DOCUMENT
    assert keys(entry["forms"]) == {"drop", "row", "form", "received_at", "outcome", "sha256"}
    assert keys(entry["events"]) == {"seq", "on", "at", "kind", "by", "data"}
    assert keys(entry["missing"]) == {"kind", "name", "code", "why"}
    decision = next(d for d in entry["documents"] if d["code"] == "D-13")
    assert decision["number"] == "朔区文旅不罚字〔2026〕1号"
    assert (terminal.root / decision["path"]).is_file()


def test_a_matter_is_found_by_its_case_number_in_any_brackets(terminal: Terminal) -> None:
    assert terminal.json("show", "朔区文旅立字[2026]1号")["id"] == CASE
    assert terminal("show", "2026-LA-0099") == 2
    assert "2026-LA-0099" in terminal.err


def test_explain_tells_rules_and_one_document(terminal: Terminal) -> None:
    entry = terminal.json("explain", CASE)
    assert set(entry) == {"as_of", "missing", "measures"}
    contract = {
        "rule", "measure", "occurrence", "fired", "status", "force", "because", "basis", "approvals", "terminal",
    }  # fmt: skip
    assert keys(entry["measures"]) - {"label", "cited"} == contract
    fired = next(m for m in entry["measures"] if m["fired"])
    assert keys(fired["because"]) == {"condition", "value", "holds"}
    assert keys(fired["approvals"]) == {"step", "state", "person", "on"}
    one = terminal.json("explain", CASE, "--document", "朔区文旅不罚字〔2026〕1号")
    assert one["document"]["code"] == "D-13"
    assert one["rule"] == fired["rule"]
    assert terminal("explain", CASE, "--document", "朔区文旅不罚字〔2026〕9号") == 2


def test_due_lists_periods_and_those_within_some_days(terminal: Terminal) -> None:
    rows = terminal.json("due")
    assert keys(rows) - {"met_on"} == {"id", "case", "party", "what", "due_on", "days_left", "basis", "unknown"}
    assert terminal("due") == 0
    assert "《行政处罚法》第六十条" in terminal.out and "#" not in terminal.out and " -" not in terminal.out
    soon = terminal.json("due", "--within", "40")
    assert 0 < len(soon) < len(rows)
    assert all(r["days_left"] is None or r["days_left"] <= 40 for r in soon)


def test_kinds_and_rules_show_the_catalogue(terminal: Terminal) -> None:
    assert keys(terminal.json("kinds")) == {"code", "kind", "title", "series", "per", "after", "clauses"}
    contract = {
        "rule", "measure", "when", "unless", "basis", "procedure", "since", "until", "force", "approvals", "clauses",
    }  # fmt: skip
    assert keys(terminal.json("rules")) - {"label"} == contract


def test_status_shows_what_waits_works_and_went_back(terminal: Terminal) -> None:
    with Office.open(terminal.root) as office:
        status.beat(office)  # the played office may be older than a heart may stand still
    entry = terminal.json("status")
    assert set(entry) == {"heartbeat", "waiting", "working", "returned", "drafts", "attention", "problems", "machines"}
    assert "E-USCC-CHECK" in entry["returned"][0]["codes"]
    assert {d["id"] for d in entry["drafts"]} == {WAITING, "2026-BG-0001"}
    assert entry["heartbeat"]["alive"]
    written(terminal.root / "inbox", third_case(), "新的.json")
    assert [w["file"] for w in terminal.json("status")["waiting"]] == ["新的.json"]


def test_audit_and_check_say_ok(terminal: Terminal) -> None:
    for command in ("audit", "check"):
        assert terminal(command, "--json") == 0
        assert json.loads(terminal.out) == {"ok": True, "problems": []}


# ── taking forms ──


def test_file_registers_a_copy_and_leaves_the_form_where_it_is(terminal: Terminal, tmp_path: Path) -> None:
    form = written(tmp_path, third_case())
    before = form.read_bytes()
    (entry,) = terminal.json("file", str(form))
    assert set(entry) == SUBMISSION
    assert (entry["outcome"], entry["id"], entry["case"]) == ("filed", "2026-LA-0003", "朔区文旅立字〔2026〕3号")
    assert keys(entry["documents"]) - {"draft"} == DOCUMENT
    assert form.read_bytes() == before
    assert terminal("file", str(form)) == 0
    assert "重复件" in terminal.out
    assert terminal("audit") == 0


def test_file_says_what_is_missing_and_record_goes_on_from_there(terminal: Terminal, tmp_path: Path) -> None:
    form = third_case()
    del form["harm"]["level"]
    assert terminal("file", str(written(tmp_path, form))) == 0
    assert "需要「危害后果」才能判断" in terminal.out
    assert "下一步：" in terminal.out
    assert terminal("record", "2026-LA-0003", "harm.level=无") == 0, terminal.err  # no --form: it opened the matter
    assert "DR-10 不予行政处罚（轻微、及时改正、没有危害后果）：部门负责人 待审、" in terminal.out
    assert "下一步：送审稿和审批意见表" in terminal.out
    assert terminal.json("show", "2026-LA-0003")["forms"][-1]["form"] == "case_intake"
    assert terminal("file", str(written(tmp_path, form, "又.json")), "--dry-run") == 0
    assert "下一步" not in terminal.out


def test_file_returns_with_findings_and_exit_code_1(terminal: Terminal, tmp_path: Path) -> None:
    form = written(tmp_path, sample("mistakes"))
    assert terminal("file", str(form), "--json") == 1
    (entry,) = json.loads(terminal.out)
    assert (entry["outcome"], entry["id"], entry["documents"]) == ("returned", None, [])
    assert keys(entry["findings"]) == FINDING
    assert {"E-DATE", "E-USCC-CHECK", "E-OFFICER-2"} <= {f["code"] for f in entry["findings"]}


def test_a_dry_run_says_what_would_be_made_and_makes_nothing(terminal: Terminal, tmp_path: Path) -> None:
    good, bad = written(tmp_path, third_case(), "好.json"), written(tmp_path, sample("mistakes"), "坏.json")
    terminal("cases")
    before = everything_in(terminal.root / "outbox") | everything_in(terminal.root / "inbox")
    ledger = terminal.json("status"), terminal.json("cases"), terminal.json("show", WAITING)
    assert terminal("file", str(good), str(bad), "--dry-run", "--json") == 1
    would, returned = json.loads(terminal.out)
    assert (would["outcome"], would["id"], returned["outcome"]) == ("would_file", None, "returned")
    assert {d["code"]: d["state"] for d in would["documents"]} == {
        "D-12": "draft", "D-13": "draft", "D-14": "draft", "D-36": "issued",
    }  # fmt: skip
    assert keys(would["documents"]) - {"draft"} == DOCUMENT
    after = terminal.json("status"), terminal.json("cases"), terminal.json("show", WAITING)
    for one in (ledger[0], after[0]):
        one["heartbeat"].pop("age_seconds")
    assert after == ledger
    assert everything_in(terminal.root / "outbox") | everything_in(terminal.root / "inbox") == before
    assert list((terminal.root / ".paperwork" / "stage").iterdir()) == []


def test_a_dry_run_of_an_approval_shows_what_would_be_issued(terminal: Terminal, tmp_path: Path) -> None:
    draft = next(d["draft"] for d in terminal.json("show", WAITING)["documents"] if d["code"] == "D-13")
    rows = [{**step, "on": f"2026-08-{14 + n}"} for n, step in enumerate(sample("s01_approvals")["approvals"])]
    form = {"form": "审批意见表", "matter": WAITING, "draft": draft, "approvals": rows}
    (would,) = terminal.json("file", str(written(tmp_path, form)), "--dry-run")
    decision = next(d for d in would["documents"] if d["code"] == "D-13")
    assert (would["outcome"], would["id"], decision["state"], decision["number"]) == (
        "would_file",
        WAITING,
        "issued",
        None,
    )
    (filed,) = terminal.json("file", str(written(tmp_path, form)))
    decision = next(d for d in filed["documents"] if d["code"] == "D-13")
    assert decision["number"] == "朔区文旅不罚字〔2026〕2号"


def test_a_form_that_was_accepted_is_a_duplicate_in_a_dry_run_too(terminal: Terminal, tmp_path: Path) -> None:
    form = written(tmp_path, sample("s01_intake"))
    (entry,) = terminal.json("file", str(form), "--dry-run")
    assert (entry["outcome"], entry["id"]) == ("duplicate", CASE)


def test_watch_once_takes_what_is_there(terminal: Terminal) -> None:
    written(terminal.root / "inbox", third_case())
    assert terminal("watch", "--once", "--json") == 0
    (entry,) = json.loads(terminal.out)
    assert (entry["outcome"], entry["id"]) == ("filed", "2026-LA-0003")
    (code,) = {d["draft"] for d in entry["documents"] if d["draft"]}
    section = {"step": "部门负责人", "person": "钱承宇", "decision": "同意", "on": "2026-08-17"}
    first = {"form": "审批意见表", "matter": "2026-LA-0003", "draft": code, "approvals": [section]}
    written(terminal.root / "inbox" / "审批", first)
    assert terminal("watch", "--once") == 0
    assert "法制审核 待审" in terminal.out  # who is next
    written(terminal.root / "inbox", sample("mistakes"))
    assert terminal("watch", "--once") == 1
    assert "已退回" in terminal.out
    assert terminal("watch", "--once") == 0
    assert "没有新的表格" in terminal.out


# ── record, void ──


def test_record_finds_the_one_form_that_has_the_fields(terminal: Terminal) -> None:
    fields = ("case.closed_on=2026-08-16", "case.result=不予行政处罚", "case.execution=无需履行")
    (entry,) = terminal.json("record", CASE, *fields)
    assert (entry["outcome"], entry["id"]) == ("filed", CASE)
    shown = terminal.json("show", CASE)
    assert shown["state"] == "closed"
    assert shown["forms"][-1]["form"] == "closing"
    assert terminal("audit") == 0


def test_record_makes_one_item_of_a_lists_columns(terminal: Terminal) -> None:
    draft = next(d["draft"] for d in terminal.json("show", WAITING)["documents"] if d["code"] == "D-13")
    item = ("step=部门负责人", "person=钱承宇", "decision=同意", "on=2026-08-15")
    (entry,) = terminal.json("record", WAITING, f"approvals.draft={draft}", *(f"approvals.{one}" for one in item))
    assert entry["outcome"] == "filed"
    approvals = terminal.json("show", WAITING)["facts"]["approvals"]
    assert [(a["step"], a["person"], a["draft"]) for a in approvals] == [("section_head", "钱承宇", draft)]


def test_record_takes_json_for_several_items(terminal: Terminal) -> None:
    rows = [{"document": "D-13", "method": "直接", "on": "2026-07-24", "receiver": "田野禾", "relation": "法定代表人",
             "by": ["赵明远", "孙立群"]}]  # fmt: skip
    assert terminal("record", CASE, f"services={json.dumps(rows, ensure_ascii=False)}", "--form", "送达情况表") == 0
    assert len(terminal.json("show", CASE)["facts"]["services"]) == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("case.closed_on",), "字段=值"),
        (("case.closed_on=2026-08-01", "case.closed_on=2026-08-02"), "两次"),
        (("services=[{",), "JSON"),
        (("case.result=不予行政处罚", "edu.to=田野禾"), "送达情况表"),
        (("case.titel=甲", "--form", "case_intake"), "case.title"),
        (("case.title=甲", "--form", "没有的表"), "案件登记表"),
    ],
)
def test_record_called_wrongly_says_what_is_right(terminal: Terminal, arguments: tuple[str, ...], told: str) -> None:
    assert terminal("record", CASE, *arguments) == 2
    assert told in terminal.err
    assert "Traceback" not in terminal.err


def test_record_returns_what_does_not_hold(terminal: Terminal) -> None:
    assert terminal("record", CASE, "case.closed_on=2026-02-30", "case.result=不予行政处罚") == 1
    assert "E-DATE" in terminal.out


def test_void_keeps_the_number_with_its_reason(terminal: Terminal) -> None:
    number = "朔区文旅不罚字〔2026〕1号"
    assert terminal("void", number) == 2
    for blank in ("", " ", "\u3000"):
        assert terminal("void", number, "--why", blank) == 2
        assert "原因" in terminal.err
    assert terminal("void", number, "--why", "印错") == 0
    decision = next(d for d in terminal.json("show", CASE)["documents"] if d["code"] == "D-13")
    assert (decision["number"], decision["state"]) == (number, "void")
    assert terminal("void", number, "--why", "又一个原因") == 2
    assert "已经作废" in terminal.err
    assert "印错" in terminal.err
    assert terminal("audit") == 0, terminal.out
    assert terminal("void", "朔区文旅不罚字〔2026〕8号", "--why", "没有") == 2
    named = re.findall(r"paperwork ([a-z]+)", terminal.err)
    assert named
    assert all("尚未提供" not in COMMANDS[name][1] for name in named)
    assert terminal("void", CASE, "--why", "事项自己的编号") == 2


# ── handing out ──


def test_forms_are_handed_out_empty_and_for_a_matter(terminal: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "空白表"
    assert terminal("forms", "-o", str(out)) == 0
    names = {p.name for p in out.iterdir()}
    assert {"案件登记表.docx", "审批意见表.docx", "送达情况表.docx", "约谈情况表.docx"} <= names
    assert {"结案情况表.docx", "案源登记表.docx", "立案审批表.docx"} <= names
    (path,) = terminal.json("forms", "送达情况表", "--case", CASE, "-o", str(out))
    text = "\n".join(node.text or "" for node in Document(path).element.body.iter() if node.tag.endswith("}t"))
    assert "朔区文旅立字〔2026〕1号" in text
    assert "朔州市星屿网咖有限公司" in text


def test_forms_in_other_formats_and_unknown_forms_are_refused(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal("forms", "审批意见表", "--format", "pdf", "-o", str(tmp_path)) == 2
    assert "docx" in terminal.err
    assert terminal("forms", "约谈情况表", "--format", "xlsx", "-o", str(tmp_path)) == 2
    assert "docx" in terminal.err
    assert terminal("forms", "没有的表", "-o", str(tmp_path)) == 2
    closing = terminal.root / "templates" / "forms" / "closing" / "form.toml"
    closing.write_text(closing.read_text("utf-8").replace('["docx", "pdf", "json"]', '["json"]'), "utf-8")
    assert terminal("forms", "结案情况表", "-o", str(tmp_path)) == 2
    assert "record" in terminal.err


def test_render_fills_any_template_outside_an_office(terminal: Terminal, tmp_path: Path) -> None:
    source = template(tmp_path / "模板.docx", "{{ party.name }}：", "{% for o in officers %}{{ o.name }}；{% endfor %}")
    facts = written(tmp_path, {"party": {"name": "甲＆<乙>"}, "officers": [{"name": "赵明远"}, {"name": "孙立群"}]})
    out = tmp_path / "出" / "文书.docx"
    assert terminal.bare("render", str(source), "--data", str(facts), "-o", str(out)) == 0
    assert [p.text for p in Document(str(out)).paragraphs] == ["甲＆<乙>：", "赵明远；孙立群；"]


def test_render_never_writes_over_what_it_reads_and_says_in_words_what_it_cannot_read(
    terminal: Terminal, tmp_path: Path
) -> None:
    source = template(tmp_path / "模板.docx", "{{ name }}")
    before, out = source.read_bytes(), tmp_path / "文书.docx"
    facts = written(tmp_path, {"name": "甲"})
    assert terminal.bare("render", str(source), "--data", str(facts), "-o", str(source)) == 2
    assert source.read_bytes() == before
    odd = tmp_path / "数据.json"
    for content, told in (
        ('{"name": "甲"}'.encode("gbk"), "UTF-8"),
        (b'{"name": ' + b"[" * 100_000, "太深"),
        (b'{"name"', "第1行"),
    ):
        odd.write_bytes(content)
        assert terminal.bare("render", str(source), "--data", str(odd), "-o", str(out)) == 2
        assert told in terminal.err
    turned = written(tmp_path, {"name": "甲\u202e乙"}, "倒写.json")
    assert terminal.bare("render", str(source), "--data", str(turned), "-o", str(out)) == 1
    assert "U+202E" in terminal.err and not out.exists()
    unlooped = template(tmp_path / "合并.docx", "{{ loop.index }}")
    assert terminal.bare("render", str(unlooped), "--data", str(facts), "-o", str(out)) == 3


def test_render_makes_nothing_of_a_missing_fact_or_a_broken_template(terminal: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "文书.docx"
    facts = written(tmp_path, {"party": {}})
    missing = template(tmp_path / "缺.docx", "{{ party.name }}")
    assert terminal.bare("render", str(missing), "--data", str(facts), "-o", str(out)) == 1
    assert "party.name" in terminal.err
    nulls = written(tmp_path, {"party": {"name": None}, "officers": [{"name": "赵明远"}, {"name": None}]}, "空值.json")
    assert terminal.bare("render", str(missing), "--data", str(nulls), "-o", str(out)) == 1
    assert "party.name、officers[2].name" in terminal.err
    broken = template(tmp_path / "坏.docx", "{% if party.name %}没有结束")
    assert terminal.bare("render", str(broken), "--data", str(facts), "-o", str(out)) == 3
    nonsense = tmp_path / "不是.json"
    nonsense.write_text("{", "utf-8")
    assert terminal.bare("render", str(missing), "--data", str(nonsense), "-o", str(out)) == 2
    assert not out.exists()


# ── offices, exit codes, appearance ──


def test_init_makes_an_office_that_checks_and_is_never_overwritten(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.bare("init", str(tmp_path / "新")) == 0
    assert terminal.bare("--office", str(tmp_path / "新"), "check") == 0
    assert terminal.bare("--office", str(tmp_path / "新"), "cases", "--json") == 0
    assert json.loads(terminal.out) == []
    assert terminal.bare("init", str(tmp_path / "新")) == 2


def test_the_office_is_found_upwards_by_option_and_by_environment(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PAPERWORK_OFFICE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert terminal.bare("cases") == 2
    assert "paperwork init" in terminal.err
    monkeypatch.chdir(terminal.root / "outbox" / "2026")
    assert terminal.bare("cases") == 0
    monkeypatch.chdir(tmp_path)
    assert terminal.bare("cases", "--office", str(terminal.root)) == 0
    monkeypatch.setenv("PAPERWORK_OFFICE", str(terminal.root))
    monkeypatch.setenv("PAPERWORK_TODAY", "2026-08-20")
    assert terminal.bare("explain", CASE, "--json") == 0
    assert json.loads(terminal.out)["as_of"] == "2026-08-20"


def test_a_day_before_the_last_issued_document_is_refused(terminal: Terminal) -> None:
    terminal.day = "2026-07-01"
    assert terminal("cases") == 2
    assert terminal.bare("--today", "2026-13-01", "cases") == 2


def test_wrong_templates_are_exit_code_3_with_every_place(terminal: Terminal) -> None:
    people = terminal.root / "templates" / "people.toml"
    people.write_text(people.read_text("utf-8").replace('name = "赵明远"', "name = 7"), "utf-8")
    matters = terminal.root / "templates" / "matters.toml"
    matters.write_text(matters.read_text("utf-8") + "\n[case2]\nlabel = 5\n", "utf-8")
    assert terminal("cases") == 3
    assert "templates/people.toml:" in terminal.err
    assert "templates/matters.toml:" in terminal.err
    assert terminal("check", "--json") == 3
    entry = json.loads(terminal.out)
    assert not entry["ok"]
    assert keys(entry["problems"]) == PROBLEM


def test_check_names_a_fact_that_a_template_cannot_print(terminal: Terminal) -> None:
    path = terminal.root / "templates" / "documents" / "service_receipt" / "template.docx"
    document = Document(str(path))
    document.add_paragraph("{{ party.nmae }}")
    document.save(str(path))
    entry = terminal.json("check")
    assert [(p["code"], "party.nmae" in p["what"]) for p in entry["problems"]] == [("E-TEMPLATE-NAME", True)]
    assert "service_receipt/template.docx" in entry["problems"][0]["where"]
    assert "party.name" in entry["problems"][0]["advice"]


def test_a_broken_promise_is_exit_code_1(terminal: Terminal) -> None:
    next((terminal.root / "outbox").rglob("04_D-13_*.docx")).unlink()
    assert terminal("audit", "--json") == 1
    entry = json.loads(terminal.out)
    assert not entry["ok"]
    assert keys(entry["problems"]) == PROBLEM


def test_a_disk_that_refuses_is_exit_code_4(terminal: Terminal, tmp_path: Path) -> None:
    (terminal.root / ".paperwork" / "ledger.db").write_bytes(b"this is no database" * 100)
    assert terminal("cases") == 4
    assert "Traceback" not in terminal.err


def test_an_unexpected_exception_is_exit_code_70(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("王某某")

    monkeypatch.setattr("paperwork.views.case_entries", fail)
    assert terminal("cases") == 70
    assert "Traceback" not in terminal.err
    assert "王某某" not in terminal.err
    monkeypatch.setenv("PAPERWORK_DEBUG", "1")
    assert terminal("cases") == 70
    assert "Traceback" in terminal.err


def test_kinds_of_one_kind_names_all_that_its_template_may_print(terminal: Terminal) -> None:
    entry = terminal.json("kinds", "D-09")
    names = {row["name"]: row for row in entry["names"]}
    assert (entry["kind"], names["recheck.found"]["label"]) == ("recheck_record", "复查情况")
    assert names["officers"]["tag"] == "{% for 项 in officers %}"
    assert names["officers.cert_no"]["tag"].strip() == "{{ 项.cert_no }}"
    assert terminal("kinds", "整改复查纪录") == 2
    assert "整改复查记录" in terminal.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("casse",), "没有命令「casse」，是不是 cases"),
        (("cases", "--jsno"), "没有选项 --jsno"),
        (("show",), "缺少参数"),
        (("file", "没有.docx"), "没有文件「没有.docx」"),
        (("due", "--within", "三天"), "不是天数"),
        (("audit", "多余"), "多出了「多余」"),
        (("forms",), "缺少选项 --out"),
    ],
)
def test_a_wrong_call_is_exit_code_2_in_chinese(terminal: Terminal, arguments: tuple[str, ...], told: str) -> None:
    assert terminal(*arguments) == 2
    assert told in terminal.err


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself_in_chinese_with_an_example(terminal: Terminal, command: str) -> None:
    assert terminal.bare(command, "--help") == 0
    assert f"\n例子：\n  paperwork {command}" in terminal.out
    assert "用法：" in terminal.out and "\n返回值：\n" in terminal.out
    assert not {"Options", "required", "Usage"} & set(re.findall("[A-Za-z]+", terminal.out))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_list_says_of_each_command_what_it_says_of_itself(command: str) -> None:
    found = commands.get_command(click.Context(commands), command)
    assert found is not None
    assert (found.name, found.short_help) == (command, COMMANDS[command][1])


@pytest.mark.parametrize("command", ["cases", "kinds", "rules", "due", "status", "audit", "check"])
def test_every_listing_can_be_read_by_people(terminal: Terminal, command: str) -> None:
    assert terminal(command) == 0
    assert terminal.out.strip()
    assert "\x1b" not in terminal.out
    assert "{" not in terminal.out


def test_show_and_explain_can_be_read_by_people(terminal: Terminal) -> None:
    assert terminal("show", CASE) == 0
    assert "当事人名称" in terminal.out
    assert terminal("explain", CASE) == 0
    assert "部门负责人：同意　钱承宇 2026-07-17" in terminal.out
    assert terminal("explain", CASE, "--document", "D-13") == 0
    assert "规则：DR-10" in terminal.out


def test_listings_for_people_hold_no_codes_and_json_keeps_them(terminal: Terminal) -> None:
    assert terminal("show", CASE) == 0
    for told in ("案件登记表", "审批意见表", "立项", "签发文书", "已签发"):
        assert told in terminal.out
    for code in ("case_intake", "opened", "document_", "number_given"):
        assert code not in terminal.out
    assert terminal.json("show", CASE)["forms"][0]["form"] == "case_intake"
    for arguments in (("explain", CASE), ("explain", CASE, "--document", "D-13")):
        assert terminal(*arguments) == 0
        assert "违法情节 为 轻微（轻微）" in terminal.out
        assert "除非 " in terminal.out
        assert "minor" not in terminal.out
        assert "unless" not in terminal.out
    fired = next(m for m in terminal.json("explain", CASE)["measures"] if m["fired"])
    assert fired["because"][0] == {"condition": "no_penalty.gravity is minor", "value": "minor", "holds": True}
    assert terminal("rules") == 0
    assert "部门负责人" in terminal.out
    assert "section_head" not in terminal.out


def test_the_policy_is_a_table_with_dates_and_articles(terminal: Terminal) -> None:
    assert terminal("rules") == 0
    shown = terminal.out
    rows = re.split(r"^ ─+ *$", shown, flags=re.MULTILINE)
    heads = rows[1].split()
    assert heads == ["规则", "措施", "行为的日期", "条件", "依据", "审批"]
    row = next(row for row in rows if " DR-10 " in row)
    assert {"2021-07-15", "行政处罚法第三十三条第一款", "除非"} <= set(row.split())
    assert "违法情节 为 轻微" in row and "法制审核" in row
    assert len(rows) - 3 == len(terminal.json("rules"))  # before the head, the head, and behind the last
    # every column begins at the same place in every line, whatever Chinese stands before it
    lines = [line for line in shown.splitlines() if line.strip(" ─")]
    assert {say.width(line) for line in lines} == {say.width(lines[0])}


def test_one_rule_can_be_asked_for(terminal: Terminal) -> None:
    assert [row["rule"] for row in terminal.json("rules", "DR-11")] == ["DR-11"]
    assert terminal("rules", "DR-11") == 0
    assert " DR-11 " in terminal.out and " DR-10 " not in terminal.out
    assert terminal("rules", "DR-111") == 2
    assert "DR-11" in terminal.err


def test_a_list_is_told_in_the_order_in_which_it_is_asked(terminal: Terminal) -> None:
    assert terminal("show", CASE) == 0
    assert "互联网上网服务营业场所管理条例，31，5，给予警告" in terminal.out


def test_columns_line_up_under_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    say.table((("a", "名"), ("b", "B")), [{"a": "朔州市", "b": "x"}, {"a": "ab", "b": "y"}])
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["名      B", "朔州市  x", "ab      y"]


def test_widths_are_those_of_rich() -> None:
    for text in ("朔州市 a—b…《》〔2026〕1号①☑☐“甲”·", "é", "e\u0301", "ＡＢ", "│", "　", "\u200b零"):
        assert say.width(text) == cell_len(text), text


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert say.coloured("红", "red") == "红"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert say.coloured("红", "red") == "\x1b[31m红\x1b[0m"
    assert say.width(say.coloured("红", "red")) == 2
    monkeypatch.setenv("NO_COLOR", "1")
    assert say.coloured("红", "red") == "红"


def test_help_imports_nothing_but_click() -> None:
    program = (
        "import sys; from paperwork.cli import run; run(['--help']); "
        "heavy = {'sqlalchemy', 'docx', 'docxtpl', 'lxml', 'jinja2', 'watchdog', 'pypdf'} & set(sys.modules); "
        "rooms = {m for m in sys.modules if m.startswith('paperwork.') and not m.startswith(('paperwork.cli', 'paperwork.language'))}; "
        "sys.exit(f'{heavy} {rooms}' if heavy or rooms else 0)"
    )
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"}
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", env=env, check=False)
    assert run.returncode == 0, run.stderr
    assert "命令" in run.stdout


def test_the_program_runs_as_a_module_and_says_its_version() -> None:
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "paperwork.cli", "--version"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("paperwork ")


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        ("paperwork expl", ["explain"]),
        ("paperwork show 2026-LA-0001", ["2026-LA-0001"]),
        ("paperwork show 2026-LA", ["2026-LA-0001", "2026-LA-0002"]),
        ("paperwork show 朔区文旅立字〔2026〕2", ["朔区文旅立字〔2026〕2号"]),
        ("paperwork show 没有", []),
        ("paperwork forms 案件", ["案件登记表"]),
        ("paperwork kinds D-13", ["D-13"]),
        ("paperwork rules DR-11", ["DR-11"]),
        ("paperwork file te", ["te"]),
    ],
)
def test_the_shell_completes_commands_and_matters(terminal: Terminal, words: str, answers: list[str]) -> None:
    env = {**os.environ, "_PAPERWORK_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1),
           "PAPERWORK_OFFICE": str(terminal.root), "PYTHONPATH": str(Path(cli.__file__).parents[2])}  # fmt: skip
    done = subprocess.run([sys.executable, "-m", "paperwork"], env=env, capture_output=True, text=True, check=True)
    assert [line.partition(",")[2] for line in done.stdout.splitlines() if line] == answers
