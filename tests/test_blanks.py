"""Blanks: what a clerk is handed. A control for every answer, nothing of the machine, the same bytes every time."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docxtpl import DocxTemplate
from lxml import etree
from pypdf import PdfReader

from form_factories import APPROVAL, FACTS, FORMS, INTAKE, TALK
from paperwork import blanks, readers
from paperwork.blanks import Prefilled
from wordpen import W14, W, controls, fill, row_of, tags, text

BLANK = blanks.build("docx", INTAKE, FACTS)
STEPS = Prefilled(
    meta={"matter": "朔文旅立〔2026〕7号", "party": "朔州市星屿网咖有限公司", "draft": "K7Q2M9"},
    items={"approvals": ({"step": "head"}, {"step": "法制审核"})},
)


def root(data: bytes) -> etree._Element:
    return etree.fromstring(text(data).encode())


def kind(data: bytes, tag: str) -> set[str]:
    """What a control is: the local names in its properties."""
    return {etree.QName(child).localname for child in controls(root(data), tag)[0].find(W + "sdtPr")}


def shown(data: bytes, tag: str) -> str:
    return "".join(controls(root(data), tag)[0].find(W + "sdtContent").itertext())


def test_the_same_form_gives_the_same_bytes() -> None:
    assert blanks.build("docx", INTAKE, FACTS) == BLANK
    assert blanks.build("docx", INTAKE, FACTS) == BLANK


def test_a_blank_carries_no_time_and_no_person() -> None:
    with zipfile.ZipFile(io.BytesIO(BLANK)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert "<dc:creator/>" in core
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2000-01-01T00:00:00Z"}
    assert "lastModifiedBy" not in core


def test_every_answer_that_the_form_asks_for_has_a_control() -> None:
    bases = {re.split("[=!]", tag)[0] for tag in tags(BLANK)}
    for section in INTAKE.sections:
        assert {field.fact for field in section.fields} <= bases
        for row in range(section.rows if section.list else 0):
            assert {f"{section.list}[{row}].{column.fact}" for column in section.columns} <= bases
    assert {"matter", "submitted_by", "submitted_at", "corrects"} <= bases
    assert "party" not in bases  # the form has 当事人名称 of its own


def test_a_joining_form_asks_whose_matter_it_is() -> None:
    found = tags(blanks.build("docx", APPROVAL, FACTS))
    assert {"matter", "party", "approvals.draft", "approvals.measure"} <= set(found)


def test_a_control_is_of_the_kind_that_its_fact_wants() -> None:
    assert "dropDownList" in kind(BLANK, "case.source")
    assert "date" in kind(BLANK, "case.filed_on")
    assert "checkbox" in kind(BLANK, "case.separate=yes")
    assert "checkbox" in kind(BLANK, "evidence[0].marks=signed")
    assert "dropDownList" in kind(BLANK, "evidence[2].kind")
    assert not {"dropDownList", "date", "checkbox"} & kind(BLANK, "party.name")
    date = controls(root(BLANK), "case.filed_on")[0].find(f"{W}sdtPr/{W}date")
    assert date.find(W + "dateFormat").get(W + "val") == "yyyy年M月d日"
    assert date.find(W + "lid").get(W + "val") == "zh-CN"


def test_a_drop_down_shows_labels_and_keeps_codes() -> None:
    items = list(controls(root(BLANK), "case.source")[0].iter(W + "listItem"))
    assert [item.get(W + "value") for item in items] == ["请选择", "routine", "random", "other"]
    assert [item.get(W + "displayText") for item in items[1:]] == ["日常检查", "双随机", "移送"]


def test_every_list_and_every_group_of_boxes_can_be_answered_with_none() -> None:
    found = set(tags(BLANK))
    assert {f"{section.list}!none" for section in INTAKE.sections if section.list} <= found
    assert "harm.classes!none" in found
    assert "evidence[1].marks!none" in found
    assert "case.separate!none" not in found  # 是 or 否


def test_all_that_is_not_prefilled_is_a_prompt() -> None:
    for sdt in root(BLANK).iter(W + "sdt"):
        box = sdt.find(f"{W}sdtPr/{W14}checkbox")
        assert box is not None or sdt.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def test_labels_stars_hints_and_examples_stand_on_the_form() -> None:
    words = "".join(root(BLANK).itertext())
    assert "案件名称＊" in words
    assert "用一句话写明（原样引用）" in words
    assert "例：营业场所入口处未悬挂标志。" in words
    assert INTAKE.intro in words


def test_form_and_version_stand_in_the_footer_and_in_the_properties() -> None:
    assert "表单：case_intake 第1版" in text(BLANK, "word/footer1.xml")
    assert ">case_intake<" in text(BLANK, "docProps/custom.xml")
    assert "表单：approval 第2版" in text(blanks.build("docx", APPROVAL, FACTS), "word/footer1.xml")


def test_ids_and_the_longest_tags_are_as_word_allows() -> None:
    ids = [element.get(W + "val") for element in root(BLANK).iter(W + "id")]
    assert len(ids) == len(set(ids)) > 50
    long = replace(FACTS["harm.classes"], choices=(replace(FACTS["harm.classes"].choices[0], code="x" * 80),))
    data = blanks.build("docx", INTAKE, {**FACTS, "harm.classes": long})
    assert max(len(tag) for tag in tags(data)) == 64


def test_prefilled_values_are_content_and_no_prompts() -> None:
    given = Prefilled({"party.name": "甲公司", "case.source": "random", "harm.classes": "公共安全、未成年人权益"})
    data = blanks.build("docx", INTAKE, FACTS, given)
    assert shown(data, "party.name") == "甲公司"
    assert shown(data, "case.source") == "双随机"
    assert "showingPlcHdr" not in kind(data, "party.name")
    raw = readers.read("a.docx", data, FORMS, FACTS)[0]
    assert raw.values["harm.classes"].value == ("未成年人权益", "公共安全")


def test_an_approval_form_comes_with_its_steps_and_its_code() -> None:
    data = blanks.build("docx", APPROVAL, FACTS, STEPS)
    assert shown(data, "approvals.draft") == "K7Q2M9"
    assert shown(data, "approvals[0].step") == "部门负责人"
    assert shown(data, "approvals[1].step") == "法制审核"
    assert "approvals[2].step" not in tags(data)
    assert "lock" in kind(data, "approvals[0].step")
    assert "approvals!none" not in tags(data)
    assert "approvals!none" in tags(blanks.build("docx", APPROVAL, FACTS))


def test_the_header_of_a_list_is_repeated_on_the_next_page() -> None:
    for table in root(BLANK).iter(W + "tbl"):
        marked = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(W + "tr")]
        assert marked == sorted(marked, reverse=True)  # Word counts them from the first row on
        assert sum(marked) in (0, 2)


def test_a_prefilled_jinja_tag_stands_in_one_run_and_is_filled_by_a_template_engine() -> None:
    tag = '{{ matter.case if matter.case > "" else "a<b" }}'
    given = Prefilled(
        {"harm.level": "{{ level }}", "case.separate": "{{ flag }}"}, meta={"matter": tag, "submitted_at": "{{ day }}"}
    )
    data = blanks.build("docx", INTAKE, FACTS, given)
    runs = ["".join(run.itertext()) for run in root(data).iter(W + "r")]
    assert {tag, "{{ level }}", "{{ flag }}", "{{ day }}"} <= set(runs)
    template = DocxTemplate(io.BytesIO(data))
    context = {"matter": {"case": "朔文旅立〔2026〕7号"}, "level": "轻微", "flag": "否", "day": "2026年7月8日"}
    template.render(context, autoescape=True)
    out = io.BytesIO()
    template.save(out)
    raw = readers.read("a.docx", out.getvalue(), FORMS, FACTS)[0]
    assert raw.meta["matter"].value == "朔文旅立〔2026〕7号"
    assert raw.values["harm.level"].value == "轻微"
    assert raw.values["case.separate"].value == "否"


def test_what_xml_cannot_hold_is_left_out_and_markup_stays_text() -> None:
    data = blanks.build("docx", INTAKE, FACTS, Prefilled({"party.name": "甲\x00\x0b<w:p>&\uffff乙"}))
    assert shown(data, "party.name") == "甲<w:p>&乙"


def test_an_empty_prefilled_list_is_the_ticked_none() -> None:
    data = blanks.build("docx", INTAKE, FACTS, Prefilled(items={"officers": ()}))
    assert readers.read("a.docx", data, FORMS, FACTS)[0].lists == {"officers": ()}


def test_more_prefilled_rows_than_the_form_has_make_more_rows() -> None:
    given = Prefilled(items={"officers": tuple({"name": f"甲{n}", "cert_no": str(n)} for n in range(4))})
    data = blanks.build("docx", INTAKE, FACTS, given)
    assert len(readers.read("a.docx", data, FORMS, FACTS)[0].lists["officers"]) == 4


def test_a_format_that_nothing_builds_is_refused() -> None:
    with pytest.raises(KeyError):
        blanks.build("odt", INTAKE, FACTS)


def test_tables_are_as_wide_as_the_page_between_its_margins() -> None:
    for table in root(BLANK).iter(W + "tbl"):
        assert sum(int(column.get(W + "w")) for column in table.iter(W + "gridCol")) == 9638
    size = next(root(BLANK).iter(W + "pgSz"))
    assert (size.get(W + "w"), size.get(W + "h")) == ("11906", "16838")


# ── one item of a list, asked in pairs ────────────────────────────────────────────────────────────────

TALK_BLANK = blanks.build("docx", TALK, FACTS)


def rows_with(data: bytes, words: str) -> list[list[str]]:
    """The rows that hold these words, each as the texts of its cells."""
    lines = [["".join(cell.itertext()) for cell in row.iter(W + "tc")] for row in root(data).iter(W + "tr")]
    return [line for line in lines if any(words in cell for cell in line)]


def test_every_column_asked_in_pairs_has_a_control_and_no_box_none() -> None:
    own = {re.split("[=!]", tag)[0] for tag in tags(TALK_BLANK) if tag.startswith("talks")}
    assert own == {f"talks[1].{column.fact}" for column in TALK.sections[2].columns}
    assert "talks!none" not in tags(TALK_BLANK)
    assert "officers!none" in tags(TALK_BLANK)


def test_a_control_in_pairs_is_of_the_kind_that_its_fact_wants() -> None:
    assert "dropDownList" in kind(TALK_BLANK, "talks[1].kind")
    assert "date" in kind(TALK_BLANK, "talks[1].reply_by")
    assert "checkbox" in kind(TALK_BLANK, "talks[1].held=yes")
    assert {"talks[1].moods=calm", "talks[1].moods!none"} <= set(tags(TALK_BLANK))
    assert not {"dropDownList", "date", "checkbox"} & kind(TALK_BLANK, "talks[1].issues")  # one text, parts by 、；


def test_in_pairs_two_short_answers_share_a_line_and_long_ones_have_it_alone() -> None:
    assert rows_with(TALK_BLANK, "约谈序号") == [["约谈序号＊", "点击填写", "约谈类型＊", "请选择"]]
    assert rows_with(TALK_BLANK, "主持人") == [["主持人", "点击填写", "记录人", "点击填写"]]
    for label in ("约谈事由", "存在的情况", "答：是否知道约谈人", "答：还有谁是负责人"):
        assert rows_with(TALK_BLANK, label) == [[label, "点击填写"]]
        row = next(r for r in root(TALK_BLANK).iter(W + "tr") if label in "".join(r.itertext()))
        assert [span.get(W + "val") for span in row.iter(W + "gridSpan")] == ["3"]


def test_what_is_said_of_all_that_follows_stands_as_a_line_above_it() -> None:
    lines = [["".join(cell.itertext()) for cell in row.iter(W + "tc")] for row in root(TALK_BLANK).iter(W + "tr")]
    at = lines.index(["以下在约谈之后填写"])
    assert [lines[at + 1][n] for n in (0, 2)] == ["是否到场", "回复日期"]
    # no answer from below the line stands beside one from above; the help of a single answer stays under its label
    assert lines[at - 1] == ["约谈人不少于两人", "点击填写"]
    line = list(root(TALK_BLANK).iter(W + "tr"))[at]
    assert line.find(f".//{W}keepNext") is not None
    assert line.find(f".//{W}gridSpan").get(W + "val") == "4"


def test_a_prefilled_item_stands_in_the_pairs() -> None:
    item = {"no": "1", "kind": "guidance", "hosts": "赵明远、孙立群", "held": "是", "moods": "平和"}
    data = blanks.build("docx", TALK, FACTS, Prefilled(items={"talks": (item,)}))
    assert shown(data, "talks[1].kind") == "指导约谈"
    assert shown(data, "talks[1].hosts") == "赵明远、孙立群"
    assert shown(data, "talks[1].held=yes") == shown(data, "talks[1].moods=calm") == "☑"
    assert "lock" in kind(data, "talks[1].no")  # which talk it is stays as it was given
    assert "lock" not in kind(data, "talks[1].hosts")
    assert shown(data, "talks[1].reason") == "点击填写"


def test_where_one_item_is_asked_two_have_no_room() -> None:
    with pytest.raises(ValueError, match="talks"):
        blanks.build("docx", TALK, FACTS, Prefilled(items={"talks": ({"no": "1"}, {"no": "2"})}))
    assert blanks.build("docx", TALK, FACTS, Prefilled(items={"talks": ()})) == TALK_BLANK


def test_a_pen_fills_one_item_in_pairs_and_refuses_a_second() -> None:
    data = fill(TALK_BLANK, {}, {"talks": [{"kind": "责任约谈", "a2": "没有。"}]})
    assert shown(data, "talks[1].kind") == "责任约谈"
    assert row_of(root(data), "talks[1].kind") is not row_of(root(data), "talks[1].a2")
    for wrong in ([{"no": "1"}, {"no": "2"}], [], [{"nothing": "1"}]):
        with pytest.raises(AssertionError):
            fill(TALK_BLANK, {}, {"talks": wrong})


@pytest.mark.office
def test_libreoffice_prints_a_blank_on_upright_a4(tmp_path: Path) -> None:
    filled = fill(BLANK, {"fact.summary": "字" * 400}, {"evidence": [{"name": "长名称" * 20}]})
    (tmp_path / "a.docx").write_bytes(filled)
    convert(tmp_path / "a.docx", "pdf")
    pages = PdfReader(tmp_path / "out" / "a.pdf").pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(595, 842)}
    assert "表单：case_intake" in re.sub(r"\s", "", pages[0].extract_text())


def convert(source: Path, target: str) -> None:
    """LibreOffice with a profile of its own: `out/<stem>.<target>` beside the source."""
    profile = (source.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", target, "--outdir"]
    subprocess.run([*command, str(source.parent / "out"), str(source)], check=True, capture_output=True, timeout=300)
