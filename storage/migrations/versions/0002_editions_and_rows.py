"""Files once by their hash, editions of a document, rows joined and split, a ladder and a form of their own"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "files",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_files")),
    )
    op.execute(
        "INSERT INTO files (hash, content, received_at) "
        "SELECT file_hash, file, created_at FROM documents "
        "WHERE id IN (SELECT min(id) FROM documents WHERE file IS NOT NULL GROUP BY file_hash)"
    )
    op.execute("UPDATE documents SET file_hash = NULL WHERE file_hash NOT IN (SELECT hash FROM files)")
    with op.batch_alter_table("documents") as documents:
        documents.drop_column("file")
        documents.add_column(sa.Column("sheets", sa.Text(), nullable=False, server_default=""))
        documents.add_column(sa.Column("quotes", sa.JSON(), nullable=False, server_default="{}"))
        documents.add_column(sa.Column("mentions", sa.JSON(), nullable=False, server_default="[]"))
        documents.add_column(sa.Column("compared_with", sa.Integer(), nullable=True))
        documents.add_column(sa.Column("dropped", sa.JSON(), nullable=False, server_default="[]"))
        documents.create_foreign_key(op.f("fk_documents_file_hash"), "files", ["file_hash"], ["hash"])
        documents.create_foreign_key(op.f("fk_documents_compared_with"), "documents", ["compared_with"], ["id"])
    with op.batch_alter_table("document_rows") as rows:
        rows.add_column(sa.Column("section", sa.Text(), nullable=True))
        rows.add_column(sa.Column("cohort", sa.String(length=50), nullable=True))
        rows.add_column(sa.Column("ladder", sa.String(length=16), nullable=True))
        rows.add_column(sa.Column("asks", sa.String(length=16), nullable=True))
        rows.add_column(sa.Column("joined_into", sa.Integer(), nullable=True))
        rows.add_column(sa.Column("split_from", sa.Integer(), nullable=True))
        rows.add_column(sa.Column("as_read", sa.JSON(), nullable=True))
        rows.create_foreign_key(op.f("fk_document_rows_joined_into"), "document_rows", ["joined_into"], ["id"])
        rows.create_foreign_key(op.f("fk_document_rows_split_from"), "document_rows", ["split_from"], ["id"])
    with op.batch_alter_table("activities") as activities:
        activities.add_column(sa.Column("ladder", sa.String(length=16), nullable=False, server_default="usual"))
        activities.add_column(sa.Column("asks", sa.String(length=16), nullable=True))
        activities.add_column(sa.Column("event_on", sa.Date(), nullable=True))
