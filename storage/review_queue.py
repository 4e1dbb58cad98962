"""What waits for a coordinator's word, as statements: asked at every look at the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, literal_column, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import OccurrenceId, PersonId
from bot.domain.matters import Answer, OccurrenceState
from storage.subtrees import unit_within
from storage.tables import activities, assignments, occurrences, units
from storage.task_tables import assignment_requests

WAITS = assignment_requests.c.state == literal_column("'waiting'")
"""Of a request: nobody has decided it. As the partial index says it, since a bound value could be any."""

_DATE = occurrences.alias("date")
_OTHERS = [answer.value for answer in Answer if answer.is_final and answer is not Answer.NOT_OURS]


def waiting_answers(
    connection: AsyncConnection, scope: Sequence[str], besides: PersonId, occurrence_id: OccurrenceId | None
) -> CompoundSelect[Any]:
    """The ids of the assignments with an answer that waits.

    A question for each answer, because each is one piece of ``ix_assignments_undecided``: what was said to be nobody's
    of theirs always waits for a word, any other answer where its activity asks for one. Those dates are a list, else
    SQLite reads every answer that nobody needs to decide about.
    """
    undecided = (
        select(assignments.c.id)
        .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .join(units, units.c.id == assignments.c.unit_id)
        .where(assignments.c.review.is_(None), *_is_standing(connection, scope, besides))
    )
    to_decide = (
        select(_DATE.c.id).join(activities, activities.c.id == _DATE.c.activity_id).where(activities.c.needs_acceptance)
    )
    if occurrence_id is not None:
        undecided = undecided.where(occurrences.c.id == occurrence_id)
    others = undecided.where(assignments.c.occurrence_id.in_(to_decide))
    return union_all(
        undecided.where(assignments.c.answer == Answer.NOT_OURS.value),
        *(others.where(assignments.c.answer == answer) for answer in _OTHERS),
    )


def requests_to_decide(connection: AsyncConnection, scope: Sequence[str], besides: PersonId) -> Select[Any]:
    """The ids of the assignments that another term is asked for.

    From the few requests to their assignments: joined, SQLite begins with all assignments of every open date.
    """
    asked_for = select(assignment_requests.c.assignment_id).where(WAITS)
    found: Select[Any] = (
        select(assignments.c.id)
        .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .join(units, units.c.id == assignments.c.unit_id)
        .where(assignments.c.id.in_(asked_for), *_is_standing(connection, scope, besides))
    )
    return found


def _is_standing(
    connection: AsyncConnection, scope: Sequence[str], besides: PersonId
) -> tuple[ColumnElement[bool], ...]:
    """Still owed, below the reader, and neither his own nor that of the very school that he coordinates."""
    tops = [path for path in scope if not any(path != other and path.startswith(other) for other in scope)]
    is_of_his_school = and_(assignments.c.person_id.is_(None), units.c.path.in_(tops))
    return (
        occurrences.c.state == OccurrenceState.OPEN.value,
        assignments.c.withdrawn_at.is_(None),
        or_(assignments.c.person_id.is_(None), assignments.c.person_id != besides),
        unit_within(connection, assignments.c.unit_id, scope, is_sought=False),
        ~is_of_his_school,
    )
