"""JSON forms: nested and dotted names mean the same, what is strange is reported, what is broken goes back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_factories import FACTS, FORMS
from paperwork import readers
from paperwork.model import RawForm
from paperwork.wordform.labels import names_of
from samples import shipped


def read(content: object) -> RawForm:
    data = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    (raw,) = readers.read("表.json", data, FORMS, FACTS)
    return raw


def intake(**facts: Any) -> dict[str, Any]:
    return {"form": "案件登记表", **facts}


def values(raw: RawForm) -> dict[str, object]:
    return {name: answer.value for name, answer in raw.values.items()}


def lists(raw: RawForm) -> dict[str, tuple[dict[str, object], ...]]:
    return {name: tuple({k: v.value for k, v in item.items()} for item in rows) for name, rows in raw.lists.items()}


def strays(raw: RawForm) -> dict[str, object]:
    return {stray.place: stray.value for stray in raw.unknown}


def refusal(data: object) -> Any:
    with pytest.raises(readers.Unreadable) as caught:
        read(data)
    return caught.value.findings[0]


# ── what is understood ────────────────────────────────────────────────────────────────────────────────


def test_nested_objects_and_dotted_names_mean_the_same() -> None:
    nested = intake(case={"title": "某案"}, party={"name": "甲", "licences": [{"no": "1"}]})
    dotted = intake(**{"case.title": "某案", "party.name": "甲", "party.licences": [{"no": "1"}]})
    assert read(nested) == read(dotted)
    assert values(read(nested)) == {"case.title": "某案", "party.name": "甲"}
    assert lists(read(nested)) == {"party.licences": ({"no": "1"},)}


def test_places_are_paths() -> None:
    raw = read(intake(party={"name": "甲"}, evidence=[{"no": 1}, {"name": "照片"}]))
    assert raw.values["party.name"].place == "$.party.name"
    assert raw.lists["evidence"][1]["name"].place == "$.evidence[1].name"


def test_a_list_that_word_asks_in_pairs_is_a_list_here_like_any_other() -> None:
    raw = read({"form": "talk", "talks": [{"no": 1, "kind": "责任约谈"}, {"no": 2}]})
    assert lists(raw) == {"talks": ({"no": 1, "kind": "责任约谈"}, {"no": 2})}
    assert raw.lists["talks"][0]["kind"].place == "$.talks[0].kind"
    assert strays(read({"form": "talk", "talks.kind": "责任约谈"})) == {"$.talks.kind": "talks.kind：责任约谈"}


def test_a_form_is_named_by_title_or_id() -> None:
    assert read({"form": "case_intake"}).form == "case_intake"
    assert read({"form": " 案 件 登 记 表 "}).form == "case_intake"


def test_what_belongs_to_the_submission_is_no_fact() -> None:
    raw = read(
        intake(
            form_version=1,
            form_id="F-1",
            submitted_at="2026-07-16T17:20:00+08:00",
            submitted_by="赵明远",
            matter="2026-LA-0007",
            corrects="20260716T172000-8f3a/0",
        )
    )
    assert {name: answer.value for name, answer in raw.meta.items()} == {
        "form_version": 1,
        "form_id": "F-1",
        "submitted_at": "2026-07-16T17:20:00+08:00",
        "submitted_by": "赵明远",
        "matter": "2026-LA-0007",
        "corrects": "20260716T172000-8f3a/0",
    }
    assert (raw.values, raw.unknown) == ({}, ())


def test_null_and_absent_are_no_answer_and_empty_is_one() -> None:
    raw = read(
        intake(
            unit=None, fact={"summary": "", "time": None}, evidence=[], officers=None, foo=None, harm={"classes": []}
        )
    )
    assert values(raw) == {"fact.summary": "", "harm.classes": ()}
    assert lists(raw) == {"evidence": ()}
    assert raw.unknown == ()
    assert lists(read(intake(evidence="", officers="无"))) == {"evidence": (), "officers": ()}


def test_numbers_and_truth_values_stay_what_they_are() -> None:
    raw = read(intake(fine={"amount": 1500.5}, case={"separate": True}, evidence=[{"no": 1}]))
    assert values(raw) == {"fine.amount": 1500.5, "case.separate": True}
    assert lists(raw)["evidence"][0]["no"] == 1


def test_a_set_is_a_list_or_one_text() -> None:
    assert values(read(intake(correct={"rechecked_by": ["赵", "孙"]}))) == {"correct.rechecked_by": ("赵", "孙")}
    assert values(read(intake(correct={"rechecked_by": "赵、孙"}))) == {"correct.rechecked_by": "赵、孙"}
    assert lists(read(intake(evidence=[{"marks": ["已签名", 2]}])))["evidence"][0] == {"marks": ("已签名", "2")}


# ── as the printed form says it ───────────────────────────────────────────────────────────────────────


def test_every_label_of_every_form_of_the_office_is_a_key() -> None:
    """Two fields of one label are told apart by the section that they stand in."""
    known, asked = shipped(), 0
    for form in known.forms.values():
        for slot in names_of(form, known.facts).slots.values():
            answer = {slot.label: "甲"}
            content = {"表名": form.title, **({slot.section: answer} if slot.section else answer)}
            data = json.dumps(content, ensure_ascii=False).encode()
            (raw,) = readers.read("表.json", data, known.forms, known.facts)
            homes: dict[str, Any] = {"value": raw.values, "meta": raw.meta, "common": raw.common}
            home = homes.get(slot.kind) or raw.lists[slot.list][0]
            assert (home[slot.name].value, raw.unknown) == ("甲", ()), (form.id, slot.tag)
            asked += 1
    assert asked > 500


def test_labels_and_names_mean_the_same() -> None:
    named = intake(case={"title": "某案"}, party={"name": "甲", "licences": [{"no": "1"}]})
    (licences,) = (s for s in FORMS["case_intake"].sections if s.list == "party.licences")
    labelled = {
        "表名": "案件登记表",
        "案件名称": "某案",
        "当事人": {"名称": "甲"},
        licences.title: [{licences.columns[1].label: "1"}],
    }
    assert values(read(labelled)) == values(read(named))
    assert lists(read(labelled)) == lists(read(named))
    assert read(labelled).unknown == ()


def test_a_list_in_pairs_may_be_answered_label_by_label_but_not_twice() -> None:
    raw = read({"表名": "约谈情况表", "约谈序号": 1})
    assert lists(raw) == {"talks": ({"no": 1},)}
    assert refusal({"form": "talk", "约谈序号": 1, "talks": [{"no": 1}]}).code == "E-JSON"


def test_an_item_that_says_one_column_by_name_and_by_label_goes_back() -> None:
    column = next(s for s in FORMS["case_intake"].sections if s.list == "evidence").columns[0]
    short = column.fact.removeprefix("evidence.")
    assert refusal(intake(evidence=[{short: "1", column.label: "2"}])).code == "E-JSON"


def test_a_label_that_two_fields_bear_is_not_guessed() -> None:
    raw = read(intake(没有这一栏="甲", 当事人={"没有这一栏": {"乙": 1}}))
    assert (raw.values, len(raw.unknown)) == ({}, 2)


def test_what_is_asked_once_above_a_table_stands_at_the_top() -> None:
    step = {"step": "法制审核", "decision": "同意"}
    for content in (
        {"draft": "K7Q2M9", "approvals": [step]},
        {"approvals.draft": "K7Q2M9", "approvals": [step]},
        {"approvals": [{**step, "draft": "K7Q2M9"}]},
    ):
        raw = read({"form": "审批意见表", **content})
        assert {name: answer.value for name, answer in raw.common.items()} == {"draft": "K7Q2M9"}
        assert lists(raw) == {"approvals": (step,)}
        assert raw.unknown == ()
    two = [{"step": "法制审核", "draft": "A"}, {"step": "负责人", "draft": "B"}]
    assert refusal({"form": "审批意见表", "approvals": two}).code == "E-JSON"


@pytest.mark.parametrize("party", [{"party": {"name": "甲"}}, {"party.name": "甲"}, {"party": "甲"}])
def test_a_joining_form_may_say_whose_matter_it_is(party: dict[str, Any]) -> None:
    raw = read({"form": "审批意见表", "matter": "2026-LA-0007", **party})
    assert raw.meta["party"].value == "甲"
    assert raw.unknown == ()


# ── what is reported ──────────────────────────────────────────────────────────────────────────────────


def test_keys_that_the_form_does_not_have_are_reported_with_their_place() -> None:
    raw = read(intake(party={"nmae": "甲", "address": {"city": "朔州"}}, evidence=[{"titel": "x", "no": 1}], foo=[1]))
    assert strays(raw) == {
        "$.party.nmae": "party.nmae：甲",
        "$.party.address": 'party.address：{"city": "朔州"}',
        "$.evidence[0].titel": "evidence[0].titel：x",
        "$.foo": "foo：[1]",
    }
    assert lists(raw) == {"evidence": ({"no": 1},)}


def test_values_of_the_wrong_shape_are_reported_and_the_rest_is_read() -> None:
    raw = read(
        intake(
            case={"title": ["甲"], "act": {"a": 1}, "source": "双随机"},
            evidence=["照片", {"no": 1}],
            officers=[7],
            party="甲",
            correct={"rechecked_by": ["赵", {"a": 1}]},
            matter=["x"],
        )
    )
    places = {
        "$.case.title",
        "$.case.act",
        "$.evidence[0]",
        "$.officers[0]",
        "$.party",
        "$.matter",
        "$.correct.rechecked_by[1]",
    }
    assert set(strays(raw)) == places
    assert values(raw) == {"case.source": "双随机", "correct.rechecked_by": ("赵",)}
    assert lists(raw) == {"evidence": ({"no": 1},)}  # officers were answered with something, so not with 无


def test_one_answer_given_twice_must_be_the_same() -> None:
    assert values(read(intake(case={"title": "某案"}, **{"case.title": "某案"}))) == {"case.title": "某案"}
    finding = refusal(intake(case={"title": "某案"}, **{"case.title": "另案"}))
    assert (finding.code, finding.place) == ("E-JSON", "$.case.title")
    assert refusal(intake(party={"licences": []}, **{"party.licences": [{"no": "1"}]})).code == "E-JSON"


# ── what goes back ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "data",
    [
        b'{"form": "case_intake", "unit": "a", "unit": "b"}',
        b'{"form": "case_intake", "party": {"name": "a", "name": "a"}}',
        b'{"form": "case_intake"',
        b'{"form": "case_intake"} {}',
        b'{"form": "case_intake", "unit": NaN}',
        b'{"form": "case_intake", "unit": -Infinity}',
        b'{"form": "case_intake", "unit": 1e999}',
        b'{"form": "case_intake", "unit": ' + b"9" * 5000 + b"}",
        b'{"form": "case_intake", "unit": "\\ud800"}',
        b'[{"form": "case_intake"}]',
        b"[]",
    ],
)
def test_broken_json_goes_back(data: bytes) -> None:
    finding = refusal(data)
    assert finding.code == "E-JSON"
    assert finding.message


def test_a_form_that_is_not_known_goes_back_with_the_known_titles() -> None:
    finding = refusal({"form": "案件登计表"})
    assert finding.code == "E-FORM-UNKNOWN"
    assert "「案件登记表」" in finding.message
    for content in ({}, {"form": None}, {"form": 7}, {"form": ""}, {"form": ["案件登记表"]}):
        assert refusal(content).code == "E-FORM-UNKNOWN"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encodings_of_an_office_are_read(encoding: str) -> None:
    text = json.dumps(intake(party={"name": "甲公司㐀"}), ensure_ascii=False)
    assert values(read(text.encode(encoding))) == {"party.name": "甲公司㐀"}


def test_other_encodings_and_other_files_go_back() -> None:
    text = '{"form": "案件登记表"}'
    assert refusal(text.encode("utf-16-le")).code == "E-FILE-ENCODING"
    assert refusal(b'{"form": "\xff\xff"}').code == "E-FILE-ENCODING"
    assert refusal("案件登记表".encode()).code == "E-FILE-TYPE"
    assert refusal(b"<html></html>").code == "E-FILE-TYPE"
    assert refusal(b"  \n").code == "E-FILE-DAMAGED"


def test_depth_and_size_are_bounded() -> None:
    assert refusal(b'{"form": ' + b"[" * 100_000 + b"]" * 100_000 + b"}").code == "E-FILE-SIZE"
    assert refusal(b'{"form": "' + b"x" * (10 * 1024 * 1024) + b'"}').code == "E-FILE-SIZE"
    assert refusal(b"{" + b" " * (51 * 1024 * 1024)).code == "E-FILE-SIZE"
    assert values(read(intake(unit="[" * 50))) == {"unit": "[" * 50}  # brackets in a text are no depth


# what JSON can say, with names that are half known
NAMES = st.sampled_from(
    ["party", "name", "case", "title", "evidence", "no", "party.name", "harm.classes", "matter", "x"]
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, ANY, max_size=6), st.sampled_from(["案件登记表", "审批意见表"]))
def test_no_shape_of_answers_breaks_the_reader(facts: dict[str, Any], title: str) -> None:
    try:
        raw = read({**facts, "form": title})
    except readers.Unreadable as wrong:
        assert {finding.code for finding in wrong.findings} == {"E-JSON"}
    else:
        assert all(stray.place.startswith("$.") for stray in raw.unknown)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for head in (b"", b"{", b"PK\x03\x04", b"\xef\xbb\xbf", b"\xff\xfe"):
        with pytest.raises(readers.Unreadable):
            readers.read("x", head + data, FORMS, FACTS)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "code", "told"),
    [
        ("表.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "E-FILE-ENCRYPTED", "请去掉密码，另存为 .docx"),
        ("表.docx", OLE, "E-FILE-TYPE", "加密或者旧版 Word（.doc）"),
        ("图.png", b"\x89PNG\r\n\x1a\n\x00\x00", "E-FILE-TYPE", "不是表单文件"),
        ("图.jpg", b"\xff\xd8\xff\xe0\x10JFIF", "E-FILE-TYPE", "不是表单文件"),
        ("图.gif", b"GIF89a\x01", "E-FILE-TYPE", "不是表单文件"),
        ("文.pdf", b"%PDF-1.7 \x01\x02", "E-FILE-DAMAGED", "PDF"),
        ("什么.bin", b"\x01\x02\xff\xfe\xfd", "E-FILE-TYPE", "不是表单文件"),
        ("表.docx", b"no zip at all", "E-FILE-DAMAGED", "文件已损坏或者不是 Word 文档"),
        ("表.DOCX", b"MZ\x90\x00 \x01", "E-FILE-DAMAGED", "文件已损坏或者不是 Word 文档"),
        ("表.docx", b"PK\x03\x04 torn", "E-FILE-DAMAGED", "文件已损坏"),
    ],
)
def test_what_is_no_form_is_called_by_what_it_is(name: str, data: bytes, code: str, told: str) -> None:
    with pytest.raises(readers.Unreadable) as caught:
        readers.read(name, data, {}, {})
    (finding,) = caught.value.findings
    assert (finding.code, told in finding.message) == (code, True), finding.message
    assert "UTF-8" not in finding.message
