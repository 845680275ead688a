"""What people and programs are shown: the JSON of the contract (DESIGN §6), made from the ledger and the catalogue."""

from paperwork.views import assessing
from paperwork.views.assessing import self_check
from paperwork.views.clocks import due, year_done
from paperwork.views.entries import document_entry, finding_entry, outcome_entry, outcome_of, outcomes_of
from paperwork.views.folder import filing_order, index, index_of, lead_of, manifest
from paperwork.views.matters import case_entries, explain, explain_document, show
from paperwork.views.shelf import kind_entries, kind_entry, rule_entries, rule_rows
from paperwork.views.words import form_title, step_labels, told_basis, told_condition, told_event, told_value

__all__ = [
    "assessing",
    "case_entries",
    "document_entry",
    "due",
    "explain",
    "explain_document",
    "filing_order",
    "finding_entry",
    "form_title",
    "index",
    "index_of",
    "kind_entries",
    "kind_entry",
    "lead_of",
    "manifest",
    "outcome_entry",
    "outcome_of",
    "outcomes_of",
    "rule_entries",
    "rule_rows",
    "self_check",
    "show",
    "step_labels",
    "told_basis",
    "told_condition",
    "told_event",
    "told_value",
    "year_done",
]
