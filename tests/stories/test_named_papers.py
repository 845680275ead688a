"""What a form says of earlier papers is held against the register: number, kind, party, day (docs/decisions/0050)."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from paperwork.model import Finding
from tests.stories.bureau import Bureau, approvals
from tests.stories.test_commitments import REPAIR, TRAVEL, guidance, promise
from tests.stories.test_s11 import ADVICE, NOT_DONE, PLAN, M, changed, served_soft, standing


@pytest.fixture(scope="module")
def advised(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """S11's advice issued and served, and not followed by the day of the recheck; another party's advice beside it."""
    bureau = Bureau(tmp_path_factory.mktemp("advised"), "2026-07-02")
    bureau.take(ADVICE)
    bureau.on("2026-07-03").take(approvals(M, bureau.code(M), ("部门负责人", "钱承宇", "同意", "2026-07-03")))
    bureau.take(served_soft("D-03", "2026-07-03"))
    guidance(bureau, TRAVEL)
    other = "2026-ZD-0002"
    bureau.take(approvals(other, bureau.code(other), ("部门负责人", "钱承宇", "同意", "2026-07-03")))
    assert bureau.documents(other)["D-03"]["number"] == "朔区文旅建字〔2026〕2号"
    bureau.on("2026-08-03").take(NOT_DONE)
    assert standing(bureau, "D-09") == [("1", "朔区文旅复记〔2026〕1号", "issued")]
    return bureau.on("2026-08-14")


def tried(bureau: Bureau, form: dict[str, Any]) -> list[Finding]:
    """What is said of the form; nothing is registered."""
    import json

    from paperwork import desk

    with bureau.open() as office:
        (outcome,) = desk.try_out(office, "表.json", json.dumps(form, ensure_ascii=False).encode())
    return [f for f in outcome.findings if not f.code.startswith("W-")]


def again(**answers: Any) -> dict[str, Any]:
    """A second recheck."""
    form = copy.deepcopy(NOT_DONE)
    form["rechecks"][0] |= {"no": 2, "dt": "2026-08-12 10:00", **answers}
    return form


@pytest.mark.parametrize(("number", "code", "says"), [
    ("朔区文旅建字〔2026〕99号", "E-PAPER-UNKNOWN", "朔区文旅建字〔2026〕1号"),  # the series was not given so far
    ("朔区文旅责改字〔2026〕3号", "E-PAPER-UNKNOWN", "start = { 2026"),  # a series that never began: told how it may be by hand
    ("朔区文旅建字〔2026〕第01号", "E-PAPER-UNKNOWN", "朔区文旅建字〔2026〕1号"),
    ("朔区文旅建字〔2026〕2号", "E-PAPER-PARTY", "2026-ZD-0002"),
    ("朔区文旅约字〔2027〕1号", "E-PAPER-UNKNOWN", "核对"),
])  # fmt: skip
def test_a_number_that_names_no_paper_of_the_party_comes_back(advised: Bureau, number: str, code: str, says: str) -> None:
    (finding,) = tried(advised, again(orig_no=number, orig_title="行政建议书"))
    assert (finding.code, finding.field, finding.place) == (code, "rechecks.orig_no", "「整改复查」第1行「原文书文号」")
    assert says in finding.message


@pytest.mark.parametrize("number", ["晋文旅执建字〔2026〕7号", "朔区文旅建字〔2025〕31号", "朔区文旅建字〔2026〕1号"])
def test_another_bodys_number_or_one_of_an_earlier_year_may_be_named(advised: Bureau, number: str) -> None:
    assert tried(advised, again(orig_no=number)) == []


@pytest.mark.parametrize(("answers", "code", "field"), [
    ({"orig_title": "责令改正通知书"}, "E-PAPER-KIND", "rechecks.orig_title"),
    ({"dt": "2026-07-02 16:00"}, "E-DATE-ORDER", "rechecks.dt"),
    ({"dt": "2026-06-20 16:00", "orig_no": ""}, "E-DATE-ORDER", "rechecks.dt"),  # before anything was asked
])  # fmt: skip
def test_what_a_recheck_says_of_its_paper_agrees_with_it(
    advised: Bureau, answers: dict[str, Any], code: str, field: str
) -> None:
    found = tried(advised, again(**{"orig_no": "朔区文旅建字〔2026〕1号", **answers}))
    assert {(f.code, f.field) for f in found} == {(code, field)}


@pytest.mark.parametrize(("answers", "code", "field"), [
    ({"prior_no": "朔区文旅复记〔2026〕1号"}, "E-PAPER-KIND", "talks.prior_no"),
    ({"prior_recheck_no": "朔区文旅复记〔2026〕4号"}, "E-PAPER-UNKNOWN", "talks.prior_recheck_no"),
    ({"prior_recheck_no": "朔区文旅建字〔2026〕1号"}, "E-PAPER-KIND", "talks.prior_recheck_no"),
    ({"prior_recheck_on": "2026-08-04"}, "E-PAPER-DATE", "talks.prior_recheck_on"),
    ({"prior_served_on": "2026-07-04"}, "E-PAPER-DATE", "talks.prior_served_on"),
    ({"when": "2026-08-02 09:30"}, "E-DATE-ORDER", "talks.when"),
])  # fmt: skip
def test_a_responsibility_talk_names_the_papers_that_stand(
    advised: Bureau, answers: dict[str, Any], code: str, field: str
) -> None:
    assert tried(advised, PLAN) == []
    assert {(f.code, f.field) for f in tried(advised, changed(PLAN, **answers))} == {(code, field)}


def test_a_penalty_given_by_hand_is_named_once_the_office_has_said_how_far_it_came(advised: Bureau) -> None:
    repair = promise("2026-ZD-0002", REPAIR, truthful=True, liable=True, prepared_on="2026-08-13")
    (finding,) = tried(advised, repair)
    assert (finding.code, finding.field) == ("E-PAPER-UNKNOWN", "commitments.item_doc_no")
    settings = advised.root / "templates" / "bureau.toml"
    before = settings.read_text("utf-8")
    advised.numbered_by_hand("罚", 4)
    assert tried(advised, repair) == []
    settings.write_text(before, "utf-8")


def test_a_number_that_was_cancelled_is_not_named(advised: Bureau, tmp_path: Path) -> None:
    import shutil

    copied = Bureau(Path(shutil.copytree(advised.root, tmp_path / "office")), "2026-08-14")
    with copied.open() as office:
        office.ledger.void("朔区文旅复记〔2026〕1号", "印错", "tester", office.now)
    (finding,) = tried(copied, PLAN)
    assert (finding.code, finding.field) == ("E-PAPER-VOID", "talks.prior_recheck_no")


def test_a_recheck_that_skips_a_number_is_told_and_taken(advised: Bureau) -> None:
    import json

    from paperwork import desk

    with advised.open() as office:
        form = json.dumps(again(no=4), ensure_ascii=False).encode()
        (outcome,) = desk.try_out(office, "表.json", form)
    assert outcome.outcome == "would_file"
    assert [(f.code, f.severity) for f in outcome.findings] == [("W-ORDINAL", "warning")]
    assert "序号2、3" in outcome.findings[0].message
