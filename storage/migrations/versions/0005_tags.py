"""Tags: free words on units and on people"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_IS_UNIT = sa.text("person_id IS NULL")
_IS_PERSON = sa.text("person_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("word", sa.String(length=30), nullable=False),
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("put_by", sa.Integer(), nullable=False),
        sa.Column("put_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_tags_person_id")),
        sa.ForeignKeyConstraint(["put_by"], ["persons.id"], name=op.f("fk_tags_put_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_tags_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
    )
    op.create_index(op.f("ix_tags_person_id"), "tags", ["person_id"])
    op.create_index(
        "uq_tags_unit_key",
        "tags",
        ["unit_id", "key"],
        unique=True,
        sqlite_where=_IS_UNIT,
        postgresql_where=_IS_UNIT,
    )
    op.create_index(
        "uq_tags_unit_person_key",
        "tags",
        ["unit_id", "person_id", "key"],
        unique=True,
        sqlite_where=_IS_PERSON,
        postgresql_where=_IS_PERSON,
    )
