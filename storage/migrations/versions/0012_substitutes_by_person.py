"""An index for whom somebody comes instead of: asked for each matter that is shown"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_substitutions_person_id", "substitutions", ["person_id"])
