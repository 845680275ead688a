"""What waits, what is being worked on, what went back, and whether the daemon lives: the office at a glance."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
from collections.abc import Iterator, Sequence
from pathlib import Path

from paperwork import durable, intake, planning, printouts, recounting, templates
from paperwork.errors import PaperworkError
from paperwork.model import Json
from paperwork.office import Office

ALIVE = 60  # seconds: a heartbeat older than this is of a daemon that stands still


def beat(office: Office, troubles: Sequence[Json] = (), ended: str = "") -> None:
    """Say that the daemon lives, and what it cannot do: `.paperwork/heartbeat`. `troubles` as in `problems`.

    `ended`: `asked` when it stops because it was asked to, `once` when it had only come for one round.
    """
    time = _clock().isoformat(timespec="seconds")
    told = {"time": time, "pid": os.getpid(), "ended": ended, "problems": list(troubles)}
    durable.replace_soon(office.private / "heartbeat", json.dumps(told, ensure_ascii=False).encode())


def heartbeat(private: Path) -> Json:
    """The contract's `heartbeat`: time, pid, age_seconds, alive, stopped; None where none was ever heard."""
    return _heartbeat(_told(private))


def status(office: Office) -> Json:
    """The contract's `status`, and `machines`; every entry but `heartbeat` is a list."""
    told = _told(office.private)
    waiting, away = _waiting(office)
    return {
        "heartbeat": _heartbeat(told),
        "waiting": waiting,
        "working": [
            {"drop": drop.id, "file": drop.name, "state": state, "received_at": drop.received_at.isoformat()}
            for drop, state in office.ledger.unfinished()
        ],
        "returned": list(_returned(office)),
        "drafts": [entry for matter_id in office.ledger.open_matters() for entry in _drafts(office, matter_id)],
        "attention": [
            {"id": row.id, "case": row.case or None, "party": row.party, "attention": row.attention}
            for row in office.ledger.matters()
            if row.attention
        ],
        "problems": [*away, *_faults(office), *_unsolved(office, told), *_elsewhere(office), *_prints(office)],
        "machines": machines(office),
    }


def machines(office: Office) -> list[Json]:
    """Programs at work on a shared ledger, on whatever machine, within a day; nothing for a ledger of this machine."""
    lost = office.catalogue.settings.cluster.lost
    return [
        {
            "name": hand.name,
            "role": hand.role,
            "age_seconds": int(hand.age),
            "alive": hand.age < lost and not hand.told.get("ended"),
            **{name: hand.told.get(name) for name in ("since", "version", "drop", "done")},
            "problems": hand.told.get("problems", []),
        }
        for hand in office.ledger.hands()
    ]


def _elsewhere(office: Office) -> Iterator[Json]:
    """What workers and watchers of other machines cannot do, each thing once."""
    mine = f"{platform.node()}:"
    for hand in machines(office):
        if hand["alive"] and (hand["role"] == "worker" or not hand["name"].startswith(mine)):
            for problem in hand["problems"]:
                yield {**problem, "file": f"{problem['file']}（{hand['name']}）"}


def _faults(office: Office) -> Iterator[Json]:
    """What is wrong with a kind of document: its matters wait, everything else goes on."""
    for fault in templates.all_faults(office.catalogue):
        yield {"code": fault.code, "drop": "", "file": fault.where, "what": fault.what, "advice": fault.advice}


def _prints(office: Office) -> Iterator[Json]:
    """PDFs that could not be made, and names that another font prints: nobody else tells of them."""
    for said in printouts.told(office.root) if office.catalogue.settings.pdf else ():
        yield {"code": said.code, "drop": "", "file": said.where, "what": said.what, "advice": said.advice}


def _clock() -> dt.datetime:
    """The heart beats by the real clock, also in stories that play on another day."""
    return dt.datetime.now(dt.UTC)


def _told(private: Path) -> Json:
    """The heartbeat file; nothing where there is none or it cannot be read."""
    try:
        told = json.loads((private / "heartbeat").read_text("utf-8"))
        return told if isinstance(told, dict) and "time" in told else None
    except (OSError, ValueError):
        return None


def _heartbeat(told: Json) -> Json:
    if told is None:
        return None
    age = (_clock() - dt.datetime.fromisoformat(told["time"])).total_seconds()
    ended = told.get("ended", "")
    alive = -ALIVE <= age <= ALIVE and ended != "asked"
    return {
        "time": told["time"],
        "pid": told["pid"],
        "age_seconds": int(age),
        "alive": alive,
        "stopped": bool(ended),
    }


def _waiting(office: Office) -> tuple[list[Json], list[Json]]:
    """Files in the inbox; or the problem that the inbox is away."""
    try:
        found = intake.scan(office.inbox)
    except PaperworkError as error:
        return [], [_problem("inbox", "收件夹", str(error), error.advice)]
    return [
        {"file": one.path.relative_to(office.inbox).as_posix(), "bytes": one.size, "locked": one.locked}
        for one in found
    ], []


def _problem(drop: str, file: str, what: str, advice: str) -> Json:
    return {"code": "E-MACHINE", "drop": drop, "file": file, "what": what, "advice": advice}


def _unsolved(office: Office, told: Json) -> Iterator[Json]:
    """What the daemon could not do the last time, unless it is done by now."""
    for problem in (told or {}).get("problems", []):
        row = office.ledger.drop_row(problem["drop"])
        if problem["drop"] != "inbox" and (row is None or row.concluded_at is None):
            yield problem


def _returned(office: Office) -> Iterator[Json]:
    waiting = {given.drop for given in office.ledger.made_good("")}
    for row in office.ledger.drops("returned"):
        given = office.ledger.given_back(row.drop.id)
        if given is not None and given.drop not in waiting:
            continue  # made good meanwhile
        told = row.outcome if isinstance(row.outcome, list) else [row.outcome or {}]
        findings = [f for entry in told if entry.get("outcome") == "returned" for f in entry["findings"]]
        yield {
            "drop": row.drop.id,
            "file": row.drop.name,
            "received_at": row.drop.received_at.isoformat(),
            "codes": sorted({f["code"] for f in findings if f["severity"] == "error"}),
        }


def _drafts(office: Office, matter_id: str) -> Iterator[Json]:
    """Papers that wait for approval, with the steps that are open."""
    matter = office.ledger.matter(matter_id)
    if matter is None or not any(d.state == "draft" and d.code for d in matter.documents):
        return
    sight = office.sight(matter)
    steps: dict[str, list[str]] = {}
    for measure in planning.judge(sight, sight.facts(sight.documents)):
        if measure.fired:
            for draft in {d.draft_code for d in matter.documents if d.rule == measure.rule and d.draft_code}:
                approvals = planning.approvals_of(sight, measure, draft)
                steps[draft] = [a.step for a in approvals if a.state == "open"]
    old = recounting.outdated(office, sight)
    for document in matter.documents:
        if document.state == "draft" and document.code:
            yield {
                "id": matter.id,
                "case": matter.case or None,
                "code": document.code,
                "title": document.title,
                "draft": document.draft_code,
                "waits_for": steps.get(document.draft_code, []),
                "outdated": old.get(document.draft_code),  # the day of its figures, when the ledger gives others now
                "path": document.path or None,
            }
