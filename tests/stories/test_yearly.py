"""D-56: last year's figures are owed by 31 January and frozen by what was published; what changed later is beside them."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from paperwork import desk
from paperwork.summary import registers
from tests.stories.bureau import Bureau
from tests.stories.test_s01 import decided
from tests.stories.test_s01_file import filed

OWED = "公开2026年度行政执法数据（paperwork export enforcement）"
CALENDAR = 'year = 2027\nsource = "样例"\nrest = [[2027-01-01, 2027-01-03]]\nwork = []\n'


def exported(bureau: Bureau, page: str = "行政执法数据") -> list[list[Any]]:
    with bureau.open() as office:
        data = registers.EXPORTS["enforcement"][1](office, 2026)
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(page).to_python()


def told(rows: list[list[Any]]) -> dict[str, list[Any]]:
    return {row[1]: row[3:] for row in rows}


def hash_of(rows: list[list[Any]]) -> str:
    found = re.search(r"校验值：([0-9a-f]{64})", "\n".join(str(cell) for row in rows for cell in row))
    assert found
    return found[1]


def published(sha256: str, **answers: str) -> dict[str, Any]:
    yearly = {"year": "2026", "published_on": "2027-01-20", "published_at": "区政府网站", "approved_by": "郑怀瑾"}
    return {"form": "年度数据公开表", "unit": "办公室", "yearly": {**yearly, "sha256": sha256, **answers}}


def test_the_year_is_owed_by_january_and_frozen_by_what_was_published(tmp_path: Path) -> None:
    bureau = decided(tmp_path / "office")
    assert OWED not in bureau.due(), "the year is not over"
    owed = bureau.on("2027-01-04").due()[OWED]
    assert owed["due_on"] is None and "2027年" in owed["unknown"], "no calendar, no guess"
    (bureau.root / "templates" / "calendar" / "2027.toml").write_text(CALENDAR, "utf-8")
    assert bureau.due()[OWED]["due_on"] == "2027-01-29", "the thirty-first is a Sunday"
    first = exported(bureau)
    assert told(first)["不予行政处罚"] == ["1"]
    right = hash_of(first)
    for wrong in (published("1234"), published(right, year="26"), published(right, published_on="2026-12-30")):
        (outcome,) = bureau.on("2027-01-20").take(wrong)
        assert {f.code for f in outcome.findings} & {"E-YEARLY", "E-DATE-ORDER"}, outcome.findings
    assert OWED in bureau.due()
    filed(bureau, published(right))
    assert OWED not in bureau.due()
    with bureau.on("2027-01-21").open() as office:
        desk.void(office, str(bureau.documents()["D-13"]["number"]), "送达以前发现事实有误")
    again = exported(bureau)
    assert told(again)["不予行政处罚"] == ["1"] and hash_of(again) == right, "what was published stands"
    assert any("2027年1月20日在区政府网站公开，审核人：郑怀瑾" in str(cell) for row in again for cell in row)
    assert told(exported(bureau, "公开以后的变化"))["不予行政处罚"] == ["1", "0"]
    assert bureau.audited() == []
