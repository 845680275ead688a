"""Everything deleted and restored: the same office, to the letter, that goes on where it stood."""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from pathlib import Path

import pytest

import postgres
from paperwork import audit, backup
from paperwork.errors import MachineError, UsageError
from paperwork.office import Office
from played import CASE, DAY, Terminal, played, third_case
from tests.stories.bureau import Bureau
from tests.stories.cases import S02


def contents(root: Path) -> dict[str, bytes]:
    """Every file of an office, of its private ones only what its documents are made from."""
    private = root / ".paperwork"
    found = (path for path in root.rglob("*") if path.is_file())
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in found
        if not path.is_relative_to(private) or path.is_relative_to(private / "objects")
    }


def told(root: Path) -> object:
    with Office.open(root) as office:
        ledger = office.ledger
        matters = [ledger.matter(row.id) for row in ledger.matters()]
        return matters, ledger.number_rows(), ledger.series(), ledger.drops()


def test_everything_deleted_and_restored_is_the_same_office(tmp_path: Path) -> None:
    root = played(tmp_path)
    files, rows = contents(root), told(root)
    with Office.open(root) as office:
        archive = backup.back_up(office, tmp_path)
    shutil.rmtree(root)
    done = backup.restore(archive, root)
    assert (contents(root), told(root)) == (files, rows)
    assert "朔区文旅不罚字〔2026〕1号" in done.last_numbers
    with Office.open(root) as office:
        assert [p for p in audit.audit(office) if p.code != audit.LATE] == []


def test_a_place_without_zip_is_a_folder_which_is_made(tmp_path: Path) -> None:
    with Office.open(played(tmp_path)) as office:
        archive = backup.back_up(office, tmp_path / "备份盘")
        assert (archive.parent, archive.suffix) == (tmp_path / "备份盘", ".zip")
        with pytest.raises(UsageError, match="没有文件夹"):
            backup.back_up(office, tmp_path / "没有接上" / "备份盘")
        with pytest.raises(UsageError, match="办公文件夹"):
            backup.back_up(office, office.root / "outbox" / "备份")
        assert not (office.root / "outbox" / "备份").exists()


def test_what_lies_in_a_store_is_in_the_backup_and_comes_back_without_the_store(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "office", DAY)
    settings = bureau.root / "templates" / "bureau.toml"
    plain = settings.read_text("utf-8")
    settings.write_text(plain.replace("[org]", f'[cluster]\nstore = "memory://{tmp_path.name}"\n\n[org]', 1), "utf-8")
    bureau.take(S02)
    assert bureau.audited() == []
    assert not list((bureau.root / ".paperwork" / "objects").iterdir())
    with bureau.open() as office:
        archive = backup.back_up(office, tmp_path)
    backup.restore(archive, tmp_path / "new")
    (tmp_path / "new" / "templates" / "bureau.toml").write_text(plain, "utf-8")  # there is no store any more
    assert Bureau(tmp_path / "new", DAY).audited() == []


def test_a_restored_office_goes_on_with_the_next_number(tmp_path: Path) -> None:
    with Office.open(played(tmp_path)) as office:
        archive = backup.back_up(office, tmp_path)
    backup.restore(archive, tmp_path / "new")
    bureau = Bureau(tmp_path / "new", DAY)
    (outcome,) = bureau.take(third_case())
    assert (outcome.id, outcome.outcome) == ("2026-LA-0003", "filed")
    assert bureau.audited() == []


def test_forms_that_wait_and_forms_just_claimed_come_back_and_are_taken(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "office", "2026-08-14")
    lying = bureau.drop(S02)
    with bureau.open() as office:
        claimed = office.inbox / ".taken" / "20260814T090000-0badcafe"
        claimed.mkdir(parents=True)
        shutil.move(lying, claimed / lying.name)
        archive = backup.back_up(office, tmp_path)
    shutil.rmtree(bureau.root)
    backup.restore(archive, bureau.root)
    (outcome,) = bureau.work()
    assert outcome.outcome == "filed"
    assert bureau.audited() == []


def test_nobody_registers_while_the_copy_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ledger and folders in one backup belong together."""
    bureau = Bureau(tmp_path / "office", "2026-08-14")
    bureau.drop(S02)
    real, begun = backup._write, threading.Event()
    outcomes = []

    def write(*arguments: object) -> None:
        begun.set()
        worker.join(0.7)  # it cannot come through
        assert worker.is_alive()
        real(*arguments)  # type: ignore[arg-type]

    def work() -> None:
        begun.wait(20)
        outcomes.extend(bureau.work())

    monkeypatch.setattr(backup, "_write", write)
    worker = threading.Thread(target=work)
    worker.start()
    with bureau.open() as office:
        archive = backup.back_up(office, tmp_path)
    worker.join(60)
    assert [o.outcome for o in outcomes] == ["filed"]
    names = zipfile.ZipFile(archive).namelist()
    assert not any(name.startswith("office/outbox/") for name in names)


def test_a_damaged_backup_gives_no_office(tmp_path: Path) -> None:
    with Office.open(played(tmp_path)) as office:
        archive = backup.back_up(office, tmp_path)
    with zipfile.ZipFile(archive) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    changed = next(name for name in parts if name.endswith("D-13_不予行政处罚决定书.docx"))
    parts[changed] = parts[changed] + b"x"
    with zipfile.ZipFile(tmp_path / "changed.zip", "w") as out:
        for name, data in parts.items():
            out.writestr(name, data)
    with pytest.raises(MachineError, match="不一致"):
        backup.restore(tmp_path / "changed.zip", tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".paperwork-*"))


@pytest.mark.parametrize("wrong", ["../out.txt", "office/../../out.txt"])
def test_a_backup_that_would_write_elsewhere_is_refused(tmp_path: Path, wrong: str) -> None:
    archive = tmp_path / "evil.zip"
    files = {wrong: "0" * 64, "office/templates/bureau.toml": "0" * 64, "ledger.db": "0" * 64}
    with zipfile.ZipFile(archive, "w") as out:
        for name in files:
            out.writestr(name, b"x")
        out.writestr("backup.json", json.dumps({"format": 1, "bureau": "A", "made_at": "", "files": files}))
    with pytest.raises(Exception, match=r"路径|不一致"):
        backup.restore(archive, tmp_path / "new")
    assert not (tmp_path / "out.txt").exists()


def test_what_is_no_backup_is_said_and_nothing_is_overwritten(tmp_path: Path) -> None:
    root = played(tmp_path)
    (tmp_path / "some.zip").write_bytes(b"PK nothing")
    with pytest.raises(UsageError, match="不是 paperwork 的备份"):
        backup.restore(tmp_path / "some.zip", tmp_path / "new")
    with pytest.raises(UsageError, match="不是空文件夹"):
        backup.restore(tmp_path / "some.zip", root)
    with Office.open(root) as office:
        with pytest.raises(UsageError, match="不覆盖"):
            backup.back_up(office, tmp_path / "some.zip")
        with pytest.raises(UsageError, match="自己的"):
            backup.back_up(office, root / "outbox")


def test_an_office_moves_from_its_own_disk_to_a_server(
    tmp_path: Path,
    postgres_server: postgres.Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = played(tmp_path)
    rows = told(root)
    with Office.open(root) as office:
        archive = backup.back_up(office, tmp_path)
    monkeypatch.setenv("PAPERWORK_LEDGER", postgres.url_for(tmp_path, postgres_server.address))
    terminal = Terminal(root, capsys)
    assert terminal.bare("restore", str(archive), str(tmp_path / "new")) == 0
    steps = terminal.out.partition("接下来按次序")[2].splitlines()[1:]
    assert [word in step for word, step in zip(("停着", "--role", "start", "watch"), steps, strict=True)] == [True] * 4
    assert told(tmp_path / "new") == rows
    with Office.open(tmp_path / "new") as office:
        again = backup.back_up(office, tmp_path / "again.zip")
    with pytest.raises(UsageError, match="已有内容") as refused:
        backup.restore(again, tmp_path / "third")
    assert "空库" in refused.value.advice


def test_backup_and_restore_at_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(played(tmp_path), capsys)
    assert terminal("backup", "-o", str(tmp_path / "a.zip")) == 0
    assert "已备份" in terminal.out
    assert terminal.bare("restore", str(tmp_path / "a.zip"), str(tmp_path / "new")) == 0
    assert "全部相符" in terminal.out and "朔区文旅不罚字〔2026〕1号" in terminal.out
    assert Terminal(tmp_path / "new", capsys)("show", CASE) == 0
