"""The tables of webinars and meetings: series, seats, who came, what was given out."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.tables import metadata
from storage.types import Instant

# Several events that are one thing to those invited.
series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("source", String(64), unique=True),  # the draft it was made of: announcing it again makes nothing
    Column("created_by", ForeignKey("persons.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
)

# An event that is being made: saved at every step, so that a restart loses nothing.
event_drafts = Table(
    "event_drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    Column("data", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("announced_at", Instant),
)

# Who has a seat or waits for one. No row: he does not come, or the event has no seats to count.
seats = Table(
    "seats",
    metadata,
    Column("assignment_id", ForeignKey("assignments.id"), primary_key=True, autoincrement=False),
    Column("occurrence_id", ForeignKey("occurrences.id"), nullable=False),
    Column("state", String(16), nullable=False),  # main, reserve, offered
    Column("place", Integer, nullable=False),  # grows with every asking: the order of the reserve
    Column("asked_at", Instant, nullable=False),
    Column("offered_until", Instant),
    Index("ix_seats_order", "occurrence_id", "state", "place"),
)

substitutions = Table(
    "substitutions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment_id", ForeignKey("assignments.id"), nullable=False),  # of the one who cannot come
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),  # who is to come instead
    Column("state", String(16), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("decided_at", Instant),
    UniqueConstraint("assignment_id", "person_id"),
)

# Every mark that was made, the latest counts and stands in ``assignments.attendance`` too.
attendance_marks = Table(
    "attendance_marks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment_id", ForeignKey("assignments.id"), nullable=False, index=True),
    Column("state", String(16)),  # NULL: the mark was taken back
    Column("source", String(16), nullable=False),
    Column("marked_by", ForeignKey("persons.id")),
    Column("marked_at", Instant, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("assignment_id", ForeignKey("assignments.id"), primary_key=True, autoincrement=False),
    Column("rating", Integer),
    Column("text", Text),
    Column("given_at", Instant, nullable=False),
)

materials = Table(
    "materials",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("activity_id", ForeignKey("activities.id"), nullable=False, index=True),
    Column("phase", String(16), nullable=False),  # before, after
    Column("title", Text, nullable=False),
    Column("link", Text),
    Column("file_id", String(255)),  # the messenger's own
    Column("added_by", ForeignKey("persons.id"), nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("told_at", Instant),
)
