"""Raw answers become one typed submission, the same from every medium; what is wrong is said all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperwork import codec, validation
from paperwork.model import Fact, Finding, Form, Raw, RawForm, Scalar, Submission, Value, printed_date
from samples import S01, S02, SERVICE, approval, changed, checked, drop, shipped, submitted

FORMS = shipped().forms
INTAKE = FORMS["case_intake"]


def found(form: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(f.code, f.field) for f in checked(form).findings]


def key(form: Mapping[str, Any]) -> str:
    return submitted(form).content_key


# ── typed ─────────────────────────────────────────────────────────────────────────────────────────────


def test_s01_is_read_without_a_finding_and_typed() -> None:
    submission = submitted(S01)
    facts = submission.facts
    assert facts["case.filed_on"] == dt.date(2026, 7, 10)
    assert facts["case.source"] == "random"
    assert facts["harm.level"] == "none"
    assert facts["harm.classes"] == facts["correct.remaining"] == ()
    assert facts["statement"] == ""
    assert facts["crime.suspected"] is False
    assert facts["correct.rechecked_by"] == ("赵明远", "孙立群")
    assert facts["no_penalty.query.on"] == dt.date(2026, 7, 9)
    assert "case.separate" not in facts
    assert submission.submitted_by == "赵明远"
    assert str(submission.submitted_at) == "2026-07-16 17:20:00+08:00"
    assert submission.adds == frozenset()
    assert submission.key == "d0001/0"


def test_the_facts_of_s01_survive_the_ledger() -> None:
    facts = submitted(S01).facts
    assert codec.load(codec.dump(facts)) == facts


def test_a_provision_names_its_law_by_the_text_on_file() -> None:
    for name in ("《中华人民共和国未成年人保护法》", "中华人民共和国未成年人保护法", "未成年人保护法"):
        (row,) = submitted(changed(S01, {"law.violated": [{"law": name, "article": 58}]})).facts["law.violated"]  # type: ignore[misc]
        assert row == {"law": "未成年人保护法", "article": 58}
    (row,) = submitted(changed(S01, {"law.violated": [{"law": "没有这部法", "article": 5}]})).facts["law.violated"]  # type: ignore[misc]
    assert row["law"] == "没有这部法"  # type: ignore[index]


def test_what_is_asked_once_is_laid_into_every_row() -> None:
    rows = [{"step": "部门负责人", "person": "钱承宇"}, {"step": "负责人", "person": "郑怀瑾"}]
    form = {"form": "审批意见表", "matter": "x", "draft": "K7Q4-MD2X", "approvals": rows}
    submission = submitted(form, matter="2026-LA-0001")
    assert submission.adds == frozenset({"approvals"})
    assert submission.facts["approvals"] == (
        {"draft": "K7Q4-MD2X", "step": "section_head", "person": "钱承宇"},
        {"draft": "K7Q4-MD2X", "step": "chief", "person": "郑怀瑾"},
    )


# ── 无, empty and 未填 ────────────────────────────────────────────────────────────────────────────────


def test_none_empty_and_unanswered_are_three_things_and_two_values() -> None:
    for none in ("", "无"):
        assert submitted(changed(S01, {"case.source_ref": none})).facts["case.source_ref"] == ""
    for none in ([], "", "无", ["无"]):
        assert submitted(changed(S01, {"harm.classes": none})).facts["harm.classes"] == ()
    for name in ("case.source_ref", "harm.classes"):
        assert name not in submitted(changed(S01, {name: None})).facts
    null = {**S01, "statement": None}
    assert "statement" not in submitted(null).facts
    assert key(null) != key(S01)


# ── the content key ───────────────────────────────────────────────────────────────────────────────────


def dotted(form: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in form.items():
        flat |= dotted(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return flat


def test_nested_and_dotted_names_labels_and_codes_are_one_content() -> None:
    codes = changed(
        S01,
        {"case.source": "random", "party.kind": "company", "measure_requested": "no_penalty", "harm.level": "none",
         "correct.mode": "at_once", "evidence_confirmed": "party"},
    )  # fmt: skip
    codes["evidence"][0]["kind"] = "record"
    assert key(S01) == key(dotted(S01)) == key(codes) == key(dict(reversed(S01.items())))


def test_what_belongs_to_the_submission_is_no_content() -> None:
    later = {"submitted_at": "2026-07-17T09:00:00+08:00", "submitted_by": "孙立群", "form_id": "F-2", "form_version": 2}
    assert key({**S01, **later}) == key(S01)


def test_the_matter_and_the_correction_are_part_of_the_content() -> None:
    keys = {
        key(S01),
        submitted(S01, matter="2026-LA-0001").content_key,
        submitted(S01, matter="2026-LA-0002").content_key,
        submitted({**S01, "corrects": "d0001"}, matter="2026-LA-0001").content_key,
    }
    assert len(keys) == 4


def spoken(value: Value, fact: Fact) -> str:
    """A value as somebody types it into a Word form."""
    labels = {choice.code: choice.label for choice in fact.choices}
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return f"{printed_date(value.date())}{value.hour}时{value.minute:02d}分"
    if isinstance(value, dt.date):
        return printed_date(value)
    if isinstance(value, tuple):
        return "、".join(labels.get(str(one), str(one)) for one in value) or "无"
    return labels.get(str(value), str(value)) or "无"


def in_word(submission: Submission) -> RawForm:
    """The submission as a Word form would give it: everything text."""
    facts, values, lists = shipped().facts, {}, {}
    for name, value in submission.facts.items():
        if facts[name].type == "list":
            lists[name] = tuple(
                {short: Raw(spoken(one, facts[name].items[short]), "x") for short, one in item.items()}
                for item in value  # type: ignore[union-attr]
            )
        else:
            values[name] = Raw(spoken(value, facts[name]), "x")
    return RawForm(submission.form, 0, {}, values, lists)


@pytest.mark.parametrize("form", [S01, S02], ids=["S01", "S02"])
def test_word_and_json_give_one_content(form: Mapping[str, Any]) -> None:
    submission = submitted(form)
    again = validation.read(in_word(submission), INTAKE, shipped(), drop(2), "")
    assert again.findings == ()
    assert again.submission.facts == submission.facts
    assert again.submission.content_key == submission.content_key


def other(value: Scalar, fact: Fact) -> Scalar:
    """Another answer of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, dt.date | dt.datetime):
        return value - dt.timedelta(days=1)
    if isinstance(value, tuple):
        return (*value[1:], fact.choices[-1].code if fact.choices else "新")
    if isinstance(value, int):
        return value + 1
    codes = [choice.code for choice in fact.choices if choice.code != value]
    return codes[0] if codes else value + "改"


_LEAVES = sorted(name for name, value in submitted(S01).facts.items() if shipped().facts[name].type != "list")
_CHECKED = [name for name in _LEAVES if shipped().facts[name].check]


@pytest.mark.parametrize("name", [name for name in _LEAVES if name not in _CHECKED])
def test_any_other_answer_is_another_content(name: str) -> None:
    submission = submitted(S01)
    facts = {**submission.facts, name: other(submission.facts[name], shipped().facts[name])}  # type: ignore[arg-type]
    again = validation.read(in_word(replace(submission, facts=facts)), INTAKE, shipped(), drop(2), "")
    assert again.findings == ()
    assert again.submission.facts[name] == facts[name]
    assert again.submission.content_key != submission.content_key


@given(st.permutations(S01["evidence"]))
def test_the_order_of_rows_is_content(rows: list[dict[str, Any]]) -> None:
    assert (key({**S01, "evidence": rows}) == key(S01)) == (rows == S01["evidence"])


# ── findings, all at once ─────────────────────────────────────────────────────────────────────────────


def test_all_that_is_wrong_is_said_at_once_with_place_found_and_wanted() -> None:
    wrong = changed(
        S01,
        {"case.filed_on": "2026-02-30", "party.uscc": "91140602MAXX001113", "case.source": "双随即",
         "crime.suspected": "也许"},
    )  # fmt: skip
    wrong["evidence"][1]["kind"] = "照片"
    findings = checked(wrong).findings
    assert {(f.code, f.field) for f in findings} == {
        ("E-DATE", "case.filed_on"),
        ("E-USCC-CHECK", "party.uscc"),
        ("E-CHOICE", "case.source"),
        ("E-CHOICE", "crime.suspected"),
        ("E-EVIDENCE", "evidence.kind"),
    }
    by_field = {f.field: f for f in findings}
    assert by_field["case.filed_on"].found == "2026-02-30"
    assert by_field["case.filed_on"].place == "$.case.filed_on"
    assert by_field["party.uscc"].wanted == "末位为“2”"
    assert "是不是「双随机」" in by_field["case.source"].message
    assert "书证" in by_field["evidence.kind"].wanted
    assert by_field["evidence.kind"].place == "$.evidence[1].kind"


def test_what_cannot_be_read_is_no_fact_and_the_rest_is() -> None:
    submission = checked(changed(S01, {"case.filed_on": "昨天"})).submission
    assert "case.filed_on" not in submission.facts
    assert submission.facts["case.found_on"] == dt.date(2026, 7, 8)


def test_a_warning_leaves_the_answer_standing() -> None:
    form = changed(S01, {"officers": [{"name": "赵明远", "cert_no": "0406020010"}]})
    result = checked(form)
    assert [(f.code, f.severity) for f in result.findings] == [("W-CERT-FORMAT", "warning")]
    assert result.submission.facts["officers"] == ({"name": "赵明远", "cert_no": "0406020010"},)


@pytest.mark.parametrize("name", ["party.id_no", "party.legal_rep_id_no"])
def test_the_number_of_a_person_never_stands_in_a_finding(name: str) -> None:
    number = "140602190005010011"
    findings = checked(changed(S01, {name: number, "party.phone": "1380013800"})).findings
    assert {f.code for f in findings} == {"E-ID-CHECK", "W-PHONE-FORMAT"}
    assert not [f for f in findings if number in str(f) or "1380013800" in str(f)]


def test_a_strange_field_is_named_with_what_was_probably_meant() -> None:
    (finding,) = checked(changed(S01, {"case.filled_on": "2026-07-10", "case.filed_on": None})).findings
    assert finding.code == "E-FIELD-UNKNOWN"
    assert "case.filled_on" in finding.message
    assert "是不是「case.filed_on」" in finding.message


def test_a_wrong_moment_of_submission_is_a_finding_not_a_fact() -> None:
    assert found({**S01, "submitted_at": "下午"}) == [("E-DATE", "submitted_at")]


def test_a_receipt_number_without_a_row_means_the_form_itself() -> None:
    assert submitted({**S01, "corrects": " d0001 "}).corrects == "d0001/0"
    assert submitted({**S01, "corrects": "d0001/3"}).corrects == "d0001/3"
    assert submitted(S01).corrects == ""


# ── which form ────────────────────────────────────────────────────────────────────────────────────────


def test_a_form_is_known_by_title_and_by_id() -> None:
    assert validation.form_of(RawForm("案件登记表"), FORMS) is INTAKE
    assert validation.form_of(RawForm("case_intake"), FORMS) is INTAKE


def test_an_unknown_form_is_a_finding_that_names_the_known_ones() -> None:
    finding = validation.form_of(RawForm("案件登计表"), FORMS)
    assert isinstance(finding, Finding)
    assert finding.code == "E-FORM-UNKNOWN"
    assert "是不是「案件登记表」" in finding.message
    assert "送达情况表" in finding.wanted


# ── required ──────────────────────────────────────────────────────────────────────────────────────────


def wanting(form: Mapping[str, Any], before: Mapping[str, Value] | None = None) -> list[tuple[str, str]]:
    result = checked(form)
    facts = {**(before or {}), **result.submission.facts}
    findings = validation.required(result.form, facts, shipped().facts, result.submission)
    assert {f.code for f in findings} <= {"E-REQUIRED"}
    return [(f.field, f.place) for f in findings]


def test_s01_wants_nothing() -> None:
    assert wanting(S01) == []


@pytest.mark.parametrize("name", [f.fact for s in INTAKE.sections for f in s.fields if f.required])
def test_each_required_answer_is_missed_by_name_and_place(name: str) -> None:
    label = next(f.label for s in INTAKE.sections for f in s.fields if f.fact == name)
    assert wanting(changed(S01, {name: None})) == [(name, f"「{label}」一栏")]
    assert wanting(changed(S01, {name: None}), submitted(S01).facts) == []


def test_the_answer_none_does_not_satisfy_what_is_required() -> None:
    assert wanting(changed(S01, {"case.act": "无"})) == [("case.act", "「涉嫌违法行为」一栏")]


def test_a_required_cell_is_missed_with_its_row() -> None:
    form = changed(S01, {})
    del form["evidence"][2]["proves"]
    form["officers"][1]["cert_no"] = ""
    assert wanting(form) == [
        ("officers.cert_no", "「执法人员」第2行「执法证号」"),
        ("evidence.proves", "「证据」第3行「证明事项」"),
    ]


def test_an_approval_without_its_code_or_day_is_incomplete() -> None:
    form = approval("K7Q4-MD2X", "负责人", "郑怀瑾", "2026-07-22")
    del form["draft"], form["approvals"][0]["on"]
    assert [field for field, _ in wanting(form)] == ["approvals.draft", "approvals.on"]


def test_an_unreadable_cell_is_found_in_the_same_field_that_is_missed() -> None:
    form = changed(S01, {})
    form["evidence"][0]["kind"] = "照片"
    assert {field for _, field in found(form)} == {field for field, _ in wanting(form)} == {"evidence.kind"}


@pytest.mark.parametrize(
    "form", [{"form": "审批意见表", "matter": "x"}, {"form": "送达情况表", "matter": "x", "services": []}]
)
def test_a_form_that_says_nothing_goes_back(form: dict[str, Any]) -> None:
    assert wanting(form) == [("", "全表")]


def test_a_form_that_says_only_none_says_something() -> None:
    assert wanting({"form": "案件登记表", "correct": {"remaining": []}}, submitted(S01).facts) == []


def test_a_list_may_come_row_by_row_or_not_at_all() -> None:
    both = {**SERVICE, "services": [*SERVICE["services"], {**SERVICE["services"][0], "on": "2026-07-24"}]}
    services = submitted(both).facts["services"]
    assert isinstance(services, tuple)
    assert [row["on"] for row in services] == [dt.date(2026, 7, 23), dt.date(2026, 7, 24)]  # type: ignore[index]
    assert "services" not in submitted({k: v for k, v in SERVICE.items() if k != "services"}).facts
    assert isinstance(FORMS["service"], Form)


@pytest.mark.parametrize(("kind", "wrong"), [("护照", False), ("居民身份证", True), (None, True)])
def test_a_passport_is_no_identity_card(kind: str | None, wrong: bool) -> None:
    form = changed(S01, {"party.id_no": "E12345678"} | ({"party.id_type": kind} if kind else {}))
    assert ("E-ID-LENGTH" in [code for code, _ in found(form)]) is wrong
