"""Spreadsheets: what a row says is what Word and JSON say; what Excel has spoilt is named; what is made is read again."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from paperwork import blanks, catalogue, demo, marking, readers, validation
from paperwork.model import Catalogue, Fact, Finding, Form, Outcome, RawForm
from paperwork.sheetform import FILED_SHEET, HELP_SHEET, NUMBER, WHY, columns_of, grids, items, look
from paperwork.sheetform.samples import hint_of
from paperwork.wordform import Package
from tests.factories import a_drop
from tests.form_factories import FACTS, choices
from tests.sheetpen import row_of, sheet, workbook
from tests.stories.cases import S01
from tests.test_blanks import convert

CASE = "case_intake"


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return catalogue.load(Path(__file__).parent.parent)


def s01(known: Catalogue, **changed: Any) -> dict[str, Any]:
    """The row of S01, some cells of it changed."""
    return {**row_of(S01, columns_of(known.forms[CASE], known.facts)), **changed}


def read(known: Catalogue, data: bytes) -> tuple[RawForm, ...]:
    return readers.read("表.xlsx", data, known.forms, known.facts)


def one(known: Catalogue, data: bytes) -> RawForm:
    (raw,) = read(known, data)
    return raw


def checked(known: Catalogue, raw: RawForm) -> validation.Checked:
    return validation.read(raw, known.forms[raw.form], known, a_drop(), "")


def findings(known: Catalogue, data: bytes) -> list[Finding]:
    return list(checked(known, one(known, data)).findings)


def refused(known: Catalogue, data: bytes, name: str = "表.xlsx") -> Finding:
    with pytest.raises(readers.Unreadable) as caught:
        readers.read(name, data, known.forms, known.facts)
    (finding,) = caught.value.findings
    return finding


def plainly(known: Catalogue, cells: Mapping[str, Any], *above: list[Any]) -> bytes:
    """A sheet that no blank of ours is: heads and one row of a form, under what an office writes above them."""
    labels = {column.tag: column.label for column in columns_of(known.forms[CASE], known.facts)}
    heads = [labels.get(tag, tag) for tag in cells]
    return workbook(("Sheet1", [*above, heads, list(cells.values())]))


# ── the same values ───────────────────────────────────────────────────────────────────────────────────


def test_a_row_says_what_the_json_form_says(known: Catalogue) -> None:
    import json

    (told,) = readers.read("表.json", json.dumps(S01).encode(), known.forms, known.facts)
    raw = one(known, sheet(known, CASE, [s01(known)]))
    assert raw.row == 7
    by_json, by_sheet = checked(known, told), checked(known, raw)
    assert by_sheet.findings == by_json.findings == ()
    assert by_sheet.submission.facts == by_json.submission.facts
    assert by_sheet.submission.content_key == by_json.submission.content_key


def test_dates_as_serials_as_dates_and_as_text_are_one(known: Catalogue) -> None:
    def dated(book: Any, page: Any, row: int, column: int) -> None:
        page.write_datetime(row, column, dt.datetime(2026, 7, 8), book.add_format({"num_format": "yyyy/m/d"}))

    def timed(book: Any, page: Any, row: int, column: int) -> None:
        page.write_datetime(row, column, dt.datetime(2026, 7, 8, 15, 10), book.add_format({"num_format": "m-d h:mm"}))

    keys = set()
    for day, moment in ((46211, 46211 + 910 / 1440), (dated, timed), ("2026年7月8日", "2026年7月8日15时10分")):
        data = plainly(known, s01(known, **{"case.found_on": day, "fact.time": moment}))
        keys.add(checked(known, one(known, data)).submission.content_key)
    assert keys == {checked(known, one(known, sheet(known, CASE, [s01(known)]))).submission.content_key}


def test_a_workbook_of_an_old_mac_counts_from_1904(known: Catalogue) -> None:
    data = plainly(known, {"party.name": "甲", "party.address": "乙", "case.found_on": 46211 - 1462}, ["案件登记表"])
    old = with_part(data, "xl/workbook.xml", lambda xml: re.sub(rb"<workbookPr[^>]*/>", b'<workbookPr date1904="1"/>', xml))
    assert one(known, old).values["case.found_on"].value == "2026-07-08"


def test_nothing_is_an_answer_and_a_blank_is_none(known: Catalogue) -> None:
    raw = one(known, sheet(known, CASE, [{"party.name": "甲", "harm.classes": "无", "evidence": "无", "harm.desc": " "}]))
    facts = checked(known, raw).submission.facts
    assert facts["harm.classes"] == () and facts["evidence"] == ()
    assert "harm.desc" not in facts and "officers" not in facts


def test_several_answers_in_one_cell_are_a_set(known: Catalogue) -> None:
    raw = one(known, sheet(known, CASE, [{"party.name": "甲", "harm.classes": "未成年人权益、群众利益、消费者合法权益"}]))
    assert checked(known, raw).submission.facts["harm.classes"] == ("public_interest", "minors")


def test_items_of_a_list_stand_on_lines_of_one_cell(known: Catalogue) -> None:
    cell = "1｜视听资料｜现场照片｜3||2026-07-08｜改正前后状况\n\n 2 | 书证｜执照｜1｜当事人\t｜证明主体 "
    evidence = one(known, sheet(known, CASE, [{"party.name": "甲", "evidence": cell}])).lists["evidence"]
    assert [{name: raw.value for name, raw in item.items()} for item in evidence] == [
        {"no": "1", "kind": "视听资料", "name": "现场照片", "pages": "3", "collected_on": "2026-07-08", "proves": "改正前后状况"},
        {"no": "2", "kind": "书证", "name": "执照", "pages": "1", "source": "当事人", "proves": "证明主体"},
    ]
    assert evidence[1]["kind"].place == "「证据」第2行「证据种类」"


def test_a_part_too_many_is_named_and_no_part_is_lost(known: Catalogue) -> None:
    told = findings(known, sheet(known, CASE, [s01(known, officers="赵明远｜04060200101；孙立群｜04060200102")]))
    assert any("04060200102" in finding.found and finding.place == "「执法人员」第1行" for finding in told)


# ── what Excel spoils ─────────────────────────────────────────────────────────────────────────────────


def test_a_credit_code_that_became_a_number_is_told_how_to_be_mended(known: Catalogue) -> None:
    told = findings(known, sheet(known, CASE, [s01(known, **{"party.uscc": 911406020000001230})]))
    (finding,) = [finding for finding in told if finding.field == "party.uscc"]
    assert finding.code == "E-CELL-NUMBER"
    assert "文本" in finding.message and "重新填写" in finding.message


def test_a_phone_that_became_a_number_is_still_whole(known: Catalogue) -> None:
    raw = one(known, sheet(known, CASE, [s01(known, **{"party.phone": 13800138000})]))
    assert raw.values["party.phone"].value == "13800138000"


def test_a_text_that_became_a_date_goes_back(known: Catalogue) -> None:
    def dated(book: Any, page: Any, row: int, column: int) -> None:
        page.write_datetime(row, column, dt.datetime(2026, 3, 5), book.add_format({"num_format": "m-d"}))

    told = findings(known, plainly(known, s01(known, **{"case.source_ref": dated})))
    assert [(finding.code, finding.field) for finding in told] == [("E-CELL-DATE", "case.source_ref")]


def test_a_formula_counts_by_what_was_last_computed(known: Catalogue) -> None:
    def computed(_: Any, page: Any, row: int, column: int) -> None:
        page.write_formula(row, column, '="甲"&"乙"', None, "甲乙")

    assert one(known, plainly(known, s01(known, **{"case.title": computed}))).values["case.title"].value == "甲乙"


@pytest.mark.parametrize("value", ["#REF!", None])
def test_a_formula_that_gives_nothing_is_not_taken_for_a_blank(known: Catalogue, value: str | None) -> None:
    def formula(_: Any, page: Any, row: int, column: int) -> None:
        page.write_formula(row, column, "=Z9", None, value or "@@")

    data = plainly(known, s01(known, **{"harm.desc": formula}))
    if value is None:  # as programs write it that do not compute
        data = with_part(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>@@</v>", b""))
    told = findings(known, data)
    assert [(finding.code, finding.field) for finding in told] == [("E-CELL-FORMULA", "harm.desc")]


# ── sheets as offices make them ───────────────────────────────────────────────────────────────────────


def test_lines_above_the_heads_a_number_column_and_empty_rows_do_no_harm(known: Catalogue) -> None:
    row = s01(known)
    above = [["朔城区文化和旅游局"], [], ["案件登记表（2026年7月）"], ["单位：", None, "填报："]]
    data = plainly(known, {"序号": 1, **row}, *above)
    assert checked(known, one(known, data)).submission.facts == checked(known, one(known, plainly(known, row))).submission.facts
    spaced = workbook(("Sheet1", [["当事人名称", "发现日期"], [], ["甲", "2026-07-08"], [" ", None], ["当事人名称", "发现日期"], ["乙"]]), ("案件登记表", []))
    assert [(raw.row, raw.values["party.name"].value) for raw in read(known, spaced)] == [(3, "甲"), (6, "乙")]


def test_columns_may_be_moved_left_out_and_called_otherwise(known: Catalogue) -> None:
    data = workbook(("案件登记表", [["案由", "单位名称 ＊", "信用代码"], ["某行为", "甲", "91140602MAXX002268"]]))
    assert {name: raw.value for name, raw in one(known, data).values.items()} == {
        "case.act": "某行为", "party.name": "甲", "party.uscc": "91140602MAXX002268",
    }  # fmt: skip


def test_a_value_merged_over_rows_belongs_to_each(known: Catalogue) -> None:
    def merged(_: Any, page: Any, row: int, column: int) -> None:
        page.merge_range(row, column, row + 1, column, "甲公司")

    rows = [["当事人名称", "涉嫌违法行为"], [merged, "其一"], [None, "其二"]]
    told = read(known, workbook(("案件登记表", rows)))
    assert [(raw.values["party.name"].value, raw.values["case.act"].value) for raw in told] == [("甲公司", "其一"), ("甲公司", "其二")]


def test_a_column_that_the_form_does_not_ask_is_named_where_it_says_something(known: Catalogue) -> None:
    first, second = read(known, sheet(known, CASE, [s01(known, 备注="请加急"), s01(known)]))
    assert [finding.code for finding in checked(known, first).findings] == ["E-FIELD-UNKNOWN"]
    assert checked(known, second).findings == ()


def test_hidden_sheets_and_sheets_of_help_hold_no_rows(known: Catalogue) -> None:
    def hide(_: Any, page: Any, row: int, column: int) -> None:
        page.hide()

    rows = [["当事人名称", "涉嫌违法行为"], ["甲", "某行为"]]
    data = workbook(("案件登记表", rows), ("旧", [*rows, [hide]]), (HELP_SHEET, rows), (FILED_SHEET, rows), ("草稿", [["随手记"]]))
    assert len(read(known, data)) == 1
    assert refused(known, workbook(("案件登记表", rows), ("八月", rows))).code == "E-SHEET-SEVERAL"


def test_an_example_that_was_filled_in_goes_back_and_is_not_lost(known: Catalogue) -> None:
    blank = blanks.build("xlsx", known.forms[CASE], known.facts)
    assert refused(known, blank).code == "E-SHEET-EMPTY"
    changed = workbook(("案件登记表", [[NUMBER, "当事人名称", "涉嫌违法行为"], ["示例", "甲公司", "某行为"]]))
    assert [finding.code for finding in findings(known, changed)] == ["E-SHEET-EXAMPLE"]


def test_what_is_one_too_many_in_a_line_is_named_with_what_belongs_there(known: Catalogue) -> None:
    (found,) = findings(known, sheet(known, CASE, [s01(known, officers="赵明远｜04060200101｜x\n孙立群｜04060200102")]))
    assert found.code == "E-FIELD-UNKNOWN"
    assert found.message == "「执法人员」第1行多出了「x」，一行只写：姓名｜执法证号"


def test_help_says_nothing_twice_and_names_every_industry_of_the_table(known: Catalogue) -> None:
    columns = {column.tag: column for column in columns_of(known.forms[CASE], known.facts)}
    assert hint_of(columns["investigation.steps"]).count("顿号") == 1
    assert all(name in columns["case.industry"].help for name in known.competence)
    codes = [choice.label for choice in known.facts["no_penalty.ground"].choices]
    assert all(code in columns["no_penalty.ground"].help for code in codes)


def test_the_example_row_is_one_case_that_can_be_copied(known: Catalogue) -> None:
    import json

    data = blanks.build("xlsx", known.forms[CASE], known.facts)
    first = grids(data, Package(data))[0]
    example = first.texts(5)
    copied = workbook(("案件登记表", [[NUMBER, *first.texts(3)[1:]], ["1", *example[1:]]]))
    by_sheet = checked(known, one(known, copied))
    (told,) = readers.read("表.json", json.dumps(demo.sample("s01_intake")).encode(), known.forms, known.facts)
    assert by_sheet.findings == ()
    assert by_sheet.submission.facts == checked(known, told).submission.facts


def test_heads_alone_tell_the_form_only_when_they_are_its_own(known: Catalogue) -> None:
    columns = columns_of(known.forms["duties"], known.facts)
    heads = [column.label for column in columns]
    assert one(known, workbook(("Sheet1", [heads, ["x"] * len(heads)]))).form == "duties"
    assert refused(known, workbook(("Sheet1", [[*heads, "别的"], ["x"] * len(heads)]))).code == "E-FORM-UNKNOWN"


def test_a_workbook_of_nobody_is_told_what_there_is(known: Catalogue) -> None:
    assert refused(known, workbook(("Sheet1", [["甲", "乙"], [1, 2]]))).code == "E-FORM-UNKNOWN"
    assert refused(known, workbook(("案件登记表", [["甲", "乙"], [1, 2]]))).code == "E-SHEET-HEAD"


# ── without trust ─────────────────────────────────────────────────────────────────────────────────────


def with_part(data: bytes, name: str, change: Any, **more: bytes) -> bytes:
    """The same zip with one member changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, change(old.read(member)) if member == name else old.read(member))
        for member, content in more.items():
            new.writestr(member, content)
    return out.getvalue()


def test_macros_old_files_torn_files_and_bombs_are_refused(known: Catalogue) -> None:
    good = sheet(known, CASE, [s01(known)])
    types = "[Content_Types].xml"
    macro = with_part(good, types, lambda xml: xml.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"))
    assert refused(known, macro, "表.xlsm").code == "E-FILE-TYPE"
    assert refused(known, good[: len(good) // 2]).code == "E-FILE-DAMAGED"
    assert "Excel" in refused(known, b"no zip").message
    bomb = with_part(good, "xl/worksheets/sheet1.xml", lambda _: b"<worksheet>" + b" " * 40_000_000 + b"</worksheet>")
    assert refused(known, bomb).code == "E-FILE-SIZE"


def test_a_cell_far_away_costs_no_memory(known: Catalogue) -> None:
    rows: list[list[Any]] = [["当事人名称", "涉嫌违法行为"], ["甲", "某行为"]]

    def far(_: Any, page: Any, row: int, column: int) -> None:
        page.write(1_048_575, 16_383, "x")

    def painted(book: Any, page: Any, row: int, column: int) -> None:
        page.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

    assert refused(known, workbook(("案件登记表", [*rows, [far]]))).code == "E-FILE-SIZE"
    assert len(read(known, workbook(("案件登记表", [*rows, [painted]])))) == 1


def test_empty_cells_before_a_failed_one_are_not_blamed(known: Catalogue) -> None:
    def painted(book: Any, page: Any, row: int, column: int) -> None:
        page.write_blank(row, column, None, book.add_format({"bold": True}))

    def failed(_: Any, page: Any, row: int, column: int) -> None:
        page.write_formula(row, column, "=1/0", None, "#DIV/0!")

    rows = [["当事人名称", "案由", "危害后果说明"], ["甲", painted, failed]]
    assert [f.field for f in findings(known, workbook(("案件登记表", rows)))] == ["harm.desc"]


def test_two_thousand_rows_are_read_and_more_are_refused(known: Catalogue) -> None:
    head = ["当事人名称", "涉嫌违法行为"]
    rows = [[f"甲{n}", "某行为"] for n in range(2001)]
    assert len(read(known, workbook(("案件登记表", [head, *rows[:2000]])))) == 2000
    assert refused(known, workbook(("案件登记表", [head, *rows]))).code == "E-FILE-SIZE"


# ── the blank ─────────────────────────────────────────────────────────────────────────────────────────


def xml(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_a_blank_explains_itself_and_holds_cells_to_their_kind(known: Catalogue) -> None:
    data = blanks.build("xlsx", known.forms[CASE], known.facts)
    assert data == blanks.build("xlsx", known.forms[CASE], known.facts)
    first = grids(data, Package(data))[0]
    heads, help, example = first.texts(3), first.texts(4), first.texts(5)
    assert (heads[0], help[0], example[0]) == (NUMBER, "说明", "示例")
    assert "当事人名称＊" in heads and "责任" not in heads
    assert "姓名｜执法证号" in help[heads.index("执法人员")]
    assert example[heads.index("执法人员")] == "赵明远｜04060200101\n孙立群｜04060200102"
    told = xml(data)
    assert 'state="frozen"' in told and "选项!" in told
    assert 'type="date"' in told and 'formatCode="@"' in xml(data, "xl/styles.xml")  # 「文本」
    assert "hidden" in xml(data, "xl/workbook.xml")


def test_every_blank_spreadsheet_is_read_again_by_its_own_heads(known: Catalogue) -> None:
    for form in known.forms.values():
        columns = columns_of(form, known.facts)
        data = sheet(known, form.id, [{column.tag: "x" for column in columns}])
        found = look(Package(data), grids(data, Package(data)), known.forms, known.facts)
        assert found.form.id == form.id
        assert [column.tag for column in found.table.columns.values()] == [column.tag for column in columns]
        assert not found.table.strays


def test_labels_that_a_form_has_twice_are_told_apart() -> None:
    from paperwork.model import Field, Section

    facts = {**FACTS, "other.kind": Fact("other.kind", "承办机构", "choice", choices=choices(a="甲"))}
    asked = tuple(Section(title, "sets", (Field(name, "承办机构"),)) for title, name in (("一", "unit"), ("二", "other.kind")))
    form = Form("twice", "两次", 1, "case", "inbox", ("xlsx",), asked)
    labels = [column.label for column in columns_of(form, facts) if column.kind == "value"]
    assert labels == ["承办机构", "承办机构（二）"]


def test_a_blank_begun_for_a_matter_bears_it(known: Catalogue) -> None:
    given = blanks.Prefilled(
        meta={"matter": "2026-LA-0001"}, values={"party.name": "甲"}, items={"officers": ({"name": "赵明远", "cert_no": "1"},)}
    )
    raw = one(known, blanks.build("xlsx", known.forms[CASE], known.facts, given))
    assert (raw.meta["matter"].value, raw.values["party.name"].value) == ("2026-LA-0001", "甲")
    assert raw.lists["officers"][0]["name"].value == "赵明远"


def test_a_list_in_a_cell_is_written_as_it_is_read(known: Catalogue) -> None:
    column = next(c for c in columns_of(known.forms[CASE], known.facts) if c.tag == "evidence")
    rows = ({"no": "1", "kind": "书证", "proves": "某事"}, {"no": "2", "name": "照片"})
    told, strays = items.read(items.written(rows, column), column)
    assert [{k: raw.value for k, raw in item.items()} for item in told] == [dict(row) for row in rows]
    assert strays == () and items.written((), column) == "无"


# ── the copy that goes back ───────────────────────────────────────────────────────────────────────────


def returned(known: Catalogue, data: bytes, *outcomes: tuple[Outcome, str]) -> bytes:
    back = marking.mark_rows(data, known.forms, known.facts, outcomes)
    assert back is not None
    return back


def test_only_bad_rows_come_back_coloured_and_commented_and_the_filed_are_named(known: Catalogue) -> None:
    data = sheet(known, CASE, [s01(known), s01(known, **{"party.name": "乙", "officers": "赵明远", "备注": "急"}), s01(known)])
    wrong = (
        Finding("E-REQUIRED", "「执法人员」第1行「执法证号」没有填写", "officers.cert_no", "「执法人员」第1行「执法证号」"),
        Finding("E-FIELD-UNKNOWN", "表中没有「备注：急」这一项", place="「备注」一栏"),
        Finding("E-X", "整行的问题"),
    )
    outcomes = (
        (Outcome("表", 7, "filed", "2026-LA-0001", "朔区文旅立字〔2026〕1号"), "甲"),
        (Outcome("表", 8, "returned", findings=wrong), ""),
        (Outcome("表", 9, "duplicate", "2026-LA-0001", "朔区文旅立字〔2026〕1号"), "甲"),
    )
    back = returned(known, data, *outcomes)
    assert back == returned(known, data, *outcomes)
    (raw,) = read(known, back)
    assert (raw.values["party.name"].value, raw.unknown[0].value) == ("乙", "备注：急")
    first, _, filed = grids(back, Package(back))
    heads = first.texts(3)
    assert heads[1] == WHY and "没有填写" in first.text(6, 1)
    assert [filed.texts(1), filed.texts(2)] == [
        ["7", "已登记", "朔区文旅立字〔2026〕1号", "甲"],
        ["9", "以前登记过", "朔区文旅立字〔2026〕1号", "甲"],
    ]
    assert commented(back) == {
        (6, 0): "整行的问题",
        (6, heads.index("执法人员")): "「执法人员」第1行「执法证号」没有填写",
        (6, heads.index("备注")): "表中没有「备注：急」这一项",
    }
    assert "FFC7CE" in xml(back, "xl/styles.xml")


def commented(data: bytes) -> dict[tuple[int, int], str]:
    """(row, column) → what its comment says."""
    from lxml import etree
    from xlsxwriter.utility import xl_cell_to_rowcol

    root = etree.fromstring(xml(data, "xl/comments1.xml").encode())
    return {xl_cell_to_rowcol(c.get("ref")): "".join(c.itertext()) for c in root.iter("{*}comment")}


def test_what_is_no_sheet_any_more_gets_a_note_alone(known: Catalogue) -> None:
    assert marking.mark_rows(b"no zip", known.forms, known.facts, ()) is None


# ── in LibreOffice ────────────────────────────────────────────────────────────────────────────────────


def saved_by_calc(data: bytes, folder: Path) -> bytes:
    """The same workbook as LibreOffice Calc writes it."""
    (folder / "a.xlsx").write_bytes(data)
    convert(folder / "a.xlsx", "xlsx")
    return (folder / "out" / "a.xlsx").read_bytes()


@pytest.mark.office
def test_a_sheet_saved_by_libreoffice_reads_the_same(known: Catalogue, tmp_path: Path) -> None:
    data = sheet(known, CASE, [s01(known, **{"case.found_on": dt.date(2026, 7, 8), "party.phone": 13800138000})])
    saved = saved_by_calc(data, tmp_path)
    assert xml(saved) != xml(data)
    ours, theirs = (checked(known, one(known, each)).submission for each in (data, saved))
    assert theirs.content_key == ours.content_key
    assert one(known, saved).meta["form_version"].value == "1"


@pytest.mark.office
def test_libreoffice_keeps_drop_downs_colours_and_comments_of_a_returned_copy(known: Catalogue, tmp_path: Path) -> None:
    wrong = Outcome("表", 7, "returned", findings=(Finding("E-X", "请改正", "party.uscc", "「统一社会信用代码」一栏"),))
    back = returned(known, sheet(known, CASE, [s01(known)]), (wrong, ""))
    saved = saved_by_calc(back, tmp_path)
    (ours,), (theirs,) = commented(back).items(), commented(saved).items()
    assert ours[0] == theirs[0] and "请改正" in theirs[1]
    assert 'type="list"' in xml(saved) and "FFC7CE" in xml(saved, "xl/styles.xml").upper()
    assert one(known, saved).values["party.name"].value == S01["party"]["name"]
