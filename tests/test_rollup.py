"""Bundles and their compilation: only what is proven counts, each case once, ratios of sums, everything told."""

from __future__ import annotations

import datetime as dt
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
from paperwork.sheetform import books
from paperwork.summary import bundling, cells, collecting, compiled, exporting, signing
from played import Terminal
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
    return cells.value(known, collecting.totals(made), figure)


def test_sums_are_summed_and_ratios_are_made_of_sums(known: Catalogue) -> None:
    one = handed("A", [row("R-10", "甲立字〔2026〕1号"), row("R-13", "甲立字〔2026〕2号")])
    two = handed("B", [row("R-13", f"乙立字〔2026〕{n}号") for n in range(1, 7)])
    made = collecting.collect(known, collecting.Units(), Q3, [one, two])
    assert [total(known, made, f) for f in ("R-10", "R-13", "R-03b", "R-12")] == [1, 7, 8, 12.5]
    assert cells.value(known, made.cells["A"], "R-12") == 50.0


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
        handed("A", [], version=3),
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


def test_bundles_of_several_periods_are_asked_for_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "office"
    catalogue.copy_templates(root)
    files = []
    for unit, period in (("A", "2026Q3"), ("B", "2026-08")):
        files.append(tmp_path / f"{unit}.json")
        files[-1].write_text(json.dumps(handed(unit, [row("R-03", unit)], period=period).signed, ensure_ascii=False), "utf-8")
    terminal = Terminal(root, capsys, "2026-10-08")
    assert terminal("collect", *map(str, files)) == 2 and "几个报告期：2026Q3、2026-08" in terminal.err
    assert terminal("collect", *map(str, files), "--period", "2026-08") == 1  # one is left out, and told
    assert "不予采用：A.json，报告期是 2026Q3，不是 2026-08" in terminal.out


def test_small_cells_are_merged(known: Catalogue) -> None:
    rows = [row("R-10", f"〔2026〕{n}号", "旅行社") for n in range(1, 4)]
    rows += [row("R-10", "〔2026〕8号", "艺术品经营"), row("R-10", "〔2026〕9号", "剧本娱乐")]
    made = collecting.collect(known, collecting.Units(), Q3, [handed("A", rows)])
    assert merged(made) == {collecting.MERGED: 5}, "two cases are few too: the next smallest joins them"
    rows.append(["R-13m", "〔2026〕9号", "R-13m//1", "2026-08-01", 500000, "大队", "剧本娱乐", ""])
    rows += [row("R-10", f"〔2026〕{n}号", "网吧") for n in range(20, 24)] + [row("R-10", "〔2026〕30号", "互联网文化")]
    made = collecting.collect(known, collecting.Units(), Q3, [handed("A", rows)])
    assert merged(made) == {"旅行社": 3, "网吧": 4, collecting.MERGED: 3}, "cases are counted, not money"


def merged(made: collecting.Collected) -> dict[str, int]:
    return {name: of["R-10"] for name, of in collecting.by_industry(made).items()}


def test_what_nobody_registers_is_no_nought_and_joins_no_ratio(known: Catalogue) -> None:
    none = handed("A", [row("R-10", "甲〔2026〕1号")], lacking=["R-27", "R-20n", "R-16d"])
    also = handed("B", [row("R-16d", "乙〔2026〕1号"), row("R-16c", "乙〔2026〕1号")], lacking=["R-27"])
    bad = handed("C", [row("R-16c", f"丙〔2026〕{n}号") for n in range(9)], lacking=["R-27", "R-16d"])
    made = collecting.collect(known, collecting.Units(), Q3, [none, also, bad])
    assert [cells.value(known, made.cells["A"], f) for f in ("R-27", "R-20n", "R-10", "R-13")] == [None, None, 1, 0]
    assert [total(known, made, f) for f in ("R-27", "R-20n", "R-16m", "R-16c")] == [None, 0, 1.0, 10]


def test_a_department_is_within_its_bureau_and_a_matter_without_a_number_within_it(known: Catalogue) -> None:
    whole = handed("A", [row("R-07", "2026-TS-0001"), row("R-07", "2026-TS-0002")], parties={"R-20": 2})
    part, other = handed("A/一股", [row("R-07", "2026-TS-0001")], parties={"R-20": 1}), handed("A/二股", [row("R-07", "2026-TS-0001")])
    made = collecting.collect(known, collecting.Units(), Q3, [part, whole])
    assert [total(known, made, f) for f in ("R-07", "R-20")] == [2, 2] and [*made.sources] == ["A"]
    assert collecting.entry(known, made, collecting.Units())["within"] == [{"file": part.file, "in": whole.file}]
    made = collecting.collect(known, collecting.Units(), Q3, [part, other, handed("B", [row("R-07", "2026-TS-0001")])])
    assert total(known, made, "R-07") == 2 and made.twice == [("2026-TS-0001", "R-07", "A/一股", "A/二股")]


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
    assert sources["A局", "R-10"][0] == 1 and sources["A局", "R-10"][5] == bundles[0].sha256


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
    each = CalamineWorkbook.from_path(str(tmp_path / "ledger.xlsx")).get_sheet_by_name("逐件").to_python()
    assert each[0] == ["序号", "案号或编号", "日期", "主体", "行业", "四新", "线上", "来源", "措施", "依据", "结果", "整改",
                       "承办人", "文书编号", "备注"]  # fmt: skip


def test_a_register_longer_than_a_sheet_goes_on_on_the_next_and_tells_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel takes 1,048,576 rows: what is beyond would be lost without a word."""
    monkeypatch.setattr(books, "MOST_ROWS", 1)
    monkeypatch.setattr(exporting, "_PAGE", 1)
    bureau = Bureau(tmp_path / "office", "2026-07-16")
    bureau.take(S01)
    told: list[tuple[int, int]] = []
    with bureau.open() as office:
        for what in ("ledger", "numbers"):
            (tmp_path / f"{what}.xlsx").write_bytes(getattr(exporting, what)(office, lambda *at: told.append(at)))
        given = [row.text for row in office.ledger.number_rows()]
    book = CalamineWorkbook.from_path(str(tmp_path / "numbers.xlsx"))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert [rows[0][3] for rows in sheets] == ["文号"] * len(sheets) and len(sheets) > 1
    assert [row[3] for rows in sheets for row in rows[1:]] == given
    assert told[0] == (1, 1) and told[-1] == (len(given), len(given))


def test_thousands_of_cases_of_many_units_compile(known: Catalogue) -> None:
    bundles = [
        handed(f"U{unit}", [row("R-10" if n % 4 else "R-13", f"立字{unit}〔2026〕{n}号") for n in range(2000)])
        for unit in range(12)
    ]  # a tenth of the province here; the benchmark takes all of it
    made = collecting.collect(known, collecting.Units(), Q3, bundles)
    assert total(known, made, "R-03b") == 24000 and total(known, made, "R-12") == 75.0


def office_of(folder: Path, code: str, name: str) -> Any:
    """An office that compiles: a city's, a province's."""
    from paperwork.office import Office

    catalogue.copy_templates(folder)
    settings = folder / "templates" / "bureau.toml"
    told = settings.read_text("utf-8").replace('bureau = "SCWL"', f'bureau = "{code}"')
    settings.write_text(told.replace('name = "朔州市朔城区文化和旅游局"', f'name = "{name}"', 1), "utf-8")
    return Office.open(folder, dt.date(2026, 10, 8))


def rolled(office: Any, bundles: list[bundling.Read], units: collecting.Units) -> bundling.Bundle:
    made = collecting.collect(office.catalogue, units, Q3, bundles)
    return bundling.rolled(office, Q3, [*made.sources.values()], collecting.said(made))


def test_a_roll_up_is_rolled_up_again_and_every_cell_keeps_its_way(known: Catalogue, tmp_path: Path) -> None:
    case = "甲立字〔2026〕1号"
    districts = [
        handed("D1", [row("R-10", case), row("R-13", "甲立字〔2026〕2号")]),
        handed("D2", [row("R-13", f"乙立字〔2026〕{n}号") for n in range(1, 4)], made_on="2026-10-20", preliminary=True),
        handed("D3", [row("R-10", case), row("R-10", "丙立字〔2026〕9号")]),  # of another city, one case of D1's
    ]
    watched = collecting.Units(10, {c: collecting.Unit(c, f"{c}局") for c in ("D1", "D2", "D9")})
    with office_of(tmp_path / "one", "C1", "一市局") as city, office_of(tmp_path / "two", "C2", "二市局") as other:
        first, second = rolled(city, districts[:2], watched), rolled(other, districts[2:], collecting.Units())
        read = [bundling.read(b.name, b.data) for b in (first, second)]
        assert [one.wrong for one in read] == ["", ""]
        assert rolled(city, districts[:2], watched).data == first.data, "the same content is the same revision"
    cities = collecting.Units(10, {c: collecting.Unit(c, f"{c}市") for c in ("C1", "C2", "C3")})
    province = collecting.collect(known, cities, Q3, read)
    flat = collecting.collect(known, collecting.Units(), Q3, districts)
    for figure in ("R-10", "R-13", "R-03b", "R-12"):
        assert total(known, province, figure) == total(known, flat, figure), figure
    assert province.missing == ["C3市（C3）", "一市局：D9局（D9）"]
    assert (province.late, province.preliminary) == (["D2"], ["D2"])
    assert province.twice == [(case, "R-10", "D1", "D3")]
    told = collecting.entry(known, province, cities)
    assert [(u["unit"], u["via"]) for u in told["units"]] == [("D1", "一市局"), ("D2", "一市局"), ("D3", "二市局")]
    with office_of(tmp_path / "top", "P", "省厅") as top:
        again = rolled(top, read, cities)
    whole = bundling.read(again.name, again.data)
    assert {m.body["unit"]: m.via for m in whole.members} == {
        "D1": "省厅／一市局", "D2": "省厅／一市局", "D3": "省厅／二市局"
    }  # fmt: skip
    nation = collecting.collect(known, collecting.Units(), Q3, [whole])
    assert total(known, nation, "R-12") == total(known, flat, "R-12")


def test_a_roll_up_whose_inside_was_touched_is_refused(known: Catalogue, tmp_path: Path) -> None:
    districts = [handed("D1", [row("R-10", "〔2026〕1号")]), handed("D2", [row("R-10", "〔2026〕2号")])]
    with office_of(tmp_path / "city", "C1", "一市局") as city:
        whole = json.loads(rolled(city, districts, collecting.Units()).data)
    swapped = {**whole, "members": [districts[0].signed, handed("D2", [row("R-10", "〔2026〕3号")]).signed]}
    forged = json.loads(json.dumps(whole))
    forged["members"][1]["body"]["rows"] = []
    for touched in ({**whole, "members": whole["members"][:1]}, swapped, forged):
        read = bundling.read("市.json", codec.canonical(touched).encode())
        made = collecting.collect(known, collecting.Units(), Q3, [read])
        assert "可能被改动过" in made.refused[0][1] and not made.cells


def test_means_money_spread_parties_and_what_stands_are_compiled_by_their_own_rules(known: Catalogue) -> None:
    def of(figure: str, case: str, amount: int, on: str = "2026-08-01", ground: str = "") -> list[Any]:
        return [figure, case, f"{figure}//1", on, amount, "大队", "娱乐场所", ground]

    one = [of("R-16d", "〔2026〕1号", 3), of("R-16c", "〔2026〕1号", 1), of("R-13m", "〔2026〕1号", 100050),
           of("R-26", "〔2026〕1号", 100000, ground="条例#31 一般"), of("R-21s", "A-1", 1, "2025-02-01")]  # fmt: skip
    two = [of("R-16d", "〔2026〕2号", 8), of("R-16c", "〔2026〕2号", 1), of("R-26", "〔2026〕2号", 250000, ground="条例#31 一般"),
           of("R-21s", "B-1", 1, "2025-02-01"), ["R-21s", "B-1", "less", "2026-07-09", -1, "大队", "", ""]]  # fmt: skip
    bundles = [handed("A", one, version=2, parties={"R-20": 4}), handed("B", two, version=2, parties={"R-20": 3})]
    made = collecting.collect(known, collecting.Units(), Q3, bundles)
    assert [total(known, made, f) for f in ("R-16m", "R-13m", "R-26", "R-20", "R-21s")] == [5.5, 1000.5, 2.5, 7, 1]
    assert cells.value(known, made.cells["A"], "R-26") is None, "one case alone compares with nothing"


def test_a_department_hands_in_what_is_its_own(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "office", "2026-07-16")
    settings = bureau.root / "templates" / "bureau.toml"
    settings.write_text(settings.read_text("utf-8").replace("units = []", 'units = ["市场管理股"]'), "utf-8")
    bureau.take(S01)
    with bureau.open() as office:
        own, none = (bundling.bundle(office, Q3, unit) for unit in (S01["unit"], "市场管理股"))
        read = [bundling.read(b.name, b.data) for b in (own, none)]
    assert [one.body["unit"] for one in read] == [f"SCWL/{S01['unit']}", "SCWL/市场管理股"]
    assert [bool(one.body["rows"]) for one in read] == [True, False]


def test_json_of_a_collection_says_it_all(known: Catalogue) -> None:
    made = collecting.collect(known, collecting.Units(), Q3, [handed("A", [row("R-10", "〔2026〕1号")])])
    told = json.loads(json.dumps(collecting.entry(known, made, collecting.Units())))
    assert {f["id"]: f["value"] for f in told["figures"]}["R-10"] == 1
    assert told["units"][0]["figures"]["R-12"] == 100.0
