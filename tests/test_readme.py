"""The README's commands are true, and those of the guides: each line of their console blocks is run and succeeds."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperwork import cli
from paperwork.cli.run import root as commands
from paperwork.demo import sample

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
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
    (tmp_path / "s01_intake.json").write_text(json.dumps(sample("s01_intake")), "utf-8")
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


def test_the_readme_opens_with_the_two_doors_and_a_picture() -> None:
    opening = README[:2500]
    assert opening.index("make demo") < opening.index("make test") < opening.index("┌")


def test_the_table_names_every_command_that_is_there_and_no_other() -> None:
    table = README.partition("## Commands")[2].partition("## What it does not do yet")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    named = {word for row in rows for cell in row.split("|")[1:2] for word in re.findall(r"`([a-z]+)", cell)}
    later = {name for name, command in commands.commands.items() if "尚未提供" in (command.short_help or "")}
    assert named == set(commands.commands) - later
    missing = README.partition("## What it does not do yet")[2]
    assert all(f"`{name}`" in missing for name in later)


def test_links_of_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
