"""Promises of the dossier: everything in filing order with its pages, what is missing or broken named, never lost."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from pypdf import PdfReader, PdfWriter

from paperwork import desk, dossier, pdf, printouts, views
from paperwork.cli import say
from paperwork.cli.run import root
from paperwork.dossier import binding, papers
from paperwork.errors import MachineError
from tests.contexts import text_of
from tests.samples import shipped
from tests.stories.bureau import Bureau, served
from tests.stories.test_s01 import M, decided
from tests.stories.test_s11 import ADVICE


def sheets(*texts: str, password: str = "", turned: int = 0) -> bytes:
    """A PDF of so many pages; the texts are only told apart by their number."""
    writer, target = PdfWriter(), io.BytesIO()
    for _ in texts:
        writer.add_blank_page(595, 842).rotate(turned)
    if password:
        writer.encrypt(password)
    writer.write(target)
    return target.getvalue()


class Press:
    """Prints a Word file as blank pages and keeps what it was given; `breaks` are words that it cannot print."""

    def __init__(self, breaks: str = "") -> None:
        self.given: list[str] = []
        self.breaks = breaks

    def __call__(self, document: bytes) -> bytes:
        text = text_of(io.BytesIO(document))
        if self.breaks and self.breaks in text:
            raise MachineError("印不出来")
        self.given.append(text)
        return sheets("一", "二") if "决定书" in text.splitlines()[1] else sheets("一")


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    made = decided(tmp_path_factory.mktemp("dossier") / "office")
    made.on("2026-07-23").take(served(M))
    return made


def folder(bureau: Bureau) -> Path:
    path = bureau.root / bureau.show()["folder"] if "folder" in bureau.show() else None
    if path is None:
        path = (bureau.root / bureau.show()["documents"][0]["path"]).parent
    return path


def by_hand(bureau: Bureau, **files: bytes) -> None:
    place = folder(bureau) / dossier.BY_HAND
    place.mkdir(exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    for name, data in files.items():
        (place / f"{name}.pdf").write_bytes(data)


def make(bureau: Bureau, press: Any) -> dossier.Dossier:
    with bureau.open() as office:
        matter = office.ledger.matter("2026-LA-0001")
        assert matter is not None
        return dossier.make(office, matter, press)


def stamps(document: bytes) -> list[str]:
    return [page.extract_text().strip() for page in PdfReader(io.BytesIO(document)).pages]


def test_every_issued_paper_stands_once_in_filing_order_with_its_pages(bureau: Bureau) -> None:
    by_hand(bureau)
    press = Press()
    made = make(bureau, press)
    issued = {d["path"] for d in bureau.show()["documents"] if d["state"] == "issued" and d["number"] is not False}
    assert {e.sheet.path for e in made.entries} == {p for p in issued if "卷内目录" not in p}
    codes = [e.sheet.code for e in made.entries]
    assert codes.index("D-14") < codes.index("D-12") < codes.index("D-13") < codes.index("D-34")  # domain/03 §3.5
    assert made.entries[0].first == 1
    for before, after in zip(made.entries, made.entries[1:], strict=False):
        assert after.first == before.last + 1
    index = next(text for text in press.given if text.startswith("卷内目录"))
    assert "由立卷人装订后手写" not in index
    for entry in made.entries:
        assert entry.sheet.title in index and entry.shown in index


def test_numbers_are_stamped_on_the_papers_alone_and_bookmarks_lead_to_them(bureau: Bureau) -> None:
    by_hand(bureau)
    made = make(bureau, Press())
    reader = PdfReader(io.BytesIO(made.pdf))
    total = made.entries[-1].last
    assert stamps(made.pdf)[2 : 2 + total] == [str(number) for number in range(1, total + 1)]
    assert stamps(made.pdf)[:2] == ["", ""]
    marks = {str(mark["/Title"]): reader.get_destination_page_number(mark) for mark in reader.outline}  # type: ignore[arg-type, call-overload, index]
    assert marks["封面"] == 0 and marks["卷内目录"] == 1
    assert all(marks[e.sheet.title] == e.first + 1 for e in made.entries)


def test_what_the_outcome_wants_and_nobody_made_is_listed(bureau: Bureau) -> None:
    by_hand(bureau)
    press = Press()
    made = make(bureau, press)
    lacks = next(text for text in press.given if text.startswith("尚缺材料"))
    assert made.missing and all(one["name"] in lacks for one in made.missing)
    assert PdfReader(io.BytesIO(made.pdf)).outline[-1]["/Title"] == "尚缺材料"  # type: ignore[index, call-overload]


def test_a_clerks_pdf_takes_its_place_by_the_code_in_its_name(bureau: Bureau) -> None:
    by_hand(bureau, **{"D-38_询问笔录": sheets("一", "二", "三"), "现场照片": sheets("一")})
    made = make(bureau, Press())
    titles = [e.sheet.title for e in made.entries]
    assert titles.index("询问笔录") < titles.index("不予行政处罚决定书")
    assert titles[-1] == "现场照片"
    assert next(e for e in made.entries if e.sheet.title == "询问笔录").last >= 3
    assert "D-38" not in {one["code"] for one in made.missing}


def test_a_damaged_and_a_locked_attachment_are_named_and_stop_nothing(bureau: Bureau) -> None:
    torn = sheets("一", "二")[:200]
    by_hand(bureau, 坏的=torn, 锁的=sheets("一", password="secret"), 空的=b"", 好的=sheets("一"))
    press = Press()
    made = make(bureau, press)
    why = {one.path.rpartition("/")[2]: one.why for one in made.refused}
    assert set(why) == {"坏的.pdf", "锁的.pdf", "空的.pdf"}
    assert "密码" in why["锁的.pdf"] and "损坏" in why["坏的.pdf"]
    assert "好的" in [e.sheet.title for e in made.entries]
    lacks = next(text for text in press.given if text.startswith("尚缺材料"))
    assert all(name in lacks for name in why)


def test_a_paper_that_cannot_be_printed_or_was_changed_is_named_and_stops_nothing(bureau: Bureau) -> None:
    by_hand(bureau)
    made = make(bureau, Press(breaks="本决定书一式三份"))
    assert any("印不出来" in one.why for one in made.refused) and made.entries
    path = bureau.root / made.entries[0].sheet.path
    before = path.read_bytes()
    path.write_bytes(before + b" ")
    try:
        assert any("改动" in one.why for one in make(bureau, Press()).refused)
    finally:
        path.write_bytes(before)


def test_the_pdf_that_lies_beside_a_paper_is_used(bureau: Bureau) -> None:
    by_hand(bureau)
    first = make(bureau, Press()).entries[0].sheet
    beside = bureau.root / printouts.place(first.path)
    beside.parent.mkdir(exist_ok=True)
    beside.write_bytes(sheets(*"一二三四五"))
    try:
        made = make(bureau, Press())
        assert (made.entries[0].first, made.entries[0].last) == (1, 5)
    finally:
        beside.unlink()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_number_stands_upright_at_the_outer_edge_however_the_page_was_turned(turned: int) -> None:
    bound = binding.bound([binding.Section("甲", sheets("一", "二", turned=turned), True)], "卷")
    places: list[tuple[float, float]] = []
    reader = PdfReader(io.BytesIO(bound))
    for page in reader.pages:
        page.extract_text(visitor_text=lambda text, cm, tm, _f, _s: places.append((tm[4], tm[5])) if text.strip() else None)
        assert not page.rotation
    wide, high = float(reader.pages[0].mediabox.width), float(reader.pages[0].mediabox.height)
    (x1, y1), (x2, y2) = places
    assert x1 > wide / 2 > x2 and y1 == y2 > high - 60


def test_nothing_to_bind_is_a_cover_and_an_index(bureau: Bureau) -> None:
    bound = binding.bound([binding.Section("封面", sheets("一"), False)], "空卷")
    assert len(PdfReader(io.BytesIO(bound)).pages) == 1


@pytest.mark.parametrize("arguments", [["dossier"], ["dossier", "2026-LA-0001", "--year", "2026"]])
def test_one_matter_or_one_year_must_be_named(arguments: list[str], bureau: Bureau) -> None:
    done = CliRunner().invoke(root, ["--office", str(bureau.root), *arguments], standalone_mode=False)
    assert "年份" in str(done.exception)


@pytest.mark.office
@pytest.mark.skipif(not pdf.available(), reason="LibreOffice (soffice) is not installed")
def test_the_command_writes_a_readable_dossier_of_the_matter(bureau: Bureau, tmp_path: Path) -> None:
    by_hand(bureau, **{"D-38_询问笔录": sheets("一")})
    target = tmp_path / "案卷.pdf"
    command = ["--office", str(bureau.root), "dossier", "2026-LA-0001", "-o", str(target), "--json"]
    done = CliRunner().invoke(root, command, standalone_mode=False)
    assert done.exception is None, done.exception
    [told] = json.loads(done.stdout)
    text = [page.extract_text() for page in PdfReader(target).pages]
    assert told["pages"] == sum(d["last"] - d["first"] + 1 for d in told["documents"]) and not told["refused"]
    assert "朔区文旅立字" in text[0] and "卷内目录" in text[1]
    decision = next(d for d in told["documents"] if d["code"] == "D-13")
    assert any("不予行政处罚决定书" in page for page in text)
    assert decision["number"]


class Engine(Press):
    """The press in the place of LibreOffice."""

    def __init__(self, _spool: Path) -> None:
        super().__init__()
        self.convert = self.__call__

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        return None


def test_a_year_gives_every_matter_closed_in_it_with_progress_and_what_is_broken_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau = decided(tmp_path / "office")
    bureau.on("2026-07-23").take(served(M))
    closing: dict[str, Any] = {"form": "结案情况表", "matter": M}
    bureau.on("2026-08-03").take({**closing, "case": {"closed_on": "2026-08-03", "result": "不予行政处罚"}})
    by_hand(bureau, **{"D-38_询问笔录": sheets("一"), "损坏": b"no pdf", "上锁": sheets("一", password="1")})
    with bureau.open() as office:
        assert dossier.closed_in(office, 2026) == [M] and dossier.closed_in(office, 2025) == []
    steps: list[tuple[int, int]] = []

    @contextlib.contextmanager
    def progress(_what: str) -> Iterator[Callable[[int, int], None]]:
        yield lambda done, of: steps.append((done, of))

    monkeypatch.setattr(pdf, "Engine", Engine)
    monkeypatch.setattr(say, "progress", progress)
    command = ["--office", str(bureau.root), "dossier", "--year", "2026", "-o", str(tmp_path / "案卷"), "--json"]
    done = CliRunner().invoke(root, command, standalone_mode=False)
    assert done.exception is None and done.return_value == 1, done.exception  # something was refused
    [told] = json.loads(done.stdout)
    assert told["id"] == M and told["pages"] > 1 and steps == [(0, 1), (1, 1)]
    assert {one["path"].rpartition("/")[2]: one["why"][:2] for one in told["refused"]} == {
        "损坏.pdf": "文件", "上锁.pdf": "有密"}  # fmt: skip
    (written,) = (tmp_path / "案卷").glob("*.pdf")
    outline = [str(entry["/Title"]) for entry in PdfReader(written).outline]  # type: ignore[call-overload, index]
    assert outline[:2] == ["封面", "卷内目录"] and "不予行政处罚决定书" in outline and "询问笔录" in outline


def test_the_index_of_a_matter_without_a_case_names_it_all_the_same(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "office").on("2026-07-02")
    (outcome,) = bureau.take(ADVICE)
    assert outcome.outcome == "filed", outcome.findings
    with bureau.open() as office:
        told = views.index(office, desk.named(office, outcome.id))
    assert told["title"].endswith("行政指导") and told["case_no"] == outcome.id


def test_the_dossiers_own_templates_are_those_that_the_tools_build() -> None:
    from tools.templates import dossier_cover, dossier_missing

    templates = Path(__file__).resolve().parents[1] / "templates" / "dossier"
    assert (templates / "cover.docx").read_bytes() == dossier_cover.build().bytes()
    assert (templates / "missing.docx").read_bytes() == dossier_missing.build().bytes()
    assert Document(templates / "cover.docx").tables


def test_what_lies_in_the_sealed_annex_is_never_bound() -> None:
    office: Any = SimpleNamespace(catalogue=shipped())
    paper = {"state": "issued", "seq": 1, "path": "x.docx"}
    named: Any = SimpleNamespace(kind="informant_reply", code="D-46", **paper)
    other: Any = SimpleNamespace(kind="reading_sheet", code="D-53", **paper)
    assert not papers._bound(office, named) and papers._bound(office, other)
