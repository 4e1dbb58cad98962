"""Who is silent though the term has passed: that of the date, or one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import OccurrenceId
from bot.domain.ladder import DueMoment
from bot.domain.matters import ActivityKind, LadderName, OccurrenceState
from bot.ports.planning import OverdueDate
from storage.due import term_at, term_has_time, term_on
from storage.ladder_rows import ladders_by_id
from storage.tables import activities, assignments, occurrences, units

is_silent = and_(assignments.c.withdrawn_at.is_(None), assignments.c.answer.is_(None))


async def overdue_dates(
    connection: AsyncConnection, *, since: datetime, now: datetime, has_own_ladder: bool = False
) -> tuple[OverdueDate, ...]:
    """Each date once for every term that somebody has on it and is silent on."""
    statement: Select[Any] = (
        select(
            occurrences.c.id,
            term_at.label("due_at"),
            term_on.label("due_on"),
            term_has_time.label("has_time"),
            activities.c.ladder,
            activities.c.ladder_id,
        )
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .join(assignments, and_(assignments.c.occurrence_id == occurrences.c.id, is_silent))
        .where(
            activities.c.kind == ActivityKind.TASK.value,
            occurrences.c.state == OccurrenceState.OPEN.value,
            term_at < now,
            term_at >= since,
        )
        .distinct()
    )
    if has_own_ladder:
        statement = statement.where(activities.c.ladder_id.is_not(None))
    rows = (await connection.execute(statement)).all()
    own = await ladders_by_id(connection, {row.ladder_id for row in rows if row.ladder_id is not None})
    return tuple(
        OverdueDate(
            OccurrenceId(row.id),
            DueMoment(row.due_at, row.due_on, bool(row.has_time)),
            LadderName(row.ladder),
            own.get(row.ladder_id),
        )
        for row in rows
    )


async def silent_units(
    connection: AsyncConnection, occurrence_id: OccurrenceId, scope: Sequence[str], *, at: datetime
) -> tuple[tuple[str, int], ...]:
    """The units that are silent and whose term has passed by ``at``, with how many owe in each."""
    is_below = [units.c.path.startswith(path, autoescape=True) for path in scope]
    statement = (
        select(units.c.title, func.count())
        .select_from(assignments.join(occurrences, occurrences.c.id == assignments.c.occurrence_id))
        .join(units, units.c.id == assignments.c.unit_id)
        .where(assignments.c.occurrence_id == occurrence_id, is_silent, term_at < at, or_(false(), *is_below))
        .group_by(units.c.id)
        .order_by(units.c.title, units.c.id)
    )
    return tuple((title, count) for title, count in await connection.execute(statement))
