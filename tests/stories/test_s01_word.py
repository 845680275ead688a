"""S01 as clerks work: Word forms filled by hand, the approval forms that lie beside the drafts, LibreOffice in between."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word

from paperwork import blanks
from paperwork.model import Fact
from tests import wordpen
from tests.stories.bureau import Bureau
from tests.stories.cases import S01

M = "2026-LA-0001"
CASE = "朔区文旅立字〔2026〕1号"
META = ("form", "form_version", "form_id")


def answers(form: Mapping[str, Any], facts: Mapping[str, Fact]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A JSON form as a person would write it into Word: values by tag, rows of tables."""
    values: dict[str, Any] = {}
    lists: dict[str, Any] = {}

    def walk(prefix: str, node: Any) -> None:
        if isinstance(node, Mapping):
            for name, inner in node.items():
                walk(f"{prefix}.{name}" if prefix else name, inner)
        elif prefix in facts and facts[prefix].type == "list":
            lists[prefix] = [{k: v if isinstance(v, list) else str(v) for k, v in row.items()} for row in node]
        elif prefix in facts and facts[prefix].type == "set" and not facts[prefix].choices:
            values[prefix] = "、".join(node) or "无"
        elif isinstance(node, list | bool):
            values[prefix] = node
        else:
            values[prefix] = str(node) or "无"

    for name, node in form.items():
        if name not in META:
            walk(name, node)
    values["fact.time"] = "2026年7月8日15时10分"
    values["submitted_at"] = "2026-07-16"
    return values, lists


def filled_intake(bureau: Bureau) -> bytes:
    with bureau.open() as office:
        blank = blanks.build("docx", office.catalogue.forms["case_intake"], office.catalogue.facts)
        values, lists = answers(S01, office.catalogue.facts)
    return wordpen.fill(blank, values, lists)


def approve(bureau: Bureau, step: str, person: str, day: str) -> bytes:
    """Take the form that lies beside the draft, fill it, as the approver does."""
    folder = bureau.root / "outbox" / "2026" / f"{CASE}_朔州市星屿网咖有限公司" / "送审稿"
    (form,) = folder.glob(f"审批意见表_{step}_*.docx")
    row = {"person": person, "decision": "同意", "on": day}
    return wordpen.fill(form.read_bytes(), {}, {"approvals": [row]})


def service(bureau: Bureau) -> bytes:
    with bureau.open() as office:
        prefilled = blanks.Prefilled(meta={"matter": CASE, "party": "朔州市星屿网咖有限公司"})
        blank = blanks.build("docx", office.catalogue.forms["service"], office.catalogue.facts, prefilled)
    row = {"document": "D-13", "method": "直接", "on": "2026-07-23", "receiver": "田野禾", "relation": "法定代表人",
           "by": "赵明远、孙立群"}  # fmt: skip
    edu = {"edu.dt": "2026年7月23日10时0分", "edu.place": "山西省朔州市朔城区示例街1号", "edu.by": "赵明远、孙立群", "edu.to": "田野禾"}
    return wordpen.fill(blank, edu, {"services": [row]})


def through_libreoffice(data: bytes, folder: Path) -> bytes:
    """Opened and saved again by LibreOffice, as half of the offices do."""
    folder.mkdir(exist_ok=True)
    source = folder / "in.docx"
    source.write_bytes(data)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "docx",
         "--outdir", str(folder / "out"), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "out" / "in.docx").read_bytes()


def run_all(bureau: Bureau, saved: Any) -> dict[str, Any]:
    bureau.drop(saved(filled_intake(bureau)), "案件登记表.docx")
    (outcome,) = bureau.work()
    assert outcome.outcome == "filed", outcome.findings
    people = (("部门负责人", "钱承宇", "2026-07-17"), ("法制审核", "吴思远", "2026-07-20"), ("负责人", "郑怀瑾", "2026-07-22"))
    for step, person, day in people:
        bureau.on(day).drop(saved(approve(bureau, step, person, day)), f"审批意见表_{step}.docx")
        (outcome,) = bureau.work()
        assert outcome.outcome == "filed", outcome.findings
    bureau.on("2026-07-23").drop(saved(service(bureau)), "送达情况表.docx")
    (outcome,) = bureau.work()
    assert outcome.outcome == "filed", outcome.findings
    return bureau.documents()


def told(bureau: Bureau) -> dict[str, tuple[Any, Any, str]]:
    return {c: (d["number"], d["dated"], bureau.text(d["path"])) for c, d in bureau.documents().items()}


def test_word_forms_lead_to_the_served_decision(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "word")
    documents = run_all(bureau, lambda data: data)
    assert documents["D-13"]["number"] == "朔区文旅不罚字〔2026〕1号"
    assert {"D-12", "D-13", "D-14", "D-15", "D-20", "D-34", "D-36"} == set(documents)
    assert bureau.show()["state"] == "served"
    assert bureau.audited() == []


def test_word_and_json_make_the_same_papers_and_are_the_same_submission(tmp_path: Path) -> None:
    word, machine = Bureau(tmp_path / "word"), Bureau(tmp_path / "json")
    run_all(word, lambda data: data)
    facts = word.show()["facts"]
    machine.take(S01)
    for name, value in machine.show()["facts"].items():
        assert facts[name] == value, name
    (again,) = word.take(S01)
    assert (again.outcome, again.id) == ("duplicate", M)


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_forms_saved_by_libreoffice_lead_to_the_same_papers(tmp_path: Path) -> None:
    plain, saved = Bureau(tmp_path / "plain"), Bureau(tmp_path / "saved")
    run_all(plain, lambda data: data)
    run_all(saved, lambda data: through_libreoffice(data, tmp_path / "lo"))
    assert told(saved) == told(plain)


def test_a_word_form_comes_back_with_comments_and_works_once_corrected(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    wrong = wordpen.fill(filled_intake(bureau), {"party.uscc": "91140602MAXX001113", "case.found_on": "2026年2月30日"})
    bureau.drop(wrong, "案件登记表.docx")
    (outcome,) = bureau.work()
    assert {f.code for f in outcome.findings} == {"E-USCC-CHECK", "E-DATE"}
    back = (tmp_path / "inbox" / "退回" / "案件登记表.docx").read_bytes()
    comments = [c.text for c in Word(io.BytesIO(back)).comments]
    assert len(comments) == 2
    assert any("E-USCC-CHECK" in c for c in comments) and any("2026年2月30日" in c for c in comments)
    mended = wordpen.fill(back, {"party.uscc": S01["party"]["uscc"], "case.found_on": "2026-07-08"})
    bureau.drop(mended, "案件登记表.docx")
    (outcome,) = bureau.work()
    assert (outcome.outcome, outcome.case) == ("filed", CASE), outcome.findings
    assert bureau.audited() == []
