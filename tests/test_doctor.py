"""The doctor names what keeps an office from running, in plain words with a cure; and what is closed stays closed."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import stat
import time
from collections import namedtuple
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paperwork import access, catalogue, daemon, doctor, status
from paperwork.doctor import machine, paths
from paperwork.errors import MachineError
from paperwork.model import Problem, Sharing
from paperwork.office import Office
from tests.played import Terminal

POSIX = pytest.mark.skipif(os.name == "nt", reason="on Windows the folders' own lists of rights decide")
CLERKS = 12345


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An office that has run once, in a folder that only its owner may write."""
    catalogue.copy_templates(tmp_path / "office")
    settled(tmp_path / "office")
    with Office.open(tmp_path / "office") as office:
        daemon.once(office)
    return tmp_path / "office"


def settled(root: Path) -> Path:
    """With accounts of its own in the list of roles."""
    people = root / "templates" / "people.toml"
    people.write_text(people.read_text("utf-8").replace('users = ["*"]', 'users = ["clerk"]'), "utf-8")
    return root


def codes(root: Path) -> set[str]:
    return {p["code"] for p in doctor.entry(doctor.examine(root))["problems"] if p["code"] != "W-FONT"}


def beat(root: Path, ago: float, ended: str = "") -> None:
    told = {"time": (dt.datetime.now(dt.UTC) - dt.timedelta(seconds=ago)).isoformat(), "pid": 1, "ended": ended}
    (root / ".paperwork" / "heartbeat").write_text(json.dumps(told), "utf-8")


def test_a_sound_office_is_fit(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert codes(root) == set()
    terminal = Terminal(root, capsys)
    assert terminal.bare("--office", str(root), "doctor", "--json") == 0
    assert json.loads(terminal.out)["ok"] is True
    assert terminal.bare("--office", str(root), "doctor") == 0
    assert all(word in terminal.out for word in doctor.CHECKS)


def test_a_broken_kind_is_named_by_the_doctor_and_beside_what_was_taken(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "templates" / "documents" / "talk_notice" / "template.docx").write_bytes(b"no document")
    terminal = Terminal(root, capsys)
    assert terminal.bare("--office", str(root), "doctor", "--json") == 3
    (told,) = (p for p in json.loads(terminal.out)["problems"] if p["code"] == "E-KIND")
    assert "talk_notice" in told["where"] and told["advice"]
    assert terminal.bare("--office", str(root), "watch", "--once") == 0
    assert "约谈通知书" in terminal.err and "paperwork check" in terminal.err


def test_an_office_that_has_not_begun_is_fit(tmp_path: Path) -> None:
    catalogue.copy_templates(tmp_path)
    assert codes(settled(tmp_path)) == {"W-DAEMON"}


def test_a_role_that_every_account_may_play_is_advised_against_and_breaks_nothing(tmp_path: Path) -> None:
    catalogue.copy_templates(tmp_path)
    found = doctor.examine(tmp_path)
    (told,) = (p for p in doctor.entry(found)["problems"] if p["code"] == "W-ANYBODY")
    assert "钱承宇" in told["what"] and told["where"] == "templates/people.toml" and doctor.exit_code(found) == 0


@pytest.mark.parametrize("name", ["inbox", "outbox"])
def test_a_folder_that_is_gone_is_named_with_its_path(name: str, root: Path) -> None:
    shutil.rmtree(root / name)
    found = doctor.entry(doctor.examine(root))
    assert [(p["code"], p["where"]) for p in found["problems"] if p["code"] == "E-PATH"] == [("E-PATH", str(root / name))]
    assert all(p["what"] and p["advice"] for p in found["problems"])
    assert doctor.exit_code(doctor.examine(root)) == 4


@POSIX
def test_a_folder_that_cannot_be_written_is_named_with_owner_and_mode(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", denied)
    found = [p for p in paths.folders(doctor.Sight(root)) if p.code == "E-ACCESS"]
    assert {Path(p.where).name for p in found} == {"inbox", "outbox", ".paperwork"}
    assert all(re.search(r"属主 \S+，组 \S+，权限 \d{4}", p.what) for p in found)


def test_folders_that_lie_in_each_other_are_refused_at_the_start(root: Path) -> None:
    """What is filed would be taken again, for ever."""
    shutil.rmtree(root / "outbox")
    (root / "inbox" / "out").mkdir()
    (root / "outbox").symlink_to(root / "inbox" / "out")
    assert "E-PATH-LOOP" in codes(root)
    with Office.open(root) as office, pytest.raises(MachineError, match="里面"):
        daemon.run(office)


def _all(path: Path) -> None:
    path.chmod(path.stat().st_mode | stat.S_IWOTH)


def _clerks(path: Path) -> None:
    os.chown(path, -1, CLERKS)
    path.chmod(path.stat().st_mode | stat.S_IWGRP)


@POSIX
@pytest.mark.parametrize("where", ["", "templates", "templates/bureau.toml", "templates/policy"])
@pytest.mark.parametrize("opened", [_all, _clerks])
def test_rules_that_clerks_can_write_are_refused(
    where: str, opened: Callable[[Path], None], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if opened is _clerks:
        if os.getuid():
            pytest.skip("only root may give a file to another group")
        _clerks(root / "inbox")
    opened(root / where)
    assert "E-TEMPLATES-WRITABLE" in codes(root)
    terminal = Terminal(root, capsys)
    assert terminal.bare("--office", str(root), "watch", "--once") == 4
    assert "chmod" in terminal.err
    with Office.open(root) as office, pytest.raises(MachineError, match="办案人员可以改动"):
        daemon.run(office)


@POSIX
def test_a_group_of_ones_own_is_no_group_of_clerks(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_is_one_users", lambda _gid, _uid: True)
    for path in (root / "inbox", root / "templates"):
        path.chmod(0o775)
    assert access.written_by_clerks(root, Sharing()) == ()


@POSIX
def test_the_private_folder_is_closed_again_at_every_start(root: Path) -> None:
    private = root / ".paperwork"
    private.chmod(0o755)
    (private / "logs").mkdir(exist_ok=True)
    (private / "logs").chmod(0o755)
    assert "E-PRIVATE" in codes(root)
    with Office.open(root):
        pass
    assert "E-PRIVATE" not in codes(root)
    open_to_others = [p for p in private.rglob("*") if p.stat().st_mode & 0o077 and p.parent == private]
    assert open_to_others == []


@POSIX
def test_what_is_shared_has_the_group_and_rights_of_the_settings(root: Path) -> None:
    if os.getuid():
        pytest.skip("only root may give a file to another group")
    import grp

    entry = next(g for g in grp.getgrall() if g.gr_gid not in (0, os.getgid()))
    settings = root / "templates" / "bureau.toml"
    text = settings.read_text("utf-8")
    text = text.replace('group = ""', f'group = "{entry.gr_name}"').replace('mode = ""', 'mode = "0660"')
    settings.write_text(text, "utf-8")
    (root / "inbox" / "坏.json").write_text("{坏", "utf-8")
    long_ago = time.time() - 3600
    os.utime(root / "inbox" / "坏.json", (long_ago, long_ago))
    with Office.open(root) as office:
        assert [o.outcome for o in daemon.once(office)] == ["returned"]
    assert codes(root) == set()
    back = list((root / "inbox" / "退回").iterdir())
    assert len(back) == 2
    for path in back:
        assert (stat.S_IMODE(path.stat().st_mode), path.stat().st_gid) == (0o660, entry.gr_gid)
    assert stat.S_IMODE((root / "outbox").stat().st_mode) == 0o2770


@POSIX
def test_the_folder_of_approvals_keeps_the_rights_that_it_was_given(root: Path) -> None:
    """Who may write there may approve: that is never the clerks' group by a setting of files."""
    (root / "inbox" / "审批").mkdir(exist_ok=True)
    (root / "inbox" / "审批").chmod(0o700)
    access.share(root, Sharing(mode=0o660))
    assert stat.S_IMODE((root / "inbox" / "审批").stat().st_mode) == 0o700
    assert stat.S_IMODE((root / "inbox").stat().st_mode) == 0o2770


@POSIX
def test_a_group_that_is_not_in_force_is_named(root: Path) -> None:
    settings = root / "templates" / "bureau.toml"
    settings.write_text(settings.read_text("utf-8").replace('group = ""', 'group = "nobody-knows-it"'), "utf-8")
    assert codes(root) == {"E-GROUP"}


@pytest.mark.parametrize(("free", "code"), [(10, {"E-DISK"}), (1024**3, {"W-DISK"}), (10**12, set())])
def test_a_full_disk_is_named_before_it_stops_the_work(
    free: int, code: set[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**13, 0, free))
    assert codes(root) == code


def test_a_ledger_on_a_network_disk_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_file_system", lambda _path: "cifs")
    assert "E-LEDGER-NETWORK" in codes(root)
    with Office.open(root) as office, pytest.raises(MachineError, match="网络盘"):
        daemon.run(office)


def test_a_damaged_ledger_is_named(root: Path) -> None:
    (root / ".paperwork" / "ledger.db").write_bytes(b"no database" * 1000)
    for name in ("ledger.db-wal", "ledger.db-shm"):
        (root / ".paperwork" / name).unlink(missing_ok=True)
    assert codes(root) == {"E-LEDGER"}
    assert doctor.exit_code(doctor.examine(root)) == 4


def test_wrong_templates_alone_are_exit_code_3(root: Path) -> None:
    (root / "templates" / "bureau.toml").write_text("坏了", "utf-8")
    assert codes(root) == {"E-OFFICE"}
    assert doctor.exit_code(doctor.examine(root)) == 3


def test_an_impossible_clock_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "BUILT", 2999)
    assert codes(root) == {"E-CLOCK"}


def test_a_share_whose_clock_differs_is_advice_only(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.time, "time", lambda: 1.0)
    assert codes(root) == {"W-CLOCK-SHARE"}
    assert doctor.exit_code(doctor.examine(root)) == 0


@pytest.mark.parametrize(
    ("ago", "ended", "code"),
    [(5, "", set()), (4000, "", {"E-DAEMON"}), (4000, "asked", {"W-DAEMON"}), (4000, "once", {"W-DAEMON"})],
)
def test_a_dead_daemon_is_told_from_one_that_was_stopped(ago: float, ended: str, code: set[str], root: Path) -> None:
    beat(root, ago, ended)
    assert codes(root) == code


def test_a_daemon_that_was_asked_to_stop_is_not_alive(root: Path) -> None:
    beat(root, 1, "asked")
    heart = status.heartbeat(root / ".paperwork")
    assert (heart["alive"], heart["stopped"]) == (False, True)


def test_where_the_system_tells_of_no_changes_nothing_is_broken(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_self: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("watchdog.observers.api.BaseObserver.start", refused)
    assert codes(root) == {"W-HINTS"}


@pytest.fixture(autouse=True)
def _no_fonts_asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """fc-list takes its time, and what fonts a machine has is not what these tests are about."""
    monkeypatch.setattr(machine.pdf, "health", lambda: iter(()))
    yield


def test_what_ails_the_pdfs_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.pdf, "health", lambda: iter([Problem("W-PDF-UNO", "LibreOffice", "慢", "装")]))
    assert codes(root) == {"W-PDF-UNO"}
