"""Reviews: a row of a document says whether answers are looked at; a request is one for another term, and one waits"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_IS_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    with op.batch_alter_table("document_rows") as batch_op:
        batch_op.add_column(sa.Column("needs_acceptance", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("assignment_requests") as batch_op:
        batch_op.drop_column("kind")
        batch_op.drop_column("decision")
        batch_op.add_column(sa.Column("granted_on", sa.Date(), nullable=True))
        batch_op.alter_column("wanted_on", existing_type=sa.Date(), nullable=False)
    op.create_index(
        "uq_assignment_requests_waiting",
        "assignment_requests",
        ["assignment_id"],
        unique=True,
        sqlite_where=_IS_WAITING,
        postgresql_where=_IS_WAITING,
    )
