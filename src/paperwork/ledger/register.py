"""Transaction B: one plan becomes a submission, numbers, documents and events, all of it or nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from paperwork import codec
from paperwork.errors import Bug
from paperwork.ledger import connection as db
from paperwork.ledger import counts, events, look, numbers, papers, quick, rows
from paperwork.ledger import tables as t
from paperwork.ledger.signals import Duplicate, Moved, Refused
from paperwork.ledger.work import Work
from paperwork.model import Event, Opening, Registered
from paperwork.names import safe_name

OPENED = "opened"
"""A plan's event of this kind says on which day the matter opened; without one it is the day of registration."""


def register(work: Work) -> Registered:
    """Do it, inside the caller's transaction. Raises Refused, Duplicate, Moved; OfficeError for a wrong series."""
    earlier = _earlier(work)
    if earlier is not None:
        return earlier
    _refuse_known_content(work)
    work.happened.extend(work.plan.events)
    _lock_party(work)
    if work.plan.opening is None:
        _lock_matter(work)
    else:
        _open(work, work.plan.opening)
    _insert_submission(work)
    papers.supersede(work)
    for issue in work.plan.issues:  # first: what is made then may print their numbers
        papers.issue(work, issue)
    papers.make(work, work.plan.documents)
    _conclude(work)
    return _registered(work)


def _earlier(work: Work) -> Registered | None:
    """What an earlier run of the same registration gave. Refused if the drop went another way meanwhile."""
    plan = work.plan
    drop = _one(work, _drop, drop=plan.drop.id)
    if drop is None or plan.submission.drop != plan.drop.id:
        raise Bug(f"材料没有先收进账册：{plan.submission.key}")
    done = _one(work, _done, drop=plan.submission.drop, row=plan.submission.row)
    if done is not None:
        work.matter, work.case, work.folder = done["id"], done["case_no"] or "", done["folder"]
        return _registered(work)
    if drop["state"] not in ("received", "registered") or drop["outcome"] != "null":
        raise Refused
    return None


def _drop() -> sa.Select[Any]:
    d = t.drops.c
    return sa.select(d.state, d.outcome).where(d.bureau == quick.here, d.id == quick.named("drop")).with_for_update()


def _done() -> sa.Select[Any]:
    s, m = t.submissions.c, t.matters.c
    here = (s.bureau == quick.here) & (s.drop == quick.named("drop")) & (s.row == quick.named("row"))
    query = sa.select(m.id, m.case_no, m.folder).join(t.submissions, (m.bureau == s.bureau) & (m.id == s.matter))
    return query.where(here).with_for_update()


def _refuse_known_content(work: Work) -> None:
    key = work.plan.submission.content_key
    if key and (known := look.seen(work.connection, work.bureau, key)):
        raise Duplicate(*known)


def _lock_party(work: Work) -> None:
    plan = work.plan
    if not plan.party_key:
        return  # a report has no party
    key = {"bureau": work.bureau, "key": plan.party_key}
    db.insert_missing(work.connection, t.parties, {**key, "name": plan.party, "version": 0})
    party = _one(work, _party, party=plan.party_key)
    if party is None or party["version"] != plan.party_version:
        raise Moved
    moved = {"bureau": work.bureau, "party": plan.party_key, "called": plan.party or party["name"]}
    quick.run(work.connection, _party_moved, moved)


def _party() -> sa.Select[Any]:
    p = t.parties.c
    here = (p.bureau == quick.here) & (p.key == quick.named("party"))
    return sa.select(p.version, p.name).where(here).with_for_update()


def _party_moved() -> sa.Update:
    p = t.parties.c
    here = (p.bureau == quick.here) & (p.key == quick.named("party"))
    return sa.update(t.parties).where(here).values(version=p.version + 1, name=quick.named("called"))


def _lock_matter(work: Work) -> None:
    plan = work.plan
    matter = _one(work, _matter, matter=plan.matter)
    if matter is None:
        raise Bug(f"账册里没有事项 {plan.matter}")
    if matter["version"] != plan.matter_version:
        raise Moved
    work.matter, work.case, work.folder = plan.matter, matter["case_no"] or "", matter["folder"]


def _matter() -> sa.Select[Any]:
    m = t.matters.c
    here = (m.bureau == quick.here) & (m.id == quick.named("matter"))
    return sa.select(m.version, m.case_no, m.folder).where(here).with_for_update()


def _open(work: Work, opening: Opening) -> None:
    """Give the matter its id and, where it has one, its 案号; choose its folder, once and for all."""
    opened_on = next((e.happened_on for e in work.plan.events if e.kind == OPENED), events.today(work.now))
    slots = [opening.id_slot] + ([opening.case_slot] if opening.case_slot else [])
    given = [numbers.take(work.connection, work.bureau, slot, work.patterns) for slot in slots]
    work.matter = given[0].text
    work.case = given[1].text if len(given) > 1 else ""
    work.folder = str(opening.folder / safe_name(f"{work.case or work.matter}_{opening.folder_party}"))
    row = {
        "bureau": work.bureau,
        "id": work.matter,
        "type": opening.type,
        "case_no": work.case or None,
        "opened_on": rows.day(opened_on),
        "folder": work.folder,
    }
    quick.insert(work.connection, t.matters, row)
    for number in given:
        grant = numbers.Grant(work.matter, None, opened_on, work.now, work.by)
        numbers.record(work.connection, work.bureau, number, grant)
        work.note("number_given", opened_on, {"number": number.text, "series": number.series})


def _insert_submission(work: Work) -> None:
    last = quick.value(work.connection, _last_seq, bureau=work.bureau, matter=work.matter) or 0
    row = dict(
        **rows.submission_row(work.plan.submission),
        bureau=work.bureau,
        matter=work.matter,
        seq=last + 1,
        recorded_at=rows.instant(work.now),
    )
    quick.insert(work.connection, t.submissions, row)


def _last_seq() -> sa.Select[Any]:
    s = t.submissions.c
    here = (s.bureau == quick.here) & (s.matter == quick.named("matter"))
    return sa.select(sa.func.max(s.seq)).where(here)


_STANDS = ("state", "unit", "party_key", "party", "case_key", "waits_for", "harm")
_STANDS_TOO = ("attention", "closed_on", "next_on")  # written otherwise than the plan says them


def _conclude(work: Work) -> None:
    """The matter as it stands now, the party's history, the events, and the drop's state."""
    plan = work.plan
    _wake_others(work)
    _close_lead(work)
    stands = {f"now_{name}": getattr(plan, name) for name in _STANDS}
    stands["now_attention"] = codec.canonical(plan.attention)
    stands |= {"now_closed_on": rows.day(plan.closed_on), "now_next_on": rows.day(plan.next_on)}
    quick.run(work.connection, _stands, {"bureau": work.bureau, "id": work.matter, **stands})
    _remember(work)
    _lay_keys(work)
    counts.write(work.connection, work.bureau, work.matter, plan.counts)
    stamped = [replace(event, recorded_at=work.now) for event in work.happened]
    events.append(work.connection, events.Journal(work.bureau, plan.unit, work.matter), stamped)
    quick.run(work.connection, _drop_registered, {"bureau": work.bureau, "drop": plan.drop.id})


def _stands() -> sa.Update:
    m = t.matters.c
    now = {name: quick.named(f"now_{name}") for name in (*_STANDS, *_STANDS_TOO)}
    here = sa.update(t.matters).where(m.bureau == quick.here, m.id == quick.named("id"))
    return here.values(version=m.version + 1, **now)


def _drop_registered() -> sa.Update:
    d = t.drops.c
    return sa.update(t.drops).where(d.bureau == quick.here, d.id == quick.named("drop")).values(state="registered")


def _close_lead(work: Work) -> None:
    """A case opens from a lead: the lead ends on the day of the filing, and its journal names the case."""
    plan, m = work.plan, t.matters.c
    if not plan.closes:
        return
    opened_on = next((e.happened_on for e in plan.events if e.kind == OPENED), events.today(work.now))
    here = (m.bureau == work.bureau) & (m.id == plan.closes) & m.closed_on.is_(None)
    statement = sa.update(t.matters).where(here)
    done = work.connection.execute(
        statement.values(version=m.version + 1, state="closed", closed_on=rows.day(opened_on), next_on=None)
    )
    if done.rowcount != 1:
        raise Moved
    told = Event("closed", opened_on, {"case": work.case or work.matter}, work.by, recorded_at=work.now)
    events.append(work.connection, events.Journal(work.bureau, plan.unit, plan.closes), [told])


def _remember(work: Work) -> None:
    """What this matter adds to the party's history; the same measure decided anew takes the earlier one's place."""
    decided, p = work.plan.decided, t.past.c
    if decided is None:
        return
    same = (p.bureau == work.bureau) & (p.matter == work.matter) & (p.measure == decided.measure)
    work.connection.execute(sa.delete(t.past).where(same))
    work.connection.execute(
        sa.insert(t.past).values(
            bureau=work.bureau,
            matter=work.matter,
            measure=decided.measure,
            party_key=work.plan.party_key,
            decided_on=rows.day(decided.decided_on),
            industry=decided.industry,
            ground=decided.ground,
        )
    )


def _wake_others(work: Work) -> None:
    """Grave harm that is new, or gone, is news for the party's other matters: the next sweep asks them again."""
    plan, m = work.plan, t.matters.c
    if not plan.wakes or not plan.party_key:
        return
    if (quick.value(work.connection, _harm, bureau=work.bureau, matter=work.matter) or "") == plan.harm:
        return
    others = (m.bureau == work.bureau) & (m.party_key == plan.party_key) & (m.id != work.matter)
    others &= m.type.in_(plan.wakes) & m.closed_on.is_(None)
    today = rows.day(events.today(work.now))
    work.connection.execute(sa.update(t.matters).where(others).values(next_on=today))


def _harm() -> sa.Select[Any]:
    m = t.matters.c
    return sa.select(m.harm).where(m.bureau == quick.here, m.id == quick.named("matter"))


def _lay_keys(work: Work) -> None:
    """The answers by which forms find the matter, as they stand now."""
    keys, k = work.plan.keys, t.keys.c
    if keys is None:
        return
    work.connection.execute(sa.delete(t.keys).where(k.bureau == work.bureau, k.matter == work.matter))
    whose = {"bureau": work.bureau, "matter": work.matter}
    quick.insert_all(work.connection, t.keys, ({**whose, "name": name, "answer": answer} for name, answer in keys))


def _registered(work: Work) -> Registered:
    return Registered(work.matter, work.case, work.folder)


def _one(work: Work, build: quick.Build, **given: str | int) -> quick.Row | None:
    """The row, locked until the transaction ends (on SQLite the transaction holds the whole ledger anyway)."""
    return next(iter(quick.ask(work.connection, build, bureau=work.bureau, **given)), None)
