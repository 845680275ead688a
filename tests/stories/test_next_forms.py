"""S11 as a clerk does it in Word: each reply slip lays out the form that comes next, and that form is what is handed in.

Flow (b) of the design: advice, recheck not done, responsibility talk, promise, recheck done; two of a kind in one matter.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from paperwork import desk
from paperwork.errors import OfficeError
from tests.stories.bureau import CHIEF, REVIEW, SECTION, Bureau, approvals, served
from tests.stories.cases import S01
from tests.stories.test_s11 import ADVICE, DONE, HELD, NOT_DONE, PLAN, M
from tests.wordpen import fill, tags

FOLDER = f"回执/{M}_朔州市朔城区迷雾剧本体验馆"
DEPUTY = ("分管负责人", "冯若谷", "同意", "2026-08-17")


def ready(bureau: Bureau, folder: str = FOLDER) -> list[str]:
    """The blanks that lie ready in the matter's folder."""
    there = bureau.root / "inbox" / folder
    return sorted(p.name for p in there.iterdir()) if there.exists() else []


def blank(bureau: Bureau, name: str) -> bytes:
    return (bureau.root / "inbox" / FOLDER / name).read_bytes()


def slip(bureau: Bureau) -> str:
    """The newest reply slip."""
    slips = (bureau.root / "inbox" / "回执").glob("*.回执.txt")
    return max(slips, key=lambda p: p.stat().st_mtime_ns).read_text("utf-8-sig")


def hand_in(bureau: Bureau, data: bytes) -> None:
    bureau.drop(data, "表.docx")
    (outcome,) = bureau.work()
    assert outcome.outcome == "filed", outcome.findings


def answers(form: dict[str, Any], name: str, blank_: bytes, *locked: str) -> list[dict[str, Any]]:
    """The one item of the form, without what the blank does not ask or holds already."""
    (item,) = form[name]
    asked = {tag.partition("].")[2].partition("=")[0].partition("!")[0] for tag in tags(blank_)}
    return [{key: _written(value) for key, value in item.items() if key in asked and key not in locked}]


def _written(value: Any) -> Any:
    return "；".join(value) if isinstance(value, list) else value


def until_not_done(root: Path) -> Bureau:
    bureau = Bureau(root, "2026-07-02")
    bureau.take(ADVICE)
    assert ready(bureau) == []  # the advice is not approved: nothing comes next but the approval
    bureau.on("2026-07-03").take(approvals(M, bureau.code(M), ("部门负责人", "钱承宇", "同意", "2026-07-03")))
    assert ready(bureau) == ["整改复查表.docx", "送达情况表.docx"]
    recheck = blank(bureau, "整改复查表.docx")
    item = answers(NOT_DONE, "rechecks", recheck, "no", "orig_title", "orig_no", "required")
    hand_in(bureau.on("2026-08-03"), fill(recheck, lists={"rechecks": item}))
    return bureau


def test_from_the_advice_to_the_recheck_done_with_the_forms_that_were_laid_out(tmp_path: Path) -> None:
    bureau = until_not_done(tmp_path)
    assert ready(bureau) == ["约谈情况表.docx", "送达情况表.docx"]
    plan = blank(bureau, "约谈情况表.docx")
    item = answers(PLAN, "talks", plan, "no", "kind", "prior_title", "prior_no", "prior_recheck_on", "prior_recheck_no")
    hand_in(bureau.on("2026-08-14"), fill(plan, lists={"talks": item}))
    assert ready(bureau) == ["约谈情况表_1.docx", "送达情况表.docx"]
    bureau.on("2026-08-17").take(
        approvals(M, bureau.code(M), ("部门负责人", "钱承宇", "同意", "2026-08-17"), DEPUTY)
    )
    record = blank(bureau, "约谈情况表_1.docx")
    item = answers(HELD, "talks", record, "no", "kind", "reason")
    hand_in(bureau.on("2026-08-20"), fill(record, lists={"talks": item}))
    assert ready(bureau) == ["信用承诺情况表.docx", "整改复查表.docx", "送达情况表.docx"]
    promise = fill(
        blank(bureau, "信用承诺情况表.docx"),
        lists={"commitments": [{
            "industry": "剧本娱乐", "issues": "安全出口被道具柜遮挡", "deadline": "2026-09-04",
            "corrections": "移走道具柜、清除海报", "self_rules": "每日营业前检查疏散通道", "sector_duty": "消防安全",
            "publicity_period": "六个月", "prepared_on": "2026-08-20",
        }]},
    )  # fmt: skip
    hand_in(bureau, promise)
    recheck = blank(bureau, "整改复查表.docx")
    item = answers(DONE, "rechecks", recheck, "no", "orig_title", "orig_no", "required")
    hand_in(bureau.on("2026-09-05"), fill(recheck, lists={"rechecks": item}))
    assert ready(bureau) == ["送达情况表.docx"]
    made = [(d["code"], d["occurrence"]) for d in bureau.show(M)["documents"] if d["dated"]]
    assert made == [("D-03", "1"), ("D-09", "1"), ("D-04", "1"), ("D-05", "1"), ("D-11", "1"), ("D-09", "2")]
    (path,) = [d["path"] for d in bureau.show(M)["documents"] if (d["code"], d["occurrence"]) == ("D-09", "2")]
    assert "朔区文旅约记〔2026〕1号" in bureau.text(path)  # it rechecks what the talk asked for
    assert bureau.audited() == []


def test_the_second_part_asks_only_what_the_first_did_not_say(tmp_path: Path) -> None:
    bureau = until_not_done(tmp_path)
    bureau.on("2026-08-14").take(PLAN)
    asked = {tag.partition("].")[2].partition("=")[0] for tag in tags(blank(bureau, "约谈情况表_1.docx"))}
    assert {"no", "kind", "reason", "held", "start", "a1", "a9"} <= asked
    assert not {"when", "where", "invitee", "hosts", "prior_title", "hazard"} & asked
    assert not [tag for tag in tags(blank(bureau, "约谈情况表_1.docx")) if tag.startswith(("party.", "officers"))]


def test_the_slip_names_each_form_that_comes_next_and_why(tmp_path: Path) -> None:
    bureau = until_not_done(tmp_path)
    told = slip(bureau)
    assert f"inbox/{FOLDER}" in told
    for words in ("约谈情况表.docx：复查没有整改到位的", "送达情况表.docx：文书送达以后填写"):
        assert words in told


def test_a_blank_that_somebody_has_begun_is_never_taken_away(tmp_path: Path) -> None:
    bureau = until_not_done(tmp_path)
    begun = bureau.root / "inbox" / FOLDER / "约谈情况表.docx"
    begun.write_bytes(fill(begun.read_bytes(), {"submitted_by": "赵明远"}))
    kept = begun.read_bytes()
    bureau.on("2026-08-14").take(PLAN)
    assert begun.read_bytes() == kept
    assert ready(bureau) == ["约谈情况表.docx", "约谈情况表_1.docx", "送达情况表.docx"]


def test_what_a_rule_still_needs_is_asked_on_a_form_of_nothing_else(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    no_penalty = {k: v for k, v in S01["no_penalty"].items() if k not in ("gravity", "first_offence")}
    harm = {k: v for k, v in S01["harm"].items() if k != "level"}
    (opened,) = bureau.take({**S01, "no_penalty": no_penalty, "harm": harm})
    assert opened.outcome == "filed", opened.findings
    folder = next(p for p in (bureau.root / "inbox" / "回执").iterdir() if p.is_dir())
    lacking = (folder / "案件登记表_补充.docx").read_bytes()
    facts = {tag.partition("=")[0].partition("!")[0] for tag in tags(lacking)} - {"matter", "party", "corrects"}
    assert facts - {"submitted_by", "submitted_at"} == {"harm.level", "no_penalty.gravity"}
    hand_in(bureau, fill(lacking, {"harm.level": "无", "no_penalty.gravity": "轻微"}))
    assert bureau.documents()["D-13"]["state"] == "draft"


def test_a_decision_that_is_issued_lays_out_its_service_with_its_number_until_it_is_served(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    assert not list((bureau.root / "inbox" / "回执").glob("*/*.docx"))
    bureau.on("2026-07-22").take(approvals("2026-LA-0001", bureau.code(), SECTION, REVIEW, CHIEF))
    (form,) = (bureau.root / "inbox" / "回执").glob("*/送达情况表.docx")
    assert "朔区文旅不罚字〔2026〕1号" in bureau.text(str(form.relative_to(bureau.root)))
    bureau.on("2026-07-23").take(served("2026-LA-0001"))
    assert not form.exists()


def test_a_matter_of_the_command_line_lays_nothing_into_the_inbox(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    with bureau.open() as office:
        desk.hand_in(office, "表.json", json.dumps(S01).encode())
    assert list((bureau.root / "inbox" / "回执").rglob("*")) == []


@pytest.mark.parametrize("broken", ["form = \"servic\"", 'fill = { "services.dokument" = "papers.unserved" }'])
def test_an_offer_of_what_there_is_not_is_told_with_its_place(tmp_path: Path, broken: str) -> None:
    bureau = Bureau(tmp_path)
    path = bureau.root / "templates" / "policy" / "offers.toml"
    name = broken.partition(" ")[0]
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(broken if line.startswith(f"{name} = ") else line for line in lines), "utf-8")
    with pytest.raises(OfficeError) as wrong:
        bureau.open()
    assert "templates/policy/offers.toml" in str(wrong.value)
