"""Fillable PDF: what is filled in there says what Word and JSON say; what is no such form is called by what it is."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from paperwork import blanks, catalogue, readers, validation
from paperwork.model import Catalogue, Finding, RawForm
from tests.factories import a_drop
from tests.form_factories import FACTS, FORMS, TALK
from tests.sheetpen import flat, said
from tests.stories.cases import S01
from tests.stories.licences import S15

CASE = "case_intake"


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return catalogue.load(Path(__file__).parent.parent)


@pytest.fixture(scope="module")
def blank(known: Catalogue) -> bytes:
    return blanks.build("pdf", known.forms[CASE], known.facts)


def fill(data: bytes, answers: Mapping[str, str]) -> bytes:
    """The PDF with these fields filled in, by tag; of a box "/Yes". No field is forgotten."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    there = {tag.replace(".", "/"): value for tag, value in answers.items()}
    fields = writer.get_fields() or {}
    assert there.keys() <= fields.keys(), there.keys() - fields.keys()
    for page in writer.pages:
        writer.update_page_form_field_values(page, there, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def answers_of(form: Mapping[str, Any], known: Catalogue, name: str) -> dict[str, str]:
    """Tag → what is typed or ticked, of a form given as JSON."""
    found: dict[str, str] = {}
    asked = {field.fact for section in known.forms[name].sections for field in section.fields}
    for tag, value in flat({key: value for key, value in form.items() if key not in ("form", "form_id", "form_version")}):
        fact = known.facts.get(tag)
        if fact is not None and fact.type == "list":
            found |= {f"{tag}!none": "/Yes"} if not value else {}
            found |= {f"{tag}[{n}].{k}": said(v) for n, item in enumerate(value) for k, v in item.items()}
        elif fact is not None and fact.type == "flag":
            found[f"{tag}={'yes' if value else 'no'}"] = "/Yes"
        elif fact is not None and fact.type == "set" and fact.choices:
            codes = [c.code for c in fact.choices if c.label in value or c.code in value]
            found |= {f"{tag}={code}": "/Yes" for code in codes} or {f"{tag}!none": "/Yes"}
        elif tag in asked or fact is None:
            found[tag] = said(value)
    return found


def read(known: Catalogue, data: bytes) -> RawForm:
    (raw,) = readers.read("表.pdf", data, known.forms, known.facts)
    return raw


def checked(known: Catalogue, raw: RawForm) -> validation.Checked:
    return validation.read(raw, known.forms[raw.form], known, a_drop(), "")


def refused(data: bytes, known: Catalogue) -> Finding:
    with pytest.raises(readers.Unreadable) as caught:
        readers.read("表.pdf", data, known.forms, known.facts)
    (finding,) = caught.value.findings
    return finding


@pytest.mark.parametrize(("form", "name"), [(S01, CASE), (S15, "licences")], ids=["case", "licences"])
def test_a_filled_pdf_says_what_the_json_form_says(known: Catalogue, form: dict[str, Any], name: str) -> None:
    filled = fill(blanks.build("pdf", known.forms[name], known.facts), answers_of(form, known, name))
    (told,) = readers.read("表.json", json.dumps(form).encode(), known.forms, known.facts)
    by_json, by_pdf = checked(known, told), checked(known, read(known, filled))
    assert by_pdf.findings == by_json.findings == ()
    assert by_pdf.submission.facts == by_json.submission.facts
    assert by_pdf.submission.content_key == by_json.submission.content_key
    assert read(known, filled).meta["form_version"].value == "1"


def test_a_blank_answers_nothing_and_is_the_same_every_time(known: Catalogue, blank: bytes) -> None:
    raw = read(known, blank)
    assert (raw.values, raw.lists, raw.common, raw.unknown) == ({}, {}, {}, ())
    assert blank == blanks.build("pdf", known.forms[CASE], known.facts)


def test_every_form_has_a_field_for_every_question(known: Catalogue) -> None:
    for form in known.forms.values():
        if "pdf" not in form.formats:
            continue
        fields = PdfReader(io.BytesIO(blanks.build("pdf", form, known.facts))).get_fields() or {}
        tags = {name.replace("/", ".").partition("=")[0].partition("!")[0] for name in fields}
        for section in form.sections:
            assert {field.fact for field in section.fields} <= tags
            row = "[1]" if section.layout == "pairs" else "[0]"
            assert {f"{section.list}{row}.{column.fact}" for column in section.columns} <= tags
            assert {f"{section.list}.{column.fact}" for column in section.common} <= tags


def test_a_choice_and_a_required_field_are_marked_as_such(known: Catalogue, blank: bytes) -> None:
    fields = PdfReader(io.BytesIO(blank)).get_fields() or {}
    source = fields["case/source"]
    assert source["/FT"] == "/Ch" and "双随机" in source["/_States_"]
    assert int(fields["party/name"]["/Ff"]) & 2 and not int(fields["case/source_ref"].get("/Ff", 0)) & 2
    assert fields["party/uscc"]["/TU"] == "统一社会信用代码：单位必填，十八位"


def test_boxes_say_what_the_boxes_of_word_say(known: Catalogue, blank: bytes) -> None:
    both = read(known, fill(blank, {"crime.suspected=yes": "/Yes", "crime.suspected=no": "/Yes"}))
    assert [f.code for f in checked(known, both).findings] == ["E-CHOICE"]
    none = read(known, fill(blank, {"harm.classes!none": "/Yes", "harm.classes=minors": "/Yes"}))
    assert [f.code for f in checked(known, none).findings] == ["E-CHOICE"]
    rows = read(known, fill(blank, {"evidence!none": "/Yes", "evidence[3].name": "照片"}))
    assert "既勾选「无」又填写了内容" in str(rows.unknown[0].value)
    assert rows.lists["evidence"][0]["name"].place == "「证据」第1行「证据名称」"


def test_what_came_with_the_blank_is_no_sign_that_somebody_wrote() -> None:
    given = blanks.Prefilled(items={"approvals": ({"step": "部门负责人"}, {"step": "负责人"})}, meta={"draft": "7Q3K"})
    data = blanks.build("pdf", FORMS["approval"], FACTS, given)
    (raw,) = readers.read("a.pdf", data, FORMS, FACTS)
    assert "approvals" not in raw.lists and raw.common["draft"].value == "7Q3K"
    (raw,) = readers.read("a.pdf", fill(data, {"approvals[1].decision": "同意"}), FORMS, FACTS)
    assert [{k: v.value for k, v in item.items()} for item in raw.lists["approvals"]] == [{"step": "负责人", "decision": "同意"}]


def test_one_item_in_pairs_is_read_with_its_boxes() -> None:
    data = blanks.build("pdf", TALK, FACTS)
    (raw,) = readers.read("a.pdf", fill(data, {"talks[1].no": "1", "talks[1].held=yes": "/Yes"}), {TALK.id: TALK}, FACTS)
    assert {k: v.value for k, v in raw.lists["talks"][0].items()} == {"no": "1", "held": "是"}


def test_lines_of_an_answer_stay_lines(known: Catalogue, blank: bytes) -> None:
    raw = read(known, fill(blank, {"fact.summary": "一\r二\r\n三", "party.name": "朔州市星屿网咖有限公司"}))
    assert raw.values["fact.summary"].value == "一\n二\n三"


def test_a_form_that_lost_its_properties_is_known_by_its_hidden_field(known: Catalogue, blank: bytes) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(fill(blank, {"party.name": "甲"})))
    writer.metadata = {"/Title": "另存"}
    out = io.BytesIO()
    writer.write(out)
    assert read(known, out.getvalue()).values["party.name"].value == "甲"


def test_scans_passwords_torn_files_and_strangers_are_refused(known: Catalogue, blank: bytes) -> None:
    scan, locked = PdfWriter(), PdfWriter(clone_from=io.BytesIO(blank))
    scan.add_blank_page(100, 100)
    locked.encrypt("geheim")
    files = []
    for writer in (scan, locked):
        out = io.BytesIO()
        writer.write(out)
        files.append(out.getvalue())
    assert refused(files[0], known).code == "E-FILE-TYPE"
    assert refused(files[1], known).code == "E-FILE-ENCRYPTED"
    assert refused(blank[:3000], known).code == "E-FILE-DAMAGED"
    other = blanks.build("pdf", TALK, FACTS)
    assert refused(other, Catalogue(**{**vars(known), "forms": {}})).code == "E-FORM-UNKNOWN"


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs pdftoppm (Debian: poppler-utils)")
def test_another_program_draws_the_pages_without_complaint(blank: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(fill(blank, {"party.name": "朔州市星屿网咖有限公司"}))
    command = ["pdftoppm", "-r", "40", "-png", str(tmp_path / "a.pdf"), str(tmp_path / "page")]
    done = subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert "Syntax Error" not in done.stderr.decode()
    assert len(list(tmp_path.glob("page*.png"))) == len(PdfReader(io.BytesIO(blank)).pages)
