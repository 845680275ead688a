"""A ledger and an outbox that do not belong together: nothing is registered, and no number is given twice."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import postgres
from paperwork import daemon, desk, doctor, status
from paperwork.daemon.loop import tell_of_figures
from paperwork.doctor import paths
from paperwork.errors import MachineError
from paperwork.ledger import Ledger
from paperwork.metrics import Written
from paperwork.office import Office, upgrade_ledger
from tests.played import Terminal, played, third_case


def test_an_empty_ledger_beside_dossiers_registers_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever mistook the ledger's address would give each number a second time."""
    root = played(tmp_path)
    form = tmp_path / "third.json"
    form.write_text(json.dumps(third_case()), "utf-8")
    empty = tmp_path / "empty.db"
    monkeypatch.setenv("PAPERWORK_LEDGER", f"sqlite:///{empty}")
    before = sorted((root / "outbox").rglob("*"))
    (root / "inbox" / form.name).write_bytes(form.read_bytes())
    terminal = Terminal(root, capsys)
    for words in (
        ("file", str(form)),
        ("watch", "--once"),
        ("watch",),
        ("void", "朔区文旅不罚字〔2026〕1号", "--why", "印错"),
    ):
        assert terminal(*words) == 4
        assert str(empty) in terminal.err and "PAPERWORK_LEDGER" in terminal.err and "restore" in terminal.err
    assert sorted((root / "outbox").rglob("*")) == before
    assert (root / "inbox" / form.name).exists()
    assert terminal.bare("--office", str(root), "doctor") == 4
    assert "重号" in terminal.out
    monkeypatch.delenv("PAPERWORK_LEDGER")
    assert terminal("file", str(form)) == 0


def test_an_outbox_that_is_away_is_waited_for_and_not_made_anew(tmp_path: Path) -> None:
    root = played(tmp_path)
    (root / "outbox").rename(tmp_path / "aside")
    with Office.open(root) as office:
        keeper = daemon.Keeper(office)
        (office.inbox / "表.json").write_text("{}", "utf-8")
        assert keeper.round_whatever_happens() == []
        assert [str(root / "outbox") in trouble.what for trouble in keeper.troubles.values()] == [True]
        with pytest.raises(MachineError, match="案卷的文件夹不在"):
            desk.hand_in(office, "表.json", b"{}")
        assert not office.root.joinpath("outbox").exists() and (office.inbox / "表.json").exists()
        (tmp_path / "aside").rename(root / "outbox")
        keeper.round_whatever_happens()
        assert keeper.troubles == {}


def test_a_database_without_tables_is_filled_by_upgrade_alone(
    tmp_path: Path, postgres_server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = played(tmp_path)
    url = postgres.url_for(tmp_path, postgres_server.address)
    monkeypatch.setenv("PAPERWORK_LEDGER", url)
    with pytest.raises(MachineError, match="还没有账册") as refused:
        Office.open(root)
    assert "paperwork upgrade" in refused.value.advice and Ledger.found(url) is None
    shutil.rmtree(root / "outbox")
    assert upgrade_ledger(root).before is None
    with Office.open(root) as office:
        office.require_whole()


def test_figures_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    root = played(tmp_path)
    settings = root / "templates" / "bureau.toml"
    (tmp_path / "file").write_text("", "utf-8")
    wanted = (tmp_path / "file" / "pw.prom").as_posix()
    settings.write_text(settings.read_text("utf-8") + f'\n[cluster]\nmetrics = "{wanted}"\n', "utf-8")
    with Office.open(root) as office:
        keeper, figures = daemon.Keeper(office), Written()
        tell_of_figures(keeper, figures.refresh(office))
        keeper.beat()
        (told,) = status.status(office)["problems"]
        assert wanted in told["what"] and told["advice"]
        (tmp_path / "file").unlink()
        (tmp_path / "file").mkdir()
        tell_of_figures(keeper, Written().refresh(office))
        assert keeper.troubles == {} and Path(wanted).exists()
    (tmp_path / "file" / "pw.prom").unlink()
    (tmp_path / "file").rmdir()
    assert [p.where for p in paths.folders(doctor.Sight(root)) if "监控" in p.what] == [str(tmp_path / "file")]
