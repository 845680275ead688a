"""A sheet with many rows: good rows are filed, bad ones come back, every row exactly once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from paperwork import desk, intake, process, status
from paperwork.daemon import Keeper
from paperwork.sheetform import columns_of
from tests.sheetpen import Cells, row_of, sheet
from tests.stories.bureau import Bureau
from tests.stories.cases import S01
from tests.stories.licences import shop
from tests.test_sheets import commented

OTHERS = {  # fictional companies with valid codes of tests and domain/09
    "朔州市星屿网咖有限公司": "91140602MAXX002268",
    "朔州市云栖网咖有限公司": "91140602MAXX00330C",
    "朔州市平川网咖有限公司": "91140602MAXX00445J",
}


def rows(bureau: Bureau, *changes: dict[str, Any]) -> bytes:
    """A sheet of cases: S01 once for each change."""
    with bureau.open() as office:
        known = office.catalogue
    base = row_of(S01, columns_of(known.forms["case_intake"], known.facts))
    return sheet(known, "case_intake", [{**base, **change} for change in changes])


def of(party: str, **more: Any) -> Cells:
    return {"party.name": party, "party.uscc": OTHERS[party], "case.title": f"{party}未悬挂标志案", **more}


STAR, CLOUD, PLAIN = OTHERS
BAD = of(CLOUD, officers="赵明远｜04060200101")
MENDED = {"officers": "赵明远｜04060200101\n孙立群｜04060200102"}


def entries(bureau: Bureau) -> list[tuple[str, str]]:
    with bureau.open() as office:
        return [(row.party, row.case) for row in office.ledger.matters()]


def back(bureau: Bureau) -> list[Path]:
    folder = bureau.root / "inbox" / "退回"
    return sorted(folder.glob("*.xlsx")) if folder.exists() else []


def slips(bureau: Bureau) -> str:
    return "\n".join(p.read_text("utf-8-sig") for p in sorted((bureau.root / "inbox" / "回执").glob("*.txt")))


def test_good_rows_are_filed_and_the_bad_one_alone_comes_back(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(rows(bureau, of(STAR), BAD, of(PLAIN)), "七月案件.xlsx")
    outcomes = bureau.work()
    assert [(o.row, o.outcome, o.case) for o in outcomes] == [
        (7, "filed", "朔区文旅立字〔2026〕1号"), (8, "returned", ""), (9, "filed", "朔区文旅立字〔2026〕2号"),
    ]  # fmt: skip
    assert [f.code for f in outcomes[1].findings] == ["E-OFFICER-2"]
    assert {d["code"] for d in outcomes[2].documents} >= {"D-13", "D-14"}
    assert bureau.audited() == []
    (copy,) = back(bureau)
    assert list(commented(copy.read_bytes()).values()) == [outcomes[1].findings[0].message]
    note, slip = bureau.notes(), slips(bureau)
    assert "第8行" in note and "登记 2 行，退回 1 行" in note
    assert "第7行" in slip and "第9行" in slip and f"{PLAIN}" in slip and "审批代码" in slip
    assert CLOUD not in slip
    with bureau.open() as office:
        (entry,) = status.status(office)["returned"]
    assert entry["codes"] == ["E-OFFICER-2"]


def test_the_copy_mended_and_dropped_again_just_works(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(rows(bureau, of(STAR), BAD), "七月案件.xlsx")
    bureau.work()
    (copy,) = back(bureau)
    with bureau.open() as office:
        known = office.catalogue
        from paperwork.sheetform import Line, Pen, grids, look
        from paperwork.wordform import Package, returned_as

        data = copy.read_bytes()
        found = look(Package(data), grids(data, Package(data)), known.forms, known.facts)
        (row,) = found.table.answers()
        pen = Pen(found.form, known.facts, returned=True)
        pen.write([Line("原第8行", {**found.table.cells(row), **MENDED}, why="已改")])
        pen.stamp("paperwork_returned", returned_as(Package(data)))  # as every program keeps it
    copy.unlink()
    bureau.drop(pen.packed(), "七月案件.xlsx")
    assert [(o.outcome, o.case) for o in bureau.work()] == [("filed", "朔区文旅立字〔2026〕2号")]
    assert [party for party, _ in entries(bureau)] == [STAR, CLOUD]
    assert not list((bureau.root / "inbox" / "退回").iterdir())  # its note is gone with it
    with bureau.open() as office:
        assert status.status(office)["returned"] == []
    assert bureau.audited() == []


def test_each_matter_keeps_its_own_row_and_nobody_elses(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(rows(bureau, of(STAR), of(PLAIN)), "七月案件.xlsx")
    bureau.work()
    originals = sorted((tmp_path / "outbox").rglob("原件/*"))
    assert len(originals) == 2
    from tests.test_sheets import xml

    for path, own, other in zip(originals, (STAR, PLAIN), (PLAIN, STAR), strict=True):
        told = xml(path.read_bytes(), "xl/sharedStrings.xml")
        assert own in told and other not in told
    originals[0].unlink()
    assert bureau.audited() == ["E-FILE-LOST"]


def test_the_same_sheet_again_registers_nothing_and_names_the_cases(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    data = rows(bureau, of(STAR), BAD, of(STAR))
    bureau.drop(data, "七月案件.xlsx")
    assert [o.outcome for o in bureau.work()] == ["filed", "returned", "duplicate"]  # a row twice in one sheet, too
    bureau.drop(data, "七月案件.xlsx")
    again = bureau.work()
    assert [o.outcome for o in again] == ["duplicate", "returned", "duplicate"]
    assert again[0].case == "朔区文旅立字〔2026〕1号"
    bureau.drop(rows(bureau, of(STAR)), "一行.xlsx")
    assert [o.outcome for o in bureau.work()] == ["duplicate"]
    assert len(entries(bureau)) == 1 and bureau.audited() == []
    assert "内容相同" in (tmp_path / "inbox" / "回执" / "一行.xlsx.说明.txt").read_text("utf-8-sig")


def test_a_row_and_a_form_that_say_the_same_are_one_case(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.take(S01)
    bureau.drop(rows(bureau, {}), "七月案件.xlsx")
    assert [o.outcome for o in bureau.work()] == ["duplicate"]


def test_rows_may_join_the_case_that_an_earlier_row_opened(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(rows(bureau, of(STAR), of(STAR, matter="2026-LA-0001", **{"case.source_ref": "补充"})), "七月案件.xlsx")
    outcomes = bureau.work()
    assert [(o.outcome, o.id) for o in outcomes] == [("filed", "2026-LA-0001")] * 2
    assert bureau.show()["facts"]["case.source_ref"] == "补充"
    assert [form["row"] for form in bureau.show()["forms"]] == [7, 8]
    assert bureau.audited() == []


def test_a_correction_names_the_row_that_it_replaces(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(rows(bureau, of(STAR), of(PLAIN)), "七月案件.xlsx")
    bureau.work()
    drop = bureau.show("2026-LA-0002")["forms"][0]["drop"]
    bureau.drop(rows(bureau, of(PLAIN, corrects=f"{drop}/8", **{"case.source_ref": "改"})), "更正.xlsx")
    (outcome,) = bureau.work()
    assert (outcome.outcome, outcome.id) == ("filed", "2026-LA-0002")
    assert bureau.show("2026-LA-0002")["facts"]["case.source_ref"] == "改"


def test_file_tells_of_every_row_and_a_dry_run_makes_nothing(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    data = rows(bureau, of(STAR), BAD)
    with bureau.open() as office:
        tried = desk.try_out(office, "七月案件.xlsx", data)
        assert [(o.row, o.outcome) for o in tried] == [(7, "would_file"), (8, "returned")]
        assert office.ledger.matters() == ()
        assert [(o.row, o.outcome) for o in desk.hand_in(office, "七月案件.xlsx", data)] == [(7, "filed"), (8, "returned")]


def test_what_was_said_of_the_rows_stands_whatever_is_edited_since(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(rows(bureau, of(STAR), BAD), "七月案件.xlsx")
    with bureau.open() as office:
        (found,) = intake.scan(office.inbox)
        drop = intake.claim(found, office.inbox, office.private / "stage", office.now)
        assert drop is not None
        outcomes = process.take(office, drop)
        assert process.concluded(office, drop) == outcomes
        assert process.resume(office, drop, "returned") == outcomes  # taken up again, nothing moves
    assert len(back(bureau)) == 1 and len(entries(bureau)) == 1
    assert bureau.audited() == []


def test_a_form_taken_away_in_the_middle_of_a_sheet_loses_no_row(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(rows(bureau, of(STAR), of(PLAIN)), "七月案件.xlsx")
    with bureau.open() as office:
        (found,) = intake.scan(office.inbox)
        drop = intake.claim(found, office.inbox, office.private / "stage", office.now)
        assert drop is not None
        office.ledger.receive(drop)
        first, _ = process.read(office, drop)
        process.register(office, drop, first)
    shutil.rmtree(tmp_path / "templates" / "forms" / "case_intake")
    outcomes = bureau.work()
    assert [(o.row, o.outcome) for o in outcomes] == [(7, "filed"), (0, "returned")]
    assert len(back(bureau)) == 1 and bureau.audited() == []


def test_a_daemon_that_is_asked_to_stop_stops_between_two_rows_and_goes_on_later(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(rows(bureau, of(STAR), BAD, of(PLAIN)), "七月案件.xlsx")
    with bureau.open() as office:
        keeper = Keeper(office, stopping=lambda: bool(office.ledger.matters()))
        assert keeper.round() == []
        assert len(office.ledger.matters()) == 1 and keeper.troubles == {}
        keeper.stopping = lambda: False
        assert [o.outcome for o in keeper.round()] == ["filed", "returned", "filed"]
    assert bureau.audited() == []


def test_the_heart_beats_between_the_rows_of_a_long_sheet(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(rows(bureau, BAD, BAD), "七月案件.xlsx")
    ticks = iter(range(0, 10**6, 60))  # a minute passes at each look at the clock
    with bureau.open() as office:
        keeper = Keeper(office, clock=lambda: float(next(ticks)))
        heartbeat = office.private / "heartbeat"
        seen = []
        between = keeper._between
        keeper._between = lambda: (heartbeat.unlink(missing_ok=True), between(), seen.append(heartbeat.exists()))  # type: ignore[method-assign]
        keeper.round()
    assert seen == [True, True]


# ── a register, one row an item ───────────────────────────────────────────────────────────────────────


def register(bureau: Bureau, *licences: dict[str, Any]) -> bytes:
    with bureau.open() as office:
        known = office.catalogue
    columns = columns_of(known.forms["licences"], known.facts)
    return sheet(known, "licences", [row_of(licence, columns) for licence in licences])


def test_rows_of_one_shop_are_one_matter_and_a_bad_one_comes_back(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-21")
    wrong = shop(3, valid_to="2026-02-30")
    data = register(bureau, shop(1), shop(2), shop(1, no="140602999999"), wrong, shop(4, no=140602000004))
    bureau.drop(data, "证照台账.xlsx")
    outcomes = bureau.work()
    assert [(o.row, o.outcome) for o in outcomes] == [
        (7, "filed"), (8, "filed"), (9, "filed"), (10, "returned"), (11, "filed"),
    ]  # fmt: skip
    assert outcomes[0].id == outcomes[2].id != outcomes[1].id
    assert [f.code for f in outcomes[3].findings] == ["E-DATE"]
    licences = bureau.show(outcomes[0].id)["facts"]["licences"]
    assert [item["no"] for item in licences] == ["140602000001", "140602999999"]
    assert bureau.audited() == []


def test_a_licence_renewed_in_a_later_sheet_joins_what_it_renews(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-21")
    bureau.drop(register(bureau, shop(1), shop(2)), "证照台账.xlsx")
    first, second = bureau.work()
    bureau.drop(register(bureau, shop(2, valid_to="2029-12-20"), shop(1)), "证照台账.xlsx")
    renewed, same = bureau.on("2026-10-08").work()
    assert (renewed.outcome, renewed.id) == ("filed", second.id)
    assert (same.outcome, same.id) == ("duplicate", first.id)
    assert bureau.show(second.id)["facts"]["licences"][0]["valid_to"] == "2029-12-20"
    assert bureau.audited() == []


def test_a_copy_still_wrong_takes_the_place_of_the_first_and_one_with_fewer_rows_does_not(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(rows(bureau, BAD, of(PLAIN, officers="赵明远｜04060200101")), "七月案件.xlsx")
    bureau.work()
    (first,) = back(bureau)
    bureau.drop(first.read_bytes(), "七月案件.xlsx")  # a copy of the copy, nothing mended
    assert [o.outcome for o in bureau.work()] == ["returned", "returned"]
    assert len(back(bureau)) == 1 and len(list((tmp_path / "inbox" / "退回").iterdir())) == 2
    with bureau.open() as office:
        assert len(status.status(office)["returned"]) == 1
        known = office.catalogue
        from paperwork.sheetform import Line, Pen, grids, look
        from paperwork.wordform import Package, returned_as

        data = back(bureau)[0].read_bytes()
        found = look(Package(data), grids(data, Package(data)), known.forms, known.facts)
        one, _ = found.table.answers()
        pen = Pen(found.form, known.facts, returned=True)
        pen.stamp("paperwork_returned", returned_as(Package(data)))
        pen.write([Line("1", {**found.table.cells(one), **MENDED})])
    bureau.drop(pen.packed(), "一行.xlsx")
    assert [o.outcome for o in bureau.work()] == ["filed"]
    assert len(back(bureau)) == 1  # the other row still waits there
    assert bureau.audited() == []
