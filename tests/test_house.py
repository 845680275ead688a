"""The promises about the house itself: its size, its walls, and what stands in its lock files."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "paperwork"
LOCKS = ("requirements.lock", "requirements-dev.lock")
LONGEST_MODULE, LONGEST_FUNCTION, MOST_PARAMETERS = 300, 40, 5
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[0-9][A-Za-z0-9.]*)(?: ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> Iterator[tuple[str, str]]:
    """Every module of the program: its path with `/` and its text."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), path.read_text("utf-8")


def functions() -> Iterator[tuple[str, Function]]:
    """Every function, methods and inner ones too: where it stands and its tree."""
    for name, text in modules():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, Function):
                yield f"{name}:{node.lineno} {node.name}", node


def parameters(function: Function) -> int:
    """How many things a caller may give; `self` and `cls` are not given by a caller."""
    given = function.args
    names = [arg.arg for arg in (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg) if arg]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def pins(lock: str) -> dict[str, str]:
    """Name → version of everything that a lock file pins."""
    found = (PIN.match(line) for line in (ROOT / lock).read_text("utf-8").splitlines())
    return {pin["name"]: pin["version"] for pin in found if pin}


def test_the_house_is_seen() -> None:
    assert {"model/intake.py", "errors.py"} <= {name for name, _ in modules()}
    assert any(where.endswith(" __init__") for where, _ in functions())


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {name: len(text.splitlines()) for name, text in modules()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    lengths = {where: (node.end_lineno or 0) - node.lineno + 1 for where, node in functions()}
    assert {where: lines for where, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_no_function_outside_the_command_line_takes_more_than_5_parameters() -> None:
    taken = {where: parameters(node) for where, node in functions() if not where.startswith(("cli/", "cli.py"))}
    assert {where: count for where, count in taken.items() if count > MOST_PARAMETERS} == {}


def test_every_room_says_what_it_is_for() -> None:
    assert [name for name, text in modules() if not ast.get_docstring(ast.parse(text))] == []


def test_every_folder_of_code_is_a_package_that_the_contracts_can_see() -> None:
    folders = {path.parent for path in SOURCE.rglob("*.py")}
    assert [str(folder.relative_to(SOURCE)) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_imports_keep_to_the_contracts() -> None:
    lint = "from importlinter.cli import lint_imports_command as lint; lint()"
    run = subprocess.run(
        [sys.executable, "-c", lint, "--no-cache", "--no-logo"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": "src", "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert " 0 broken" in run.stdout


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_holds_pins_and_hashes_and_names_no_place(lock: str) -> None:
    lines = [line for line in (ROOT / lock).read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if not (PIN.match(line) or HASH.match(line))] == []
    pairs = zip(lines, [*lines[1:], ""], strict=True)
    assert [line for line, after in pairs if PIN.match(line) and not HASH.match(after)] == []
    assert not re.search(r"://|file:|(^|[\s=\"'])(/|[A-Za-z]:\\)\w", (ROOT / lock).read_text("utf-8"), re.MULTILINE)


def test_the_lock_files_agree_and_cover_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked, tools = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    used, all_of_them = (pins(lock) for lock in LOCKS)
    assert used.items() <= all_of_them.items()
    assert {re.split(r"[^A-Za-z0-9-]", line)[0].lower() for line in asked} <= used.keys()
    assert {re.split(r"[^A-Za-z0-9-]", line)[0].lower() for line in tools} <= all_of_them.keys()
