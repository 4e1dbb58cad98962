"""The history of one assignment: what was said, asked, handed in, decided and moved, in the order in which it was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AssignmentId
from bot.domain.reviewing import AssignmentRequestState, PastEntry, PastKind
from storage.program_tables import audit
from storage.tables import assignments, persons, replies
from storage.task_tables import assignment_requests, decisions, submissions


async def history_of(connection: AsyncConnection, assignment_id: AssignmentId) -> tuple[PastEntry, ...]:
    """The oldest first. Of the moves of its date those are told of which the journal knows who moved it."""
    found = [
        *await _replies(connection, assignment_id),
        *await _requests(connection, assignment_id),
        *await _decisions(connection, assignment_id),
        *await _submissions(connection, assignment_id),
        *await _moves(connection, assignment_id),
    ]
    return tuple(sorted(found, key=lambda entry: entry.at))


async def _replies(connection: AsyncConnection, assignment_id: AssignmentId) -> list[PastEntry]:
    statement: Select[Any] = (
        select(replies.c.answer, replies.c.text, replies.c.given_at, persons.c.full_name)
        .join(persons, persons.c.id == replies.c.person_id)
        .where(replies.c.assignment_id == assignment_id)
        .order_by(replies.c.id)
    )
    rows = await connection.execute(statement)
    return [PastEntry(row.given_at, PastKind.REPLY, row.answer or "", row.full_name, row.text) for row in rows]


async def _requests(connection: AsyncConnection, assignment_id: AssignmentId) -> list[PastEntry]:
    asker, decider = persons.alias("asker"), persons.alias("decider")
    statement: Select[Any] = (
        select(assignment_requests, asker.c.full_name.label("asker"), decider.c.full_name.label("decider"))
        .join(asker, asker.c.id == assignment_requests.c.asked_by)
        .outerjoin(decider, decider.c.id == assignment_requests.c.decided_by)
        .where(assignment_requests.c.assignment_id == assignment_id)
        .order_by(assignment_requests.c.id)
    )
    entries = []
    for row in await connection.execute(statement):
        entries.append(PastEntry(row.asked_at, PastKind.REQUEST, "", row.asker, row.reason, row.wanted_on))
        if row.state != AssignmentRequestState.WAITING.value:
            decided = PastEntry(
                row.decided_at, PastKind.REQUEST_DECIDED, row.state, row.decider or "", on=row.granted_on
            )
            entries.append(decided)
    return entries


async def _decisions(connection: AsyncConnection, assignment_id: AssignmentId) -> list[PastEntry]:
    statement: Select[Any] = (
        select(decisions, persons.c.full_name)
        .join(persons, persons.c.id == decisions.c.decided_by)
        .where(decisions.c.assignment_id == assignment_id)
        .order_by(decisions.c.id)
    )
    return [
        PastEntry(row.decided_at, PastKind.DECISION, row.kind, row.full_name, row.reason, row.due_on)
        for row in await connection.execute(statement)
    ]


async def _submissions(connection: AsyncConnection, assignment_id: AssignmentId) -> list[PastEntry]:
    statement: Select[Any] = (
        select(submissions.c.handed_in_at, submissions.c.number, persons.c.full_name)
        .join(persons, persons.c.id == submissions.c.handed_in_by)
        .where(submissions.c.assignment_id == assignment_id, submissions.c.handed_in_at.is_not(None))
        .order_by(submissions.c.number)
    )
    rows = await connection.execute(statement)
    return [PastEntry(row.handed_in_at, PastKind.SUBMISSION, str(row.number), row.full_name) for row in rows]


async def _moves(connection: AsyncConnection, assignment_id: AssignmentId) -> list[PastEntry]:
    its_date = select(assignments.c.occurrence_id).where(assignments.c.id == assignment_id).scalar_subquery()
    statement: Select[Any] = (
        select(audit.c.at, audit.c.detail, persons.c.full_name)
        .outerjoin(persons, persons.c.id == audit.c.person_id)
        .where(audit.c.act == "date moved", audit.c.detail["occurrence"].as_integer() == its_date)
        .order_by(audit.c.id)
    )
    entries = []
    for row in await connection.execute(statement):
        moved_to = datetime.fromisoformat(row.detail["to"]).astimezone(UTC)
        entries.append(PastEntry(row.at, PastKind.MOVED, moved_to.isoformat(), row.full_name or ""))
    return entries
