"""Threads: one person may speak for himself, also one who stands in no unit; how far each reader has read"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("threads") as batch_op:
        batch_op.alter_column("unit_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_threads_person_id"), "persons", ["person_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_threads_person_id"), ["person_id"])
        batch_op.drop_constraint(batch_op.f("uq_threads_source"), type_="unique")
        batch_op.drop_column("source")
        batch_op.drop_column("subject")
    op.create_table(
        "thread_readers",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_thread_readers_thread_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_thread_readers_person_id")),
        sa.PrimaryKeyConstraint("thread_id", "person_id", name=op.f("pk_thread_readers")),
    )
