"""What one submission changes: the plan that registering writes in one transaction. Pure thought, no world."""

from paperwork.planning.drafts import approvals_of
from paperwork.planning.offers import Offered, joining, next_forms, unsaid
from paperwork.planning.opening import party_key, told_keys
from paperwork.planning.plan import Planned, judge, plan, weigh
from paperwork.planning.quoting import numbers_named
from paperwork.planning.sight import Sight
from paperwork.planning.weighed import Weighed

__all__ = [
    "Offered",
    "Planned",
    "Sight",
    "Weighed",
    "approvals_of",
    "joining",
    "judge",
    "next_forms",
    "numbers_named",
    "party_key",
    "plan",
    "told_keys",
    "unsaid",
    "weigh",
]
