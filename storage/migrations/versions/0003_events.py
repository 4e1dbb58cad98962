"""Events: series, drafts, seats, substitutes, attendance, feedback, materials"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["persons.id"], name=op.f("fk_series_created_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_series_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("source", name=op.f("uq_series_source")),
    )
    op.create_table(
        "event_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("announced_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_event_drafts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_drafts")),
    )
    op.create_index(op.f("ix_event_drafts_person_id"), "event_drafts", ["person_id"])
    with op.batch_alter_table("activities") as activities:
        activities.add_column(sa.Column("event", sa.JSON(), nullable=True))
        activities.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        activities.add_column(sa.Column("series_place", sa.Integer(), nullable=True))
        activities.create_foreign_key(op.f("fk_activities_series_id"), "series", ["series_id"], ["id"])
        activities.create_index(op.f("ix_activities_series_id"), ["series_id"])
    with op.batch_alter_table("occurrences") as occurrences:
        occurrences.add_column(sa.Column("ends_at", Instant(), nullable=True))
        occurrences.add_column(sa.Column("stopped_at", Instant(), nullable=True))
        occurrences.add_column(sa.Column("moved_from", Instant(), nullable=True))
    with op.batch_alter_table("assignments") as assignments:
        assignments.add_column(sa.Column("attendance", sa.String(length=16), nullable=True))
    with op.batch_alter_table("notices") as notices:
        notices.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        notices.create_foreign_key(op.f("fk_notices_series_id"), "series", ["series_id"], ["id"])
    op.create_table(
        "seats",
        sa.Column("assignment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("offered_until", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_seats_assignment_id")),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrences.id"], name=op.f("fk_seats_occurrence_id")),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_seats")),
    )
    op.create_index("ix_seats_order", "seats", ["occurrence_id", "state", "place"])
    op.create_table(
        "substitutions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_substitutions_assignment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_substitutions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitutions")),
        sa.UniqueConstraint("assignment_id", "person_id", name=op.f("uq_substitutions_assignment_id_person_id")),
    )
    op.create_table(
        "attendance_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=True),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("marked_by", sa.Integer(), nullable=True),
        sa.Column("marked_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_attendance_marks_assignment_id")),
        sa.ForeignKeyConstraint(["marked_by"], ["persons.id"], name=op.f("fk_attendance_marks_marked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_marks")),
    )
    op.create_index(op.f("ix_attendance_marks_assignment_id"), "attendance_marks", ["assignment_id"])
    op.create_table(
        "feedback",
        sa.Column("assignment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("given_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_feedback_assignment_id")),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_feedback")),
    )
    op.create_table(
        "materials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("file_id", sa.String(length=255), nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_materials_activity_id")),
        sa.ForeignKeyConstraint(["added_by"], ["persons.id"], name=op.f("fk_materials_added_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_materials")),
    )
    op.create_index(op.f("ix_materials_activity_id"), "materials", ["activity_id"])
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
