"""What an assignment was before its answer was given back: the answer, what was handed in, and the term of its own."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import SubmissionState
from bot.domain.ids import AssignmentId, DecisionId
from bot.domain.own_terms import own_due_at
from bot.domain.reviewing import AssignmentRequestState, DecisionKind, Review
from storage.tables import assignments, occurrences, replies
from storage.task_tables import assignment_requests, decisions, submissions


async def put_answer_back(
    connection: AsyncConnection, assignment_id: AssignmentId, review: Review | None, comment: str | None
) -> None:
    """The latest answer counts again, and the filling that was returned stands as it did."""
    of_it = replies.c.assignment_id == assignment_id
    latest = select(replies).where(of_it, replies.c.answer.is_not(None)).order_by(replies.c.id.desc()).limit(1)
    given = (await connection.execute(latest)).one()
    restored = {
        "answer": given.answer,
        "answered_at": given.given_at,
        "answered_by": given.person_id,
        "comment": comment,
        "review": None if review is None else review.value,
    }
    await connection.execute(update(assignments).where(assignments.c.id == assignment_id).values(restored))
    is_accepted = review is Review.ACCEPTED
    state = SubmissionState.ACCEPTED if is_accepted else SubmissionState.HANDED_IN
    of_form = submissions.c.assignment_id == assignment_id
    newest = select(func.max(submissions.c.number)).where(of_form).scalar_subquery()
    is_returned = submissions.c.state == SubmissionState.RETURNED.value
    statement = update(submissions).where(of_form, submissions.c.number == newest, is_returned)
    await connection.execute(statement.values(state=state.value))


async def term_before(
    connection: AsyncConnection, assignment_id: AssignmentId, returned: DecisionId
) -> tuple[date | None, datetime | None]:
    """The day and the instant of its own that it had before that return; none where it was due with all the others.

    It is the last that was given or granted, unless its date has been moved beyond that since.
    """
    its_return = select(decisions.c.decided_at).where(decisions.c.id == returned).scalar_subquery()
    following = decisions.alias("following")
    what_followed = (
        select(following.c.kind)
        .where(following.c.assignment_id == assignment_id, following.c.id > decisions.c.id)
        .order_by(following.c.id)
        .limit(1)
        .scalar_subquery()
    )
    decided = select(decisions.c.due_on, decisions.c.decided_at).where(
        decisions.c.assignment_id == assignment_id,
        decisions.c.id < returned,
        decisions.c.due_on.is_not(None),
        what_followed != DecisionKind.UNRETURNED.value,  # something follows each: the return itself, at the latest
    )
    granted = select(assignment_requests.c.granted_on, assignment_requests.c.decided_at).where(
        assignment_requests.c.assignment_id == assignment_id,
        assignment_requests.c.state == AssignmentRequestState.GRANTED.value,
        assignment_requests.c.decided_at <= its_return,
    )
    terms = union_all(decided, granted).subquery()
    on = (await connection.execute(select(terms.c.due_on).order_by(terms.c.decided_at.desc()).limit(1))).scalar()
    statement = (
        select(occurrences.c.due_at, occurrences.c.timezone)
        .join(assignments, assignments.c.occurrence_id == occurrences.c.id)
        .where(assignments.c.id == assignment_id)
    )
    its_date = (await connection.execute(statement)).one()
    due_at = None if on is None else own_due_at(on, ZoneInfo(its_date.timezone))
    return (None, None) if due_at is None or due_at <= its_date.due_at else (on, due_at)
