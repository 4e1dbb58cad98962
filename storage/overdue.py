"""Who is silent though the term has passed: that of the date, or one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import OccurrenceId
from bot.domain.ladder import DueMoment
from bot.domain.matters import ActivityKind, LadderName, OccurrenceState
from bot.ports.planning import OverdueDate
from storage.due import term_at
from storage.ladder_rows import ladders_by_id
from storage.subtrees import within
from storage.tables import activities, assignments, occurrences, units

is_silent = and_(assignments.c.withdrawn_at.is_(None), assignments.c.answer.is_(None))


async def overdue_dates(
    connection: AsyncConnection, *, since: datetime, now: datetime, has_own_ladder: bool = False
) -> tuple[OverdueDate, ...]:
    """Each date once for every term that somebody has on it; whether anybody is silent is not asked here.

    Asked every few minutes, so that it reads the dates, which are few, and the terms of single ones, which have an
    index; of a million assignments it reads none.
    """
    of_date = (occurrences.c.due_at, occurrences.c.due_on, occurrences.c.has_time)
    rows = (await connection.execute(_dates(*of_date).where(*_between(occurrences.c.due_at, since, now)))).all()
    # Asked for by themselves: joined with their dates, SQLite reads all that is owed on these.
    own = select(assignments.c.occurrence_id, assignments.c.due_at, assignments.c.due_on).where(
        *_between(assignments.c.due_at, since, now), is_silent
    )
    terms = (await connection.execute(own.distinct())).all()
    dates = {row.occurrence_id for row in terms}
    by_id = {row.id: row for row in await connection.execute(_dates(*of_date).where(occurrences.c.id.in_(dates)))}
    found = {(row.id, row.due_at): (row, DueMoment(row.due_at, row.due_on, row.has_time)) for row in rows}
    for term in terms:
        if term.occurrence_id in by_id:
            due = DueMoment(term.due_at, term.due_on, has_time=False)
            found.setdefault((term.occurrence_id, term.due_at), (by_id[term.occurrence_id], due))
    known = [(row, due) for row, due in found.values() if row.ladder_id is not None or not has_own_ladder]
    ladders = await ladders_by_id(connection, {row.ladder_id for row, _ in known if row.ladder_id is not None})
    return tuple(
        OverdueDate(OccurrenceId(row.id), due, LadderName(row.ladder), ladders.get(row.ladder_id))
        for row, due in sorted(known, key=lambda one: (one[0].id, one[1].at))
    )


def _between(column: ColumnElement[datetime], since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return column < until, column >= since


def _dates(*term: ColumnElement[Any]) -> Select[Any]:
    due_at, due_on, has_time = term
    return (
        select(
            occurrences.c.id,
            due_at.label("due_at"),
            due_on.label("due_on"),
            has_time.label("has_time"),
            activities.c.ladder,
            activities.c.ladder_id,
        )
        .select_from(occurrences)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .where(activities.c.kind == ActivityKind.TASK.value, occurrences.c.state == OccurrenceState.OPEN.value)
    )


async def silent_units(
    connection: AsyncConnection, occurrence_id: OccurrenceId, scope: Sequence[str], *, at: datetime
) -> tuple[tuple[str, int], ...]:
    """The units that are silent and whose term has passed by ``at``, with how many owe in each."""
    statement = (
        select(units.c.title, func.count())
        .select_from(assignments.join(occurrences, occurrences.c.id == assignments.c.occurrence_id))
        .join(units, units.c.id == assignments.c.unit_id)
        .where(assignments.c.occurrence_id == occurrence_id, is_silent, term_at < at, within(connection, scope))
        .group_by(units.c.id)
        .order_by(units.c.title, units.c.id)
    )
    return tuple((title, count) for title, count in await connection.execute(statement))
