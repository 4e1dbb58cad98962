"""Which message a dialogue asks in: a claim with an edit in it looked through all that were open"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dialogues", sa.Column("message_id", sa.BigInteger(), nullable=True))
    dialogues = sa.table(
        "dialogues", sa.column("state"), sa.column("data", sa.JSON()), sa.column("message_id", sa.BigInteger())
    )
    asked_in = dialogues.c.data["message"].as_integer()
    op.execute(dialogues.update().where(dialogues.c.state.is_not(None)).values(message_id=asked_in))
    is_set = sa.text("message_id IS NOT NULL")
    op.create_index(
        "ix_dialogues_message_id", "dialogues", ["message_id"], sqlite_where=is_set, postgresql_where=is_set
    )  # fmt: skip
