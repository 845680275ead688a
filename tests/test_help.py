"""What `--help` says is true: examples can be typed, arguments are explained, columns stand under each other."""

from __future__ import annotations

import ast
import inspect
import io
import re
import shlex
import sys
from pathlib import Path

import click
import pytest

from paperwork import cli
from paperwork.cli import manual, pages, say
from paperwork.cli.run import root

COMMANDS = sorted(root.commands)


def helped(capsys: pytest.CaptureFixture[str], *names: str) -> str:
    capsys.readouterr()
    assert cli.run([*names, "--help"]) == 0
    return capsys.readouterr().out


def section(text: str, title: str) -> list[str]:
    body = text.partition(f"\n{title}：\n")[2].partition("\n\n")[0]
    return [line.strip() for line in body.splitlines()]


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_example_can_be_typed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    examples = [shlex.split(line, comments=True) for line in section(helped(capsys, *([name] if name else [])), "例子")]
    assert examples
    for program, *arguments in examples:
        assert program == "paperwork"
        for file in (Path(one) for one in arguments if one.endswith((".docx", ".xlsx", ".json", ".zip"))):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
        with root.make_context("paperwork", list(arguments)) as outer:
            _, command, rest = root.resolve_command(outer, [*outer._protected_args, *outer.args])
            assert command is not None and name in ("", command.name)
            command.make_context(str(command.name), rest, parent=outer)  # a UsageError if it cannot be read


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_and_option_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, name)
    arguments = [one for one in root.commands[name].params if isinstance(one, click.Argument)]
    assert len(section(text, "参数")) >= len(arguments)
    for title in ("参数", "选项"):
        for line in section(text, title):
            assert "  " in line or not re.match(r"[-\[]", line), f"nothing is said of {line}"


def test_the_manual_speaks_of_commands_that_are_there() -> None:
    for name in ("paperwork", *COMMANDS):
        assert set(manual.page(name).see) <= set(COMMANDS)
    assert {name for name in COMMANDS if manual.page(name) is manual.page("")} <= {"worker"}


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_lines_fit_a_terminal_of_eighty_columns(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = helped(capsys, *([name] if name else []))
    told = set(section(text, "例子"))
    for line in text.splitlines()[1:]:
        assert line.strip() in told or say.width(line) <= 80, line


def test_explanations_stand_under_each_other_whatever_the_names_are_written_in() -> None:
    formatter = pages.Formatter(width=40)
    formatter.write_dl([("--a 文件夹", "甲" * 20), ("--long-option", "乙")])
    first, second, third = formatter.getvalue().splitlines()
    at = say.width(first.partition("甲")[0])
    assert say.width(second) - say.width(second.strip()) == at == say.width(third.partition("乙")[0])


def test_a_mark_never_begins_a_line_and_words_stay_whole() -> None:
    assert list(pages.wrapped("甲乙丙丁，戊", 8)) == ["甲乙丙丁，", "戊"]
    assert list(pages.wrapped("写 paperwork check 吧", 12)) == ["写 paperwork", "check 吧"]


# ── what takes long shows that it goes on ─────────────────────────────────────────────────────────────


class Screen(io.StringIO):
    """A terminal that remembers."""

    def isatty(self) -> bool:
        return True


def test_a_bar_is_shown_to_people_only_and_leaves_no_trace_in_files(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, paper = Screen(), io.StringIO()
    for stream in (screen, paper):
        monkeypatch.setattr(sys, "stderr", stream)
        with say.progress("备份") as told:
            told(1, 2)
            told(2, 2)
    assert "备份" in screen.getvalue() and "100%" in screen.getvalue()
    assert paper.getvalue() == ""


LONG = ["audit", "backup", "bundle", "check", "collect", "dossier", "export", "file", "forms", "publish", "report"]


@pytest.mark.parametrize("name", [*LONG, "restore", "support", "upgrade", "watch"])
def test_every_command_that_may_take_long_has_a_bar(name: str) -> None:
    callback = inspect.unwrap(root.commands[name].callback)
    module = inspect.getsource(sys.modules[callback.__module__])
    tree = next(n for n in ast.walk(ast.parse(module)) if isinstance(n, ast.FunctionDef) and n.name == callback.__name__)
    called = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    helpers = [n for n in ast.walk(ast.parse(module)) if isinstance(n, ast.FunctionDef) and n.name in called]
    assert any("say.progress(" in ast.unparse(part) for part in (tree, *helpers))
