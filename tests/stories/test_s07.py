"""S07 by a list: an item supports a first offence, its list has days, and another place's list may take its place."""

from __future__ import annotations

from pathlib import Path

from tests.stories.bureau import Bureau
from tests.stories.cases import S02, changed

LIST = "大英县文化市场不予处罚事项清单"
RELIED = changed(S02, no_penalty__list_name=LIST, no_penalty__list_item=2)


def test_an_item_of_the_list_stands_in_the_decision_beside_the_elements(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    (outcome,) = bureau.take(RELIED)
    assert outcome.outcome == "filed", outcome.findings
    text = bureau.text(bureau.documents()["D-13"]["path"])
    assert f"上述情形符合《{LIST}》第2项规定的适用条件。" in text and "当事人系初次违法" in text
    assert bureau.explain()["DR-11"]["status"] == "fired"


def test_a_list_that_was_not_in_force_or_was_swapped_supports_nothing(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    path = tmp_path / "templates" / "exemptions.toml"
    whole = path.read_text("utf-8")
    for other in (whole.replace("since = 2021-07-15", "since = 2026-08-04"), whole.replace(LIST, "另一张清单")):
        path.write_text(other, "utf-8")
        (outcome,) = bureau.take(RELIED)
        assert {f.code for f in outcome.findings} == {"E-LIST"}
    path.write_text(whole.replace(LIST, "本局清单"), "utf-8")
    (outcome,) = bureau.take(changed(RELIED, no_penalty__list_name="本局清单"))
    assert outcome.outcome == "filed", outcome.findings


def test_an_office_without_any_list_works_as_before(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    (tmp_path / "templates" / "exemptions.toml").unlink()
    (outcome,) = bureau.take(S02)
    assert outcome.outcome == "filed", outcome.findings
