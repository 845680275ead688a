"""The documents of S01 as LibreOffice prints them: every Chinese character of the Word file stands in the PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.stories.bureau import Bureau, served
from tests.stories.test_s01 import M, decided

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"),
]


def chinese(text: str) -> str:
    return "".join(re.findall(r"[㐀-鿿豈-﫿]", text))


def printed(bureau: Bureau, folder: Path) -> dict[str, PdfReader]:
    """Code → the document's PDF, all converted in one run."""
    paths = {d["code"]: bureau.root / d["path"] for d in bureau.show()["documents"] if d["state"] == "issued"}
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "pdf",
         "--outdir", str(folder), *map(str, paths.values())],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return {code: PdfReader(folder / f"{path.stem}.pdf") for code, path in paths.items()}


@pytest.mark.filterwarnings("ignore")
def test_every_character_of_the_word_files_is_printed(tmp_path: Path) -> None:
    bureau = decided(tmp_path / "office")
    bureau.on("2026-07-23").take(served(M))
    pages = printed(bureau, tmp_path)
    assert set(pages) == {"D-12", "D-13", "D-14", "D-15", "D-20", "D-34", "D-36"}
    for code, reader in pages.items():
        wanted = chinese(bureau.text(bureau.documents()[code]["path"]))
        shown = "".join(chinese(page.extract_text()) for page in reader.pages)
        lost = {c for c in wanted if wanted.count(c) > shown.count(c)}
        assert not lost, (code, lost)
        boxes = [font for page in reader.pages for font in _fonts(page) if "LastResort" in font]
        assert not boxes, (code, boxes)
    decision = pages["D-13"]
    assert len(decision.pages) <= 4
    last = chinese(decision.pages[-1].extract_text())
    assert "印章" in last and len(last) > 60  # the seal page carries text (GB/T 9704—2012, 7.3.5.5)


def _fonts(page: object) -> list[str]:
    resources = page["/Resources"]  # type: ignore[index]
    return [str(font.get_object()["/BaseFont"]) for font in resources.get("/Font", {}).values()]
