"""What waits, what is being worked on, what went back, and whether the daemon lives: the office at a glance."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
from collections.abc import Iterator, Sequence
from pathlib import Path

from paperwork import durable, intake, planning, printouts, recounting, templates
from paperwork.answers import ZONE
from paperwork.errors import PaperworkError
from paperwork.ledger import Ledger
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
    """The contract's `heartbeat` of this machine: time, pid, age_seconds, alive, stopped; None where none was heard."""
    return _heartbeat(_told(private))


def heart(found: Sequence[Json] | None, private: Path) -> Json:
    """The same of the whole office: of the watcher among the machines `found` that was heard last, else of this one.

    One that is alive goes before one that has stopped since.
    """
    watchers = [one for one in found or () if one["role"] == "watch"]
    if not watchers:
        return heartbeat(private)
    last = min(watchers, key=lambda one: (not one["alive"], one["age_seconds"]))
    told = {name: last[name] for name in ("pid", "age_seconds", "alive")}
    return {"time": last["seen_at"], **told, "stopped": last["state"] == "stopped", "machine": last["name"]}


def status(office: Office) -> Json:
    """The contract's `status`, and `machines`; every entry but `heartbeat` is a list."""
    told, found = _told(office.private), machines(office)
    waiting, away = _waiting(office)
    elsewhere = (*_elsewhere(found), *_lost(found), *_queue(office))
    return {
        "heartbeat": heart(found, office.private),
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
        "problems": [*away, *_faults(office), *_unsolved(office, told), *elsewhere, *_prints(office)],
        "machines": found,
    }


def machines(office: Office) -> list[Json]:
    """Programs at work on a shared ledger, on whatever machine, within a day; nothing for a ledger of this machine."""
    return seen(office.ledger, office.catalogue.settings.cluster.lost)


def seen(ledger: Ledger, lost: float) -> list[Json]:
    """The same of a ledger; `lost`: seconds without a sign of life after which a program is not there any more.

    `state` is `at_work`; `stopped`, when it was asked to; or `lost`, when it said nothing and is not heard any more.
    """
    now, found = _clock(), []
    for hand in ledger.hands():
        state = "stopped" if hand.told.get("ended") else "at_work" if hand.age < lost else "lost"
        told = {name: hand.told.get(name) for name in ("pid", "since", "version", "drop", "done")}
        at = (now - dt.timedelta(seconds=hand.age)).astimezone(ZONE).isoformat(timespec="seconds")
        one = {"name": hand.name, "role": hand.role, "age_seconds": int(hand.age), "alive": state == "at_work"}
        found.append({**one, "state": state, "seen_at": at, **told, "problems": hand.told.get("problems", [])})
    return found


def _elsewhere(found: Sequence[Json]) -> Iterator[Json]:
    """What workers and watchers of other machines cannot do, each thing once."""
    mine = f"{platform.node()}:"
    for hand in found:
        if hand["alive"] and (hand["role"] == "worker" or not hand["name"].startswith(mine)):
            for problem in hand["problems"]:
                yield {**problem, "file": f"{problem['file']}（{hand['name']}）"}


def _lost(found: Sequence[Json]) -> Iterator[Json]:
    """Who was not asked to stop and is not heard any more."""
    for one in found:
        if one["state"] == "lost":
            what = f"失联，最后一次是 {one['seen_at'][:19].replace('T', ' ')}"
            yield _problem("", one["name"], what, "请看那台机器和网络；它手头的已由别的机器接着办")


def _queue(office: Office) -> Iterator[Json]:
    """Workers have no bell: they work on, more slowly, until the owner of the tables makes one."""
    missed = office.ledger.queue_missed()
    if missed is not None:
        advice = f"{missed.advice}；在那以前照样办理，只是慢一些，也看不到各台机器的心跳"
        yield _problem("", "办件队列", str(missed), advice)


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
