"""The service: what stands in its files, in which order it is installed, and nothing left when it is removed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from paperwork import service
from paperwork.errors import MachineError, UsageError
from paperwork.service import Command

TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


class Machine:
    """A machine that hears commands and answers as it was told to."""

    def __init__(self, refuses: str = "") -> None:
        self.heard: list[Command] = []
        self.refuses = refuses

    def __call__(self, command: Command) -> tuple[int, str]:
        self.heard.append(command)
        return (1, "拒绝访问") if self.refuses and self.refuses in command else (0, "")


@pytest.fixture
def of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> service.Recipe:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return service.systemd(tmp_path / "100% 办公 $x", "paperwork-test")


def unit(made: service.Recipe) -> str:
    (data,) = made.files.values()
    return data.decode()


def test_installed_started_asked_and_removed_in_the_order_that_systemd_wants(of_the_user: service.Recipe) -> None:
    machine, (path,) = Machine(), of_the_user.files
    service.carry_out(of_the_user, "install", machine)
    assert path.read_text(encoding="utf-8") == unit(of_the_user)
    service.carry_out(of_the_user, "start", machine)
    service.carry_out(of_the_user, "status", machine)
    service.carry_out(of_the_user, "remove", machine)
    assert not path.exists()
    verbs = [next(word for word in command if word not in ("systemctl", "--user")) for command in machine.heard]
    assert verbs == ["daemon-reload", "enable", "start", "status", "disable", "daemon-reload"]
    assert all("--user" in command for command in machine.heard)


def test_a_path_with_spaces_and_signs_reaches_the_daemon_as_it_is(of_the_user: service.Recipe) -> None:
    (line,) = [line for line in unit(of_the_user).splitlines() if line.startswith("ExecStart=")]
    assert '100%% 办公 $$x" "watch"' in line
    assert line.startswith(f'ExecStart="{sys.executable}" "-m" "paperwork" "--office" "')


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
@pytest.mark.parametrize("run_as", ["", "daemon"])
@pytest.mark.parametrize("workers", [0, 1])
def test_systemd_itself_finds_nothing_wrong_with_the_unit(tmp_path: Path, run_as: str, workers: int) -> None:
    root = tmp_path / "100% 办公"
    root.mkdir()
    made = service.systemd(root, "paperwork-test", run_as, {"PGPASSFILE": "/etc/pgpass"}, workers)
    path = tmp_path / made.name
    path.write_text(unit(made), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(path)], capture_output=True, text=True)
    assert [line for line in done.stderr.splitlines() if "paperwork-test" in line] == []


def test_a_system_service_may_write_in_its_office_alone_and_runs_as_somebody(tmp_path: Path) -> None:
    text = unit(service.systemd(tmp_path, "paperwork-test", "paperwork"))
    assert "User=paperwork\n" in text and "ProtectSystem=strict\n" in text
    assert f'ReadWritePaths="{tmp_path}"\n' in text
    assert "WantedBy=multi-user.target" in text


@pytest.mark.skipif(sys.platform == "win32", reason="systemd")
@pytest.mark.parametrize("workers", [0, 1])
def test_a_system_service_may_write_where_the_settings_send_it(tmp_path: Path, workers: int) -> None:
    root, share = tmp_path / "office", tmp_path / "share"
    (root / "templates").mkdir(parents=True)
    share.mkdir()
    (root / "outbox").symlink_to(share)
    told = '[cluster]\nmetrics = "/var/lib/node exporter/pw.prom"\nstore = "file:///srv/store"\n'
    (root / "templates" / "bureau.toml").write_text(told, "utf-8")
    text = unit(service.systemd(root, "x", "paperwork", {"PAPERWORK_LEDGER": "sqlite:////srv/l/ledger.db"}, workers))
    elsewhere = f'"-{share}" "-/var/lib/node exporter" "-/srv/store" "-/srv/l"'
    assert f'ReadWritePaths="{root}" {elsewhere}\n' in text


@pytest.mark.skipif(sys.platform == "win32", reason="there is one kind of service on Windows")
def test_a_system_service_of_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="用哪个用户"):
        service.recipe(tmp_path, system=True)


def test_workers_are_one_unit_with_an_instance_and_a_private_folder_for_each(tmp_path: Path) -> None:
    root = tmp_path / "100% 办公 $x"
    told = {"PAPERWORK_LEDGER": "postgresql://scwl@db.example/paperwork", "PGPASSFILE": "/etc/pa $s/pgpass"}
    made, machine = service.systemd(root, "paperwork-test", "paperwork", told, workers=2), Machine()
    assert made.name == "paperwork-test-worker@1.service、paperwork-test-worker@2.service"
    (path,), text = made.files, unit(made)
    assert path.name == "paperwork-test-worker@.service"
    assert '100%% 办公 $$x" "worker"\n' in text and f'ReadWritePaths="{tmp_path}/100%% 办公 $x"\n' in text
    assert 'Environment="PGPASSFILE=/etc/pa $s/pgpass"\n' in text
    assert "StateDirectory=paperwork-test-worker-%i\n" in text
    assert text.index("PAPERWORK_LEDGER=") < text.index("PAPERWORK_PRIVATE=%S/paperwork-test-worker-%i\n")
    for verb in ("install", "start", "status", "remove"):
        for command in getattr(made, verb):
            machine(command)
    assert [command[1:] for command in machine.heard] == [
        ("daemon-reload",),
        ("enable", "paperwork-test-worker@1.service", "paperwork-test-worker@2.service"),
        ("start", "paperwork-test-worker@1.service", "paperwork-test-worker@2.service"),
        ("status", "--no-pager", "paperwork-test-worker@1.service", "paperwork-test-worker@2.service"),
        ("stop", "paperwork-test-worker@*.service"),
        ("disable", "paperwork-test-worker@.service"),
        ("daemon-reload",),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="systemd")
def test_a_service_is_told_what_its_installer_was_told_but_never_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PAPERWORK_PRIVATE": "/var/lib/pw", "PGPASSFILE": "/etc/pgpass", "PGPASSWORD": "geheim"}.items():
        monkeypatch.setenv(name, value)
    made = service.recipe(tmp_path, system=True, run_as="paperwork")
    assert f'ReadWritePaths="{tmp_path}" "/var/lib/pw"\n' in unit(made)
    assert 'Environment="PAPERWORK_PRIVATE=/var/lib/pw"\nEnvironment="PGPASSFILE=/etc/pgpass"\n' in unit(made)
    assert "geheim" not in unit(made) and "PGPASSFILE" in made.done["install"]


def test_a_worker_on_windows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "WINDOWS", True)
    with pytest.raises(UsageError, match="Windows"):
        service.recipe(tmp_path, workers=1)


def test_two_offices_are_two_services(tmp_path: Path) -> None:
    assert service.recipe(tmp_path / "a").name != service.recipe(tmp_path / "b").name
    assert service.recipe(tmp_path / "a").name == service.recipe(tmp_path / "a").name


def test_the_task_of_windows_starts_the_daemon_and_begins_it_again(tmp_path: Path) -> None:
    made = service.windows(tmp_path / "办公 <一>&二", "paperwork-test", "SYSTEM")
    ((path, data),) = made.files.items()
    task = Xml.fromstring(data)
    assert data.startswith((b"\xff\xfe", b"\xfe\xff"))

    def said(place: str) -> str | None:
        return task.findtext("/".join(f"{TASK}{name}" for name in place.split("/")))

    assert said("Actions/Exec/Command") == sys.executable
    assert said("Actions/Exec/Arguments") == f'-m paperwork --office "{tmp_path / "办公 <一>&二"}" watch'
    assert said("Triggers/BootTrigger/Enabled") == "true"
    assert said("Settings/RestartOnFailure/Interval") == "PT1M"
    assert said("Settings/ExecutionTimeLimit") == "PT0S"
    assert said("Principals/Principal/RunLevel") == "LeastPrivilege"
    assert made.install == (
        ("schtasks", "/create", "/tn", "paperwork-test", "/xml", str(path), "/ru", "SYSTEM", "/rp", "*"),
    )


def test_without_a_session_the_way_out_is_said_and_removing_says_it_once(of_the_user: service.Recipe) -> None:
    def no_bus(_: service.Command) -> tuple[int, str]:
        return 1, "Failed to connect to bus: No medium found"

    with pytest.raises(MachineError) as caught:
        service.carry_out(of_the_user, "install", no_bus)
    assert "enable-linger" in caught.value.advice and "--system" in caught.value.advice
    _, said = service.carry_out(of_the_user, "remove", no_bus)
    assert "bus" not in said and len(said.splitlines()) == 1


def test_what_the_machine_refuses_is_said_in_its_words(of_the_user: service.Recipe) -> None:
    with pytest.raises(MachineError, match="拒绝访问"):
        service.carry_out(of_the_user, "install", Machine("enable"))
    with pytest.raises(MachineError, match="没有 no-such-program"):
        service.run(("no-such-program",))
    service.carry_out(of_the_user, "remove", Machine("disable"))  # also what was half installed
    assert not any(path.exists() for path in of_the_user.files)
