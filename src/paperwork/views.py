"""What people and programs are shown: the JSON of the contract (DESIGN §6), made from the ledger and the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from paperwork import codec, periods, planning, policy, printing
from paperwork.conditions import Situation, all_of
from paperwork.model import (
    Clock,
    Document,
    Finding,
    Json,
    Matter,
    Measure,
    Missing,
    Outcome,
    printed_date,
)
from paperwork.office import Office

# ── documents and outcomes ────────────────────────────────────────────────────────────────────────────


def document_entry(document: Document) -> Json:
    """One document as `show` and `file` list it. `draft` is the code that its approvals name."""
    return {
        "code": document.code,
        "kind": document.kind,
        "title": document.title,
        "occurrence": document.occurrence,
        "number": document.number or None,
        "dated": _day(document.dated),
        "version": document.version,
        "state": document.state,
        "rule": document.rule or None,
        "replaces": document.replaces or None,
        "path": document.path or None,
        "sha256": document.sha256 or None,
        "draft": document.draft_code or None,
    }


def finding_entry(finding: Finding) -> Json:
    """One finding: where, what stands there, what is wanted."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "field": finding.field,
        "place": finding.place,
        "found": finding.found,
        "wanted": finding.wanted,
        "message": finding.message,
    }


def outcome_entry(outcome: Outcome) -> Json:
    """An entry of `file --json`."""
    return {
        "file": outcome.file,
        "row": outcome.row,
        "outcome": outcome.outcome,
        "id": outcome.id or None,
        "case": outcome.case or None,
        "documents": list(outcome.documents),
        "findings": [finding_entry(f) for f in outcome.findings],
    }


def outcome_of(entry: Json) -> Outcome:
    """The inverse of `outcome_entry`: what the ledger remembers of a drop."""
    return Outcome(
        file=entry["file"],
        row=entry["row"],
        outcome=entry["outcome"],
        id=entry["id"] or "",
        case=entry["case"] or "",
        documents=tuple(entry["documents"]),
        findings=tuple(Finding(**f) for f in entry["findings"]),
    )


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


# ── one matter ────────────────────────────────────────────────────────────────────────────────────────


def show(office: Office, matter: Matter) -> Json:
    """Everything about one matter."""
    weighed = planning.weigh(office.sight(matter))
    return {
        "id": matter.id,
        "type": matter.type,
        "case": matter.case or None,
        "party": matter.party,
        "state": matter.state,
        "facts": plain_facts(office, matter),
        "missing": [missing_entry(m) for m in weighed.missing],
        "documents": [document_entry(d) for d in matter.documents if d.code],
        "forms": [
            {
                "drop": r.drop,
                "row": r.row,
                "form": r.form,
                "received_at": r.received_at.isoformat(),
                "outcome": r.outcome,
                "sha256": r.sha256,
            }
            for r in matter.received
        ],
        "events": [
            {
                "seq": e.seq,
                "on": _day(e.happened_on),
                "at": e.recorded_at.isoformat() if e.recorded_at else None,
                "kind": e.kind,
                "by": e.by,
                "data": e.data,
            }
            for e in matter.events
        ],
    }


def plain_facts(office: Office, matter: Matter) -> Json:
    """The facts as they stand, dotted names, dates as ISO text, choices by code."""
    folded = office.sight(matter).folded
    return {name: _untagged(value) for name, value in sorted(codec.dump(folded).items())}


def _untagged(value: Any) -> Any:
    if isinstance(value, Mapping):
        if len(value) == 1 and (tag := next(iter(value))) in ("$d", "$t"):
            return value[tag]
        return {k: _untagged(v) for k, v in value.items()}
    return [_untagged(v) for v in value] if isinstance(value, list) else value


def missing_entry(missing: Missing) -> Json:
    """One thing missing: a fact nobody gave, or a paper nobody made."""
    return {"kind": missing.kind, "name": missing.name, "code": missing.code, "why": missing.why}


def case_entries(office: Office, text: str = "") -> list[Json]:
    """`cases`: light rows of all matters, or of those with `text` in id, 案号 or party."""
    return [
        {
            "id": row.id,
            "type": row.type,
            "case": row.case or None,
            "party": row.party,
            "unit": row.unit,
            "state": row.state,
            "opened_on": _day(row.opened_on),
            "folder": row.folder,
            "attention": row.attention,
        }
        for row in office.ledger.matters(text)
    ]


# ── why ───────────────────────────────────────────────────────────────────────────────────────────────


def explain(office: Office, matter: Matter) -> Json:
    """What the policy says of the matter today, rule by rule, with reasons and what is missing."""
    sight = office.sight(matter)
    weighed = planning.weigh(sight)
    return {
        "as_of": office.today.isoformat(),
        "missing": [missing_entry(m) for m in weighed.missing],
        "measures": [_measure(office, sight, m) for m in weighed.judged],
    }


def explain_document(office: Office, matter: Matter, document: Document) -> Json:
    """Why one document stands: the rule and its reasons as they were frozen in the recipe."""
    return {
        "document": document_entry(document),
        "rule": document.rule or None,
        "because": document.recipe.because,
        "template": document.recipe.template,
        "catalogue": document.recipe.catalogue,
        "context": document.recipe.context,
    }


def _measure(office: Office, sight: planning.Sight, measure: Measure) -> Json:
    code = _code_of(sight, measure)
    return {
        "rule": measure.rule,
        "measure": measure.measure,
        "label": measure.label,
        "occurrence": measure.occurrence,
        "fired": measure.fired,
        "status": measure.status,
        "force": measure.force,
        "because": [{"condition": b.condition, "value": b.value, "holds": b.holds} for b in measure.because],
        "basis": [str(c) for c in (*measure.basis, *measure.procedure)],
        "cited": printing.cited_grounds(office.catalogue, sight.folded, measure, office.today),
        "approvals": [
            {"step": a.step, "state": a.state, "person": a.person or None, "on": _day(a.on)}
            for a in planning.approvals_of(sight, measure, code)
        ],
        "terminal": measure.terminal,
    }


def _code_of(sight: planning.Sight, measure: Measure) -> str:
    """The code of the rule's latest drafts: where its approvals stand."""
    drafts = [d for d in sight.documents if d.code and d.rule == measure.rule and d.draft_code]
    return max(drafts, key=lambda d: d.version).draft_code if drafts else ""


# ── what falls due ────────────────────────────────────────────────────────────────────────────────────


def due(office: Office, within: int | None = None) -> list[Json]:
    """Every clock that runs in an open matter, soonest first; what is met bears `met_on` and stands last."""
    rows = [row for matter_id in office.ledger.open_matters() for row in _clocks(office, matter_id)]
    if within is not None:
        rows = [r for r in rows if r["met_on"] is None and (r["days_left"] is None or r["days_left"] <= within)]
    return sorted(rows, key=lambda r: (r["met_on"] is not None, r["due_on"] or "9999", r["id"]))


def _clocks(office: Office, matter_id: str) -> Iterator[Json]:
    matter = office.ledger.matter(matter_id)
    if matter is None:
        return
    sight = office.sight(matter)
    facts = sight.facts(sight.documents)
    situation = Situation(facts, office.catalogue.facts)
    for clock in office.catalogue.clocks:
        start = facts.get(clock.start)
        if matter.type not in clock.matters or not isinstance(start, dt.date):
            continue
        if all_of(clock.when, situation)[0] is True:
            yield _clock(office, matter, clock, (_date(start), facts.get(clock.met) if clock.met else None))


def _clock(office: Office, matter: Matter, clock: Clock, given: tuple[dt.date, object]) -> Json:
    start, met = given
    ends = periods.deadline(start, clock.length, clock.unit, clock.side, office.catalogue.calendars)
    met_on = _date(met) if isinstance(met, dt.date) else None
    return {
        "id": matter.id,
        "case": matter.case or None,
        "party": matter.party,
        "what": clock.what,
        "due_on": _day(ends.due),
        "days_left": None if ends.due is None or met_on else (ends.due - office.today).days,
        "basis": [str(c) for c in clock.basis],
        "unknown": ends.unknown or None,
        "met_on": _day(met_on),
    }


def _date(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


# ── living files ──────────────────────────────────────────────────────────────────────────────────────


def index(office: Office, matter: Matter) -> Json:
    """The rows of 卷内目录 in filing order (domain/03 §3.5): issued papers only, 页号 left for the hand."""
    order = filing_order(office, matter)
    issued = [d for d in matter.documents if d.state in ("issued", "replaced") and d.code and d.seq and not _living(office, d)]
    issued.sort(key=lambda d: (order.get(d.code, len(order)), d.seq))
    facts = office.sight(matter).folded
    rows = [
        {
            "no": str(number),
            "number": document.number,
            "organ": office.catalogue.settings.organ.name,
            "title": document.title,
            "date": printed_date(document.dated) if document.dated else "",
            "page": "",
            "remark": "已被替换" if document.state == "replaced" else "",
        }
        for number, document in enumerate(issued, 1)
    ]
    return {"title": str(facts.get("case.title", "")), "party": matter.party, "case_no": matter.case, "rows": rows}


def filing_order(office: Office, matter: Matter) -> Mapping[str, int]:
    """Document code → place in the file, by the sets of the measures that fired."""
    sight = office.sight(matter)
    facts = sight.facts(sight.documents)
    fired = [m for m in planning.judge(sight, facts) if m.fired]
    wanted = policy.papers(office.catalogue, policy.Question(matter.type, facts), fired)
    return {paper.code: place for place, paper in enumerate(wanted)}


def _living(office: Office, document: Document) -> bool:
    kind = office.catalogue.kinds.get(document.kind)
    return kind is not None and kind.living


def manifest(office: Office, matter: Matter) -> Json:
    """What lies in the folder and by which hashes: written last, it says that the step is complete."""
    return {
        "id": matter.id,
        "type": matter.type,
        "case": matter.case or None,
        "party": matter.party,
        "state": matter.state,
        "version": matter.version,
        "documents": [document_entry(d) for d in matter.documents if d.code and d.path],
        "drafts": [
            {"code": d.code, "path": d.draft_path, "sha256": d.draft_sha256} for d in matter.documents if d.draft_path
        ],
        "forms": [{"drop": r.drop, "row": r.row, "form": r.form, "sha256": r.sha256} for r in matter.received],
    }


# ── the catalogue ─────────────────────────────────────────────────────────────────────────────────────


def kind_entries(office: Office) -> list[Json]:
    """`kinds`: every document kind of the catalogue."""
    return [
        {
            "code": k.code,
            "kind": k.kind,
            "title": k.title,
            "series": None if k.number == "none" else k.number,
            "per": k.per,
            "after": k.after,
            "clauses": list(k.clauses),
        }
        for k in sorted(office.catalogue.kinds.values(), key=lambda k: k.code)
    ]


def rule_entries(office: Office) -> list[Json]:
    """`rules`: the policy as a table, in the order in which it is asked."""
    return [
        {
            "rule": r.id,
            "measure": r.measure,
            "label": r.label,
            "when": [c.text for c in r.when],
            "unless": [c.text for c in r.unless],
            "basis": [str(c) for c in r.basis],
            "procedure": [str(c) for c in r.procedure],
            "since": _day(r.since),
            "until": _day(r.until),
            "force": r.force,
            "approvals": [s.step for s in r.approvals],
            "clauses": list(r.clauses),
        }
        for r in sorted(office.catalogue.rules, key=lambda r: r.rank)
    ]


def findings_text(findings: Sequence[Finding]) -> str:
    """All findings as numbered lines, the worst first."""
    ranked = sorted(findings, key=lambda f: f.severity != "error")
    return "\n".join(f"{n}. {f.message}" + (f"（应为：{f.wanted}）" if f.wanted else "") for n, f in enumerate(ranked, 1))
