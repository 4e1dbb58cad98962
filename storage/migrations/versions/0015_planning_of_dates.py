"""Dates that are being planned, what they were like when they were planned last, and an index of those that wait"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("occurrences", sa.Column("being_planned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("occurrences", sa.Column("planned_as", sa.String(64)))
    waits = sa.text("needs_planning OR being_planned")
    op.create_index("ix_occurrences_to_plan", "occurrences", ["id"], sqlite_where=waits, postgresql_where=waits)
    # Who joined, and who can be reached again: asked every minute.
    op.create_index("ix_memberships_created_at", "memberships", ["created_at"])
    op.create_index("ix_units_created_at", "units", ["created_at"])
    op.create_index("ix_persons_reach_changed_at", "persons", ["reach_changed_at"])
