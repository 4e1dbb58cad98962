"""Gathering: reminders of one day are found by their reader; what is not obligatory; the controller as a person"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_CAN_BE_GATHERED = sa.text("state IN ('planned', 'sending', 'in_doubt') AND kind IN ('reminder', 'today')")


def upgrade() -> None:
    op.create_index(
        "ix_notices_to_gather",
        "notices",
        ["person_id", "due_at"],
        sqlite_where=_CAN_BE_GATHERED,
        postgresql_where=_CAN_BE_GATHERED,
    )
    with op.batch_alter_table("persons") as batch_op:
        batch_op.add_column(sa.Column("wants_optional", sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table("document_rows") as batch_op:
        batch_op.add_column(sa.Column("is_obligatory", sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table("documents") as batch_op:
        batch_op.add_column(sa.Column("controller_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_documents_controller_id"), "persons", ["controller_id"], ["id"])
