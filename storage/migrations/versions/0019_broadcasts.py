"""Broadcasts: whatever a person sends to many is watched and paused in one way, announcements of events among it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# What was stopped stays so, under the name of whoever opened it; of an activity,
# or of a series, one row holds all its dates.
_STOPPED = """
    INSERT INTO broadcasts (kind, title, person_id, unit_id, activity_id, created_at, stopped_at)
    SELECT 'event', substr(activities.title, 1, 255), activities.created_by, activities.unit_id, activities.id,
           activities.created_at, min(occurrences.stopped_at)
    FROM occurrences JOIN activities ON activities.id = occurrences.activity_id
    WHERE occurrences.stopped_at IS NOT NULL AND activities.series_id IS NULL
    GROUP BY activities.id, activities.title, activities.created_by, activities.unit_id, activities.created_at
"""
_STOPPED_SERIES = """
    INSERT INTO broadcasts (kind, title, person_id, unit_id, series_id, created_at, stopped_at)
    SELECT 'event', substr(series.title, 1, 255), series.created_by, series.unit_id, series.id, series.created_at,
           min(occurrences.stopped_at)
    FROM occurrences JOIN activities ON activities.id = occurrences.activity_id
                     JOIN series ON series.id = activities.series_id
    WHERE occurrences.stopped_at IS NOT NULL
    GROUP BY series.id, series.title, series.created_by, series.unit_id, series.created_at
"""


def upgrade() -> None:
    _create_broadcasts()
    _name_them_in_notices()
    op.execute(_STOPPED)
    op.execute(_STOPPED_SERIES)
    op.drop_column("occurrences", "stopped_at")


def _create_broadcasts() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.String(255), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("stopped_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("shown", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_broadcasts_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_broadcasts_unit_id")),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_broadcasts_activity_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_broadcasts_series_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_broadcasts_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
    )
    for name, column, condition in (
        ("ix_broadcasts_running", "id", "ended_at IS NULL"),
        ("ix_broadcasts_stopped", "stopped_at", "stopped_at IS NOT NULL"),
        ("ix_broadcasts_activity", "activity_id", "activity_id IS NOT NULL"),
    ):
        where = sa.text(condition)
        op.create_index(name, "broadcasts", [column], sqlite_where=where, postgresql_where=where)


def _name_them_in_notices() -> None:
    # By its own words, since alembic would copy the largest of all tables for it.
    op.execute(
        "ALTER TABLE notices ADD COLUMN broadcast_id INTEGER"
        " CONSTRAINT fk_notices_broadcast_id REFERENCES broadcasts (id)"
    )
    is_set = sa.text("broadcast_id IS NOT NULL")
    op.create_index(
        "ix_notices_broadcast", "notices", ["broadcast_id"], sqlite_where=is_set, postgresql_where=is_set
    )  # fmt: skip
