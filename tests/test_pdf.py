"""Promises of the PDF engine: every character is printed, a dead or hung LibreOffice is replaced, filing never waits."""

from __future__ import annotations

import io
import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from tools.templates.layout import Paper

from paperwork import doctor, pdf, printouts
from paperwork.errors import MachineError
from paperwork.pdf import engine as engines
from paperwork.pdf import fonts, reading
from paperwork.status import status
from tests.stories.bureau import Bureau
from tests.stories.test_s01 import decided
from tests.test_rendering import bytes_of, template

needs_office = pytest.mark.skipif(not pdf.available(), reason="LibreOffice (soffice) is not installed")


def blank_pdf() -> bytes:
    writer, target = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(target)
    return target.getvalue()


# ── the text ──


def test_a_pdf_without_the_chinese_text_is_found_out() -> None:
    assert reading.lost("王喆，垚。ABC", blank_pdf()) == "王喆垚"
    assert reading.lost("ABC 123", blank_pdf()) == ""


def drawn(content: str, unicode: str = "<01> <738B>\n<02> <5586>\n<03> <D840DC00>") -> bytes:
    """A PDF of one page with this content and a font F1 whose codes stand for these characters."""
    writer, target = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(595, 842)
    told, shown = DecodedStreamObject(), DecodedStreamObject()
    told.set_data(f"1 beginbfchar\n{unicode}\nendbfchar".encode())
    shown.set_data(content.encode())
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/TrueType")})
    font[NameObject("/ToUnicode")] = writer._add_object(told)
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(shown)
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        ("BT /F1 16 Tf <0102>Tj ET", "王喆"),
        ("BT /F1 16.5 Tf[<01>19<02>-3<0103>]TJ ET", "王喆王𠀀"),
        ("/Span<</ActualText<FEFF0101>>>BDC BT /F1 16 Tf <02>Tj ET", "喆"),
        ("q BT /F1 16 Tf <01>Tj ET Q BT <02>Tj ET", "王"),  # whatever font that is
        ("BT <01>Tj ET", ""),
        ("BT /F2 16 Tf <01>Tj ET", ""),
        ("BT /F1 16 Tf <0104>Tj ET", "王"),
        ("% nothing", ""),
    ],
)
def test_a_glance_counts_only_what_is_certainly_printed(content: str, seen: str) -> None:
    assert "".join(reading.glanced(drawn(content)).elements()) == "".join(Counter(seen).elements())


def test_what_a_glance_does_not_see_is_looked_for_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    made = drawn("BT /F1 16 Tf <01>Tj ET")
    assert reading.lost("王", made) == ""
    assert reading.lost("王喆王", made) == "王喆"
    monkeypatch.setattr(reading, "printed_text", lambda _: "王王喆")
    assert reading.lost("王喆王", made) == ""


def test_headers_and_tables_count_among_the_words() -> None:
    assert {"页", "眉", "正", "文"} <= set(reading.words(template("正文", header="页眉")))


def sealed(lines: int) -> bytes:
    """A paper that the organ seals, as the builder of the templates makes it."""
    paper = Paper("dashes")
    paper.title("约谈通知书")
    for _ in range(lines):
        paper.text("请届时到场。")
    paper.signature("朔城区文化和旅游局（印章）", "2026年7月8日")
    return paper.bytes()


@pytest.mark.parametrize(("pages", "marks"), [(1, 0), (2, 1), (3, 2)])
def test_a_seam_mark_is_asked_for_only_where_a_page_shows_it(pages: int, marks: int) -> None:
    assert reading.words(sealed(1), pages).count("骑缝章") == marks


@needs_office
@pytest.mark.office
@pytest.mark.parametrize(("lines", "pages"), [(1, 1), (20, 2)])
def test_a_sealed_paper_of_one_page_or_two_is_printed(engine: pdf.Engine, lines: int, pages: int) -> None:
    made = engine.convert(sealed(lines))
    assert reading.pages(made) == pages
    assert reading.chinese(reading.printed_text(made)).count("骑缝章") == pages - 1


# ── fonts ──

FAMILIES = "Noto Serif CJK SC,Noto Serif CJK SC Black\nNoto Sans CJK SC\nFandolFang\nDejaVu Serif\n"
CHARSETS = {"Noto Serif CJK SC": "4e00-5585 5587-9fa5", "FandolFang": "4e00-5500"}


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with a few fonts; only one that nobody named has U+5586 喆."""

    def asked(program: str, *arguments: str) -> str:
        if program == "fc-match":
            return CHARSETS.get(arguments[-1], "")
        if arguments[0] == ":":
            return FAMILIES
        return "Some Font" if arguments[0] == ":charset=5586" else ""

    for cached in (fonts._families, fonts._charset):
        cached.cache_clear()
    monkeypatch.setattr(fonts, "_asked", asked)
    yield
    for cached in (fonts._families, fonts._charset):
        cached.cache_clear()


@pytest.mark.usefixtures("machine")
def test_a_missing_font_is_named_with_what_prints_in_its_place() -> None:
    by = {one.font: one.by for one in pdf.standings()}
    assert by["仿宋_GB2312"] == "FandolFang" and by["黑体"] == "Noto Sans CJK SC"
    assert not any(one.official for one in pdf.standings())
    assert not fonts.Standing("仿宋_GB2312", "FandolFang").official and fonts.Standing("仿宋_GB2312", "仿宋").official


@pytest.mark.usefixtures("machine")
def test_a_character_is_printed_by_whichever_font_has_it_and_is_missing_only_where_none_has() -> None:
    assert pdf.lacking("王喆") == ""
    assert pdf.lacking("王喆\U00030edd") == "\U00030edd"
    assert pdf.replaced("丁喆") == "喆"


@pytest.mark.usefixtures("machine")
def test_a_script_that_no_font_has_and_a_character_for_private_use_are_named() -> None:
    assert pdf.lacking("王\ue815 ABC\u0e01") == "\ue815\u0e01"
    assert fonts.told("\ue815\u0e01") == "U+E815、\u0e01"


@pytest.mark.usefixtures("machine")
def test_digits_are_printed_by_a_font_as_wide_as_the_one_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "FAMILIES", "DejaVu Serif\nNimbus Roman\n")
    assert {one.font: one.by for one in pdf.standings()}["Times New Roman"] == "Nimbus Roman"


def test_the_configuration_lets_the_stand_ins_print_and_keeps_the_machines_own(tmp_path: Path) -> None:
    path = fonts.configuration(tmp_path)
    if path is None:
        pytest.skip("no fontconfig on this machine")
    text = path.read_text("utf-8")
    assert "/etc/fonts/fonts.conf" in text
    assert text.index("仿宋_GB2312") < text.index("FandolFang") < text.index("楷体_GB2312")


# ── the engine ──


@pytest.fixture(scope="module")
def engine() -> Iterator[pdf.Engine]:
    with pdf.Engine() as one:
        yield one


@needs_office
@pytest.mark.office
def test_a_document_becomes_an_archive_pdf_with_all_its_characters(engine: pdf.Engine) -> None:
    made = engine.convert(template("当事人：王喆垚燚", "不予行政处罚决定书", header="朔城区"))
    reader = PdfReader(io.BytesIO(made))
    assert "王喆垚燚" in reading.chinese(reading.printed_text(made))
    full = Counter(reading.chinese(reading.printed_text(made)))
    assert full == Counter(reading.chinese("".join(reading.glanced(made).elements())))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    assert "<pdfaid:part>2</pdfaid:part>" in metadata and "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    names = {str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert names and not any("LastResort" in name for name in names)


@needs_office
@pytest.mark.office
def test_a_dead_libreoffice_is_replaced(engine: pdf.Engine) -> None:
    engine.convert(template("甲"))
    if engine._instance is None:
        pytest.skip("no Python that knows LibreOffice: every document starts its own")
    engine._instance._process.kill()
    assert "乙" in reading.printed_text(engine.convert(template("乙")))


@needs_office
@pytest.mark.office
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the processes of a group are looked up in /proc")
def test_a_libreoffice_that_was_killed_under_its_bridge_is_replaced(engine: pdf.Engine) -> None:
    engine.convert(template("甲"))
    if engine._instance is None:
        pytest.skip("no Python that knows LibreOffice: every document starts its own")
    bridge = engine._instance._process.pid
    killed = [
        int(one.parent.name)
        for one in Path("/proc").glob("[0-9]*/comm")
        if one.read_text("utf-8").strip() == "soffice.bin" and os.getpgid(int(one.parent.name)) == bridge
    ]
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    assert killed and "己" in reading.printed_text(engine.convert(template("己")))


@needs_office
@pytest.mark.office
@pytest.mark.skipif(os.name == "nt", reason="a process cannot be stopped on Windows as here")
def test_a_hung_libreoffice_is_replaced(engine: pdf.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.convert(template("甲"))
    if engine._instance is None:
        pytest.skip("no Python that knows LibreOffice: every document starts its own")
    hung = engine._instance._process
    os.killpg(hung.pid, signal.SIGSTOP)
    monkeypatch.setattr(engine, "_seconds", 0.3)
    before = engines._Instance.ask
    monkeypatch.setattr(
        engines._Instance, "ask", lambda self, what, seconds: before(self, what, seconds if self._process is hung else 60.0)
    )
    assert "丙" in reading.printed_text(engine.convert(template("丙")))
    assert hung.poll() is not None


@needs_office
@pytest.mark.office
def test_a_file_that_is_no_document_fails_alone(engine: pdf.Engine) -> None:
    with pytest.raises(MachineError):
        engine.convert(b"no document")
    assert engine.convert(template("丁"))


@needs_office
@pytest.mark.office
def test_without_a_python_that_knows_libreoffice_it_still_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "uno_python", lambda: None)
    with pdf.Engine() as cold:
        assert "戊" in reading.printed_text(cold.convert(template("戊")))


def test_without_libreoffice_the_cure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "soffice", lambda: None)
    with pytest.raises(MachineError) as refusal:
        pdf.Engine()
    assert "LibreOffice" in refusal.value.advice
    monkeypatch.setattr(pdf, "available", lambda: False)
    assert [problem.code for problem in pdf.health()] == ["W-PDF-ENGINE"]


# ── beside the filing ──


class Press:
    """An engine that prints nothing but says what it was given."""

    broken = False

    def __init__(self, spool: Path | None = None) -> None:
        self.closed = False

    def convert(self, document: bytes) -> bytes:
        if self.broken:
            raise pdf.PdfFailed("坏了")
        return b"%PDF " + document[:4]

    def close(self) -> None:
        self.closed = True


def printed(bureau: Bureau, press: Any = Press) -> printouts.Printouts:
    """All that the office owes, with this press."""
    settings = bureau.root / "templates" / "bureau.toml"
    settings.write_text(settings.read_text("utf-8").replace("pdf = false", "pdf = true"), "utf-8")
    with bureau.open() as office:
        work = printouts.Printouts(office, press)
        work.all()
        work.close()
    return work


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    return decided(tmp_path_factory.mktemp("pdf") / "office")


def test_an_office_that_wants_no_pdf_makes_none(bureau: Bureau) -> None:
    with bureau.open() as office:
        assert not printouts.Printouts(office, Press).one()  # type: ignore[arg-type]


def test_a_press_that_fails_stops_nothing_and_is_not_asked_again(bureau: Bureau) -> None:
    broken = type("Broken", (Press,), {"broken": True})
    failed = printed(bureau, broken).failed
    assert failed and all(path.endswith(".docx") for path in failed)
    assert not list(bureau.root.rglob("*.pdf"))


def test_every_issued_paper_gets_its_pdf_once_and_the_audit_knows_it(bureau: Bureau) -> None:
    assert not printed(bureau).failed
    issued = [d["path"] for d in bureau.show()["documents"] if d["state"] == "issued" and d["sha256"]]
    made = {p.relative_to(bureau.root).as_posix() for p in bureau.root.rglob("*.pdf")}
    assert made == {printouts.place(path) for path in issued} and issued
    with bureau.open() as office:
        assert not list(printouts.owed(office))
        from paperwork import audit

        assert not [p for p in audit.audit(office) if "PDF" in p.where]


def test_a_character_of_another_font_reaches_log_status_and_doctor(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "replaced", lambda text: "星" if "星" in text else "")
    monkeypatch.setattr(pdf, "health", lambda: iter(()))
    for made in bureau.root.rglob("*.pdf"):
        made.unlink()
    printed(bureau)
    with bureau.open() as office:
        (said,) = [p for p in status(office)["problems"] if p["code"] == "W-PDF-FONT"]
    assert "「星」" in said["what"] and said["file"].endswith(".docx") and said["advice"]
    told = [p for p in doctor.examine(bureau.root)["PDF 和字体"] if p.code == "W-PDF-FONT"]
    assert [p.what for p in told] == [said["what"]]
    log = (bureau.root / ".paperwork" / "logs" / "paperwork.log").read_text("utf-8")
    assert "pdf_font_replaced" in log and "星" not in log


def test_a_paper_that_was_not_printed_is_told_until_it_is(bureau: Bureau) -> None:
    printed(bureau)
    next(bureau.root.rglob("*.pdf")).unlink()
    printed(bureau, type("Broken", (Press,), {"broken": True}))
    assert [p.code for p in printouts.told(bureau.root) if "坏了" in p.what] == ["W-PDF"]
    printed(bureau)
    assert not [p for p in printouts.told(bureau.root) if p.code == "W-PDF"]


@needs_office
@pytest.mark.office
def test_a_character_that_no_font_has_makes_no_pdf_of_boxes(
    engine: pdf.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "lacking", lambda text: "王" if "王" in text else "")
    with pytest.raises(pdf.PdfFailed, match="「王」"):
        engine.convert(template("王"))


def test_a_word_file_that_somebody_changed_is_not_printed(bureau: Bureau) -> None:
    path = bureau.root / next(d["path"] for d in bureau.show()["documents"] if d["state"] == "issued" and d["sha256"])
    (bureau.root / printouts.place(path.relative_to(bureau.root).as_posix())).unlink(missing_ok=True)
    before = path.read_bytes()
    path.write_bytes(bytes_of(__import__("docx").Document()))
    try:
        assert any("改动" in why for why in printed(bureau).failed.values())
    finally:
        path.write_bytes(before)
