"""A new kind of document is one folder and no Python: the guide for it is followed, a form is dropped, the paper comes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from guides import Guide
from tests.stories.bureau import Bureau, approvals
from tests.stories.test_s11 import ADVICE, NOT_DONE, M
from tests.stories.test_s11 import DONE as DONE_AFTER_TALK

KIND = "templates/documents/rectified_letter"


@pytest.fixture
def bureau(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Bureau:
    """An office to which the guide has added 整改确认函."""
    bureau = Bureau(tmp_path / "office", "2026-07-02")
    before = files(bureau.root)
    guide = Guide("新增一种文书", bureau.root, capsys)
    guide.follow()
    assert guide.ran >= 5
    added = {path.relative_to(bureau.root).parent.as_posix() for path in files(bureau.root) - before}
    assert {folder.removesuffix("/examples") for folder in added} == {KIND}
    return bureau


DONE = {**DONE_AFTER_TALK, "rechecks": [{**DONE_AFTER_TALK["rechecks"][0], "orig_title": "行政建议书", "orig_no": "朔区文旅建字〔2026〕1号"}]}


def files(root: Path) -> set[Path]:
    return {path for path in (root / "templates").rglob("*") if path.is_file()}


def advised(bureau: Bureau) -> Bureau:
    """The matter with its advice issued."""
    bureau.take(ADVICE)
    bureau.on("2026-07-03").take(approvals(M, bureau.code(M), ("部门负责人", "钱承宇", "同意", "2026-07-03")))
    return bureau


def test_a_folder_and_a_dropped_form_make_the_new_paper_in_the_outbox(bureau: Bureau) -> None:
    advised(bureau).on("2026-08-03").take(NOT_DONE)
    assert "Z-01" not in bureau.documents(M)
    (done,) = bureau.on("2026-09-05").take(DONE)
    assert done.outcome == "filed", done.findings
    letter = bureau.documents(M)["Z-01"]
    assert (letter["state"], letter["dated"], letter["occurrence"]) == ("issued", "2026-09-05", "2")
    assert re.fullmatch(r"outbox/2026/行政指导/.+/\d\d_Z-01_整改确认函_2\.docx", letter["path"])
    text = bureau.text(letter["path"])
    for words in ("整改确认函", "朔州市朔城区迷雾剧本体验馆：", "经复查，道具柜已移走，海报已清除（现场照片4张）。", "2026年9月5日"):
        assert words in text, words
    assert bureau.audited() == []


def test_a_folder_taken_away_leaves_the_papers_that_it_made(bureau: Bureau) -> None:
    advised(bureau).on("2026-09-05").take(DONE)
    path = bureau.documents(M)["Z-01"]["path"]
    shutil.rmtree(bureau.root / KIND)
    (again,) = bureau.on("2026-09-06").take({**NOT_DONE, "rechecks": [{**NOT_DONE["rechecks"][0], "no": 3, "dt": "2026-09-06 10:00"}]})
    assert again.outcome == "filed", again.findings
    assert (bureau.root / path).is_file()
    assert bureau.documents(M)["Z-01"]["state"] == "issued"
    assert bureau.audited() == []
