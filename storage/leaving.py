"""What becomes of the matters and notices of somebody who leaves a unit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, false, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeState
from bot.domain.matters import Answer
from bot.domain.network import Membership, Role, Standing
from storage.selection_privacy import withdraw_applications
from storage.tables import assignments, memberships, notices

_UNANSWERED = or_(assignments.c.answer.is_(None), assignments.c.answer.in_([a.value for a in Answer if not a.is_final]))


async def release_matters(connection: AsyncConnection, left: Membership, *, now: datetime) -> None:
    """Called once the membership is left. What a school owes stays owed by the others of the school."""
    stays = await _stays_in_unit(connection, left)
    if not stays:
        await connection.execute(
            update(assignments)
            .where(assignments.c.person_id == left.person_id, assignments.c.unit_id == left.unit.id)
            .where(_UNANSWERED, assignments.c.withdrawn_at.is_(None))
            .values(withdrawn_at=now)
        )
        await withdraw_applications(connection, left.person_id, left.unit.id, now=now)
    # Removed and not marked as cancelled: their keys are free again, so that one who comes back is planned for anew.
    await connection.execute(
        delete(notices)
        .where(notices.c.person_id == left.person_id, notices.c.state == NoticeState.PLANNED.value)
        .where(or_(*_about(left, stays=stays)))
    )


async def _stays_in_unit(connection: AsyncConnection, left: Membership) -> bool:
    statement = select(memberships.c.id).where(
        memberships.c.person_id == left.person_id,
        memberships.c.unit_id == left.unit.id,
        memberships.c.standing != Standing.LEFT.value,
    )
    return (await connection.execute(statement.limit(1))).first() is not None


def _about(left: Membership, *, stays: bool) -> list[ColumnElement[bool]]:
    """Which notices concerned the membership: the person's own matters, the school's for its coordinator, the
    summaries for a coordinator of the unit."""
    in_unit = select(assignments.c.id).where(assignments.c.unit_id == left.unit.id)
    own = notices.c.assignment_id.in_(in_unit.where(assignments.c.person_id == left.person_id))
    of_school = notices.c.assignment_id.in_(in_unit.where(assignments.c.person_id.is_(None)))
    about: list[ColumnElement[bool]] = [false()] if stays else [own]
    if left.role is Role.COORDINATOR:
        about += [of_school, notices.c.unit_id == left.unit.id]
    return about
