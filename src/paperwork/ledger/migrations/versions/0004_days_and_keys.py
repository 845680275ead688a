"""The next day of each matter, the answers by which forms find it, and the grave harm that it tells of its party.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    with op.batch_alter_table("matters") as matters:
        matters.add_column(sa.Column("next_on", sa.Text()))
        matters.add_column(sa.Column("waits_for", sa.Integer(), nullable=False, server_default="0"))
        matters.add_column(sa.Column("harm", sa.Text(), nullable=False, server_default=""))
    op.create_index("matters_by_day", "matters", ["bureau", "next_on"])
    op.create_index("matters_by_calendar", "matters", ["bureau", "waits_for"])
    op.create_table(
        "keys",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("bureau", "matter", "name", "answer")),
        sa.ForeignKeyConstraint(["bureau", "matter"], ["matters.bureau", "matters.id"]),
        sa.PrimaryKeyConstraint("bureau", "matter", "name", "answer"),
    )
    op.create_index("keys_by_answer", "keys", ["bureau", "name", "answer"])
