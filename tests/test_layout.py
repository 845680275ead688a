"""Promises of the layout check: the shipped templates keep to their families, and each departure is named with its place."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from paperwork import catalogue, checking, layout
from paperwork.model import Family, Problem
from paperwork.templates import Templates
from tests.samples import ROOT, shipped

DOCUMENTS = ROOT / "templates" / "documents"
Parts = dict[str, str]


def template(kind: str) -> bytes:
    return (DOCUMENTS / kind / "template.docx").read_bytes()


def family(name: str) -> Family:
    return shipped().families[name]


def changed(data: bytes, change: Callable[[Parts], None]) -> bytes:
    """The same file with some of its parts' XML changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def swap(part: str, old: str, new: str, times: int = 1) -> Callable[[Parts], None]:
    """`old` becomes `new` in the part; a regular expression."""

    def change(parts: Parts) -> None:
        text, found = re.subn(old, new, parts[f"word/{part}.xml"], count=times, flags=re.DOTALL)
        assert found, old
        parts[f"word/{part}.xml"] = text

    return change


def found(kind: str, name: str, change: Callable[[Parts], None]) -> list[Problem]:
    return list(layout.check(changed(template(kind), change), family(name), shipped().kinds[kind].title))


# ── the shipped ones ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", sorted(shipped().kinds))
def test_every_shipped_template_keeps_to_its_family(kind: str) -> None:
    known = shipped().kinds[kind]
    assert known.family, "no family is named in kind.toml"
    assert layout.check(template(kind), family(known.family), known.title) == ()
    assert list(layout.leftovers(template(kind))) == []


# ── what departs ──────────────────────────────────────────────────────────────────────────────────────

STYLE = r'(w:styleId="{}".*?)'
DEPARTURES: dict[str, tuple[Callable[[Parts], None], str, str]] = {
    "paper": (swap("document", 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"'), "PAGE", "216×279"),
    "top margin": (swap("document", 'w:top="2098"', 'w:top="1440"'), "PAGE", "上边距是 25.4 毫米"),
    "binding": (swap("document", 'w:gutter="0"', 'w:gutter="284"'), "PAGE", "左边距"),
    "title's font": (swap("styles", STYLE.format("DocumentTitle") + "方正小标宋简体", r"\1黑体"), "FONT", "标题用了黑体"),
    "title's size": (swap("styles", STYLE.format("DocumentTitle") + 'w:sz w:val="44"', r'\1w:sz w:val="36"'), "SIZE", "小二"),
    "title's side": (swap("styles", STYLE.format("DocumentTitle") + 'w:jc w:val="center"', r'\1w:jc w:val="left"'), "TITLE", "居中"),
    "body's font": (swap("styles", STYLE.format("Normal") + "仿宋_GB2312", r"\1宋体"), "FONT", "用了宋体"),
    "body's size": (swap("styles", STYLE.format("Normal") + 'w:sz w:val="32"', r'\1w:sz w:val="28"'), "SIZE", "4号"),
    "theme font": (swap("styles", STYLE.format("Normal") + 'w:eastAsia="仿宋_GB2312"', r'\1w:eastAsiaTheme="minorEastAsia"'), "FONT", "主题字体"),
    "a bold word": (swap("document", r'<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>(<w:t>[^<{]*我局在)', r'<w:rPr><w:b/></w:rPr>\1'), "BOLD", "加粗"),
    "a red word": (swap("document", r'<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>(<w:t>[^<{]*我局在)', r'<w:rPr><w:color w:val="FF0000"/></w:rPr>\1'), "COLOUR", "FF0000"),
    "lines too far apart": (swap("styles", 'w:line="579"', 'w:line="620"', 99), "GRID", "每页"),
    "lines too close": (swap("styles", 'w:line="579"', 'w:line="520"', 99), "GRID", "行距是 26 磅"),
    "characters too wide": (swap("styles", STYLE.format("Normal") + 'w:spacing w:val="-5"', r'\1w:spacing w:val="0"'), "GRID", "27 字"),
    "page number in the middle": (swap("footer1", 'w:jc w:val="right"', 'w:jc w:val="center"'), "PAGENO", "居右"),
    "page number without dashes": (swap("footer1", "— ", ""), "PAGENO", "单页页码写作"),
    "page number too small": (swap("styles", STYLE.format("Footer") + 'w:sz w:val="28"', r'\1w:sz w:val="21"'), "PAGENO", "10.5"),
    "odd and even alike": (swap("settings", "<w:evenAndOddHeaders/>", ""), "PAGENO", "同一侧"),
    "no number on page one": (swap("document", '<w:footerReference w:type="first"[^>]*>', ""), "PAGENO", "首页"),
    "numbered as no official paper is": (swap("document", "<w:t>联系人：", "<w:t>1、联系人："), "NUMBERING", "「1、」"),
    "no title": (swap("document", "<w:t>行政建议书</w:t>", "<w:t>{{doc.number}}</w:t>"), "TITLE", "行政建议书"),
}  # fmt: skip


@pytest.mark.parametrize("what", DEPARTURES)
def test_a_departure_is_named_with_what_is_wanted(what: str) -> None:
    change, code, told = DEPARTURES[what]
    problems = [p for p in found("advice_letter", "letter", change) if p.code == f"E-LAYOUT-{code}"]
    assert any(told in p.what for p in problems), found("advice_letter", "letter", change)
    assert all(p.advice for p in problems)


def test_a_margin_within_a_millimetre_is_none() -> None:
    assert found("advice_letter", "letter", swap("document", 'w:top="2098"', 'w:top="2050"')) == []


def test_a_heading_of_its_own_line_has_the_font_of_its_level() -> None:
    heading = swap("styles", STYLE.format("Heading") + "黑体", r"\1楷体_GB2312")
    (problem, *_) = found("handling_opinion", "form", heading)
    assert (problem.code, "小标题「一、」" in problem.what, problem.advice) == ("E-LAYOUT-FONT", True, "应为黑体")


def test_a_sentence_that_begins_with_a_number_is_text_and_no_heading() -> None:
    sentence = swap("document", "<w:t>联系人：", "<w:t>一、联系人应当在收到之日起五日内反馈意见。联系人：")
    assert found("advice_letter", "letter", sentence) == []


def test_a_record_has_sheets_and_says_where_it_ends() -> None:
    lost = swap("document", "（以下空白）", "")
    assert [p.code for p in found("talk_record", "record", lost)] == ["E-LAYOUT-TEXT"]
    problems = found("talk_record", "record", swap("footer1", "NUMPAGES", "SECTION"))
    assert [p.code for p in problems] == ["E-LAYOUT-PAGENO"]


def test_a_sealed_paper_of_several_pages_shows_where_the_seam_is_sealed() -> None:
    def plain(parts: Parts) -> None:
        for name in [n for n in parts if n.startswith("word/header")]:
            parts[name] = parts[name].replace("骑缝章", "")

    told = found("no_penalty_decision", "decision", plain)
    assert [p.code for p in told] == ["E-LAYOUT-SEAM"] * 2
    assert [p.what for p in told] == ["单页的页边没有「骑缝章」的位置", "双页的页边没有「骑缝章」的位置"]
    one_page = found("no_penalty_decision", "decision", swap("document", "<w:titlePg/>", ""))
    assert [p.what for p in one_page] == ["只有一页的文书也印出「骑缝章」"]


def test_a_paper_that_the_party_seals_and_one_of_the_official_standard_have_no_seam_mark() -> None:
    for kind in ("commitment", "power_of_attorney", "work_report", "sector_rule"):
        with zipfile.ZipFile(io.BytesIO(template(kind))) as archive:
            assert not any(name.startswith("word/header") for name in archive.namelist()), kind


def test_a_row_that_cuts_off_what_does_not_fit_is_told() -> None:
    row = swap("document", "<w:tr>", '<w:tr><w:trPr><w:trHeight w:val="300" w:hRule="exact"/></w:trPr>')
    assert [p.code for p in found("recheck_record", "form", row)] == ["E-LAYOUT-ROW"]


def test_an_official_document_wants_its_red_head() -> None:
    problems = found("advice_letter", "official", lambda parts: None)
    assert [p.code for p in problems] == ["E-LAYOUT-COLOUR"]
    red = swap("styles", STYLE.format("Organ") + r"<w:rPr>", r'\1<w:rPr><w:color w:val="FF0000"/>')
    assert found("advice_letter", "official", red) == []


@pytest.mark.parametrize("kind", ["transfer_letter", "notify_letter"])
def test_a_letter_to_another_body_has_its_red_head_and_no_number_on_page_one(kind: str) -> None:
    assert shipped().kinds[kind].family == "official_letter"
    assert found(kind, "official_letter", lambda parts: None) == []
    numbered = found(kind, "official_letter", swap("document", "<w:titlePg/>", ""))
    assert [p.what for p in numbered] == ["信函的首页印了页码"]
    black = found(kind, "official_letter", swap("styles", '<w:color w:val="FF0000"/>', "", 0))
    assert [p.code for p in black] == ["E-LAYOUT-COLOUR"]


def test_a_sheet_lies_on_its_side() -> None:
    assert any("210×297" in p.what for p in found("file_index", "sheet", lambda parts: None))


def test_a_document_made_by_nobody_who_knew_is_told_everything_at_once() -> None:
    word = Document()
    word.add_paragraph("行政建议书")
    word.add_paragraph("某某公司：请注意。")
    saved = io.BytesIO()
    word.save(saved)
    codes = {p.code.removeprefix("E-LAYOUT-") for p in layout.check(saved.getvalue(), family("letter"), "行政建议书")}
    assert {"PAGE", "TITLE", "SIZE", "PAGENO"} <= codes


def test_what_is_no_word_document_is_left_to_others() -> None:
    assert layout.check(b"PK", family("letter"), "某") == ()
    assert list(layout.leftovers(b"PK")) == []


def test_the_people_behind_a_template_are_told_and_what_would_travel_is_an_error() -> None:
    word = Document(io.BytesIO(template("advice_letter")))
    word.core_properties.author = "张三"
    saved = io.BytesIO()
    word.save(saved)
    assert [(p.code, "张三" in p.what) for p in layout.leftovers(saved.getvalue())] == [("W-TEMPLATE-PERSON", True)]

    def custom(parts: Parts) -> None:
        parts["docProps/custom.xml"] = "<Properties><property name='单位'>某</property></Properties>"

    assert [p.code for p in layout.leftovers(changed(template("advice_letter"), custom))] == ["E-TEMPLATE-PERSON"]


# ── families are data ─────────────────────────────────────────────────────────────────────────────────


def test_a_family_can_be_changed_without_python(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    path = tmp_path / "templates" / "layout.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("[letter]", "[letter]\nmarginz = 1", 1), "utf-8")
    assert [p.code for p in checking.check(tmp_path)] == ["P-KEY-UNKNOWN"]
    path.write_text(re.sub(r"(\[letter\].*?top = )37", r"\g<1>30", text, flags=re.DOTALL), "utf-8")
    known = catalogue.load(tmp_path)
    wrong = [p for p in checking.kind_problems(known) if p.code == "E-LAYOUT-PAGE"]
    assert {p.where.split("/")[2] for p in wrong} == {k.kind for k in known.kinds.values() if k.family == "letter"}
    assert Templates(known)
    path.unlink()
    kind = tmp_path / "templates/documents/talk_notice/kind.toml"
    assert [(p.code, p.where.split(":")[0]) for p in catalogue.load(tmp_path).bad["talk_notice"]] == [
        ("P-FAMILY-UNKNOWN", kind.relative_to(tmp_path).as_posix())
    ]
