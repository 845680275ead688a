"""What holds for every test: no hurry, no zone of the machine, and a clear word when LibreOffice is missing."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import postgres

# People are spoken to in Chinese unless the machine speaks English: here it does not, wherever the tests run.
os.environ["LANGUAGE"] = "zh_CN"

# A loaded machine is slow, not wrong: no deadlines anywhere. In CI the examples are the same on every run, so that a
# red run can be repeated; at home they are new each time, so that something new can be found.
settings.register_profile("home", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "home")

# The program knows one zone, Asia/Shanghai, and names it. Eighteen hours away it is mostly another day: whoever asks
# the machine for its zone shows it here. Processes that a test starts inherit it. (Windows has no tzset.)
ELSEWHERE = "HST10"
os.environ["TZ"] = ELSEWHERE
if hasattr(time, "tzset"):
    time.tzset()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs LibreOffice where there is none."""
    if item.get_closest_marker("office") and not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("needs LibreOffice, and no soffice is on the PATH (Debian: libreoffice-writer-nogui and libreoffice-calc-nogui)")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL at work, for whoever asks."""
    if postgres.binaries() is None:
        pytest.skip("needs the server of PostgreSQL, and no initdb is installed (Debian: postgresql)")
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:  # not among pytest's, which are closed to others
        server = postgres.Server(Path(folder))
        server.start()
        yield server
        server.stop("immediate")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every promise of the ledger is held on both databases: `factories.a_ledger` follows this."""
    if request.param == "postgresql":
        server: postgres.Server = request.getfixturevalue("postgres_server")
        monkeypatch.setenv(postgres.ADDRESS, server.address)
    return str(request.param)
