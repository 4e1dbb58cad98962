"""An index of the terms that single assignments were given: looked for every few minutes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_set = sa.text("due_at IS NOT NULL")
    op.create_index("ix_assignments_own_term", "assignments", ["due_at"], sqlite_where=is_set, postgresql_where=is_set)
