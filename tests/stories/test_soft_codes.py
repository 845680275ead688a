"""Each finding code that concerns talks, advice and rechecks (domain/09 §9.2): one clear reason, nothing half made."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.stories.bureau import Bureau, approvals
from tests.stories.test_s11 import ADVICE, DONE, HELD, NOT_DONE, OFFICERS, PARTY, PLAN, M, until_planned

DAY = "2026-08-20"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """S11 with its talk planned: every form below comes back, so that all may share it."""
    return until_planned(tmp_path_factory.mktemp("s11")).on(DAY)


def item(form: dict[str, Any], name: str, **changes: Any) -> dict[str, Any]:
    changed = copy.deepcopy(form)
    changed[name][0].update(changes)
    return changed


def new(**changes: Any) -> dict[str, Any]:
    """A second talk, planned."""
    return item(PLAN, "talks", no=2, **changes)


PERSON = {"kind": "自然人", "name": "顾小北", "address": "山西省朔州市朔城区示例街16号", "phone": "13800138016"}
WORSE: list[tuple[str, dict[str, Any], str]] = [
    ("one host", new(hosts=["赵明远"]), "E-TALK-HOSTS"),
    ("a responsibility talk with an employee", new(invitee="店员甲", invitee_role="其他人员"), "E-TALK-PERSON"),
    ("an agent without a letter", new(kind="指导约谈", held=True, is_agent=True, authorised=False), "E-TALK-PERSON"),
    ("no earlier step", new(hazard=None, prior_title=None), "E-TALK-PRIOR"),
    ("a record of a talk that nobody planned", item(HELD, "talks", no=3), "E-TALK-PLAN"),
    ("an employee in the place of the one invited", item(HELD, "talks", attendee="贺见微", attendee_title="员工"), "E-TALK-PERSON"),
    ("a talk before its own notice", item(HELD, "talks", start="2026-08-16 09:30", end="2026-08-16 10:20"), "E-DATE-ORDER"),
    ("a look before the talk", item(HELD, "talks", follow_up_on="2026-08-19"), "E-DATE-ORDER"),
    ("papers of the one who came with a wrong digit", item(HELD, "talks", attendee_id_no="140602190001010014"), "E-ID-CHECK"),
    ("an answer wanted before the advice", item({**ADVICE, "matter": M}, "advices", no=2, reply_by="2026-07-01"), "E-DATE-ORDER"),
    ("a refusal without a word", new(held=False), "E-TALK-REFUSAL"),
    ("an end before the beginning", item(HELD, "talks", end="2026-08-20 09:00"), "E-DATE-ORDER"),
    ("a recheck before the paper was served", new(prior_recheck_on="2026-07-01"), "E-DATE-ORDER"),
    ("a talk that lies in the future", item(HELD, "talks", start="2026-08-21 09:30", end="2026-08-21 10:20"), "E-DATE-ORDER"),
    ("another answer to what is recorded", item(PLAN, "talks", where="三楼会议室"), "E-ALREADY"),
    ("a threat", new(reason="逾期不改将依法处罚"), "E-SOFT-WORDS"),
    ("an order", item(HELD, "talks", advice=["责令当日移走道具柜"]), "E-SOFT-WORDS"),
    ("a threatening advice", item({**ADVICE, "matter": M}, "advices", no=2, items=["立即停业整顿"]), "E-SOFT-WORDS"),
    ("a recheck by one", item(DONE, "rechecks", by=["赵明远"], dt="2026-08-19 10:00"), "E-RECHECK"),
    ("a host whom nobody knows", new(hosts=["赵明远", "无名氏"]), "E-PERSON"),
    ("one officer twice", {**ADVICE, "officers": [OFFICERS[0], {**OFFICERS[0], "name": "孙立群"}]}, "E-OFFICER-2"),
    ("a card that is not registered", {**ADVICE, "officers": [OFFICERS[0], {"name": "孙立群", "cert_no": "04060200199"}]},
     "E-CERT-UNKNOWN"),
    ("a code with a wrong check digit", {**ADVICE, "party": {**PARTY, "uscc": "92140602MAXX016756"}}, "E-USCC-CHECK"),
    ("a code with the letter O", {**ADVICE, "party": {**PARTY, "uscc": "92140602MAXXO16755"}}, "E-USCC-ALPHABET"),
    ("a unit without its code", {**ADVICE, "party": {k: v for k, v in PARTY.items() if k != "uscc"}}, "E-PARTY"),
    ("a person without papers", {**ADVICE, "party": PERSON}, "E-PARTY"),
    ("a day that there is not", item(NOT_DONE, "rechecks", no=3, dt="2026-02-30 10:00"), "E-DATE"),
    ("an unknown matter", {**NOT_DONE, "matter": "2026-ZD-0099"}, "E-MATTER-UNKNOWN"),
    ("no matter", {**NOT_DONE, "matter": None}, "E-MATTER-UNKNOWN"),
    ("another party", {**PLAN, "party": {**PARTY, "uscc": "92140602MAXX0055XG"}}, "E-MATTER-PARTY"),
    ("an answer that was not given", item(HELD, "talks", a7=None), "E-DOC-FACT"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "code"), [(form, code) for _, form, code in WORSE], ids=[name for name, _, _ in WORSE])
def test_it_comes_back_with_the_code_and_nothing_is_made(planned: Bureau, form: dict[str, Any], code: str) -> None:
    before = planned.show(M)["documents"]
    (outcome,) = planned.take(form)
    assert outcome.outcome == "returned"
    assert code in {f.code for f in outcome.findings if f.severity == "error"}, outcome.findings
    finding = next(f for f in outcome.findings if f.code == code)
    assert finding.message and (finding.field or finding.place)
    assert planned.show(M)["documents"] == before


def test_what_the_other_side_said_is_recorded_whatever_it_was(tmp_path: Path) -> None:
    bureau = until_planned(tmp_path)
    (outcome,) = bureau.on(DAY).take(item(HELD, "talks", a5="属实，上次被处罚过，罚款二千元，这次放弃辩解。"))
    assert outcome.outcome == "filed", outcome.findings


def test_the_names_of_papers_are_no_threat(tmp_path: Path) -> None:
    bureau = until_planned(tmp_path)
    spoken = "此前《责令改正通知书》所列事项未落实，本次约谈不是行政处罚"
    (outcome,) = bureau.on(DAY).take(new(reason=spoken))
    assert outcome.outcome == "filed", outcome.findings


def test_an_agent_with_a_letter_may_come_to_a_guidance_talk(tmp_path: Path) -> None:
    bureau = until_planned(tmp_path)
    guidance = {"kind": "指导约谈", "no": 2, "reason": "规范剧本备案"}
    bureau.on("2026-08-18").take(item(PLAN, "talks", **guidance, when="2026-08-20 14:30"))
    bureau.take(approvals(M, bureau.code(M), ("部门负责人", "钱承宇", "同意", "2026-08-18")))
    held = item(HELD, "talks", **guidance, is_agent=True, authorised=True, attendee="店员甲", attendee_title="店长",
                start="2026-08-20 14:30", end="2026-08-20 15:20", a6b=None)  # fmt: skip
    (outcome,) = bureau.on(DAY).take(held)
    assert outcome.outcome == "filed", outcome.findings
    (path,) = [d["path"] for d in bureau.show(M)["documents"] if (d["code"], d["occurrence"]) == ("D-05", "2")]
    assert "受易安然（经营者）书面委托参加，委托书附后。" in bureau.text(path)
