"""Who may say yes (issue of the plan: approvals): only the right hand counts, and whatever else comes is remembered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperwork import cli, desk, views
from paperwork.errors import UsageError
from tests.stories.bureau import CHIEF, REVIEW, SECTION, Bureau, approvals
from tests.stories.cases import S01

M = "2026-LA-0001"


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """S01 with its drafts, on the day of the chief's approval."""
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    return bureau.on("2026-07-22")


def people(bureau: Bureau, change: Callable[[str], str]) -> None:
    path = bureau.root / "templates" / "people.toml"
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def only(bureau: Bureau, *users: str) -> None:
    """Every role and desk belongs to these accounts."""
    people(bureau, lambda text: text.replace('["*"]', json.dumps(users)).replace('user = "*"', f'user = "{users[0]}"'))


def given(bureau: Bureau, form: dict[str, Any], as_user: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(desk.getpass, "getuser", lambda: as_user)
    with bureau.open() as office:
        (outcome,) = desk.hand_in(office, "审批.json", json.dumps(form, ensure_ascii=False).encode())
    return outcome


def refusals(bureau: Bureau) -> list[dict[str, Any]]:
    return [e["data"] for e in bureau.show()["events"] if e["kind"] == "approval_refused"]


def decided(bureau: Bureau) -> bool:
    return bureau.documents()["D-13"]["state"] == "issued"


def test_the_command_line_counts_only_for_an_account_in_the_role_list(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(bureau, "leader")
    form = approvals(M, bureau.code(), SECTION, REVIEW, CHIEF)
    stranger = given(bureau, form, "clerk", monkeypatch)
    assert (stranger.outcome, {f.code for f in stranger.findings}) == ("returned", {"E-APPROVAL-USER"})
    assert not decided(bureau)
    (told,) = refusals(bureau)
    assert (told["owner"], told["place"], told["codes"]) == ("clerk", "cli", ["E-APPROVAL-USER"])
    leader = given(bureau, form, "leader", monkeypatch)
    assert leader.outcome == "filed", leader.findings
    assert decided(bureau)
    assert bureau.audited() == []


def test_an_empty_list_of_accounts_leaves_only_the_folder(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    people(bureau, lambda text: text.replace('users = ["*"]\n', ""))
    form = approvals(M, bureau.code(), SECTION, REVIEW, CHIEF)
    assert given(bureau, form, "root", monkeypatch).outcome == "returned"
    assert [o.outcome for o in bureau.take(form)] == ["filed"]
    assert decided(bureau)


def test_the_owner_of_the_file_stands_in_the_event(bureau: Bureau) -> None:
    bureau.take(approvals(M, bureau.code(), SECTION))
    (event,) = [e for e in bureau.show()["events"] if e["kind"] == "approval"]
    owner = (bureau.root / "templates" / "people.toml").owner()
    assert (event["data"]["owner"], event["data"]["place"]) == (owner, "approvals")


def test_a_file_of_another_owner_is_pointed_out_and_counts(bureau: Bureau) -> None:
    only(bureau, "leader")
    (outcome,) = bureau.take(approvals(M, bureau.code(), SECTION))
    assert (outcome.outcome, [f.code for f in outcome.findings]) == ("filed", ["W-APPROVAL-OWNER"])


@pytest.mark.parametrize("step", ["section_head", "legal_review", "chief"])
def test_nobody_approves_a_case_that_they_handle(bureau: Bureau, step: str) -> None:
    label = {"section_head": "部门负责人", "legal_review": "法制审核", "chief": "负责人"}[step]
    people(bureau, lambda text: f'{text}\n[[role]]\nstep = "{step}"\nperson = "赵明远"\nsince = 2021-01-01\n')
    (outcome,) = bureau.take(approvals(M, bureau.code(), (label, "赵明远", "同意", "2026-07-22")))
    assert (outcome.outcome, {f.code for f in outcome.findings}) == ("returned", {"E-APPROVAL-OWN"})
    assert "不能审批自己承办的案件" in bureau.notes()
    assert refusals(bureau)[0]["persons"] == ["赵明远"]


@pytest.mark.parametrize(("until", "outcome"), [("2026-07-22", "filed"), ("2026-07-21", "returned")])
def test_who_stands_in_for_the_head_may_sign_on_those_days_only(bureau: Bureau, until: str, outcome: str) -> None:
    standing_in = 'person = "冯若谷"\nfor = "郑怀瑾"\nsteps = ["chief"]\nsince = 2026-07-20'
    people(bureau, lambda text: f"{text}\n[[delegation]]\n{standing_in}\nuntil = {until}\n")
    (signed,) = bureau.take(approvals(M, bureau.code(), ("负责人", "冯若谷", "同意", "2026-07-22")))
    assert signed.outcome == outcome, signed.findings


def test_a_forged_approval_is_a_finding_and_an_event_and_no_decision(bureau: Bureau) -> None:
    forged = approvals(M, bureau.code(), SECTION, REVIEW, ("负责人", "某某某", "同意", "2026-07-22"))
    (outcome,) = bureau.take(forged)
    assert "E-APPROVAL-ROLE" in {f.code for f in outcome.findings}
    assert refusals(bureau)[0]["codes"] == ["E-APPROVAL-ROLE"]
    assert not decided(bureau)


def test_an_approval_outside_its_folder_is_remembered_too(bureau: Bureau) -> None:
    form = approvals(M, bureau.code(), SECTION, REVIEW, CHIEF)
    aside = bureau.drop(form)
    aside.rename(bureau.root / "inbox" / "表.json")
    assert [o.outcome for o in bureau.work()] == ["returned"]
    assert refusals(bureau)[0]["codes"] == ["E-APPROVAL-PLACE"]
    assert views.told_event("approval_refused", refusals(bureau)[0]) == "审批意见表没有计入，已退回（E-APPROVAL-PLACE）"
    assert not decided(bureau)


def test_an_outdated_approval_never_issues_what_it_did_not_see(bureau: Bureau) -> None:
    code = bureau.code()
    bureau.take({"form": "案件登记表", "matter": M, "fact": {"summary": "入口处未悬挂禁入标志，当场重新悬挂。"}})
    (outcome,) = bureau.take(approvals(M, code, SECTION, REVIEW, CHIEF))
    assert "E-APPROVAL-DRAFT" in {f.code for f in outcome.findings}
    assert "E-APPROVAL-DRAFT" in refusals(bureau)[0]["codes"]
    assert not decided(bureau)


def test_a_repeated_approval_is_a_duplicate_and_an_event(bureau: Bureau) -> None:
    form = approvals(M, bureau.code(), SECTION)
    assert [o.outcome for o in bureau.take(form, form)] == ["filed", "duplicate"]
    assert refusals(bureau)[0]["codes"] == ["W-DUPLICATE"]
    assert views.told_event("approval_refused", refusals(bureau)[0]) == "审批意见表没有计入（重复）"
    assert bureau.audited() == []


def test_entering_by_hand_and_cancelling_ask_for_leave(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bureau.take(approvals(M, bureau.code(), SECTION, REVIEW, CHIEF))
    only(bureau, "office")
    at = ("--office", str(bureau.root), "--today", "2026-07-23")
    monkeypatch.setattr(desk.getpass, "getuser", lambda: "clerk")
    assert cli.run([*at, "record", M, "case.source_ref=SSJ-1", "--form", "案件登记表"]) == 2
    assert cli.run([*at, "void", "朔区文旅不罚字〔2026〕1号", "--why", "印错"]) == 2
    assert "没有作废文号的权限" in capsys.readouterr().err
    monkeypatch.setattr(desk.getpass, "getuser", lambda: "office")
    assert cli.run([*at, "record", M, "case.source_ref=SSJ-1", "--form", "案件登记表"]) == 0
    assert cli.run([*at, "void", "朔区文旅不罚字〔2026〕1号", "--why", "印错"]) == 0


def test_what_may_be_done_at_the_desk_is_checked(bureau: Bureau) -> None:
    people(bureau, lambda text: text.replace('may = ["record", "void"]', 'may = ["recrod"]'))
    with pytest.raises(Exception, match="recrod") as wrong:
        bureau.open()
    assert not isinstance(wrong.value, UsageError)
