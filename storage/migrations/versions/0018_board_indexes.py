"""Indexes that the board is counted by: without them each look read every assignment of the network"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_BOARD = ["occurrence_id", "unit_id", "person_id", "answer", "review", "due_at", "answered_at", "withdrawn_at"]
_UNDECIDED = ["answer", "occurrence_id", "unit_id"]


def upgrade() -> None:
    op.create_index("ix_assignments_board", "assignments", _BOARD)
    op.drop_index("ix_assignments_occurrence_unit", table_name="assignments")  # the new one begins as it does
    _create("ix_assignments_undecided", "assignments", _UNDECIDED,
            "review IS NULL AND answer IS NOT NULL")  # fmt: skip
    _create("ix_assignments_marked", "assignments", ["occurrence_id"], "attendance IS NOT NULL")
    _create("ix_memberships_coordinators", "memberships", ["unit_id", "person_id"],
            "role = 'coordinator' AND standing != 'left'")  # fmt: skip
    _create("ix_notices_doubted", "notices", ["occurrence_id"], "was_in_doubt = 1", on_a_server="was_in_doubt")


def _create(name: str, table: str, columns: list[str], condition: str, on_a_server: str | None = None) -> None:
    where, on_server = sa.text(condition), sa.text(on_a_server or condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=on_server)
