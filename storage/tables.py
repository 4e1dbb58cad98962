"""The tables of people, plans and notices; the others stand in ``*_tables``.

Dialect-neutral: what differs between SQLite and PostgreSQL stands in ``storage/dialect.py`` alone.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    and_,
    false,
    or_,
    true,
)

from storage.dialect import only_where
from storage.types import Instant

# Names for every constraint: a later migration must be able to name what it drops, in either dialect.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

units = Table(
    "units",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("parent_id", ForeignKey("units.id")),
    Column("path", String(255), nullable=False, unique=True),  # «/1/4/9/»: a subtree is a prefix
    Column("title", String(255), nullable=False),
    Column("region", String(100)),
    Column("timezone", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("removed_at", Instant),
    Index("uq_units_parent_title", "parent_id", "title", unique=True),
    Index("ix_units_created_at", "created_at"),  # who is new is asked every minute
)
# NULLs are distinct in a key, so that the roots need one of their own.
Index("uq_units_root_title", units.c.title, unique=True, **only_where(units.c.parent_id.is_(None)))

persons = Table(
    "persons",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("full_name", String(255), nullable=False),
    Column("timezone", String(64)),
    Column("quiet_from", Time, nullable=False),
    Column("quiet_to", Time, nullable=False),
    Column("reach", String(16), nullable=False),
    Column("reach_changed_at", Instant),
    Column("rhythm", String(16), nullable=False, server_default="at_once"),  # at_once, daily, weekly
    Column("rhythm_at", Time),
    Column("rhythm_weekday", Integer),  # Monday is 0
    Column("wants_optional", Boolean, nullable=False, server_default=true()),  # reminders of what is not obligatory
    Column("phone", String(32)),  # where he let those above see it
    Column("consent_version", Integer),
    Column("consented_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("erased_at", Instant),
    Index("ix_persons_reach_changed_at", "reach_changed_at"),
)

# A messenger account is an attribute of a person: a second messenger is another row here.
accounts = Table(
    "accounts",
    metadata,
    Column("messenger", String(16), primary_key=True),
    Column("external_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    Column("linked_at", Instant, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("standing", String(16), nullable=False),
    Column("programme", String(100)),
    Column("cohort", String(50)),
    Column("created_at", Instant, nullable=False),
    Column("left_at", Instant),
    UniqueConstraint("person_id", "unit_id", "role"),
    Index("ix_memberships_unit_role", "unit_id", "role", "standing"),
    Index("ix_memberships_created_at", "created_at"),
)
# Who has to be written to where a school owes something: few of all members, and asked for a whole network at once.
Index(
    "ix_memberships_coordinators",
    memberships.c.unit_id,
    memberships.c.person_id,
    **only_where(and_(memberships.c.role == "coordinator", memberships.c.standing != "left")),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("person_id", ForeignKey("persons.id")),  # a personal one admits this person once; else anybody
    Column("invited_name", String(255)),  # as the imported table wrote it; he may correct his name
    Column("cohort", String(50)),
    Column("created_by", ForeignKey("persons.id")),
    Column("created_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
)

join_requests = Table(
    "join_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("state", String(16), nullable=False),  # waiting, accepted, declined, withdrawn
    Column("created_at", Instant, nullable=False),
    Column("decided_at", Instant),
    Column("decided_by", ForeignKey("persons.id")),
)

# A file is kept once, whatever the number of documents that were read from it.
files = Table(
    "files",
    metadata,
    Column("hash", String(64), primary_key=True),  # SHA-256, hexadecimal
    Column("content", LargeBinary, nullable=False),
    Column("received_at", Instant, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("number", String(64)),
    Column("dated", Date),
    Column("title", Text, nullable=False),
    Column("region", String(100)),
    Column("controller", Text),
    Column("controller_id", ForeignKey("persons.id")),  # the person of that name, once a coordinator has matched them
    Column("file_name", String(255)),
    Column("file_hash", ForeignKey("files.hash")),
    Column("sheets", Text, nullable=False, server_default=""),  # of a workbook, those that were chosen, a line each
    Column("state", String(16), nullable=False),  # draft, planned, cancelled
    Column("version", Integer, nullable=False),  # grows with every edit of the draft: two editors notice each other
    Column("audience", JSON, nullable=False),
    Column("problems", JSON, nullable=False),  # what is doubtful about the table as a whole
    Column("quotes", JSON, nullable=False, server_default="{}"),  # each fact with the line that it was read from
    Column("mentions", JSON, nullable=False, server_default="[]"),  # the other documents that it names
    Column("compared_with", ForeignKey("documents.id")),  # the planned document that this one is a newer edition of
    Column("dropped", JSON, nullable=False, server_default="[]"),  # of that plan, the activities to be called off
    Column("created_by", ForeignKey("persons.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("planned_at", Instant),
    Index("ix_documents_file", "file_hash"),
)

document_rows = Table(
    "document_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("number", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("responsible", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("phrase", Text, nullable=False),
    Column("term", JSON, nullable=False),
    Column("links", JSON, nullable=False),
    Column("problems", JSON, nullable=False),
    Column("typed_phrase", Text),  # the coordinator's own words for the term; NULL while the document's count
    Column("decision", String(16), nullable=False),  # take, skip, done (past), overdue (past, created all the same)
    Column("audience", JSON),  # NULL: the document's own
    Column("activity_id", ForeignKey("activities.id")),
    Column("section", Text),  # the heading over the row: «I. Организационные мероприятия»
    Column("cohort", String(50)),  # of those whom the row addresses, as the document names it: proposed, not set
    Column("ladder", String(16)),  # NULL: the ordinary one
    Column("ladder_id", ForeignKey("ladders.id")),  # one of the coordinator's own, before the named one
    Column("is_obligatory", Boolean, nullable=False, server_default=true()),
    Column("form_id", ForeignKey("forms.id")),
    Column("needs_acceptance", Boolean, nullable=False, server_default=false()),
    Column("asks", String(16)),  # what «Выполнено» asks for besides; NULL: nothing
    Column("joined_into", ForeignKey("document_rows.id")),  # part of another row since the coordinator said so
    Column("split_from", ForeignKey("document_rows.id")),  # the row of the document that this one is a part of
    Column("as_read", JSON),  # what the row said before the coordinator changed its texts; NULL: it says it still
    UniqueConstraint("document_id", "position"),
)

activities = Table(
    "activities",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("document_id", ForeignKey("documents.id"), index=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("responsible", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("phrase", Text, nullable=False),
    Column("term", JSON, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("link", Text),
    Column("state", String(16), nullable=False),
    Column("source", String(64), unique=True),  # the dialogue it was made in: announcing it again opens nothing
    Column("ladder", String(16), nullable=False, server_default="usual"),
    Column("ladder_id", ForeignKey("ladders.id")),  # one of the coordinator's own, before the named one
    Column("form_id", ForeignKey("forms.id")),
    Column("needs_acceptance", Boolean, nullable=False, server_default=false()),  # an answer counts once it is accepted
    Column("is_obligatory", Boolean, nullable=False, server_default=true()),
    Column("selection", JSON),  # of a selection: places and quotas, ``bot.domain.selection``
    Column("asks", String(16)),  # what «Выполнено» asks for besides; NULL: nothing
    Column("event", JSON),  # of a webinar or a meeting: ``bot.domain.events.EventDetails``
    Column("series_id", ForeignKey("series.id"), index=True),
    Column("series_place", Integer),
    Column("event_on", Date),  # when what a relative term counts from came to pass
    Column("opened_until", Date),  # occurrences exist up to this day; the daily job goes on from here
    Column("created_by", ForeignKey("persons.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
)

occurrences = Table(
    "occurrences",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("activity_id", ForeignKey("activities.id"), nullable=False),
    Column("key", String(32), nullable=False),  # the date as first opened: opening twice opens once
    Column("version", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("has_time", Boolean, nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("ends_at", Instant),  # of an event whose end was named
    Column("moved_from", Instant),  # when it was to be before it last moved: those who know no better come then
    Column("needs_planning", Boolean, nullable=False),  # its notices are not (all) planned yet
    Column("being_planned", Boolean, nullable=False, server_default=false()),  # or the program fell while it was
    Column("planned_as", String(64)),  # its version and its ladder, when all of its notices were planned last
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("activity_id", "key"),
    Index("ix_occurrences_state_due", "state", "due_at"),
)

# Asked every few seconds, and true of few dates for a short time.
Index(
    "ix_occurrences_to_plan",
    occurrences.c.id,
    **only_where(or_(occurrences.c.needs_planning, occurrences.c.being_planned)),
)

assignments = Table(
    "assignments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("occurrence_id", ForeignKey("occurrences.id"), nullable=False),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("person_id", ForeignKey("persons.id")),
    Column("answer", String(16)),
    Column("answered_at", Instant),
    Column("answered_by", ForeignKey("persons.id")),
    Column("comment", Text),
    Column("attendance", String(16)),  # present, absent, excused; the marks behind it stand in attendance_marks
    Column("due_at", Instant),  # a term of its own: granted, or given with a return
    Column("due_on", Date),
    Column("due_version", Integer, nullable=False, server_default="0"),  # grows when its own term changes
    Column("review", String(16)),  # accepted, returned; what was decided before stands in decisions
    Column("withdrawn_at", Instant),  # the person left, or the audience changed: owed no more
    Column("created_at", Instant, nullable=False),
    # All that the board asks of an assignment, so that ten thousand schools are counted without reading their rows.
    Index(
        "ix_assignments_board",
        "occurrence_id",
        "unit_id",
        "person_id",
        "answer",
        "review",
        "due_at",
        "answered_at",
        "withdrawn_at",
    ),
    Index("ix_assignments_person", "person_id"),
    Index("ix_assignments_unit", "unit_id"),
)
# Answers that nobody has decided about: a coordinator's queue is found in it, whatever else was answered.
Index(
    "ix_assignments_undecided",
    assignments.c.answer,
    assignments.c.occurrence_id,
    assignments.c.unit_id,
    **only_where(and_(assignments.c.review.is_(None), assignments.c.answer.is_not(None))),
)
# Whether anybody was marked at an event is asked before thousands are counted.
Index("ix_assignments_marked", assignments.c.occurrence_id, **only_where(assignments.c.attendance.is_not(None)))
# Terms of their own are few, and looked for every few minutes.
Index("ix_assignments_own_term", assignments.c.due_at, **only_where(assignments.c.due_at.is_not(None)))
# One row for a school and one for a person. Two partial keys, because NULLs are distinct in a unique key.
Index(
    "uq_assignments_school",
    assignments.c.occurrence_id,
    assignments.c.unit_id,
    unique=True,
    **only_where(assignments.c.person_id.is_(None)),
)
Index(
    "uq_assignments_person",
    assignments.c.occurrence_id,
    assignments.c.person_id,
    unique=True,
    **only_where(assignments.c.person_id.is_not(None)),
)

replies = Table(
    "replies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment_id", ForeignKey("assignments.id"), nullable=False, index=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False),
    Column("answer", String(16)),  # NULL: a comment alone
    Column("text", Text),
    Column("given_at", Instant, nullable=False),
    Column("source", String(64), unique=True),  # the update it came in: handling it again adds nothing
)

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("occurrence_id", ForeignKey("occurrences.id")),
    Column("occurrence_version", Integer),
    Column("assignment_id", ForeignKey("assignments.id")),
    Column("document_id", ForeignKey("documents.id")),
    Column("series_id", ForeignKey("series.id")),  # of a list of the events of a series
    Column("unit_id", ForeignKey("units.id")),
    Column("days_before", Integer),
    Column("broadcast_id", ForeignKey("broadcasts.id")),  # of what no date announces
    Column("detail", JSON),  # what the words need beyond the rows named above
    Column("attempts", Integer, nullable=False),
    Column("was_in_doubt", Boolean, nullable=False, server_default=false()),
    Column("assignment_due_version", Integer, nullable=False, server_default="0"),
    Column("gathered_into", ForeignKey("notices.id")),  # told in the message of that notice
    Column("claimed_at", Instant),
    Column("settled_at", Instant),  # when it reached its last state
    Column("error", String(255)),
    Column("chat_id", BigInteger),
    Column("message_id", BigInteger),
    Column("created_at", Instant, nullable=False),
    Index("ix_notices_person_message", "person_id", "message_id"),
    Index("ix_notices_occurrence", "occurrence_id", "state"),
)
Index("ix_notices_gathered_into", notices.c.gathered_into, **only_where(notices.c.gathered_into.is_not(None)))
Index("ix_notices_document", notices.c.document_id, **only_where(notices.c.document_id.is_not(None)))
Index("ix_notices_series", notices.c.series_id, **only_where(notices.c.series_id.is_not(None)))
Index("ix_notices_doubted", notices.c.occurrence_id, **only_where(and_(notices.c.was_in_doubt, true())))
Index("ix_notices_broadcast", notices.c.broadcast_id, **only_where(notices.c.broadcast_id.is_not(None)))
_IS_WAITING = notices.c.state.in_(("planned", "sending", "in_doubt"))
_CAN_BE_GATHERED = and_(_IS_WAITING, notices.c.kind.in_(("reminder", "today")))
# The summaries of the silent, few among a million: what a day had, and what expired, is asked at every look.
Index("ix_notices_summaries", notices.c.expires_at, **only_where(notices.c.kind == "overdue"))
# What is due beside a notice, on the same day for the same person: asked at every claim that has a reminder in it.
Index("ix_notices_to_gather", notices.c.person_id, notices.c.due_at, **only_where(_CAN_BE_GATHERED))
# The sender asks "what is due?" of this index alone, so that a tick costs the same at ten thousand rows and a million.
Index("ix_notices_waiting", notices.c.state, notices.c.due_at, notices.c.id, **only_where(_IS_WAITING))
