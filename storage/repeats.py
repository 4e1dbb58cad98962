"""Of a matter that repeats: which of its dates stands for those after it, and what those are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AssignmentId
from bot.domain.matters import Answer, OccurrenceState
from bot.ports.replies import LaterDates
from storage.tables import assignments, occurrences

_FINAL = tuple(answer.value for answer in Answer if answer.is_final)
_OTHER, _DATE = assignments.alias("other_assignment"), occurrences.alias("other_date")


def is_after_another(since: datetime) -> ColumnElement[bool]:
    """Whether the same one owes an earlier date of the same activity that is not past by ``since``."""
    earlier = and_(_DATE.c.due_at >= since, _DATE.c.due_at < occurrences.c.due_at)
    return _others().with_only_columns(_OTHER.c.id).where(earlier).correlate(assignments, occurrences).exists()


async def later_dates(
    connection: AsyncConnection, assignment_ids: Sequence[AssignmentId], *, since: datetime
) -> Mapping[AssignmentId, LaterDates]:
    """Of those that are not past by ``since`` and have any."""
    statement = (
        _others()
        .with_only_columns(assignments.c.id, func.count().label("dates"), func.max(_DATE.c.due_on).label("until"))
        .select_from(assignments.join(occurrences, occurrences.c.id == assignments.c.occurrence_id))
        .where(assignments.c.id.in_(assignment_ids), occurrences.c.due_at >= since)
        .where(_DATE.c.due_at > occurrences.c.due_at)
        .group_by(assignments.c.id)
    )
    rows = await connection.execute(statement)
    return {AssignmentId(row.id): LaterDates(row.dates, row.until) for row in rows}


def _others() -> Select[tuple[int]]:
    """The dates of the activity that the same one owes still, beside a date of ``assignments``."""
    is_same = or_(
        _OTHER.c.person_id == assignments.c.person_id,
        and_(_OTHER.c.person_id.is_(None), assignments.c.person_id.is_(None)),
    )
    return (
        select(_OTHER.c.id)
        .join(_DATE, _DATE.c.id == _OTHER.c.occurrence_id)
        .where(
            _DATE.c.activity_id == occurrences.c.activity_id,
            _DATE.c.state == OccurrenceState.OPEN.value,
            _OTHER.c.unit_id == assignments.c.unit_id,
            is_same,
            _OTHER.c.withdrawn_at.is_(None),
            or_(_OTHER.c.answer.is_(None), _OTHER.c.answer.not_in(_FINAL)),
        )
    )
