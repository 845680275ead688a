"""The rows behind the figures of summaries; the first report fills them.

Revision ID: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    key = ("bureau", "happened_on", "figure", "matter", "item")
    names = ("unit", "party_key", "industry", "measure", "ground", "document", "why")
    op.create_table(
        "counts",
        *(sa.Column(name, sa.String(), nullable=False) for name in key),
        *(sa.Column(name, sa.Text(), nullable=False) for name in names),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bureau", "matter"], ["matters.bureau", "matters.id"]),
        sa.PrimaryKeyConstraint(*key),
        sqlite_with_rowid=False,
    )
    op.create_index("counts_of_matter", "counts", ["bureau", "matter"])
