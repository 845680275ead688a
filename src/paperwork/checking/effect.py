"""What the edited files under templates/ would do to open matters. It looks; nothing is made, nothing is written.

Each open matter is decided twice in memory: by the files as they stood when its last form came in (kept by hash), and
by the files as they stand. What differs is the effect of the editing. A matter whose earlier files are not to be had
is held against its own papers alone.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from paperwork import catalogue, planning
from paperwork.answers import ZONE
from paperwork.errors import PaperworkError
from paperwork.model import Catalogue, Drop, Json, Matter, Measure, Submission, Template
from paperwork.office import Office
from paperwork.planning import Planned, Sight

_BLANK = Template("", b"", frozenset())


def effect(office: Office) -> list[Json]:
    """One entry for each open matter that the editing touches (keys: `_entry`). Closed matters never move."""
    entries = []
    with contextlib.ExitStack() as open_editions:
        earlier = _Earlier(office, open_editions)
        for matter_id in office.ledger.open_matters():
            matter = office.ledger.matter(matter_id)
            if matter is None:
                continue
            before = earlier.of(matter)
            entry = _entry(matter, _outcome(office.sight(matter)), before)
            if any(entry[key] for key in ("superseded", "made", "measures", "findings", "attention", "trouble")):
                entries.append(entry)
    return entries


@dataclass(frozen=True)
class _Outcome:
    """What the next look at a matter would bring, or why nothing can be said."""

    measures: Mapping[str, Measure]
    superseded: tuple[tuple[str, str, str], ...] = ()  # code, title, draft code
    made: tuple[tuple[str, str, str, str], ...] = ()  # code, title, occurrence, state
    findings: tuple[tuple[str, str], ...] = ()  # code, message
    attention: tuple[str, ...] = ()
    trouble: str = ""


def _outcome(sight: Sight) -> _Outcome:
    try:
        planned = planning.plan(_asked_again(sight))
    except PaperworkError as error:
        return _Outcome({}, trouble=str(error))
    return _told(sight, planned)


def _asked_again(sight: Sight) -> Sight:
    """The matter as if a form came in that says nothing new."""
    at = dt.datetime.combine(sight.today, dt.time(), ZONE)
    nothing = Submission("check", 0, "", sight.matter.id if sight.matter else "", {}, frozenset())
    return replace(sight, incoming=nothing, drop=Drop("check", "", "cli", "", at, "", ""))


def _told(sight: Sight, planned: Planned) -> _Outcome:
    measures = {m.key: m for m in planned.weighed.judged}
    findings = tuple((f.code, f.message) for f in planned.findings if f.severity == "error")
    if planned.plan is None:
        return _Outcome(measures, findings=findings)
    by_key = {d.key: d for d in sight.documents}
    fallen = (by_key[key] for key in planned.plan.superseded)
    return _Outcome(
        measures,
        tuple((d.code, d.title, d.draft_code) for d in fallen if d.code),
        tuple((w.code, w.title, w.occurrence, w.state) for w in planned.plan.documents if w.code),
        findings,
        tuple(str(entry["document"]) for entry in planned.plan.attention),
    )


class _Earlier:
    """What the files of each matter's last form would bring today."""

    def __init__(self, office: Office, stack: contextlib.ExitStack) -> None:
        self._office, self._stack = office, stack
        self._known: dict[str, Catalogue | None] = {}

    def of(self, matter: Matter) -> _Outcome | None:
        told = [e.data.get("edition", "") for e in matter.events if e.kind in ("submitted", "corrected")]
        known = self._edition(told[-1]) if told and told[-1] else None
        if known is None:
            return None
        sight = replace(self._office.sight(matter), catalogue=known, templates=self._templates(known))
        outcome = _outcome(sight)
        return None if outcome.trouble else outcome

    def _edition(self, sha256: str) -> Catalogue | None:
        if sha256 not in self._known:
            self._known[sha256] = None
            with contextlib.suppress(PaperworkError):
                data = self._office.objects.get(sha256)
                self._known[sha256] = self._stack.enter_context(catalogue.opened_edition(data))
        return self._known[sha256]

    def _templates(self, known: Catalogue) -> Mapping[str, Template]:
        """The templates as they stand now: editing one changes no draft that stands, and no code is compared here."""
        found: dict[str, Template] = {"form/approval": _BLANK}
        for kind in known.kinds:
            found[kind] = _BLANK
            with contextlib.suppress(PaperworkError, KeyError):
                found[kind] = self._office.templates[kind]
        return found


def _entry(matter: Matter, now: _Outcome, before: _Outcome | None) -> Json:
    """`{id, case, party, superseded, made, measures, findings, attention, trouble}`: only what the editing brings."""
    was = before or _Outcome({})
    standing = {str(entry["document"]) for entry in matter.attention}
    return {
        "id": matter.id,
        "case": matter.case or None,
        "party": matter.party,
        "superseded": [_paper(*one) for one in now.superseded if one not in was.superseded],
        "made": [{**_paper(code, title), "occurrence": at, "state": state}
                 for code, title, at, state in now.made if (code, title, at, state) not in was.made],
        "measures": list(_changed(matter, now, before)),
        "findings": [{"code": c, "message": m} for c, m in now.findings if (c, m) not in was.findings],
        "attention": [one for one in now.attention if one not in was.attention and one not in standing],
        "trouble": now.trouble or None,
    }  # fmt: skip


def _paper(code: str, title: str, draft: str = "") -> Json:
    return {"code": code, "title": title, **({"draft": draft} if draft else {})}


def _changed(matter: Matter, now: _Outcome, before: _Outcome | None) -> Iterator[Json]:
    """Measures that fire or wait now and did not, or the reverse; without earlier files, those of standing papers."""
    if now.trouble:
        return
    earlier = before.measures if before else {}
    was: dict[str, str] = {key: measure.status for key, measure in earlier.items()}
    if before is None:
        standing = (d for d in matter.documents if d.code and d.measure and d.state in ("draft", "issued"))
        decided = {(d.rule, d.occurrence) for d in standing}
        was = {f"{rule}@{at}" if at else rule: "fired" for rule, at in decided}
    for key in {**was, **now.measures}:
        then, measure = was.get(key, ""), now.measures.get(key)
        status = measure.status if measure else ""
        if then != status and {then, status} & {"fired", "unknown"} and (before is not None or then):
            known = measure or earlier.get(key)
            yield {"rule": key, "label": known.label if known else "", "was": then or None, "now": status or None}
