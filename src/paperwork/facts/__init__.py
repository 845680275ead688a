"""The facts of a matter: the fold of its submissions, and what can be computed from them."""

from paperwork.facts.derived import DERIVED, decision_of
from paperwork.facts.fold import conflicts, fold, in_force, merge_items, rows_of
from paperwork.facts.registry import Around, complete, inputs_of

__all__ = [
    "DERIVED",
    "Around",
    "complete",
    "conflicts",
    "decision_of",
    "fold",
    "in_force",
    "inputs_of",
    "merge_items",
    "rows_of",
]
