"""Calls for proposals that are being made: every step is kept"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrences.id"], name=op.f("fk_call_drafts_occurrence_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_call_drafts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_drafts")),
    )
    op.create_index(op.f("ix_call_drafts_person_id"), "call_drafts", ["person_id"])
