"""Word forms as offices send them back: whatever was done to the layout, the answers are found or reported."""

from __future__ import annotations

import copy
import io
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filling import HOSTILE
from form_factories import APPROVAL, FACTS, FORMS, INTAKE, TALK
from paperwork import blanks, readers
from paperwork.model import Fact, Form, RawForm
from paperwork.wordform import Package, content_of, grid, survey
from samples import shipped
from test_blanks import BLANK, STEPS, TALK_BLANK, convert
from wordpen import (
    DOCUMENT,
    W,
    beside,
    controls,
    edit,
    fill,
    replace_parts,
    rewrite,
    row_of,
    text,
    typed,
    without_controls,
)

VALUES = {
    "matter": "2026-LA-0007",
    "submitted_by": "赵明远",
    "submitted_at": "2026-07-16",
    "unit": "文化市场综合行政执法大队",
    "case.title": "朔州市星屿网咖有限公司未悬挂标志案",
    "case.source": "双随机",
    "case.filed_on": "2026-07-10",
    "case.separate": False,
    "fact.time": "2026年7月8日15时10分",
    "fact.summary": "第一行：入口处未悬挂。\n第二行：<当场>改正 & 复查。",
    "fine.amount": "１５０００．００",
    "party.name": "朔州市星屿网咖有限公司",
    "party.phone": "13800138000",
    "harm.level": "无",
    "harm.classes": ["公共安全", "群众利益、消费者合法权益"],
    "correct.rechecked_by": "赵明远、孙立群",
    "crime.suspected": False,
    "edu.place": "示例街1号",
    "talk.place": "示例街2号",
}
LISTS: dict[str, list[dict[str, str | bool | list[str]]]] = {
    "party.licences": [],
    "officers": [{"name": "赵明远", "cert_no": "04060200101"}, {"name": "孙立群", "cert_no": "04060200102"}],
    "evidence": [
        {"no": "1", "kind": "书证", "name": "营业执照", "original": False, "marks": ["已盖章"]},
        {"no": "2", "kind": "视听资料", "name": "照片", "original": True, "marks": [], "collected_on": "2026-07-08"},
        {"no": "3", "name": "笔录"},
        {"no": "4", "name": "第四行"},
    ],
}
FILLED = fill(BLANK, VALUES, LISTS)
WANTED = {
    "unit": "文化市场综合行政执法大队",
    "case.title": "朔州市星屿网咖有限公司未悬挂标志案",
    "case.source": "双随机",
    "case.filed_on": "2026年7月10日",
    "case.separate": "否",
    "fact.time": "2026年7月8日15时10分",
    "fact.summary": "第一行：入口处未悬挂。\n第二行：<当场>改正 & 复查。",
    "fine.amount": "１５０００．００",
    "party.name": "朔州市星屿网咖有限公司",
    "party.phone": "13800138000",
    "harm.level": "无",
    "harm.classes": ("公共安全", "群众利益、消费者合法权益"),
    "correct.rechecked_by": "赵明远、孙立群",
    "crime.suspected": "否",
    "edu.place": "示例街1号",
    "talk.place": "示例街2号",
}
WANTED_LISTS = {
    "party.licences": (),
    "officers": ({"name": "赵明远", "cert_no": "04060200101"}, {"name": "孙立群", "cert_no": "04060200102"}),
    "evidence": (
        {"no": "1", "kind": "书证", "name": "营业执照", "original": "否", "marks": ("已盖章",)},
        {"no": "2", "kind": "视听资料", "name": "照片", "original": "是", "marks": (), "collected_on": "2026年7月8日"},
        {"no": "3", "name": "笔录"},
        {"no": "4", "name": "第四行"},
    ),
}


def read(data: bytes) -> RawForm:
    """The form, read with what is kept of forms read before; read afresh it must be the same."""
    (raw,) = readers.read("表.docx", data, FORMS, FACTS)
    assert_the_same_afresh(raw, data, FORMS[raw.form], FACTS)
    return raw


def assert_the_same_afresh(raw: RawForm, data: bytes, form: Form, facts: Mapping[str, Fact]) -> None:
    for kept in (grid._CELLS, grid._BLOCKS):
        kept._known.clear()
    package = Package(data)
    found = survey(content_of(package.xml(package.main or DOCUMENT)), form, facts)
    assert {**found.meta, "form_version": raw.meta.get("form_version")} == {"form_version": None, **raw.meta}
    assert (found.values, found.lists(), found.common) == (raw.values, raw.lists, raw.common)
    assert tuple(found.unknown) == raw.unknown


def values(raw: RawForm) -> dict[str, object]:
    return {name: answer.value for name, answer in raw.values.items()}


def lists(raw: RawForm) -> dict[str, tuple[dict[str, object], ...]]:
    return {name: tuple({k: v.value for k, v in item.items()} for item in rows) for name, rows in raw.lists.items()}


def unknown(raw: RawForm) -> list[object]:
    return [stray.value for stray in raw.unknown]


def assert_all_there(raw: RawForm) -> None:
    assert raw.form == "case_intake"
    assert values(raw) == WANTED
    assert lists(raw) == WANTED_LISTS
    assert raw.unknown == ()
    assert raw.meta["matter"].value == "2026-LA-0007"
    assert raw.meta["submitted_by"].value == "赵明远"
    assert raw.meta["submitted_at"].value == "2026年7月16日"


def codes(data: bytes) -> set[str]:
    with pytest.raises(readers.Unreadable) as caught:
        read(data)
    assert caught.value.findings
    return {finding.code for finding in caught.value.findings}


def test_every_form_of_the_office_reads_the_same_from_what_is_kept_and_afresh() -> None:
    known = shipped()
    for form in (form for form in known.forms.values() if "docx" in form.formats):
        blank = blanks.build("docx", form, known.facts)
        filled = [rewrite(blank, lambda xml, n=n: xml.replace("点击填写", escape(HOSTILE[n]), n)) for n in (1, 4, 7)]
        for data in (blank, *filled, blank):
            (raw,) = readers.read("表.docx", data, known.forms, known.facts)
            (again,) = readers.read("表.docx", data, known.forms, known.facts)
            assert again == raw
            assert_the_same_afresh(raw, data, form, known.facts)


# ── a form filled as it should be ─────────────────────────────────────────────────────────────────────


def test_what_a_clerk_fills_in_is_read_back() -> None:
    assert_all_there(read(FILLED))
    assert read(FILLED).meta["form_version"].value == 1


def test_an_untouched_blank_answers_nothing() -> None:
    raw = read(BLANK)
    assert (values(raw), lists(raw), raw.common, raw.unknown) == ({}, {}, {}, ())
    assert set(raw.meta) == {"form_version"}


@pytest.mark.office
def test_a_form_saved_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(FILLED)
    convert(tmp_path / "a.docx", "docx")
    saved = (tmp_path / "out" / "a.docx").read_bytes()
    assert "w:tag" not in text(saved) or text(saved) != text(FILLED)  # it is LibreOffice's file, not ours
    assert_all_there(read(saved))
    assert read(saved).meta["form_version"].value == 1


@pytest.mark.office
def test_a_blank_saved_by_libreoffice_answers_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(BLANK)
    convert(tmp_path / "a.docx", "docx")
    raw = read((tmp_path / "out" / "a.docx").read_bytes())
    assert (values(raw), lists(raw), raw.unknown) == ({}, {}, ())


def test_a_form_without_any_control_reads_the_same() -> None:
    assert_all_there(read(without_controls(FILLED)))


def test_places_are_said_as_people_see_them() -> None:
    raw = read(FILLED)
    assert raw.values["party.name"].place == "「当事人名称」一栏"
    assert raw.lists["evidence"][1]["name"].place == "「证据」第2行「证据名称」"


def test_an_approval_form_carries_code_and_rows() -> None:
    blank = blanks.build("docx", APPROVAL, FACTS, STEPS)
    raw = read(fill(blank, {}, {"approvals": [{"person": "钱承宇", "decision": "同意", "on": "2026-07-17"}]}))
    assert raw.form == "approval"
    assert raw.meta["party"].value == "朔州市星屿网咖有限公司"
    assert raw.common["draft"].value == "K7Q2M9"
    filled = {"step": "部门负责人", "person": "钱承宇", "decision": "同意", "on": "2026年7月17日"}
    assert lists(raw) == {"approvals": (filled,)}  # the second step was printed on the form, but nobody wrote there


# ── one item of a list, asked in pairs ────────────────────────────────────────────────────────────────

ITEM: dict[str, str | bool | list[str]] = {
    "no": "1", "kind": "责任约谈", "reason": "安全出口被遮挡。\n尚未消除。", "when": "2026年8月20日9时30分",
    "place": "二楼会议室", "hosts": "赵明远、孙立群", "reply_by": "2026-08-19", "held": True,
    "issues": "二层安全出口、疏散通道被遮挡；标志被覆盖", "moods": ["平和", "认错"], "host": "冯若谷", "a1": "知道。",
}  # fmt: skip
READ_ITEM = {**ITEM, "reply_by": "2026年8月19日", "held": "是", "moods": ("平和", "认错")}
TALK_VALUES = {"party.name": "朔州市星屿网咖有限公司", "edu.place": "示例街1号"}
TALK_FILLED = fill(TALK_BLANK, TALK_VALUES, {"talks": [ITEM], "officers": LISTS["officers"]})


def assert_talk_there(raw: RawForm) -> None:
    assert raw.form == "talk"
    assert values(raw) == TALK_VALUES
    assert lists(raw) == {"talks": (READ_ITEM,), "officers": WANTED_LISTS["officers"]}
    assert raw.unknown == ()


def typed_talk(*rows: list[str]) -> dict[str, tuple[dict[str, object], ...]]:
    return lists(read(typed("约谈情况表", "三、约谈", list(rows))))


def test_an_item_in_pairs_is_read_back_with_the_answers_that_were_given() -> None:
    assert_talk_there(read(TALK_FILLED))
    assert lists(read(fill(TALK_BLANK, {}, {"talks": [{"a2": "没有。"}]}))) == {"talks": ({"a2": "没有。"},)}


def test_an_item_in_pairs_that_nobody_wrote_in_is_none() -> None:
    assert (lists(read(TALK_BLANK)), read(TALK_BLANK).unknown) == ({}, ())
    given = blanks.build("docx", TALK, FACTS, blanks.Prefilled(items={"talks": ({"no": "2"},)}))
    assert lists(read(given)) == {}
    written = fill(given, {}, {"talks": [{"held": False}]})
    assert lists(read(written)) == {"talks": ({"no": "2", "held": "否"},)}


def test_an_item_in_pairs_is_read_by_its_labels_when_the_controls_are_gone() -> None:
    assert_talk_there(read(without_controls(TALK_FILLED)))
    assert lists(read(without_controls(TALK_BLANK))) == {}


def test_places_in_an_item_name_the_list_and_the_label() -> None:
    for data in (TALK_FILLED, without_controls(TALK_FILLED)):
        item = read(data).lists["talks"][0]
        assert item["kind"].place == "「约谈」的「约谈类型」一栏"
        assert item["place"].place == "「约谈」的「地点」一栏"
    assert read(TALK_FILLED).values["edu.place"].place == "「地点」一栏"


def test_one_label_in_two_sections_goes_by_the_heading_above_it() -> None:
    there = [["约谈类型", "责任约谈"], ["地点", "乙"]]
    here = [["当事人名称", "甲公司"], ["地点", "甲"]]
    for blocks in (("三、约谈", there, "一、当事人", here), ("一、当事人", here, "三、约谈", there)):
        raw = read(typed("约谈情况表", *blocks))
        assert values(raw)["edu.place"] == "甲"
        assert lists(raw)["talks"][0]["place"] == "乙"


def test_one_label_in_two_sections_goes_by_its_neighbours_when_the_heading_is_gone() -> None:
    there = [["地点", "乙"], ["约谈类型", "责任约谈"], ["约谈事由", "遮挡"]]
    raw = read(typed("约谈情况表", there, [["当事人名称", "甲公司"], ["地点", "甲"]]))
    assert lists(raw)["talks"][0]["place"] == "乙"
    assert values(raw)["edu.place"] == "甲"


def test_labels_of_an_item_are_no_header_of_a_table() -> None:
    assert typed_talk(["约谈序号", "1", "约谈类型", "指导约谈"], ["约谈事由", "约谈人", "主持人", "记录人"]) == {
        "talks": ({"no": "1", "kind": "指导约谈", "reason": "约谈人", "host": "记录人"},)
    }


def test_a_row_of_an_item_moved_to_a_list_keeps_its_answers() -> None:
    def move(root: object) -> None:
        tables = list(root.iter(W + "tbl"))  # type: ignore[attr-defined]
        for words in ("约谈事由", "约谈类型"):
            tables[2].append(next(tr for tr in tables[3].iter(W + "tr") if words in "".join(tr.itertext())))

    assert_talk_there(read(edit(TALK_FILLED, move)))
    assert_talk_there(read(edit(without_controls(TALK_FILLED), move)))


def test_a_second_item_pasted_below_the_first_is_reported_and_not_lost() -> None:
    def paste(root: object) -> None:
        table = list(root.iter(W + "tbl"))[3]  # type: ignore[attr-defined]
        second = copy.deepcopy(table)
        next(t for t in second.iter(W + "t") if t.text == "冯若谷").text = "钱承宇"
        table.addnext(second)

    for data in (TALK_FILLED, without_controls(TALK_FILLED)):
        raw = read(edit(data, paste))
        assert lists(raw)["talks"] == (READ_ITEM,)
        assert unknown(raw) == ["又写了一次的「约谈」的「主持人」一栏：钱承宇"]


def test_text_typed_beside_a_control_of_an_item_counts_or_is_reported() -> None:
    assert lists(read(beside(TALK_BLANK, "talks[1].host", "冯若谷"))) == {"talks": ({"host": "冯若谷"},)}
    raw = read(beside(TALK_FILLED, "talks[1].host", "钱承宇"))
    assert unknown(raw) == ["「约谈」的「主持人」一栏控件以外的文字：钱承宇"]


def test_a_control_of_an_item_copied_to_another_line_goes_by_the_label_there() -> None:
    def paste(root: object) -> None:
        target = controls(root, "talks[1].recorder")[0]
        target.getparent().replace(target, copy.deepcopy(controls(root, "talks[1].host")[0]))

    assert lists(read(edit(TALK_FILLED, paste)))["talks"] == ({**READ_ITEM, "recorder": "冯若谷"},)


@pytest.mark.office
def test_a_talk_saved_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    forms, facts = shipped().forms, shipped().facts
    blank = blanks.build("docx", forms["talk"], facts)
    section = next(section for section in forms["talk"].sections if section.list == "talks")
    item: dict[str, str | bool] = {}
    for column in section.columns:
        fact = facts["talks"].items[column.fact]
        typed_as = {"date": "2026-08-20", "datetime": "2026年8月20日9时30分", "integer": "1", "flag": False}
        item[column.fact] = fact.choices[0].label if fact.choices else typed_as.get(fact.type, f"{column.label}的回答")
    filled = fill(blank, {"party.name": "甲公司"}, {"talks": [item]})
    raws = []
    for name, data in (("blank", blank), ("filled", filled)):
        (tmp_path / f"{name}.docx").write_bytes(data)
        convert(tmp_path / f"{name}.docx", "docx")
        raws += readers.read("表", (tmp_path / "out" / f"{name}.docx").read_bytes(), forms, facts)
    empty, full = raws
    assert (values(empty), lists(empty), empty.unknown) == ({}, {}, ())
    (before,) = readers.read("表", filled, forms, facts)
    assert len(lists(before)["talks"][0]) == len(section.columns) > 50
    assert (values(full), lists(full), full.unknown) == (values(before), lists(before), ())


# hypothesis: what XML can carry, without control characters; a prompt is a prompt whoever types it
WRITABLE = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=60)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(WRITABLE)
def test_any_text_in_a_text_control_is_read_back(words: str) -> None:
    found = values(read(fill(SMALL, {"party.name": words}))).get("party.name", "")
    assert found == words.strip()


SMALL = blanks.build("docx", FORMS["case_intake"], FACTS)


# ── what people do to a form ──────────────────────────────────────────────────────────────────────────


def test_text_typed_beside_an_empty_control_counts() -> None:
    assert values(read(beside(BLANK, "party.name", "甲公司"))) == {"party.name": "甲公司"}
    assert values(read(beside(BLANK, "case.filed_on", "二〇二六年七月八日"))) == {"case.filed_on": "二〇二六年七月八日"}
    assert values(read(beside(BLANK, "case.source", "双随机"))) == {"case.source": "双随机"}


def test_text_beside_a_filled_control_is_reported_and_the_same_text_twice_is_not() -> None:
    raw = read(beside(FILLED, "party.name", "乙公司"))
    assert values(raw)["party.name"] == "朔州市星屿网咖有限公司"
    assert unknown(raw) == ["「当事人名称」一栏控件以外的文字：乙公司"]
    assert_all_there(read(beside(FILLED, "party.name", "朔州市星屿网咖有限公司")))


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("☑是 □否", "是"),
        ("□是 ☑否", "否"),
        ("√是 □否", "是"),
        ("是√  否", "是"),
        ("是 否√", "否"),
        ("□是 ■否", "否"),
        ("☒是☐否", "是"),
        ("□√是 □否", "是"),
        ("□是√ □否", "是"),
        ("□是 √□否", "否"),
        ("● 是 ○ 否", "是"),
        ("✔是", "是"),
        ("☐是 ☐否 √是", "是"),
        ("☐是 ☐否 是", "是"),
        ("☑ 是\n☐ 否", "是"),
        ("是", "是"),
        ("☑️是 ☐否", "是"),
        ("☑是 是", "是"),
        ("是 √否", "否"),
        ("是 √  否", "是"),
        ("是☑否□", "是"),
        ("□是 □否", None),
        ("☐ 是  ☐ 否", None),
        ("", None),
        ("☑是 ☑否", "是、否"),
    ],
)
def test_ticks_are_understood_however_they_are_made(written: str, wanted: str | None) -> None:
    assert values(read(typed("案件登记表", [["是否涉嫌犯罪", written]]))).get("crime.suspected") == wanted


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("☑未成年人权益 □公共安全 □群众利益、消费者合法权益 □无", ("未成年人权益",)),
        ("☑未成年人权益 √公共安全 □无", ("未成年人权益", "公共安全")),
        ("□未成年人权益 □公共安全 ☑无", ()),
        ("☑未成年人权益 ☑无", ("未成年人权益", "无")),
        ("□未成年人权益 □无", None),
        ("公共安全、未成年人权益", "公共安全、未成年人权益"),
        ("☑动物 □无", ("动物",)),
        ("无", "无"),
    ],
)
def test_a_group_of_boxes_gives_its_labels_and_none_is_empty(written: str, wanted: object) -> None:
    assert values(read(typed("案件登记表", [["严重情形", written]]))).get("harm.classes") == wanted


def test_a_tick_typed_beside_the_boxes_counts() -> None:
    assert values(read(beside(BLANK, "crime.suspected=no", "  √是"))) == {"crime.suspected": "是"}
    raw = read(beside(fill(BLANK, {"crime.suspected": False}), "crime.suspected=no", "  也许"))
    assert values(raw) == {"crime.suspected": "否"}
    assert unknown(raw) == ["「是否涉嫌犯罪」一栏控件以外的文字：也许"]


@pytest.mark.parametrize(
    "label",
    [
        "当 事 人 名 称",
        "当事人名称：",
        "当事人名称:",
        "　当事人名称＊",
        "单位名称",
        "当事人名称（全称）",
        "当事人名称\n（单位写全称）",
        "名称（姓名）",
        "名称(姓名)",
    ],
)
def test_a_label_is_known_with_spaces_colons_stars_and_remarks(label: str) -> None:
    assert values(read(typed("案件登记表", [[label, "甲公司"]]))) == {"party.name": "甲公司"}


def test_labels_and_values_in_running_text_are_read() -> None:
    raw = read(typed("案件登记表", "填表人：赵明远　填表日期：２０２６年７月１６日", [["承办机构：大队"]]))
    assert {name: answer.value for name, answer in raw.meta.items()} == {
        "submitted_by": "赵明远",
        "submitted_at": "２０２６年７月１６日",
    }
    assert values(raw) == {"unit": "大队"}


def test_four_columns_and_group_headings_are_read() -> None:
    raw = read(
        typed("案件登记表", [["当事人", "名称（姓名）", "甲公司", "电话", "138"], ["", "法定代表人", "田野禾", "", ""]])
    )
    assert values(raw) == {"party.name": "甲公司", "party.phone": "138", "party.legal_rep": "田野禾"}


def test_one_label_for_two_answers_goes_by_the_heading() -> None:
    raw = read(typed("案件登记表", "七、约谈", [["地点", "乙"]], "六、教育", [["地点", "甲"]]))
    assert values(raw) == {"edu.place": "甲", "talk.place": "乙"}


def test_one_label_for_two_answers_with_nothing_to_tell_them_apart_goes_by_the_order_of_the_form() -> None:
    assert values(read(typed("案件登记表", [["地点", "甲"], ["地点", "乙"]]))) == {"edu.place": "甲", "talk.place": "乙"}


def test_a_label_that_the_form_does_not_have_is_reported() -> None:
    raw = read(typed("案件登记表", [["当事人名称", "甲公司"], ["联系地扯", "示例街1号"]]))
    assert unknown(raw) == ["联系地扯：示例街1号"]
    assert raw.unknown[0].place == "「联系地扯」一栏"


def test_one_answer_written_twice_differently_is_reported() -> None:
    raw = read(typed("案件登记表", [["当事人名称", "甲公司"], ["单位名称", "乙公司"], ["当事人名称", "甲公司"]]))
    assert values(raw) == {"party.name": "甲公司"}
    assert len(raw.unknown) == 1
    assert "乙公司" in str(raw.unknown[0].value)


def test_rows_moved_to_another_table_keep_their_answers() -> None:
    def move(root: object) -> None:
        tables = list(root.iter(W + "tbl"))  # type: ignore[attr-defined]
        for tag in ("party.name", "officers[1].name"):
            tables[-1].append(row_of(root, tag))
        tables[0].append(row_of(root, "crime.suspected=no"))

    moved = edit(FILLED, move)
    assert moved != FILLED
    assert_all_there(read(moved))

    def move_by_hand(root: object) -> None:
        tables = list(root.iter(W + "tbl"))  # type: ignore[attr-defined]
        row = next(tr for tr in root.iter(W + "tr") if "当事人名称" in "".join(tr.itertext()))  # type: ignore[attr-defined]
        tables[4].append(row)

    assert_all_there(read(edit(without_controls(FILLED), move_by_hand)))


def test_columns_may_stand_in_any_order_and_a_number_column_may_be_added() -> None:
    table = [
        ["序号", "执法证号", "姓　名"],
        ["1", "04060200101", "赵明远"],
        ["", "", ""],
        ["2", "04060200102", "孙立群"],
    ]
    raw = read(typed("案件登记表", [["当事人名称", "甲"]], table))
    assert lists(raw)["officers"] == WANTED_LISTS["officers"]
    assert raw.lists["officers"][1]["name"].place == "「执法人员」第3行「姓名」"
    assert raw.unknown == ()


def test_a_column_that_the_form_does_not_have_is_reported() -> None:
    raw = read(typed("案件登记表", [["姓名", "执法证号", "职务"], ["赵明远", "04060200101", "队长"]]))
    assert unknown(raw) == ["职务：队长"]


def test_a_row_added_with_the_tab_key_has_no_controls_and_counts() -> None:
    def tab(root: object) -> None:
        last = row_of(root, "officers[1].name")
        row = copy.deepcopy(last)
        for cell, words in zip(row.iter(W + "tc"), ("周小满", "04060200103"), strict=True):
            paragraph = cell.find(W + "p")
            for child in list(paragraph):
                paragraph.remove(child)
            paragraph.append(row.makeelement(W + "r", {}))
            piece = row.makeelement(W + "t", {})
            piece.text = words
            paragraph[0].append(piece)
        last.addnext(row)

    assert lists(read(edit(FILLED, tab)))["officers"][2] == {"name": "周小满", "cert_no": "04060200103"}


def test_none_for_a_list_may_be_ticked_or_written() -> None:
    for table in (
        [["姓名", "执法证号"], ["无", ""]],
        [["姓名", "执法证号"], ["无", "无"]],
        [["☑无（确无内容的勾选）"], ["姓名", "执法证号"], ["", ""]],
        [["√ 无"], ["姓名", "执法证号"]],
        [["无"], ["姓名", "执法证号"]],
    ):
        assert lists(read(typed("案件登记表", table))) == {"officers": ()}
    assert lists(read(typed("案件登记表", "三、执法人员", "☑无", [["姓名", "执法证号"]]))) == {"officers": ()}
    assert lists(read(typed("案件登记表", [["☐无"], ["姓名", "执法证号"], ["", ""]]))) == {}


def test_none_and_rows_together_are_reported() -> None:
    raw = read(fill(FILLED, {}, {"officers": []}))
    assert len(lists(raw)["officers"]) == 2
    assert unknown(raw) == ["既勾选「无」又填写了内容"]


def test_none_as_a_text_stays_a_text() -> None:
    assert values(read(fill(BLANK, {"fact.summary": "无"}))) == {"fact.summary": "无"}


def test_a_control_copied_to_another_line_goes_by_the_label_there() -> None:
    def paste(root: object) -> None:
        target = controls(root, "fact.summary")[0]
        target.getparent().replace(target, copy.deepcopy(controls(root, "party.name")[0]))

    raw = read(edit(fill(BLANK, {"party.name": "甲公司"}), paste))
    assert values(raw) == {"party.name": "甲公司", "fact.summary": "甲公司"}


def test_wps_leaves_the_mark_of_a_prompt_when_people_type() -> None:
    data = rewrite(
        fill(BLANK, {"party.name": "甲公司"}),
        lambda xml: xml.replace('<w:tag w:val="party.name"/>', '<w:tag w:val="party.name"/><w:showingPlcHdr/>'),
    )
    assert values(read(data)) == {"party.name": "甲公司"}


def test_a_prompt_of_the_offices_own_is_no_answer() -> None:
    data = rewrite(BLANK, lambda xml: xml.replace(">点击填写<", ">请在此处填写内容<"))
    assert values(read(data)) == {}


# ── tracked changes and the oddities of Word ──────────────────────────────────────────────────────────

RUN = "<w:r><w:t>{}</w:t></w:r>"
GONE = "<w:del w:id='1' w:author='x'><w:r><w:delText>{0}</w:delText></w:r><w:r><w:t>{0}</w:t></w:r></w:del>"
NEW = "<w:ins w:id='2' w:author='x'><w:r><w:t>{}</w:t></w:r></w:ins>"


@pytest.mark.parametrize(
    "content",
    [
        RUN.format("甲") + GONE.format("乙") + NEW.format("公司"),
        RUN.format("甲") + "<w:moveFrom w:id='1' w:author='x'><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:moveTo w:id='2' w:author='x'><w:r><w:t>公司</w:t></w:r></w:moveTo>",
        "<w:r><w:t>甲</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:rPr><w:b/></w:rPr><w:t>公</w:t></w:r>"
        + RUN.format("司"),
        "<w:hyperlink><w:r><w:t>甲公</w:t></w:r></w:hyperlink>" + RUN.format("司"),
        "<w:smartTag>" + RUN.format("甲公司") + "</w:smartTag>",
        "<w:r><w:ruby><w:rt><w:r><w:t>jia</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甲</w:t></w:r></w:rubyBase></w:ruby>"
        "<w:t>公司</w:t></w:r>",
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>图章</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
        + RUN.format("甲公司"),
        "<w:ins w:id='1' w:author='x'>" + GONE.format("乙") + RUN.format("甲公司") + "</w:ins>",
    ],
)
def test_the_final_text_counts(content: str) -> None:
    assert values(read(typed("案件登记表", [["当事人名称", content]]))) == {"party.name": "甲公司"}


def test_a_deleted_paragraph_mark_joins_and_a_deleted_row_is_gone() -> None:
    cell = (
        "<w:tc><w:p><w:pPr><w:rPr><w:del w:id='1' w:author='x'/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>公司</w:t></w:r></w:p></w:tc>"
    )
    data = typed("案件登记表", [["当事人名称", cell], ["联系电话", "138"]])
    assert values(read(data)) == {"party.name": "甲公司", "party.phone": "138"}
    gone = "<w:tr><w:trPr><w:del w:id='2' w:author='x'/></w:trPr>"
    head, tail = text(data).rsplit("<w:tr>", 1)
    assert values(read(replace_parts(data, {DOCUMENT: (head + gone + tail).encode()}))) == {"party.name": "甲公司"}


def test_symbols_and_old_check_boxes_are_ticks() -> None:
    symbol = "<w:sym w:font='Wingdings' w:char='{}'/><w:t>{}</w:t>"
    wingdings = f"<w:r>{symbol.format('F0FE', '是')}{symbol.format('F0A8', '否')}</w:r>"
    old = "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>"
    off, on = old.format("<w:default w:val='0'/>"), old.format("<w:default w:val='0'/><w:checked/>")
    raw = read(
        typed("案件登记表", [["是否涉嫌犯罪", wingdings], ["另案", off + RUN.format("是") + on + RUN.format("否")]])
    )
    assert values(raw) == {"crime.suspected": "是", "case.separate": "否"}


def test_merged_cells_and_nested_tables_do_no_harm() -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    nested = f"<w:tc>{inner}<w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>"
    start = "<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>赵明远</w:t></w:r></w:p></w:tc>"
    goes_on = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    wide = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>执法证号</w:t></w:r></w:p></w:tc>"
    raw = read(
        typed(
            "案件登记表",
            [["当事人名称", nested]],
            [["姓名", "执法证号"], [start, "1"], [goes_on, "2"], [goes_on, ""]],
            [["许可证件"], ["证件编号", wide]],
            [[goes_on]],
        )
    )
    assert values(raw) == {"party.name": "甲"}
    assert lists(raw)["officers"] == ({"name": "赵明远", "cert_no": "1"}, {"name": "赵明远", "cert_no": "2"})


def test_controls_around_cells_rows_and_tables_are_looked_through() -> None:
    def wrap(root: object) -> None:
        cell = controls(root, "party.name")[0]
        while cell.tag != W + "tc":
            cell = cell.getparent()
        for inner in (cell, row_of(root, "crime.suspected=no"), next(root.iter(W + "tbl"))):  # type: ignore[attr-defined]
            sdt = inner.makeelement(W + "sdt", {})
            inner.getparent().replace(inner, sdt)
            content = inner.makeelement(W + "sdtContent", {})
            sdt.append(content)
            content.append(inner)

    assert_all_there(read(edit(FILLED, wrap)))


def test_strict_open_xml_is_read() -> None:
    data = rewrite(
        FILLED,
        lambda xml: xml.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
    )
    assert_all_there(read(data))


# ── which form ────────────────────────────────────────────────────────────────────────────────────────


def test_a_form_is_known_by_property_by_footer_and_by_title() -> None:
    anonymous = rewrite(FILLED, lambda xml: xml.replace(">案件登记表<", "><"))
    by_footer = replace_parts(anonymous, {"docProps/custom.xml": None})
    by_title = replace_parts(FILLED, {"docProps/custom.xml": None, "word/footer1.xml": None})
    for data in (anonymous, by_footer, by_title):
        assert_all_there(read(data))
    assert read(typed("案 件 登 记 表（2026年）", [["电话", "1"]])).form == "case_intake"
    assert read(typed([["案件登记表"], ["电话", "1"]])).form == "case_intake"


def test_an_unknown_form_is_returned_with_the_known_titles() -> None:
    with pytest.raises(readers.Unreadable) as caught:
        read(typed("案件登计表", [["电话", "1"]]))
    (finding,) = caught.value.findings
    assert finding.code == "E-FORM-UNKNOWN"
    assert "是否为「案件登记表」" in finding.message
    assert "《审批意见表》" in finding.message
    assert codes(typed("会议通知")) == {"E-FORM-UNKNOWN"}
    assert codes(typed()) == {"E-FORM-UNKNOWN"}


# ── files that are not to be trusted ──────────────────────────────────────────────────────────────────


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_torn_file_is_damaged() -> None:
    assert codes(FILLED[: len(FILLED) // 2]) == {"E-FILE-DAMAGED"}
    assert codes(replace_parts(FILLED, {DOCUMENT: b"<w:document"})) == {"E-FILE-DAMAGED"}
    assert codes(replace_parts(FILLED, {DOCUMENT: None})) == {"E-FILE-DAMAGED"}
    assert codes(replace_parts(FILLED, {DOCUMENT: b"<a/>"})) == {"E-FILE-DAMAGED"}
    assert codes(b"") == {"E-FILE-DAMAGED"}


def test_an_encrypted_file_is_said_to_be_encrypted() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert codes(ole + "EncryptedPackage".encode("utf-16-le")) == {"E-FILE-ENCRYPTED"}
    assert codes(ole) == {"E-FILE-TYPE"}
    flagged = bytearray(FILLED)
    entry = flagged.find(b"PK\x01\x02")
    flagged[entry + 8] |= 1
    assert codes(bytes(flagged)) == {"E-FILE-ENCRYPTED"}


def test_macros_slides_and_plain_zips_are_of_the_wrong_type() -> None:
    assert codes(replace_parts(FILLED, {"word/vbaProject.bin": b"x"})) == {"E-FILE-TYPE"}
    macro = rewrite(
        FILLED, lambda xml: xml.replace("document.main", "document.macroEnabled.main"), "[Content_Types].xml"
    )
    assert codes(macro) == {"E-FILE-TYPE"}
    assert codes(zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<x/>"})) == {"E-FILE-TYPE"}
    assert codes(zipped({"a.txt": b"x"})) == {"E-FILE-TYPE"}
    assert codes(b"%PDF-1.7 ...") == {"E-FILE-DAMAGED"}
    assert codes(b"\x89PNG\r\n\x1a\n\x00\x00") == {"E-FILE-TYPE"}


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    assert codes(replace_parts(FILLED, {"word/media/a.bin": bytes(51 * 1024 * 1024)})) == {"E-FILE-SIZE"}
    assert codes(replace_parts(FILLED, {"word/media/a.bin": bytes(5 * 1024 * 1024)})) == {"E-FILE-SIZE"}
    assert codes(replace_parts(FILLED, {f"word/media/{n}": b"" for n in range(2001)})) == {"E-FILE-SIZE"}


def test_entities_are_never_expanded() -> None:
    inside = text(FILLED).split("?>\n", 1)[1]
    for declared in ("<!DOCTYPE x>", '<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "http://example.invalid/">'):
        assert codes(replace_parts(FILLED, {DOCUMENT: (declared + inside).encode()})) == {"E-FILE-DAMAGED"}


def test_the_content_decides_and_not_the_name() -> None:
    (raw,) = readers.read("表.json", FILLED, FORMS, FACTS)
    assert_all_there(raw)


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_bytes_come_nothing_but_unreadable_is_raised(data: st.DataObject) -> None:
    bytes_ = bytearray(FILLED)
    for _ in range(data.draw(st.integers(1, 8))):
        bytes_[data.draw(st.integers(0, len(bytes_) - 1))] = data.draw(st.integers(0, 255))
    try:
        readers.read("表.docx", bytes(bytes_), FORMS, FACTS)
    except readers.Unreadable as wrong:
        assert wrong.findings[0].message


XML_BITS = st.sampled_from(
    [
        "<w:sdt>",
        "</w:sdt>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:p>",
        "</w:p>",
        "<w:sdtContent>",
        "</w:sdtContent>",
    ]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(XML_BITS, st.integers(0, 400), st.sampled_from(["", "<w:p/>", "<w:tbl/>", "<w:tbl><w:tr/></w:tbl>", "<w:sdt/>"]))
def test_strange_structure_is_read_or_refused(cut: str, number: int, instead: str) -> None:
    parts = text(FILLED).split(cut)
    at = number % len(parts)
    xml = cut.join(parts[: at + 1]) + instead + cut.join(parts[at + 1 :])
    try:
        readers.read("表.docx", replace_parts(FILLED, {DOCUMENT: xml.encode()}), FORMS, FACTS)
    except readers.Unreadable as wrong:
        assert {finding.code for finding in wrong.findings} == {"E-FILE-DAMAGED"}


def test_a_strange_but_valid_structure_does_no_harm() -> None:
    strange = (
        "<w:sdt/>",
        "<w:sdt><w:sdtPr/></w:sdt>",
        "<w:tbl/>",
        "<w:tbl><w:tr/></w:tbl>",
        "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>",
        "<!-- x --><?pi x?>",
        "<w:p><w:sdt><w:sdtContent/></w:sdt></w:p>",
    )
    for bit in strange:
        assert_all_there(read(rewrite(FILLED, lambda xml, bit=bit: xml.replace("<w:body>", "<w:body>" + bit))))  # type: ignore[misc]


def test_full_width_digits_are_left_to_whoever_types_the_answer() -> None:
    assert unicodedata.normalize("NFKC", str(values(read(FILLED))["fine.amount"])) == "15000.00"
    assert INTAKE.title == "案件登记表"
