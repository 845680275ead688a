"""One document, one finding, one outcome as JSON: the smallest pieces of the contract (DESIGN §6)."""

from __future__ import annotations

import datetime as dt

from paperwork.model import Document, Finding, Json, Missing, Outcome


def document_entry(document: Document) -> Json:
    """One document as `show` and `file` list it. `draft` is the code that its approvals name."""
    return {
        "code": document.code,
        "kind": document.kind,
        "title": document.title,
        "occurrence": document.occurrence,
        "number": document.number or None,
        "dated": iso_day(document.dated),
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


def outcomes_of(told: Json) -> tuple[Outcome, ...]:
    """What the ledger remembers of a drop: one outcome, or those of a sheet's rows."""
    return tuple(outcome_of(entry) for entry in (told if isinstance(told, list) else [told]))


def iso_day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def missing_entry(missing: Missing) -> Json:
    """One thing missing: a fact nobody gave, or a paper nobody made."""
    return {"kind": missing.kind, "name": missing.name, "code": missing.code, "why": missing.why}
