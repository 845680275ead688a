"""The page to look at: what it says, what it never says, and that a real browser shows it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from paperwork.summary import board, drawing
from tests.stories.bureau import Bureau
from tests.stories.cases import S01, changed


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """A case of today, and a form that went back under a name that wants to be a script."""
    bureau = Bureau(tmp_path_factory.mktemp("board"), "2026-07-16")
    bureau.take(S01)
    bureau.drop(_form(changed(S01, party__uscc="91140602MAXX001113")), "<img src=x onerror=alert(1)>.json")
    bureau.work()
    return bureau


def _form(content: dict[str, object]) -> bytes:
    import json

    return json.dumps(content, ensure_ascii=False).encode()


def page(bureau: Bureau) -> str:
    with bureau.open() as opened:
        return board.page(opened)


def test_the_page_says_what_came_what_went_back_what_falls_due_and_the_quarter(office: Bureau) -> None:
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page(office), flags=re.DOTALL)
    for words in ("今天收到", "已登记 1", "已退回 1", "朔区文旅立字〔2026〕1号", "校验", "2026年第三季度到目前",
                  "文化市场综合行政执法大队", "十四天内到期"):  # fmt: skip
        assert words in text, words
    assert re.search(r"R-03\s+立案\s+1件", text)


def test_the_page_names_nobody_escapes_everything_and_takes_nothing_from_elsewhere(office: Bureau) -> None:
    html = page(office)
    for secret in (S01["party"]["name"], S01["party"]["legal_rep"], "91140602MAXX001113", S01["party"]["phone"]):
        assert secret not in html
    assert "<img" not in html and "&lt;img" in html
    assert "<script" not in html and "http://" not in html and "https://" not in html
    assert "default-src 'none'" in html
    ElementTree.fromstring(re.sub(r"<meta[^>]*>", "", html.removeprefix("<!DOCTYPE html>\n")))  # well-formed


def test_the_page_is_short_where_much_is_wrong_and_draws_nothing_of_nothing(office: Bureau) -> None:
    wrong = [{"place": f"「{n}」一栏", "message": "应为「名称」，不是「王某」14060219000101", "severity": "error"} for n in range(9)]
    told = board._places({"findings": wrong}, {"名称"})
    assert told.startswith("「0」一栏：应为「名称」，不是「…」…；") and told.endswith("；……共9处") and "「6」" not in told
    assert board._places([{"findings": wrong[:1]}, {"outcome": "filed"}], ()) == "「0」一栏：应为「…」，不是「…」…"  # rows
    assert [board._left(days) for days in (3, 0, -53)] == ["3天", "今天", "已过53天"]
    assert drawing.columns("分月", ["1月"], [("立案", [0])]) == "" == drawing.bars("分行业", [])
    assert "<svg" in page(office)


def test_the_page_is_written_when_there_is_news_and_never_too_often(office: Bureau) -> None:
    path = office.root / "outbox" / "看板.html"
    times = iter([0.0, 1.0, 10.0, 40.0, 41.0, 100.0, 700.0, 700.5])
    kept = board.Board(clock=lambda: next(times))
    with office.open() as opened:
        assert kept.refresh(opened, news=False) and path.read_text("utf-8").startswith("<!DOCTYPE html>")
        assert not kept.refresh(opened, news=True)  # at 10 s: too soon
        assert kept.refresh(opened, news=False)  # at 40 s: the news of before
        assert not kept.refresh(opened, news=False)  # at 100 s: nothing new
        assert kept.refresh(opened, news=False)  # at 700 s: it shows that it lives
    assert office.audited() == []


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs Debian's chromium")
def test_a_browser_shows_it_on_a_phone_and_prints_it(office: Bureau, tmp_path: Path) -> None:
    from pypdf import PdfReader

    path = tmp_path / "看板.html"
    path.write_text(page(office), "utf-8")
    picture, paper = tmp_path / "phone.png", tmp_path / "paper.pdf"
    for name, wanted in (("phone", ["--window-size=390,2400", f"--screenshot={picture}"]),
                         ("paper", [f"--print-to-pdf={paper}", "--no-pdf-header-footer"])):  # fmt: skip
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                   f"--user-data-dir={tmp_path / name}", "--hide-scrollbars", *wanted, path.as_uri()]  # fmt: skip
        # Its children outlive it for a moment: a pipe would wait for them too.
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120, check=False)
    assert picture.is_file() and picture.stat().st_size > 10_000
    pages = PdfReader(paper).pages
    assert {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in pages} == {(595, 842)}  # A4
    text = "".join(p.extract_text() for p in pages)
    assert "今天收到" in text and "各机构在办" in text and len(pages) <= 3


def test_on_a_phone_each_row_is_a_card_that_names_its_cells(office: Bureau) -> None:
    html = page(office)
    assert "@media (max-width: 40rem)" in html and "@page { size: A4" in html
    assert '<td data-head="案件或事项">朔区文旅立字〔2026〕1号</td>' in html
    figures = html[html.index("R-03</td>") - 200 : html.index("R-03</td>")]
    assert 'class="wide cards"' not in figures, "the figures stay a table"
