"""What one submission changes: the plan that registering writes in one transaction. Pure thought, no world."""

from paperwork.planning.plan import Planned, Weighed, plan, weigh
from paperwork.planning.sight import Sight

__all__ = ["Planned", "Sight", "Weighed", "plan", "weigh"]
