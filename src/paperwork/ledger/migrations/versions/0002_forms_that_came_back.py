"""Forms that went back, and what made them good.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    op.create_table(
        "given_back",
        sa.Column("bureau", sa.String(), nullable=False),
        sa.Column("drop", sa.String(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("form", "about", "follows", "files", "corrected_by")),
        sa.ForeignKeyConstraint(["bureau", "drop"], ["drops.bureau", "drops.id"]),
        sa.PrimaryKeyConstraint("bureau", "drop"),
    )
    op.create_index("given_back_corrected", "given_back", ["bureau", "corrected_by"])
