"""Where an assignment stands, as a column: the order of the cases is the rule (``bot.domain.board.Status``)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, exists, literal, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.board import Status
from bot.domain.matters import Answer
from bot.domain.network import Reach
from bot.domain.reviewing import Review
from storage.due import term_at
from storage.subtrees import unit_within
from storage.tables import activities, assignments, memberships, persons

FINAL = tuple(answer.value for answer in Answer if answer.is_final)
IS_SETTLED = and_(assignments.c.answer.is_not(None), assignments.c.answer.in_(FINAL))
# Said as in the condition of ``ix_memberships_coordinators``: a bound value could be any.
COORDINATES = and_(
    memberships.c.role == literal_column("'coordinator'"), memberships.c.standing != literal_column("'left'")
)


def status_of(connection: AsyncConnection, scope: Sequence[str]) -> ColumnElement[str]:
    """The status of a row of ``assignments`` joined with its date and its activity, where its unit is in the scope.

    Nothing is asked for each row but of people who owe an answer themselves: of ten thousand schools those with
    somebody to write to are one list, made once for the statement.
    """
    # First, because it is true of most: the cases below are only asked of those who said something.
    has_said_nothing = and_(
        assignments.c.answer.is_(None),
        assignments.c.due_at.is_(None),
        assignments.c.review.is_distinct_from(Review.RETURNED.value),
    )
    was_in_time = case((assignments.c.answered_at <= term_at, Status.IN_TIME.value), else_=Status.LATE.value)
    awaits_review = and_(IS_SETTLED, activities.c.needs_acceptance, assignments.c.review.is_(None))
    return case(
        (has_said_nothing, _silence(connection, scope)),
        (assignments.c.answer == Answer.NOT_OURS.value, Status.NOT_OURS.value),
        (awaits_review, Status.IN_REVIEW.value),
        (IS_SETTLED, was_in_time),
        (assignments.c.answer == Answer.PROBLEM.value, Status.PROBLEM.value),
        (assignments.c.answer == Answer.IN_PROGRESS.value, Status.IN_PROGRESS.value),
        (assignments.c.answer == Answer.MAYBE.value, Status.MAYBE.value),
        (assignments.c.review == Review.RETURNED.value, Status.RETURNED.value),
        else_=Status.POSTPONED.value,
    )


def _silence(connection: AsyncConnection, scope: Sequence[str]) -> ColumnElement[str]:
    """Of who said nothing: whether there is somebody to write to."""
    coordinated = (
        select(memberships.c.unit_id)
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(
            COORDINATES,
            persons.c.reach == Reach.REACHABLE.value,
            unit_within(connection, memberships.c.unit_id, scope),
        )
    )
    himself = exists(
        select(literal(1))
        .where(persons.c.id == assignments.c.person_id, persons.c.reach == Reach.REACHABLE.value)
        .correlate(assignments)
    )
    return case(
        (and_(assignments.c.person_id.is_(None), assignments.c.unit_id.in_(coordinated)), Status.SILENT.value),
        (and_(assignments.c.person_id.is_not(None), himself), Status.SILENT.value),
        else_=Status.UNREACHABLE.value,
    )
