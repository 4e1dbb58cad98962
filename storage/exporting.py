"""Everything stored about one person, for a file of his own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import PersonId
from storage.event_tables import attendance_marks, feedback
from storage.form_privacy import form_answers_of
from storage.selection_privacy import applications_of
from storage.tables import (
    accounts,
    activities,
    assignments,
    join_requests,
    memberships,
    notices,
    occurrences,
    persons,
    units,
)
from storage.tables import replies as answers
from storage.tag_tables import tags
from storage.task_tables import assignment_requests, decisions, proposals
from storage.thread_privacy import thread_messages_of


async def export_person(connection: AsyncConnection, person_id: PersonId) -> Mapping[str, Any]:
    """Sections by name, each a list of plain rows; instants are ISO 8601 in UTC."""
    parts = (_who_he_is, _what_he_said, _what_he_sent_in, _what_he_was_at)
    sections = {name: statement for part in parts for name, statement in part(person_id).items()}
    return {name: await _rows(connection, statement) for name, statement in sections.items()}


def _who_he_is(person_id: PersonId) -> dict[str, Select[Any]]:
    return {
        "person": select(persons).where(persons.c.id == person_id),
        "accounts": select(accounts).where(accounts.c.person_id == person_id),
        "memberships": select(
            units.c.title.label("unit"),
            memberships.c.role,
            memberships.c.standing,
            memberships.c.programme,
            memberships.c.cohort,
            memberships.c.created_at,
            memberships.c.left_at,
        )
        .join_from(memberships, units, units.c.id == memberships.c.unit_id)
        .where(memberships.c.person_id == person_id),
        "tags": select(units.c.title.label("unit"), tags.c.word, tags.c.put_at)
        .join_from(tags, units, units.c.id == tags.c.unit_id)
        .where(tags.c.person_id == person_id)
        .order_by(tags.c.id),
        "join_requests": select(
            units.c.title.label("unit"), join_requests.c.role, join_requests.c.state, join_requests.c.created_at
        )
        .join_from(join_requests, units, units.c.id == join_requests.c.unit_id)
        .where(join_requests.c.person_id == person_id),
    }


def _what_he_said(person_id: PersonId) -> dict[str, Select[Any]]:
    return {
        "answers": select(
            activities.c.title.label("activity"),
            occurrences.c.due_on,
            answers.c.answer,
            answers.c.text,
            answers.c.given_at,
        )
        .join_from(answers, assignments, assignments.c.id == answers.c.assignment_id)
        .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .where(answers.c.person_id == person_id)
        .order_by(answers.c.given_at),
        "postponements": select(
            activities.c.title.label("activity"),
            assignment_requests.c.wanted_on,
            assignment_requests.c.phrase,
            assignment_requests.c.reason,
            assignment_requests.c.state,
            assignment_requests.c.asked_at,
        )
        .join_from(assignment_requests, assignments, assignments.c.id == assignment_requests.c.assignment_id)
        .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .where(assignment_requests.c.asked_by == person_id)
        .order_by(assignment_requests.c.id),
        "decisions": select(
            activities.c.title.label("activity"),
            decisions.c.kind,
            decisions.c.reason,
            decisions.c.due_on,
            decisions.c.decided_at,
        )
        .join_from(decisions, assignments, assignments.c.id == decisions.c.assignment_id)
        .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .where(decisions.c.decided_by == person_id)
        .order_by(decisions.c.id),
    }


def _what_he_sent_in(person_id: PersonId) -> dict[str, Select[Any]]:
    return {
        "form_answers": form_answers_of(person_id),
        "questions": thread_messages_of(person_id),
        "applications": applications_of(person_id),
        "proposals": select(
            activities.c.title.label("activity"),
            proposals.c.text,
            proposals.c.file_name,
            proposals.c.state,
            proposals.c.given_at,
            proposals.c.decision,
        )
        .join_from(proposals, occurrences, occurrences.c.id == proposals.c.occurrence_id)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .where(proposals.c.person_id == person_id)
        .order_by(proposals.c.id),
    }


def _what_he_was_at(person_id: PersonId) -> dict[str, Select[Any]]:
    return {
        "attendance": select(
            activities.c.title.label("activity"),
            occurrences.c.due_on,
            attendance_marks.c.state,
            attendance_marks.c.source,
            attendance_marks.c.marked_at,
        )
        .join_from(attendance_marks, assignments, assignments.c.id == attendance_marks.c.assignment_id)
        .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .where(assignments.c.person_id == person_id)
        .order_by(attendance_marks.c.id),
        "feedback": select(
            activities.c.title.label("activity"), feedback.c.rating, feedback.c.text, feedback.c.given_at
        )
        .join_from(feedback, assignments, assignments.c.id == feedback.c.assignment_id)
        .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .where(assignments.c.person_id == person_id)
        .order_by(feedback.c.given_at),
        "notices": select(notices.c.kind, notices.c.state, notices.c.due_at, notices.c.settled_at)
        .where(notices.c.person_id == person_id)
        .order_by(notices.c.due_at),
    }


async def _rows(connection: AsyncConnection, statement: Select[Any]) -> list[dict[str, Any]]:
    found = await connection.execute(statement)
    return [{name: _plain(value) for name, value in row.items()} for row in found.mappings()]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | time) or hasattr(value, "isoformat") else value
