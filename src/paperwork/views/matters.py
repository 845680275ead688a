"""A matter as people and programs see it: `cases`, `show`, `explain`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paperwork import codec, planning
from paperwork.law.grounds import cited_grounds
from paperwork.model import Document, Json, Matter, Measure
from paperwork.office import Office
from paperwork.views.entries import document_entry, iso_day, missing_entry


def show(office: Office, matter: Matter) -> Json:
    """Everything about one matter."""
    weighed = office.weighed(matter)
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
                "on": iso_day(e.happened_on),
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
            "opened_on": iso_day(row.opened_on),
            "folder": row.folder,
            "attention": row.attention,
        }
        for row in office.ledger.matters(text)
    ]


def explain(office: Office, matter: Matter) -> Json:
    """What the policy says of the matter today, rule by rule, with reasons and what is missing."""
    sight = office.sight(matter)
    weighed = office.weighed(matter)
    return {
        "as_of": office.today.isoformat(),
        "missing": [missing_entry(m) for m in weighed.missing],
        "measures": [_measure(office, sight, m) for m in weighed.judged],
    }


def explain_document(document: Document) -> Json:
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
        "cited": cited_grounds(office.catalogue.laws, sight.folded, measure, office.today),
        "approvals": [
            {"step": a.step, "state": a.state, "person": a.person or None, "on": iso_day(a.on)}
            for a in planning.approvals_of(sight, measure, code)
        ],
        "terminal": measure.terminal,
    }


def _code_of(sight: planning.Sight, measure: Measure) -> str:
    """The code of the latest drafts of the rule, of a list for the item at hand: where its approvals stand."""
    mine = (measure.rule, measure.occurrence)
    drafts = [d for d in sight.documents if d.code and d.draft_code and (d.rule, d.occurrence) == mine]
    return max(drafts, key=lambda d: d.version).draft_code if drafts else ""
