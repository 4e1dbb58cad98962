"""The term that counts for one assignment: its own, where it was given one, else that of its date."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, false, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeKind, NoticeState
from bot.domain.ids import AssignmentId, OccurrenceId
from storage.dialect import begins_with, finds_beginnings
from storage.tables import assignments, notices, occurrences

term_at = func.coalesce(assignments.c.due_at, occurrences.c.due_at)
term_on = func.coalesce(assignments.c.due_on, occurrences.c.due_on)
term_has_time = case((assignments.c.due_at.is_(None), occurrences.c.has_time), else_=false())
"""A term of one's own is a day."""

_STEPS = (NoticeKind.REMINDER.value, NoticeKind.TODAY.value)
_WAITING = (NoticeState.PLANNED.value, NoticeState.IN_DOUBT.value)


async def plan_anew(connection: AsyncConnection, assignment_id: AssignmentId, *, now: datetime) -> None:
    """What waits for an older term of its own is cancelled, and its date waits for planning.

    What has just been claimed goes out. The judge asks for the version once more, and the planner for the steps that
    the new term has.
    """
    its_date = select(assignments.c.occurrence_id).where(assignments.c.id == assignment_id).scalar_subquery()
    stale = stale_steps(connection.dialect.name, assignment_id)
    cancelled = {"state": NoticeState.CANCELLED.value, "settled_at": now, "error": "moved on"}
    await connection.execute(update(notices).where(stale).values(cancelled))
    await connection.execute(update(occurrences).where(occurrences.c.id == its_date).values(needs_planning=True))


def stale_steps(dialect: str, assignment_id: AssignmentId) -> ColumnElement[bool]:
    """For a row of ``notices``: it waits, for an older term of this assignment."""
    its_date = select(assignments.c.occurrence_id).where(assignments.c.id == assignment_id).scalar_subquery()
    version = select(assignments.c.due_version).where(assignments.c.id == assignment_id).scalar_subquery()
    # So do the keys of its steps begin. By the date what waits for everybody is read, which is less than all there is.
    by_key = begins_with(dialect, notices.c.key, literal(f"a{assignment_id}:"))
    return and_(
        by_key if finds_beginnings(dialect) else notices.c.occurrence_id == its_date,
        notices.c.assignment_id == assignment_id,
        notices.c.kind.in_(_STEPS),
        notices.c.state.in_(_WAITING),
        notices.c.assignment_due_version < version,
    )


async def drop_own_terms(connection: AsyncConnection, occurrence_id: OccurrenceId, *, until: datetime) -> None:
    """A date that moved to ``until`` leaves nobody an earlier term than all others have."""
    overtaken = and_(assignments.c.occurrence_id == occurrence_id, assignments.c.due_at <= until)
    values = {"due_at": None, "due_on": None, "due_version": assignments.c.due_version + 1}
    await connection.execute(update(assignments).where(overtaken).values(values))
