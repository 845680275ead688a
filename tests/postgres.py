"""A PostgreSQL of the tests' own: one server a test process, one database a folder, all of it gone afterwards."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
from pathlib import Path

import sqlalchemy as sa

from paperwork.ledger import Ledger

ADDRESS = "PAPERWORK_TEST_POSTGRES"
"""Where the server listens (`127.0.0.1:PORT`), for the processes that a test starts."""

_SETTINGS = "-c fsync=off -c full_page_writes=off -c synchronous_commit={commit} -c max_connections=200"


def binaries() -> Path | None:
    """The folder of the newest installed server; None where there is none (Debian keeps it off the PATH)."""
    found = [Path(shutil.which("initdb") or "").parent] if shutil.which("initdb") else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists()), None)


class Server:
    """A server at work in `folder` from `start` to `stop`. `kept`: what it has committed outlives its own sudden death."""

    def __init__(self, folder: Path, *, kept: bool = False) -> None:
        self.folder = folder
        self.settings = _SETTINGS.format(commit="on" if kept else "off")
        self.data = folder / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        if not self.data.exists():
            self._give_away()
            self._run("initdb", "-D", str(self.data), "-U", "paperwork", "-A", "trust", "-E", "UTF8", "--no-sync")
        listen = f"{self.settings} -c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories="
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.data), "-l", log, "-w", "-t", "60", "-o", listen, "start")

    def stop(self, how: str = "fast") -> None:
        """`fast`, or `immediate`: as a power cut ends it."""
        self._run("pg_ctl", "-D", str(self.data), "-m", how, "-w", "stop")

    def _give_away(self) -> None:
        """A server refuses to run as root: then its folder belongs to the user that the package made."""
        if self._is_root():
            shutil.chown(self.folder, "postgres", "postgres")

    @staticmethod
    def _is_root() -> bool:
        return hasattr(os, "geteuid") and os.geteuid() == 0

    def _run(self, program: str, *arguments: str) -> None:
        folder = binaries()
        assert folder is not None
        as_whom = ["runuser", "-u", "postgres", "--"] if self._is_root() else []
        command = [*as_whom, str(folder / program), *arguments]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(command, check=True, cwd=self.folder, timeout=120, **quiet)  # type: ignore[call-overload]


def url_for(folder: Path, address: str) -> str:
    """The database that stands for this folder, made when first asked for."""
    name = "t" + hashlib.sha256(str(folder).encode()).hexdigest()[:20]
    admin = sa.create_engine(f"postgresql+psycopg://paperwork@{address}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("SELECT pg_advisory_lock(7)")
        known = connection.exec_driver_sql("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).first()
        if not known:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'")
    admin.dispose()
    return f"postgresql://paperwork@{address}/{name}"


def ready_for(folder: Path, address: str) -> str:
    """The same, with the tables that `paperwork upgrade` makes."""
    url = url_for(folder, address)
    Ledger.open(url, "SCWL", upgrade=True).close()
    return url
