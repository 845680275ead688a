"""The blank forms that lie ready for a matter.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    op.create_table(
        "laid_out",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("bureau", "matter", "path")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("made_of", "sha256")),
        sa.ForeignKeyConstraint(["bureau", "matter"], ["matters.bureau", "matters.id"]),
        sa.PrimaryKeyConstraint("bureau", "matter", "path"),
    )
