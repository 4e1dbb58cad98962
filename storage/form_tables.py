"""The table of forms that are being made."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table

from storage.tables import metadata
from storage.types import Instant

# What the next version of a form will ask, and how it came to that (``bot.domain.form_drafts``). Stored at every step:
# schools see nothing of it before it is published, and the row goes with that.
form_drafts = Table(
    "form_drafts",
    metadata,
    Column("form_id", ForeignKey("forms.id"), primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    Column("sources", JSON, nullable=False),  # the latest updates that changed it: handled again, none does so twice
    Column("changed_at", Instant, nullable=False),
)
