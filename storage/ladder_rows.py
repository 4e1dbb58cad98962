"""Ladders as they are stored, for those who read them beside something else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeKind, NoticeState
from bot.domain.ids import OccurrenceId
from bot.domain.steps import Ladder
from storage.tables import activities, notices, occurrences
from storage.task_tables import ladders

_STEPS = (NoticeKind.REMINDER.value, NoticeKind.TODAY.value)
_REPLACED = "the ladder changed"

# Changes whenever other steps are to be planned: another ladder was chosen, or the chosen one was edited.
ladder_mark = (
    activities.c.ladder
    + ":"
    + func.coalesce(cast(activities.c.ladder_id, String), "")
    + ":"
    + func.coalesce(
        cast(
            select(ladders.c.version)
            .where(ladders.c.id == activities.c.ladder_id)
            .correlate(activities)
            .scalar_subquery(),
            String,
        ),
        "",
    )
)


async def ladders_by_id(connection: AsyncConnection, ids: Collection[int]) -> Mapping[int | None, Ladder]:
    """Those of the coordinators' own that are asked for; a retired one still counts where it is attached."""
    if not ids:
        return {}
    rows = await connection.execute(select(ladders.c.id, ladders.c.steps).where(ladders.c.id.in_(ids)))
    return {row.id: Ladder.from_json(row.steps) for row in rows}


async def ladder_marks(
    connection: AsyncConnection, occurrence_ids: Collection[OccurrenceId]
) -> Mapping[OccurrenceId, str]:
    """How each date is to be reminded of by now."""
    statement = (
        select(occurrences.c.id, ladder_mark)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .where(occurrences.c.id.in_(occurrence_ids))
    )
    return {OccurrenceId(occurrence_id): mark for occurrence_id, mark in await connection.execute(statement)}


async def put_steps_aside(
    connection: AsyncConnection, occurrence_ids: Collection[OccurrenceId] | Select[Any], *, now: datetime
) -> None:
    """What waits for these dates by an older ladder is not sent. What was tried already goes its way.

    A key says what a notice is about, and the planner is to plan the same step anew: so these get another.
    """
    replaced = {
        "state": NoticeState.CANCELLED.value,
        "settled_at": now,
        "error": _REPLACED,
        "key": notices.c.key.concat(literal(":x")).concat(cast(notices.c.id, String)),
    }
    waiting = update(notices).where(
        notices.c.occurrence_id.in_(occurrence_ids),
        notices.c.state == NoticeState.PLANNED.value,
        notices.c.attempts == 0,
        notices.c.kind.in_(_STEPS),
    )
    await connection.execute(waiting.values(replaced))
