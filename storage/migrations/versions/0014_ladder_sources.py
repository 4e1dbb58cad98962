"""The update that a ladder was last changed by"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ladders") as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(64), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_ladders_source"), ["source"])
