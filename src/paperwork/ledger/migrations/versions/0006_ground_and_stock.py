"""Figures of what stands, and the ground of earlier decisions not to punish: told by their papers.

Revision ID: 0006
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    op.add_column("counts", sa.Column("stock", sa.Integer(), nullable=False, server_default="0"))
    stands = sa.text("stock = 1")
    columns = ["bureau", "figure", "happened_on"]
    op.create_index("counts_of_stock", "counts", columns, sqlite_where=stands, postgresql_where=stands)
    op.add_column("past", sa.Column("ground", sa.Text(), nullable=False, server_default=""))
    _tell_grounds(op.get_bind())


def _tell_grounds(connection: sa.Connection) -> None:
    past = sa.table("past", *(sa.column(name) for name in ("bureau", "matter", "measure", "ground")))
    papers = sa.table("documents", *(sa.column(name) for name in ("bureau", "matter", "measure", "state", "recipe")))
    issued = sa.select(papers).where(papers.c.measure == "no_penalty", papers.c.state == "issued")
    for row in connection.execute(issued).mappings().all():
        ground = json.loads(row["recipe"]).get("context", {}).get("measure", {}).get("ground", "")
        if ground:
            here = (past.c.bureau == row["bureau"], past.c.matter == row["matter"], past.c.measure == "no_penalty")
            connection.execute(sa.update(past).where(*here).values(ground=ground))
