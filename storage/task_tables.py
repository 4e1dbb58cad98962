"""The tables of what schools owe: forms and what was filled in, requests, decisions, threads, ladders, proposals."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.dialect import only_where
from storage.tables import metadata
from storage.types import Instant

# A ladder that a coordinator made: steps before and after the term, to whom, at what hour (``bot.domain.ladder``).
ladders = Table(
    "ladders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("title", String(100), nullable=False),
    Column("steps", JSON, nullable=False),
    Column("version", Integer, nullable=False),  # grows with every edit: two editors notice each other
    Column("created_by", ForeignKey("persons.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("retired_at", Instant),
    Column("source", String(64), unique=True),  # the update it was last changed by: handling it again changes nothing
)

forms = Table(
    "forms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("source", String(64), unique=True),  # the update it was made in: handling it again makes no second one
    Column("created_by", ForeignKey("persons.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("retired_at", Instant),
)

# Answers keep the version that they were given to; an edit makes a new one once somebody has begun to fill it in.
form_versions = Table(
    "form_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("form_id", ForeignKey("forms.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("questions", JSON, nullable=False),  # ``bot.domain.forms.Question``, in their order
    Column("created_by", ForeignKey("persons.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("form_id", "number"),
)

# What the network as a whole, or a part of it, is to reach: «наставники: не менее 20 по району».
plan_figures = Table(
    "plan_figures",
    metadata,
    Column("form_id", ForeignKey("forms.id"), primary_key=True, autoincrement=False),
    Column("question", String(32), primary_key=True),
    Column("unit_id", ForeignKey("units.id"), primary_key=True, autoincrement=False),
    Column("figure", Float, nullable=False),
)

# One filling of the form of an assignment. A returned one stays as it was; the next begins with its answers.
submissions = Table(
    "submissions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment_id", ForeignKey("assignments.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("form_version_id", ForeignKey("form_versions.id"), nullable=False, index=True),
    Column("state", String(16), nullable=False),  # draft, handed_in, returned, accepted
    Column("begun_by", ForeignKey("persons.id"), nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("handed_in_by", ForeignKey("persons.id")),
    Column("handed_in_at", Instant),
    Column("application_id", ForeignKey("applications.id"), index=True),  # of a selection; of a draft: what it corrects
    UniqueConstraint("assignment_id", "number"),
)

# ``number`` is what adds up along the tree; ``text`` is what was said, as it was said.
submission_values = Table(
    "submission_values",
    metadata,
    Column("submission_id", ForeignKey("submissions.id"), primary_key=True, autoincrement=False),
    Column("question", String(32), primary_key=True),
    Column("text", Text),
    Column("number", Float),
    Column("file_id", String(255)),  # the messenger's own
    Column("file_name", String(255)),
    Column("given_by", ForeignKey("persons.id"), nullable=False),
    Column("given_at", Instant, nullable=False),
)

# A question of a form that a colleague of the school was asked to answer.
asked_questions = Table(
    "asked_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("submission_id", ForeignKey("submissions.id"), nullable=False, index=True),
    Column("question", String(32), nullable=False),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    Column("state", String(16), nullable=False),  # waiting, answered, declined, withdrawn
    Column("asked_by", ForeignKey("persons.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("decided_at", Instant),
)

# «Прошу перенести до …»: what a school asks of its coordinator about one assignment.
assignment_requests = Table(
    "assignment_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment_id", ForeignKey("assignments.id"), nullable=False, index=True),
    Column("phrase", Text),  # the date in words, as it was typed
    Column("wanted_on", Date, nullable=False),
    Column("reason", Text),
    Column("state", String(16), nullable=False),  # waiting, granted, refused, withdrawn
    Column("asked_by", ForeignKey("persons.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("decided_by", ForeignKey("persons.id")),
    Column("decided_at", Instant),
    Column("granted_on", Date),
    Column("source", String(64), unique=True),
)

Index(
    "uq_assignment_requests_waiting",
    assignment_requests.c.assignment_id,
    unique=True,
    **only_where(assignment_requests.c.state == "waiting"),
)

# What a coordinator decided about an answer; the latest stands in ``assignments.review`` too.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment_id", ForeignKey("assignments.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),  # accepted, returned, reopened
    Column("reason", Text),
    Column("due_on", Date),
    Column("decided_by", ForeignKey("persons.id"), nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("source", String(64), unique=True),
)

# A conversation between those of a school (or one person) and those above them, about one matter or about anything.
threads = Table(
    "threads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment_id", ForeignKey("assignments.id"), index=True),
    Column("unit_id", ForeignKey("units.id"), index=True),  # none for somebody who stands in no unit
    Column("person_id", ForeignKey("persons.id"), index=True),  # who speaks for himself, else the unit's coordinators
    Column("state", String(16), nullable=False),  # draft, open, closed
    Column("opened_by", ForeignKey("persons.id"), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_by", ForeignKey("persons.id")),
    Column("closed_at", Instant),
)

thread_messages = Table(
    "thread_messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", ForeignKey("threads.id"), nullable=False, index=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False),
    Column("is_from_above", Boolean, nullable=False),
    Column("text", Text),
    Column("file_kind", String(16)),  # photo, document, voice, …
    Column("file_id", String(255)),
    Column("file_name", String(255)),
    Column("written_at", Instant, nullable=False),
    Column("source", String(64), unique=True),
)

# How far each of its readers has read: the messages after ``seen`` are new to him.
thread_readers = Table(
    "thread_readers",
    metadata,
    Column("thread_id", ForeignKey("threads.id"), primary_key=True, autoincrement=False),
    Column("person_id", ForeignKey("persons.id"), primary_key=True, autoincrement=False),
    Column("seen", Integer, nullable=False),
)

# A call for proposals that is being made: every step is kept.
call_drafts = Table(
    "call_drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    Column("data", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("occurrence_id", ForeignKey("occurrences.id")),  # what it was announced as
)

# What was sent in on a call for proposals; one person may send several.
proposals = Table(
    "proposals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("occurrence_id", ForeignKey("occurrences.id"), nullable=False, index=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("person_id", ForeignKey("persons.id"), nullable=False),
    Column("text", Text),
    Column("file_kind", String(16)),
    Column("file_id", String(255)),
    Column("file_name", String(255)),
    Column("state", String(16), nullable=False),  # new, in_work, accepted, declined, withdrawn
    Column("given_at", Instant, nullable=False),
    Column("decided_by", ForeignKey("persons.id")),
    Column("decided_at", Instant),
    Column("decision", Text),
    Column("source", String(64), unique=True),
)

# A selection that is being made: every step is kept.
selection_drafts = Table(
    "selection_drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    Column("data", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("occurrence_id", ForeignKey("occurrences.id")),  # what it was announced as
)

# An application to a selection, several of one assignment where that is allowed. What is in its form stands in the
# latest handed-in submission that names it.
applications = Table(
    "applications",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment_id", ForeignKey("assignments.id"), nullable=False),
    Column("occurrence_id", ForeignKey("occurrences.id"), nullable=False),
    Column("number", Integer, nullable=False),  # of the assignment
    Column("about", String(100)),  # whom a school proposes
    Column("state", String(16), nullable=False),  # waiting, main, reserve, declined, withdrawn
    Column("place", Integer),  # orders the reserve
    Column("version", Integer, nullable=False),  # grows with every change: two coordinators notice each other
    Column("reason", Text),
    Column("applied_by", ForeignKey("persons.id"), nullable=False),
    Column("applied_at", Instant, nullable=False),
    Column("decided_by", ForeignKey("persons.id")),
    Column("decided_at", Instant),
    Column("told_state", String(16)),  # the decision that was announced last: a move is a draft until it is
    UniqueConstraint("assignment_id", "number"),
    Index("ix_applications_occurrence", "occurrence_id", "state"),
)

# The history of an application: applied, corrected, main, reserve, declined, withdrawn, told.
application_moves = Table(
    "application_moves",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("application_id", ForeignKey("applications.id"), nullable=False, index=True),
    Column("what", String(16), nullable=False),
    Column("reason", Text),
    Column("made_by", ForeignKey("persons.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
)
