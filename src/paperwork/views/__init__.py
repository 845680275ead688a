"""What people and programs are shown: the JSON of the contract (DESIGN §6), made from the ledger and the catalogue."""

from paperwork.views.clocks import due
from paperwork.views.entries import document_entry, finding_entry, outcome_entry, outcome_of
from paperwork.views.folder import index, manifest
from paperwork.views.matters import case_entries, explain, explain_document, show
from paperwork.views.shelf import kind_entries, rule_entries

__all__ = [
    "case_entries",
    "document_entry",
    "due",
    "explain",
    "explain_document",
    "finding_entry",
    "index",
    "kind_entries",
    "manifest",
    "outcome_entry",
    "outcome_of",
    "rule_entries",
    "show",
]
