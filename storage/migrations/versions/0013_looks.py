"""When a job last looked; the summaries of the silent by their day"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "looks",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("looked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_looks")),
    )
    is_summary = sa.text("kind = 'overdue'")
    op.create_index(
        "ix_notices_summaries", "notices", ["expires_at"], sqlite_where=is_summary, postgresql_where=is_summary
    )
