"""Flows (e), (f), (g), (i) of the design: corrections, meetings, strangers, edited templates."""

from __future__ import annotations

import json
import multiprocessing
import os
from pathlib import Path

from docx import Document as Word

from paperwork import daemon, desk
from paperwork.office import Office
from tests.stories.bureau import CHIEF, REVIEW, SECTION, Bureau, approvals, served
from tests.stories.cases import S01, S02, changed

M = "2026-LA-0001"


# ── (e) a corrected form, before and after the decision ───────────────────────────────────────────────


def test_a_correction_before_the_decision_makes_a_new_draft(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    first, drop = bureau.code(), bureau.show()["forms"][0]["drop"]
    bureau.on("2026-07-17").take(approvals(M, first, SECTION))
    corrected = changed(S01, corrects=drop, party__address="山西省朔州市朔城区示例街2号")
    (outcome,) = bureau.take(corrected)
    assert (outcome.outcome, outcome.id) == ("filed", M)
    assert bureau.code() != first
    decision = bureau.documents()["D-13"]
    assert "示例街2号" in bureau.text(decision["path"]) and decision["version"] == 2
    assert bureau.show()["facts"]["party.address"].endswith("2号")
    assert bureau.audited() == []


def test_a_correction_after_the_decision_touches_nothing_and_asks_for_attention(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    drop = bureau.show()["forms"][0]["drop"]
    bureau.on("2026-07-22").take(approvals(M, bureau.code(), SECTION, REVIEW, CHIEF))
    before = {d["code"]: d["sha256"] for d in bureau.show()["documents"] if d["state"] == "issued" and d["code"] != "D-36"}
    (outcome,) = bureau.on("2026-07-24").take(changed(S01, corrects=drop, party__address="山西省朔州市朔城区示例街2号"))
    assert outcome.outcome == "filed", outcome.findings
    after = {d["code"]: d["sha256"] for d in bureau.show()["documents"] if d["state"] == "issued" and d["code"] != "D-36"}
    assert after == before
    with bureau.open() as office:
        row = office.ledger.matters()[0]
    entry = next(e for e in row.attention if e["code"] == "D-13")
    assert {"field": "party.address", "was": "山西省朔州市朔城区示例街1号", "now": "山西省朔州市朔城区示例街2号"} in entry["changes"]
    assert entry["ways"]
    assert "attention" in {e["kind"] for e in bureau.show()["events"]}
    slips = "".join(p.read_text("utf-8") for p in (tmp_path / "inbox" / "回执").glob("*.txt"))
    assert f"已签发的「{entry['document']}」与现在登记的事实不符，文书没有改动" in slips
    assert all(way in slips for way in entry["ways"])
    assert bureau.audited() == []


def supplement(reference: str) -> dict[str, object]:
    return {"form": "案件登记表", "matter": M, "case": {"source_ref": reference}}


def test_facts_changed_and_changed_back_are_filed_each_time(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    first, codes = bureau.code(), []
    for reference in ("SSJ-2026-Q3-099", S01["case"]["source_ref"], "SSJ-2026-Q3-099", S01["case"]["source_ref"]):
        (outcome,) = bureau.take(supplement(reference))
        assert outcome.outcome == "filed", outcome.findings
        codes.append(bureau.code())
    assert codes == [codes[0], first, codes[0], first]
    assert codes[0] != first
    assert bureau.show()["facts"]["case.source_ref"] == S01["case"]["source_ref"]
    (twice,) = bureau.take(supplement(S01["case"]["source_ref"]))
    assert twice.outcome == "duplicate", "what already stands is not said again"
    bureau.on("2026-07-22").take(approvals(M, first, SECTION, REVIEW, CHIEF))
    assert bureau.documents()["D-13"]["number"]
    assert bureau.audited() == []


def test_a_template_edited_before_the_facts_come_back_makes_another_code(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    first = bureau.code()
    bureau.take(supplement("SSJ-2026-Q3-099"))
    edit_template(tmp_path)
    (outcome,) = bureau.take(supplement(S01["case"]["source_ref"]))
    assert outcome.outcome == "filed", outcome.findings
    assert bureau.code() != first
    assert bureau.audited() == []


def test_a_form_of_another_type_corrects_nothing(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    drop = bureau.show()["forms"][0]["drop"]
    bureau.on("2026-07-22").take(approvals(M, bureau.code(), SECTION, REVIEW, CHIEF))
    (outcome,) = bureau.on("2026-07-24").take({**served(M), "corrects": drop})
    assert [f.code for f in outcome.findings] == ["E-CORRECTS-FORM"]
    assert bureau.audited() == []


def closing(day: str) -> dict[str, object]:
    return {"form": "结案情况表", "matter": M, "case": {"closed_on": day, "result": "不予行政处罚"}}


def test_a_case_closes_on_its_decision_and_the_closing_can_be_corrected(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    (early,) = bureau.on("2026-07-24").take(closing("2026-07-24"))
    assert {f.code for f in early.findings} == {"E-CLOSE"}
    bureau.take(approvals(M, bureau.code(), SECTION, REVIEW, CHIEF), served(M))
    (closed,) = bureau.on("2026-08-03").take(closing("2026-08-03"))
    assert closed.outcome == "filed", closed.findings
    (late,) = bureau.take(supplement("SSJ-2026-Q3-099"))
    assert [f.code for f in late.findings] == ["E-MATTER-CLOSED"]
    drop = bureau.show()["forms"][-1]["drop"]
    (mended,) = bureau.take({**closing("2026-08-01"), "corrects": drop})
    assert mended.outcome == "filed", mended.findings
    assert bureau.show()["facts"]["case.closed_on"] == "2026-08-01"
    assert bureau.audited() == []


def test_a_void_decision_is_no_earlier_offence_and_a_new_one_follows(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    old = bureau.code()
    bureau.on("2026-07-22").take(approvals(M, old, SECTION, REVIEW, CHIEF))
    party = f"U:{S01['party']['uscc']}"
    with bureau.open() as office:
        assert [past.measure for past in office.ledger.history(party, "").past] == ["no_penalty"]
        desk.void(office, "朔区文旅不罚字〔2026〕1号", "当事人名称印错")
        assert office.ledger.history(party, "").past == ()
    (outcome,) = bureau.take({"form": "案件登记表", "matter": M, "case": {"channel": "线上"}})
    assert outcome.outcome == "filed", outcome.findings
    assert bureau.code() != old
    bureau.on("2026-07-27").take(approvals(M, bureau.code(), SECTION, REVIEW, CHIEF))
    assert bureau.documents()["D-13"]["number"] == "朔区文旅不罚字〔2026〕2号"
    with bureau.open() as office:
        assert [past.measure for past in office.ledger.history(party, "").past] == ["no_penalty"]
    assert bureau.audited() == []


def test_a_form_with_a_name_of_82_characters_is_filed(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir(exist_ok=True)
    aside = tmp_path / "aside"
    aside.write_bytes(json.dumps(S01, ensure_ascii=False).encode())
    os.utime(aside, (1, 1))
    aside.rename(inbox / ("网" * 82 + ".json"))
    (outcome,) = bureau.work()
    assert outcome.outcome == "filed", outcome.findings
    assert bureau.audited() == []


# ── (f) two forms of one matter, two cases of one party, at the same moment ───────────────────────────


def _work(root: str, day: str) -> None:
    import datetime as dt

    with Office.open(Path(root), dt.date.fromisoformat(day)) as office:
        daemon.once(office)


def _two_processes(bureau: Bureau) -> None:
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_work, args=(str(bureau.root), bureau.day.isoformat())) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(120)
        assert process.exitcode == 0


def test_two_daemons_take_approvals_and_service_at_once(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    code = bureau.code()
    for step in (SECTION, REVIEW, CHIEF):
        bureau.drop(approvals(M, code, step))
    bureau.drop(served(M))
    _two_processes(bureau.on("2026-07-24"))
    documents = [(d["code"], d["number"]) for d in bureau.show()["documents"] if d["state"] == "issued"]
    assert sorted(documents, key=str) == sorted(
        [("D-14", None), ("D-12", None), ("D-13", "朔区文旅不罚字〔2026〕1号"), ("D-20", None), ("D-34", None), ("D-15", None), ("D-36", None)],
        key=str,
    )
    assert bureau.audited() == []


def test_two_cases_of_one_party_at_once_get_two_numbers(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(S01)
    bureau.drop(changed(S01, case__act_began_on="2026-07-06", case__act_ended_on="2026-07-06"))
    _two_processes(bureau)
    with bureau.open() as office:
        rows = office.ledger.matters()
    assert sorted(row.case for row in rows) == ["朔区文旅立字〔2026〕1号", "朔区文旅立字〔2026〕2号"]
    assert bureau.audited() == []


def test_the_same_form_dropped_twice_at_once_is_one_case(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(S01, "甲.json")
    bureau.drop(S01, "乙.json")
    _two_processes(bureau)
    with bureau.open() as office:
        assert len(office.ledger.matters()) == 1
    assert bureau.audited() == []


def test_a_second_case_for_the_same_act_asks_for_a_tick(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    (outcome,) = bureau.take(changed(S01, case__title="重复的案件"))
    assert [f.code for f in outcome.findings] == ["E-CASE-TWICE"] and M in outcome.findings[0].message
    (ticked,) = bureau.take(changed(S01, case__title="重复的案件", case__separate=True))
    assert (ticked.outcome, ticked.id) == ("filed", "2026-LA-0002")


# ── (g) an unknown matter, another party's ────────────────────────────────────────────────────────────


def test_a_form_for_a_matter_that_does_not_exist_goes_back(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-24")
    (outcome,) = bureau.take(served("2026-LA-0009"))
    assert [f.code for f in outcome.findings] == ["E-MATTER-UNKNOWN"]
    assert "2026-LA-0009" in bureau.notes()
    assert bureau.audited() == []


def test_a_form_that_names_another_party_goes_back(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    (outcome,) = bureau.on("2026-07-24").take({**served(M), "party": {"name": "朔州市极昼网络科技有限公司"}})
    assert [f.code for f in outcome.findings] == ["E-MATTER-PARTY"]
    (ours,) = bureau.take({**served(M), "party": {"name": "朔州市星屿网咖有限公司"}})
    assert ours.outcome == "filed"


def test_a_form_with_another_credit_code_goes_back_with_code_beside_code(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    (outcome,) = bureau.take(changed(S01, matter=M, case__title="补充", party__uscc="91140602MAXX001112"))
    (finding,) = [f for f in outcome.findings if f.code == "E-MATTER-PARTY"]
    assert "统一社会信用代码「91140602MAXX001112」" in finding.message
    assert (finding.field, finding.found, finding.wanted) == ("party.uscc", "91140602MAXX001112", S01["party"]["uscc"])


# ── (i) a template edited between draft and issue ─────────────────────────────────────────────────────


def edit_template(root: Path, kind: str = "no_penalty_decision") -> None:
    path = root / "templates" / "documents" / kind / "template.docx"
    word = Word(str(path))
    word.paragraphs[-1].insert_paragraph_before("这一句是后来加进模板的。")
    word.save(str(path))


def test_what_was_approved_is_issued_letter_for_letter(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    code = bureau.code()
    edit_template(tmp_path)
    bureau.on("2026-07-22").take(approvals(M, code, SECTION, REVIEW, CHIEF))
    decision = bureau.documents()["D-13"]
    assert decision["number"] and "后来加进模板" not in bureau.text(decision["path"])
    (other,) = bureau.on("2026-08-14").take(S02)
    fresh = bureau.documents(other.id)["D-13"]
    assert "后来加进模板" in bureau.text(fresh["path"])
    assert bureau.audited() == []


def test_editing_a_template_makes_nothing_by_itself(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    before = json.dumps(bureau.show()["documents"])
    edit_template(tmp_path)
    assert bureau.work() == []
    assert json.dumps(bureau.show()["documents"]) == before


def test_a_service_reported_after_the_receipt_asks_for_attention(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    bureau.on("2026-07-22").take(approvals(M, bureau.code(), SECTION, REVIEW, CHIEF))
    bureau.on("2026-07-23").take(served(M))
    again = {"form": "送达情况表", "matter": M, "services": [
        {"document": "D-13", "method": "邮寄", "on": "2026-07-25", "receiver": "田野禾", "by": ["赵明远", "孙立群"]}
    ]}  # fmt: skip
    (outcome,) = bureau.on("2026-07-27").take(again)
    assert outcome.outcome == "filed", outcome.findings
    with bureau.open() as office:
        (entry,) = office.ledger.matters()[0].attention
    assert entry["code"] == "D-34" and entry["changes"][0]["field"] == "services"
    assert bureau.audited() == []
