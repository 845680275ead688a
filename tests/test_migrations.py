"""A ledger of any earlier version is carried over, whole or not at all, with every row, and copied before."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from factories import NOW, SERIES, a_drop, a_ledger, a_plan, issued, ledger_url, opened
from paperwork.errors import MachineError
from paperwork.ledger import Ledger, schema, tables
from paperwork.ledger import connection as db

VERSIONS = Path(schema.__file__).parent / "migrations" / "versions"


def revision(name: str) -> ModuleType:
    """A revision's file, which is no module of the package."""
    spec = importlib.util.spec_from_file_location("revision", next(VERSIONS.glob(f"{name}_*.py")))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def first_ledger(folder: Path) -> None:
    """A ledger as the first version left it, with a received drop and an open matter in it."""
    first = revision("0001").metadata
    engine = sa.create_engine(ledger_url(folder).replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        first.create_all(connection)
        rows = {
            "meta": {"bureau": "", "key": "schema", "value": "1"},
            "drops": {"bureau": "SCWL", "id": "d1", "name": "表.docx", "place": "inbox", "by": "赵", "sha256": "0",
                      "received_at": "2026-07-16T17:20:00+08:00", "staged": "stage/d1/表.docx"},
            "parties": {"bureau": "SCWL", "key": "P", "name": "某店", "version": 1},
            "matters": {"bureau": "SCWL", "id": "2026-ZD-0001", "type": "guidance", "party_key": "P", "party": "某店",
                        "unit": "", "state": "open", "opened_on": "2026-07-16", "folder": "outbox/2026/x",
                        "case_key": ""},
            "series": {"bureau": "SCWL", "series": "id:ZD", "year": 2026, "last": 1},
        }  # fmt: skip
        for name, row in rows.items():
            connection.execute(sa.insert(first.tables[name]).values(**row))
    engine.dispose()


def test_the_revisions_are_those_that_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    script = ScriptDirectory.from_config(config)
    known = [revision.revision for revision in script.walk_revisions()]
    assert [*reversed(known)] == [*schema.EARLIER, schema.HEAD]


def test_the_first_ledger_carried_over_has_the_tables_of_a_new_one_and_every_row(
    tmp_path: Path, database: str
) -> None:
    first_ledger(tmp_path)
    with Ledger.open(ledger_url(tmp_path), "SCWL", upgrade=True) as ledger:
        with ledger._engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, tables.metadata) == []
            assert schema.version_of(connection) == schema.HEAD
        assert [row.id for row in ledger.matters()] == ["2026-ZD-0001"]
        assert [drop.id for drop, _ in ledger.unfinished()] == ["d1"]
        assert opened(ledger, documents=(issued(),)).matter == "2026-LA-0001"
    assert (tmp_path / "ledger-0001.db").exists() == (database == "sqlite")


def test_on_a_server_it_waits_for_the_administrator(tmp_path: Path, database: str) -> None:
    first_ledger(tmp_path)
    if database == "sqlite":
        a_ledger(tmp_path).close()
        return
    with pytest.raises(MachineError) as caught:
        a_ledger(tmp_path)
    assert "paperwork upgrade" in caught.value.advice


def test_a_break_in_the_middle_leaves_the_old_ledger_as_it_was(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_ledger(tmp_path)

    def broken(connection: sa.Connection) -> None:
        carry_over(connection)
        raise RuntimeError("power cut")

    carry_over = schema.carry_over
    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(schema, "carry_over", broken)
        db.connect(ledger_url(tmp_path), upgrade=True)
    engine = sa.create_engine(ledger_url(tmp_path).replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        assert schema.version_of(connection) == "0001"
        assert sorted(sa.inspect(connection).get_table_names()) == sorted(revision("0001").metadata.tables)
    engine.dispose()


def test_the_copy_beside_it_is_the_ledger_as_it_was(tmp_path: Path) -> None:
    first_ledger(tmp_path)
    a_ledger(tmp_path).close()
    a_ledger(tmp_path).close()
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'ledger-0001.db'}")
    with engine.connect() as connection:
        assert schema.version_of(connection) == "0001"
    engine.dispose()


def test_what_was_made_new_needs_no_carrying_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_ledger(tmp_path).close()
    monkeypatch.setattr(schema, "carry_over", None)
    with a_ledger(tmp_path) as ledger:
        drop = a_drop()
        ledger.receive(drop)
        assert ledger.register(a_plan(drop), NOW, SERIES).matter == "2026-LA-0001"
    assert [path.name for path in tmp_path.glob("*.db")] == ["ledger.db"]
