"""Tasks: forms, requests, decisions, threads, ladders of one's own, proposals, applications"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("retired_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["persons.id"], name=op.f("fk_forms_created_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_forms_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forms")),
        sa.UniqueConstraint("source", name=op.f("uq_forms_source")),
    )
    op.create_index(op.f("ix_forms_unit_id"), "forms", ["unit_id"])

    op.create_table(
        "ladders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("retired_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["persons.id"], name=op.f("fk_ladders_created_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_ladders_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladders")),
    )
    op.create_index(op.f("ix_ladders_unit_id"), "ladders", ["unit_id"])

    op.create_table(
        "form_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["persons.id"], name=op.f("fk_form_versions_created_by")),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_form_versions_form_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_versions")),
        sa.UniqueConstraint("form_id", "number", name=op.f("uq_form_versions_form_id_number")),
    )
    op.create_table(
        "plan_figures",
        sa.Column("form_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("figure", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_plan_figures_form_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_plan_figures_unit_id")),
        sa.PrimaryKeyConstraint("form_id", "question", "unit_id", name=op.f("pk_plan_figures")),
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("file_kind", sa.String(length=16), nullable=True),
        sa.Column("file_id", sa.String(length=255), nullable=True),
        sa.Column("file_name", sa.String(length=255), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["persons.id"], name=op.f("fk_proposals_decided_by")),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrences.id"], name=op.f("fk_proposals_occurrence_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_proposals_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_proposals_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("source", name=op.f("uq_proposals_source")),
    )
    op.create_index(op.f("ix_proposals_occurrence_id"), "proposals", ["occurrence_id"])

    op.create_table(
        "applications",
        sa.Column("assignment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("applied_at", Instant(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("told_state", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_applications_assignment_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["persons.id"], name=op.f("fk_applications_decided_by")),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrences.id"], name=op.f("fk_applications_occurrence_id")),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_applications")),
    )
    op.create_index("ix_applications_occurrence", "applications", ["occurrence_id", "state", "place"])

    op.create_table(
        "assignment_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("phrase", sa.Text(), nullable=True),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["persons.id"], name=op.f("fk_assignment_requests_asked_by")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_assignment_requests_assignment_id")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["persons.id"], name=op.f("fk_assignment_requests_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_requests")),
        sa.UniqueConstraint("source", name=op.f("uq_assignment_requests_source")),
    )
    op.create_index(op.f("ix_assignment_requests_assignment_id"), "assignment_requests", ["assignment_id"])

    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_decisions_assignment_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["persons.id"], name=op.f("fk_decisions_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("source", name=op.f("uq_decisions_source")),
    )
    op.create_index(op.f("ix_decisions_assignment_id"), "decisions", ["assignment_id"])

    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form_version_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("handed_in_by", sa.Integer(), nullable=True),
        sa.Column("handed_in_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_submissions_assignment_id")),
        sa.ForeignKeyConstraint(["begun_by"], ["persons.id"], name=op.f("fk_submissions_begun_by")),
        sa.ForeignKeyConstraint(["form_version_id"], ["form_versions.id"], name=op.f("fk_submissions_form_version_id")),
        sa.ForeignKeyConstraint(["handed_in_by"], ["persons.id"], name=op.f("fk_submissions_handed_in_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("assignment_id", "number", name=op.f("uq_submissions_assignment_id_number")),
    )
    op.create_index(op.f("ix_submissions_form_version_id"), "submissions", ["form_version_id"])

    op.create_table(
        "threads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_threads_assignment_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["persons.id"], name=op.f("fk_threads_closed_by")),
        sa.ForeignKeyConstraint(["opened_by"], ["persons.id"], name=op.f("fk_threads_opened_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_threads_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
        sa.UniqueConstraint("source", name=op.f("uq_threads_source")),
    )
    op.create_index(op.f("ix_threads_assignment_id"), "threads", ["assignment_id"])
    op.create_index(op.f("ix_threads_unit_id"), "threads", ["unit_id"])

    op.create_table(
        "asked_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["persons.id"], name=op.f("fk_asked_questions_asked_by")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_asked_questions_person_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_asked_questions_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_questions")),
    )
    op.create_index(op.f("ix_asked_questions_person_id"), "asked_questions", ["person_id"])
    op.create_index(op.f("ix_asked_questions_submission_id"), "asked_questions", ["submission_id"])

    op.create_table(
        "submission_values",
        sa.Column("submission_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("file_id", sa.String(length=255), nullable=True),
        sa.Column("file_name", sa.String(length=255), nullable=True),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["given_by"], ["persons.id"], name=op.f("fk_submission_values_given_by")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_submission_values_submission_id")),
        sa.PrimaryKeyConstraint("submission_id", "question", name=op.f("pk_submission_values")),
    )
    op.create_table(
        "thread_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_from_above", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("file_kind", sa.String(length=16), nullable=True),
        sa.Column("file_id", sa.String(length=255), nullable=True),
        sa.Column("file_name", sa.String(length=255), nullable=True),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_thread_messages_person_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_thread_messages_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_messages")),
        sa.UniqueConstraint("source", name=op.f("uq_thread_messages_source")),
    )
    op.create_index(op.f("ix_thread_messages_thread_id"), "thread_messages", ["thread_id"])

    with op.batch_alter_table("activities") as batch_op:
        batch_op.add_column(sa.Column("ladder_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("form_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("needs_acceptance", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("is_obligatory", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("selection", sa.JSON(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_activities_ladder_id"), "ladders", ["ladder_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_activities_form_id"), "forms", ["form_id"], ["id"])

    with op.batch_alter_table("assignments") as batch_op:
        batch_op.add_column(sa.Column("due_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("due_version", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("review", sa.String(length=16), nullable=True))

    with op.batch_alter_table("document_rows") as batch_op:
        batch_op.add_column(sa.Column("ladder_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("form_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_document_rows_form_id"), "forms", ["form_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_document_rows_ladder_id"), "ladders", ["ladder_id"], ["id"])

    with op.batch_alter_table("notices") as batch_op:
        batch_op.add_column(sa.Column("assignment_due_version", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("gathered_into", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_notices_gathered_into"), "notices", ["gathered_into"], ["id"])

    op.create_index(
        "ix_notices_gathered_into",
        "notices",
        ["gathered_into"],
        sqlite_where=sa.text("gathered_into IS NOT NULL"),
        postgresql_where=sa.text("gathered_into IS NOT NULL"),
    )
    with op.batch_alter_table("persons") as batch_op:
        batch_op.add_column(sa.Column("rhythm", sa.String(length=16), server_default="at_once", nullable=False))
        batch_op.add_column(sa.Column("rhythm_at", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("rhythm_weekday", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("phone", sa.String(length=32), nullable=True))
