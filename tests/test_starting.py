"""Every command imports only what it needs: what is loaded is what somebody waits for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from paperwork import catalogue, cli

SOURCE = Path(cli.__file__).resolve().parents[2]
HEAVY = {
    *("docx", "docxtpl", "jinja2", "lxml", "pypdf", "watchdog", "sqlalchemy", "alembic", "python_calamine"),
    *("xlsxwriter", "cn2an", "stdnum", "psycopg", "rich"),
}
LOOKING = {"sqlalchemy", "cn2an", "stdnum"}  # the ledger, and words and checks of the catalogue
RUN = """
import contextlib, io, sys
sys.path.insert(0, sys.argv[1])
from paperwork import cli
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    code = cli.run(sys.argv[2:])
print(code, *sorted(sys.modules.keys() & set({heavy!r})))
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    catalogue.copy_templates(folder)
    return folder


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], set()),
        (["--version"], set()),
        (["watch", "--help"], set()),
        (["no-such-command"], set()),
        (["cases"], LOOKING),
        (["status"], HEAVY - {"watchdog", "pypdf", "psycopg", "alembic"}),  # it looks over the templates too
        (["due"], LOOKING),
        (["kinds"], LOOKING),
        (["rules"], LOOKING | {"rich"}),
        (["doctor"], LOOKING | {"watchdog", "docxtpl", "jinja2", "lxml", "docx"}),  # and so does this
        (["audit"], HEAVY - {"docxtpl", "jinja2", "watchdog", "docx", "psycopg", "alembic"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_loads_no_more_than_it_needs(arguments: list[str], allowed: set[str], root: Path) -> None:
    command = [sys.executable, "-c", RUN.format(heavy=sorted(HEAVY)), str(SOURCE), "--office", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    _, *loaded = done.stdout.split()
    assert set(loaded) <= allowed
