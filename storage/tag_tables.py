"""The table of tags: free words on units and on people."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from storage.dialect import only_where
from storage.tables import metadata
from storage.types import Instant

# A word on a unit, which then counts for everything below it, or on a person as a member of the unit: whoever manages
# the unit sees and chooses by it, and nobody beside him does.
tags = Table(
    "tags",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("person_id", ForeignKey("persons.id"), index=True),  # NULL: on the unit itself
    Column("word", String(30), nullable=False),
    Column("key", String(30), nullable=False),  # the word as it is compared
    Column("put_by", ForeignKey("persons.id"), nullable=False),
    Column("put_at", Instant, nullable=False),
)
# Two partial keys, because NULLs are distinct in a unique key.
Index(
    "uq_tags_unit_key",
    tags.c.unit_id,
    tags.c.key,
    unique=True,
    **only_where(tags.c.person_id.is_(None)),
)
Index(
    "uq_tags_unit_person_key",
    tags.c.unit_id,
    tags.c.person_id,
    tags.c.key,
    unique=True,
    **only_where(tags.c.person_id.is_not(None)),
)
