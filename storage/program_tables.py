"""What the program keeps of its own running: what came in, where dialogues stand, when a job last looked."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from storage.dialect import only_where
from storage.tables import metadata
from storage.types import Instant

# An update is here before the messenger is told that we have it; its id is the key, so a second delivery is absorbed.
inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger),  # updates of one chat are handled in order
    Column("payload", JSON, nullable=False),
    Column("state", String(16), nullable=False),  # waiting, handled, parked
    Column("attempts", Integer, nullable=False),
    Column("error", Text),
    Column("received_at", Instant, nullable=False),
    Column("handled_at", Instant),
    Column("message_id", BigInteger),  # that becomes the answer, where one was begun before the update was handled
)
_INBOX_WAITING = inbox.c.state == "waiting"
Index("ix_inbox_waiting", inbox.c.update_id, **only_where(_INBOX_WAITING))

# When a job last looked, for those that have to know what went by while nobody did.
looks = Table(
    "looks",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("looked_at", Instant, nullable=False),
)

# Where each person stands in a dialogue: survives restarts, unlike a framework's memory.
dialogues = Table(
    "dialogues",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("state", String(64)),
    Column("data", JSON, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("message_id", BigInteger),  # in which he is being asked
)
Index("ix_dialogues_message_id", dialogues.c.message_id, **only_where(dialogues.c.message_id.is_not(None)))

# One row: a random name that keeps what this installation puts into calendars apart from what others do.
installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(32), nullable=False),
)

# Who did what: kept longer than what it was done to.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("person_id", ForeignKey("persons.id")),  # NULL: the program itself or the command line
    Column("act", String(64), nullable=False),
    Column("unit_id", ForeignKey("units.id")),
    Column("detail", JSON, nullable=False),
    Index("ix_audit_person", "person_id", "act", "at"),  # how often he was wrong of late is asked at every try
)
