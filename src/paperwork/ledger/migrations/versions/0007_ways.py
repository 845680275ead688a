"""Ways to what is asked for often in a ledger of any size: drops by time, unfinished ones, documents by day.

What SQLite's planner is told of all indices follows each carrying over (`ledger.planner`).

Revision ID: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0007", "0006"


def upgrade() -> None:
    op.create_index("drops_by_time", "drops", ["bureau", "received_at"])
    _some("drops_unfinished", "drops", "received_at", "concluded_at IS NULL")
    _some("documents_by_day", "documents", "dated", "dated IS NOT NULL")


def _some(name: str, table: str, column: str, which: str) -> None:
    """An index of those rows alone."""
    op.create_index(name, table, ["bureau", column], sqlite_where=sa.text(which), postgresql_where=sa.text(which))
