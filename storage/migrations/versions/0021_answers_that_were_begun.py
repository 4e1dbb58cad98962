"""Which message an update is being answered in: after a kill «Читаю…» stood there for good beside the answer"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("message_id", sa.BigInteger(), nullable=True))
