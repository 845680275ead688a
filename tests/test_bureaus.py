"""Many bureaus in one ledger: none sees another, none waits for another, each counts for itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

import postgres
from paperwork.errors import MachineError, UsageError
from paperwork.ledger import Ledger, QueueAway, numbers
from paperwork.ledger import connection as db
from paperwork.model import Drop, Hand, Slot
from paperwork.office import ZONE

OURS, THEIRS = "SCWL", "PLWL"


@pytest.fixture
def url(tmp_path: Path, postgres_server: postgres.Server) -> Iterator[sa.URL]:
    """Of a database, with a role for each bureau that may log in."""
    address = sa.make_url(postgres.url_for(tmp_path, postgres_server.address))
    engine = sa.create_engine(address.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for role in ("scwl", "plwl"):
            if not connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).first():
                connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
    yield address
    engine.dispose()


def opened(url: sa.URL, bureau: str, role: str = "paperwork") -> Ledger:
    return Ledger.open(url.set(username=role).render_as_string(hide_password=False), bureau)


def drop(number: int) -> Drop:
    at = dt.datetime(2026, 7, 16, 9, tzinfo=ZONE)
    return Drop(f"20260716T090000-{number:08x}", "表.json", "inbox", "", at, f"{number:064x}", f"stage/{number}/表.json")


def test_each_bureau_has_its_rows_and_its_run_of_numbers(url: sa.URL) -> None:
    with opened(url, OURS) as ours, opened(url, THEIRS) as theirs:
        ours.receive(drop(1))
        theirs.receive(drop(1))
        theirs.receive(drop(2))
        assert (len(ours.drops()), len(theirs.drops())) == (1, 2)
        for ledger, wanted in ((ours, [1, 2, 3]), (theirs, [1, 2, 3])):
            with ledger._engine.begin() as connection:
                given = [numbers.advance(connection, ledger.bureau, Slot("不罚", 2026)) for _ in range(3)]
            assert given == wanted


def test_a_bureau_in_the_middle_of_its_registration_holds_nobody_up(url: sa.URL) -> None:
    """The same series, the same drop's id, at the same moment: no lock is common to both."""
    with opened(url, OURS) as ours, opened(url, THEIRS) as theirs, ours._engine.connect() as connection:
        at_work = connection.begin()
        numbers.advance(connection, OURS, Slot("不罚", 2026))
        with theirs._engine.begin() as other:
            other.exec_driver_sql("SET LOCAL lock_timeout = '1s'")
            assert numbers.advance(other, THEIRS, Slot("不罚", 2026)) == 1
        at_work.rollback()
        assert ours.series() == ()


def test_a_role_sees_and_writes_its_own_bureau_alone(url: sa.URL) -> None:
    """Whatever code the program is set to: the database decides."""
    for bureau, role in ((OURS, "scwl"), (THEIRS, "plwl")):
        with opened(url, bureau) as owner:
            owner.receive(drop(1))
            owner.admit(role)
            owner.admit(role)
    with opened(url, OURS, "scwl") as ours, opened(url, THEIRS, "scwl") as astray, opened(url, THEIRS, "plwl") as theirs:
        ours.hand_over(drop(2))
        ours.beat(Hand("machine:1", "worker", told={}), 30.0)
        assert len(ours.drops()) == 2
        assert astray.drops() == ()
        with pytest.raises(MachineError, match="账册写入失败"):
            astray.receive(drop(3))
        assert len(theirs.drops()) == 1
        assert [hand.name for hand in ours.hands()] == ["machine:1"]
        assert astray.hands() == theirs.hands() == ()


@pytest.fixture
def queues(url: sa.URL) -> Iterator[tuple[Ledger, Ledger]]:
    """Two bureaus, each by its role, with a drop and its job each."""
    for bureau, role in ((OURS, "scwl"), (THEIRS, "plwl")):
        with opened(url, bureau) as owner:
            owner.admit(role)
    with opened(url, OURS, "scwl") as ours, opened(url, THEIRS, "plwl") as theirs:
        ours.hand_over(drop(1))
        theirs.hand_over(drop(2))
        yield ours, theirs


def asked(ledger: Ledger, statement: str) -> int:
    """How many rows of the queue a statement touches, in a session as a worker of this bureau has it."""
    with db.writing(ledger._engine) as connection:
        connection.exec_driver_sql("SET LOCAL search_path TO paperwork_queue")
        connection.exec_driver_sql(f"SET LOCAL paperwork.bureau TO '{ledger.bureau}'")
        return connection.exec_driver_sql(statement).rowcount


TABLES = ("procrastinate_jobs", "procrastinate_events", "procrastinate_workers", "procrastinate_periodic_defers")


def test_a_role_sees_and_deletes_its_own_jobs_alone(queues: tuple[Ledger, Ledger]) -> None:
    ours, theirs = queues
    assert asked(ours, "SELECT id FROM procrastinate_jobs") == asked(theirs, "SELECT id FROM procrastinate_jobs") == 1
    assert asked(ours, "SELECT id FROM procrastinate_events WHERE type = 'deferred'") == 1
    assert asked(ours, "DELETE FROM procrastinate_jobs WHERE queue_name = 'PLWL'") == 0
    assert asked(ours, "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE queue_name = 'PLWL'") == 0
    with pytest.raises(MachineError, match="账册写入失败"):
        asked(ours, "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('PLWL', 'take')")
    with pytest.raises(MachineError, match="账册写入失败"):
        asked(ours, "UPDATE procrastinate_jobs SET queue_name = 'PLWL'")
    for table in TABLES:
        with pytest.raises(MachineError, match="账册写入失败"):
            asked(ours, f"TRUNCATE {table} CASCADE")
        asked(ours, f"DELETE FROM {table}")
    assert (ours.queued()["todo"], theirs.queued()["todo"]) == (0, 1)
    assert asked(theirs, "SELECT id FROM procrastinate_events") == 1
    assert (ours.call_again(), theirs.call_again()) == (1, 0)  # and the ledger gives them back


def test_every_table_of_the_queue_has_its_policy(queues: tuple[Ledger, Ledger]) -> None:
    """Also those that a newer edition of the engine may bring."""
    unguarded = "SELECT 1 FROM pg_class WHERE relnamespace = 'paperwork_queue'::regnamespace AND relkind = 'r' AND NOT relrowsecurity"
    assert asked(queues[0], unguarded) == 0


def test_a_bureau_that_is_impatient_does_not_tidy_away_the_workers_of_another(queues: tuple[Ledger, Ledger]) -> None:
    """The engine's own functions, as its workers call them: fetch, prune, look for what is stalled."""
    ours, theirs = queues
    asked(theirs, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
    asked(theirs, "SELECT * FROM procrastinate_fetch_job_v2(ARRAY['PLWL'], (SELECT max(id) FROM procrastinate_workers))")
    assert theirs.queued() == {"todo": 0, "doing": 1}
    assert asked(ours, "SELECT * FROM procrastinate_fetch_job_v2(ARRAY['PLWL'], NULL) WHERE id IS NOT NULL") == 0
    assert asked(ours, "SELECT * FROM procrastinate_prune_stalled_workers_v1(1)") == 0
    assert asked(theirs, "SELECT id FROM procrastinate_jobs WHERE worker_id IS NOT NULL") == 1
    assert asked(theirs, "SELECT * FROM procrastinate_prune_stalled_workers_v1(1)") == 1


def test_a_role_cannot_make_the_queue_anew_and_the_owner_does_so_for_all(url: sa.URL, queues: tuple[Ledger, Ledger]) -> None:
    ours = queues[0]
    with opened(url, OURS) as owner:
        with owner._engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA paperwork_queue CASCADE")
        with pytest.raises(QueueAway, match="scwl") as away:
            ours.open_queue()
        assert "paperwork upgrade" in away.value.advice
        assert str(ours.queue_missed()) == str(away.value)
        assert (ours.hands(), ours.queued()) == ((), {"todo": 0, "doing": 0})
        assert owner.open_queue()  # … and nobody has any right to it yet
        with pytest.raises(QueueAway):
            ours.open_queue()
        assert (ours.hands(), ours.queued()) == ((), {"todo": 0, "doing": 0})
        assert set(owner.renew_rights()) >= {"plwl", "scwl"}
        assert ours.renew_rights() == ()
    for ledger in queues:
        assert not ledger.open_queue()
        assert ledger.queue_missed() is None
        assert ledger.call_again() == 1
        assert ledger.queued() == {"todo": 1, "doing": 0}


def test_an_owner_who_may_not_make_the_queue_is_told_what_to_ask_for(url: sa.URL) -> None:
    """Of the tables, but not of the database."""
    admin = sa.create_engine(url.set(drivername="postgresql+psycopg"))
    with admin.begin() as connection:
        connection.exec_driver_sql("GRANT CREATE ON SCHEMA public TO scwl")
    admin.dispose()
    with opened(url, OURS, "scwl") as owner:
        assert owner.renew_rights() == ()  # nobody was ever promised a queue
        with pytest.raises(QueueAway) as away:
            owner.admit("plwl")
        assert away.value.advice == f"请数据库管理员运行：GRANT CREATE ON DATABASE {url.database} TO scwl"
        assert owner.queue_missed() is None


def test_a_machine_that_freezes_within_a_transaction_holds_nobody_up_for_long(
    url: sa.URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds the lock of the series that all cases want; the database lets it go."""
    with opened(url, OURS) as frozen, opened(url, OURS) as other:
        monkeypatch.setattr("paperwork.ledger.connection.FROZEN_SECONDS", 1)
        with pytest.raises(MachineError), db.writing(frozen._engine) as asleep:
            assert numbers.advance(asleep, OURS, Slot("不罚", 2026)) == 1
            with db.writing(other._engine) as awake:
                assert numbers.advance(awake, OURS, Slot("不罚", 2026)) == 1
        assert [row.last for row in other.series()] == [1]


def test_only_an_ordinary_role_is_admitted(url: sa.URL, tmp_path: Path) -> None:
    with opened(url, OURS) as ledger:
        for role in ("nobody_here", "paperwork", 'x"; DROP TABLE drops; --'):
            with pytest.raises(UsageError, match="普通账户"):
                ledger.admit(role)
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", OURS) as ledger, pytest.raises(UsageError):
        ledger.admit("scwl")


def test_a_role_of_another_bureau_is_refused_until_it_is_taken_back(url: sa.URL) -> None:
    """It would see both."""
    with opened(url, OURS) as ours, opened(url, THEIRS) as theirs:
        ours.admit("scwl")
        ours.admit("scwl")
        with pytest.raises(UsageError, match=f"已经办理「{OURS}」") as refused:
            theirs.admit("scwl")
        assert "--revoke" in refused.value.advice
        with pytest.raises(UsageError, match="没有办理本局的权限"):
            theirs.dismiss("scwl")
        ours.dismiss("scwl")
        with pytest.raises(MachineError), opened(url, OURS, "scwl") as gone:
            gone.drops()
        theirs.admit("scwl")
        with opened(url, THEIRS, "scwl") as moved:
            assert moved.drops() == ()


def test_the_owner_of_the_tables_is_not_admitted(url: sa.URL) -> None:
    """The database would not ask it whose rows it reads."""
    with opened(url, OURS) as owner:
        with owner._engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE drops OWNER TO plwl")
        with pytest.raises(UsageError, match="表的所有者"):
            owner.admit("plwl")
