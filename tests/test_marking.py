"""A form that goes back: a comment on every wrong cell, and nothing else changed."""

from __future__ import annotations

import copy
import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from form_factories import FACTS, FORMS, INTAKE, TALK
from paperwork import blanks, marking, readers, validation
from paperwork.model import Drop, Finding, Form
from samples import shipped
from test_blanks import BLANK, STEPS, TALK_BLANK, convert
from test_readers_docx import FILLED
from wordpen import DOCUMENT, W, beside, controls, edit, fill, replace_parts, row_of, text, typed, without_controls

ON = dt.datetime(2026, 7, 17, 9, 30, 15, 250, tzinfo=dt.timezone(dt.timedelta(hours=8)))
COMMENTS, RELATIONS, TYPES = "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
OURS = "办公系统"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
MARKS = (W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")

NAME = Finding("E-NAME", "名称与执照不一致", "party.name", "「当事人名称」一栏", "朔州市星屿网咖有限公司", "照执照填写")
KIND = Finding("E-REQUIRED", "没有填写", "evidence.kind", "「证据」第3行「证据种类」", wanted="书证")
DAY = Finding("E-DATE-ORDER", "收集日期早于检查", "collected_on", "「证据」第2行「收集日期」", "2026-07-08")
FEW = Finding("E-OFFICER-2", "执法人员不得少于两人（行政处罚法第四十二条）", "officers", "「执法人员」一栏", "1行")
LOST = Finding("E-CASE-TWICE", "同一当事人已有在办案件", "case.nowhere", "「别处」一栏", wanted="2026-LA-0001")
PHONE = Finding("W-PHONE-FORMAT", "电话号码格式不常见", "party.phone", "「联系电话」一栏", severity="warning")
ALL = (NAME, KIND, DAY, FEW, LOST, PHONE)


def marked(data: bytes, *findings: Finding, form: Form | None = INTAKE, on: dt.datetime = ON) -> bytes:
    made = marking.mark(data, form, FACTS, findings, on)
    assert made is not None
    return made


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def comments(data: bytes, author: str = OURS) -> dict[int, str]:
    """Number → text of the comments that an author made."""
    root = etree.fromstring(parts(data)[_part(data)])
    return {
        int(comment.get(W + "id")): "\n".join("".join(p.itertext()) for p in comment.iter(W + "p"))
        for comment in root
        if comment.get(W + "author") == author
    }


def _part(data: bytes) -> str:
    """The comments that the document relates to."""
    (relations,) = [name for name in parts(data) if name.startswith("word/_rels/document")]
    related = {r.get("Type").rpartition("/")[2]: r.get("Target") for r in etree.fromstring(parts(data)[relations])}
    return f"word/{related['comments']}"


def held(data: bytes) -> dict[int, Any]:
    """Number → the cell or paragraph that a comment speaks of. Start, end and reference stand in it, once each."""
    root = etree.fromstring(parts(data)[DOCUMENT])
    found: dict[int, Any] = {}
    for start in root.iter(W + "commentRangeStart"):
        number = start.get(W + "id")
        homes = []
        for tag in MARKS:
            (mark,) = [m for m in root.iter(tag) if m.get(W + "id") == number]
            cells = list(mark.iterancestors(W + "tc"))
            homes.append(cells[0] if cells else next(mark.iterancestors(W + "p")))
        assert homes[0] is homes[1] is homes[2]
        found[int(number)] = homes[0]
    return found


def said_at(data: bytes) -> dict[str, str]:
    """What stands in a marked cell → what the comment says."""
    said = comments(data)
    return {"".join(t.text or "" for t in cell.iter(W + "t")): said[n] for n, cell in held(data).items() if n in said}


def tags_of(cell: Any) -> set[str]:
    return {re.split("[=!]", str(tag.get(W + "val")))[0] for tag in cell.iter(W + "tag")}


def pure(data: bytes) -> bytes:
    """The document without any mark of a comment, in canonical form."""
    root = etree.fromstring(parts(data)[DOCUMENT])
    for mark in list(root.iter(*MARKS)):
        run = mark.getparent()
        run.remove(mark)
        if mark.tag == W + "commentReference":
            assert len(run) == 0
            run.getparent().remove(run)
    return bytes(etree.tostring(root, method="c14n"))


def same(one: bytes, other: bytes, forms: Mapping[str, Form] = FORMS, facts: Any = FACTS) -> bool:
    return readers.read("甲", one, forms, facts) == readers.read("乙", other, forms, facts)


# ── where the comments stand, and what they say ───────────────────────────────────────────────────────


def test_every_wrong_cell_bears_a_comment_with_message_cure_and_code() -> None:
    data = marked(FILLED, *ALL)
    assert said_at(data) == {
        "案件登记表": "同一当事人已有在办案件\n应为：2026-LA-0001\n问题代码：E-CASE-TWICE",
        "朔州市星屿网咖有限公司": "名称与执照不一致\n应为：照执照填写\n问题代码：E-NAME",
        "13800138000": "提醒：电话号码格式不常见\n问题代码：W-PHONE-FORMAT",
        "姓名": "执法人员不得少于两人（行政处罚法第四十二条）\n问题代码：E-OFFICER-2",
        "2026年7月8日": "收集日期早于检查\n问题代码：E-DATE-ORDER",
        "请选择": "没有填写\n应为：书证\n问题代码：E-REQUIRED",
    }
    assert sorted(map(tuple, map(tags_of, held(data).values()))) == [
        (), (), ("evidence[1].collected_on",), ("evidence[2].kind",), ("party.name",), ("party.phone",),
    ]  # fmt: skip


def test_the_comments_are_the_systems_and_bear_the_day_of_the_drop() -> None:
    data = marked(FILLED, *ALL)
    found = list(docx.Document(io.BytesIO(data)).comments)
    assert {c.comment_id: c.text for c in found} == comments(data)
    assert {(c.author, c.initials) for c in found} == {(OURS, "系统")}
    assert {c.timestamp.replace(tzinfo=None) for c in found} == {dt.datetime(2026, 7, 17, 9, 30, 15)}


def test_findings_of_one_cell_share_one_comment_that_counts_them_and_puts_hints_last() -> None:
    hint = replace(NAME, code="W-HINT", message="名称较长", severity="warning", wanted="")
    text = "1. 名称与执照不一致\n应为：照执照填写\n问题代码：E-NAME\n2. 提醒：名称较长\n问题代码：W-HINT"
    assert list(comments(marked(FILLED, hint, NAME, NAME)).values()) == [text]


def test_what_has_no_place_is_gathered_on_the_title() -> None:
    closed = Finding("E-MATTER-CLOSED", "该案已经结案", place="全表")
    assert said_at(marked(FILLED, LOST, closed, form=INTAKE)).keys() == {"案件登记表"}
    assert said_at(marked(FILLED, NAME, closed, form=None)).keys() == {"案件登记表"}
    assert said_at(marked(typed("朔州市文件", "案件登记表", "正文"), closed)).keys() == {"案件登记表"}


def test_a_comment_without_a_known_form_stands_on_the_first_words() -> None:
    letter = typed("", "关于某事的函", "正文")
    unknown = Finding("E-FORM-UNKNOWN", "认不出这是哪一种表单")
    root = etree.fromstring(parts(marked(letter, unknown, form=None))[DOCUMENT])
    assert ["".join(p.itertext()) for p in root.iter(W + "p") if p.find(MARKS[0]) is not None] == ["关于某事的函"]


def test_the_head_of_the_form_is_marked_too() -> None:
    matter = Finding("E-MATTER-UNKNOWN", "没有这个案件", "matter", "「案号或编号」一栏")
    day = Finding("E-DATE", "不是日期", "submitted_at", "「填表日期」一栏")
    assert [tags_of(cell) for cell in held(marked(FILLED, day, matter)).values()] == [{"matter"}, {"submitted_at"}]


def test_a_party_that_does_not_fit_is_marked_where_a_joining_form_names_it() -> None:
    form = FORMS["approval"]
    wrong = Finding("E-MATTER-PARTY", "当事人与案件不符", "party.name", "「当事人」一栏")
    draft = Finding("E-APPROVAL-DRAFT", "没有这个审批代码", "approvals.draft", "「审批意见」第2行", "K7Q2M9")
    data = marked(blanks.build("docx", form, FACTS, STEPS), wrong, draft, form=form)
    assert [tags_of(cell) for cell in held(data).values()] == [{"party"}, {"approvals.draft"}]
    own = typed("审批意见表", [["当事人名称", "某店"]])
    assert ["".join(cell.itertext()) for cell in held(marked(own, wrong, form=form)).values()] == ["某店"]


def test_what_was_written_beside_a_control_or_under_a_label_of_ones_own_is_marked_there() -> None:
    data = fill(BLANK, {"party.name": "甲"})
    data = beside(data, "party.name", "（见附页）")
    (raw,) = readers.read("表", data, FORMS, FACTS)
    strays = [Finding("E-FIELD-UNKNOWN", "没有这一项", place=stray.place) for stray in raw.unknown]
    assert [tags_of(cell) for cell in held(marked(data, *strays)).values()] == [{"party.name"}]
    own = typed("案件登记表", [["当事人名称", "甲"], ["微信号", "xyz"]])
    (raw,) = readers.read("表", own, FORMS, FACTS)
    strays = [Finding("E-FIELD-UNKNOWN", "没有这一项", place=stray.place) for stray in raw.unknown]
    assert ["".join(cell.itertext()) for cell in held(marked(own, *strays)).values()] == ["xyz"]


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────────


def gapped() -> bytes:
    """Evidence in the first and third row of the table; the second was left out."""
    return fill(BLANK, {}, {"evidence": [{"no": "1", "name": "甲"}, {}, {"no": "3", "name": "丙"}]})


@pytest.mark.parametrize(
    ("finding", "tag"),
    [
        # the reader counts the rows of the table …
        (Finding("E-INTEGER", "不是整数", "no", "「证据」第3行「序号」", "3"), "evidence[2].no"),
        # … and what comes later counts the items
        (Finding("E-REQUIRED", "没有填写", "evidence.kind", "「证据」第2行「证据种类」"), "evidence[2].kind"),
        (Finding("E-GATE", "不对", "evidence.name", "「证据」第2行", "丙"), "evidence[2].name"),
        (Finding("E-GATE", "不对", "evidence", "「证据」第2行"), "evidence[2].no"),
        # … of the whole matter, even
        (Finding("E-GATE", "不对", "evidence.name", "「证据」第5行", "丙"), "evidence[2].name"),
        (Finding("E-ALREADY", "已有不同的内容", "evidence.name", "「证据」的「证据名称」", "甲"), "evidence[0].name"),
    ],
)
def test_a_row_is_found_though_rows_before_it_are_empty(finding: Finding, tag: str) -> None:
    assert [tags_of(cell) for cell in held(marked(gapped(), finding)).values()] == [{tag}]


def test_rows_are_counted_as_the_reader_counts_them_where_a_cell_was_read() -> None:
    data = fill(BLANK, {}, {"evidence": [{}, {"no": "2", "name": "乙"}, {"no": "3", "name": "丙"}]})
    # the number of a person is not repeated in a finding: nothing but the row tells which it is
    hint = Finding("W-NAME", "不常见", "name", "「证据」第2行「证据名称」", severity="warning")
    assert said_at(marked(data, hint)).keys() == {"乙"}


def test_a_row_that_the_form_does_not_hold_is_told_at_the_header_of_its_column() -> None:
    earlier = Finding("E-GATE", "先前登记的不对", "evidence.name", "「证据」第7行", "另一件")
    assert said_at(marked(gapped(), earlier)).keys() == {"证据名称"}


def test_a_row_that_was_deleted_leaves_the_comment_to_the_title() -> None:
    def drop(root: Any) -> None:
        row = row_of(root, "party.phone")
        row.getparent().remove(row)

    assert said_at(marked(edit(FILLED, drop), PHONE)).keys() == {"案件登记表"}


# ── nothing else changes ──────────────────────────────────────────────────────────────────────────────


def everything(form: Form = INTAKE) -> list[Finding]:
    """A finding for every answer that the form asks for, and one that fits nowhere."""
    found = [LOST]
    for section in form.sections:
        found += [Finding("E-REQUIRED", f"{f.label}没有填写", f.fact) for f in section.fields]
        if section.list:
            found.append(Finding("E-LIST", "不全", section.list))
            label = FACTS[section.list].label if section.list in FACTS else section.title
            found += [
                Finding("E-CELL", "不对", c.fact, f"「{label}」第{n}行「{c.label}」")
                for n in range(1, 4)
                for c in section.columns
            ]
    return found


@given(st.lists(st.sampled_from(everything()), max_size=12))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_findings_leave_the_content_and_every_other_part_as_they_were(findings: list[Finding]) -> None:
    data = marked(FILLED, *findings)
    before, after = parts(FILLED), parts(data)
    added = {COMMENTS} if findings else set()
    assert after.keys() == before.keys() | added
    changed = {name for name in before if before[name] != after[name]}
    assert changed == ({DOCUMENT, RELATIONS, TYPES} if findings else set())
    assert pure(data) == pure(FILLED)
    assert same(data, FILLED)
    assert all(p.getprevious() is None for p in etree.fromstring(after[DOCUMENT]).iter(W + "pPr"))  # the schema's order
    said = comments(data) if findings else {}
    assert held(data).keys() == said.keys()
    assert all(finding.message in "\n".join(said.values()) for finding in findings)


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.text(st.characters(codec="utf-8"), max_size=40))
@settings(max_examples=40, deadline=None)
def test_any_words_can_be_said(message: str, wanted: str) -> None:
    (told,) = comments(marked(FILLED, replace(NAME, message=message, wanted=wanted))).values()
    letters = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\s]", "", message)
    assert letters in re.sub(r"\s", "", told)


def test_the_same_round_gives_the_same_bytes() -> None:
    assert marked(FILLED, *ALL) == marked(FILLED, *ALL)
    assert marked(FILLED, *ALL) != marked(FILLED, *ALL, on=ON + dt.timedelta(days=1))


def test_the_members_keep_their_order_and_their_times() -> None:
    dated = io.BytesIO()
    with zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(FILLED).items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 7, 16, 17, 20, 0)), content)

    def table(data: bytes) -> list[tuple[str, Any]]:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(member.filename, member.date_time) for member in archive.infolist()]

    assert table(marked(dated.getvalue(), NAME)) == [*table(dated.getvalue()), (COMMENTS, (1980, 1, 1, 0, 0, 0))]


def test_the_package_names_its_new_part_once() -> None:
    data = parts(marked(marked(FILLED, *ALL), *ALL))
    types = [e.get("ContentType") for e in etree.fromstring(data[TYPES]) if e.get("PartName") == f"/{COMMENTS}"]
    assert types == ["application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"]
    relations = list(etree.fromstring(data[RELATIONS]))
    assert [r.get("Target") for r in relations if r.get("Type").endswith("/comments")] == ["comments.xml"]
    assert len({r.get("Id") for r in relations}) == len(relations)


# ── the corrected form just works ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", shipped().forms.values(), ids=lambda form: form.id)
def test_a_marked_form_of_every_kind_is_read_like_the_unmarked_one(form: Form) -> None:
    facts, forms = shipped().facts, shipped().forms
    values: dict[str, Any] = {"submitted_by": "赵明远", "submitted_at": "2026-07-16"}
    lists: dict[str, list[dict[str, Any]]] = {}
    for section in form.sections:
        for field in section.fields:
            fact = facts[field.fact]
            first = fact.choices[0].label if fact.choices else "甲"
            by_type = {"flag": True, "date": "2026-07-08", "set": [first] if fact.choices else first}
            values[field.fact] = by_type.get(fact.type, first)
        if section.list:
            texts = [c.fact for c in section.columns if facts[section.list].items[c.fact].type == "text"]
            lists[section.list] = [{short: f"{short}{n}" for short in texts} for n in range(1 if section.layout == "pairs" else 2)]
    data = fill(blanks.build("docx", form, facts), values, lists)
    (raw,) = readers.read("表", data, forms, facts)
    assert raw.values.keys() | raw.lists.keys() >= values.keys() - {"submitted_by", "submitted_at"} | lists.keys()
    findings = [Finding("E-X", name, name, answer.place) for name, answer in raw.values.items()]
    for name, rows in raw.lists.items():
        findings += [Finding("E-X", "行", f"{name}.{c}", a.place, str(a.value)) for row in rows for c, a in row.items()]
    made = marking.mark(data, form, facts, findings, ON)
    assert made is not None
    assert len(comments(made)) == len(findings)  # each in a cell of its own
    assert same(made, data, forms, facts)
    assert pure(made) == pure(data)


def test_what_an_item_in_pairs_lacks_is_marked_where_it_would_stand() -> None:
    data = fill(TALK_BLANK, {}, {"talks": [{"kind": "责任约谈"}]})
    for field, place in (("talks.reason", "「约谈」第1行「约谈事由」"), ("", "「约谈」第1行「约谈事由」")):
        made = marked(data, Finding("E-REQUIRED", "没有填写", field, place), form=TALK)
        (start,) = etree.fromstring(text(made).encode()).iter(W + "commentRangeStart")
        assert "约谈事由" in "".join(next(start.iterancestors(W + "tr")).itertext())
    made = marked(data, Finding("E-TALK", "约谈不成立", "talks", "「约谈」"), form=TALK)
    (start,) = etree.fromstring(text(made).encode()).iter(W + "commentRangeStart")
    assert "约谈序号" in "".join(next(start.iterancestors(W + "tr")).itertext())  # the first cell of the item


def test_what_validation_finds_is_marked_on_the_cells_that_hold_it() -> None:
    catalogue = shipped()
    form = catalogue.forms["case_intake"]
    wrong = {"party.uscc": "91140602MAXX002269", "case.found_on": "七月八号", "party.phone": "1380", "unit": "某队"}
    officers = [{"name": "赵明远", "cert_no": "0406"}, {"name": "孙立群", "cert_no": "04060200102"}]
    data = fill(blanks.build("docx", form, catalogue.facts), {}, {"officers": officers})
    data = edit(data, lambda root: [_type(root, tag, words) for tag, words in wrong.items()])
    (raw,) = readers.read("表", data, catalogue.forms, catalogue.facts)
    drop = Drop("20260716T172000-8f3a", "表.docx", "inbox", "赵明远", ON, "", "")
    checked = validation.read(raw, form, catalogue, drop, "")
    made = marking.mark(data, form, catalogue.facts, checked.findings, ON)
    assert made is not None
    assert said_at(made).keys() == {"91140602MAXX002269", "七月八号", "1380", "0406"}
    assert {f.code for f in checked.findings} == {
        code for told in comments(made).values() for code in re.findall("问题代码：(.*)", told)
    }


def _type(root: Any, tag: str, words: str) -> None:
    (content,) = [sdt.find(W + "sdtContent") for sdt in controls(root, tag)]
    for old in list(content):
        content.remove(old)
    etree.SubElement(etree.SubElement(content, W + "r"), W + "t").text = words


# ── another round ─────────────────────────────────────────────────────────────────────────────────────


def test_a_second_round_replaces_the_first() -> None:
    first = marked(FILLED, *ALL)
    assert marked(first, PHONE) == marked(marked(first, NAME, LOST), PHONE)
    assert said_at(marked(first, PHONE)).keys() == {"13800138000"}
    assert pure(marked(first, PHONE)) == pure(FILLED)
    cleared = parts(marked(first))
    assert not list(etree.fromstring(cleared[DOCUMENT]).iter(*MARKS))
    assert len(etree.fromstring(cleared[COMMENTS])) == 0


def colleague(data: bytes, tag: str, number: int = 7, reply_to: str = "") -> bytes:
    """A colleague's comment on a cell, as Word writes it; with `reply_to` (a paraId) as an answer to another."""

    def speak(root: Any) -> None:
        comment = etree.SubElement(root, W + "comment", {W + "id": str(number), W + "author": "李科长"})
        paragraph = etree.SubElement(comment, W + "p", {f"{{{W14}}}paraId": f"0000000{number}"})
        etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t").text = "请核对"

    def point(root: Any) -> None:
        paragraph = next(controls(root, tag)[0].iterancestors(W + "p"))
        for mark in MARKS[:2]:
            paragraph.append(etree.Element(mark, {W + "id": str(number)}))
        etree.SubElement(etree.SubElement(paragraph, W + "r"), MARKS[2], {W + "id": str(number)})

    if COMMENTS not in parts(data):
        data = marked(marked(data, LOST))  # makes the part, and leaves it empty
    return edit(edit(data, speak, COMMENTS), point)


def test_comments_of_people_stay() -> None:
    data = colleague(FILLED, "party.name")
    again = marked(marked(data, *ALL), NAME, KIND)
    assert comments(again, "李科长") == {7: "请核对"}
    assert tags_of(held(again)[7]) == {"party.name"}
    assert len(comments(again)) == 2
    assert same(again, FILLED)
    assert marked(again) == marked(data)


def test_numbers_of_comments_are_never_taken_twice() -> None:
    data = colleague(colleague(FILLED, "party.name", 0), "party.phone", 2)
    assert sorted(comments(marked(data, NAME, KIND, PHONE))) == [1, 3, 4]
    lost = edit(data, lambda root: root.remove(root[1]), COMMENTS)  # the document still speaks of comment 2
    assert sorted(comments(marked(lost, NAME, KIND, PHONE))) == [1, 3, 4]


def test_a_colleagues_answer_to_our_comment_becomes_a_comment_of_its_own() -> None:
    data = colleague(marked(FILLED, NAME), "party.name")
    data = edit(data, lambda root: root[0][-1].set(f"{{{W14}}}paraId", "0000000A"), COMMENTS)
    extended = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="0000000A" w15:done="1"/>'
        '<w15:commentEx w15:paraId="00000007" w15:paraIdParent="0000000A" w15:done="0"/></w15:commentsEx>'
    )
    ids = (
        f'<c:commentsIds xmlns:c="{CID}"><c:commentId c:paraId="0000000A" c:durableId="11111111"/>'
        '<c:commentId c:paraId="00000007" c:durableId="22222222"/></c:commentsIds>'
    )

    def relate(root: Any) -> None:
        for n, (name, year) in enumerate({"commentsExtended": "2011", "commentsIds": "2016/09"}.items()):
            kind = f"http://schemas.microsoft.com/office/{year}/relationships/{name}"
            etree.SubElement(root, root[0].tag, Id=f"x{n}", Type=kind, Target=f"{name}.xml")

    besides = {"word/commentsExtended.xml": extended.encode(), "word/commentsIds.xml": ids.encode()}
    data = edit(replace_parts(data, besides), relate, RELATIONS)
    after = parts(marked(data, PHONE))
    assert [dict(e.attrib) for e in etree.fromstring(after["word/commentsExtended.xml"])] == [
        {f"{{{W15}}}paraId": "00000007", f"{{{W15}}}done": "0"}
    ]
    assert [e.get(f"{{{CID}}}durableId") for e in etree.fromstring(after["word/commentsIds.xml"])] == ["22222222"]
    untouched = parts(marked(marked(data), PHONE))
    assert untouched["word/commentsIds.xml"] == after["word/commentsIds.xml"]


# ── forms that are not as they were handed out ────────────────────────────────────────────────────────


def test_a_form_without_controls_is_marked_by_its_labels_on_the_same_cells() -> None:
    bare = without_controls(FILLED)
    assert "w:sdt" not in text(bare)
    assert said_at(marked(bare, *ALL[:3], *ALL[4:])).keys() == {
        "案件登记表", "朔州市星屿网咖有限公司", "13800138000", "2026年7月8日", "",
    }  # fmt: skip
    places = [list(etree.fromstring(parts(d)[DOCUMENT]).iter(W + "tc")) for d in (bare, FILLED)]
    assert len(places[0]) == len(places[1])

    def positions(data: bytes) -> list[int]:
        cells = held(data)
        roots = {id(c): n for cell in cells.values() for n, c in enumerate(cell.getroottree().iter(W + "tc"))}
        return [roots.get(id(cell), -1) for cell in cells.values()]

    assert positions(marked(bare, *ALL)) == positions(marked(FILLED, *ALL))


def test_a_form_typed_from_scratch_is_marked() -> None:
    officers = [["姓名", "执法证号"], ["赵", "1"]]
    data = typed("案件登记表", [["当事人名称", "甲", "联系电话", "138"]], "填表人：赵", officers)
    wrong = Finding("W-CERT-FORMAT", "证号不对", "cert_no", "「执法人员」第1行「执法证号」", "1", severity="warning")
    who = Finding("E-WHO", "填表人不在名册", "submitted_by", "「填表人」一栏")
    made = marked(data, NAME, wrong, who)
    assert ["".join(t.text for t in c.iter(W + "t")) for c in held(made).values()] == ["甲", "填表人：赵", "1"]
    assert same(made, data)
    assert etree.fromstring(parts(made)[RELATIONS])[0].get("Target") == "comments.xml"


def test_a_merged_cell_is_marked_where_its_words_stand() -> None:
    merged = [
        [f"<w:tc><w:tcPr><w:vMerge{how}/></w:tcPr><w:p>{run}</w:p></w:tc>", "执法证号" if not n else str(n)]
        for n, (how, run) in enumerate([("", ""), (' w:val="restart"', "<w:r><w:t>赵</w:t></w:r>"), ("", "")])
    ]
    merged[0][0] = "姓名"
    data = typed("案件登记表", merged)
    wrong = Finding("E-X", "不对", "officers.name", "「执法人员」第2行「姓名」")
    (cell,) = held(marked(data, wrong)).values()
    assert "".join(cell.itertext()) == "赵"


def test_a_strict_document_stays_strict() -> None:
    names = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main":
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    }  # fmt: skip
    strict = dict(parts(FILLED))
    for usual, name in names.items():
        strict = {part: content.replace(usual, name) for part, content in strict.items()}
    data = replace_parts(FILLED, strict)
    made = marked(data, *ALL)
    for part, content in parts(made).items():
        assert not any(usual in content for usual in names), part
    assert same(made, data)
    assert comments_in(made) == len(ALL)


def comments_in(data: bytes) -> int:
    return parts(data)[COMMENTS].count(b"<w:comment ")


def test_remarks_in_the_xml_and_a_document_of_another_name_stay() -> None:
    inside = parts(FILLED)
    other = "word/document2.xml"
    moved = {
        DOCUMENT: None,
        RELATIONS: None,
        other: inside[DOCUMENT].replace(b"<w:body>", "<w:body><!-- 甲 -->".encode()),
        "word/_rels/document2.xml.rels": inside[RELATIONS],
        "_rels/.rels": inside["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml"),
        TYPES: inside[TYPES].replace(b"/word/document.xml", b"/word/document2.xml"),
        COMMENTS: b"<w:stray xmlns:w='x'/>",  # lies there, and nobody relates to it
    }
    data = replace_parts(FILLED, moved)
    made = parts(marked(data, NAME))
    assert "<!-- 甲 -->".encode() in made[other]
    assert made[COMMENTS] == moved[COMMENTS]
    assert comments(marked(data, NAME)).keys() == {0}
    assert same(marked(data, NAME), data)


# ── what cannot be marked ─────────────────────────────────────────────────────────────────────────────


def zipped(**content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, said in content.items():
            archive.writestr(name, said)
    return out.getvalue()


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "c">]>'
BOMB = {"word/huge.xml": b" " * (3 * 1024 * 1024)}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        json.dumps({"form": "案件登记表"}).encode(),
        FILLED[: len(FILLED) // 2],
        b"PK\x03\x04" + b"\x00" * 40,
        zipped(a="b"),
        replace_parts(FILLED, {TYPES: None}),
        replace_parts(FILLED, {DOCUMENT: None}),
        replace_parts(FILLED, {DOCUMENT: b"<w:document"}),
        replace_parts(FILLED, {DOCUMENT: b"<workbook/>"}),
        replace_parts(FILLED, {DOCUMENT: ENTITIES + parts(FILLED)[DOCUMENT].partition(b"?>")[2]}),
        replace_parts(FILLED, {DOCUMENT: f'<w:document xmlns:w="{W[1:-1]}"><w:body/></w:document>'.encode()}),
        replace_parts(FILLED, {"word/vbaProject.bin": b"x"}),
        replace_parts(FILLED, BOMB),
        replace_parts(marked(FILLED, NAME), {COMMENTS: b"<w:comments"}),
    ],
    ids=["empty", "json", "torn", "no zip", "other zip", "no types", "no document", "torn xml", "a sheet", "entities",
         "no body", "macros", "bomb", "torn comments"],
)  # fmt: skip
@pytest.mark.parametrize("form", [INTAKE, None], ids=["known", "unknown"])
def test_what_is_no_word_form_or_not_to_be_trusted_is_left_to_the_note(data: bytes, form: Form | None) -> None:
    assert marking.mark(data, form, FACTS, ALL, ON) is None


# ── in LibreOffice ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.office
def test_libreoffice_keeps_the_comments_and_what_it_saves_is_read_and_marked_again(tmp_path: Path) -> None:
    first = marked(FILLED, *ALL)
    (tmp_path / "a.docx").write_bytes(first)
    convert(tmp_path / "a.docx", "docx")
    saved = (tmp_path / "out" / "a.docx").read_bytes()
    assert comments(saved) == comments(first)
    assert same(saved, FILLED)
    again = marked(saved, PHONE)
    assert said_at(again) == {"13800138000": "提醒：电话号码格式不常见\n问题代码：W-PHONE-FORMAT"}
    assert same(again, FILLED)


@pytest.mark.office
def test_libreoffice_shows_the_comments_where_they_belong(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(marked(FILLED, *ALL))
    convert(tmp_path / "a.docx", 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}')
    notes = shown(PdfReader(tmp_path / "out" / "a.pdf"))
    assert sorted(note.splitlines()[0] for note in notes) == sorted(
        f"{'提醒：' if finding.severity == 'warning' else ''}{finding.message}" for finding in ALL
    )


def shown(pdf: PdfReader) -> Sequence[str]:
    found = [copy.copy(note.get_object()) for page in pdf.pages for note in page.get("/Annots", ())]
    return [str(note["/Contents"]) for note in found if note["/Subtype"] == "/Text"]
