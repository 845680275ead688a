"""Small makers of what the ledger and the inbox take, so that a test says only what it is about."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import os
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import postgres
from paperwork.ledger import Ledger
from paperwork.model import (
    Document,
    DocumentKey,
    Drop,
    Event,
    Facts,
    Issue,
    Opening,
    Plan,
    Recipe,
    Registered,
    Series,
    Slot,
    Submission,
    Wanted,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 7, 16, 17, 20, tzinfo=SHANGHAI)
DAY = dt.date(2026, 7, 16)
PARTY, PARTY_NAME = "91140602MAXX002268", "朔州市星屿网咖有限公司"
SERIES = {
    "立": Series("立", "朔区文旅立字〔{Y}〕{n}号"),
    "不罚": Series("不罚", "朔区文旅不罚字〔{Y}〕{n}号", {2026: 2}),
}
NUMBER = Slot("不罚", 2026)

_counter = itertools.count(1)


def a_ledger(folder: Path, bureau: str = "SCWL") -> Ledger:
    """The ledger of this folder: on the PostgreSQL of the tests where a test asked for it, else on SQLite."""
    return Ledger.open(ledger_url(folder), bureau)


def ledger_url(folder: Path) -> str:
    address = os.environ.get(postgres.ADDRESS)
    return postgres.url_for(folder, address) if address else f"sqlite:///{folder / 'ledger.db'}"


def a_drop(**changes: Any) -> Drop:
    drop_id = changes.pop("id", f"20260716T172000-{next(_counter):08x}")
    sha256 = hashlib.sha256(drop_id.encode()).hexdigest()
    return replace(
        Drop(drop_id, "登记表.docx", "inbox", "赵明远", NOW, sha256, f"stage/{drop_id}/登记表.docx"), **changes
    )


def a_submission(drop: Drop, row: int = 0, facts: Facts | None = None, key: str = "") -> Submission:
    return Submission(
        drop=drop.id,
        row=row,
        form="case_intake",
        matter="",
        facts={"case.filed_on": dt.date(2026, 7, 10)} if facts is None else facts,
        adds=frozenset({"approvals"}),
        submitted_at=NOW,
        submitted_by="赵明远",
        content_key=key or f"{drop.id}/{row}",
    )


def an_opening(letters: str = "LA") -> Opening:
    case = Slot("立", 2026) if letters == "LA" else None
    kind = "case" if letters == "LA" else "guidance"
    return Opening(kind, Slot(f"id:{letters}", 2026), case, PurePosixPath("outbox/2026"), PARTY_NAME)


def a_plan(drop: Drop, **changes: Any) -> Plan:
    """A plan that opens a case and makes nothing."""
    submission = changes.pop("submission", a_submission(drop, changes.pop("row", 0)))
    plan = Plan(
        submission=submission,
        drop=drop,
        matter="",
        matter_version=0,
        party_key=PARTY,
        party=PARTY_NAME,
        party_version=0,
        opening=an_opening(),
        unit="文化市场综合行政执法大队",
        state="open",
        documents=(),
        superseded=(),
        issues=(),
        events=(Event("opened", dt.date(2026, 7, 10), {"type": "case"}, "赵明远"),),
        attention=(),
        decided=None,
        closed_on=None,
    )
    return replace(plan, **changes)


def a_plan_for(ledger: Ledger, matter: str, drop: Drop, **changes: Any) -> Plan:
    """A plan that joins a matter as it stands now."""
    known = ledger.matter(matter)
    assert known is not None
    standing = {"matter": matter, "matter_version": known.version, "party_version": known.party_version}
    return a_plan(drop, **{"opening": None, "events": (), **standing, **changes})


def wanted(kind: str = "no_penalty_decision", **changes: Any) -> Wanted:
    """A draft without number."""
    recipe = Recipe(
        kind=kind,
        code="D-13",
        title="不予行政处罚决定书",
        template="0" * 64,
        context={"matter": {"id": "", "case": ""}, "doc": {"number": "", "draft": True}, "approvals": []},
        names=("matter.case", "doc.number"),
        because=({"condition": "gravity is minor", "value": "minor", "holds": True},),
    )
    draft = Wanted(
        kind, "D-13", "不予行政处罚决定书", "", 1, "draft", recipe, "7Q3K", "no_penalty", "DR-10", None, None
    )
    return replace(draft, **changes)


def issued(kind: str = "talk_record", **changes: Any) -> Wanted:
    """A record that is issued, with a number, as it is registered."""
    return wanted(kind, **{"state": "issued", "dated": DAY, "slot": NUMBER, "draft_code": "", **changes})


def an_issue(key: DocumentKey, slot: Slot | None = NUMBER, replaces: str = "") -> Issue:
    return Issue(key, DAY, slot, [{"step": "chief", "person": "周启明"}], replaces)


@dataclass(frozen=True)
class Done(Registered):
    """What registering gave, and the documents that it made or issued."""

    documents: tuple[Document, ...] = ()


def register(ledger: Ledger, plan: Plan) -> Done:
    """Receive and register."""
    ledger.receive(plan.drop)
    done = ledger.register(plan, NOW, SERIES)
    return Done(done.matter, done.case, done.folder, work_of(ledger, plan.submission.drop, plan.submission.row))


def work_of(ledger: Ledger, drop_id: str, row: int = 0) -> tuple[Document, ...]:
    """The documents that this drop's (or row's) plan made or issued last."""
    matter = ledger.matter(ledger.matter_of(drop_id, row) or "")
    by_key = {document.key: document for document in matter.documents} if matter else {}
    return tuple(by_key[key] for key in ledger.work_of(drop_id, row))


def unfiled(ledger: Ledger, drop_id: str, row: int = 0) -> tuple[Document, ...]:
    """Those of them that lie nowhere yet."""
    return tuple(document for document in work_of(ledger, drop_id, row) if not document.path)


def opened(ledger: Ledger, **changes: Any) -> Done:
    """A case of its own party, so that no other test plan moves it."""
    drop = a_drop()
    return register(ledger, a_plan(drop, **{"party_key": f"P{drop.id}", **changes}))


def joined(ledger: Ledger, matter: str, **changes: Any) -> Done:
    drop = a_drop()
    known = ledger.matter(matter)
    assert known is not None
    return register(ledger, a_plan_for(ledger, matter, drop, **{"party_key": known.party_key, **changes}))


def file_all(ledger: Ledger, drop_id: str) -> None:
    """Record an imagined place for everything that the drop has to file."""
    ledger.filed(
        drop_id,
        {
            (d.matter, *d.key): (f"outbox/{d.matter}/{d.state}_{d.kind}{d.version}.docx", "ab")
            for d in unfiled(ledger, drop_id)
        },
    )
