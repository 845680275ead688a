"""Transaction B: one plan becomes a submission, numbers, documents and events, all of it or nothing."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from paperwork import codec
from paperwork.errors import Bug
from paperwork.ledger import connection as db
from paperwork.ledger import counts, events, numbers, papers, quick, rows
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
    for wanted in work.plan.documents:
        papers.make(work, wanted)
    _conclude(work)
    return _registered(work)


def _earlier(work: Work) -> Registered | None:
    """What an earlier run of the same registration gave. Refused if the drop went another way meanwhile."""
    plan, d, s, m = work.plan, t.drops.c, t.submissions.c, t.matters.c
    drop = _one(work, sa.select(d.state, d.outcome).where(d.bureau == work.bureau, d.id == plan.drop.id))
    if drop is None or plan.submission.drop != plan.drop.id:
        raise Bug(f"材料没有先收进账册：{plan.submission.key}")
    done = _one(
        work,
        sa.select(m.id, m.case_no, m.folder)
        .join(t.submissions, (m.bureau == s.bureau) & (m.id == s.matter))
        .where(s.bureau == work.bureau, s.drop == plan.submission.drop, s.row == plan.submission.row),
    )
    if done is not None:
        work.matter, work.case, work.folder = done["id"], done["case_no"] or "", done["folder"]
        return _registered(work)
    if drop["state"] not in ("received", "registered") or drop["outcome"] != "null":
        raise Refused
    return None


def _refuse_known_content(work: Work) -> None:
    s, key = t.submissions.c, work.plan.submission.content_key
    if not key:
        return
    query = sa.select(s.matter, s.drop, s.row).where(s.bureau == work.bureau, s.content_key == key)
    known = work.connection.execute(query).mappings().first()
    if known is not None:
        raise Duplicate(known["matter"], f"{known['drop']}/{known['row']}")


def _lock_party(work: Work) -> None:
    plan, p = work.plan, t.parties.c
    if not plan.party_key:
        return  # a report has no party
    key = {"bureau": work.bureau, "key": plan.party_key}
    db.insert_missing(work.connection, t.parties, {**key, "name": plan.party, "version": 0})
    party = _one(work, sa.select(p.version).where(p.bureau == work.bureau, p.key == plan.party_key))
    if party is None or party["version"] != plan.party_version:
        raise Moved
    statement = sa.update(t.parties).where(p.bureau == work.bureau, p.key == plan.party_key)
    work.connection.execute(statement.values(version=p.version + 1, name=plan.party or p.name))


def _lock_matter(work: Work) -> None:
    plan, m = work.plan, t.matters.c
    matter = _one(work, sa.select(m.version, m.case_no, m.folder).where(m.bureau == work.bureau, m.id == plan.matter))
    if matter is None:
        raise Bug(f"账册里没有事项 {plan.matter}")
    if matter["version"] != plan.matter_version:
        raise Moved
    work.matter, work.case, work.folder = plan.matter, matter["case_no"] or "", matter["folder"]


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
    s = t.submissions.c
    here = (s.bureau == work.bureau) & (s.matter == work.matter)
    last = work.connection.scalar(sa.select(sa.func.max(s.seq)).where(here)) or 0
    row = dict(
        **rows.submission_row(work.plan.submission),
        bureau=work.bureau,
        matter=work.matter,
        seq=last + 1,
        recorded_at=rows.instant(work.now),
    )
    quick.insert(work.connection, t.submissions, row)


def _conclude(work: Work) -> None:
    """The matter as it stands now, the party's history, the events, and the drop's state."""
    plan, m, d = work.plan, t.matters.c, t.drops.c
    _wake_others(work)
    _close_lead(work)
    work.connection.execute(
        sa.update(t.matters)
        .where(m.bureau == work.bureau, m.id == work.matter)
        .values(
            version=m.version + 1,
            state=plan.state,
            unit=plan.unit,
            party_key=plan.party_key,
            party=plan.party,
            attention=codec.canonical(plan.attention),
            case_key=plan.case_key,
            closed_on=rows.day(plan.closed_on),
            next_on=rows.day(plan.next_on),
            waits_for=plan.waits_for,
            harm=plan.harm,
        )
    )
    _remember(work)
    _lay_keys(work)
    counts.write(work.connection, work.bureau, work.matter, plan.counts)
    stamped = [replace(event, recorded_at=work.now) for event in work.happened]
    events.append(work.connection, events.Journal(work.bureau, plan.unit, work.matter), stamped)
    work.connection.execute(
        sa.update(t.drops).where(d.bureau == work.bureau, d.id == plan.drop.id).values(state="registered")
    )


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
        )
    )


def _wake_others(work: Work) -> None:
    """Grave harm that is new, or gone, is news for the party's other matters: the next sweep asks them again."""
    plan, m = work.plan, t.matters.c
    here = (m.bureau == work.bureau) & (m.id == work.matter)
    if not plan.wakes or not plan.party_key:
        return
    if (work.connection.scalar(sa.select(m.harm).where(here)) or "") == plan.harm:
        return
    others = (m.bureau == work.bureau) & (m.party_key == plan.party_key) & (m.id != work.matter)
    others &= m.type.in_(plan.wakes) & m.closed_on.is_(None)
    today = rows.day(events.today(work.now))
    work.connection.execute(sa.update(t.matters).where(others).values(next_on=today))


def _lay_keys(work: Work) -> None:
    """The answers by which forms find the matter, as they stand now."""
    keys, k = work.plan.keys, t.keys.c
    if keys is None:
        return
    work.connection.execute(sa.delete(t.keys).where(k.bureau == work.bureau, k.matter == work.matter))
    rows_ = [{"bureau": work.bureau, "matter": work.matter, "name": name, "answer": answer} for name, answer in keys]
    if rows_:
        work.connection.execute(sa.insert(t.keys), rows_)


def _registered(work: Work) -> Registered:
    submission = work.plan.submission
    made = papers.of_work(work.connection, work.bureau, submission.drop, submission.row)
    return Registered(work.matter, work.case, work.folder, made)


def _one(work: Work, query: sa.Select[tuple[object, ...]]) -> RowMapping | None:
    """The row, locked until the transaction ends (on SQLite the transaction holds the whole ledger anyway)."""
    return work.connection.execute(query.with_for_update()).mappings().first()
