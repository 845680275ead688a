"""One transaction carries a plan, whole or not at all; whatever is repeated gives the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from factories import (
    DAY,
    NOW,
    NUMBER,
    PARTY,
    SERIES,
    a_drop,
    a_ledger,
    a_plan,
    a_plan_for,
    a_submission,
    an_issue,
    an_opening,
    file_all,
    issued,
    joined,
    opened,
    register,
    unfiled,
    wanted,
    work_of,
)
from paperwork.errors import Bug, MachineError, OfficeError, UsageError
from paperwork.ledger import Duplicate, Ledger, Moved, Refused, tables
from paperwork.model import Event, Matter, Past, Slot

pytestmark = pytest.mark.usefixtures("database")

DRAFT = ("no_penalty_decision", "", 1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path) as opened_ledger:
        yield opened_ledger


def the(ledger: Ledger, matter: str) -> Matter:
    found = ledger.matter(matter)
    assert found is not None
    return found


# ── drops ──


def test_a_drop_received_twice_is_one_drop(ledger: Ledger) -> None:
    drop = a_drop(name="登记表（新）.docx", place="approvals")
    ledger.receive(drop)
    ledger.receive(drop)
    assert ledger.drop(drop.id) == drop
    assert ledger.unfinished() == ((drop, "received"),)


def test_one_id_for_two_files_is_never_taken_for_a_replay(ledger: Ledger) -> None:
    drop = a_drop()
    ledger.receive(drop)
    with pytest.raises(Bug):
        ledger.receive(replace(drop, sha256="f" * 64))


def test_unfinished_drops_come_oldest_first_and_only_the_unfinished(ledger: Ledger) -> None:
    late, early, done = a_drop(), a_drop(received_at=NOW - dt.timedelta(hours=1)), a_drop()
    for drop in (late, early, done):
        ledger.receive(drop)
    assert ledger.refuse(done.id, {"findings": []}, "returned")
    ledger.conclude(done.id, {"findings": []}, NOW)
    assert [drop for drop, _ in ledger.unfinished()] == [early, late]
    assert [row.drop for row in ledger.drops("returned")] == [done]
    assert len(ledger.drops()) == 3


def test_a_returned_drop_stays_returned(ledger: Ledger) -> None:
    drop = a_drop()
    ledger.receive(drop)
    assert ledger.refuse(drop.id, {"n": 1}, "returned")
    assert ledger.refuse(drop.id, {"n": 2}, "returned")
    assert not ledger.refuse(drop.id, {}, "duplicate")
    row = ledger.drop_row(drop.id)
    assert row is not None
    assert (row.state, row.outcome) == ("returned", {"n": 1})
    with pytest.raises(Refused):
        ledger.register(a_plan(drop), NOW, SERIES)
    assert ledger.matters() == ()


def test_a_registered_drop_cannot_be_returned(ledger: Ledger) -> None:
    drop = a_drop()
    register(ledger, a_plan(drop))
    assert not ledger.refuse(drop.id, {}, "returned")


def test_a_drop_never_received_is_not_registered(ledger: Ledger) -> None:
    with pytest.raises(Bug):
        ledger.register(a_plan(a_drop()), NOW, SERIES)


def test_a_drop_is_concluded_only_when_nothing_is_left(ledger: Ledger) -> None:
    drop = a_drop()
    ledger.receive(drop)
    with pytest.raises(Bug):
        ledger.conclude(drop.id, {}, NOW)
    register(ledger, a_plan(drop, documents=(wanted(),)))
    with pytest.raises(Bug):
        ledger.conclude(drop.id, {}, NOW)
    file_all(ledger, drop.id)
    ledger.conclude(drop.id, {"first": True}, NOW)
    ledger.conclude(drop.id, {"first": False}, NOW + dt.timedelta(days=1))
    row = ledger.drop_row(drop.id)
    assert row is not None
    assert (row.outcome, row.concluded_at) == ({"first": True}, NOW)
    assert ledger.unfinished() == ()


# ── register ──


def test_opening_a_case_gives_id_case_number_and_folder(ledger: Ledger) -> None:
    done = register(ledger, a_plan(a_drop()))
    assert (done.matter, done.case) == ("2026-LA-0001", "朔区文旅立字〔2026〕1号")
    assert done.folder == "outbox/2026/朔区文旅立字〔2026〕1号_朔州市星屿网咖有限公司"
    matter = the(ledger, done.matter)
    assert (matter.type, matter.version, matter.party_version) == ("case", 1, 1)
    assert matter.opened_on == dt.date(2026, 7, 10)
    assert ledger.find(done.case) == ledger.find(f" {done.matter} ") == done.matter
    assert ledger.find("2026-LA-0002") is None


def test_only_a_case_has_a_case_number(ledger: Ledger) -> None:
    for n in (1, 2):
        done = opened(ledger, opening=an_opening("ZD"))
        assert (done.matter, done.case) == (f"2026-ZD-{n:04}", "")
        assert done.folder.startswith(f"outbox/2026/2026-ZD-{n:04}_")


def test_what_is_registered_comes_back_without_loss(ledger: Ledger) -> None:
    drop = a_drop()
    facts = {
        "party.name": "朔州市星屿网咖有限公司",
        "harm.classes": (),
        "fact.time": dt.datetime(2026, 7, 8, 15, 10, tzinfo=dt.timezone(dt.timedelta(hours=8))),
        "officers": ({"name": "赵明远", "cert_no": "04060200101"},),
    }
    submission = replace(a_submission(drop, facts=facts), matter="朔区文旅立字〔2026〕1号", corrects="x/0")
    plan = a_plan(drop, submission=submission, documents=(wanted(),), attention=({"code": "A-1"},))
    done = register(ledger, plan)
    matter = the(ledger, done.matter)
    assert matter.submissions == (submission,)
    assert matter.documents == done.documents
    assert matter.documents[0].recipe == plan.documents[0].bound(done.matter, done.case, "", {})
    assert matter.attention == ({"code": "A-1"},)
    assert [(r.drop, r.sha256, r.outcome) for r in matter.received] == [(drop.id, drop.sha256, "filed")]


def test_registering_again_gives_the_same_and_writes_nothing(ledger: Ledger) -> None:
    plan = a_plan(a_drop(), documents=(issued(), wanted()))
    done = register(ledger, plan)
    before = dump(ledger)
    assert ledger.register(plan, NOW + dt.timedelta(days=9), SERIES).matter == done.matter
    assert dump(ledger) == before


def dump(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with ledger._engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
            for table in tables.metadata.sorted_tables
        }


def test_the_same_content_twice_names_the_first(ledger: Ledger) -> None:
    first, second = a_drop(), a_drop()
    done = register(ledger, a_plan(first, submission=a_submission(first, key="k")))
    with pytest.raises(Duplicate) as caught:
        register(ledger, a_plan(second, submission=a_submission(second, key="k")))
    assert (caught.value.matter, caught.value.key) == (done.matter, f"{first.id}/0")
    assert ledger.seen("k") == (done.matter, f"{first.id}/0")
    assert ledger.seen("other") is None
    assert ledger.refuse(second.id, {}, "duplicate")


def test_the_rows_of_one_sheet_are_registered_one_by_one(ledger: Ledger) -> None:
    drop = a_drop()
    plans = [a_plan(drop, row=n, party_key=f"P{n}", documents=(issued(),)) for n in (1, 2, 3)]
    done = [register(ledger, plan) for plan in plans]
    assert [d.matter for d in done] == ["2026-LA-0001", "2026-LA-0002", "2026-LA-0003"]
    assert [ledger.register(plan, NOW, SERIES).matter for plan in plans] == [d.matter for d in done]
    assert [len(unfiled(ledger, drop.id, n)) for n in (0, 1, 2, 3)] == [0, 1, 1, 1]
    assert ledger.rows_of(drop.id) == {n: d.matter for n, d in enumerate(done, 1)}


def test_two_bureaus_in_one_ledger_do_not_see_each_other(tmp_path: Path) -> None:
    with a_ledger(tmp_path, "A") as a, a_ledger(tmp_path, "B") as b:
        plan = a_plan(a_drop(), documents=(issued(),))
        assert register(a, plan) == register(b, plan)
        assert len(a.matters()) == len(b.matters()) == 1


def test_a_matter_that_moved_is_decided_again(ledger: Ledger) -> None:
    done = opened(ledger)
    stale = a_plan_for(ledger, done.matter, a_drop(), party_key=the(ledger, done.matter).party_key)
    joined(ledger, done.matter)
    with pytest.raises(Moved):
        register(ledger, stale)
    assert the(ledger, done.matter).version == 2


def test_a_matter_without_a_party_that_moved_is_decided_again_too(ledger: Ledger) -> None:
    done = opened(ledger, party_key="", party="", documents=(issued(),))
    stale = a_plan_for(ledger, done.matter, a_drop(), party_key="", party="")
    ledger.void(done.documents[0].number, "打印错误", "周启明", NOW)
    with pytest.raises(Moved):
        register(ledger, stale)


def test_a_party_that_moved_is_decided_again(ledger: Ledger) -> None:
    first, second = a_plan(a_drop()), a_plan(a_drop())
    register(ledger, first)
    with pytest.raises(Moved):
        register(ledger, second)
    register(ledger, replace(second, party_version=ledger.history(PARTY).version))
    assert len(ledger.matters()) == 2


def test_a_refused_plan_leaves_no_trace_and_no_hole(ledger: Ledger) -> None:
    opened(ledger, documents=(issued(),))
    drop = a_drop()
    ledger.receive(drop)
    before = dump(ledger)
    broken = a_plan(drop, documents=(issued(), issued("other", slot=Slot("没有", 2026))))
    with pytest.raises(OfficeError, match="没有"):
        ledger.register(broken, NOW, SERIES)
    twice = a_plan(drop, documents=(issued(), issued()))
    with pytest.raises(Bug):
        ledger.register(twice, NOW, SERIES)
    assert dump(ledger) == before


def test_nothing_appears_twice_for_one_occurrence(ledger: Ledger) -> None:
    done = opened(ledger, documents=(issued(occurrence="1"),))
    with pytest.raises(Bug):
        joined(ledger, done.matter, documents=(issued(occurrence="1"),))
    joined(ledger, done.matter, documents=(issued(occurrence="2"),))
    assert [(d.occurrence, d.seq) for d in the(ledger, done.matter).documents] == [("1", 1), ("2", 2)]


# ── documents ──


def test_a_draft_has_neither_number_nor_place_in_the_index(ledger: Ledger) -> None:
    done = opened(ledger, documents=(wanted(), wanted("form/approval", code="", occurrence="chief")))
    assert [(d.number, d.seq, d.state, d.drop) for d in done.documents] == 2 * [
        ("", 0, "draft", done.documents[0].drop)
    ]
    assert not [n for n in ledger.number_rows() if n.document]


def test_an_issued_document_is_its_draft_plus_number_date_and_approvals(ledger: Ledger) -> None:
    done = opened(ledger, documents=(wanted(),))
    draft = the(ledger, done.matter).documents[0]
    file_all(ledger, draft.drop)
    filed = the(ledger, done.matter).documents[0]
    second = joined(ledger, done.matter, issues=(an_issue(DRAFT),))
    number = "朔区文旅不罚字〔2026〕3号"  # two were given by hand
    (document,) = second.documents
    assert document.recipe == draft.recipe.issued(number, DAY, [{"step": "chief", "person": "周启明"}])
    assert (document.state, document.number, document.dated, document.seq) == ("issued", number, DAY, 1)
    assert (document.draft_path, document.draft_sha256) == (filed.path, filed.sha256)
    assert (document.path, document.sha256) == ("", "")
    assert unfiled(ledger, draft.drop) == ()


def test_what_serves_a_document_prints_the_number_given_beside_it(ledger: Ledger) -> None:
    done = opened(ledger, documents=(wanted(),))
    receipt = wanted("service_receipt", serves=DRAFT, slot=None)
    receipt = replace(receipt, recipe=replace(receipt.recipe, context={"served": {"title": "决定书"}, "doc": {}}))
    second = joined(ledger, done.matter, issues=(an_issue(DRAFT),), documents=(receipt,))
    assert second.documents[-1].recipe.context["served"]["number"] == "朔区文旅不罚字〔2026〕3号"


def test_an_issued_document_is_frozen(ledger: Ledger) -> None:
    done = opened(ledger, documents=(wanted(),))
    joined(ledger, done.matter, issues=(an_issue(DRAFT),))
    before = the(ledger, done.matter)
    for broken in ({"superseded": (DRAFT,)}, {"issues": (an_issue(DRAFT),)}):
        with pytest.raises(Bug):
            joined(ledger, done.matter, **broken)
    assert the(ledger, done.matter) == before


def test_a_superseded_draft_is_kept_and_cannot_be_issued(ledger: Ledger) -> None:
    done = opened(ledger, documents=(wanted(),))
    joined(ledger, done.matter, superseded=(DRAFT,), documents=(wanted(version=2),))
    assert [(d.version, d.state) for d in the(ledger, done.matter).documents] == [(1, "superseded"), (2, "draft")]
    with pytest.raises(Bug):
        joined(ledger, done.matter, issues=(an_issue(DRAFT),))


def test_a_replacement_marks_what_it_replaces(ledger: Ledger) -> None:
    done = opened(ledger, documents=(issued("no_penalty_decision"),))
    old = done.documents[0].number
    joined(ledger, done.matter, documents=(issued("no_penalty_decision", version=2, replaces=old),))
    assert [(d.number, d.state, d.replaces) for d in the(ledger, done.matter).documents] == [
        (old, "replaced", ""),
        ("朔区文旅不罚字〔2026〕4号", "issued", old),
    ]
    with pytest.raises(Bug):
        joined(ledger, done.matter, documents=(issued("no_penalty_decision", version=3, replaces=old),))


def test_where_a_document_lies_is_recorded_once(ledger: Ledger) -> None:
    done = opened(ledger, documents=(issued(),))
    (document,) = done.documents
    key = (done.matter, *document.key)
    assert ledger.version(done.matter) == (1, 0)
    for _ in range(2):
        ledger.filed(document.drop, {key: ("outbox/x.docx", "ab")})
    with pytest.raises(Bug):
        ledger.filed(document.drop, {key: ("outbox/y.docx", "ab")})
    assert the(ledger, done.matter).documents[0].path == "outbox/x.docx"
    assert ledger.version(done.matter) == (1, 1)


def test_a_draft_filed_late_is_not_taken_for_the_issued_document(ledger: Ledger) -> None:
    done = opened(ledger, documents=(wanted(),))
    (draft,) = done.documents
    issuing = joined(ledger, done.matter, issues=(an_issue(DRAFT),))
    ledger.filed(draft.drop, {(done.matter, *DRAFT): ("送审稿/x.docx", "ab")})
    (document,) = the(ledger, done.matter).documents
    assert (document.path, document.draft_path) == ("", "送审稿/x.docx")
    assert unfiled(ledger, the(ledger, done.matter).submissions[-1].drop) == (document,)
    assert issuing.documents[0].key == document.key


# ── events, history, looking ──


def test_events_are_numbered_without_gap_and_tell_what_was_made(ledger: Ledger) -> None:
    done = opened(ledger, documents=(wanted(), issued()))
    joined(ledger, done.matter, issues=(an_issue(DRAFT),), superseded=(), events=(Event("approval", DAY),))
    other = opened(ledger)
    events = [*the(ledger, done.matter).events, *the(ledger, other.matter).events]
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    kinds = [event.kind for event in the(ledger, done.matter).events]
    assert kinds == [
        *("opened", "number_given", "number_given", "document_drafted", "number_given", "document_issued"),
        *("approval", "number_given", "document_issued"),
    ]
    assert {event.recorded_at for event in events} == {NOW}


def test_the_party_is_looked_back_upon_from_other_matters_only(ledger: Ledger) -> None:
    assert ledger.history(PARTY).version == 0
    drop = a_drop()
    key = "2026-07-07 互联网条例#21.2、未成年人保护法#58"
    past = Past("", "no_penalty", DAY, "互联网上网服务营业场所")
    done = register(ledger, a_plan(drop, decided=past, case_key=key))
    history = ledger.history(PARTY)
    assert (history.version, history.past) == (1, (replace(past, matter=done.matter),))
    assert history.open_cases == ((done.matter, key),)
    assert ledger.history(PARTY, besides=done.matter) == replace(history, past=(), open_cases=())
    joined(ledger, done.matter, state="closed", closed_on=DAY, decided=replace(past, decided_on=dt.date(2026, 7, 20)))
    closed = ledger.history(PARTY)
    assert [p.decided_on for p in closed.past] == [dt.date(2026, 7, 20)]
    assert closed.open_cases == ()
    assert ledger.open_matters() == ()


def test_a_report_has_no_party_and_moves_none(ledger: Ledger) -> None:
    done = opened(ledger, party_key="", party="")
    assert (the(ledger, done.matter).party_version, ledger.history("").version) == (0, 0)


def test_matters_are_found_by_part_of_id_case_number_or_party(ledger: Ledger) -> None:
    one = opened(ledger, party="朔州市100%_网咖")
    two = opened(ledger, party="迷雾剧本体验馆", opening=an_opening("ZD"))
    assert [row.id for row in ledger.matters()] == [one.matter, two.matter]
    for text, wanted_ids in (
        ("迷雾", [two.matter]),
        ("zd-0001", [two.matter]),
        ("立字", [one.matter]),
        ("%_", [one.matter]),
    ):
        assert [row.id for row in ledger.matters(text)] == wanted_ids, text
    assert [row.case for row in ledger.matters()] == [one.case, ""]


def test_the_audit_sees_every_document_with_its_folder(ledger: Ledger) -> None:
    done = opened(ledger, documents=(issued(), wanted()))
    assert list(ledger.documents()) == [(document, done.folder) for document in done.documents]
    assert ledger.latest_issued() == DAY
    assert ledger.matter_of(done.documents[0].drop) == done.matter
    assert work_of(ledger, done.documents[0].drop) == done.documents


# ── void ──


def test_a_cancelled_number_stays_with_who_and_why(ledger: Ledger) -> None:
    done = opened(ledger, documents=(issued(),))
    number = done.documents[0].number
    for who in ("周启明", "someone else"):
        ledger.void(number, "打印错误", who, NOW)
    (row,) = [row for row in ledger.number_rows() if row.text == number]
    assert (row.state, row.why, row.by, row.document) == ("void", "打印错误", "周启明", done.documents[0].key)
    matter = the(ledger, done.matter)
    assert (matter.documents[0].state, matter.version) == ("void", 2)
    assert [event.kind for event in matter.events].count("number_void") == 1


def test_a_void_decision_takes_its_round_and_its_past_with_it_another_paper_does_not(ledger: Ledger) -> None:
    decision = issued("no_penalty_decision", code="D-13", measure="no_penalty", draft_code="AAAA-AAAA")
    beside = replace(decision, kind="handling_opinion", code="D-14", slot=None)
    letter = issued(code="D-20", measure="soft_ladder", draft_code="BBBB-BBBB")
    past = Past("", "no_penalty", DAY, "娱乐场所")
    done = opened(ledger, documents=(decision, beside, letter), decided=past)
    party, (first, second, third) = the(ledger, done.matter).party_key, done.documents
    ledger.void(third.number, "打印错误", "周启明", NOW)
    assert ledger.history(party).past == (replace(past, matter=done.matter),)
    assert [d.state for d in the(ledger, done.matter).documents] == ["issued", "issued", "void"]
    ledger.void(first.number, "打印错误", "周启明", NOW)
    assert ledger.history(party).past == ()
    assert [d.state for d in the(ledger, done.matter).documents] == ["void", "void", "void"]
    assert second.number == ""


def test_neither_an_unknown_number_nor_a_matters_own_can_be_cancelled(ledger: Ledger) -> None:
    done = opened(ledger)
    for number in ("没有", done.matter, done.case):
        with pytest.raises(UsageError):
            ledger.void(number, "why", "who", NOW)


# ── the database itself ──


def test_a_ledger_of_a_newer_version_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger, ledger._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(MachineError, match="更新的版本"):
        a_ledger(tmp_path)


def test_what_is_no_database_is_an_error_of_the_machine(tmp_path: Path, database: str) -> None:
    (tmp_path / "ledger.db").write_bytes(b"no database at all, whatever its name says" * 50)
    nobody = "postgresql://paperwork@127.0.0.1:1/none"
    with pytest.raises(MachineError) as caught:
        Ledger.open(nobody if database == "postgresql" else f"sqlite:///{tmp_path / 'ledger.db'}", "SCWL")
    assert ("数据库服务器" in caught.value.advice) == (database == "postgresql")


def test_an_address_of_another_database_is_refused_with_the_two_that_serve(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不是 sqlite 或者 postgresql"):
        Ledger.open("mysql://paperwork@127.0.0.1/none", "SCWL")


def test_the_ledger_survives_a_power_cut_by_its_settings(tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", "SCWL") as ledger, ledger._engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}


def test_every_key_begins_with_the_bureau_and_suits_postgresql() -> None:
    for table in tables.metadata.sorted_tables:
        assert next(iter(table.primary_key)).name == "bureau", table.name
        for constraint in table.constraints:
            if isinstance(constraint, sa.UniqueConstraint):
                assert next(iter(constraint.columns)).name == "bureau", table.name
        assert "CREATE TABLE" in str(sa.schema.CreateTable(table).compile(dialect=postgresql.dialect()))


def test_many_may_open_a_new_ledger_at_once(tmp_path: Path) -> None:
    def work(n: int) -> str:
        with a_ledger(tmp_path) as one:
            return opened(one, documents=(issued(slot=NUMBER),)).matter

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(work, range(6))) == [f"2026-LA-{n:04}" for n in range(1, 7)]
