"""A form that went back and is mended: it just works, and what lay in 退回 moves into the dossier of its matter."""

from __future__ import annotations

import copy
import os
from pathlib import Path
from typing import Any

import pytest

from paperwork import demo, faults, status
from paperwork.model import Outcome
from tests.stories.bureau import Bureau
from tests.stories.test_s11 import ADVICE, PARTY, M
from tests.wordpen import replace_parts, rewrite

WRONG, RIGHT = "92140602MAXX016756", "92140602MAXX016755"  # only the second has the right check digit
OTHER = {**PARTY, "name": "朔州市朔城区云谷量贩歌厅", "uscc": "92140602MAXX0055XG", "legal_rep": "柏舟"}
NAME = "行政建议表_迷雾.docx"


def advice(uscc: str = WRONG, **party: str) -> dict[str, Any]:
    """The advice of S11 with this code, and other words of the party."""
    form = copy.deepcopy(ADVICE)
    form["party"].update(uscc=uscc, **party)
    return form


def word(bureau: Bureau, form: dict[str, Any]) -> bytes:
    with bureau.open() as office:
        return demo.filled(office.catalogue, form)


def took(bureau: Bureau, data: bytes | dict[str, Any], name: str = NAME) -> Outcome:
    bureau.drop(data, name)
    (outcome,) = bureau.work()
    return outcome


def mended(data: bytes, wrong: str = WRONG, right: str = RIGHT) -> bytes:
    """The returned copy with the one answer changed, saved by its clerk."""
    assert wrong in rewritten(data)
    return rewrite(data, lambda text: text.replace(wrong, right))


def rewritten(data: bytes) -> str:
    seen: list[str] = []
    rewrite(data, lambda text: seen.append(text) or text)  # type: ignore[func-returns-value]
    return seen[0]


def waiting(bureau: Bureau) -> list[str]:
    folder = bureau.root / "inbox" / "退回"
    return sorted(p.name for p in folder.iterdir()) if folder.exists() else []


def kept(bureau: Bureau) -> list[str]:
    """What the dossier holds of returned forms, without the numbers of the drops."""
    return sorted(p.name.partition("_")[2] for p in (bureau.root / "outbox").rglob("原件/退回/*"))


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path, "2026-07-02")


def test_the_mended_copy_just_works_and_the_returned_one_moves_into_the_dossier(bureau: Bureau) -> None:
    assert took(bureau, word(bureau, advice())).outcome == "returned"
    assert waiting(bureau) == [NAME, f"{NAME}.说明.txt"]
    lain = (bureau.root / "inbox" / "退回" / NAME).read_bytes()
    outcome = took(bureau, mended(lain), "又一个名字.docx")
    assert (outcome.outcome, outcome.id) == ("filed", M)
    assert waiting(bureau) == []
    assert kept(bureau) == [NAME, f"{NAME}.说明.txt"]
    (copied,) = (p for p in (bureau.root / "outbox").rglob("原件/退回/*.docx"))
    assert copied.read_bytes() == lain
    with bureau.open() as office:
        assert status.status(office)["returned"] == []
    assert bureau.audited() == []


def test_a_copy_that_its_clerk_took_away_to_mend_still_moves_into_the_dossier(bureau: Bureau) -> None:
    took(bureau, word(bureau, advice()))
    lain = bureau.root / "inbox" / "退回" / NAME
    lain.write_bytes(mended(lain.read_bytes()))  # mended where it lies, then moved
    outcome = took(bureau, lain.read_bytes())
    lain.write_bytes(b"notes of the clerk")
    assert outcome.outcome == "filed"
    assert kept(bureau) == [NAME, f"{NAME}.说明.txt"]
    assert waiting(bureau) == [NAME]  # what a clerk wrote there is never taken away


def test_two_rounds_of_mending_move_together(bureau: Bureau) -> None:
    took(bureau, word(bureau, advice()))
    once = mended((bureau.root / "inbox" / "退回" / NAME).read_bytes(), WRONG, WRONG[:-1] + "7")
    assert took(bureau, once).outcome == "returned"
    (second,) = (bureau.root / "inbox" / "退回").glob("*.docx")
    assert took(bureau, mended(second.read_bytes(), WRONG[:-1] + "7")).outcome == "filed"
    assert waiting(bureau) == []
    assert len(kept(bureau)) == 4
    assert bureau.audited() == []


def test_a_copy_that_goes_back_again_takes_the_place_of_the_earlier_one(bureau: Bureau) -> None:
    took(bureau, word(bureau, advice()))
    once = mended((bureau.root / "inbox" / "退回" / NAME).read_bytes(), WRONG, WRONG[:-1] + "7")
    took(bureau, once)
    assert waiting(bureau) == [NAME, f"{NAME}.说明.txt"]
    assert (bureau.root / "inbox" / "退回" / NAME).read_bytes() != once


def test_a_copy_moved_back_still_wrong_lies_there_with_the_one_note_of_its_name(bureau: Bureau) -> None:
    took(bureau, word(bureau, advice()))
    lain = bureau.root / "inbox" / "退回" / NAME
    before = lain.with_name(f"{NAME}.说明.txt").read_bytes()
    data = mended(lain.read_bytes(), right="92140602MAXX01675Z")
    lain.unlink()  # its clerk moved it
    assert took(bureau, data).outcome == "returned"
    assert waiting(bureau) == [NAME, f"{NAME}.说明.txt"]
    note = lain.with_name(f"{NAME}.说明.txt").read_text("utf-8-sig")
    assert lain.with_name(f"{NAME}.说明.txt").read_bytes() != before
    assert "92140602MAXX01675Z" in note


@pytest.mark.parametrize("point", ["", "gave_back"])
def test_the_same_wrong_form_dropped_again_and_again_lies_there_once(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    wrong = {**advice(RIGHT), "officers": ADVICE["officers"][:1]}
    took(bureau, wrong, "建议.json")
    if point:
        killed_at(point, bureau, monkeypatch, wrong, "建议.json")
        bureau.work()
    assert took(bureau, wrong, "建议.json").outcome == "returned"
    assert len(waiting(bureau)) == 2
    assert took(bureau, advice(RIGHT), "建议.json").outcome == "filed"
    assert waiting(bureau) == []
    assert bureau.audited() == []


def test_a_form_written_anew_is_known_by_its_name_and_its_party(bureau: Bureau) -> None:
    wrong = {**advice(RIGHT), "officers": ADVICE["officers"][:1]}
    assert took(bureau, wrong, "建议.json").outcome == "returned"
    assert took(bureau, advice(RIGHT), "建议（2）.json").outcome == "filed"
    assert waiting(bureau) == []
    assert kept(bureau) == ["建议.json", "建议.json.说明.txt"]


def test_another_partys_form_of_the_same_name_stays_with_its_clerk(bureau: Bureau) -> None:
    wrong = {**advice(RIGHT), "party": OTHER, "officers": ADVICE["officers"][:1]}
    took(bureau, wrong, "建议.json")
    assert took(bureau, advice(RIGHT), "建议.json").outcome == "filed"
    assert waiting(bureau) == ["建议.json", "建议.json.说明.txt"]
    assert kept(bureau) == []


def test_when_two_would_fit_none_is_taken(bureau: Bureau) -> None:
    wrong = {**advice(RIGHT), "officers": ADVICE["officers"][:1]}
    took(bureau, wrong, "建议.json")
    took(bureau, {**wrong, "officers": []}, "建议.json")
    assert took(bureau, advice(RIGHT), "建议.json").outcome == "filed"
    assert len(waiting(bureau)) == 4


def test_a_returned_copy_used_as_a_pattern_for_another_party_stays(bureau: Bureau) -> None:
    wrong = {**advice(RIGHT), "officers": [ADVICE["officers"][0], {**ADVICE["officers"][0], "name": "孙立群"}]}
    assert took(bureau, word(bureau, wrong)).outcome == "returned"
    lain = (bureau.root / "inbox" / "退回" / NAME).read_bytes()
    other = rewrite(lain, lambda text: _second_officer(_for_the_other(text)))
    assert took(bureau, other).outcome == "filed"
    assert waiting(bureau) == [NAME, f"{NAME}.说明.txt"]


def _for_the_other(text: str) -> str:
    for key in ("name", "uscc", "legal_rep"):
        text = text.replace(str(PARTY[key]), str(OTHER[key]))
    return text


def _second_officer(text: str) -> str:
    first, second = (str(officer["cert_no"]) for officer in ADVICE["officers"])
    before, _, after = text.rpartition(first)
    return before + second + after


def test_a_word_form_that_lost_its_properties_is_known_by_its_name(bureau: Bureau) -> None:
    took(bureau, word(bureau, advice()))
    lain = (bureau.root / "inbox" / "退回" / NAME).read_bytes()
    assert took(bureau, replace_parts(mended(lain), {"docProps/custom.xml": None})).outcome == "filed"
    assert waiting(bureau) == []


@pytest.mark.parametrize("point", ["redeem", "living", "reply"])
def test_a_kill_in_between_changes_nothing(bureau: Bureau, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    took(bureau, word(bureau, advice()))
    lain = (bureau.root / "inbox" / "退回" / NAME).read_bytes()
    killed_at(point, bureau, monkeypatch, mended(lain), NAME)
    assert [o.outcome for o in bureau.work()] == ["filed"]
    assert waiting(bureau) == []
    assert kept(bureau) == [NAME, f"{NAME}.说明.txt"]
    assert bureau.audited() == []


def killed_at(
    point: str, bureau: Bureau, monkeypatch: pytest.MonkeyPatch, data: bytes | dict[str, Any], name: str
) -> None:
    """The form is dropped, and the program ends at that point of its work."""

    def die() -> None:
        os.environ.pop(faults.VARIABLE, None)
        raise KeyboardInterrupt

    bureau.drop(data, name)
    monkeypatch.setattr(faults, "_die", die)
    monkeypatch.setenv(faults.VARIABLE, point)
    with pytest.raises(KeyboardInterrupt):
        bureau.work()
