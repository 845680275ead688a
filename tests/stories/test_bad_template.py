"""A bad template stops only its own kind: its matters wait, `status` says why, everything else goes on; mended, it goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm, Pt

from paperwork import status
from tests.samples import S01
from tests.stories.bureau import Bureau
from tests.stories.test_s11 import ADVICE, M

LETTER = "templates/documents/advice_letter"


def spoil(change: Callable[[Any], None]) -> Callable[[Path], None]:
    """A change of the template, as a slip in Word makes it."""

    def spoiled(folder: Path) -> None:
        word = Document(str(folder / "template.docx"))
        change(word)
        word.save(str(folder / "template.docx"))

    return spoiled


def _unknown(word: Any) -> None:
    word.add_paragraph("{{ party.nmae }}")


def _margin(word: Any) -> None:
    word.sections[0].left_margin = Mm(20)


def _size(word: Any) -> None:
    word.paragraphs[-3].runs[0].font.size = Pt(12)


def _kind(folder: Path) -> None:
    path = folder / "kind.toml"
    path.write_text(path.read_text("utf-8").replace('number = "建"', 'number = "建議"'), "utf-8")


def _gone(folder: Path) -> None:
    (folder / "template.docx").unlink()


SLIPS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a name that nothing answers": (spoil(_unknown), "E-TEMPLATE-NAME", "party.name"),
    "a margin": (spoil(_margin), "E-LAYOUT-PAGE", "28 毫米"),
    "a size": (spoil(_size), "E-LAYOUT-SIZE", "3号"),
    "a series that is none": (_kind, "P-SERIES-UNKNOWN", "建"),
    "no template at all": (_gone, "E-TEMPLATE-FILE", "template.docx"),
}


@pytest.mark.parametrize("what", SLIPS)
def test_its_matters_wait_with_the_reason_and_all_others_go_on(what: str, tmp_path: Path) -> None:
    change, code, cure = SLIPS[what]
    bureau = Bureau(tmp_path, "2026-07-16")
    whole = {p.name: p.read_bytes() for p in (tmp_path / LETTER).iterdir() if p.is_file()}
    change(tmp_path / LETTER)
    bureau.drop({**ADVICE, "submitted_at": "2026-07-16"}, "建议.json")
    bureau.drop(S01, "案件.json")
    outcomes = {o.file: o.outcome for o in bureau.work()}
    assert outcomes == {"案件.json": "filed"}
    with bureau.open() as office:
        told = status.status(office)
    faults = [p for p in told["problems"] if p["code"] == code]
    assert faults and cure in faults[0]["advice"] and faults[0]["file"].startswith(LETTER)
    assert any(p["file"] == "建议.json" and p["advice"] for p in told["problems"])
    for name, data in whole.items():
        (tmp_path / LETTER / name).write_bytes(data)
    assert [o.outcome for o in bureau.work()] == ["filed"]
    assert "D-03" in bureau.documents(M)
    with bureau.open() as office:
        assert status.status(office)["problems"] == []
    assert bureau.audited() == []
