"""S16's variants: without a licence of trade it is another organ's matter; one show that is no profession is no violation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.bureau import Bureau
from tests.stories.cases import changed
from tests.stories.penal import agreed, code_of, penalty
from tests.stories.test_penal import S16, M, codes
from tests.stories.test_s01_file import filed
from tests.stories.test_transfers import transfer

UNLICENSED = changed(
    S16, form_id="F-S16u", measure_requested="移送", case__act="未领取营业执照从事营业性演出",
    law={"violated": [{"law": "营业性演出管理条例", "article": 9, "para": 1}],
         "penalty": [{"law": "营业性演出管理条例", "article": 43, "para": 2, "range": "依法予以取缔、处罚"}],
         "statutory_range": "由市场监督管理部门依法予以取缔、处罚"},
)  # fmt: skip


@pytest.mark.clauses("M-02")
def test_without_a_licence_of_trade_the_article_gives_the_matter_to_another_organ(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-24")
    (asked,) = bureau.take(changed(UNLICENSED, measure_requested="行政处罚"))
    assert codes(asked) == {"E-COMP"}, "营业性演出管理条例 art 43 para 2 names another organ, whatever the industry"
    filed(bureau, UNLICENSED)
    explained = bureau.explain()
    assert explained["Q1"]["status"] == "fired" and explained["DR-17"]["status"] != "fired"
    filed(bureau, transfer(M, "2026-08-24", to="朔州市朔城区市场监督管理局", summary="未领取营业执照从事营业性演出"))
    agreed(bureau.on("2026-08-25"), M, code_of(bureau, "D-18"), "2026-08-25")
    text = bureau.text(bureau.documents()["D-18"]["path"])
    assert "朔州市朔城区市场监督管理局" in text and "不属于我局职责范围" in text
    assert not {"D-13", "D-17", "D-17b"} & set(bureau.documents())
    assert bureau.audited() == []


def test_one_provision_of_ours_among_those_cited_leaves_the_matter_ours(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-24")
    both = [*S16["law"]["penalty"], *UNLICENSED["law"]["penalty"]]
    filed(bureau, changed(S16, law__penalty=both))
    assert bureau.explain()["Q1"]["status"] != "fired"


@pytest.mark.clauses("G-03")
def test_one_show_that_is_no_profession_is_no_violation(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-24")
    filed(bureau, changed(
        S16, form_id="F-S16o", measure_requested="不予行政处罚", violation={"established": False},
        fact__summary="仅在一次社区活动中演出一场，没有以演出为职业的事实。",
        no_penalty={"ground": "57-1-3", "reason": "违法事实不能成立", "not_established": "当事人不以营业性演出为职业，备案的规定不适用"},
    ))  # fmt: skip
    explained = bureau.explain()
    assert explained["Q2"]["status"] == "fired" and explained["DR-17"]["status"] != "fired"
    agreed(bureau.on("2026-08-31"), M, code_of(bureau, "D-13"), "2026-08-31")
    text = bureau.text(bureau.documents()["D-13"]["path"])
    assert "违法事实不能成立" in text and "第五十七条第一款第三项" in text and "教育" not in text
    (fine,) = bureau.take(penalty(M, "2026-08-31", kinds=["警告"], fine=None, gains=None, circumstances=[]))
    assert "D-17b" not in bureau.documents(), fine.findings
    assert bureau.audited() == []
