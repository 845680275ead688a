"""The README's commands are true, and those of the guides: each line of their console blocks is run and succeeds."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperwork import cli
from paperwork.cli.run import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
TWIN = (ROOT / "README.zh-CN.md").read_text("utf-8")
CODE = "DRAFT"  # stands for the code printed on the drafts


def console_lines(text: str = README) -> Iterator[str]:
    for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            assert line.startswith("$ "), f"no command: {line}"
            yield line[2:].partition("  #")[0].strip()


def draft_code(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert cli.run(["show", "2026-LA-0001", "--json"]) == 0
    documents = json.loads(capsys.readouterr().out)["documents"]
    return next(str(d["draft"]) for d in documents if d["code"] == "D-13")


def test_every_command_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PAPERWORK_OFFICE", raising=False)
    monkeypatch.setenv("PAPERWORK_TODAY", "2026-07-23")
    monkeypatch.chdir(tmp_path)
    samples = Path("src", "paperwork", "demo", "forms")  # the clone, as far as the lines look into it
    shutil.copytree(ROOT / samples, tmp_path / samples)
    ran = 0
    for line in console_lines():
        program, *arguments = shlex.split(line)
        if program == "make":
            assert re.search(rf"^{arguments[0]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), line
            continue
        if program == "cd":
            monkeypatch.chdir(arguments[0])
            continue
        assert program == "paperwork", line
        if any(CODE in argument for argument in arguments):
            arguments = [argument.replace(CODE, draft_code(capsys)) for argument in arguments]
        capsys.readouterr()
        code = cli.run(arguments)
        assert code == 0, f"{line}: {capsys.readouterr()}"
        ran += 1
    assert ran >= 15


def test_the_chinese_twin_has_the_same_commands_in_the_same_order() -> None:
    assert list(console_lines(TWIN)) == list(console_lines())  # so running those of one runs those of both


def headings(text: str) -> int:
    return len(re.findall(r"^## ", text, re.MULTILINE))


def bullets(text: str, heading: str) -> int:
    return len(re.findall(r"^- ", text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0], re.MULTILINE))


def test_the_twins_have_the_same_chapters_links_and_shortcomings() -> None:
    assert headings(README) == headings(TWIN) > 5
    assert set(links(README)) - {"README.zh-CN.md"} == set(links(TWIN)) - {"README.md"}
    assert bullets(README, "What it does") == bullets(TWIN, "做什么") > 3
    assert bullets(README, "What it does not do yet") == bullets(TWIN, "还不能做什么") > 3


def test_every_command_of_the_administrators_guide_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PAPERWORK_OFFICE", raising=False)
    monkeypatch.chdir(tmp_path)
    lines = [shlex.split(line) for line in console_lines((ROOT / "docs" / "administrators.md").read_text("utf-8"))]
    for program, *arguments in lines:
        if program == "cd":
            monkeypatch.chdir(arguments[0])
            continue
        assert (program, cli.run(arguments)) == ("paperwork", 0), (arguments, capsys.readouterr())
    assert len(lines) > 10


@pytest.mark.parametrize("text", [README, TWIN], ids=["english", "chinese"])
def test_the_readme_opens_with_the_two_doors_and_a_picture(text: str) -> None:
    opening = text[:2500]
    assert opening.index("make demo") < opening.index("make test") < opening.index("┌")


@pytest.mark.parametrize(
    ("text", "commands_", "later_"),
    [(README, "Commands", "What it does not do yet"), (TWIN, "命令", "还不能做什么")],
    ids=["english", "chinese"],
)
def test_the_table_names_every_command_that_is_there_and_no_other(text: str, commands_: str, later_: str) -> None:
    table, _, _ = text.partition(f"## {commands_}\n")[2].partition(f"## {later_}\n")
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    named = {word for row in rows for cell in row.split("|")[1:2] for word in re.findall(r"`([a-z]+)", cell)}
    assert named == set(COMMANDS)


def links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)#:]+)\)", text)


def test_links_of_the_readmes_lead_somewhere() -> None:
    for target in (*links(README), *links(TWIN)):
        assert (ROOT / target).exists(), target
    assert len(links(README)) > 10


def test_the_index_of_the_documents_leads_to_each_of_them() -> None:
    docs = ROOT / "docs"
    led = {(docs / target).resolve() for target in links((docs / "README.md").read_text("utf-8"))}
    written = {path for path in docs.rglob("*.md") if path.parent.name != "decisions"} - {docs / "README.md"}
    assert all(path.exists() for path in led)
    assert written <= led
