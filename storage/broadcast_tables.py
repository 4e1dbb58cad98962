"""What a person sends to many at once, while it goes out and afterwards."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table

from storage.dialect import only_where
from storage.tables import metadata
from storage.types import Instant

# What a person sends to many. Of what is announced the scope is an activity, a series or a document; all else is named
# by its notices.
broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("title", String(255), nullable=False),
    Column("person_id", ForeignKey("persons.id"), nullable=False),  # who sends it, and is shown how far it is
    Column("unit_id", ForeignKey("units.id")),
    Column("activity_id", ForeignKey("activities.id")),
    Column("series_id", ForeignKey("series.id")),
    Column("document_id", ForeignKey("documents.id")),
    Column("created_at", Instant, nullable=False),
    Column("stopped_at", Instant),  # what has not left is held
    Column("ended_at", Instant),
    Column("message_id", BigInteger),
    Column("shown", String(64)),
)
Index("ix_broadcasts_running", broadcasts.c.id, **only_where(broadcasts.c.ended_at.is_(None)))
# Asked for every notice at its claim; what was stopped are few.
Index("ix_broadcasts_stopped", broadcasts.c.stopped_at, **only_where(broadcasts.c.stopped_at.is_not(None)))
Index("ix_broadcasts_activity", broadcasts.c.activity_id, **only_where(broadcasts.c.activity_id.is_not(None)))
