"""What becomes of somebody's applications when he leaves or is erased, and what his own file says of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, delete, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import PersonId, UnitId
from bot.domain.selection import ApplicationState
from storage.tables import activities, assignments, occurrences
from storage.task_tables import application_moves, applications, selection_drafts
from storage.types import Instant

_WITHDRAWN = ApplicationState.WITHDRAWN.value
_STANDING = [state.value for state in ApplicationState if state.value not in (_WITHDRAWN, "declined")]


async def withdraw_applications(
    connection: AsyncConnection, person_id: PersonId, unit_id: UnitId, *, now: datetime
) -> None:
    """Who has left the unit stands on no list as one of it; his place is free, and the history says so."""
    own = select(assignments.c.id).where(assignments.c.person_id == person_id, assignments.c.unit_id == unit_id)
    standing = select(applications.c.id).where(
        applications.c.assignment_id.in_(own), applications.c.state.in_(_STANDING)
    )
    moves = select(standing.subquery().c.id, literal(_WITHDRAWN), literal(person_id), literal(now, Instant()))
    columns = ["application_id", "what", "made_by", "made_at"]
    await connection.execute(insert(application_moves).from_select(columns, moves))
    gone = {"state": _WITHDRAWN, "place": None, "version": applications.c.version + 1}
    await connection.execute(update(applications).where(applications.c.id.in_(standing)).values(gone))


async def forget_applications(connection: AsyncConnection, person_id: PersonId) -> None:
    """Whom he proposed, what he wrote to others and what was written to him, and the selections that he was making."""
    own = select(assignments.c.id).where(assignments.c.person_id == person_id)
    is_his = applications.c.assignment_id.in_(own)
    sent = or_(is_his, applications.c.applied_by == person_id)
    await connection.execute(update(applications).where(sent).values(about=None))
    written = or_(is_his, applications.c.decided_by == person_id)
    await connection.execute(update(applications).where(written).values(reason=None))
    of_his = application_moves.c.application_id.in_(select(applications.c.id).where(is_his))
    said = or_(of_his, application_moves.c.made_by == person_id)
    await connection.execute(update(application_moves).where(said).values(reason=None))
    is_draft = selection_drafts.c.occurrence_id.is_(None)
    await connection.execute(delete(selection_drafts).where(selection_drafts.c.person_id == person_id, is_draft))


def applications_of(person_id: PersonId) -> Select[Any]:
    """``decision``: what he was told; what is not announced yet is nobody's to read."""
    is_told = applications.c.told_state == applications.c.state
    return (
        select(
            activities.c.title.label("activity"),
            applications.c.number,
            applications.c.about,
            applications.c.applied_at,
            applications.c.told_state.label("decision"),
            case((is_told, applications.c.reason)).label("reason"),
        )
        .join_from(applications, assignments, assignments.c.id == applications.c.assignment_id)
        .join(occurrences, occurrences.c.id == applications.c.occurrence_id)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .where(or_(applications.c.applied_by == person_id, assignments.c.person_id == person_id))
        .order_by(applications.c.id)
    )
