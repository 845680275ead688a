"""The facts of a matter: the fold of its submissions, and what can be computed from them."""

from collections.abc import Mapping

from paperwork.facts import coercion as _coercion
from paperwork.facts import derived as _derived  # each module registers the facts that it computes
from paperwork.facts import following as _following
from paperwork.facts import lightening as _lightening
from paperwork.facts import notices as _notices
from paperwork.facts import observation as _observation
from paperwork.facts import penalties as _penalties
from paperwork.facts import practice as _practice
from paperwork.facts import procedure as _procedure
from paperwork.facts import publicity as _publicity
from paperwork.facts import recordings as _recordings
from paperwork.facts import reminders as _reminders
from paperwork.facts import repair as _repair
from paperwork.facts import serving as _serving
from paperwork.facts import staffing as _staffing
from paperwork.facts import surcharges as _surcharges
from paperwork.facts import talks as _talks
from paperwork.facts import tallying as _tallying
from paperwork.facts import totals as _totals
from paperwork.facts import weighing as _weighing
from paperwork.facts import windows as _windows
from paperwork.facts.derived import decision_of
from paperwork.facts.fold import conflicts, fold, in_force, merge_items, rows_of
from paperwork.facts.publicity import is_young
from paperwork.facts.registry import Around, complete, inputs_of, next_moment, registered
from paperwork.facts.serving import day_of as service_day
from paperwork.facts.serving import reached
from paperwork.model import Fact

DERIVED: Mapping[str, Fact] = registered()

_REGISTERING = (
    _coercion,
    _derived,
    _following,
    _lightening,
    _notices,
    _observation,
    _penalties,
    _practice,
    _procedure,
    _publicity,
    _reminders,
    _repair,
    _recordings,
    _serving,
    _staffing,
    _surcharges,
    _talks,
    _weighing,
    _tallying,
    _totals,
    _windows,
)

__all__ = [
    "DERIVED",
    "Around",
    "complete",
    "conflicts",
    "decision_of",
    "fold",
    "in_force",
    "inputs_of",
    "is_young",
    "merge_items",
    "next_moment",
    "reached",
    "rows_of",
    "service_day",
]
