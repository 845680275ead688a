"""The demonstration shows the whole way of a form, and its samples are what they say."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

import pytest

from paperwork import blanks, cli, codec, readers, validation
from paperwork.demo import NAMES, filled, sample
from paperwork.demo.calling import called
from paperwork.model import Form
from tests.played import story
from tests.samples import drop, shipped


def test_the_story_keeps_all_promises_and_shows_each_step() -> None:
    root, told, kept = story()
    assert kept
    decision = "朔区文旅不罚字〔2026〕1号"
    for words in (
        "放入 inbox/案件登记表_星屿网咖.docx",
        "送审稿，审批代码",
        "inbox/审批/审批意见表_法制审核.docx",
        decision,
    ):
        assert words in told
    for words in ("D-34 送达回证", "D-15 教育记录", "已退回", "期限", "全部相符", str(root)):
        assert words in told
    for words in ("D-05 行政约谈记录（朔区文旅约记〔2026〕1号）", "D-11 信用承诺书", "D-09 整改复查记录", "接着填", "D-27 工作总结报告（送审稿", "行政约谈"):
        assert words in told
    assert told.index("等待审批") < told.index(decision) < told.index("D-34")


def test_the_form_with_mistakes_comes_back_with_every_mistake_at_once() -> None:
    root, told, _ = story()
    (note,) = (root / "inbox" / "退回").glob("*.说明.txt")
    said = note.read_text("utf-8-sig")
    for code in ("E-USCC-CHECK", "E-DATE", "E-OFFICER-2"):
        assert code in said
        assert code in told
    assert (root / "inbox" / "退回" / "案件登记表_极昼网络.docx").is_file()
    assert not any("极昼" in path.name for path in (root / "outbox").rglob("*"))


def test_the_folder_is_as_the_design_draws_it() -> None:
    root, _, _ = story()
    folder = root / "outbox" / "2026" / "朔区文旅立字〔2026〕1号_朔州市星屿网咖有限公司"
    assert len(list((folder / "原件").iterdir())) == 5
    assert {p.name[:7] for p in folder.glob("0*.docx")} == {
        "01_D-20", "02_D-14", "03_D-12", "04_D-13", "05_D-34", "06_D-15",
    }  # fmt: skip
    assert (folder / "manifest.json").is_file()
    assert (folder / "卷内目录.docx").is_file()
    assert len(list((folder / "送审稿").iterdir())) == 6
    assert list((root / ".paperwork" / "stage").iterdir()) == []
    assert [p.name for p in (root / "inbox").iterdir() if p.is_file()] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != "mistakes"])
def test_word_and_json_say_the_same(name: str) -> None:
    known = shipped()
    content = sample(name) | ({"draft": "K7Q4-MD2X"} if name == "s01_approvals" else {})
    texts = (filled(known, content), codec.canonical(content).encode())
    keys = []
    for data, file in zip(texts, ("表.docx", "表.json"), strict=True):
        (raw,) = readers.read(file, data, known.forms, known.facts)
        form = validation.form_of(raw, known.forms)
        assert isinstance(form, Form)
        read = validation.read(raw, form, known, drop(), "M")
        assert read.findings == ()
        keys.append(read.submission.content_key)
    assert keys[0] == keys[1]


def test_a_filled_form_is_a_blank_with_answers() -> None:
    known = shipped()
    form = next(f for f in known.forms.values() if f.title == "案件登记表")
    assert len(filled(known, sample("s01_intake"))) > len(blanks.build("docx", form, known.facts))


def test_the_demo_plays_in_a_folder_that_is_given_and_never_in_an_office(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["demo", str(tmp_path / "样例")]) == 0
    assert "全部相符" in capsys.readouterr().out
    assert cli.run(["demo", str(tmp_path / "样例")]) == 2


def test_the_last_line_is_a_command_that_works_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "bin" / "paperwork"
    script.parent.mkdir()
    script.write_text("#!/bin/sh\n", "utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(script), "demo"])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert called() == shlex.quote(str(script))  # as after `make demo` in a clone
    monkeypatch.setenv("PATH", str(script.parent))
    assert shutil.which("paperwork") is None or called() == "paperwork"
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "pytest")])
    assert called() == f"{shlex.quote(sys.executable)} -m paperwork"
