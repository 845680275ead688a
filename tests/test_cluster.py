"""Many machines at one ledger: what a watcher receives a worker takes, wherever it is, and nothing is lost between."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import postgres
from paperwork import cli, daemon, doctor, intake, metrics, process, status
from paperwork.daemon.others import Sign
from paperwork.doctor import database
from paperwork.errors import MachineError
from paperwork.model import Drop
from paperwork.office import Office
from paperwork.originals import keep_within_reach
from tests.fault.forms import advice
from tests.stories.bureau import Bureau

DAY = "2026-07-16"


@pytest.fixture
def bureau(tmp_path: Path, postgres_server: postgres.Server, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """A bureau whose ledger is on a server, with quick signs of life."""
    monkeypatch.setenv("PAPERWORK_LEDGER", postgres.ready_for(tmp_path, postgres_server.address))
    made = Bureau(tmp_path / "office", DAY)
    settings = made.root / "templates" / "bureau.toml"
    told = "[cluster]\nbeat_seconds = 0.2\nlost_seconds = 1\nlate_seconds = 600\n\n[org]"
    settings.write_text(settings.read_text("utf-8").replace("[org]", told, 1), "utf-8")
    return made


def on_another_machine(bureau: Bureau) -> Office:
    """The same share, opened on a machine with a private folder of its own; what it is told once it keeps."""
    office = bureau.open()
    private = bureau.root.parent / "elsewhere"
    (private / "stage").mkdir(parents=True)
    return Elsewhere(**{**vars(office), "own": private})


@dataclass(frozen=True)
class Elsewhere(Office):
    own: Path = Path()

    @property
    def private(self) -> Path:
        return self.own


class AtWork:
    """A worker in a thread of its own, until it is asked to stop."""

    def __init__(self, office: Office) -> None:
        self.stop, self.said = threading.Event(), list[str]()
        self.thread = threading.Thread(target=daemon.work, args=(office, self.stop, self.said.append))
        self.thread.start()

    def end(self) -> None:
        self.stop.set()
        self.thread.join(30)
        assert not self.thread.is_alive()


def soon(happens: Callable[[], bool]) -> None:
    """Wait for what other threads bring about; a minute is for a machine that is busy with other things."""
    for _ in range(1200):
        if happens():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def pretend_a_worker(office: Office) -> None:
    """One that does nothing, and shows signs of life for an hour to come."""
    office.ledger.open_queue()
    Sign("worker", "").give(office)
    move_signs(office, "+ interval '1 hour'")


def move_signs(office: Office, by: str) -> None:
    with office.ledger._engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE paperwork_queue.hands SET beaten_at = now() {by}")


def test_what_is_received_here_is_done_there(bureau: Bureau) -> None:
    """Two machines with the shared folders between them: the one only receives, the other does the whole work."""
    with bureau.open() as office, on_another_machine(bureau) as elsewhere:
        watcher, worker = daemon.Keeper(office), AtWork(elsewhere)
        try:
            soon(lambda: any(hand.role == "worker" for hand in office.ledger.hands()))
            for number in range(3):
                bureau.drop(advice(number), f"{number}.json")
            assert watcher.round() == []  # handed over
            soon(lambda: not office.ledger.unfinished())
            watcher.round()
        finally:
            worker.end()
        assert [row.state for row in office.ledger.drops()] == ["registered"] * 3
        assert not list((office.private / "stage").iterdir())
        assert office.ledger.queued() == {"todo": 0, "doing": 0}
    assert bureau.audited() == []


def test_without_a_worker_the_watcher_does_it_itself(bureau: Bureau) -> None:
    with bureau.open() as office:
        pretend_a_worker(office)
        watcher = daemon.Keeper(office)
        bureau.drop(advice(1), "1.json")
        assert watcher.round() == []
        assert office.ledger.queued() == {"todo": 1, "doing": 0}
        move_signs(office, "- interval '1 minute'")
        assert [outcome.outcome for outcome in watcher.round()] == ["filed"]
    assert bureau.audited() == []


def test_a_drop_and_its_job_are_written_together_or_not_at_all(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bureau.open() as office:
        pretend_a_worker(office)
        watcher = daemon.Keeper(office)
        bureau.drop(advice(1), "1.json")
        with monkeypatch.context() as away:
            away.setattr("paperwork.jobs.ring", refuse)
            watcher.round()
        assert office.ledger.drops() == ()
        assert [trouble.exit_code for trouble in watcher.troubles.values()] == [4]
        watcher.troubles.clear()
        watcher.round()
        assert len(office.ledger.drops()) == office.ledger.queued()["todo"] == 1


def refuse(*_: object) -> None:
    raise MachineError("no queue")


def test_when_every_table_of_the_queue_is_lost_the_ledger_rebuilds_it(bureau: Bureau) -> None:
    with bureau.open() as office:
        pretend_a_worker(office)
        watcher = daemon.Keeper(office)
        for number in range(3):
            bureau.drop(advice(number), f"{number}.json")
        watcher.round()
        assert office.ledger.queued()["todo"] == 3
        with office.ledger._engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA paperwork_queue CASCADE")
        assert office.ledger.queued()["todo"] == 0
        worker = AtWork(office)
        try:
            soon(lambda: not office.ledger.unfinished())
        finally:
            worker.end()
    assert bureau.audited() == []


def test_without_a_queue_that_it_may_make_a_worker_works_from_the_ledger_and_hears_again_when_it_is_back(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the role of its bureau it cannot make the queue: it says who can, and how, and nothing waits for that."""
    url = sa.make_url(os.environ["PAPERWORK_LEDGER"])
    with bureau.open() as owner:
        with owner.ledger._engine.begin() as connection:
            if not connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = 'scwl'").first():
                connection.exec_driver_sql("CREATE ROLE scwl LOGIN")
        owner.ledger.admit("scwl")
        monkeypatch.setenv("PAPERWORK_LEDGER", url.set(username="scwl").render_as_string())
        with bureau.open() as office, bureau.open() as its_own:  # it closes its connections when the queue is gone
            worker = AtWork(its_own)
            try:
                soon(lambda: bool(office.ledger.hands()))
                with owner.ledger._engine.begin() as connection:
                    connection.exec_driver_sql("DROP SCHEMA paperwork_queue CASCADE")
                receive(office, 1)
                soon(lambda: not office.ledger.unfinished())
                assert [text for text in worker.said if "paperwork upgrade" in text] == worker.said[1:]
                assert [one["file"] for one in status.status(office)["problems"]] == ["办件队列"]
                receive(office, 2)
                assert "scwl" in owner.ledger.renew_rights()
                soon(lambda: not office.ledger.unfinished() and bool(office.ledger.hands()))
                office.ledger.hand_over(admitted(office, 3))
                soon(lambda: not office.ledger.unfinished())
            finally:
                worker.end()
            assert worker.said[-1] == "办件队列恢复了"
            assert status.status(office)["problems"] == []
    assert bureau.audited() == []


def admitted(office: Office, number: int) -> Drop:
    return intake.admit(office.private, f"{number}.json", json.dumps(advice(number)).encode(), office.now)


def receive(office: Office, number: int) -> None:
    """Received by a watcher that has died since."""
    office.ledger.receive(admitted(office, number))


def test_what_a_watcher_had_in_hand_when_it_died_is_given_to_the_workers(bureau: Bureau) -> None:
    """It worked by itself while it saw nobody, so no job speaks of it; the next watcher sees workers."""
    with bureau.open() as office:
        pretend_a_worker(office)
        receive(office, 1)
        watcher = daemon.Keeper(office)
        for _ in range(2):
            assert watcher.round() == []
            assert office.ledger.queued() == {"todo": 1, "doing": 0}


def test_a_job_whose_worker_is_gone_returns(bureau: Bureau) -> None:
    """Taken and never finished: once as by a worker that is frozen, once as by one that nobody knows any more."""
    with bureau.open() as office:
        pretend_a_worker(office)
        for number in range(2):
            bureau.drop(advice(number), f"{number}.json")
        daemon.Keeper(office).round()
        with office.ledger._engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL search_path TO paperwork_queue")
            connection.exec_driver_sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
            connection.exec_driver_sql("UPDATE procrastinate_jobs SET status = 'doing'")
            connection.exec_driver_sql("UPDATE procrastinate_jobs SET worker_id = 1 WHERE id = 1")
        worker = AtWork(office)
        try:
            soon(lambda: not office.ledger.unfinished())
        finally:
            worker.end()
    assert bureau.audited() == []


def test_what_cannot_be_done_now_is_tried_again_by_whoever_is_free(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    register, tries = process.register, []

    def busy(*given: Any) -> Any:
        tries.append(1)
        if len(tries) < 3:
            raise MachineError("busy")
        return register(*given)

    monkeypatch.setattr("paperwork.process.register", busy)
    monkeypatch.setattr("paperwork.daemon.troubles.FIRST_PAUSE", 0.1)
    with bureau.open() as office:
        pretend_a_worker(office)
        bureau.drop(advice(1), "1.json")
        daemon.Keeper(office).round()
        worker = AtWork(office)
        try:
            soon(lambda: not office.ledger.unfinished())
        finally:
            worker.end()
        assert office.ledger.queued() == {"todo": 0, "doing": 0}
    assert len(tries) == 3
    assert bureau.audited() == []


def test_a_form_given_at_another_machine_is_taken_up_when_that_machine_dies(bureau: Bureau) -> None:
    """Its private copy is out of reach; its bytes lie among the objects, which all machines see."""
    with bureau.open() as office, on_another_machine(bureau) as elsewhere:
        data = json.dumps(advice(1), ensure_ascii=False).encode()
        drop = intake.admit(elsewhere.private, "表.json", data, elsewhere.now)
        keep_within_reach(elsewhere, drop)
        elsewhere.ledger.receive(drop)  # … and then the machine dies
        keeper = daemon.Keeper(office)
        assert ([outcome.outcome for outcome in keeper.round()], keeper.troubles) == (["filed"], {})
    assert bureau.audited() == []


def test_the_queue_of_another_edition_is_made_anew_only_when_its_workers_are_gone(bureau: Bureau) -> None:
    with bureau.open() as office:
        pretend_a_worker(office)
        assert not office.ledger.open_queue()
        with office.ledger._engine.begin() as connection:
            connection.exec_driver_sql("COMMENT ON SCHEMA paperwork_queue IS 'older'")
        with pytest.raises(MachineError, match="旧版"):
            office.ledger.open_queue()
        Sign("worker", "").give(office, ended="asked")
        assert office.ledger.open_queue()
        assert not office.ledger.open_queue()


def test_status_and_figures_tell_of_every_machine(bureau: Bureau, tmp_path: Path) -> None:
    with bureau.open() as office:
        pretend_a_worker(office)
        sign = Sign("watch", "2026-07-16T01:00:00+00:00", name="another:1")
        watcher = daemon.Keeper(office, sign=sign)
        bureau.drop(advice(1), "1.json")
        watcher.round()
        told = status.status(office)
        assert [(one["role"], one["alive"]) for one in told["machines"]] == [("watch", True), ("worker", True)]
        sign.give(office, [{"code": "E-MACHINE", "drop": "", "file": "账册", "what": "磁盘满了", "advice": ""}])
        assert "账册（another:1）" in [problem["file"] for problem in status.status(office)["problems"]]
        metrics.write(office, tmp_path / "paperwork.prom")
    lines = (tmp_path / "paperwork.prom").read_text().splitlines()
    figures = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert figures['paperwork_up{bureau="SCWL"}'] == "1"
    assert figures['paperwork_jobs{bureau="SCWL",state="todo"}'] == figures['paperwork_drops_unfinished{bureau="SCWL"}'] == "1"
    assert figures['paperwork_machines{bureau="SCWL",role="worker"}'] == "1"
    assert "体验馆" not in "".join(lines)


def figures(office: Office) -> dict[str, str]:
    lines = metrics.text(office).replace('bureau="SCWL",', "").replace('{bureau="SCWL"}', "").splitlines()
    return dict(line.removeprefix("paperwork_").rsplit(" ", 1) for line in lines if not line.startswith("#"))


def test_who_was_stopped_who_is_lost_and_who_was_started_again(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen from a machine where nothing runs, and whose folder nobody has told of anything."""
    with bureau.open() as office, on_another_machine(bureau) as elsewhere:
        monkeypatch.setenv("PAPERWORK_PRIVATE", str(elsewhere.private))
        assert status.status(elsewhere)["heartbeat"] is None
        assert daemon_of(bureau) == ["W-DAEMON"]
        assert (figures(elsewhere)["up"], figures(elsewhere)['machines{role="watch"}']) == ("0", "0")

        office.ledger.open_queue()
        signs = {role: Sign(role, "", name=f"{role}:1") for role in ("watch", "worker")}  # type: ignore[arg-type]
        for sign in signs.values():
            sign.give(office)
        told = status.status(elsewhere)
        assert (told["heartbeat"]["alive"], told["heartbeat"]["machine"]) == (True, "watch:1")
        assert daemon_of(bureau) == []
        assert (figures(elsewhere)["up"], figures(elsewhere)['machines{role="watch"}']) == ("1", "1")
        assert int(figures(elsewhere)['heartbeat_age_seconds{role="worker",machine="worker:1"}']) < 60

        signs["watch"].give(office, ended="asked")
        move_signs(office, "- interval '1 minute'")
        told = status.status(elsewhere)
        assert {one["role"]: one["state"] for one in told["machines"]} == {"watch": "stopped", "worker": "lost"}
        assert (told["heartbeat"]["alive"], told["heartbeat"]["stopped"]) == (False, True)
        assert [problem["file"] for problem in told["problems"]] == ["worker:1"]
        assert daemon_of(bureau) == ["W-DAEMON", "W-WORKER"]
        assert figures(elsewhere)["up"] == "0"

        for role in ("watch", "worker"):  # each started again in the same place
            Sign(role, "", name=f"{role}:2").give(office)  # type: ignore[arg-type]
        Sign("worker", "", name="worker:3").give(elsewhere)
        told = status.status(elsewhere)
        assert [(one["name"], one["state"]) for one in told["machines"]] == [
            ("watch:2", "at_work"), ("worker:2", "at_work"), ("worker:3", "at_work"),
        ]  # fmt: skip


def daemon_of(bureau: Bureau) -> list[str]:
    return [problem.code for problem in database.daemon(doctor.Sight(bureau.root))]


def test_a_ledger_that_cannot_be_reached_leaves_a_nought_for_the_monitoring_system(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PAPERWORK_LEDGER", "postgresql://paperwork@127.0.0.1:1/nowhere")
    written = tmp_path / "paperwork.prom"
    assert cli.run(["--office", str(bureau.root), "status", "--metrics", str(written)]) == 4
    assert "账册打不开" in capsys.readouterr().err
    assert written.read_text().splitlines()[-1] == 'paperwork_up{bureau="SCWL"} 0'


def test_upgrade_says_in_which_database_it_made_a_ledger_and_whose_rights_it_renewed(
    bureau: Bureau,
    tmp_path: Path,
    postgres_server: postgres.Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PAPERWORK_LEDGER", postgres.url_for(tmp_path / "fresh", postgres_server.address))
    url = sa.make_url(os.environ["PAPERWORK_LEDGER"])
    place = f"：数据库 {url.database}（主机 {url.host}，端口 {url.port}，账户 paperwork）"

    def upgraded(*more: str) -> str:
        assert cli.run(["--office", str(bureau.root), "upgrade", *more]) == 0
        return capsys.readouterr().out

    assert f"新建了一本空账册{place}" in upgraded()
    with bureau.open() as office, office.ledger._engine.begin() as connection:
        if not connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = 'scwl'").first():
            connection.exec_driver_sql("CREATE ROLE scwl LOGIN")
    said = upgraded("--role", "scwl")
    assert f"账册已是本版程序的结构{place}" in said and "「scwl」可以办理本局" in said
    assert "权限和队列已经续上：scwl" in upgraded()
    assert "已经收回" in upgraded("--role", "scwl", "--revoke")
    assert cli.run(["--office", str(bureau.root), "upgrade", "--role", "scwl", "--revoke"]) == 2


@pytest.mark.parametrize("secret", ["postgresql://u:gehe/im@db/p", "postgresql://u@db/p?password=gehe/im"])
def test_a_password_in_the_address_is_refused_and_never_repeated(
    secret: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Bureau(tmp_path / "office").root
    settings = root / "templates" / "bureau.toml"
    plain = settings.read_text("utf-8")
    monkeypatch.setenv("PAPERWORK_LEDGER", secret)
    assert cli.run(["--office", str(root), "status"]) == 2
    in_the_environment = capsys.readouterr().err
    monkeypatch.delenv("PAPERWORK_LEDGER")
    settings.write_text(plain.replace('ledger = ""', f'ledger = "{secret}"'), "utf-8")
    assert cli.run(["--office", str(root), "status"]) == 3
    for said in (in_the_environment, capsys.readouterr().err):
        assert "密码" in said and "PGPASSFILE" in said and "PGPASSWORD" in said
        assert "gehe" not in said


def test_a_worker_without_a_shared_ledger_is_refused_before_it_says_that_it_waits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["--office", str(Bureau(tmp_path / "office").root), "worker"]) == 2
    said = capsys.readouterr().err
    assert "账册在本机磁盘上" in said and "正在等待" not in said


def test_figures_of_a_ledger_that_is_away_say_so(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    with bureau.open() as office:
        monkeypatch.setattr("paperwork.ledger.Ledger.unfinished", refuse)
        assert metrics.text(office).splitlines()[-1] == 'paperwork_up{bureau="SCWL"} 0'
