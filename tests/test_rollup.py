"""Bundles and their compilation: only what is proven counts, each case once, ratios of sums, everything told."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from python_calamine import CalamineWorkbook

from paperwork import catalogue, codec, spans
from paperwork.model import Catalogue
from paperwork.summary import bundling, collecting, compiled, exporting, signing
from tests.samples import ROOT
from tests.stories.bureau import Bureau
from tests.stories.cases import S01, S02, changed

Q3 = spans.parse("2026Q3")


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return catalogue.load(ROOT)


def handed(unit: str, rows: list[list[Any]], **body: Any) -> bundling.Read:
    """A bundle of a unit, signed by a key of its own."""
    key = Ed25519PrivateKey.from_private_bytes(unit.encode().ljust(32, b"0"))
    told = {
        "format": bundling.FORMAT, "version": 1, "unit": unit, "name": f"{unit}局", "period": "2026Q3", "revision": 1,
        "made_on": "2026-10-08", "preliminary": False, "figures": [], "rows": rows, **body,
    }  # fmt: skip
    signed = {"body": told, "key": signing.public(key), "signature": signing.sign(key, codec.canonical(told).encode())}
    return bundling.read(f"{unit}_v{told['revision']}.json", codec.canonical(signed).encode())


def row(figure: str, case: str, industry: str = "娱乐场所") -> list[Any]:
    return [figure, case, f"{figure}//1", "2026-08-01", 1, "大队", industry, ""]


def total(known: Catalogue, made: collecting.Collected, figure: str) -> int | float | None:
    return collecting.value(known, collecting.totals(made), figure)


def test_sums_are_summed_and_ratios_are_made_of_sums(known: Catalogue) -> None:
    one = handed("A", [row("R-10", "甲立字〔2026〕1号"), row("R-13", "甲立字〔2026〕2号")])
    two = handed("B", [row("R-13", f"乙立字〔2026〕{n}号") for n in range(1, 7)])
    made = collecting.collect(known, collecting.Units(), Q3, [one, two])
    assert [total(known, made, f) for f in ("R-10", "R-13", "R-03b", "R-12")] == [1, 7, 8, 12.5]
    assert collecting.value(known, made.cells["A"], "R-12") == 50.0


def test_a_case_of_two_units_counts_once_and_is_told(known: Catalogue) -> None:
    case = "甲立字〔2026〕1号"
    bundles = [handed("B", [row("R-10", case)]), handed("A", [row("R-10", case), row("R-10", "2026-LA-0001")]),
               handed("C", [row("R-10", "2026-LA-0001")])]  # fmt: skip
    made = collecting.collect(known, collecting.Units(), Q3, bundles)
    assert total(known, made, "R-10") == 3  # a matter's own id is known within its unit only
    assert made.twice == [(case, "R-10", "A", "B")]


def test_a_later_revision_replaces_the_whole_bundle(known: Catalogue) -> None:
    first = handed("A", [row("R-10", "〔2026〕1号"), row("R-10", "〔2026〕2号")])
    second = handed("A", [row("R-10", "〔2026〕3号")], revision=2)
    for order in ([first, second], [second, first]):
        made = collecting.collect(known, collecting.Units(), Q3, order)
        assert total(known, made, "R-10") == 1
        assert made.replaced == [("A_v1.json", "A_v2.json")]
    twin = handed("A", [row("R-10", "〔2026〕9号")])
    made = collecting.collect(known, collecting.Units(), Q3, [first, twin])
    assert total(known, made, "R-10") == 2 and "同一版而内容不同" in made.refused[0][1]


def test_what_is_not_proven_is_not_counted(known: Catalogue) -> None:
    good = handed("A", [row("R-10", "〔2026〕1号")])
    units = collecting.Units(10, {"A": collecting.Unit("A", "甲局", good.key), "D": collecting.Unit("D", "丁局")})
    key = Ed25519PrivateKey.generate()
    body = {**good.body, "rows": [row("R-10", "〔2026〕7号")], "revision": 9}
    forged = {"body": body, "key": signing.public(key), "signature": signing.sign(key, codec.canonical(body).encode())}
    altered = {"body": body, "key": good.key, "signature": "00" * 64}
    refused = [
        bundling.read("他人签名.json", codec.canonical(forged).encode()),
        bundling.read("改动过.json", codec.canonical(altered).encode()),
        bundling.read("别的文件.json", b"[1, 2"),
        bundling.read("空.json", b"{}"),
        handed("E", []),
        handed("A", [], period="2026Q2"),
        handed("A", [], version=2),
        handed("A", [["R-10", "x"]]),
    ]
    made = collecting.collect(known, units, Q3, [*refused, good])
    assert total(known, made, "R-10") == 1
    assert len(made.refused) == len(refused)
    assert made.missing == ["丁局（D）"]


def test_late_and_preliminary_units_are_told(known: Catalogue) -> None:
    made = collecting.collect(known, collecting.Units(10), Q3, [
        handed("A", [], made_on="2026-10-11", preliminary=True), handed("B", [], made_on="2026-10-10"),
    ])  # fmt: skip
    assert (made.late, made.preliminary) == (["A"], ["A"])


def test_small_cells_are_merged(known: Catalogue) -> None:
    rows = [row("R-10", f"〔2026〕{n}号", "旅行社") for n in range(1, 4)]
    rows += [row("R-10", "〔2026〕8号", "艺术品经营"), row("R-10", "〔2026〕9号", "剧本娱乐")]
    made = collecting.collect(known, collecting.Units(), Q3, [handed("A", rows)])
    assert {name: cells["R-10"] for name, cells in collecting.by_industry(made).items()} == {"旅行社": 3, collecting.MERGED: 2}


def test_every_cell_names_its_source_and_the_sheets_agree(known: Catalogue, tmp_path: Path) -> None:
    units = collecting.Units(10, {c: collecting.Unit(c, f"{c}局", entities=500) for c in "AB"})
    bundles = [handed("A", [row("R-10", "〔2026〕1号")]), handed("B", [row("R-13", "〔2026〕2号"), row("R-10", "〔2026〕3号")])]
    made = collecting.collect(known, units, Q3, bundles)
    (tmp_path / "汇总.xlsx").write_bytes(compiled.workbook(known, made, units))
    book = CalamineWorkbook.from_path(str(tmp_path / "汇总.xlsx"))
    whole = {line[0]: line[3] for line in book.get_sheet_by_name("合计").to_python()[2:]}
    assert (whole["R-10"], whole["R-03b"], whole["R-12"]) == (2, 3, 66.7)
    side = book.get_sheet_by_name("各单位").to_python()
    assert [line[0] for line in side[1:]] == ["B局", "A局"] and [line[-1] for line in side[1:]] == [4, 2]
    sources = {(line[0], line[1].split()[0]): line[2:] for line in book.get_sheet_by_name("来源").to_python()[1:]}
    assert sources["A局", "R-10"][0] == 1 and sources["A局", "R-10"][4] == bundles[0].sha256


def test_a_unit_s_bundle_is_its_report_without_names_and_moves_on_with_its_content(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "office", "2026-07-16")
    bureau.take(S01)
    with bureau.open() as office:
        first, again = bundling.bundle(office, Q3), bundling.bundle(office, Q3)
        read = bundling.read(first.name, first.data)
        assert (read.wrong, first.revision, again.revision) == ("", 1, 1)
        assert read.body["preliminary"] is True
        assert [r[1] for r in read.body["rows"] if r[0] == "R-03"] == ["朔区文旅立字〔2026〕1号"]
        assert {r[1] for r in read.body["rows"]} == {"朔区文旅立字〔2026〕1号"}
        for name in (S01["party"]["name"], S01["party"]["legal_rep"], S01["party"]["uscc"]):
            assert name not in first.data.decode()
    bureau.on("2026-08-14").take(S02)
    with bureau.open() as office:
        assert bundling.bundle(office, Q3).revision == 2
        assert os.name == "nt" or (office.private / "bundle.key").stat().st_mode & 0o077 == 0


def test_what_a_party_typed_stays_text_in_the_register(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "office", "2026-07-16")
    name = '=HYPERLINK("http://x.invalid","朔州市")'
    bureau.take(changed(S01, party__name=name))
    with bureau.open() as office:
        assert office.ledger.matters()[0].party == name
        for what in ("ledger", "numbers"):
            path = tmp_path / f"{what}.xlsx"
            path.write_bytes(getattr(exporting, what)(office))
            with zipfile.ZipFile(path) as archive:
                sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
            assert all("<f>" not in sheet for sheet in sheets)
    lines = CalamineWorkbook.from_path(str(tmp_path / "ledger.xlsx")).get_sheet_by_index(0).to_python()
    assert lines[1][4] == name


def test_thousands_of_cases_of_many_units_compile(known: Catalogue) -> None:
    bundles = [
        handed(f"U{unit}", [row("R-10" if n % 4 else "R-13", f"立字{unit}〔2026〕{n}号") for n in range(2000)])
        for unit in range(12)
    ]  # a tenth of the province here; the benchmark takes all of it
    made = collecting.collect(known, collecting.Units(), Q3, bundles)
    assert total(known, made, "R-03b") == 24000 and total(known, made, "R-12") == 75.0


def test_json_of_a_collection_says_it_all(known: Catalogue) -> None:
    made = collecting.collect(known, collecting.Units(), Q3, [handed("A", [row("R-10", "〔2026〕1号")])])
    told = json.loads(json.dumps(collecting.entry(known, made, collecting.Units())))
    assert {f["id"]: f["value"] for f in told["figures"]}["R-10"] == 1
    assert told["units"][0]["figures"]["R-12"] == 100.0
