"""S07 by a list: an item supports a first offence, its list has days, and another place's list may take its place."""

from __future__ import annotations

from pathlib import Path

from tests.stories.bureau import Bureau
from tests.stories.cases import S02, changed
from tests.stories.test_s01_file import filed

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


GALLERY = {"kind": "企业", "name": "朔州市墨池艺术品有限公司", "uscc": "91140602MAXX00445J"}
REMINDED = {
    "form": "期限台账", "party": GALLERY, "unit": "文化市场综合行政执法大队",
    "duties": [{"no": "1", "name": "艺术品经营单位备案", "kind": "业务办理", "due_on": "2026-05-26",
                "basis": "领取营业执照之日起十五日内备案", "how_to": "到政务服务大厅文旅窗口办理"}],
}  # fmt: skip


def test_the_gallery_was_reminded_before_and_the_file_of_its_case_says_so(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-05-12")
    filed(bureau, REMINDED)
    reminder = bureau.documents("2026-ZD-0001")["D-02d"]
    assert reminder["number"] == "朔区文旅提字〔2026〕1号"
    proof = {"no": 2, "kind": "书证", "name": f"行政提示书（{reminder['number']}）", "pages": 1, "proves": "备案期限届满前已经提示"}
    party = {**S02["party"], **GALLERY, "legal_rep": "墨言", "legal_rep_title": "法定代表人", "legal_rep_id_no": None, "licences": []}
    late = changed(RELIED, party=party, evidence=[*S02["evidence"], proof], case__title="墨池艺术品有限公司案", case__industry="艺术品经营")
    filed(bureau.on("2026-08-14"), late)
    assert bureau.explain()["DR-11"]["status"] == "fired"
    assert "2.行政提示书（朔区文旅提字〔2026〕1号）1页，证明备案期限届满前已经提示" in bureau.text(bureau.documents()["D-13"]["path"])


def test_a_rule_that_is_not_on_file_is_not_cited_from_memory(tmp_path: Path) -> None:
    rule = [{"law": "艺术品经营管理办法", "article": 19, "range": "责令改正，可以并处1万元以下的罚款"}]
    (outcome,) = Bureau(tmp_path, "2026-08-14").take(changed(RELIED, law__penalty=rule))
    assert {f.code for f in outcome.findings} >= {"E-LAW"}
