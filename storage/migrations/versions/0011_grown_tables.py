"""Indexes for what is looked up in the tables that only grow: lists of a document or a series, acts of one person"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, column in (("ix_notices_document", "document_id"), ("ix_notices_series", "series_id")):
        is_set = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, "notices", [column], sqlite_where=is_set, postgresql_where=is_set)
    op.create_index("ix_audit_person", "audit", ["person_id", "act", "at"])
