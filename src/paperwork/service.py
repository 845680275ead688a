"""The daemon as a service of the machine: what to write and what to run, on systemd and on Windows.

A `Recipe` is pure: the files of a service and the commands of its life. `carry_out` does one of them. On Windows the
task scheduler starts the daemon with the machine and again whenever it ended; nothing else has to be installed there.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree as Xml  # written only, never read

from paperwork import durable
from paperwork.errors import MachineError, UsageError

Command = tuple[str, ...]
Run = Callable[[Command], tuple[int, str]]
"""Runs a command; its exit code and what it said."""

WINDOWS = os.name == "nt"
STOP_SECONDS = 120
"""How long the form in hand may take when the machine wants the daemon to end."""

_TASK = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_HARDENED = (
    *("NoNewPrivileges=yes", "PrivateTmp=yes", "PrivateDevices=yes", "ProtectSystem=strict", "ProtectHome=read-only"),
    *("ProtectKernelTunables=yes", "ProtectKernelModules=yes", "ProtectKernelLogs=yes", "ProtectControlGroups=yes"),
    *("ProtectClock=yes", "ProtectHostname=yes", "ProtectProc=invisible", "RestrictSUIDSGID=yes"),
    *("RestrictNamespaces=yes", "RestrictRealtime=yes", "LockPersonality=yes", "RemoveIPC=yes"),
    *("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6", "SystemCallArchitectures=native", "CapabilityBoundingSet="),
)


@dataclass(frozen=True)
class Recipe:
    """A service: its name, its files, and the commands that install, start, ask and remove it, in order."""

    name: str
    files: dict[Path, bytes]
    install: tuple[Command, ...]
    start: tuple[Command, ...]
    status: tuple[Command, ...]
    remove: tuple[Command, ...]
    done: dict[str, str] = field(default_factory=dict)  # verb → what to say afterwards


def recipe(root: Path, system: bool = False, run_as: str = "", workers: int = 0) -> Recipe:
    """The service of the office at `root` on this machine: of the user who asks, or of the machine (`run_as` whom).

    With `workers`, that of so many workers instead of the watcher's. UsageError for workers on Windows, and for a
    system service without a user to run as. Where ledger, private folder and password file are told by the environment
    of whoever asks, the service is told the same; a password itself never.
    """
    if WINDOWS:
        if workers:
            raise UsageError("Windows 上不装办理机", advice="办理机请用 Linux；Windows 上可以收表，也自己办理")
        return windows(root, _called(root), run_as)
    if system and not run_as:
        raise UsageError("没有写明用哪个用户运行", advice="例如 --run-as paperwork；不要用 root")
    told = {name: os.environ[name] for name in _TOLD if os.environ.get(name)}
    made = systemd(root, _called(root), run_as if system else "", told, workers)
    if os.environ.get("PGPASSWORD"):
        secret = "密码（PGPASSWORD）不写进服务：请写进密码文件，设好 PGPASSFILE 再装一次"
        made.done["install"] = "\n".join(line for line in (made.done["install"], secret) if line)
    return made


_TOLD = ("PAPERWORK_LEDGER", "PAPERWORK_PRIVATE", "PGPASSFILE")


def _called(root: Path) -> str:
    """One name for one office, whatever its folder is called."""
    return f"paperwork-{hashlib.sha256(str(root).encode()).hexdigest()[:8]}"


def running(root: Path, command: str = "watch") -> tuple[str, ...]:
    """The daemon's own command, or `worker`, by the very interpreter that is asked now."""
    return (sys.executable, "-m", "paperwork", "--office", str(root), command)


# ── systemd ───────────────────────────────────────────────────────────────────────────────────────────


Told = Mapping[str, str]
_NOTHING: Told = MappingProxyType({})


def systemd(root: Path, name: str, run_as: str = "", told: Told = _NOTHING, workers: int = 0) -> Recipe:
    """A unit of the user's own, or of the system where `run_as` names whom it runs as; of workers, one for each.

    `told`: what its environment says.
    """
    folder = Path("/etc/systemd/system") if run_as else _user_units()
    control = ("systemctl",) if run_as else ("systemctl", "--user")
    linger = "" if run_as else "要在无人登录时也运行，请管理员执行一次：loginctl enable-linger 用户名"
    unit = f"{name}-worker@.service" if workers else f"{name}.service"
    each = tuple(unit.replace("@", f"@{number}") for number in range(1, workers + 1)) or (unit,)
    every = ((*control, "stop", unit.replace("@", "@*")),) if workers else ()  # however many were installed
    off = ("disable",) if workers else ("disable", "--now")
    return Recipe(
        name="、".join(each),
        files={folder / unit: _unit(root, run_as, told, f"{name}-worker-%i" if workers else "").encode()},
        install=((*control, "daemon-reload"), (*control, "enable", *each)),
        start=((*control, "start", *each),),
        status=((*control, "status", "--no-pager", *each),),
        remove=(*every, (*control, *off, unit), (*control, "daemon-reload")),
        done={"install": linger},
    )


def _user_units() -> Path:
    config = os.environ.get("XDG_CONFIG_HOME")
    return (Path(config) if config else Path.home() / ".config") / "systemd" / "user"


def _unit(root: Path, run_as: str, told: Told, worker: str) -> str:
    """systemd.unit(5), systemd.exec(5). What the daemon may write: the office, its own private folder, what both name.

    `worker`: the name of a worker's private folder, which systemd makes for it; "" for the watcher.
    """
    command = " ".join(_quoted(part) for part in running(root, "worker" if worker else "watch")).replace("$", "$$")
    places = [str(root), *([] if worker else filter(None, [told.get("PAPERWORK_PRIVATE")]))]
    places += [f"-{folder}" for folder in _outside(root, told)]  # `-`: one that is away keeps nothing from starting
    writes = f"ReadWritePaths={' '.join(map(_quoted, places))}"
    own = [f"User={run_as}", *_HARDENED, writes] if run_as else ["NoNewPrivileges=yes"]
    own += [f"Environment={_quoted(f'{key}={value}')}" for key, value in told.items()]
    if worker:  # its folder goes last and wins; a restart a day ends connections that a broken network left hanging
        own += [f"StateDirectory={worker}", "StateDirectoryMode=0700", f"Environment=PAPERWORK_PRIVATE=%S/{worker}"]
        own += ["RuntimeMaxSec=1d"]
    return "\n".join(
        (
            "[Unit]",
            f"Description=paperwork{' worker %i' if worker else ''}: {_percent(root.name)}",
            f"RequiresMountsFor={_quoted(str(root))}",
            "After=network-online.target",
            "",
            "[Service]",
            "Type=exec",
            f"ExecStart={command}",
            "Restart=always",
            "RestartSec=5",
            "KillSignal=SIGTERM",
            f"TimeoutStopSec={STOP_SECONDS}",
            "UMask=0027",
            *own,
            "",
            "[Install]",
            f"WantedBy={'multi-user.target' if run_as else 'default.target'}",
            "",
        )
    )


def _outside(root: Path, told: Told) -> list[Path]:
    """Folders elsewhere in which the office writes: boxes that are links, figures, a store or a ledger in a file."""
    try:
        settings = tomllib.loads((root / "templates" / "bureau.toml").read_text("utf-8"))
    except (OSError, ValueError):
        settings = {}
    cluster = settings.get("cluster")
    cluster = cluster if isinstance(cluster, dict) else {}
    store, ledger = str(cluster.get("store", "")), told.get("PAPERWORK_LEDGER") or str(settings.get("ledger", ""))
    store = store.removeprefix("file://").removeprefix("local://")
    found = [(root / box).resolve() for box in ("inbox", "outbox")]
    found += [Path(str(cluster["metrics"])).parent] if cluster.get("metrics") else []
    found += [Path(store)] if store and "://" not in store else []
    found += [Path(ledger.removeprefix("sqlite:///")).parent] if ledger.startswith("sqlite:///") else []
    elsewhere = (path for path in found if path.is_absolute() and not path.is_relative_to(root.resolve()))
    return list(dict.fromkeys(path for path in elsewhere if not path.is_relative_to(root)))


def _quoted(text: str) -> str:
    """One word of a unit's line: quoted, and without what systemd would put in its place."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_percent(inner)}"'


def _percent(text: str) -> str:
    return text.replace("%", "%%")


# ── Windows ───────────────────────────────────────────────────────────────────────────────────────────


def windows(root: Path, name: str, run_as: str = "") -> Recipe:
    """A task of the scheduler that starts with the machine and is begun again whenever it ended."""
    definition = root / ".paperwork" / f"{name}.xml"
    whom = ("/ru", run_as, "/rp", "*") if run_as else ()
    return Recipe(
        name=name,
        files={definition: _task(root, run_as)},
        install=(("schtasks", "/create", "/tn", name, "/xml", str(definition), *whom),),
        start=(("schtasks", "/run", "/tn", name),),
        status=(("schtasks", "/query", "/tn", name, "/v", "/fo", "list"),),
        remove=(("schtasks", "/end", "/tn", name), ("schtasks", "/delete", "/tn", name, "/f")),
    )


def _task(root: Path, run_as: str) -> bytes:
    """Task Scheduler Schema 1.2, in UTF-16 as schtasks wants it."""
    Xml.register_namespace("", _TASK)
    task = Xml.Element(f"{{{_TASK}}}Task", version="1.2")
    _put(task, "RegistrationInfo/Description", f"paperwork: {root.name}")
    _put(task, "Triggers/BootTrigger/Enabled" if run_as else "Triggers/LogonTrigger/Enabled", "true")
    principal = _put(task, "Principals/Principal/RunLevel", "LeastPrivilege")
    principal.set("id", "Author")
    for option, value in _TASK_SETTINGS:
        _put(task, f"Settings/{option}", value)
    program, *arguments = running(root)
    _put(task, "Actions/Exec/Command", program)
    _put(task, "Actions/Exec/Arguments", subprocess.list2cmdline(arguments))
    _put(task, "Actions/Exec/WorkingDirectory", str(root))
    data: bytes = Xml.tostring(task, encoding="utf-16", xml_declaration=True)
    return data


_TASK_SETTINGS = (
    ("RestartOnFailure/Interval", "PT1M"),
    ("RestartOnFailure/Count", "255"),
    ("MultipleInstancesPolicy", "IgnoreNew"),
    ("DisallowStartIfOnBatteries", "false"),
    ("StopIfGoingOnBatteries", "false"),
    ("StartWhenAvailable", "true"),
    ("ExecutionTimeLimit", "PT0S"),
)


def _put(task: Xml.Element, path: str, text: str) -> Xml.Element:
    """Set the text at `path`, making what is missing on the way; gives the element above the last."""
    above = at = task
    for name in path.split("/"):
        above, found = at, at.find(f"{{{_TASK}}}{name}")
        at = found if found is not None else Xml.SubElement(at, f"{{{_TASK}}}{name}")
    at.text = text
    return above


# ── doing it ──────────────────────────────────────────────────────────────────────────────────────────


def run(command: Command) -> tuple[int, str]:
    """Run it and hear it out. MachineError where the machine has no such program."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    except FileNotFoundError as error:
        advice = "请参照 docs/administrators.md 用这台机器自己的办法开机启动 paperwork watch"
        raise MachineError(f"这台机器没有 {command[0]}", advice=advice) from error
    return done.returncode, (done.stdout + done.stderr).strip()


_NO_BUS = "Failed to connect to"  # what systemctl says where the user has no session of his own
_NO_BUS_ADVICE = (
    "当前用户没有登录会话（例如经 su 或者 sudo 进入）。请以这个用户直接登录再运行，或者请管理员执行一次 "
    "loginctl enable-linger 用户名；不行的，装成系统服务：--system --run-as 用户"
)
_NO_BUS_REMOVED = "当前用户没有登录会话，systemd 没有应答；服务的文件已经删去，正在运行的到下次开机才停"


def carry_out(made: Recipe, verb: str, runs: Run = run) -> tuple[int, str]:
    """Install, start, ask or remove. The exit code and what the machine said; MachineError when it refuses.

    What is removed leaves no file behind, also when it was half installed.
    """
    if verb == "install":
        for path, data in made.files.items():
            durable.make_dir(path.parent)
            durable.replace(path, data)
    commands: Sequence[Command] = getattr(made, verb)
    said, code = [], 0
    for command in commands:
        code, words = runs(command)
        said.append(words)
        if code and verb in ("install", "start"):
            advice = _NO_BUS_ADVICE if _NO_BUS in words else "请看系统日志，改正后再试"
            raise MachineError(f"{' '.join(command)} 没有成功（{code}）：{words}", advice=advice)
    if verb == "remove":
        for path in made.files:
            path.unlink(missing_ok=True)
    if verb == "remove" and any(_NO_BUS in words for words in said):
        said = [_NO_BUS_REMOVED]
    return (code if verb == "status" else 0), "\n".join(words for words in (*said, made.done.get(verb, "")) if words)
