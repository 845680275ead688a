"""The rehearsal says what is wrong, where, and who mends it."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as Word

from paperwork import status
from paperwork.errors import OfficeError
from tests.stories.bureau import Bureau
from tests.stories.cases import S01, changed


def test_a_setting_that_a_paper_prints_and_nobody_gave_is_named_with_file_and_cure(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(changed(S01, service_plan__electronic=True))
    assert [o.outcome for o in bureau.work()] == []
    with bureau.open() as office:
        (problem,) = status.status(office)["problems"]
    assert problem["code"] == "E-OFFICE"
    for told in ("templates/bureau.toml [org] review_online", "复议机关的互联网渠道，电子送达时必填"):
        assert told in problem["what"]
    assert "review_online = " in problem["advice"]
    bureaus_own = tmp_path / "templates" / "bureau.toml"
    text = bureaus_own.read_text("utf-8").replace('review_online = ""', 'review_online = "行政复议服务平台"')
    bureaus_own.write_text(text, "utf-8")
    (outcome,) = bureau.work()
    assert outcome.outcome == "filed"


def test_a_field_that_several_papers_want_is_asked_for_once(tmp_path: Path) -> None:
    (outcome,) = Bureau(tmp_path).take(changed(S01, no_penalty__gravity_reason=None))
    wanted = [f for f in outcome.findings if f.code == "E-DOC-FACT"]
    assert len({f.field for f in wanted}) == len(wanted) > 0
    asked = next(f for f in wanted if f.field == "no_penalty.gravity_reason")
    assert asked.message.count("《") > 1


def test_a_broken_template_is_named_by_its_path(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    path = tmp_path / "templates" / "documents" / "no_penalty_decision" / "template.docx"
    word = Word(str(path))
    word.add_paragraph("{% if party.name %}没有结束")
    word.save(str(path))
    with bureau.open() as office, pytest.raises(OfficeError, match=r"no_penalty_decision/template\.docx") as caught:
        office.templates["no_penalty_decision"]
    assert all("no_penalty_decision/template.docx" in p.where for p in caught.value.problems)
    word = Word(str(path))
    word.paragraphs[-1].text = "{{ party.name / 2 }}"
    word.save(str(path))
    bureau.drop(S01)
    bureau.work()
    with bureau.open() as office:
        (problem,) = status.status(office)["problems"]
    assert "templates/documents/no_penalty_decision/template.docx" in problem["what"]
